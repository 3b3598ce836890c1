//! The customer page: the grade and everything behind it, and the trial of what would change it.

mod decided;
mod edit;
mod figures;
mod history;
mod load;
mod newcomer;
mod trial;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_params_map, use_query_map};
use shared::dto::export::ExportList;
use shared::dto::figures::{YearDetail, YearView};
use shared::grading::Change;

pub use figures::FiguresPage;

use crate::components::button::{Button, Weight};
use crate::components::customer::compare::{Compare, score_before};
use crate::components::customer::gates::Gates;
use crate::components::customer::grade_words;
use crate::components::customer::indicators::Indicators;
use crate::components::customer::score::ScoreHead;
use crate::components::customer::ways::Ways;
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::load::Load;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::drafts::Draft;
use crate::contexts::session::use_session;
use crate::derive::customer_compare::{differing, of_year};
use crate::derive::export_lists::history as history_columns;
use crate::derive::format;
use crate::derive::look::Look;
use crate::derive::what_if::{Trial, controls};
use crate::export::Asked;
use crate::{say, t};
use decided::Decided;
use edit::EditDialog;
use history::History;
use load::{Head, Loaded, TitleBlock, resource};
use newcomer::NewcomerPanel;
use trial::TrialView;

/// The page.
#[component]
pub fn CustomerPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let data = resource(id);
    let reload = Callback::new(move |()| data.refetch());
    view! {
        <div class="fj-page fj-page--wide">
            <Load data whole_page=true let:loaded>
                <Body loaded reload />
            </Load>
        </div>
    }
}

/// The address of a customer's year, in the trial or not.
fn address(id: &str, year: i32, trial: bool) -> String {
    let trial = if trial { "&whatif=1" } else { "" };
    format!("/customers/{id}?year={year}{trial}")
}

#[component]
fn Body(loaded: Loaded, reload: Callback<()>) -> impl IntoView {
    let (query, location) = (use_query_map(), use_location());
    let page = loaded.page.clone();
    let own = format!("/customers/{}", page.customer.id);
    let years: Vec<i32> = page.years.iter().map(|view| view.year).collect();
    let latest = years.first().copied();
    // Leaving the page changes the address before the page goes; it keeps its own until then.
    let chosen = Memo::new(move |before: Option<&(Option<i32>, bool)>| match before {
        Some(before) if location.pathname.with(|path| *path != own) => *before,
        _ => query.with(|query| {
            let year =
                query.get("year").and_then(|year| year.parse().ok()).filter(|year| years.contains(year));
            (year.or(latest), query.get("whatif").is_some_and(|on| on == "1"))
        }),
    });
    let editing = RwSignal::new(false);
    let edited = loaded.clone();
    view! {
        <Head loaded=loaded.clone() chosen editing />
        <TitleBlock loaded=loaded.clone() chosen />
        <NewcomerPanel loaded=loaded.clone() reload />
        {move || {
            let policy = editing.get().then(|| edited.policy(&edited.page.policy)).flatten()?;
            let on_close = Callback::new(move |()| editing.set(false));
            let on_saved = Callback::new(move |()| {
                editing.set(false);
                reload.run(());
            });
            Some(view! { <EditDialog customer=edited.page.customer.clone() policy on_close on_saved /> })
        }}
        {move || {
            let (year, trial) = chosen.get();
            let view = year.and_then(|year| page.years.iter().find(|view| view.year == year).cloned());
            match view {
                None => view! {
                    <section class="fj-panel">
                        <div class="fj-panel__body">
                            <Empty icon="chart" title=t!(customer.no_years) text=t!(customer.no_years_text) />
                        </div>
                    </section>
                    <HistoryPanel loaded=loaded.clone() />
                }
                .into_any(),
                Some(view) => view! { <Year loaded=loaded.clone() view trial /> }.into_any(),
            }
        }}
    }
}

/// One year of the customer.
#[component]
fn Year(loaded: Loaded, view: YearView, trial: bool) -> impl IntoView {
    match (view.detail.clone(), loaded.policy(&view.policy)) {
        (Some(detail), Some(policy)) => view! { <Explained loaded view detail policy trial /> }.into_any(),
        _ => {
            let (tier, provisional) = (view.tier.clone(), view.provisional);
            let look =
                loaded.policy(&view.policy).map(|policy| Look::of(&policy.policy.tiers, tier.as_ref()));
            let look = look.unwrap_or_default();
            let name = tier.clone().map(String::from);
            view! {
                <section class="fj-panel fj-panel--sheet" aria-label=t!(customer.grade)>
                    <div class="fj-panel__body fj-stack">
                        <div class="fj-score">
                            <Stamp size=StampSize::Xl tier=name look provisional />
                            <div class="fj-score__body">
                                <p class="fj-score__figure">{move || grade_words(tier.as_ref(), provisional)}</p>
                            </div>
                        </div>
                        <Notice tone=NoticeTone::Info title=t!(customer.hidden) />
                    </div>
                </section>
                <HistoryPanel loaded />
            }
            .into_any()
        }
    }
}

