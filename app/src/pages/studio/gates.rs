//! Gates as sentences with editable parts: 资信等级 为 D 时，最高评 C 级.

use leptos::prelude::*;
use shared::grading::{Effect, Gate, Policy};
use shared::id::{Key, Label};

use super::fields::{Slot, bad_text, both, choose, input_choices, text, tier_choices, wrong_at};
use super::question::{Subject, question};
use super::rows::{Row, actions, adder};
use super::section::Section;
use super::store::Studio;
use crate::components::button::{Button, Weight};
use crate::contexts::i18n::{Lang, lang};
use crate::derive::policy_difference::Part;
use crate::derive::policy_edit::{add_gate, first_test};
use crate::derive::sentences;
use crate::{say, t};

/// The section.
#[component]
pub fn GatesEditor(studio: Studio) -> impl IntoView {
    let count = studio.memo(|policy| policy.gates.len());
    view! {
        <Section part=Part::Gates>
            {wrong_at(studio, "gates")}
            <Show when=move || count.get() == 0>
                <p class="fj-muted">{t!(policy.gates_none)}</p>
            </Show>
            <ol class="fj-lines">
                <For each=move || 0..count.get() key=|at| *at let:at>
                    <OneGate studio at />
                </For>
            </ol>
            {adder(studio, "gates", t!(studio.gate.add), add_gate)}
        </Section>
    }
}

const fn effect_code(effect: &Effect) -> &'static str {
    match effect {
        Effect::Cap { .. } => "cap",
        Effect::Floor { .. } => "floor",
        Effect::Require { .. } => "require",
        Effect::Provisional => "provisional",
    }
}

fn tier_of(effect: &Effect) -> Option<&Label> {
    match effect {
        Effect::Cap { tier } | Effect::Floor { tier } | Effect::Require { tier } => Some(tier),
        Effect::Provisional => None,
    }
}

fn with_effect(policy: &Policy, effect: &Effect, code: &str) -> Effect {
    let tier = tier_of(effect).cloned().or_else(|| policy.tiers.first().map(|tier| tier.key.clone()));
    match (code, tier) {
        ("cap", Some(tier)) => Effect::Cap { tier },
        ("floor", Some(tier)) => Effect::Floor { tier },
        ("require", Some(tier)) => Effect::Require { tier },
        _ => Effect::Provisional,
    }
}

