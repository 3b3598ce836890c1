//! Each unit: its tiers as a strip, its sales, what it lacks.

use leptos::prelude::*;
use shared::book::{Cell, Order, by_tier, by_unit, total};
use shared::id::{Label, UnitId};
use shared::number::ratio;

use super::tiers::share;
use crate::components::spread::{Part, Spread};
use crate::components::table_panel::{Head, TablePanel};
use crate::contexts::directory::{in_order, unit_name};
use crate::contexts::policies::Published;
use crate::derive::customers::View;
use crate::derive::format::{count, ten_thousands};
use crate::derive::look::Look;
use crate::t;

/// The strips and the table.
#[component]
pub fn Units(policy: Published, cells: Vec<Cell>) -> impl IntoView {
    let order = Order::of(&policy.policy);
    let sums = in_order(by_unit(&cells), |one| &one.0);
    let sales = total(&cells).sales;
    let tiers = order.sorted(cells.iter().map(|cell| &cell.tier));
    let parts = |unit: Option<&UnitId>| -> Vec<Part> {
        let own = by_tier(cells.iter().filter(|cell| unit.is_none_or(|unit| cell.unit == *unit)));
        let part = |tier: &Option<Label>| Part {
            tier: tier.clone(),
            look: Look::of(&policy.policy.tiers, tier.as_ref()),
            many: own.get(tier).map_or(0, |sum| sum.customers),
        };
        tiers.iter().map(part).collect()
    };
    let strips = sums
        .iter()
        .map(|(unit, _)| {
            let (parts, href, unit) = (parts(Some(unit)), format!("/dashboard?unit={unit}"), unit.clone());
            view! { <Spread name=move || unit_name(&unit) parts href=Some(href) /> }
        })
        .collect_view();
    let company = parts(None);
    let rows = sums
        .iter()
        .map(|(unit, sum)| {
            let plain = View { unit: Some(unit.clone()), ..View::default() };
            let missing = View { missing: true, ..plain.clone() }.address();
            let unit = unit.clone();
            view! {
                <tr>
                    <th scope="row">
                        <a class="fj-link fj-link--row" href=plain.address()>
                            {move || unit_name(&unit)}
                        </a>
                    </th>
                    <td class="fj-table__num" data-label=t!(dashboard.customers)>
                        {count(sum.customers)}
                    </td>
                    <td class="fj-table__num" data-label=t!(dashboard.sales)>
                        {ten_thousands(sum.sales)}
                    </td>
                    <td data-label=t!(dashboard.of_sales)>{share(ratio(sum.sales.get(), sales.get()), "")}</td>
                    <td class="fj-table__num" data-label=t!(dashboard.missing)>
                        <a class="fj-link fj-link--row" href=missing>
                            {count(sum.lacking)}
                        </a>
                    </td>
                    <td data-label=t!(dashboard.lacking)>{share(ratio(sum.lacking, sum.customers), "")}</td>
                </tr>
            }
        })
        .collect_view();
    let heads = vec![
        Head::text(t!(dashboard.unit)),
        Head::number(t!(dashboard.customers)),
        Head::number(t!(dashboard.sales)),
        Head::text(t!(dashboard.of_sales)),
        Head::number(t!(dashboard.missing)),
        Head::text(t!(dashboard.lacking)),
    ];
    view! {
        <section class="fj-panel" aria-labelledby="dashboard-spread">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="dashboard-spread">
                    {t!(dashboard.spread)}
                </h2>
            </header>
            <div class="fj-panel__body fj-spread">
                <Spread name=t!(dashboard.all) parts=company />
                {strips}
            </div>
        </section>
        <TablePanel id="dashboard-units" title=t!(dashboard.units) heads>
            {rows}
        </TablePanel>
    }
}
