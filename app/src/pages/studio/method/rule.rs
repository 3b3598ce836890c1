//! One rule: what must hold, all of it and one of some, and the tier it gives.

use leptos::prelude::*;
use shared::grading::method::{Ask, Rule};
use shared::grading::{Policy, Test};
use shared::id::{Key, Label};
use shared::number::Points;

use super::{rules, rules_mut};
use crate::components::icon::{Icon, IconSize};
use crate::contexts::i18n::lang;
use crate::derive::policy_edit::{first_test, take_out, total};
use crate::derive::{policy_words, sentences};
use crate::pages::studio::fields::{
    Slot, bad_text, both, choose, input_choices, text, tier_choices, wrong_at,
};
use crate::pages::studio::question::{Subject, question};
use crate::pages::studio::rows::{Row, actions, adder};
use crate::pages::studio::store::Studio;
use crate::{say, t};

fn rule(policy: &Policy, at: usize) -> Option<&Rule> {
    rules(policy)?.rules.get(at)
}

fn rule_mut(policy: &mut Policy, at: usize) -> Option<&mut Rule> {
    rules_mut(policy)?.rules.get_mut(at)
}

/// Which of the two lists of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    All,
    Any,
}

impl List {
    const fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Any => "any",
        }
    }

    const fn of(self, rule: &Rule) -> &Vec<Ask> {
        match self {
            Self::All => &rule.all,
            Self::Any => &rule.any,
        }
    }

    const fn of_mut(self, rule: &mut Rule) -> &mut Vec<Ask> {
        match self {
            Self::All => &mut rule.all,
            Self::Any => &mut rule.any,
        }
    }
}

