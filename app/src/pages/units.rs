//! The units, for the administrator: sections and offices, new ones, changes, closing.

mod form;

use std::sync::Arc;

use leptos::prelude::*;
use shared::dto::export::ExportList;
use shared::dto::unit::Unit;
use shared::permission::Action;

use self::form::UnitDialog;
use crate::client;
use crate::components::admin_tabs::AdminTabs;
use crate::components::button::{Button, Weight};
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::guarded::Guarded;
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::components::shared_mark::SharedMark;
use crate::components::toggle::ToggleDialog;
use crate::contexts::{directory, toasts};
use crate::derive::edit::Form;
use crate::derive::export_lists::units as columns;
use crate::derive::people::UnitForm;
use crate::derive::words::unit_kind;
use crate::export::Asked;
use crate::{say, t};

/// What lies over the list.
#[derive(Clone)]
enum Over {
    Form(Option<Unit>),
    Toggle(Unit),
}

/// The page.
#[component]
pub fn UnitsPage() -> impl IntoView {
    view! {
        <Guarded action=Action::ManageUnits title=t!(units.title)>
            <Units />
        </Guarded>
    }
}

/// The list and what lies over it.
#[component]
fn Units() -> impl IntoView {
    let units = LocalResource::new(|| client::all::<Unit>("/units"));
    let over = RwSignal::new(None::<Over>);
    let close = Callback::new(move |()| {
        over.try_set(None);
    });
    let changed = Callback::new(move |()| {
        units.refetch();
        directory::reload();
    });
    let done = Callback::new(move |()| {
        toasts::success(say!(common.saved));
        over.try_set(None);
    });
    let saved = Callback::new(move |()| {
        changed.run(());
        done.run(());
    });
    let add = Callback::new(move |()| over.set(Some(Over::Form(None))));
    let ask: Ask = Arc::new(|| Asked::route(say!(units.title), "/units", columns().paged()));
    view! {
        <div class="fj-page">
            <PageHeader title=t!(units.title)>
                <Export list=ExportList::Units ask />
                <Button label=t!(units.add) icon="plus" weight=Weight::Primary on_press=add />
            </PageHeader>
            <AdminTabs />
            <section class="fj-panel fj-panel--flush" aria-label=t!(units.title)>
                <Load data=units let:all>
                    <UnitTable all over />
                </Load>
            </section>
        </div>
        {move || {
            over.get().map(|what| match what {
                Over::Form(unit) => view! { <UnitDialog unit on_saved=saved on_close=close /> }.into_any(),
                Over::Toggle(unit) => {
                    view! { <Toggle unit on_changed=changed on_saved=done on_close=close /> }.into_any()
                },
            })
        }}
    }
}

/// The table.
#[component]
fn UnitTable(all: Vec<Unit>, over: RwSignal<Option<Over>>) -> impl IntoView {
    if all.is_empty() {
        return view! { <Empty icon="unit" title=t!(units.none) text=t!(units.none_text) /> }.into_any();
    }
    let rows = all.into_iter().map(|unit| view! { <UnitRow unit over /> }).collect_view();
    view! {
        <div class="fj-table-wrap" role="group" aria-label=t!(units.title) tabindex="0">
            <table class="fj-table fj-table--cards">
                <caption class="fj-visually-hidden">{t!(units.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(units.name)}</th>
                        <th scope="col">{t!(units.kind)}</th>
                        <th scope="col">{t!(units.state)}</th>
                        <th scope="col">
                            <span class="fj-visually-hidden">{t!(common.actions)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// One unit.
#[component]
fn UnitRow(unit: Unit, over: RwSignal<Option<Over>>) -> impl IntoView {
    let (id, name, kind, active) = (unit.id.clone(), unit.name.to_string(), unit.kind, unit.active);
    let share = format!("/links?share={id}");
    let edit = {
        let unit = unit.clone();
        Callback::new(move |()| over.set(Some(Over::Form(Some(unit.clone())))))
    };
    let toggle = Callback::new(move |()| over.set(Some(Over::Toggle(unit.clone()))));
    let toggle_label = move || if active { say!(units.close) } else { say!(units.open) };
    view! {
        <tr>
            <th scope="row" data-label=t!(units.name)>
                <span class="fj-cluster fj-cluster--tight">{name} <SharedMark unit=id /></span>
            </th>
            <td data-label=t!(units.kind)>{move || unit_kind(kind)}</td>
            <td data-label=t!(units.state)>
                <span class="fj-badge" class:fj-badge--success=active>
                    {move || if active { say!(units.active) } else { say!(units.closed) }}
                </span>
            </td>
            <td class="fj-table__actions">
                {active
                    .then(|| {
                        view! {
                            <a class="fj-button fj-button--quiet fj-button--small" href=share>
                                {t!(share.share)}
                            </a>
                        }
                    })}
                <Button label=t!(common.edit) weight=Weight::Quiet small=true on_press=edit />
                <Button label=toggle_label weight=Weight::Quiet small=true on_press=toggle />
            </td>
        </tr>
    }
}

/// Closes or opens again, after a question.
#[component]
fn Toggle(
    unit: Unit,
    on_changed: Callback<()>,
    on_saved: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let (name, active) = (unit.name.to_string(), unit.active);
    let request = Callback::new(move |()| {
        let draft = UnitForm::of(Some(&unit)).draft(!active).ok()?;
        Some(client::put(format!("/units/{}", unit.id), &draft).if_match(unit.version))
    });
    let title = move || if active { say!(units.close_title) } else { say!(units.open_title) };
    let text = move || if active { say!(units.close_text, name) } else { say!(units.open_text, name) };
    let label = move || if active { say!(units.close) } else { say!(units.open) };
    view! { <ToggleDialog title text label on=!active request on_changed on_saved on_close /> }
}
