//! Step two: what the columns hold.

use leptos::prelude::*;
use shared::ledger::{Field, Kind, RatioUnit, Shape};

use super::Working;
use super::desk::Desk;
use super::questions::Questions;
use super::target::Target;
use crate::components::button::{Button, Weight};
use crate::components::notice::{Notice, NoticeTone};
use crate::components::select::{Choice, options};
use crate::derive::import::{Plan, Wanting, fault_text, field_code, field_name, field_of};
use crate::derive::sheet::{Open, Opened};
use crate::{say, t};

/// Samples shown beside a heading.
const SAMPLES: usize = 3;

/// Questions first, then the whole of the mapping.
#[component]
pub fn ColumnsPanel(desk: Desk) -> impl IntoView {
    let ready = move || {
        desk.plan.with(|plan| plan.as_ref().is_some_and(|plan| desk.open.with(|open| plan.is_ready(open))))
    };
    let idle = move || desk.work.with(Option::is_none);
    let fault = move || {
        let fault = desk.open.with(|open| open.fault)?;
        Some(view! { <Notice tone=NoticeTone::Warning title=move || fault_text(fault) /> })
    };
    // The questions stand at the top, out of sight on a phone.
    let asked = move || {
        desk.open.with(Open::asks).then(|| view! { <p class="fj-muted">{t!(import.needs_answer)}</p> })
    };
    let wanting = move || {
        desk.plan.with(|plan| plan.as_ref()?.wanting()).map(|wanting| match wanting {
            Wanting::Unit => say!(import.needs_unit),
            Wanting::Day => say!(import.needs_day),
            Wanting::Both => say!(import.needs_target),
        })
    };
    view! {
        <Questions desk />
        <Target desk />
        <section class="fj-panel fj-panel--flush" aria-labelledby="import-columns">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="import-columns">
                    {t!(import.step.columns)}
                </h2>
                <p class="fj-panel__note">{t!(import.columns_note)}</p>
            </header>
            {move || desk.opened.get().map(|opened| view! { <Columns desk opened /> })}
            <div class="fj-panel__status fj-stack">
                {fault}
                {asked}
                {move || wanting().map(|text| view! { <p class="fj-muted">{text}</p> })}
                <Working desk />
            </div>
            <footer class="fj-panel__footer">
                <Button
                    label=t!(common.back)
                    on_press=Callback::new(move |()| desk.step.set(crate::derive::import::Step::File))
                />
                <Button
                    label=t!(import.to_check)
                    weight=Weight::Primary
                    disabled=Signal::derive(move || !(ready() && idle()))
                    on_press=Callback::new(move |()| desk.check())
                />
            </footer>
        </section>
    }
}

/// One row per column of the sheet.
#[component]
fn Columns(desk: Desk, opened: Opened) -> impl IntoView {
    let rows = (0_u32..).zip(opened.headings).map(|(index, heading)| {
        let at = usize::try_from(index).unwrap_or_default();
        let cells = opened.sample.iter().filter_map(|row| row.get(at)).filter(|text| !text.is_empty());
        let sample = cells.take(SAMPLES).cloned().collect::<Vec<_>>().join(" · ");
        let title = if heading.text.is_empty() { heading.column.clone() } else { heading.text.clone() };
        view! {
            <tr>
                <td class="fj-code" data-label=t!(import.col.column)>
                    {heading.column}
                </td>
                <th scope="row" data-label=t!(import.col.heading)>
                    {heading.text}
                </th>
                <td class="fj-muted" data-label=t!(import.col.sample)>
                    {sample}
                </td>
                <td data-label=t!(import.col.field)>
                    <FieldSelect desk index title />
                </td>
            </tr>
        }
    });
    view! {
        <div class="fj-table-wrap" role="group" aria-label=t!(import.step.columns) tabindex="0">
            <table class="fj-table fj-table--cards">
                <caption class="fj-visually-hidden">{t!(import.step.columns)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(import.col.column)}</th>
                        <th scope="col">{t!(import.col.heading)}</th>
                        <th scope="col">{t!(import.col.sample)}</th>
                        <th scope="col">{t!(import.col.field)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// What a ledger of the shape can have.
fn choices(shape: Shape) -> Vec<Choice> {
    let none = (String::new(), say!(import.not_imported).to_owned());
    let fields = Field::ALL.iter().copied().filter(|field| field.fits(shape)).map(|field| {
        let mark = if field.required(shape) { " *" } else { "" };
        (field_code(field), format!("{}{mark}", field_name(field)))
    });
    std::iter::once(none).chain(fields).collect()
}

/// What one column holds; for a ratio also what its plain numbers mean.
#[component]
fn FieldSelect(desk: Desk, index: u32, title: String) -> impl IntoView {
    let part = move |get: fn(&Plan, u32) -> String| {
        Signal::derive(move || {
            desk.plan.with(|plan| plan.as_ref().map(|plan| get(plan, index)).unwrap_or_default())
        })
    };
    let value =
        part(|plan, index| plan.field_at(index).map(|column| field_code(column.field)).unwrap_or_default());
    let unit = part(|plan, index| {
        let column = plan.field_at(index).filter(|column| column.field.kind() == Kind::Ratio);
        match column.map(|column| column.ratio) {
            None => String::new(),
            Some(None) => "unknown".to_owned(),
            Some(Some(RatioUnit::Percent)) => "percent".to_owned(),
            Some(Some(RatioUnit::Fraction)) => "fraction".to_owned(),
        }
    });
    let shape =
        Memo::new(move |_| desk.plan.with(|plan| plan.as_ref().map_or(Shape::Annual, |plan| plan.shape)));
    let units = || {
        vec![
            ("unknown".to_owned(), "—".to_owned()),
            ("percent".to_owned(), say!(import.ratio.percent).to_owned()),
            ("fraction".to_owned(), say!(import.ratio.fraction).to_owned()),
        ]
    };
    let set_unit = move |code: String| {
        let ratio = match code.as_str() {
            "percent" => Some(RatioUnit::Percent),
            "fraction" => Some(RatioUnit::Fraction),
            _ => None,
        };
        desk.change(|plan| {
            for column in plan.mapping.columns.iter_mut().filter(|column| column.index == index) {
                column.ratio = ratio;
            }
        });
    };
    let unit_title = title.clone();
    view! {
        <span class="fj-cluster fj-cluster--tight">
            <span class="fj-select">
                <select
                    class="fj-input"
                    aria-label=t!(import.holds, title)
                    on:change:target=move |event| {
                        let field = field_of(&event.target().value());
                        desk.change(|plan| plan.assign(index, field));
                    }
                >
                    {move || options(choices(shape.get()), value)}
                </select>
            </span>
            {move || {
                let title = unit_title.clone();
                (!unit.with(String::is_empty)).then(|| {
                    view! {
                        <span class="fj-select">
                            <select
                                class="fj-input"
                                aria-label=t!(import.ratio.label, title)
                                on:change:target=move |event| set_unit(event.target().value())
                            >
                                {move || options(units(), unit)}
                            </select>
                        </span>
                    }
                })
            }}
        </span>
    }
}
