//! Who moved: from each tier before to each tier now, as a flow and as a matrix, each with the customers behind it.

use leptos::prelude::*;
use shared::book::{Cell, Order, Way, movement};
use shared::id::{Label, UnitId};

use crate::components::chart::Chart;
use crate::contexts::policies::Published;
use crate::derive::book::{behind, flow, named};
use crate::derive::format::count;
use crate::{say, t};

/// Most columns of a matrix that stands beside the flow; a wider one stands below it.
const NARROW: usize = 6;

/// The flow, and the matrix.
#[component]
pub fn Moves(policy: Published, cells: Vec<Cell>, unit: Option<UnitId>) -> impl IntoView {
    let order = Order::of(&policy.policy);
    let moved = movement(&order, &cells);
    let narrow = order.sorted(cells.iter().map(|cell| &cell.tier)).len() <= NARROW;
    let picture = {
        let (cells, unit) = (cells.clone(), unit.clone());
        Signal::derive(move || flow(&policy.policy, &cells, unit.as_ref()))
    };
    let label = move || say!(dashboard.flow, count(moved.up), count(moved.down), count(moved.same));
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="dashboard-moves">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="dashboard-moves">
                    {t!(dashboard.moves)}
                </h2>
                <p class="fj-panel__note">{t!(dashboard.moves_note)}</p>
            </header>
            <div class="fj-beside" class=("fj-beside--narrow", narrow)>
                <div class="fj-panel__body">
                    <p class="fj-chart__heads" aria-hidden="true">
                        <span>{t!(dashboard.before)}</span>
                        <span>{t!(dashboard.now)}</span>
                    </p>
                    <Chart picture label />
                    <p class="fj-chart__key">
                        <span class="fj-delta fj-delta--up fj-delta--good">
                            {t!(dashboard.up)} " " {count(moved.up)}
                        </span>
                        <span class="fj-delta fj-delta--down fj-delta--bad">
                            {t!(dashboard.down)} " " {count(moved.down)}
                        </span>
                        <span class="fj-delta fj-delta--same">{t!(dashboard.same)} " " {count(moved.same)}</span>
                    </p>
                </div>
                <Matrix order cells unit />
            </div>
        </section>
    }
}

/// A number that opens its customers.
fn opened(
    many: u64,
    class: &'static str,
    href: String,
    label: impl Fn() -> String + Send + 'static,
) -> impl IntoView {
    view! {
        <td class="fj-table__num">
            <a class="fj-link fj-link--row" href=href aria-label=label>
                <span class=class>{count(many)}</span>
            </a>
        </td>
    }
}

/// The table that says the same.
#[component]
fn Matrix(order: Order, cells: Vec<Cell>, unit: Option<UnitId>) -> impl IntoView {
    let rows = order.sorted(cells.iter().map(|cell| &cell.previous));
    let columns = order.sorted(cells.iter().map(|cell| &cell.tier));
    let sum = move |before: Option<&Option<Label>>, now: Option<&Option<Label>>| {
        cells
            .iter()
            .filter(|cell| {
                before.is_none_or(|tier| cell.previous == *tier) && now.is_none_or(|tier| cell.tier == *tier)
            })
            .map(|cell| cell.customers)
            .fold(0, u64::saturating_add)
    };
    let unit = unit.as_ref();
    let cell = |before: &Option<Label>, now: &Option<Label>| {
        let many = sum(Some(before), Some(now));
        if many == 0 {
            return view! { <td class="fj-table__num fj-muted">"·"</td> }.into_any();
        }
        let class = match Way::of(&order, before.as_ref(), now.as_ref()) {
            Way::Up => "fj-delta fj-delta--up fj-delta--good",
            Way::Down => "fj-delta fj-delta--down fj-delta--bad",
            Way::Same | Way::Gained | Way::Lost | Way::Ungraded | Way::Other => "",
        };
        let href = behind(unit, Some(before), Some(now)).address();
        let (before, now) = (before.clone(), now.clone());
        let label = move || say!(dashboard.cell, named(before.as_ref()), named(now.as_ref()), count(many));
        opened(many, class, href, label).into_any()
    };
    let row = |before: Option<Label>| {
        let many = sum(Some(&before), None);
        let href = behind(unit, Some(&before), None).address();
        let cells = columns.iter().map(|now| cell(&before, now)).collect_view();
        let (name, label) = (before.clone(), before);
        view! {
                    <tr>
                        <th scope="row" class="fj-nowrap">
        {move || named(name.as_ref())}
        </th>
                        {cells}
                        {opened(many, "", href, move || say!(dashboard.came_from, named(label.as_ref()), count(many)))}
                    </tr>
                }
    };
    let heads = columns
        .iter()
        .cloned()
        .map(|now| {
            view! {
                <th scope="col" class="fj-table__num">
                    {move || named(now.as_ref())}
                </th>
            }
        })
        .collect_view();
    let totals = columns
        .iter()
        .map(|now| {
            let (many, href, now) =
                (sum(None, Some(now)), behind(unit, None, Some(now)).address(), now.clone());
            opened(many, "", href, move || say!(dashboard.are_now, named(now.as_ref()), count(many)))
        })
        .collect_view();
    let all = sum(None, None);
    view! {
        <div class="fj-table-wrap" role="group" aria-labelledby="dashboard-moves" tabindex="0">
            <table class="fj-table fj-table--tight">
                <caption class="fj-visually-hidden">{t!(dashboard.matrix)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(dashboard.before)}</th>
                        {heads}
                        <th scope="col" class="fj-table__num">
                            {t!(dashboard.total)}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {rows.iter().cloned().map(row).collect_view()}
                    <tr>
                        <th scope="row">{t!(dashboard.total)}</th>
                        {totals}
                        <td class="fj-table__num">{count(all)}</td>
                    </tr>
                </tbody>
            </table>
        </div>
    }
}
