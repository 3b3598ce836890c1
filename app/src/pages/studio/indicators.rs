//! The indicators: weights in sight all the time, each one's standards when it is opened.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::grading::{Indicator, Measure, Policy};
use shared::id::Key;

use super::fields::{Slot, bad_text, both, choose, figure, text, wrong_at};
use super::general::{of_points, points};
use super::rows::{Row, actions, adder};
use super::scoring::{At, ScoringEditor};
use super::section::Section;
use super::segments::OwnScorings;
use super::store::Studio;
use crate::components::select::Choice;
use crate::contexts::i18n::lang;
use crate::derive::measure::{points_short, style_percent};
use crate::derive::policy_difference::{Part, scoring_words};
use crate::derive::policy_edit::{add_indicator, rename_input, reweighted, set_measure, total};
use crate::derive::policy_scoring::Kind;
use crate::derive::{policy_words, sentences};
use crate::{say, t};

/// The name of the indicator at a place; its key as long as it has none.
pub fn name_at(studio: Studio, at: usize) -> TextProp {
    let name =
        studio.memo(move |policy| policy.indicators.get(at).map(|one| (one.name.clone(), one.key.clone())));
    TextProp::from(move || {
        name.get()
            .map(|(name, key)| {
                let own = sentences::local(lang(), &name).to_owned();
                if own.is_empty() { key.to_string() } else { own }
            })
            .unwrap_or_default()
    })
}

/// The section.
#[component]
pub fn IndicatorsEditor(studio: Studio) -> impl IntoView {
    let count = studio.memo(|policy| policy.indicators.len());
    view! {
        <Section part=Part::Indicators note=move || view! { <Total studio /> }>
            <Shares studio />
            {wrong_at(studio, "indicators")}
            <ol class="fj-folds">
                <For each=move || 0..count.get() key=|at| *at let:at>
                    <OneIndicator studio at />
                </For>
            </ol>
            <div class="fj-cluster fj-cluster--between">
                {adder(studio, "indicators", t!(studio.indicator.add), add_indicator)}
                <Total studio />
            </div>
        </Section>
    }
}

/// The running total, and what is missing to what it should be.
#[component]
fn Total(studio: Studio) -> impl IntoView {
    let sum = studio.memo(total);
    let short = move || {
        let (sum, wanted) = sum.get();
        let short = wanted?.minus(sum).get();
        let amount = points_short(shared::number::Points::clamped(i128::from(short).abs()));
        Some(match short {
            0 => view! { <span class="fj-badge fj-badge--success">{t!(studio.indicator.adds_up)}</span> }.into_any(),
            1.. => view! { <span class="fj-badge fj-badge--warning">{say!(studio.indicator.short, amount)}</span> }
                .into_any(),
            _ => view! { <span class="fj-badge fj-badge--warning">{say!(studio.indicator.over, amount)}</span> }
                .into_any(),
        })
    };
    view! {
        <p class="fj-total">
            <span>
                {move || {
                    let (sum, wanted) = sum.get();
                    match wanted {
                        Some(wanted) => say!(studio.indicator.total, points_short(sum), points_short(wanted)),
                        None => say!(studio.indicator.total_plain, points_short(sum)),
                    }
                }}
            </span>
            {short}
        </p>
    }
}

