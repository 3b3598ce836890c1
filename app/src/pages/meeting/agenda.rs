//! The agenda: the grades with the disagreements first, what is decided struck and last, then B, C and E.

use leptos::prelude::*;
use shared::dto::review::{FormRow, ItemRow};
use shared::id::UnitId;
use shared::review::Stage;
use shared::review::meeting::{ItemKind, ItemStage};

use super::room::Room;
use crate::components::button::{Button, Weight};
use crate::components::empty::Empty;
use crate::components::icon::{Icon, IconSize};
use crate::components::select::SelectField;
use crate::components::skeleton::SkeletonRows;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::directory::{directory, unit_name};
use crate::contexts::i18n::lang;
use crate::derive::look::Look;
use crate::derive::meeting::{Group, Place};
use crate::derive::meeting_item::{decision, heading, proposal, title};
use crate::derive::problem::explain;
use crate::{say, t};

/// The agenda.
#[component]
pub fn Agenda(room: Room) -> impl IntoView {
    let runs = Memo::new(move |_| room.meeting.with(|meeting| meeting.may_decide));
    // Whoever sees one section alone has no choice.
    let all_units = room.overview.with_untracked(|overview| overview.units.len() > 1);
    let units = Signal::derive(move || {
        let mut all = vec![(String::new(), say!(meeting.all_units).to_owned())];
        directory().with(|directory| {
            let of = directory.iter().flat_map(|directory| &directory.units);
            all.extend(of.map(|unit| (unit.id.to_string(), unit.name.to_string())));
        });
        all
    });
    let on_unit = Callback::new(move |id: String| {
        room.unit.set(UnitId::parse(&id).ok());
        room.at.set(None);
        room.load_forms(false);
        room.load_items();
    });
    let chosen = Signal::derive(move || {
        room.unit.with(|unit| unit.as_ref().map(ToString::to_string).unwrap_or_default())
    });
    let taking = RwSignal::new(false);
    let waiting = Memo::new(move |_| {
        room.rows.with(|rows| rows.iter().filter(|row| row.stage == Stage::Submitted).count().min(50))
    });
    let convened = Memo::new(move |_| room.meeting.with(|meeting| meeting.may_decide));
    let empty = Memo::new(move |_| room.rows.with(Vec::is_empty) && room.items.with(Vec::is_empty));
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="meeting-agenda">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="meeting-agenda">
                    {t!(meeting.agenda)}
                </h2>
            </header>
            <div class="fj-panel__body fj-stack fj-stack--tight fj-agenda__filters">
                {all_units
                    .then(|| {
                        view! {
                            <SelectField
                                id="meeting-unit"
                                label=t!(meeting.unit)
                                value=chosen
                                on_change=on_unit
                                choices=units
                            />
                        }
                    })}
                <Show when=move || runs.get() && convened.get() && waiting.get() != 0>
                    <Button
                        label=move || say!(meeting.take_up_all, waiting.get())
                        weight=Weight::Primary
                        busy=taking
                        on_press=Callback::new(move |()| room.take_up(taking))
                    />
                </Show>
            </div>
            <Show when=move || empty.get() && room.busy.get()>
                <SkeletonRows count=6 />
            </Show>
            <Show when=move || empty.get() && !room.busy.get()>
                <Empty icon="check" title=t!(meeting.empty) text=t!(meeting.empty_text) />
            </Show>
            {move || room.error.get().map(|error| view! { <p class="fj-agenda__filters" role="alert">{explain(&error)}</p> })}
            {Group::ALL.map(|group| view! { <Forms room group /> }).collect_view()}
            {ItemKind::ALL.map(|kind| view! { <Items room kind /> }).collect_view()}
            <Show when=move || room.more.get()>
                <div class="fj-more">
                    <Button
                        label=t!(meeting.more)
                        busy=room.busy
                        on_press=Callback::new(move |()| room.load_forms(true))
                    />
                </div>
            </Show>
        </section>
    }
}

