//! The totals as the meeting goes: A to E, the unit of the case beside the company, the record, the way on.

use leptos::prelude::*;
use shared::dto::review::MeetingStep;
use shared::id::UnitId;

use super::room::{Middle, Room};
use crate::components::button::Button;
use crate::contexts::directory::unit_name;
use crate::contexts::i18n::lang;
use crate::derive::format;
use crate::derive::meeting::{Place, totals};
use crate::derive::meeting_record::present;
use crate::derive::minutes::facts;
use crate::pages::review::distribution::Grades;
use crate::pages::review::moves::Moves;
use crate::{say, t};

/// The right column.
#[component]
pub fn Side(room: Room) -> impl IntoView {
    let reload = Callback::new(move |()| {
        room.refresh();
        room.load_forms(false);
        // What can be done with the case on the table follows from the phase.
        room.at.set(None);
    });
    // What is counted changes with every decision; a dialog that is open stays until the cycle itself moves.
    let cycle = Memo::new(move |_| {
        room.overview.with(|overview| (overview.version, overview.cycle.clone(), overview.may.clone()))
    });
    let moves = move || {
        // Read, not only tracked: a memo that nobody reads never runs, and so never changes.
        cycle.with(|_| ());
        let overview = room.overview.get_untracked();
        view! { <Moves overview stand_in=room.stand_in() reload /> }
    };
    view! {
        <div class="fj-stack fj-stack--loose">
            <TotalsPanel room />
            <SpreadPanel room />
            <RecordPanel room />
            {moves}
            <TrailPanel room />
        </div>
    }
}

/// A to E.
#[component]
fn TotalsPanel(room: Room) -> impl IntoView {
    let now =
        Memo::new(move |_| room.overview.with(|overview| room.items.with(|items| totals(overview, items))));
    let of = |(done, total): (usize, usize)| say!(meeting.totals.of, done, total);
    let fresh = room.fresh.map_or_else(|| "—".to_owned(), format::count);
    let line = |key: &'static str, name: leptos::text_prop::TextProp, value: leptos::text_prop::TextProp| {
        view! {
            <div class="fj-totals__line">
                <dt>
                    <b>{key}</b>
                    " "
                    {move || name.get()}
                </dt>
                <dd class="fj-num">{move || value.get()}</dd>
            </div>
        }
    };
    view! {
        <section class="fj-panel" aria-labelledby="meeting-totals">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="meeting-totals">
                    {t!(meeting.totals.title)}
                </h2>
                <p class="fj-panel__note" role="status">
                    {move || say!(meeting.totals.undecided, format::count(now.get().undecided))}
                </p>
            </header>
            <dl class="fj-panel__body fj-totals">
                {line("A", t!(meeting.totals.a).into(), (move || format::count(now.get().listed)).into())}
                {line("B", t!(meeting.totals.b).into(), (move || of(now.get().items[0])).into())}
                {line("C", t!(meeting.totals.c).into(), (move || of(now.get().items[1])).into())}
                {line("D", t!(meeting.totals.d).into(), (move || fresh.clone()).into())}
                {line("E", t!(meeting.totals.e).into(), (move || of(now.get().items[2])).into())}
            </dl>
        </section>
    }
}

/// The unit of the case on the table, or the one chosen, beside the company.
#[component]
fn SpreadPanel(room: Room) -> impl IntoView {
    let unit = Memo::new(move |_| -> Option<UnitId> {
        let of_case = room.at.with(|at| match at {
            Some(Place::Form(customer)) => room
                .rows
                .with(|rows| rows.iter().find(|row| row.customer == *customer).map(|row| row.unit.clone())),
            Some(Place::Item(item)) => room.items.with(|items| {
                items.iter().find(|row| row.item.id == *item).and_then(|row| row.item.unit.clone())
            }),
            None => None,
        });
        of_case.or_else(|| room.unit.get())
    });
    let tiers = room.policy.with_value(|policy| policy.policy.tiers.clone());
    let rows = move || {
        let tiers = tiers.clone();
        let (unit, overview) = (unit.get(), room.overview.get());
        let company = overview.company?;
        let own = unit.and_then(|unit| overview.units.into_iter().find(|one| one.unit == unit));
        let own = own.map(|one| {
            let unit = one.unit.clone();
            view! { <Grades name=move || unit_name(&unit) standing=one.standing tiers=tiers.clone() /> }
        });
        Some(view! {
            {own}
            <Grades name=t!(review.company) standing=company tiers=tiers.clone() />
        })
    };
    view! {
        <section class="fj-panel" aria-labelledby="meeting-spread">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="meeting-spread">
                    {t!(meeting.spread)}
                </h2>
            </header>
            <div class="fj-panel__body fj-spread fj-spread--narrow">{rows}</div>
        </section>
    }
}

