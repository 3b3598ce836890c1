//! One thing that waits, as a card.

use leptos::prelude::*;
use shared::dto::review::{Duty, DutyKind, FormRow, NewcomerRow};
use shared::id::CycleId;

use super::act::Wanted;
use crate::client::with_query;
use crate::components::button::Button;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::use_session;
use crate::contexts::worklist;
use crate::derive::quarter::name as name_of;
use crate::derive::review::{FormsView, Window, left};
use crate::derive::review_step::choices;
use crate::derive::review_words;
use crate::pages::newcomers::NewLine;
use crate::pages::review::{Bulk, Line, NotDone};
use crate::{say, t};

/// Rows of a duty that are shown at once.
const SHOWN: usize = 5;

/// The card.
#[component]
pub fn Card(
    duty: Duty,
    cycle: CycleId,
    policy: Published,
    /// The step that was begun.
    wanted: RwSignal<Option<Wanted>>,
    /// What could not be done for all at once.
    refused: RwSignal<NotDone>,
    reload: Callback<()>,
) -> impl IntoView {
    match duty.kind {
        DutyKind::Forms => view! { <FormsCard duty cycle policy wanted refused reload /> }.into_any(),
        DutyKind::Cycle => view! { <CycleCard duty /> }.into_any(),
        DutyKind::Newcomers => view! { <NewcomersCard duty /> }.into_any(),
        DutyKind::Quarter => view! { <QuarterCard duty /> }.into_any(),
    }
}

/// What is due of the cycle, and the way there.
#[component]
fn CycleCard(duty: Duty) -> impl IntoView {
    let href = with_query("/review", &[("for", duty.stand_in.clone().map(String::from))]);
    view! {
        <section class="fj-panel">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title">{move || review_words::duty(&duty)}</h2>
                <div class="fj-panel__actions">
                    <a class="fj-button fj-button--primary" href=href>
                        {t!(home.to_review)}
                    </a>
                </div>
            </header>
        </section>
    }
}

/// New customers that are to be graded in full, whether a cycle is open or not.
#[component]
pub fn NewcomersCard(duty: Duty) -> impl IntoView {
    let count = review_words::newcomers(duty.count);
    let tiers = policies::tiers();
    let line = |row: &NewcomerRow| view! { <NewLine row=row.clone() tiers /> };
    let rows = duty.newcomers.iter().take(SHOWN).map(line).collect_view();
    view! {
        <section class="fj-panel fj-panel--flush">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title">{move || review_words::duty(&duty)}</h2>
                <p class="fj-panel__note">{move || say!(review.forms_count, count)}</p>
            </header>
            <div class="fj-rows fj-rows--duty">
                <ul class="fj-rows__list">{rows}</ul>
            </div>
            <footer class="fj-panel__footer">
                <a class="fj-button fj-button--secondary" href="/newcomers?state=due">
                    {t!(review.to_all)}
                </a>
            </footer>
        </section>
    }
}

/// The look at the quarter that ended last, and how long is left for it.
#[component]
pub fn QuarterCard(duty: Duty) -> impl IntoView {
    let today = use_session().today;
    let (quarter, from, until) = (duty.quarter, duty.from, duty.until);
    let href =
        quarter.map_or_else(|| "/quarters".to_owned(), |quarter| format!("/quarters?quarter={quarter}"));
    let note = move || {
        let left = until.map(|until| match left(until, today) {
            Window::Closes(0) => say!(quarter.due_today).to_owned(),
            Window::Closes(days) | Window::Opens(days) => say!(quarter.due_in, until, days),
            Window::Closed => say!(quarter.overdue, until),
        });
        let since = from.map(|from| say!(quarter.since, from));
        [since, left].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let name = move || quarter.map(name_of);
    view! {
        <section class="fj-panel">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title">{move || review_words::duty(&duty)} " " {name}</h2>
                <p class="fj-panel__note">{note}</p>
                <div class="fj-panel__actions">
                    <a class="fj-button fj-button--primary" href=href>
                        {t!(quarter.to_look)}
                    </a>
                </div>
            </header>
        </section>
    }
}

/// Forms that wait for a step: the first of them, each with what can be done, and one yes for all of them
/// where a yes is enough.
#[component]
fn FormsCard(
    duty: Duty,
    cycle: CycleId,
    policy: Published,
    wanted: RwSignal<Option<Wanted>>,
    refused: RwSignal<NotDone>,
    reload: Callback<()>,
) -> impl IntoView {
    let today = use_session().today;
    let view = FormsView::of(&duty);
    let all = view.address(&cycle);
    let (count, until, asked) = (duty.count, duty.until, duty.step);
    let note = move || {
        let forms = say!(review.forms_count, count);
        let left = until.map(|until| match left(until, today) {
            Window::Closes(0) => say!(review.closes_today).to_owned(),
            Window::Closes(days) | Window::Opens(days) => say!(review.closes_in, days),
            Window::Closed => say!(review.closed).to_owned(),
        });
        left.map_or_else(|| forms.clone(), |left| format!("{forms} · {left}"))
    };
    let shown: Vec<FormRow> = duty.first.iter().take(SHOWN).cloned().collect();
    let rest = count.saturating_sub(u64::try_from(shown.len()).unwrap_or(u64::MAX));
    let listed: Vec<_> = shown.iter().map(|row| row.customer.clone()).collect();
    let steps = asked.map_or(&[][..], choices);
    let stand_in = duty.stand_in.clone();
    let rows = shown
        .iter()
        .map(|row| {
            let buttons = steps
                .iter()
                .map(|step| {
                    let (row, stand_in, step) = (row.clone(), stand_in.clone(), *step);
                    let on_press = Callback::new(move |()| {
                        wanted.set(Some(Wanted { row: row.clone(), step, stand_in: stand_in.clone() }));
                    });
                    view! { <Button label=move || review_words::step(step) small=true on_press /> }
                })
                .collect_view();
            let (row, cycle, policy) = (row.clone(), cycle.clone(), policy.clone());
            let has = !steps.is_empty();
            if has {
                view! { <Line row cycle policy>{buttons}</Line> }.into_any()
            } else {
                view! { <Line row cycle policy /> }.into_any()
            }
        })
        .collect_view();
    // A form's own page goes on to the next of its card.
    let keep = {
        let cycle = cycle.clone();
        move |_| worklist::set(&cycle, &listed)
    };
    view! {
        <section class="fj-panel fj-panel--flush">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title">{move || review_words::duty(&duty)}</h2>
                <p class="fj-panel__note">{note}</p>
            </header>
            <div class="fj-rows fj-rows--duty">
                <ul class="fj-rows__list" on:click=keep>
                    {rows}
                </ul>
            </div>
            <footer class="fj-panel__footer">
                <Bulk
                    cycle
                    view=Signal::stored(view)
                    rows=Signal::stored(shown)
                    refused
                    on_done=Callback::new(move |_| reload.run(()))
                />
                <a class="fj-button fj-button--secondary" href=all>
                    {move || if rest == 0 { say!(review.to_all).to_owned() } else { say!(home.rest, rest) }}
                </a>
            </footer>
        </section>
    }
}
