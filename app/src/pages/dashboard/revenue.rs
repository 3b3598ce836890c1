//! Where revenue sits: how few of the largest customers bring how much of it.

use leptos::prelude::*;
use shared::book::{Cell, Size, concentration, needed, total};
use shared::dto::customer::CustomerSort;
use shared::id::UnitId;
use shared::number::BasisPoints;

use super::tiers::share;
use crate::derive::customers::View;
use crate::derive::format::{count, percent};
use crate::{say, t};

/// The shares of all sales that are asked about.
const REACHED: [i128; 4] = [5_000, 8_000, 9_000, 9_500];

/// How many customers it takes for each of them.
#[component]
pub fn Concentration(sizes: Vec<Size>, cells: Vec<Cell>, unit: Option<UnitId>) -> impl IntoView {
    let curve = concentration(&sizes);
    let all = total(&cells);
    let unsold = all.customers.saturating_sub(all.sold);
    let href = View { unit, sort: Some(CustomerSort::Sales), ..View::default() }.address();
    let row = |reached: i128| {
        let reached = BasisPoints::clamped(reached);
        let point = needed(&curve, reached)?;
        let words = move || say!(dashboard.takes_of, count(point.customers), percent(point.of_customers));
        Some(view! {
            <tr>
                <th scope="row">{share(Some(reached), "")}</th>
                <td data-label=t!(dashboard.takes)>
                    <a class="fj-link fj-link--row" href=href.clone()>
                        {words}
                    </a>
                </td>
            </tr>
        })
    };
    let rows: Vec<_> = REACHED.into_iter().filter_map(row).collect();
    let none = rows.is_empty();
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="dashboard-concentration">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="dashboard-concentration">
                    {t!(dashboard.concentration)}
                </h2>
                {(unsold > 0)
                    .then(|| view! { <p class="fj-panel__note">{move || say!(dashboard.unsold, count(unsold))}</p> })}
            </header>
            {none.then(|| view! { <p class="fj-panel__body fj-muted">{t!(dashboard.no_sales)}</p> })}
            {(!none)
                .then(|| {
                    view! {
                        <div
                            class="fj-table-wrap"
                            role="group"
                            aria-labelledby="dashboard-concentration"
                            tabindex="0"
                        >
                            <table class="fj-table fj-table--cards">
                                <thead>
                                    <tr>
                                        <th scope="col">{t!(dashboard.reach)}</th>
                                        <th scope="col">{t!(dashboard.takes)}</th>
                                    </tr>
                                </thead>
                                <tbody>{rows}</tbody>
                            </table>
                        </div>
                    }
                })}
        </section>
    }
}
