//! What is said of the file as a whole: its shape and sheet, units, the day, the year, the unit
//! new customers go to.

use leptos::prelude::*;
use shared::calendar::Date;
use shared::ledger::{AmountUnit, DateOrder, Field, Kind, Shape};

use super::desk::Desk;
use crate::components::field::{Entry, TextField};
use crate::components::select::{Choice, SelectField};
use crate::contexts::directory::directory;
use crate::derive::format::count;
use crate::derive::import::Plan;
use crate::{say, t};

fn choice(code: &str, text: &str) -> Choice {
    (code.to_owned(), text.to_owned())
}

fn shapes() -> Vec<Choice> {
    vec![choice("annual", say!(import.shape.annual)), choice("receivables", say!(import.shape.receivables))]
}

fn amounts() -> Vec<Choice> {
    vec![
        choice("", "—"),
        choice("yuan", say!(import.amount.yuan)),
        choice("thousand", say!(import.amount.thousand)),
        choice("ten_thousand", say!(import.amount.ten_thousand)),
    ]
}

fn orders() -> Vec<Choice> {
    vec![
        choice("", say!(import.date.none)),
        choice("day_first", say!(import.date.day_first)),
        choice("month_first", say!(import.date.month_first)),
    ]
}

fn units() -> Vec<Choice> {
    let none = choice("", say!(import.unit_none));
    let open = directory().with(|names| {
        let units = names.iter().flat_map(|names| &names.units).filter(|unit| unit.active);
        units.map(|unit| choice(unit.id.as_str(), unit.name.as_str())).collect::<Vec<_>>()
    });
    std::iter::once(none).chain(open).collect()
}

/// The wire code of a plain enum, or nothing.
fn code(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

fn parsed<T: serde::de::DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(code)).ok()
}

/// The panel.
#[component]
pub fn Target(desk: Desk) -> impl IntoView {
    let part = move |get: fn(&Plan) -> String| {
        Signal::derive(move || desk.plan.with(|plan| plan.as_ref().map(get).unwrap_or_default()))
    };
    let when = move |holds: fn(&Plan) -> bool| {
        Memo::new(move |_| desk.plan.with(|plan| plan.as_ref().is_some_and(holds)))
    };
    let (money, dates) = (when(|plan| plan.has(Kind::Money)), when(|plan| plan.has(Kind::Date)));
    let year = when(|plan| plan.shape == Shape::Annual && plan.mapping.column(Field::Year).is_none());
    // What is overdue on the day; of annual figures nothing is, so the field is there only if the day is lacking.
    let day = when(|plan| plan.shape == Shape::Receivables || Date::parse(&plan.as_of).is_err());
    let all_open =
        when(|plan| plan.shape == Shape::Receivables && plan.mapping.column(Field::Settled).is_none());
    let sheets = Memo::new(move |_| {
        desk.opened.with(|opened| opened.as_ref().map(|one| one.sheets.clone()).unwrap_or_default())
    });
    let facts = move || {
        let rows = desk.opened.with(|opened| opened.as_ref().map_or(0, |opened| opened.rows));
        say!(import.sheet_rows, count(rows))
    };
    let shape = move |text: String| {
        if let Some(shape) = parsed::<Shape>(&text) {
            desk.guess_again(shape, None);
        }
    };
    let header = move |text: String| {
        let now = desk.plan.with_untracked(|plan| plan.as_ref().map(|plan| plan.shape));
        if let (Some(shape), Ok(line)) = (now, text.trim().parse::<u32>())
            && let Some(row) = line.checked_sub(1)
        {
            desk.guess_again(shape, Some(row));
        }
    };
    view! {
        <section class="fj-panel" aria-labelledby="import-target">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="import-target">
                    {t!(import.target)}
                </h2>
                <p class="fj-panel__note">{facts}</p>
            </header>
            <div class="fj-panel__body">
                <div class="fj-form-grid">
                    <SelectField
                        id="import-shape"
                        label=t!(import.shape.label)
                        value=part(|plan| code(&plan.shape))
                        on_change=Callback::new(shape)
                        choices=Signal::derive(shapes)
                    />
                    <Show when=move || sheets.with(|sheets| sheets.len() > 1)>
                        <SelectField
                            id="import-sheet"
                            label=t!(import.sheet)
                            value=part(|plan| plan.sheet.clone())
                            on_change=Callback::new(move |name| desk.choose_sheet(name))
                            choices=Signal::derive(move || {
                                sheets.get().into_iter().map(|name| (name.clone(), name)).collect()
                            })
                        />
                    </Show>
                    <TextField
                        id="import-header"
                        label=t!(import.header)
                        value=part(|plan| (plan.mapping.header_row + 1).to_string())
                        on_input=Callback::new(header)
                        entry=Entry::Whole
                    />
                    <Show when=move || day.get()>
                        <TextField
                            id="import-as-of"
                            label=t!(import.as_of)
                            hint=t!(import.as_of_hint)
                            value=part(|plan| plan.as_of.clone())
                            on_input=Callback::new(move |text| desk.change(|plan| plan.as_of = text))
                            entry=Entry::Date
                            required=true
                        />
                    </Show>
                    <SelectField
                        id="import-unit"
                        label=t!(import.unit)
                        hint=t!(import.unit_hint)
                        value=part(|plan| plan.unit.clone())
                        on_change=Callback::new(move |text| desk.change(|plan| plan.unit = text))
                        choices=Signal::derive(units)
                        required=true
                    />
                    <Show when=move || year.get()>
                        <TextField
                            id="import-year"
                            label=t!(import.year)
                            hint=t!(import.year_hint)
                            value=part(|plan| plan.mapping.year.map(|year| year.to_string()).unwrap_or_default())
                            on_input=Callback::new(move |text: String| {
                                desk.change(|plan| plan.mapping.year = text.trim().parse().ok());
                            })
                            entry=Entry::Whole
                            required=true
                        />
                    </Show>
                    <Show when=move || money.get()>
                        <SelectField
                            id="import-amount"
                            label=t!(import.amount.label)
                            hint=t!(import.amount.hint)
                            value=part(|plan| plan.mapping.amount_unit.map(|unit| code(&unit)).unwrap_or_default())
                            on_change=Callback::new(move |text: String| {
                                desk.change(|plan| plan.mapping.amount_unit = parsed::<AmountUnit>(&text));
                            })
                            choices=Signal::derive(amounts)
                        />
                    </Show>
                    <Show when=move || dates.get()>
                        <SelectField
                            id="import-date"
                            label=t!(import.date.label)
                            hint=t!(import.date.hint)
                            value=part(|plan| plan.mapping.date_order.map(|order| code(&order)).unwrap_or_default())
                            on_change=Callback::new(move |text: String| {
                                desk.change(|plan| plan.mapping.date_order = parsed::<DateOrder>(&text));
                            })
                            choices=Signal::derive(orders)
                        />
                    </Show>
                    <Show when=move || all_open.get()>
                        <label class="fj-check">
                            <input
                                class="fj-check__box"
                                type="checkbox"
                                prop:checked=move || {
                                    desk.plan.with(|plan| plan.as_ref().is_some_and(|plan| plan.mapping.all_open))
                                }
                                on:change:target=move |event| {
                                    let yes = event.target().checked();
                                    desk.change(|plan| plan.mapping.all_open = yes);
                                }
                            />
                            <span class="fj-check__text">{t!(import.ask.all_open_yes)}</span>
                        </label>
                    </Show>
                </div>
            </div>
        </section>
    }
}