/// The editor of a rule.
#[component]
pub fn OneRule(studio: Studio, at: usize) -> impl IntoView {
    let path = format!("method.rules.{at}");
    let own = studio.memo(move |policy| rule(policy, at).cloned());
    let name = move || {
        let Some(rule) = own.get() else { return String::new() };
        let own = sentences::local(lang(), &rule.name).to_owned();
        if own.is_empty() { studio.with(|policy| policy_words::when(lang(), policy, &rule)) } else { own }
    };
    let row = Row { list: "method.rules".to_owned(), at, name: name.into() };
    view! {
        <li class="fj-line">
            <div class="fj-line__main fj-stack fj-stack--tight">
                <Asks studio at list=List::All />
                <Asks studio at list=List::Any />
                <div class="fj-sentence">
                    <span>{t!(studio.method.gives)}</span>
                    {choose(
                        studio,
                        Slot::bare(format!("{path}.tier"), t!(studio.field.tier)),
                        tier_choices,
                        move |policy| rule(policy, at).map(|rule| rule.tier.to_string()).unwrap_or_default(),
                        move |policy, chosen| {
                            if let (Some(rule), Ok(tier)) = (rule_mut(policy, at), Label::parse(chosen)) {
                                rule.tier = tier;
                            }
                        },
                    )}
                    <span>{t!(studio.gate.tier_end)}</span>
                </div>
            </div>
            {actions(
                studio,
                row,
                |policy| rules_mut(policy).map(|rules| &mut rules.rules),
                |policy| rules(policy).map_or(0, |rules| rules.rules.len()),
            )}
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
                        move |policy| rule(policy, at).map(|rule| &rule.name),
                        move |policy| rule_mut(policy, at).map(|rule| &mut rule.name),
                    )}
                    <div class="fj-form-grid">
                        {text(
                            studio,
                            Slot::named(format!("{path}.clause"), t!(studio.field.clause)),
                            move |policy| rule(policy, at).map(|rule| rule.clause.clone()).unwrap_or_default(),
                            move |policy, typed| {
                                if let Some(rule) = rule_mut(policy, at) {
                                    rule.clause = typed.trim_start().to_owned();
                                }
                                Ok(())
                            },
                        )}
                        {text(
                            studio,
                            Slot::named(format!("{path}.key"), t!(studio.field.key)),
                            move |policy| rule(policy, at).map(|rule| rule.key.to_string()).unwrap_or_default(),
                            move |policy, typed| {
                                let key = Key::parse(typed).map_err(bad_text)?;
                                if let Some(rule) = rule_mut(policy, at) {
                                    rule.key = key;
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

/// One list of questions.
#[component]
fn Asks(studio: Studio, at: usize, list: List) -> impl IntoView {
    let path = format!("method.rules.{at}.{}", list.name());
    let count = studio.memo(move |policy| rule(policy, at).map_or(0, |rule| list.of(rule).len()));
    let heading = move || match list {
        List::All => say!(studio.method.all),
        List::Any => say!(studio.method.any),
    };
    let label = move || match list {
        List::All => say!(studio.method.add_all),
        List::Any => say!(studio.method.add_any),
    };
    view! {
        <div class="fj-asks" role="group" aria-label=heading>
            <Show when=move || count.get() != 0>
                <p class="fj-asks__title">{heading}</p>
            </Show>
            <For each=move || 0..count.get() key=|index| *index let:index>
                <OneAsk studio at list index />
            </For>
            {wrong_at(studio, &path)}
            {adder(
                studio,
                &path,
                label,
                move |policy| {
                    let bound = total(policy).0.get().saturating_mul(8) / 10;
                    if let Some(rule) = rule_mut(policy, at) {
                        list.of_mut(rule).push(Ask::Score { test: Test::AtLeast(bound) });
                    }
                },
            )}
        </div>
    }
}

#[component]
fn OneAsk(studio: Studio, at: usize, list: List, index: usize) -> impl IntoView {
    let path = format!("method.rules.{at}.{}.{index}", list.name());
    let get = move |policy: &Policy| rule(policy, at).and_then(|rule| list.of(rule).get(index)).cloned();
    let about = choose(
        studio,
        Slot::bare(format!("{path}-of"), t!(studio.field.input)),
        |policy| {
            let score = (String::new(), say!(studio.word.score).to_owned());
            std::iter::once(score).chain(input_choices(policy)).collect()
        },
        move |policy| match get(policy) {
            Some(Ask::Input { input, .. }) => input.to_string(),
            Some(Ask::Score { .. }) | None => String::new(),
        },
        move |policy, chosen| {
            let next = match Key::parse(chosen) {
                Ok(input) => {
                    let test = first_test(policy, &input);
                    Ask::Input { input, test }
                }
                Err(_) => Ask::Score { test: Test::AtLeast(Points::ZERO.get()) },
            };
            if let Some(ask) = rule_mut(policy, at).and_then(|rule| list.of_mut(rule).get_mut(index)) {
                *ask = next;
            }
        },
    );
    let asked = question(
        studio,
        &path,
        move |policy| match get(policy)? {
            Ask::Input { input, .. } => Some(Subject::Input(input)),
            Ask::Score { .. } => Some(Subject::Score),
        },
        move |policy| match rule(policy, at).and_then(|rule| list.of(rule).get(index))? {
            Ask::Input { test, .. } | Ask::Score { test } => Some(test),
        },
        move |policy| match rule_mut(policy, at).and_then(|rule| list.of_mut(rule).get_mut(index))? {
            Ask::Input { test, .. } | Ask::Score { test } => Some(test),
        },
    );
    let remove = {
        let path = path.clone();
        move |_| {
            studio.rearrange(&path, |policy| {
                if let Some(rule) = rule_mut(policy, at) {
                    take_out(list.of_mut(rule), index);
                }
            });
        }
    };
    view! {
        <div class="fj-sentence">
            {about} {asked}
            <button
                type="button"
                class="fj-icon-button fj-icon-button--small"
                aria-label=t!(studio.method.drop_ask)
                title=t!(studio.method.drop_ask)
                on:click=remove
            >
                <Icon name="close" size=IconSize::Small />
            </button>
        </div>
    }
}