/// A year with its figures: explained, or tried.
#[component]
fn Explained(
    loaded: Loaded,
    view: YearView,
    detail: YearDetail,
    policy: crate::contexts::policies::Published,
    trial: bool,
) -> impl IntoView {
    let session = use_session();
    let id = loaded.page.customer.id.to_string();
    let year = view.year;
    let draft = Draft::of(&session.user, &format!("trial.{id}.{year}"), Trial::default());
    let navigate = use_navigate();
    let real = detail.inputs.clone();
    let attempt = {
        let id = id.clone();
        Callback::new(move |changes: Vec<Change>| {
            draft.value.update(|trial| {
                *trial = Trial::default();
                for change in &changes {
                    trial.set(&real, &change.input, change.to.clone());
                }
            });
            navigate(&address(&id, year, true), NavigateOptions::default());
        })
    };
    if trial {
        let cohort = detail.cohort.clone().unwrap_or_default();
        let controls = controls(&policy.policy, &cohort, &detail.inputs);
        draft.value.update(|value| *value = std::mem::take(value).known_to(&controls));
        return view! { <TrialView id year policy detail controls draft attempt /> }.into_any();
    }
    let before = loaded.page.years.iter().find(|one| one.year == year - 1).cloned();
    let score_before = score_before(before.as_ref());
    let of_year = |year| {
        let graded = of_year(year, &loaded.page.decided, &loaded.page.years)?;
        loaded.dated(graded)
    };
    let (last, now) = (of_year(year - 1), of_year(year));
    let decided = differing(year, &loaded.page.decided, &detail.assessment).cloned();
    let decided =
        decided.map(|decided| view! { <Decided customer=loaded.page.customer.id.clone() decided /> });
    let all = detail.assessment.clone();
    let steady = Signal::stored(all.clone());
    let graded = format::moment(view.graded_at);
    let segment = loaded.page.customer.segment.clone();
    let try_it = {
        let id = id.clone();
        let navigate = use_navigate();
        Callback::new(move |()| navigate(&address(&id, year, true), NavigateOptions::default()))
    };
    view! {
        <div class="fj-split">
            <div class="fj-split__main fj-stack fj-stack--loose">
                <section class="fj-panel fj-panel--sheet" aria-label=t!(customer.grade)>
                    <div class="fj-panel__body fj-stack">
                        {decided}
                        <ScoreHead policy=policy.clone() all=steady before=score_before />
                        <Gates policy=policy.clone() all=steady />
                    </div>
                </section>
                <section class="fj-panel" aria-labelledby="p-explained">
                    <header class="fj-panel__header">
                        <h2 class="fj-panel__title" id="p-explained">
                            {t!(customer.explained)}
                        </h2>
                        <p class="fj-panel__note">{move || say!(customer.graded_at, graded)}</p>
                    </header>
                    <div class="fj-panel__body">
                        <Indicators policy=policy.clone() all=all.clone() segment />
                    </div>
                </section>
                <section class="fj-panel" aria-labelledby="p-compare">
                    <header class="fj-panel__header">
                        <h2 class="fj-panel__title" id="p-compare">
                            {t!(compare.title)}
                        </h2>
                    </header>
                    <div class="fj-panel__body fj-stack">
                        {now.map(|now| view! { <Compare before=last now /> })}
                    </div>
                </section>
            </div>
            <div class="fj-split__aside fj-stack fj-stack--loose">
                <section class="fj-panel" aria-labelledby="p-ways">
                    <header class="fj-panel__header">
                        <h2 class="fj-panel__title" id="p-ways">
                            {t!(way.title)}
                        </h2>
                        <div class="fj-panel__actions fj-no-print">
                            <Button label=t!(what_if.open) icon="sliders" weight=Weight::Primary small=true on_press=try_it />
                        </div>
                    </header>
                    <div class="fj-panel__body fj-stack">
                        <Ways policy=policy.clone() all inputs=detail.inputs.clone() on_try=attempt />
                    </div>
                </section>
                <HistoryPanel loaded />
            </div>
        </div>
    }
    .into_any()
}

/// What happened to the customer.
#[component]
fn HistoryPanel(loaded: Loaded) -> impl IntoView {
    let ask = loaded.policy(&loaded.page.policy).map(|policy| -> Ask {
        let customer = loaded.page.customer.clone();
        Arc::new(move || {
            let title = say!(customer.history_file, customer.name);
            let reader = history_columns(policy.policy.clone()).paged();
            let all = Asked::route(title, format!("/customers/{}/history", customer.id), reader);
            Asked { customer: Some(customer.id.clone()), ..all }
        })
    });
    view! {
        <section class="fj-panel fj-no-print" aria-labelledby="p-history">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-history">
                    {t!(customer.history)}
                </h2>
                <div class="fj-panel__actions">
                    {ask.map(|ask| view! { <Export list=ExportList::History ask /> })}
                </div>
            </header>
            <div class="fj-panel__body">
                <History loaded />
            </div>
        </section>
    }
}
