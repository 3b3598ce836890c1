//! What each tier has of the customers and of the sales.

use leptos::prelude::*;
use shared::book::{Cell, Order, Sum, by_tier, total};
use shared::id::{Label, UnitId};
use shared::number::{BasisPoints, Fen, ratio};

use crate::components::customer::grade_words;
use crate::components::table_panel::{Head, TablePanel};
use crate::contexts::policies::Published;
use crate::derive::customers::{Tier, View};
use crate::derive::format::{count, percent, ten_thousands};
use crate::derive::look::Look;
use crate::derive::measure::style_percent;
use crate::t;

/// A share as a bar and a figure; a dash where there is nothing to have a share of.
pub fn share(of: Option<BasisPoints>, class: &str) -> impl IntoView + use<> {
    let class = format!("fj-bar {class}");
    of.map(|of| {
        view! {
            <span class="fj-share">
                <span class=class style:--value=style_percent(of.get(), 10_000)>
                    <span class="fj-bar__fill"></span>
                </span>
                <span class="fj-num">{percent(of)} " %"</span>
            </span>
        }
    })
}

/// The table.
#[component]
pub fn Tiers(policy: Published, cells: Vec<Cell>, unit: Option<UnitId>) -> impl IntoView {
    let order = Order::of(&policy.policy);
    let sums = by_tier(&cells);
    let all = total(&cells);
    let row = |tier: Option<Label>| {
        let sum: Sum = sums.get(&tier).copied().unwrap_or_default();
        let class = Look::of(&policy.policy.tiers, tier.as_ref()).class();
        let view = View { unit: unit.clone(), tier: Some(Tier::of(tier.as_ref())), ..View::default() };
        let name = move || grade_words(tier.as_ref(), false);
        let average = (sum.sold > 0)
            .then(|| shared::number::div_round(i128::from(sum.sales.get()), i128::from(sum.sold)))
            .flatten()
            .map(|each| ten_thousands(Fen::clamped(each)));
        view! {
            <tr>
                <th scope="row">
                    <a class="fj-link fj-link--row" href=view.address()>
                        {name}
                    </a>
                </th>
                <td class="fj-table__num" data-label=t!(dashboard.customers)>
                    {count(sum.customers)}
                </td>
                <td data-label=t!(dashboard.of_customers)>{share(ratio(sum.customers, all.customers), &class)}</td>
                <td class="fj-table__num" data-label=t!(dashboard.sales)>
                    {ten_thousands(sum.sales)}
                </td>
                <td data-label=t!(dashboard.of_sales)>{share(ratio(sum.sales.get(), all.sales.get()), &class)}</td>
                <td class="fj-table__num" data-label=t!(dashboard.average)>
                    {average.unwrap_or_else(|| "—".to_owned())}
                </td>
            </tr>
        }
    };
    let rows = order.sorted(sums.keys()).into_iter().map(row).collect_view();
    let heads = vec![
        Head::text(t!(dashboard.tier)),
        Head::number(t!(dashboard.customers)),
        Head::text(t!(dashboard.of_customers)),
        Head::number(t!(dashboard.sales)),
        Head::text(t!(dashboard.of_sales)),
        Head::number(t!(dashboard.average)),
    ];
    view! {
        <TablePanel id="dashboard-tiers" title=t!(dashboard.tiers) heads>
            {rows}
        </TablePanel>
    }
}
