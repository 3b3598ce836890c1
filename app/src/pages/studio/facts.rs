//! Facts: inputs that earn nothing and that gates, rules and targets ask for.

use leptos::prelude::*;
use shared::grading::{Fact, Measure};
use shared::id::{Key, Label};

use super::fields::{Slot, bad_text, both, choose, text, wrong_at};
use super::indicators::{measure_code, measure_of_code};
use super::rows::{Row, actions, adder};
use super::section::Section;
use super::store::Studio;
use crate::contexts::i18n::lang;
use crate::derive::policy_difference::Part;
use crate::derive::policy_edit::{add_fact, rename_input};
use crate::derive::{policy_words, sentences};
use crate::t;

/// The section.
#[component]
pub fn FactsEditor(studio: Studio) -> impl IntoView {
    let count = studio.memo(|policy| policy.facts.len());
    let note = || view! { <p class="fj-panel__note">{t!(studio.fact.note)}</p> };
    view! {
        <Section part=Part::Facts note=note>
            {wrong_at(studio, "facts")}
            <ol class="fj-lines">
                <For each=move || 0..count.get() key=|at| *at let:at>
                    <OneFact studio at />
                </For>
            </ol>
            {adder(studio, "facts", t!(studio.fact.add), add_fact)}
        </Section>
    }
}

/// Levels as they are typed: separated by spaces, commas or 、.
fn read_levels(typed: &str) -> Result<Vec<Label>, String> {
    let words = typed.split(|c: char| c.is_whitespace() || matches!(c, '、' | ',' | '，' | '/' | ';' | '；'));
    words.filter(|word| !word.is_empty()).map(|word| Label::parse(word).map_err(bad_text)).collect()
}

#[component]
fn OneFact(studio: Studio, at: usize) -> impl IntoView {
    let path = format!("facts.{at}");
    let fact = studio.memo(move |policy| policy.facts.get(at).cloned());
    let name = move || {
        let Some(Fact { name, key, .. }) = fact.get() else { return String::new() };
        let own = sentences::local(lang(), &name).to_owned();
        if own.is_empty() { key.to_string() } else { own }
    };
    let judged =
        studio.memo(move |policy| policy.facts.get(at).is_some_and(|one| one.measure == Measure::Level));
    let row = Row { list: "facts".to_owned(), at, name: name.into() };
    let levels_path = format!("{path}.levels");
    let levels = move || {
        judged.get().then(|| {
            text(
                studio,
                Slot::named(levels_path.clone(), t!(studio.fact.levels)),
                move |policy| {
                    policy
                        .facts
                        .get(at)
                        .map(|one| policy_words::labels(shared::ledger::Lang::Zh, &one.levels))
                        .unwrap_or_default()
                },
                move |policy, typed| {
                    let levels = read_levels(typed)?;
                    if let Some(one) = policy.facts.get_mut(at) {
                        one.levels = levels;
                    }
                    Ok(())
                },
            )
        })
    };
    view! {
        <li class="fj-line">
            <div class="fj-line__main">
                {both(
                    studio,
                    &format!("{path}.name"),
                    t!(studio.field.name),
                    false,
                    move |policy| policy.facts.get(at).map(|one| &one.name),
                    move |policy| policy.facts.get_mut(at).map(|one| &mut one.name),
                )}
                <div class="fj-form-grid">
                    {choose(
                        studio,
                        Slot::named(format!("{path}.measure"), t!(studio.field.measure)),
                        |_| {
                            [
                                Measure::Money,
                                Measure::Ratio,
                                Measure::Days,
                                Measure::Months,
                                Measure::Count,
                                Measure::Level,
                            ]
                                .map(|one| (measure_code(one).to_owned(), policy_words::measure(lang(), one).to_owned()))
                                .to_vec()
                        },
                        move |policy| policy.facts.get(at).map(|one| measure_code(one.measure).to_owned()).unwrap_or_default(),
                        move |policy, chosen| {
                            if let (Some(one), Some(measure)) = (policy.facts.get_mut(at), measure_of_code(chosen)) {
                                one.measure = measure;
                                // Only what is judged has levels.
                                if measure != Measure::Level {
                                    one.levels.clear();
                                }
                            }
                        },
                    )}
                    {text(
                        studio,
                        Slot::named(format!("{path}.key"), t!(studio.indicator.key)),
                        move |policy| policy.facts.get(at).map(|one| one.key.to_string()).unwrap_or_default(),
                        move |policy, typed| {
                            let to = Key::parse(typed).map_err(bad_text)?;
                            if let Some(from) = policy.facts.get(at).map(|one| one.key.clone()) {
                                rename_input(policy, &from, &to);
                            }
                            Ok(())
                        },
                    )}
                    <div class="fj-field--full">{levels}</div>
                </div>
            </div>
            {actions(studio, row, |policy| Some(&mut policy.facts), |policy| policy.facts.len())}
            {wrong_at(studio, &path)}
        </li>
    }
}
