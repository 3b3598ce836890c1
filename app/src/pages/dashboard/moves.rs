//! Who moved: from each tier before to each tier now, each cell with the customers behind it.

use leptos::prelude::*;
use shared::book::{Cell, Order};
use shared::id::{Label, UnitId};

use crate::derive::customers::{Tier, View};
use crate::derive::format::count;
use crate::{say, t};

fn named(tier: Option<&Label>) -> String {
    tier.map_or_else(|| say!(tier.none).to_owned(), ToString::to_string)
}

/// The matrix.
#[component]
pub fn Moves(order: Order, cells: Vec<Cell>, unit: Option<UnitId>) -> impl IntoView {
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
    let cell = {
        let (sum, order) = (sum.clone(), order);
        move |before: &Option<Label>, now: &Option<Label>| {
            let many = sum(Some(before), Some(now));
            if many == 0 {
                return view! { <td class="fj-table__num fj-muted">"·"</td> }.into_any();
            }
            let place = |tier: &Option<Label>| tier.as_ref().and_then(|tier| order.place(tier));
            let class = match place(before).zip(place(now)) {
                Some((before, now)) if now < before => "fj-delta fj-delta--up fj-delta--good",
                Some((before, now)) if now > before => "fj-delta fj-delta--down fj-delta--bad",
                _ => "",
            };
            let view = View {
                unit: unit.clone(),
                tier: Some(Tier::of(now.as_ref())),
                previous: Some(Tier::of(before.as_ref())),
                ..View::default()
            };
            let (before, now) = (before.clone(), now.clone());
            let label =
                move || say!(dashboard.cell, named(before.as_ref()), named(now.as_ref()), count(many));
            view! {
                <td class="fj-table__num">
                    <a class="fj-link fj-link--row" href=view.address() aria-label=label>
                        <span class=class>{count(many)}</span>
                    </a>
                </td>
            }
            .into_any()
        }
    };
    let row = |before: Option<Label>| {
        let total = sum(Some(&before), None);
        let cells = columns.iter().map(|now| cell(&before, now)).collect_view();
        view! {
            <tr>
                <th scope="row">{move || named(before.as_ref())}</th>
                {cells}
                <td class="fj-table__num">{count(total)}</td>
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
        .map(|now| view! { <td class="fj-table__num">{count(sum(None, Some(now)))}</td> })
        .collect_view();
    let all = sum(None, None);
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="dashboard-moves">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="dashboard-moves">
                    {t!(dashboard.moves)}
                </h2>
                <p class="fj-panel__note">{t!(dashboard.moves_note)}</p>
            </header>
            <div class="fj-table-wrap" role="group" aria-labelledby="dashboard-moves" tabindex="0">
                <table class="fj-table">
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
        </section>
    }
}