/// The weights side by side, as one bar.
#[component]
fn Shares(studio: Studio) -> impl IntoView {
    let all = studio.memo(|policy| {
        let (sum, wanted) = total(policy);
        let whole = wanted.unwrap_or(sum).max(sum).get();
        let one = |one: &Indicator| (one.name.clone(), one.key.clone(), one.weight, whole);
        policy.indicators.iter().map(one).collect::<Vec<_>>()
    });
    view! {
        <div class="fj-shares" aria-hidden="true">
            {move || {
                all.get()
                    .into_iter()
                    .map(|(name, key, weight, whole)| {
                        let own = sentences::local(lang(), &name).to_owned();
                        let own = if own.is_empty() { key.to_string() } else { own };
                        let title = own.clone();
                        view! {
                            <span class="fj-shares__part" style:--value=style_percent(weight.get(), whole) title=title>
                                <span class="fj-shares__name">{own}</span>
                                <span class="fj-num">{points_short(weight)}</span>
                            </span>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
}

#[component]
fn OneIndicator(studio: Studio, at: usize) -> impl IntoView {
    let path = format!("indicators.{at}");
    let name = name_at(studio, at);
    let row = Row { list: "indicators".to_owned(), at, name: name.clone() };
    let summary = studio.memo(move |policy| policy.indicators.get(at).cloned());
    let said = move || {
        let indicator = summary.get()?;
        Some(studio.with(|policy| scoring_words(lang(), policy, indicator.measure, &indicator.scoring)))
    };
    let clause = studio
        .memo(move |policy| policy.indicators.get(at).map(|one| one.clause.clone()).unwrap_or_default());
    let weight = figure(
        studio,
        Slot::bare(format!("{path}.weight"), {
            let name = name.clone();
            move || say!(studio.indicator.weight_of, name.get())
        }),
        of_points,
        false,
        move |policy| policy.indicators.get(at).map(|one| one.weight.get()),
        move |policy, raw| {
            if let Some(one) = policy.indicators.get_mut(at) {
                *one = reweighted(one, points(raw));
            }
        },
    );
    view! {
        <li class="fj-fold">
            <details class="fj-fold__details">
                <summary class="fj-fold__summary">
                    <span class="fj-fold__name">
                        <b>{move || name.get()}</b>
                        " "
                        {move || {
                            let clause = clause.get();
                            (!clause.is_empty()).then(|| view! { <span class="fj-clause">{clause}</span> })
                        }}
                    </span>
                    <span class="fj-fold__said">{said}</span>
                </summary>
                <div class="fj-fold__body fj-stack">
                    <ScoringEditor studio at=At { indicator: at, segment: None } />
                    <OwnScorings studio indicator=at />
                    <Identity studio at />
                </div>
            </details>
            <div class="fj-fold__bar">
                <div class="fj-fold__weight">{weight}</div>
                {actions(studio, row, |policy| Some(&mut policy.indicators), |policy| policy.indicators.len())}
            </div>
            {wrong_at(studio, &path)}
        </li>
    }
}

/// Name, question, clause, measure and key.
#[component]
fn Identity(studio: Studio, at: usize) -> impl IntoView {
    let path = format!("indicators.{at}");
    let measures = move |_: &Policy| -> Vec<Choice> {
        use shared::grading::Measure;
        [Measure::Money, Measure::Ratio, Measure::Days, Measure::Months, Measure::Count, Measure::Level]
            .into_iter()
            .map(|one| (measure_code(one).to_owned(), policy_words::measure(lang(), one).to_owned()))
            .collect()
    };
    view! {
        <div class="fj-form-grid">
            <div class="fj-field--full">
                {both(
                    studio,
                    &format!("{path}.name"),
                    t!(studio.field.name),
                    false,
                    move |policy| policy.indicators.get(at).map(|one| &one.name),
                    move |policy| policy.indicators.get_mut(at).map(|one| &mut one.name),
                )}
            </div>
            <div class="fj-field--full">
                {both(
                    studio,
                    &format!("{path}.asks"),
                    t!(studio.field.asks),
                    false,
                    move |policy| policy.indicators.get(at).map(|one| &one.asks),
                    move |policy| policy.indicators.get_mut(at).map(|one| &mut one.asks),
                )}
            </div>
            {choose(
                studio,
                Slot::named(format!("{path}.measure"), t!(studio.field.measure)),
                measures,
                move |policy| {
                    policy.indicators.get(at).map(|one| measure_code(one.measure).to_owned()).unwrap_or_default()
                },
                move |policy, chosen| {
                    if let Some(measure) = measure_of_code(chosen) {
                        set_measure(policy, at, measure);
                    }
                },
            )}
            {text(
                studio,
                Slot::named(format!("{path}.clause"), t!(studio.field.clause)),
                move |policy| policy.indicators.get(at).map(|one| one.clause.clone()).unwrap_or_default(),
                move |policy, typed| {
                    if let Some(one) = policy.indicators.get_mut(at) {
                        one.clause = typed.trim_start().to_owned();
                    }
                    Ok(())
                },
            )}
            {text(
                studio,
                Slot::named(format!("{path}.key"), t!(studio.indicator.key)),
                move |policy| policy.indicators.get(at).map(|one| one.key.to_string()).unwrap_or_default(),
                move |policy, typed| {
                    let to = Key::parse(typed).map_err(bad_text)?;
                    if let Some(from) = policy.indicators.get(at).map(|one| one.key.clone()) {
                        rename_input(policy, &from, &to);
                    }
                    Ok(())
                },
            )}
        </div>
    }
}

/// A measure's name on the wire.
#[must_use]
pub const fn measure_code(measure: Measure) -> &'static str {
    match measure {
        Measure::Money => "money",
        Measure::Ratio => "ratio",
        Measure::Days => "days",
        Measure::Months => "months",
        Measure::Count => "count",
        Measure::Level => "level",
    }
}

/// The measure of a name on the wire.
#[must_use]
pub fn measure_of_code(code: &str) -> Option<Measure> {
    [Measure::Money, Measure::Ratio, Measure::Days, Measure::Months, Measure::Count, Measure::Level]
        .into_iter()
        .find(|one| measure_code(*one) == code)
}

/// The kinds of scoring that fit an indicator, to choose from.
#[must_use]
pub fn kind_choices(policy: &Policy, at: usize) -> Vec<Choice> {
    let measure = policy.indicators.get(at).map_or(Measure::Ratio, |one| one.measure);
    let fitting = Kind::ALL.into_iter().filter(|kind| kind.fits(measure));
    fitting.map(|kind| (kind.code().to_owned(), policy_words::kind(lang(), kind).to_owned())).collect()
}
