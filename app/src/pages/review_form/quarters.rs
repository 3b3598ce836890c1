//! What the section made of the customer in the quarters of the year.

use leptos::prelude::*;
use shared::dto::quarter::CustomerQuarter;

use super::desk::Desk;
use crate::client;
use crate::derive::format::ten_thousands;
use crate::derive::quarter::{mark, name};
use crate::t;

/// The table; nothing where nobody said anything and no ledger told the sales. What does not come is left out.
#[component]
pub fn QuartersPanel(desk: Desk) -> impl IntoView {
    let path = desk.view.with_untracked(|view| {
        format!("/customers/{}/years/{}/quarters", view.form.customer, view.cycle.year)
    });
    let data = LocalResource::new(move || client::get(path.clone()).send::<Vec<CustomerQuarter>>());
    let row = |one: CustomerQuarter| {
        let quarter = one.quarter;
        let of = one.mark;
        view! {
            <tr>
                <th scope="row">{move || name(quarter)}</th>
                <td class="fj-table__num" data-label=t!(quarter.sales)>
                    {one.sales.map_or_else(|| "—".to_owned(), ten_thousands)}
                </td>
                <td data-label=t!(quarter.mark_label)>{move || of.map_or("—", mark)}</td>
                <td class="fj-prose" data-label=t!(quarter.note)>
                    {one.note.map(String::from).unwrap_or_default()}
                </td>
            </tr>
        }
    };
    move || {
        let all = data.get()?.ok()?;
        let said = all.iter().any(|one| one.mark.is_some() || one.sales.is_some());
        said.then(|| {
            view! {
                <section class="fj-panel fj-panel--flush" aria-labelledby="p-quarters">
                    <header class="fj-panel__header">
                        <h2 class="fj-panel__title" id="p-quarters">
                            {t!(quarter.title)}
                        </h2>
                    </header>
                    <table class="fj-table fj-table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(quarter.label)}</th>
                                <th scope="col" class="fj-table__num">
                                    {t!(quarter.sales)}
                                </th>
                                <th scope="col">{t!(quarter.mark_label)}</th>
                                <th scope="col">{t!(quarter.note)}</th>
                            </tr>
                        </thead>
                        <tbody>{all.into_iter().map(row).collect_view()}</tbody>
                    </table>
                </section>
            }
        })
    }
}