/// The record in short, and the way to it.
#[component]
fn RecordPanel(room: Room) -> impl IntoView {
    let meeting = room.meeting;
    let body = move || {
        meeting.with(|meeting| match &meeting.record {
            None => view! { <p class="fj-muted">{t!(meeting.record.none)}</p> }.into_any(),
            Some(record) => {
                let (there, all) = present(record);
                let row = |(name, text): (&'static str, String)| {
                    view! {
                        <div class="fj-totals__line">
                            <dt>{name}</dt>
                            <dd>{text}</dd>
                        </div>
                    }
                };
                view! {
                    <dl class="fj-totals">{facts(lang(), record).into_iter().map(row).collect_view()}</dl>
                    <p class="fj-muted">{say!(meeting.record.there, there, all)}</p>
                }
                .into_any()
            }
        })
    };
    let may = Memo::new(move |_| meeting.with(|meeting| meeting.may_record));
    let closed = Memo::new(move |_| {
        meeting.with(|meeting| meeting.confirmed.iter().any(|one| one.sitting == meeting.sitting))
    });
    let kept = Memo::new(move |_| meeting.with(|meeting| meeting.record.is_some()));
    let label = move || if kept.get() { say!(meeting.record.edit) } else { say!(meeting.record.keep) };
    view! {
        <section class="fj-panel" aria-labelledby="meeting-record">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="meeting-record">
                    {t!(meeting.record.title)}
                </h2>
                <p class="fj-panel__note">
                    {move || say!(meeting.record.sitting, meeting.with(|meeting| meeting.sitting))}
                </p>
            </header>
            <div class="fj-panel__body fj-stack fj-stack--tight">
                {body}
                <Show when=move || closed.get()>
                    <p class="fj-muted">{t!(meeting.record.closed)}</p>
                </Show>
                <Show when=move || may.get()>
                    <div>
                        <Button
                            label
                            icon="pencil"
                            small=true
                            on_press=Callback::new(move |()| room.middle.set(Middle::Record))
                        />
                    </div>
                </Show>
            </div>
        </section>
    }
}

/// What was done, newest first.
#[component]
fn TrailPanel(room: Room) -> impl IntoView {
    let trail = Memo::new(move |_| room.meeting.with(|meeting| meeting.trail.clone()));
    let some = Memo::new(move |_| !trail.with(Vec::is_empty));
    let rows = move || {
        let said = |row: shared::dto::review::MeetingEntry| {
            let who = row.by;
            let text = match row.step {
                MeetingStep::Record => say!(meeting.trail.record, who),
                MeetingStep::Propose => say!(meeting.trail.propose, who),
                MeetingStep::Withdraw => say!(meeting.trail.withdraw, who),
                MeetingStep::Decide => say!(meeting.trail.decide, who),
                MeetingStep::Confirm => say!(meeting.trail.confirm, who),
                MeetingStep::Supplement => say!(meeting.trail.supplement, who),
            };
            view! {
                <li class="fj-totals__line">
                    <span>{text}</span>
                    <time class="fj-muted fj-num">{format::moment(row.at)}</time>
                </li>
            }
        };
        trail.get().into_iter().map(said).collect_view()
    };
    view! {
        <Show when=move || some.get()>
            <details class="fj-panel">
                <summary class="fj-panel__header">
                    <span class="fj-panel__title">{t!(meeting.trail.title)}</span>
                </summary>
                <ul class="fj-panel__body fj-totals">{rows}</ul>
            </details>
        </Show>
    }
}
