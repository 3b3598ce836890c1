//! How the tier is found: by thresholds, by rank, or by rules in their order.

mod rule;

use leptos::prelude::*;
use shared::grading::Policy;
use shared::grading::method::{Method, Quota, Rounding, Rules, TieBreak, Ties};
use shared::grading::scoring::Better;
use shared::id::{Key, Label};

use super::fields::{Slot, choose, input_choices, tier_choices, wrong_at};
use super::rows::adder;
use super::scoring::figures::{better_choices, better_code, better_of};
use super::section::Section;
use super::store::Studio;
use crate::contexts::i18n::lang;
use crate::derive::policy_difference::Part;
use crate::derive::policy_edit::{MethodKind, new_rule, set_method};
use crate::derive::policy_words;
use crate::{say, t};

const fn kind_code(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::Threshold => "threshold",
        MethodKind::Quota => "quota",
        MethodKind::Rules => "rules",
    }
}

/// The section.
#[component]
pub fn MethodEditor(studio: Studio) -> impl IntoView {
    let kind = studio.memo(|policy| MethodKind::of(&policy.method));
    view! {
        <Section part=Part::Method>
            <div class="fj-form-grid">
                {choose(
                    studio,
                    Slot::named("method", t!(studio.field.method)),
                    |_| {
                        MethodKind::ALL
                            .into_iter()
                            .map(|kind| {
                                let text = match kind {
                                    MethodKind::Threshold => say!(studio.method.threshold),
                                    MethodKind::Quota => say!(studio.method.quota),
                                    MethodKind::Rules => say!(studio.method.rules),
                                };
                                (kind_code(kind).to_owned(), text.to_owned())
                            })
                            .collect()
                    },
                    |policy| kind_code(MethodKind::of(&policy.method)).to_owned(),
                    |policy, chosen| {
                        if let Some(kind) = MethodKind::ALL.into_iter().find(|kind| kind_code(*kind) == chosen) {
                            set_method(policy, kind);
                        }
                    },
                )}
            </div>
            {move || match kind.get() {
                MethodKind::Threshold => {
                    view! { <p class="fj-muted">{t!(studio.method.threshold_text)}</p> }.into_any()
                }
                MethodKind::Quota => view! { <QuotaEditor studio /> }.into_any(),
                MethodKind::Rules => view! { <RulesEditor studio /> }.into_any(),
            }}
        </Section>
    }
}

fn quota(policy: &Policy) -> Option<&Quota> {
    if let Method::Quota(quota) = &policy.method { Some(quota) } else { None }
}

fn quota_mut(policy: &mut Policy) -> Option<&mut Quota> {
    if let Method::Quota(quota) = &mut policy.method { Some(quota) } else { None }
}

