//! This year beside last year: values, points won and lost.

use leptos::prelude::*;
use shared::dto::figures::YearView;
use shared::number::Points;

use super::grade_words;
use super::score::delta;
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::customer_compare::{Side, rows, sums};
use crate::derive::{format, sentences};
use crate::{say, t};

/// The table; a sentence instead when one of the years has no figures.
#[component]
pub fn Compare(policy: Published, before: Option<YearView>, now: YearView) -> impl IntoView {
    let year = now.year - 1;
    let Some((before, old)) = before.and_then(|view| view.detail.clone().map(|detail| (view, detail))) else {
        return view! { <p>{move || say!(compare.none, year)}</p> }.into_any();
    };
    let Some(new) = now.detail.clone() else { return ().into_any() };
    let rows = rows(&old, &new);
    let (won, lost) = sums(&rows);
    let (won, lost) = (format::points(won), format::points(lost));
    let otherwise =
        (before.policy != now.policy).then(|| view! { <p class="fj-muted">{t!(compare.policies)}</p> });
    let body = rows
        .into_iter()
        .map(|row| {
            let name = {
                let (policy, key) = (policy.clone(), row.key.clone());
                move || sentences::name_of(lang(), &policy.policy, &key)
            };
            let cell = |side: Option<Side>| {
                let (policy, key) = (policy.clone(), row.key.clone());
                move || match &side {
                    None => "—".to_owned(),
                    Some(side) => {
                        sentences::input(lang(), sentences::measure_of(&policy.policy, &key), &side.input)
                    }
                }
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="fj-compare__value">{cell(row.before.clone())}</td>
                    <td class="fj-compare__value">{cell(row.now.clone())}</td>
                    <td>{row.gained.map_or_else(|| "—".into_any(), |gained| delta(gained).into_any())}</td>
                </tr>
            }
        })
        .collect_view();
    let scored = |view: &YearView| {
        view.score.filter(|_| view.tier.is_some()).map_or_else(|| "—".to_owned(), format::points)
    };
    let graded = |view: &YearView| {
        let (tier, provisional) = (view.tier.clone(), view.provisional);
        move || grade_words(tier.as_ref(), provisional)
    };
    let total = match (before.score, now.score) {
        (Some(old), Some(new)) if before.tier.is_some() && now.tier.is_some() => {
            delta(new.minus(old)).into_any()
        }
        _ => "—".into_any(),
    };
    view! {
        <p>{move || say!(compare.summary, year, won, lost)}</p>
        <table class="fj-compare">
            <caption class="fj-visually-hidden">{t!(compare.title)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t!(compare.indicator)}</th>
                    <th scope="col">{before.year}</th>
                    <th scope="col">{now.year}</th>
                    <th scope="col">{t!(compare.change)}</th>
                </tr>
            </thead>
            <tbody>
                {body}
                <tr>
                    <th scope="row">{t!(compare.total)}</th>
                    <td>{scored(&before)}</td>
                    <td>{scored(&now)}</td>
                    <td>{total}</td>
                </tr>
                <tr>
                    <th scope="row">{t!(compare.tier)}</th>
                    <td>{graded(&before)}</td>
                    <td>{graded(&now)}</td>
                    <td></td>
                </tr>
            </tbody>
        </table>
        {otherwise}
    }
    .into_any()
}

/// The change against the year before, when both were graded.
#[must_use]
pub fn score_before(before: Option<&YearView>) -> Option<Points> {
    before.filter(|view| view.tier.is_some()).and_then(|view| view.score)
}
