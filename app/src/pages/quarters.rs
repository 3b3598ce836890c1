//! The quarterly look (3.1): how far each section has come with a quarter, and what one makes of it.

mod customers;
mod look;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::dto::export::ExportList;
use shared::dto::quarter::{QuarterView, UnitQuarter};
use shared::json;
use shared::permission::{Action, Reach, reach};
use shared::quarter::Quarter;

use crate::client::{self, Answer};
use crate::components::export::{Ask, Export};
use crate::components::guarded::Guarded;
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::components::select::SelectField;
use crate::contexts::session::use_session;
use crate::derive::export_lists::quarters as columns;
use crate::derive::format;
use crate::derive::quarter::{chosen, name, offered, state};
use crate::export::Asked;
use crate::{say, t};
use look::LookView;

/// The page.
#[component]
pub fn QuartersPage() -> impl IntoView {
    view! {
        <Guarded action=Action::ReadFigures title=t!(quarter.title)>
            <Page />
        </Guarded>
    }
}

/// Where a quarter is shown: of a unit, or how far all of them are.
fn address(quarter: Quarter, unit: Option<&str>) -> String {
    let unit = unit.map(|unit| format!("&unit={unit}")).unwrap_or_default();
    format!("/quarters?quarter={quarter}{unit}")
}

#[component]
fn Page() -> impl IntoView {
    let session = use_session();
    let (query, navigate) = (use_query_map(), use_navigate());
    let today = session.today;
    // A chief sees one section alone.
    let own = match reach(session.role, Action::ReadFigures) {
        Reach::Unit => session.unit.as_ref().map(ToString::to_string),
        Reach::All | Reach::Own | Reach::None => None,
    };
    let place = Memo::new(move |_| {
        query.with(|query| {
            let unit = query.get("unit").or_else(|| own.clone());
            (chosen(query.get("quarter").as_deref(), today), unit)
        })
    });
    let choices = Signal::derive(move || {
        offered(today).into_iter().map(|quarter| (quarter.to_string(), name(quarter))).collect::<Vec<_>>()
    });
    let choose = Callback::new(move |text: String| {
        let (now, unit) = place.get_untracked();
        let quarter = Quarter::parse(&text).unwrap_or(now);
        let options = NavigateOptions { scroll: false, ..Default::default() };
        navigate(&address(quarter, unit.as_deref()), options);
    });
    let ask: Ask = Arc::new(move || {
        let quarter = place.get_untracked().0;
        let title = say!(quarter.file, name(quarter));
        let reader = columns().whole(json::read::<Vec<UnitQuarter>>);
        Asked::route(title, format!("/quarters/{quarter}"), reader).of("quarter", quarter)
    });
    view! {
        <div class="fj-page fj-page--wide">
            <PageHeader title=t!(quarter.title) meta=t!(quarter.text)>
                {move || {
                    let ask = ask.clone();
                    place.get().1.is_none().then(|| view! { <Export list=ExportList::Quarters ask /> })
                }}
            </PageHeader>
            <div class="fj-cluster">
                <SelectField
                    id="quarter"
                    label=t!(quarter.label)
                    value=Signal::derive(move || place.get().0.to_string())
                    on_change=choose
                    choices
                />
            </div>
            {move || match place.get() {
                (quarter, Some(unit)) => view! { <One quarter unit /> }.into_any(),
                (quarter, None) => view! { <All quarter /> }.into_any(),
            }}
        </div>
    }
}

/// How far each section has come.
#[component]
fn All(quarter: Quarter) -> impl IntoView {
    let data =
        LocalResource::new(move || client::get(format!("/quarters/{quarter}")).send::<Vec<UnitQuarter>>());
    view! {
        <Load data let:units>
            <Units quarter units />
        </Load>
    }
}

#[component]
fn Units(quarter: Quarter, units: Vec<UnitQuarter>) -> impl IntoView {
    let row = move |one: UnitQuarter| {
        let href = address(quarter, Some(one.unit.as_str()));
        let sales = one.sales.map_or_else(|| "—".to_owned(), format::ten_thousands);
        let closed = one.closed_at.is_some();
        let title = one.name.to_string();
        let state = move || state(&one);
        view! {
            <tr>
                <th scope="row">
                    <a class="fj-link fj-link--row" href=href>
                        {title}
                    </a>
                </th>
                <td class="fj-table__num" data-label=t!(quarter.sales)>
                    {sales}
                </td>
                <td data-label=t!(stand_ins.state)>
                    <span class="fj-badge" class:fj-badge--success=closed>
                        {state}
                    </span>
                </td>
            </tr>
        }
    };
    view! {
        <section class="fj-panel fj-panel--flush" aria-label=t!(quarter.title)>
            <div class="fj-table-wrap" role="group" aria-label=t!(quarter.title) tabindex="0">
                <table class="fj-table fj-table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(customer.unit)}</th>
                            <th scope="col" class="fj-table__num">
                                {t!(quarter.sales)}
                            </th>
                            <th scope="col">{t!(stand_ins.state)}</th>
                        </tr>
                    </thead>
                    <tbody>{units.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

async fn load(quarter: Quarter, unit: String) -> Answer<QuarterView> {
    client::get(format!("/quarters/{quarter}/units/{unit}")).send().await
}

/// What one section makes of it.
#[component]
fn One(quarter: Quarter, unit: String) -> impl IntoView {
    let data = LocalResource::new(move || load(quarter, unit.clone()));
    let reload = Callback::new(move |()| data.refetch());
    view! {
        <Load data let:view>
            <LookView view reload />
        </Load>
    }
}