/// The forms of a part.
#[component]
fn Forms(room: Room, group: Group) -> impl IntoView {
    let rows = Memo::new(move |_| {
        room.rows
            .with(|rows| rows.iter().filter(|row| Group::of(row) == group).cloned().collect::<Vec<FormRow>>())
    });
    let some = Memo::new(move |_| !rows.with(Vec::is_empty));
    view! {
        <Show when=move || some.get()>
            <h3 class="fj-agenda__part">
                {move || group.name(lang())} " " <span class="fj-num">{move || rows.with(Vec::len)}</span>
            </h3>
            <ul class="fj-agenda__list">
                <For each=move || rows.get() key=|row| (row.customer.clone(), row.version) let:row>
                    <FormLine room row />
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn FormLine(room: Room, row: FormRow) -> impl IntoView {
    let place = StoredValue::new(Place::Form(row.customer.clone()));
    let here = Memo::new(move |_| room.at.with(|at| at.as_ref() == Some(&place.get_value())));
    let policy = room.policy.get_value();
    let decided = Group::of(&row) == Group::Decided;
    let unit = row.unit.clone();
    let stamp = |grade: Option<shared::id::Label>| {
        let look = Look::of(&policy.policy.tiers, grade.as_ref());
        view! { <Stamp size=StampSize::S tier=grade.map(String::from) look /> }
    };
    let (computed, table) = (stamp(row.computed.clone()), stamp(row.grade.clone()));
    let grades = {
        let (computed, table, last) = (row.computed.clone(), row.grade.clone(), row.last.clone());
        move || {
            let said = |grade: &Option<shared::id::Label>| {
                grade.as_ref().map_or_else(|| "—".to_owned(), ToString::to_string)
            };
            format!(
                "{} {}，{} {}，{} {}",
                say!(meeting.grades.computed),
                said(&computed),
                say!(meeting.grades.proposed),
                said(&table),
                say!(meeting.grades.last),
                said(&last)
            )
        }
    };
    let last = row.last.as_ref().map_or_else(|| "—".to_owned(), ToString::to_string);
    view! {
        <li>
            <button
                type="button"
                class="fj-agenda__line"
                class:fj-agenda__line--done=decided
                aria-current=move || here.get().then_some("true")
                on:click=move |_| room.show(place.get_value())
            >
                <span class="fj-agenda__main">
                    <span class="fj-agenda__name">{row.name.to_string()}</span>
                    <span class="fj-agenda__sub">
                        {move || unit_name(&unit)} " · " {t!(meeting.grades.last)} " " {last}
                    </span>
                </span>
                <span class="fj-visually-hidden">{grades}</span>
                <span class="fj-agenda__stamps" aria-hidden="true">
                    {(!decided).then_some(computed)} {table}
                </span>
                {decided.then(|| view! { <Icon name="check" size=IconSize::Small /> })}
            </button>
        </li>
    }
}

/// The items of a kind.
#[component]
fn Items(room: Room, kind: ItemKind) -> impl IntoView {
    let rows = Memo::new(move |_| {
        room.items.with(|rows| {
            let (open, done): (Vec<ItemRow>, Vec<ItemRow>) = rows
                .iter()
                .filter(|row| row.item.kind == kind)
                .cloned()
                .partition(|row| row.stage == ItemStage::Proposed);
            open.into_iter().chain(done).collect::<Vec<ItemRow>>()
        })
    });
    let may_propose = Memo::new(move |_| room.meeting.with(|meeting| meeting.may_propose.contains(&kind)));
    let shown = Memo::new(move |_| may_propose.get() || !rows.with(Vec::is_empty));
    let id = format!("meeting-propose-{}", kind.code());
    view! {
        <Show when=move || shown.get()>
            <div class="fj-agenda__part">
                <h3>
                    {move || heading(lang(), kind)} " " <span class="fj-num">{move || rows.with(Vec::len)}</span>
                </h3>
                <Show when=move || may_propose.get()>
                    <Button
                        label=t!(meeting.item.propose)
                        weight=Weight::Quiet
                        icon="plus"
                        small=true
                        on_press=Callback::new(move |()| room.proposing.set(Some(kind)))
                    />
                </Show>
            </div>
            <ul class="fj-agenda__list" id=id.clone()>
                <For each=move || rows.get() key=|row| (row.item.id.clone(), row.version) let:row>
                    <ItemLine room row />
                </For>
            </ul>
        </Show>
    }
}

#[component]
fn ItemLine(room: Room, row: ItemRow) -> impl IntoView {
    let place = StoredValue::new(Place::Item(row.item.id.clone()));
    let here = Memo::new(move |_| room.at.with(|at| at.as_ref() == Some(&place.get_value())));
    let decided = row.stage == ItemStage::Decided;
    let row = StoredValue::new(row);
    view! {
        <li>
            <button
                type="button"
                class="fj-agenda__line"
                class:fj-agenda__line--done=decided
                aria-current=move || here.get().then_some("true")
                on:click=move |_| room.show(place.get_value())
            >
                <span class="fj-agenda__main">
                    <span class="fj-agenda__name">{move || row.with_value(|row| title(lang(), row))}</span>
                    <span class="fj-agenda__sub">
                        {move || {
                            row.with_value(|row| {
                                if decided { decision(lang(), &row.item) } else { proposal(lang(), &row.item) }
                            })
                        }}
                    </span>
                </span>
                {decided.then(|| view! { <Icon name="check" size=IconSize::Small /> })}
            </button>
        </li>
    }
}
