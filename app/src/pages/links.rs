//! Public links: one's own, those of a unit, or, for an admin, all of them. `?unit=` narrows the list, `?share=`
//! begins a new one.

mod code;
mod log;
mod made;
mod make;
mod row;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::dto::export::ExportList;
use shared::dto::page::Page;
use shared::dto::share::{LinkRow, MadeLink};
use shared::id::UnitId;
use shared::permission::Action;

use crate::client;
use crate::components::admin_tabs::AdminTabs;
use crate::components::button::{Button, Weight};
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::guarded::Guarded;
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::components::toggle::ToggleDialog;
use crate::contexts::directory::unit_name;
use crate::contexts::session::{may, use_session};
use crate::contexts::{directory, toasts};
use crate::derive::export_lists::links as columns;
use crate::derive::problem::explain;
use crate::export::Asked;
use crate::{say, t};
use log::LogDialog;
use made::{MadeDialog, Rotate};
use make::MakeDialog;
use row::LinkTable;

/// What lies over the list.
#[derive(Clone)]
pub(super) enum Over {
    /// A new link, perhaps to a unit.
    New(Option<UnitId>),
    /// The address of one that has just got it; whether it replaces another.
    Made(Box<MadeLink>, bool),
    Rotate(Box<LinkRow>),
    Revoke(Box<LinkRow>),
    Log(Box<LinkRow>),
}

/// Where what lies over the list is said.
pub(super) type Above = RwSignal<Option<Over>>;

fn page(unit: Option<&UnitId>, cursor: Option<String>) -> client::Call {
    let unit = unit.map(ToString::to_string);
    client::get(client::with_query("/links", &[("unit", unit), ("cursor", cursor)]))
}

/// The page.
#[component]
pub fn LinksPage() -> impl IntoView {
    view! {
        <Guarded action=Action::ShareUnit title=t!(share.title)>
            <Links />
        </Guarded>
    }
}

#[component]
fn Links() -> impl IntoView {
    let query = use_query_map();
    let asked =
        move |key: &'static str| query.with(|query| query.get(key).and_then(|id| UnitId::parse(&id).ok()));
    let unit = Memo::new(move |_| asked("unit"));
    let data = LocalResource::new(move || {
        let unit = unit.get();
        async move { page(unit.as_ref(), None).send::<Page<LinkRow>>().await }
    });
    let reload = Callback::new(move |()| {
        data.refetch();
        directory::reload();
    });
    let begun = query.with_untracked(|query| query.get("share"));
    let over: Above = RwSignal::new(begun.map(|unit| Over::New(UnitId::parse(&unit).ok())));
    let oversees = may(&use_session(), Action::OverseeLinks);
    let add = Callback::new(move |()| over.set(Some(Over::New(unit.get_untracked()))));
    let ask: Ask = Arc::new(move || Asked {
        query: vec![("unit", unit.get_untracked().map(String::from))],
        ..Asked::route(say!(share.title), "/links", columns().paged())
    });
    let title = move || {
        unit.get().map_or_else(|| say!(share.title).to_owned(), |unit| say!(share.of_unit, unit_name(&unit)))
    };
    view! {
        <div class="fj-page fj-page--wide">
            <PageHeader title meta=t!(share.text)>
                <Show when=move || unit.with(Option::is_some)>
                    <a class="fj-button fj-button--secondary" href="/links">
                        {t!(share.everything)}
                    </a>
                </Show>
                <Export list=ExportList::Links ask />
                <Button label=t!(share.add) icon="plus" weight=Weight::Primary on_press=add />
            </PageHeader>
            {oversees.then(|| view! { <AdminTabs /> })}
            <section class="fj-panel fj-panel--flush" aria-label=t!(share.title)>
                <Load data let:first>
                    <List first unit over />
                </Load>
            </section>
        </div>
        <Above over reload />
    }
}

/// The list, and more of it.
#[component]
fn List(first: Page<LinkRow>, unit: Memo<Option<UnitId>>, over: Above) -> impl IntoView {
    if first.items.is_empty() {
        return view! { <Empty icon="globe" title=t!(share.none) text=t!(share.none_text) /> }.into_any();
    }
    let (all, next) = (RwSignal::new(first.items), RwSignal::new(first.next));
    let busy = RwSignal::new(false);
    let more = Callback::new(move |()| {
        let call = page(unit.get_untracked().as_ref(), next.get_untracked());
        busy.set(true);
        spawn_local(async move {
            match call.send::<Page<LinkRow>>().await {
                Ok(page) => {
                    all.try_update(|all| all.extend(page.items));
                    next.try_set(page.next);
                }
                Err(error) => toasts::error(explain(&error)),
            }
            busy.try_set(false);
        });
    });
    view! {
        <LinkTable all over />
        <Show when=move || next.with(Option::is_some)>
            <div class="fj-more">
                <Button label=t!(common.more) busy on_press=more />
            </div>
        </Show>
    }
    .into_any()
}

/// What lies over the list.
#[component]
fn Above(over: Above, reload: Callback<()>) -> impl IntoView {
    let navigate = use_navigate();
    let close = Callback::new(move |()| {
        over.try_set(None);
        // What the address asked for is done: going back does not ask again.
        let address = window().location().pathname().unwrap_or_default();
        let search = window().location().search().unwrap_or_default();
        if address == "/links" && search.contains("share=") {
            navigate("/links", NavigateOptions { replace: true, ..Default::default() });
        }
    });
    let made = Callback::new(move |(made, turned): (MadeLink, bool)| {
        over.try_set(Some(Over::Made(Box::new(made), turned)));
        reload.run(());
    });
    let saved = Callback::new(move |()| {
        toasts::success(say!(common.saved));
        close.run(());
    });
    move || {
        over.get().map(|what| match what {
            Over::New(unit) => view! { <MakeDialog unit on_made=made on_close=close /> }.into_any(),
            Over::Made(made, turned) => view! { <MadeDialog made=*made turned on_close=close /> }.into_any(),
            Over::Rotate(row) => {
                view! { <Rotate row=*row on_made=made on_changed=reload on_close=close /> }.into_any()
            }
            Over::Revoke(row) => {
                view! { <Revoke row=*row on_changed=reload on_saved=saved on_close=close /> }.into_any()
            }
            Over::Log(row) => view! { <LogDialog row=*row on_close=close /> }.into_any(),
        })
    }
}

/// Closes a link, after a question.
#[component]
fn Revoke(
    row: LinkRow,
    on_changed: Callback<()>,
    on_saved: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let (path, version) = (format!("/links/{}/revoke", row.id), row.version);
    let request =
        Callback::new(move |()| Some(client::post(path.clone(), &serde_json::json!({})).if_match(version)));
    let name = row.unit_name.to_string();
    view! {
        <ToggleDialog
            title=t!(share.revoke_title)
            text=move || say!(share.revoke_text, name)
            label=t!(share.revoke)
            on=false
            request
            on_changed
            on_saved
            on_close
        />
    }
}