#[component]
fn OneGate(studio: Studio, at: usize) -> impl IntoView {
    let path = format!("gates.{at}");
    let gate = studio.memo(move |policy| policy.gates.get(at).cloned());
    let sentence = move |lang: Lang, gate: &Gate| studio.with(|policy| sentences::rule(lang, policy, gate));
    let name = move || {
        let Some(gate) = gate.get() else { return String::new() };
        let own = sentences::local(lang(), &gate.name).to_owned();
        if own.is_empty() { sentence(lang(), &gate) } else { own }
    };
    let row = Row { list: "gates".to_owned(), at, name: name.into() };
    let has_tier =
        studio.memo(move |policy| policy.gates.get(at).is_some_and(|one| tier_of(&one.effect).is_some()));
    let requires = studio.memo(move |policy| {
        policy.gates.get(at).is_some_and(|one| matches!(one.effect, Effect::Require { .. }))
    });
    let unnamed = studio.memo(move |policy| {
        policy.gates.get(at).is_some_and(|one| one.name.zh.is_empty() || one.name.en.is_empty())
    });
    let effect = {
        let path = format!("{path}.effect");
        choose(
            studio,
            Slot::bare(path, t!(studio.field.effect)),
            |_| {
                [
                    ("cap", say!(studio.gate.cap)),
                    ("floor", say!(studio.gate.floor)),
                    ("require", say!(studio.gate.require)),
                    ("provisional", say!(studio.gate.provisional)),
                ]
                .map(|(key, text)| (key.to_owned(), text.to_owned()))
                .to_vec()
            },
            move |policy| {
                policy.gates.get(at).map(|one| effect_code(&one.effect).to_owned()).unwrap_or_default()
            },
            move |policy, chosen| {
                let next = policy.gates.get(at).map(|one| with_effect(policy, &one.effect, chosen));
                if let (Some(next), Some(one)) = (next, policy.gates.get_mut(at)) {
                    one.effect = next;
                }
            },
        )
    };
    let tier_path = format!("{path}.effect.tier");
    let tier = move || {
        has_tier.get().then(|| {
            choose(
                studio,
                Slot::bare(tier_path.clone(), t!(studio.field.tier)),
                tier_choices,
                move |policy| {
                    policy
                        .gates
                        .get(at)
                        .and_then(|one| tier_of(&one.effect))
                        .map(ToString::to_string)
                        .unwrap_or_default()
                },
                move |policy, chosen| {
                    if let (Some(one), Ok(label)) = (policy.gates.get_mut(at), Label::parse(chosen)) {
                        match &mut one.effect {
                            Effect::Cap { tier } | Effect::Floor { tier } | Effect::Require { tier } => {
                                *tier = label
                            }
                            Effect::Provisional => {}
                        }
                    }
                },
            )
        })
    };
    let call = {
        let path = path.clone();
        Callback::new(move |()| {
            studio.rearrange(&path, |policy| {
                let said = policy.gates.get(at).map(|gate| {
                    (sentences::rule(Lang::Zh, policy, gate), sentences::rule(Lang::En, policy, gate))
                });
                if let (Some((zh, en)), Some(gate)) = (said, policy.gates.get_mut(at)) {
                    (gate.name.zh, gate.name.en) = (zh, en);
                }
            });
        })
    };
    view! {
        <li class="fj-line fj-line--gate">
            <div class="fj-sentence">
                {choose(
                    studio,
                    Slot::bare(format!("{path}.when.input"), t!(studio.field.input)),
                    input_choices,
                    move |policy| policy.gates.get(at).map(|one| one.when.input.to_string()).unwrap_or_default(),
                    move |policy, chosen| {
                        let Ok(key) = Key::parse(chosen) else { return };
                        // Another input answers other questions.
                        let test = first_test(policy, &key);
                        if let Some(one) = policy.gates.get_mut(at) {
                            one.when.input = key;
                            one.when.test = test;
                        }
                    },
                )}
                {question(
                    studio,
                    &format!("{path}.when.test"),
                    move |policy| policy.gates.get(at).map(|one| Subject::Input(one.when.input.clone())),
                    move |policy| policy.gates.get(at).map(|one| &one.when.test),
                    move |policy| policy.gates.get_mut(at).map(|one| &mut one.when.test),
                )} {effect} {tier}
                <Show when=move || has_tier.get()>
                    <span class="fj-sentence__end">
                        {move || if requires.get() { say!(studio.gate.or_better) } else { say!(studio.gate.tier_end) }}
                    </span>
                </Show>
            </div>
            {actions(studio, row, |policy| Some(&mut policy.gates), |policy| policy.gates.len())}
            <details class="fj-line__more">
                <summary class="fj-line__summary">
                    <span>{t!(studio.gate.shown_as)} " " <b>{name}</b></span>
                </summary>
                <div class="fj-stack fj-stack--tight">
                    {both(
                        studio,
                        &format!("{path}.name"),
                        t!(studio.field.name),
                        false,
                        move |policy| policy.gates.get(at).map(|one| &one.name),
                        move |policy| policy.gates.get_mut(at).map(|one| &mut one.name),
                    )}
                    <Show when=move || unnamed.get()>
                        <div>
                            <Button label=t!(studio.gate.name_it) weight=Weight::Quiet small=true on_press=call />
                        </div>
                    </Show>
                    <div class="fj-form-grid">
                        {text(
                            studio,
                            Slot::named(format!("{path}.clause"), t!(studio.field.clause)),
                            move |policy| policy.gates.get(at).map(|one| one.clause.clone()).unwrap_or_default(),
                            move |policy, typed| {
                                if let Some(one) = policy.gates.get_mut(at) {
                                    one.clause = typed.trim_start().to_owned();
                                }
                                Ok(())
                            },
                        )}
                        {text(
                            studio,
                            Slot::named(format!("{path}.key"), t!(studio.field.key)),
                            move |policy| policy.gates.get(at).map(|one| one.key.to_string()).unwrap_or_default(),
                            move |policy, typed| {
                                let key = Key::parse(typed).map_err(bad_text)?;
                                if let Some(one) = policy.gates.get_mut(at) {
                                    one.key = key;
                                }
                                Ok(())
                            },
                        )}
                    </div>
                </div>
            </details>
            {wrong_at(studio, &path)}
        </li>
    }
}
