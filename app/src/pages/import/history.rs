//! The imports there were.

use std::sync::Arc;

use leptos::prelude::*;
use shared::dto::export::ExportList;
use shared::dto::import::ImportState;
use shared::dto::page::Page;

use crate::client::{self, Answer};
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::load::Load;
use crate::derive::export_lists::imports as columns;
use crate::derive::format::{moment, whole};
use crate::derive::import::missing;
use crate::export::Asked;
use crate::{say, t};

/// Reads the latest.
pub async fn load() -> Answer<Vec<ImportState>> {
    let page: Page<ImportState> = client::get("/imports?limit=10").send().await?;
    Ok(page.items)
}

/// The latest imports, whoever made them.
#[component]
pub fn History(data: LocalResource<Answer<Vec<ImportState>>>) -> impl IntoView {
    let ask: Ask = Arc::new(|| Asked::route(say!(import.file_of_history), "/imports", columns().paged()));
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="import-history">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="import-history">
                    {t!(import.history)}
                </h2>
                <div class="fj-panel__actions">
                    <Export list=ExportList::Imports ask />
                </div>
            </header>
            <Load data let:all>
                {if all.is_empty() {
                    view! { <Empty icon="history" title=t!(import.history_none) /> }.into_any()
                } else {
                    view! { <Table all /> }.into_any()
                }}
            </Load>
        </section>
    }
}

#[component]
fn Table(all: Vec<ImportState>) -> impl IntoView {
    let rows = all.into_iter().map(|state| {
        let left = missing(&state).len();
        let done = state.completed_at.is_some();
        let counts = state.counts;
        let outcome = move || {
            if done {
                say!(
                    import.outcome,
                    whole(counts.new.into()),
                    whole(counts.updated.into()),
                    whole(counts.unchanged.into())
                )
            } else {
                say!(import.left, left, state.chunks)
            }
        };
        view! {
            <tr>
                <th scope="row" data-label=t!(import.col.file)>
                    {state.file_name.to_string()}
                </th>
                <td data-label=t!(import.col.by)>{state.by.to_string()}</td>
                <td class="fj-num" data-label=t!(import.col.at)>
                    {moment(state.started_at)}
                </td>
                <td class="fj-table__num" data-label=t!(import.col.rows)>
                    {whole(state.rows.into())}
                </td>
                <td data-label=t!(import.col.outcome)>
                    <span class="fj-badge" class:fj-badge--success=done class:fj-badge--warning=!done>
                        {outcome}
                    </span>
                </td>
            </tr>
        }
    });
    view! {
        <div class="fj-table-wrap" role="group" aria-label=t!(import.history) tabindex="0">
            <table class="fj-table fj-table--cards">
                <caption class="fj-visually-hidden">{t!(import.history)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(import.col.file)}</th>
                        <th scope="col">{t!(import.col.by)}</th>
                        <th scope="col">{t!(import.col.at)}</th>
                        <th scope="col" class="fj-table__num">
                            {t!(import.col.rows)}
                        </th>
                        <th scope="col">{t!(import.col.outcome)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
