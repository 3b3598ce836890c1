//! How often a link was opened, day by day.

use std::sync::Arc;

use leptos::prelude::*;
use shared::dto::export::ExportList;
use shared::dto::share::{DayViews, LinkRow, LinkView};
use shared::json;

use crate::client;
use crate::components::button::Button;
use crate::components::dialog::Dialog;
use crate::components::export::{Ask, Export};
use crate::components::load::Load;
use crate::derive::export_lists::link_views as columns;
use crate::derive::format::count;
use crate::export::Asked;
use crate::{say, t};

/// The log of a link.
#[component]
pub fn LogDialog(row: LinkRow, on_close: Callback<()>) -> impl IntoView {
    let path = format!("/links/{}", row.id);
    let ask: Ask = {
        let (path, row) = (path.clone(), row.clone());
        Arc::new(move || {
            let days = |text: &str| json::read::<LinkView>(text).map(|view| view.days);
            let title = say!(share.log_file, row.unit_name);
            Asked::route(title, path.clone(), columns().whole(days)).of("link", &row.id).of("unit", &row.unit)
        })
    };
    let data = LocalResource::new(move || {
        let call = client::get(path.clone());
        async move { call.send::<LinkView>().await }
    });
    view! {
        <Dialog id="link-log" title=t!(share.log) on_close>
            <div class="fj-dialog__body fj-stack">
                <p>{t!(share.log_text)}</p>
                <div class="fj-cluster fj-cluster--end">
                    <Export list=ExportList::LinkViews ask id="export-log" />
                </div>
                <Load data let:found>
                    <Days days=found.days />
                </Load>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.close) on_press=on_close />
            </footer>
        </Dialog>
    }
}

#[component]
fn Days(days: Vec<DayViews>) -> impl IntoView {
    if days.is_empty() {
        return view! { <p class="fj-muted">{t!(share.log_none)}</p> }.into_any();
    }
    let rows = days
        .into_iter()
        .map(|one| {
            view! {
                <tr>
                    <th scope="row" class="fj-num">
                        {one.day.to_string()}
                    </th>
                    <td class="fj-table__num">{count(one.views)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="fj-table">
            <thead>
                <tr>
                    <th scope="col">{t!(share.day)}</th>
                    <th scope="col" class="fj-table__num">
                        {t!(share.often)}
                    </th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
