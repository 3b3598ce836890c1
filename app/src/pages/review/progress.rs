//! How far each unit has come: how many forms are handed in, and where the others are.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::dto::review::{CycleOverview, Standing};
use shared::id::UnitId;
use shared::review::Tally;

use crate::contexts::directory::unit_name;
use crate::derive::format::count;
use crate::derive::review::{FormsView, handed_in, tally};
use crate::drive::percent;
use crate::t;

/// The table, a unit a row, the company first.
#[component]
pub fn UnitProgress(overview: CycleOverview) -> impl IntoView {
    let cycle = overview.cycle.id.clone();
    let row = move |name: TextProp, unit: Option<UnitId>, all: Tally| {
        let href = FormsView { unit, ..FormsView::default() }.address(&cycle);
        let (done, total) = handed_in(&all);
        let share = percent(done, total).unwrap_or_default();
        let cell = |label: TextProp, of: u64| {
            let class = if of == 0 { "fj-table__num fj-muted" } else { "fj-table__num" };
            view! {
                <td class=class data-label=move || label.get().to_string()>
                    {count(of)}
                </td>
            }
        };
        view! {
            <tr>
                <th scope="row">
                    <a class="fj-link fj-link--row" href=href>
                        {move || name.get()}
                    </a>
                </th>
                <td data-label=t!(review.handed_in)>
                    <span class="fj-share">
                        <span class="fj-bar" style:--value=share.to_string()>
                            <span class="fj-bar__fill"></span>
                        </span>
                        <span class="fj-num">{count(done)} " / " {count(total)}</span>
                    </span>
                </td>
                {cell(t!(review.column.drafts).into(), all.drafts)}
                {cell(t!(review.column.submitted).into(), all.submitted)}
                {cell(t!(review.column.in_review).into(), all.in_review.saturating_add(all.refused))}
                {cell(t!(review.column.in_approval).into(), all.in_approval)}
                {cell(t!(review.column.ready).into(), all.ready.saturating_add(all.effective))}
            </tr>
        }
    };
    let mine = overview.mine.map(|stages| tally(&Standing { stages, grades: Vec::new() }));
    let first = match (mine, overview.tally) {
        (Some(mine), _) => Some(row(t!(review.mine).into(), None, mine)),
        (None, Some(all)) => Some(row(t!(review.company).into(), None, all)),
        (None, None) => None,
    };
    let units = overview.units.into_iter().map(|one| {
        let id = one.unit.clone();
        row((move || unit_name(&id)).into(), Some(one.unit), tally(&one.standing))
    });
    let rows: Vec<_> = first.into_iter().chain(units).collect();
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="review-progress">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="review-progress">
                    {t!(review.progress)}
                </h2>
            </header>
            <div class="fj-table-wrap" role="group" aria-label=t!(review.progress) tabindex="0">
                <table class="fj-table fj-table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(customer.unit)}</th>
                            <th scope="col">{t!(review.handed_in)}</th>
                            <th scope="col" class="fj-table__num">
                                {t!(review.column.drafts)}
                            </th>
                            <th scope="col" class="fj-table__num">
                                {t!(review.column.submitted)}
                            </th>
                            <th scope="col" class="fj-table__num">
                                {t!(review.column.in_review)}
                            </th>
                            <th scope="col" class="fj-table__num">
                                {t!(review.column.in_approval)}
                            </th>
                            <th scope="col" class="fj-table__num">
                                {t!(review.column.ready)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
