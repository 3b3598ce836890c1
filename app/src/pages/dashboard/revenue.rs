//! Where revenue sits: how few of the largest customers bring how much of it.

use leptos::prelude::*;
use shared::book::{Cell, Point, Size, concentration, needed, thinned, total};
use shared::dto::customer::CustomerSort;
use shared::id::UnitId;
use shared::number::BasisPoints;

use super::tiers::share;
use crate::components::chart::{Chart, ChartSwitch};
use crate::derive::book::{APART, LABELLED, REACHED, curve, said};
use crate::derive::customers::View;
use crate::derive::format::{count, percent, percent_in_column, ten_thousands};
use crate::{say, t};

/// The curve, and how many customers it takes for some shares of all sales.
#[component]
pub fn Concentration(sizes: Vec<Size>, cells: Vec<Cell>, unit: Option<UnitId>) -> impl IntoView {
    let points = concentration(&sizes);
    let all = total(&cells);
    let unsold = all.customers.saturating_sub(all.sold);
    let href = View { unit, sort: Some(CustomerSort::Sales), ..View::default() }.address();
    let tabled = RwSignal::new(false);
    let most = needed(&points, BasisPoints::clamped(LABELLED));
    let body = match most {
        None => view! { <p class="fj-panel__status fj-muted">{t!(dashboard.no_sales)}</p> }.into_any(),
        Some(most) => {
            let few = thinned(&points, BasisPoints::clamped(APART));
            let needed = view! { <Needed points=points.clone() href /> };
            let picture = Signal::derive(move || curve(&points));
            view! {
                <div class="fj-beside fj-beside--narrow">
                    <div class="fj-panel__body">
                        <Chart picture label=move || said(&most) tabled>
                            <Points points=few.clone() />
                        </Chart>
                    </div>
                    {needed}
                </div>
            }
            .into_any()
        }
    };
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="dashboard-concentration">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="dashboard-concentration">
                    {t!(dashboard.concentration)}
                </h2>
                {(unsold > 0)
                    .then(|| view! { <p class="fj-panel__note">{move || say!(dashboard.unsold, count(unsold))}</p> })}
                {most.is_some()
                    .then(|| {
                        view! {
                            <div class="fj-panel__actions">
                                <ChartSwitch tabled />
                            </div>
                        }
                    })}
            </header>
            {body}
        </section>
    }
}

/// The fewest of the largest customers that bring a share of all sales.
#[component]
fn Needed(points: Vec<Point>, href: String) -> impl IntoView {
    let row = |reached: i128| {
        let reached = BasisPoints::clamped(reached);
        let point = needed(&points, reached)?;
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
    view! {
        <div class="fj-table-wrap" role="group" aria-labelledby="dashboard-concentration" tabindex="0">
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
}

/// Points of the curve in figures.
#[component]
fn Points(points: Vec<Point>) -> impl IntoView {
    let row = |point: Point| {
        view! {
            <tr>
                <th scope="row" class="fj-table__num">
                    {count(point.customers)}
                </th>
                <td class="fj-table__num">{percent_in_column(point.of_customers)} " %"</td>
                <td class="fj-table__num">{ten_thousands(point.sales)}</td>
                <td class="fj-table__num">{percent_in_column(point.of_sales)} " %"</td>
            </tr>
        }
    };
    view! {
        <div class="fj-table-wrap" role="group" aria-label=t!(dashboard.points) tabindex="0">
            <table class="fj-table">
                <caption class="fj-visually-hidden">{t!(dashboard.points)}</caption>
                <thead>
                    <tr>
                        <th scope="col" class="fj-table__num">
                            {t!(dashboard.largest)}
                        </th>
                        <th scope="col" class="fj-table__num">
                            {t!(dashboard.of_customers)}
                        </th>
                        <th scope="col" class="fj-table__num">
                            {t!(dashboard.sales)}
                        </th>
                        <th scope="col" class="fj-table__num">
                            {t!(dashboard.of_sales)}
                        </th>
                    </tr>
                </thead>
                <tbody>{points.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
