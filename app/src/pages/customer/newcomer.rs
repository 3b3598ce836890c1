//! A new customer (5.1.2-D): how it stands, what is known of it so far, the grades of its deals, and its way into
//! the open review.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::IgnoredAny;
use shared::dto::page::Page;
use shared::dto::review::{DealGrade, Newcomer};
use shared::id::CycleId;
use shared::permission::Action;
use shared::review::Youth;

use super::load::Loaded;
use crate::client::{self, Answer};
use crate::components::button::{Button, Weight};
use crate::components::customer::grade_words;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::progress::Progress;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::policies::Published;
use crate::contexts::session::{may, use_session};
use crate::contexts::toasts;
use crate::derive::format::{moment, percent};
use crate::derive::look::Look;
use crate::derive::review_step::explain;
use crate::derive::review_words;
use crate::{say, t};

mod deal;

use deal::DealDialog;

type Found = (Newcomer, Page<DealGrade>);

async fn load(id: String, sees: bool) -> Answer<Found> {
    let newcomer: Newcomer = client::get(format!("/customers/{id}/newcomer")).send().await?;
    let deals = if sees {
        client::get(format!("/customers/{id}/deal-grades")).send().await?
    } else {
        Page { items: Vec::new(), next: None }
    };
    Ok((newcomer, deals))
}

/// The panel; nothing for whoever is no new customer. What does not come is left out: the page is about more.
#[component]
pub fn NewcomerPanel(loaded: Loaded, reload: Callback<()>) -> impl IntoView {
    let id = loaded.page.customer.id.to_string();
    let sees = may(&use_session(), Action::ReadFigures);
    let data = LocalResource::new({
        let id = id.clone();
        move || load(id.clone(), sees)
    });
    move || {
        let (newcomer, deals) = data.get()?.ok()?;
        let nothing =
            newcomer.state == Youth::Graded && deals.items.is_empty() && newcomer.may_join.is_none();
        (!nothing).then(|| view! { <Panel loaded=loaded.clone() newcomer deals reload /> })
    }
}

#[component]
fn Panel(loaded: Loaded, newcomer: Newcomer, deals: Page<DealGrade>, reload: Callback<()>) -> impl IntoView {
    let id = loaded.page.customer.id.to_string();
    let policy = loaded.policy(&loaded.page.policy);
    let giving = RwSignal::new(false);
    let state = newcomer.state;
    let sentence = {
        let newcomer = newcomer.clone();
        move || sentence(&newcomer)
    };
    let tone = match state {
        Youth::Young | Youth::Graded => NoticeTone::Info,
        Youth::Due => NoticeTone::Warning,
        Youth::Overdue => NoticeTone::Error,
    };
    let given = deals.items.len();
    let list = policy.clone().map(|policy| view! { <Deals deals policy id=id.clone() /> });
    let dialog = {
        let id = id.clone();
        move || {
            let policy = giving.get().then(|| policy.clone()).flatten()?;
            let on_close = Callback::new(move |()| giving.set(false));
            Some(view! { <DealDialog id=id.clone() policy on_close on_saved=reload /> })
        }
    };
    view! {
        <section class="fj-panel fj-no-print" aria-labelledby="p-newcomer">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-newcomer">
                    {t!(newcomer.title)}
                </h2>
                <p class="fj-panel__note">{move || review_words::youth(state)}</p>
                <div class="fj-panel__actions">
                    {newcomer
                        .may_grade
                        .then(|| {
                            view! {
                                <Button
                                    label=t!(newcomer.give)
                                    icon="plus"
                                    small=true
                                    on_press=Callback::new(move |()| giving.set(true))
                                />
                            }
                        })}
                    {newcomer.may_join.map(|cycle| view! { <Join id=id.clone() cycle /> })}
                </div>
            </header>
            <div class="fj-panel__body fj-stack">
                {(state != Youth::Graded).then(|| view! { <Notice tone title=sentence /> })}
                {(state != Youth::Graded).then(|| view! { <Evidence loaded given /> })}
                {list}
            </div>
        </section>
        {dialog}
    }
}

