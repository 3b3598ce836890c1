//! The customers of a section in a quarter, largest yearly sales first, each with what is to become of it.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::export::ExportList;
use shared::dto::page::Page;
use shared::dto::quarter::{QuarterCustomer, QuarterView};
use shared::review::Mark;

use super::look::Sheet;
use crate::client::{self, ApiError};
use crate::components::button::Button;
use crate::components::customer::grade_words;
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::skeleton::SkeletonRows;
use crate::derive::export_lists::quarter_customers as columns;
use crate::derive::format::ten_thousands;
use crate::derive::problem::explain;
use crate::derive::quarter::{mark, mark_fields, name};
use crate::export::Asked;
use crate::{say, t};

/// The table, a page at a time.
#[component]
pub fn Customers(sheet: Sheet, view: QuarterView) -> impl IntoView {
    let path = format!("/quarters/{}/units/{}/customers", view.quarter, view.standing.unit);
    let ask: Ask = {
        let (path, quarter, unit) = (path.clone(), view.quarter, view.standing.clone());
        Arc::new(move || {
            let title = say!(quarter.file_of, unit.name, name(quarter));
            Asked::route(title, path.clone(), columns().paged()).of("quarter", quarter).of("unit", &unit.unit)
        })
    };
    let (rows, next) = (RwSignal::new(Vec::<QuarterCustomer>::new()), RwSignal::new(None::<String>));
    let (busy, error) = (RwSignal::new(true), RwSignal::new(None::<ApiError>));
    let fetch = Callback::new(move |()| {
        let call = client::get(client::with_query(&path, &[("cursor", next.get_untracked())]));
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            match call.send::<Page<QuarterCustomer>>().await {
                Ok(page) => {
                    next.try_set(page.next);
                    rows.try_update(|rows| rows.extend(page.items));
                }
                Err(why) => {
                    error.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    });
    fetch.run(());
    let writes = view.may_write;
    let table = move || {
        let empty = rows.with(Vec::is_empty);
        if empty && busy.get() {
            return view! { <SkeletonRows /> }.into_any();
        }
        if empty {
            return view! { <Empty icon="users" title=t!(quarter.no_customers) /> }.into_any();
        }
        view! {
            <div class="fj-table-wrap" role="group" aria-labelledby="p-customers" tabindex="0">
                <table class="fj-table fj-table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(quarter.customer)}</th>
                            <th scope="col">{t!(customer.grade)}</th>
                            <th scope="col" class="fj-table__num">
                                {t!(quarter.sales)}
                            </th>
                            <th scope="col">{t!(quarter.mark_label)}</th>
                            <th scope="col">{t!(quarter.note)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || rows.get() key=|row| row.customer.clone() let:row>
                            <Row sheet row writes />
                        </For>
                    </tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="p-customers">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-customers">
                    {t!(quarter.customers)}
                </h2>
                <p class="fj-panel__note">{t!(quarter.customers_text)}</p>
                <div class="fj-panel__actions">
                    <Export list=ExportList::QuarterCustomers ask />
                </div>
            </header>
            {table}
            {move || error.get().map(|why| view! { <p role="alert">{move || explain(&why)}</p> })}
        </section>
        <Show when=move || next.with(Option::is_some)>
            <div class="fj-more">
                <Button label=t!(common.more) busy on_press=fetch />
            </div>
        </Show>
    }
}

#[component]
fn Row(sheet: Sheet, row: QuarterCustomer, writes: bool) -> impl IntoView {
    let href = format!("/customers/{}", row.customer);
    let tier = row.tier.clone();
    let sales = row.sales.map_or_else(|| "—".to_owned(), ten_thousands);
    let (marked, noted) = mark_fields(&row.customer);
    let stored = (
        row.mark.map(|one| one.code().to_owned()).unwrap_or_default(),
        row.note.as_ref().map(ToString::to_string).unwrap_or_default(),
    );
    let name = row.name.to_string();
    let cells = if writes {
        let fields = StoredValue::new((marked, noted));
        let stored = StoredValue::new(stored);
        let now = Signal::derive(move || {
            sheet.draft.value.with(|said| {
                fields.with_value(|(marked, noted)| {
                    let (mark, note) = stored.get_value();
                    (said.get(marked).cloned().unwrap_or(mark), said.get(noted).cloned().unwrap_or(note))
                })
            })
        });
        // Both are written at a touch: the Worker takes a mark as a whole.
        let put = move |mark: String, note: String| {
            fields.with_value(|(marked, noted)| {
                sheet.draft.value.update(|said| {
                    said.insert(marked.clone(), mark);
                    said.insert(noted.clone(), note);
                });
            });
        };
        let of_mark = {
            let name = name.clone();
            move || say!(quarter.mark_of, name)
        };
        let of_note = {
            let name = name.clone();
            move || say!(quarter.note_of, name)
        };
        let option = move |value: &'static str, text: fn() -> &'static str| {
            view! {
                <option value=value prop:selected=move || now.with(|now| now.0 == value)>
                    {text}
                </option>
            }
        };
        view! {
            <td data-label=t!(quarter.mark_label)>
                <span class="fj-select">
                    <select
                        class="fj-input"
                        aria-label=of_mark
                        on:change:target=move |event| put(event.target().value(), now.get_untracked().1)
                    >
                        {option("", || say!(quarter.no_mark))}
                        {option("protect", || mark(Mark::Protect))}
                        {option("support", || mark(Mark::Support))}
                        {option("let_go", || mark(Mark::LetGo))}
                    </select>
                </span>
            </td>
            <td data-label=t!(quarter.note)>
                <input
                    class="fj-input"
                    type="text"
                    maxlength="2000"
                    autocomplete="off"
                    aria-label=of_note
                    prop:value=move || now.get().1
                    on:input:target=move |event| put(now.get_untracked().0, event.target().value())
                />
            </td>
        }
        .into_any()
    } else {
        let of = row.mark;
        view! {
            <td data-label=t!(quarter.mark_label)>{move || of.map_or("—", mark)}</td>
            <td class="fj-prose" data-label=t!(quarter.note)>
                {stored.1}
            </td>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">
                <a class="fj-link fj-link--row" href=href>
                    {name.clone()}
                </a>
                " "
                <span class="fj-code">{row.code.to_string()}</span>
            </th>
            <td data-label=t!(customer.grade)>{move || grade_words(tier.as_ref(), false)}</td>
            <td class="fj-table__num" data-label=t!(quarter.sales)>
                {sales}
            </td>
            {cells}
        </tr>
    }
}
