//! New customers by how they stand, and the review of those who are due.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::query_signal;
use shared::dto::export::ExportList;
use shared::dto::page::Page;
use shared::dto::review::NewcomerRow;
use shared::grading::Tier;
use shared::id::{StandInId, UnitId};
use shared::permission::Action;
use shared::review::{CycleKind, Youth};

use crate::client::{self, ApiError};
use crate::components::button::Button;
use crate::components::customer::grade_words;
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::icon::{Icon, IconSize};
use crate::components::load::Failure;
use crate::components::page_header::PageHeader;
use crate::components::skeleton::SkeletonRows;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::directory::{rep_name, unit_name};
use crate::contexts::policies;
use crate::contexts::session::{may, use_session};
use crate::contexts::toasts;
use crate::derive::export_lists::newcomers as columns;
use crate::derive::look::Look;
use crate::derive::problem::explain;
use crate::derive::review_words;
use crate::export::Asked;
use crate::pages::review::OpenReview;
use crate::{say, t};

/// The states that are listed, with their codes in the address.
const STATES: [(Youth, &str); 3] =
    [(Youth::Due, "due"), (Youth::Overdue, "overdue"), (Youth::Young, "young")];

/// The page.
#[component]
pub fn NewcomersPage() -> impl IntoView {
    let session = use_session();
    let (state, set_state) = query_signal::<String>("state");
    // In another's place the right is theirs; the Worker knows.
    let (stand_in, _) = query_signal::<String>("for");
    let stand_in = stand_in.get_untracked().and_then(|id| StandInId::parse(&id).ok());
    let code = Memo::new(move |_| {
        let wanted = state.get().unwrap_or_default();
        STATES.iter().find(|(_, code)| *code == wanted).map_or("due", |(_, code)| code)
    });
    let (unit, set_unit) = query_signal::<String>("unit");
    let unit = Memo::new(move |_| unit.get().and_then(|unit| UnitId::parse(&unit).ok()));
    // What is shown is what is taken away.
    let query = move || {
        let unit = unit.get_untracked().map(String::from);
        vec![("state", Some(code.get_untracked().to_owned())), ("unit", unit)]
    };
    let (rows, next) = (RwSignal::new(Vec::<NewcomerRow>::new()), RwSignal::new(None::<String>));
    let (busy, error) = (RwSignal::new(true), RwSignal::new(None::<ApiError>));
    let tiers = policies::tiers();
    let fetch = Callback::new(move |further: bool| {
        let cursor = if further { next.get_untracked() } else { None };
        let (asked, of) = (code.get_untracked(), unit.get_untracked());
        let mut page = query();
        page.push(("cursor", cursor));
        let path = client::with_query("/newcomers", &page);
        busy.set(true);
        error.set(None);
        if !further {
            rows.set(Vec::new());
        }
        spawn_local(async move {
            let answer = client::get(path).send::<Page<NewcomerRow>>().await;
            // Another state or unit was chosen meanwhile.
            if code.try_get_untracked() != Some(asked) || unit.try_get_untracked() != Some(of) {
                return;
            }
            match answer {
                Ok(page) => {
                    next.try_set(page.next);
                    rows.try_update(|rows| rows.extend(page.items));
                }
                Err(why) => {
                    error.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    });
    Effect::new(move || {
        code.track();
        unit.track();
        fetch.run(false);
    });
    let opened = Callback::new(move |()| {
        toasts::success(say!(newcomer.opened));
        fetch.run(false);
    });
    let ask: Ask = Arc::new(move || Asked {
        query: query(),
        ..Asked::route(say!(newcomer.title), "/newcomers", columns().paged())
    });
    let chips = STATES
        .map(|(of, own)| {
            view! {
                <button
                    type="button"
                    class="fj-chip"
                    aria-pressed=move || if code.get() == own { "true" } else { "false" }
                    on:click=move |_| set_state.set(Some(own.to_owned()))
                >
                    {move || review_words::youth(of)}
                </button>
            }
        })
        .collect_view();
    let list = move || {
        let empty = rows.with(Vec::is_empty);
        match error.get() {
            Some(error) if empty => {
                view! { <Failure error retry=Callback::new(move |()| fetch.run(false)) /> }.into_any()
            }
            _ if empty && busy.get() => view! { <SkeletonRows /> }.into_any(),
            _ if empty => {
                view! { <Empty icon="users" title=t!(newcomer.none) text=t!(newcomer.none_text) /> }
                    .into_any()
            }
            _ => view! {
                <ul class="fj-rows__list">
                    <For each=move || rows.get() key=|row| row.customer.clone() let:row>
                        <NewLine row tiers />
                    </For>
                </ul>
            }
            .into_any(),
        }
    };
    view! {
        <div class="fj-page">
            <PageHeader title=t!(newcomer.title) meta=t!(newcomer.text)>
                <Export list=ExportList::Newcomers ask />
                {(may(&session, Action::RunReview) || stand_in.is_some())
                    .then(|| view! { <OpenReview kind=CycleKind::Supplementary stand_in reload=opened /> })}
            </PageHeader>
            <div class="fj-cluster" role="group" aria-label=t!(review.filters)>
                {chips}
                {move || {
                    let name = unit_name(&unit.get()?);
                    let label = say!(customers.remove, name);
                    Some(view! {
                        <button
                            type="button"
                            class="fj-chip fj-chip--remove"
                            aria-label=label
                            on:click=move |_| set_unit.set(None)
                        >
                            {name}
                            <Icon name="close" size=IconSize::Small />
                        </button>
                    })
                }}
            </div>
            <section class="fj-panel fj-panel--flush" aria-label=t!(newcomer.title)>
                <div class="fj-rows fj-rows--duty">{list}</div>
            </section>
            <div class="fj-more">
                <p class="fj-more__count" role="status">
                    {move || say!(review.shown, rows.with(Vec::len))}
                </p>
                <Show when=move || next.with(Option::is_some)>
                    <Button
                        label=t!(common.more)
                        busy
                        on_press=Callback::new(move |()| fetch.run(true))
                    />
                </Show>
                {move || {
                    let failed = error.get().filter(|_| !rows.with(Vec::is_empty));
                    failed.map(|error| view! { <p role="alert">{move || explain(&error)}</p> })
                }}
            </div>
        </div>
    }
}

/// A new customer in a list, and the way to its page.
#[component]
pub fn NewLine(
    row: NewcomerRow,
    /// Those of the policy in force.
    tiers: ReadSignal<Vec<Tier>>,
) -> impl IntoView {
    let href = format!("/customers/{}", row.customer);
    let (unit, rep, state, due) = (row.unit, row.rep, row.state, row.due_on);
    let tier = row.tier.clone();
    let stamp = move || {
        let look = tiers.with(|tiers| Look::of(tiers, tier.as_ref()));
        let (name, tier) = (tier.as_ref().map(ToString::to_string), tier.clone());
        view! { <Stamp size=StampSize::M tier=name look provisional=true label=move || grade_words(tier.as_ref(), true) /> }
    };
    let flag = if state == Youth::Overdue { "fj-flag fj-flag--overdue" } else { "fj-flag" };
    view! {
        <li class="fj-row">
            <a class="fj-row__link" href=href>
                {stamp}
                <span class="fj-row__main">
                    <span class="fj-row__name">{row.name.to_string()}</span>
                    <span class="fj-row__sub">
                        <span class="fj-code">{row.code.to_string()}</span>
                        <span>{move || unit_name(&unit)}</span>
                        {rep.map(|rep| view! { <span>{move || rep_name(&rep)}</span> })}
                    </span>
                </span>
                <span class="fj-row__figure fj-num">{move || say!(newcomer.due_on, due)}</span>
                <span class="fj-row__score"></span>
                <span class="fj-row__flags">
                    <span class=flag>{move || review_words::youth(state)}</span>
                </span>
            </a>
        </li>
    }
}
