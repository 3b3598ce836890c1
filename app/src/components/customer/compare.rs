//! This year beside last year: values, points won and lost, each year dated.

use leptos::prelude::*;
use shared::dto::figures::YearView;
use shared::number::Points;

use super::score::delta;
use crate::contexts::i18n::lang;
use crate::derive::customer_compare::{Cell, Dated, Gain, Head, Row, table};
use crate::{say, t};

/// The table; a sentence instead when there is no year before, or it is not to be seen.
#[component]
pub fn Compare(before: Option<Dated>, now: Dated) -> impl IntoView {
    let year = now.graded.year - 1;
    move || {
        let Some(table) = before.as_ref().and_then(|before| table(lang(), before, &now)) else {
            return view! { <p>{say!(compare.none, year)}</p> }.into_any();
        };
        let [old, new] = table.heads.map(column);
        let ([scored, scores], change) = (table.total.0, gained(table.total.1));
        let [was, is] = table.grades;
        view! {
            <p>{table.summary}</p>
            <table class="fj-compare">
                <caption class="fj-visually-hidden">{t!(compare.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(compare.indicator)}</th>
                        {old}
                        {new}
                        <th scope="col">{t!(compare.change)}</th>
                    </tr>
                </thead>
                <tbody>
                    {table.rows.into_iter().map(row).collect_view()} <tr>
                        <th scope="row">{t!(compare.total)}</th>
                        <td>{scored}</td>
                        <td>{scores}</td>
                        <td>{change}</td>
                    </tr> <tr>
                        <th scope="row">{t!(compare.tier)}</th>
                        <td>{was}</td>
                        <td>{is}</td>
                        <td></td>
                    </tr>
                </tbody>
            </table>
            {table.policies_differ.then(|| view! { <p class="fj-muted">{t!(compare.policies)}</p> })}
        }
        .into_any()
    }
}

fn column(head: Head) -> impl IntoView {
    view! {
        <th scope="col">
            {head.year} <span class="fj-compare__note">{head.day}</span>
            <span class="fj-compare__note">{head.version}</span>
        </th>
    }
}

fn row(row: Row) -> impl IntoView {
    let cell = |cell: Option<Cell>| match cell {
        None => view! { <td>"—"</td> }.into_any(),
        Some(Cell { points, value }) => {
            view! { <td>{points} <span class="fj-compare__note">{value}</span></td> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{row.name}</th>
            {cell(row.before)}
            {cell(row.now)}
            <td>{gained(row.gain)}</td>
        </tr>
    }
}

fn gained(gain: Gain) -> AnyView {
    match gain {
        Gain::Points(points) => delta(points).into_any(),
        Gain::Said(said) => view! { <span class="fj-compare__note">{said}</span> }.into_any(),
    }
}

/// The change against the year before, when both were graded.
#[must_use]
pub fn score_before(before: Option<&YearView>) -> Option<Points> {
    before.filter(|view| view.tier.is_some()).and_then(|view| view.score)
}
