//! How far each unit has come: how many forms are handed in, and where all of them are.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::dto::review::{CycleOverview, Standing};
use shared::id::UnitId;
use shared::review::Tally;

use crate::contexts::directory::{in_order, unit_name};
use crate::derive::format::count;
use crate::derive::review::{FormsView, handed_in, tally};
use crate::t;

/// The table in a panel of its own.
#[component]
pub fn UnitProgress(overview: CycleOverview) -> impl IntoView {
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="review-progress">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="review-progress">
                    {t!(review.progress)}
                </h2>
            </header>
            <ProgressTable overview />
        </section>
    }
}

/// How many forms stand where, the furthest first, each with the class of its part of the bar.
const fn parts(all: &Tally) -> [(&'static str, u64); 5] {
    [
        ("fj-steps__part fj-steps__part--ready", all.ready.saturating_add(all.effective)),
        ("fj-steps__part fj-steps__part--approval", all.in_approval),
        ("fj-steps__part fj-steps__part--meeting", all.in_review.saturating_add(all.refused)),
        ("fj-steps__part fj-steps__part--submitted", all.submitted),
        ("fj-steps__part fj-steps__part--draft", all.drafts),
    ]
}

/// A unit a row, the company first; or one unit alone.
#[component]
pub fn ProgressTable(
    overview: CycleOverview,
    #[prop(optional_no_strip)] only: Option<UnitId>,
) -> impl IntoView {
    let cycle = overview.cycle.id.clone();
    let row = move |name: TextProp, unit: Option<UnitId>, all: Tally| {
        let href = FormsView { unit, ..FormsView::default() }.address(&cycle);
        let (done, total) = handed_in(&all);
        let bar = parts(&all)
            .into_iter()
            .filter(|(_, many)| *many > 0)
            .map(|(class, many)| view! { <span class=class style:flex-grow=many.to_string()></span> })
            .collect_view();
        let cell = |label: TextProp, (_, of): (&'static str, u64)| {
            let class = if of == 0 { "fj-table__num fj-muted" } else { "fj-table__num" };
            view! {
                <td class=class data-label=move || label.get().to_string()>
                    {count(of)}
                </td>
            }
        };
        let [ready, approval, meeting, submitted, draft] = parts(&all);
        view! {
            <tr>
                <th scope="row">
                    <a class="fj-link fj-link--row" href=href>
                        {move || name.get()}
                    </a>
                </th>
                <td data-label=t!(review.handed_in)>
                    <span class="fj-share">
                        <span class="fj-steps" aria-hidden="true">
                            {bar}
                        </span>
                        <span class="fj-num">{count(done)} " / " {count(total)}</span>
                    </span>
                </td>
                {cell(t!(review.column.drafts).into(), draft)}
                {cell(t!(review.column.submitted).into(), submitted)}
                {cell(t!(review.column.in_review).into(), meeting)}
                {cell(t!(review.column.in_approval).into(), approval)}
                {cell(t!(review.column.ready).into(), ready)}
            </tr>
        }
    };
    let mine = overview.mine.map(|stages| tally(&Standing { stages, grades: Vec::new() }));
    let first = match (mine, overview.tally.filter(|_| only.is_none())) {
        (Some(mine), _) => Some(row(t!(review.mine).into(), None, mine)),
        (None, Some(all)) => Some(row(t!(review.company).into(), None, all)),
        (None, None) => None,
    };
    let units = overview.units.into_iter().filter(|one| only.as_ref().is_none_or(|only| *only == one.unit));
    let units = in_order(units, |one| &one.unit).into_iter().map(|one| {
        let id = one.unit.clone();
        row((move || unit_name(&id)).into(), Some(one.unit), tally(&one.standing))
    });
    let rows: Vec<_> = first.into_iter().chain(units).collect();
    let head = |text: TextProp, part: &'static str| {
        view! {
            <th scope="col" class="fj-table__num">
                <span class=format!("fj-steps__key fj-steps__part--{part}") aria-hidden="true"></span>
                {move || text.get().to_string()}
            </th>
        }
    };
    view! {
        <div class="fj-table-wrap" role="group" aria-label=t!(review.progress) tabindex="0">
            <table class="fj-table fj-table--cards">
                <thead>
                    <tr>
                        <th scope="col">{t!(customer.unit)}</th>
                        <th scope="col">{t!(review.handed_in)}</th>
                        {head(t!(review.column.drafts).into(), "draft")}
                        {head(t!(review.column.submitted).into(), "submitted")}
                        {head(t!(review.column.in_review).into(), "meeting")}
                        {head(t!(review.column.in_approval).into(), "approval")}
                        {head(t!(review.column.ready).into(), "ready")}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
