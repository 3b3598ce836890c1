//! The rows of the file, a window at a time.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::ledger::{AnnualRow, InvoiceRow, Problem, Shape, Summary, Verdict};

use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::skeleton::SkeletonRows;
use crate::contexts::i18n::lang;
use crate::derive::format::{count, whole, yuan};
use crate::derive::import::{figure, refusal_text};
use crate::derive::sheet::{self, Filter, Judged, Refusal, Window, window};
use crate::{say, sheets, t};

/// Rows shown at once.
const WINDOW: usize = 50;

async fn load(shape: Shape, filter: Filter, from: usize) -> Result<(usize, Window), Refusal> {
    let text = sheets::text(&sheet::rows(filter, from, WINDOW).to_string(), None, |_, _| {}).await?;
    window(&text, shape, filter).map_err(|_| Refusal { code: "unreadable".to_owned(), limit: None })
}

/// A filter by verdict, a table, and steps to the next rows.
#[component]
pub fn RowsTable(shape: Shape, summary: Summary, first: Filter) -> impl IntoView {
    let filter = RwSignal::new(first);
    let from = RwSignal::new(0_usize);
    let data = LocalResource::new(move || load(shape, filter.get(), from.get()));
    let chip = move |choice: Filter, label: TextProp, count: u32| {
        view! {
            <button
                type="button"
                class="fj-chip"
                aria-pressed=move || if filter.get() == choice { "true" } else { "false" }
                on:click=move |_| {
                    from.set(0);
                    filter.set(choice);
                }
            >
                {move || label.get()}
                " "
                <span class="fj-chip__count">{whole(count.into())}</span>
            </button>
        }
    };
    let total = move || data.get().and_then(Result::ok).map_or(0, |(total, _)| total);
    let range = move || {
        let (from, total) = (from.get(), total());
        say!(import.range, count((from + 1).min(total)), count((from + WINDOW).min(total)), count(total))
    };
    let counts = summary.counts;
    let retry = Callback::new(move |()| data.refetch());
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="import-rows">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="import-rows">
                    {t!(import.rows)}
                </h2>
                <div class="fj-panel__actions">
                    <div class="fj-cluster fj-cluster--tight" role="group" aria-label=t!(import.filter)>
                        {chip(Filter::All, t!(common.all).into(), summary.rows)}
                        {chip(Filter::New, t!(import.verdict.new).into(), counts.new)}
                        {chip(Filter::Updated, t!(import.verdict.updated).into(), counts.updated)}
                        {chip(Filter::Unchanged, t!(import.verdict.unchanged).into(), counts.unchanged)}
                        {chip(Filter::Problem, t!(import.verdict.problem).into(), summary.problem_lines)}
                    </div>
                </div>
            </header>
            {move || match data.get() {
                None => view! { <SkeletonRows /> }.into_any(),
                Some(Err(refusal)) => {
                    let text = move || refusal_text(&refusal);
                    view! {
                        <Empty icon="alert" title=t!(common.load_failed) text>
                            <Button label=t!(common.retry) icon="refresh" on_press=retry />
                        </Empty>
                    }
                        .into_any()
                }
                Some(Ok((_, Window::Annual(rows)))) => view! { <Annual rows /> }.into_any(),
                Some(Ok((_, Window::Receivables(rows)))) => view! { <Invoices rows /> }.into_any(),
                Some(Ok((_, Window::Problems(problems)))) => view! { <Problems problems /> }.into_any(),
            }}
            <div class="fj-more">
                <p class="fj-more__count" role="status">
                    {range}
                </p>
                <div class="fj-cluster">
                    <Button
                        label=t!(import.earlier, WINDOW)
                        small=true
                        disabled=Signal::derive(move || from.get() == 0)
                        on_press=Callback::new(move |()| from.update(|from| *from = from.saturating_sub(WINDOW)))
                    />
                    <Button
                        label=t!(import.later, WINDOW)
                        small=true
                        disabled=Signal::derive(move || from.get() + WINDOW >= total())
                        on_press=Callback::new(move |()| from.update(|from| *from += WINDOW))
                    />
                </div>
            </div>
        </section>
    }
}

