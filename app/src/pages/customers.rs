//! The customer list: a rep's first screen. Everything it shows is in its address.

mod filters;
mod list;
mod row;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use shared::dto::export::ExportList;
use shared::permission::Action;

pub use list::above;

use crate::components::button::{Button, Weight};
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::icon::Icon;
use crate::components::load::Failure;
use crate::components::page_header::PageHeader;
use crate::components::shared_mark::SharedMark;
use crate::components::skeleton::SkeletonRows;
use crate::contexts::session::{may, use_session};
use crate::derive::customers::{View, pairs};
use crate::derive::export_lists::customers as columns;
use crate::export::Asked;
use crate::{say, t};
use filters::Filters;
use list::{List, Phase};
use row::Rows;

/// Where a change of the view leads.
pub(super) type Go = Callback<(View, bool)>;

/// The page.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let session = use_session();
    let (query, location) = (use_query_map(), use_location());
    // On the way to another page its address is seen here for a moment; it is not of this list.
    let view = Memo::new(move |before: Option<&View>| match before {
        Some(before) if location.pathname.with(|path| path != "/customers") => before.clone(),
        _ => query.with(|query| View::read(|key| query.get(key))),
    });
    let navigate = use_navigate();
    let go: Go = Callback::new(move |(view, replace): (View, bool)| {
        navigate(&view.address(), NavigateOptions { replace, scroll: false, ..Default::default() });
    });
    let list = List::new(session.user.clone(), view);
    let importing = may(&session, Action::Import);
    let sharing = may(&session, Action::ShareUnit);
    let figures = may(&session, Action::ReadFigures);
    let ask: Ask = Arc::new(move || Asked {
        query: pairs(view.get_untracked().query(None)),
        ..Asked::route(say!(customers.list), "/customers", columns(figures).paged())
    });
    view! {
        <div class="fj-page fj-page--wide">
            <PageHeader title=t!(customers.title)>
                {move || view.with(|view| view.unit.clone()).map(|unit| view! { <SharedMark unit /> })}
                {move || {
                    let unit = view.with(|view| view.unit.clone()).filter(|_| sharing)?;
                    Some(
                        view! {
                            <a class="fj-button fj-button--secondary" href=format!("/links?share={unit}")>
                                <Icon name="globe" />
                                {t!(share.share)}
                            </a>
                        },
                    )
                }}
                <Export list=ExportList::Customers ask />
                {importing
                    .then(|| {
                        view! {
                            <a class="fj-button fj-button--secondary" href="/import">
                                <Icon name="upload" />
                                {t!(customers.to_import)}
                            </a>
                        }
                    })}
            </PageHeader>
            <Filters view go list figures />
            <section class="fj-panel fj-panel--flush" aria-label=t!(customers.list)>
                <div class="fj-panel__body">
                    {move || match list.phase.get() {
                        Phase::First => view! { <SkeletonRows /> }.into_any(),
                        Phase::Failed(error) => {
                            let retry = Callback::new(move |()| list.load(view.get_untracked()));
                            view! { <Failure error retry /> }.into_any()
                        }
                        Phase::There if list.rows.with(Vec::is_empty) => nothing(view, go, importing).into_any(),
                        Phase::There => view! { <Rows list /> }.into_any(),
                    }}
                </div>
            </section>
            <More list />
        </div>
    }
}

/// Why there is no row, and what to do.
fn nothing(view: Memo<View>, go: Go, importing: bool) -> impl IntoView {
    if !view.with(View::is_plain) {
        let clear = Callback::new(move |()| go.run((view.get_untracked().cleared(), false)));
        return view! {
            <Empty icon="search" title=t!(customers.no_match) text=t!(customers.no_match_text)>
                <Button label=t!(customers.clear) on_press=clear />
            </Empty>
        }
        .into_any();
    }
    if importing {
        view! {
            <Empty icon="sheet" title=t!(customers.empty) text=t!(customers.empty_import)>
                <a class="fj-button fj-button--primary" href="/import">
                    <Icon name="upload" />
                    {t!(customers.to_import)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Empty icon="sheet" title=t!(customers.empty) text=t!(customers.empty_wait) /> }.into_any()
    }
}

/// How many are shown, and the next page.
#[component]
fn More(list: List) -> impl IntoView {
    let count = move || list.rows.with(Vec::len);
    let more = move || list.next.with(Option::is_some);
    let said = move || {
        if more() { t!(customers.shown, count())() } else { t!(customers.shown_all, count())() }
    };
    view! {
        <Show when=move || list.phase.get() == Phase::There && count() != 0>
            <div class="fj-more">
                <p class="fj-more__count" role="status">
                    {said}
                </p>
                <Show when=more>
                    <Button
                        label=t!(common.more)
                        weight=Weight::Secondary
                        busy=list.busy
                        on_press=Callback::new(move |()| list.more())
                    />
                </Show>
                {move || {
                    list.trouble.get().map(|error| view! { <p role="alert">{crate::derive::problem::explain(&error)}</p> })
                }}
            </div>
        </Show>
    }
}
