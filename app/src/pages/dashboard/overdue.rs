//! What is overdue, and the lists behind it.

use leptos::prelude::*;
use shared::book;
use shared::id::UnitId;

use crate::client::{self, Answer};
use crate::contexts::directory::{in_order, unit_name};
use crate::derive::format::count;
use crate::derive::overdue::{Line, lines, words};
use crate::{say, t};

/// What is overdue of a unit, or of all that the person sees.
///
/// # Errors
/// [`ApiError`](crate::client::ApiError).
pub async fn load(unit: Option<UnitId>) -> Answer<Vec<book::Overdue>> {
    client::get(client::with_query("/dashboard/overdue", &[("unit", unit.map(String::from))])).send().await
}

fn row(line: Line) -> impl IntoView {
    let Line { what, count: many, since, units } = line;
    let units = in_order(units, |one| &one.0)
        .into_iter()
        .map(|(unit, many, href)| {
            view! {
                <a class="fj-chip" href=href>
                    {move || unit_name(&unit)}
                    <span class="fj-chip__count">{count(many)}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row">{move || words(&what)}</th>
            <td class="fj-table__num" data-label=t!(dashboard.late.count)>
                {count(many)}
            </td>
            <td class="fj-nowrap" data-label=t!(dashboard.late.since)>
                {since.to_string()}
            </td>
            <td class="fj-table__wide">
                <span class="fj-cluster fj-cluster--tight">{units}</span>
            </td>
        </tr>
    }
}

/// The panel.
#[component]
pub fn Overdue(rows: Vec<book::Overdue>) -> impl IntoView {
    let lines = lines(&rows);
    let all = lines.iter().fold(0_u64, |sum, line| sum.saturating_add(line.count));
    let body = if lines.is_empty() {
        view! { <p class="fj-panel__status fj-muted">{t!(dashboard.late.none)}</p> }.into_any()
    } else {
        view! {
            <div class="fj-table-wrap" role="group" aria-labelledby="dashboard-overdue" tabindex="0">
                <table class="fj-table fj-table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(dashboard.late.what)}</th>
                            <th scope="col" class="fj-table__num">
                                {t!(dashboard.late.count)}
                            </th>
                            <th scope="col">{t!(dashboard.late.since)}</th>
                            <th scope="col">{t!(dashboard.unit)}</th>
                        </tr>
                    </thead>
                    <tbody>{lines.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="dashboard-overdue">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="dashboard-overdue">
                    {t!(dashboard.late.title)}
                </h2>
                {(all > 0).then(|| view! { <p class="fj-panel__note">{move || say!(dashboard.late.all, count(all))}</p> })}
            </header>
            {body}
        </section>
    }
}