/// The frame of the three tables.
#[component]
fn Frame(heads: Vec<(TextProp, bool)>, children: Children) -> impl IntoView {
    let heads = heads.into_iter().map(|(text, number)| {
        view! {
            <th scope="col" class:fj-table__num=number>
                {move || text.get()}
            </th>
        }
    });
    view! {
        <div class="fj-table-wrap" role="group" aria-label=t!(import.rows) tabindex="0">
            <table class="fj-table">
                <caption class="fj-visually-hidden">{t!(import.rows)}</caption>
                <thead>
                    <tr>{heads.collect_view()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// The verdict as a badge, and the class of its row.
fn badge(verdict: Option<Verdict>) -> (&'static str, impl IntoView) {
    let (row, class) = match verdict {
        Some(Verdict::New) => ("fj-table__row--new", "fj-badge fj-badge--success"),
        Some(Verdict::Updated) => ("fj-table__row--updated", "fj-badge fj-badge--info"),
        Some(Verdict::Unchanged) | None => ("fj-table__row--unchanged", "fj-badge"),
    };
    let text = move || match verdict {
        Some(Verdict::New) => say!(import.verdict.new),
        Some(Verdict::Updated) => say!(import.verdict.updated),
        Some(Verdict::Unchanged) => say!(import.verdict.unchanged),
        None => "…",
    };
    (row, view! { <span class=class>{text}</span> })
}

#[component]
fn Annual(rows: Vec<Judged<AnnualRow>>) -> impl IntoView {
    let heads = vec![
        (t!(import.col.line).into(), true),
        (t!(import.col.verdict).into(), false),
        (t!(import.field.code).into(), false),
        (t!(import.field.name).into(), false),
        (t!(import.field.year).into(), true),
        (t!(import.col.figures).into(), false),
    ];
    let rows = rows.into_iter().map(|Judged { line, verdict, row }| {
        let (class, badge) = badge(verdict);
        let values = row.values.clone();
        let figures =
            move || values.iter().map(|(key, input)| figure(key, input)).collect::<Vec<_>>().join(" · ");
        view! {
            <tr class=class>
                <td class="fj-table__num">{line}</td>
                <td>{badge}</td>
                <td class="fj-code">{row.code.to_string()}</td>
                <th scope="row">{row.name.as_ref().map(ToString::to_string)}</th>
                <td class="fj-table__num">{row.year}</td>
                <td>{figures}</td>
            </tr>
        }
    });
    view! { <Frame heads>{rows.collect_view()}</Frame> }
}

#[component]
fn Invoices(rows: Vec<Judged<InvoiceRow>>) -> impl IntoView {
    let heads = vec![
        (t!(import.col.line).into(), true),
        (t!(import.col.verdict).into(), false),
        (t!(import.field.code).into(), false),
        (t!(import.field.number).into(), false),
        (t!(import.field.issued).into(), false),
        (t!(import.field.due).into(), false),
        (t!(import.field.settled).into(), false),
        (t!(import.field.amount).into(), true),
    ];
    let day =
        |date: Option<shared::calendar::Date>| date.map_or_else(|| "—".to_owned(), |date| date.to_string());
    let rows = rows.into_iter().map(move |Judged { line, verdict, row }| {
        let (class, badge) = badge(verdict);
        view! {
            <tr class=class>
                <td class="fj-table__num">{line}</td>
                <td>{badge}</td>
                <td class="fj-code">{row.code.to_string()}</td>
                <th scope="row" class="fj-code">
                    {row.number.to_string()}
                </th>
                <td class="fj-num">{row.issued.to_string()}</td>
                <td class="fj-num">{day(row.due)}</td>
                <td class="fj-num">{day(row.settled)}</td>
                <td class="fj-table__num">{yuan(row.amount)}</td>
            </tr>
        }
    });
    view! { <Frame heads>{rows.collect_view()}</Frame> }
}

#[component]
fn Problems(problems: Vec<Problem>) -> impl IntoView {
    let heads = vec![
        (t!(import.col.line).into(), true),
        (t!(import.col.column).into(), false),
        (t!(import.col.heading).into(), false),
        (t!(import.col.value).into(), false),
        (t!(import.col.reason).into(), false),
    ];
    let rows = problems.into_iter().map(|problem| {
        let code = problem.code;
        view! {
            <tr class="fj-table__row--problem">
                <td class="fj-table__num">{problem.line}</td>
                <td class="fj-code">{problem.column}</td>
                <th scope="row">{problem.heading}</th>
                <td class="fj-code">{problem.value}</td>
                <td>{move || code.reason(lang())}</td>
            </tr>
        }
    });
    view! { <Frame heads>{rows.collect_view()}</Frame> }
}