/// Rounding, and who goes first among equals.
#[component]
fn QuotaEditor(studio: Studio) -> impl IntoView {
    let by = studio.memo(|policy| quota(policy).is_some_and(|quota| matches!(quota.ties, Ties::By(_))));
    let deciding = move || {
        by.get().then(|| {
            let input = choose(
                studio,
                Slot::named("method.ties.by.input", t!(studio.method.deciding)),
                input_choices,
                |policy| match quota(policy).map(|quota| &quota.ties) {
                    Some(Ties::By(tie)) => tie.input.to_string(),
                    _ => String::new(),
                },
                |policy, chosen| {
                    if let (Some(Ties::By(tie)), Ok(key)) =
                        (quota_mut(policy).map(|quota| &mut quota.ties), Key::parse(chosen))
                    {
                        tie.input = key;
                    }
                },
            );
            let better = choose(
                studio,
                Slot::named("method.ties.by.better", t!(studio.field.better)),
                |_| better_choices(),
                |policy| match quota(policy).map(|quota| &quota.ties) {
                    Some(Ties::By(tie)) => better_code(tie.better).to_owned(),
                    _ => String::new(),
                },
                |policy, chosen| {
                    if let Some(Ties::By(tie)) = quota_mut(policy).map(|quota| &mut quota.ties) {
                        tie.better = better_of(chosen);
                    }
                },
            );
            (input, better)
        })
    };
    view! {
        <p class="fj-muted">{t!(studio.method.quota_note)}</p>
        <div class="fj-form-grid">
            {choose(
                studio,
                Slot::named("method.rounding", t!(studio.field.rounding)),
                |_| {
                    [Rounding::Nearest, Rounding::Up, Rounding::Down]
                        .map(|one| (rounding_code(one).to_owned(), policy_words::rounding(lang(), one).to_owned()))
                        .to_vec()
                },
                |policy| quota(policy).map(|quota| rounding_code(quota.rounding).to_owned()).unwrap_or_default(),
                |policy, chosen| {
                    if let Some(quota) = quota_mut(policy) {
                        quota.rounding = match chosen {
                            "up" => Rounding::Up,
                            "down" => Rounding::Down,
                            _ => Rounding::Nearest,
                        };
                    }
                },
            )}
            {choose(
                studio,
                Slot::named("method.ties", t!(studio.field.ties)),
                |_| {
                    [
                        ("all_up", say!(studio.word.all_up)),
                        ("all_down", say!(studio.word.all_down)),
                        ("by", say!(studio.method.by_input)),
                    ]
                        .map(|(key, text)| (key.to_owned(), text.to_owned()))
                        .to_vec()
                },
                |policy| {
                    match quota(policy).map(|quota| &quota.ties) {
                        Some(Ties::AllUp) => "all_up",
                        Some(Ties::AllDown) => "all_down",
                        Some(Ties::By(_)) => "by",
                        None => "",
                    }
                    .to_owned()
                },
                |policy, chosen| {
                    let first = policy.indicators.first().map(|one| one.key.clone());
                    if let Some(quota) = quota_mut(policy) {
                        quota.ties = match (chosen, first) {
                            ("all_down", _) => Ties::AllDown,
                            ("by", Some(input)) => Ties::By(TieBreak { input, better: Better::Higher }),
                            _ => Ties::AllUp,
                        };
                    }
                },
            )}
            {deciding}
        </div>
    }
}

const fn rounding_code(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Nearest => "nearest",
        Rounding::Up => "up",
        Rounding::Down => "down",
    }
}

/// The rules of a policy that has some.
fn rules(policy: &Policy) -> Option<&Rules> {
    if let Method::Rules(rules) = &policy.method { Some(rules) } else { None }
}

fn rules_mut(policy: &mut Policy) -> Option<&mut Rules> {
    if let Method::Rules(rules) = &mut policy.method { Some(rules) } else { None }
}

/// The rules in the order they are asked, and what holds when none does.
#[component]
fn RulesEditor(studio: Studio) -> impl IntoView {
    let count = studio.memo(|policy| rules(policy).map_or(0, |rules| rules.rules.len()));
    view! {
        <p class="fj-muted">{t!(studio.method.rules_note)}</p>
        {wrong_at(studio, "method.rules")}
        <ol class="fj-lines fj-lines--numbered">
            <For each=move || 0..count.get() key=|at| *at let:at>
                <rule::OneRule studio at />
            </For>
        </ol>
        {adder(
            studio,
            "method.rules",
            t!(studio.method.add_rule),
            |policy| {
                let new = rules(policy).and_then(|rules| new_rule(policy, &rules.rules));
                if let (Some(rules), Some(new)) = (rules_mut(policy), new) {
                    rules.rules.push(new);
                }
            },
        )}
        <div class="fj-form-grid">
            {choose(
                studio,
                Slot::named("method.otherwise", t!(studio.field.otherwise)),
                tier_choices,
                |policy| rules(policy).map(|rules| rules.otherwise.to_string()).unwrap_or_default(),
                |policy, chosen| {
                    if let (Some(rules), Ok(tier)) = (rules_mut(policy), Label::parse(chosen)) {
                        rules.otherwise = tier;
                    }
                },
            )}
        </div>
    }
}
