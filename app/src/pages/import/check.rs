//! Step three: what importing would do.

use leptos::prelude::*;
use shared::ledger::{Shape, Summary};

use super::desk::Desk;
use super::rows::RowsTable;
use super::{Step, Working};
use crate::components::button::{Button, Weight};
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::i18n::lang;
use crate::derive::format::{ten_thousands, whole};
use crate::derive::sheet::{self, Filter};
use crate::{say, t};

/// Totals, then the rows.
#[component]
pub fn CheckPanel(desk: Desk) -> impl IntoView {
    let idle = move || desk.work.with(Option::is_none);
    let sendable =
        Memo::new(move |_| desk.summary.with(|summary| summary.as_ref().map_or(0, |summary| summary.rows)));
    let blocked = Signal::derive(move || !idle() || sendable.get() == 0);
    let label = move || say!(import.send_rows, whole(sendable.get().into()));
    let compared = move || if idle() { desk.summary.get() } else { None };
    view! {
        {move || desk.summary.get().map(|summary| view! { <Totals summary desk /> })}
        <section class="fj-panel">
            <div class="fj-panel__body">
                <div class="fj-stack">
                    <Working desk />
                    <Show when=move || { idle() && desk.summary.with(Option::is_some) && sendable.get() == 0 }>
                        <Notice tone=NoticeTone::Warning title=t!(import.nothing) />
                    </Show>
                    <p class="fj-muted">{t!(import.before_send)}</p>
                </div>
            </div>
            <footer class="fj-panel__footer">
                <Button
                    label=t!(common.back)
                    disabled=Signal::derive(move || !idle())
                    on_press=Callback::new(move |()| desk.step.set(Step::Columns))
                />
                <Button
                    label
                    weight=Weight::Primary
                    disabled=blocked
                    on_press=Callback::new(move |()| desk.send())
                />
            </footer>
        </section>
        {move || {
            compared().map(|summary| {
                let shape = desk.plan.with_untracked(|plan| plan.as_ref().map_or(Shape::Annual, |plan| plan.shape));
                let first = if summary.problem_lines > 0 { Filter::Problem } else { Filter::All };
                view! { <RowsTable shape summary first /> }
            })
        }}
    }
}

/// Rows by verdict, and each year's sums.
#[component]
fn Totals(summary: Summary, desk: Desk) -> impl IntoView {
    let counts = summary.counts;
    let compared = counts.new + counts.updated + counts.unchanged == summary.rows;
    let count = move |count: u32| if compared { whole(count.into()) } else { "…".to_owned() };
    let problems = summary.problem_lines;
    let has_problems = problems > 0;
    let download = Callback::new(move |()| {
        let name = desk.file.get_untracked().map(|(name, _)| name).unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
        desk.download(sheet::problem_sheet(lang()), format!("{stem} - {}.xlsx", say!(import.problem_file)));
    });
    let years = summary.years.into_iter().map(|year| {
        view! {
            <tr>
                <th scope="row" data-label=t!(import.col.year)>
                    {year.year}
                </th>
                <td class="fj-table__num" data-label=t!(import.col.rows)>
                    {whole(year.rows.into())}
                </td>
                <td class="fj-table__num" data-label=t!(import.col.customers)>
                    {whole(year.customers.into())}
                </td>
                <td class="fj-table__num" data-label=t!(import.col.sales)>
                    {ten_thousands(year.sales)}
                </td>
                <td class="fj-table__num" data-label=t!(import.col.without_sales)>
                    {whole(year.without_sales.into())}
                </td>
            </tr>
        }
    });
    let left_out = (summary.repeated > 0 || summary.totals > 0).then(|| {
        let text = t!(import.left_out, whole(summary.repeated.into()), whole(summary.totals.into()));
        view! { <p class="fj-muted">{text}</p> }
    });
    view! {
        <section class="fj-panel" aria-labelledby="import-totals">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="import-totals">
                    {t!(import.totals)}
                </h2>
                <p class="fj-panel__note">
                    {t!(import.totals_note, whole(summary.rows.into()), whole(summary.customers.into()))}
                </p>
            </header>
            <div class="fj-panel__body">
                <div class="fj-stack">
                    <dl class="fj-stats">
                        <Stat label=t!(import.verdict.new) value=count(counts.new) />
                        <Stat label=t!(import.verdict.updated) value=count(counts.updated) />
                        <Stat label=t!(import.verdict.unchanged) value=count(counts.unchanged) />
                        <Stat
                            label=t!(import.verdict.problem)
                            value=whole(problems.into())
                            warning=has_problems
                        />
                    </dl>
                    {left_out}
                    <div class="fj-table-wrap" role="group" aria-label=t!(import.years) tabindex="0">
                        <table class="fj-table fj-table--cards">
                            <caption class="fj-visually-hidden">{t!(import.years)}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">{t!(import.col.year)}</th>
                                    <th scope="col" class="fj-table__num">
                                        {t!(import.col.rows)}
                                    </th>
                                    <th scope="col" class="fj-table__num">
                                        {t!(import.col.customers)}
                                    </th>
                                    <th scope="col" class="fj-table__num">
                                        {t!(import.col.sales)}
                                    </th>
                                    <th scope="col" class="fj-table__num">
                                        {t!(import.col.without_sales)}
                                    </th>
                                </tr>
                            </thead>
                            <tbody>{years.collect_view()}</tbody>
                        </table>
                    </div>
                    {(problems > 0)
                        .then(|| {
                            view! {
                                <Notice tone=NoticeTone::Warning title=t!(import.problems, whole(problems.into()))>
                                    <p>{t!(import.problems_text)}</p>
                                    <Button
                                        label=t!(import.problems_download)
                                        icon="download"
                                        small=true
                                        on_press=download
                                    />
                                </Notice>
                            }
                        })}
                </div>
            </div>
        </section>
    }
}

/// One big figure.
#[component]
pub fn Stat(
    #[prop(into)] label: leptos::text_prop::TextProp,
    value: String,
    #[prop(optional)] warning: bool,
) -> impl IntoView {
    view! {
        <div class="fj-stat" class:fj-stat--warning=warning>
            <dt class="fj-stat__label">{move || label.get()}</dt>
            <dd class="fj-stat__value">{value}</dd>
        </div>
    }
}