/// How it stands, as a sentence.
fn sentence(of: &Newcomer) -> String {
    let months = of.months.unwrap_or_default();
    match (of.state, of.due_on, of.until) {
        (Youth::Young, Some(due), _) => say!(newcomer.young_text, months, due),
        (Youth::Due, Some(due), Some(until)) => say!(newcomer.due_text, due, until),
        (Youth::Overdue, Some(due), _) => say!(newcomer.overdue_text, due),
        _ => String::new(),
    }
}

/// How much is known of it.
#[component]
fn Evidence(loaded: Loaded, given: usize) -> impl IntoView {
    let latest = loaded.page.years.first();
    let known = latest.and_then(|year| Some((year.year, year.detail.as_ref()?.assessment.evidence.share)));
    let share = known.map(|(_, share)| u32::try_from(share.get().div_euclid(100)).unwrap_or_default());
    let text = move || match known {
        Some((year, share)) => say!(newcomer.evidence, year, percent(share), given),
        None => say!(newcomer.no_evidence, given),
    };
    view! {
        <p class="fj-progress-label">
            <span>{text}</span>
        </p>
        <Progress label=t!(newcomer.known) percent=Signal::stored(Some(share.unwrap_or_default())) />
    }
}

/// The grades of its deals, newest first, a page at a time.
#[component]
fn Deals(deals: Page<DealGrade>, policy: Published, id: String) -> impl IntoView {
    let (all, next) = (RwSignal::new(deals.items), RwSignal::new(deals.next));
    let busy = RwSignal::new(false);
    let more = Callback::new(move |()| {
        let path = format!("/customers/{id}/deal-grades");
        let call = client::get(client::with_query(&path, &[("cursor", next.get_untracked())]));
        busy.set(true);
        spawn_local(async move {
            match call.send::<Page<DealGrade>>().await {
                Ok(page) => {
                    all.try_update(|all| all.extend(page.items));
                    next.try_set(page.next);
                }
                Err(error) => toasts::error(explain(&error)),
            }
            busy.try_set(false);
        });
    });
    let item = move |deal: DealGrade| {
        let look = Look::of(&policy.policy.tiers, Some(&deal.grade));
        let DealGrade { deal, day, grade, reason, by, at } = deal;
        let (name, at) = (grade.to_string(), moment(at));
        let title = move || say!(newcomer.deal_title, deal, grade_words(Some(&grade), true));
        view! {
            <li class="fj-timeline__item">
                <Stamp size=StampSize::S tier=Some(name) look provisional=true />
                <div class="fj-timeline__body">
                    <p class="fj-timeline__title">{title}</p>
                    <p class="fj-timeline__meta">
                        <time>{day.to_string()}</time>
                        <span>{by.to_string()}</span>
                        <time>{at}</time>
                    </p>
                    <p class="fj-timeline__note">{move || say!(event.reason, reason)}</p>
                </div>
            </li>
        }
    };
    view! {
        <ol class="fj-timeline">{move || all.get().into_iter().map(&item).collect_view()}</ol>
        <Show when=move || next.with(Option::is_some)>
            <Button label=t!(common.more) weight=Weight::Quiet small=true busy on_press=more />
        </Show>
    }
}

/// Takes the customer into the open review, and goes to its form.
#[component]
fn Join(id: String, cycle: CycleId) -> impl IntoView {
    let busy = RwSignal::new(false);
    let navigate = leptos_router::hooks::use_navigate();
    let path = format!("/reviews/{cycle}/forms/{id}");
    let on_press = Callback::new(move |()| {
        let (call, path, navigate) =
            (client::post(path.clone(), &serde_json::json!({})), path.clone(), navigate.clone());
        busy.set(true);
        spawn_local(async move {
            match call.send::<IgnoredAny>().await {
                Ok(_) => {
                    toasts::success(say!(newcomer.joined));
                    navigate(&path, leptos_router::NavigateOptions::default());
                }
                Err(error) => toasts::error(explain(&error)),
            }
            busy.try_set(false);
        });
    });
    view! { <Button label=t!(newcomer.join) small=true busy on_press /> }
}
