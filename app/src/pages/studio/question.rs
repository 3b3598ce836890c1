//! A question about an input or the score, as the editable middle of a sentence: 为 D, 高于 90 天.

use leptos::prelude::*;
use shared::grading::{Measure, Policy, Test};
use shared::id::{Key, Label};
use shared::number::MAX_SAFE;

use super::fields::{Slot, choose, figure, wrong_at};
use super::store::Studio;
use crate::derive::policy_edit::levels_of;
use crate::derive::policy_figure::Figure;
use crate::derive::sentences::measure_of;
use crate::{say, t};

/// What is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An input.
    Input(Key),
    /// The score.
    Score,
}

impl Subject {
    fn figure(&self, policy: &Policy) -> Figure {
        match self {
            Self::Input(key) => Figure::Of(measure_of(policy, key)),
            Self::Score => Figure::Points,
        }
    }

    fn is_judged(&self, policy: &Policy) -> bool {
        matches!(self, Self::Input(key) if measure_of(policy, key) == Measure::Level)
    }
}

const fn bound(test: &Test) -> Option<i64> {
    match test {
        Test::AtLeast(raw) | Test::Above(raw) | Test::AtMost(raw) | Test::Below(raw) => Some(*raw),
        Test::OneOf(_) | Test::NoneOf(_) => None,
    }
}

const fn levels(test: &Test) -> Option<&Vec<Label>> {
    match test {
        Test::OneOf(levels) | Test::NoneOf(levels) => Some(levels),
        Test::AtLeast(_) | Test::Above(_) | Test::AtMost(_) | Test::Below(_) => None,
    }
}

const fn code(test: &Test) -> &'static str {
    match test {
        Test::AtLeast(_) => "at_least",
        Test::Above(_) => "above",
        Test::AtMost(_) => "at_most",
        Test::Below(_) => "below",
        Test::OneOf(_) => "one_of",
        Test::NoneOf(_) => "none_of",
    }
}

/// The same question put the other way, with what can be kept.
fn with_code(test: &Test, code: &str) -> Test {
    let (raw, list) = (bound(test).unwrap_or(0), levels(test).cloned().unwrap_or_default());
    match code {
        "at_least" => Test::AtLeast(raw),
        "above" => Test::Above(raw),
        "at_most" => Test::AtMost(raw),
        "below" => Test::Below(raw),
        "one_of" => Test::OneOf(list),
        _ => Test::NoneOf(list),
    }
}

/// The question at a path: how it is compared, and with what.
pub fn question(
    studio: Studio,
    path: &str,
    about: impl Fn(&Policy) -> Option<Subject> + Copy + Send + Sync + 'static,
    get: impl Fn(&Policy) -> Option<&Test> + Copy + Send + Sync + 'static,
    get_mut: impl Fn(&mut Policy) -> Option<&mut Test> + Copy + Send + Sync + 'static,
) -> AnyView {
    let judged = move |policy: &Policy| about(policy).is_some_and(|subject| subject.is_judged(policy));
    let kind = choose(
        studio,
        Slot::bare(format!("{path}-kind"), t!(studio.question.kind)),
        move |policy| {
            let words = if judged(policy) {
                vec![("one_of", say!(studio.question.one_of)), ("none_of", say!(studio.question.none_of))]
            } else {
                vec![
                    ("at_least", say!(studio.question.at_least)),
                    ("above", say!(studio.question.above)),
                    ("at_most", say!(studio.question.at_most)),
                    ("below", say!(studio.question.below)),
                ]
            };
            words.into_iter().map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
        },
        move |policy| get(policy).map(|test| code(test).to_owned()).unwrap_or_default(),
        move |policy, chosen| {
            if let Some(test) = get_mut(policy) {
                *test = with_code(test, chosen);
            }
        },
    );
    let by_levels = studio.memo(move |policy| get(policy).is_some_and(|test| levels(test).is_some()));
    let own = path.to_owned();
    let object = move || {
        if by_levels.get() {
            chips(studio, &own, about, get, get_mut)
        } else {
            figure(
                studio,
                Slot::bare(own.clone(), t!(studio.question.bound)),
                move |policy| about(policy).map_or(Figure::Points, |subject| subject.figure(policy)),
                false,
                move |policy| get(policy).and_then(bound),
                move |policy, raw| {
                    if let (Some(test), Some(raw)) = (get_mut(policy), raw) {
                        let raw = raw.clamp(-MAX_SAFE, MAX_SAFE);
                        match test {
                            Test::AtLeast(own) | Test::Above(own) | Test::AtMost(own) | Test::Below(own) => {
                                *own = raw
                            }
                            Test::OneOf(_) | Test::NoneOf(_) => {}
                        }
                    }
                },
            )
        }
    };
    view! {
        {kind}
        {object}
    }
    .into_any()
}

/// The levels, each pressed or not.
fn chips(
    studio: Studio,
    path: &str,
    about: impl Fn(&Policy) -> Option<Subject> + Copy + Send + Sync + 'static,
    get: impl Fn(&Policy) -> Option<&Test> + Copy + Send + Sync + 'static,
    get_mut: impl Fn(&mut Policy) -> Option<&mut Test> + Copy + Send + Sync + 'static,
) -> AnyView {
    let all = studio.memo(move |policy| {
        let mut all = match about(policy) {
            Some(Subject::Input(key)) => levels_of(policy, &key),
            Some(Subject::Score) | None => Vec::new(),
        };
        // A level that the input has not is shown as well, so that it can be taken off.
        for asked in get(policy).and_then(levels).into_iter().flatten() {
            if !all.contains(asked) {
                all.push(asked.clone());
            }
        }
        all
    });
    let own = path.to_owned();
    let chip = move |level: Label| {
        let (asked, field, text) = (level.clone(), own.clone(), level.to_string());
        let pressed = studio
            .memo(move |policy| get(policy).and_then(levels).is_some_and(|levels| levels.contains(&asked)));
        let press = move |_| {
            studio.edit(&field, |policy| {
                let (order, yes) = (all.get_untracked(), pressed.get_untracked());
                if let Some(Test::OneOf(list) | Test::NoneOf(list)) = get_mut(policy) {
                    if yes {
                        list.retain(|one| *one != level);
                    } else {
                        list.push(level.clone());
                        list.sort_by_key(|one| order.iter().position(|other| other == one));
                    }
                }
            });
        };
        view! {
            <button
                type="button"
                class="fj-chip"
                aria-pressed=move || if pressed.get() { "true" } else { "false" }
                on:click=press
            >
                {text}
            </button>
        }
    };
    view! {
        <div class="fj-field">
            <div
                class="fj-cluster fj-cluster--tight"
                role="group"
                id=crate::derive::policy_path::id_of(path)
                tabindex="-1"
                aria-label=t!(studio.question.levels)
            >
                <For each=move || all.get() key=Clone::clone let:level>
                    {chip(level)}
                </For>
            </div>
            {wrong_at(studio, path)}
        </div>
    }
    .into_any()
}
