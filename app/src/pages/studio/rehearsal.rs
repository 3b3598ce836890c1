//! The rehearsal of a draft with all customers, here in the browser: who would move and why, how the units
//! shift, what it would cost. Nothing of it is sent or saved.

mod cost;
mod movers;
mod shifts;

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;
use shared::dto::rehearsal::Rehearsed;
use shared::grading::{Customer, Policy, YearRehearsal, check, simulate};
use shared::id::{CustomerId, UserId};

use super::editor::{Opened, open};
use super::publish::PublishDialog;
use super::store::Studio;
use crate::client::{Answer, ApiError};
use crate::components::breadcrumb::Breadcrumb;
use crate::components::button::{Button, Weight};
use crate::components::empty::Empty;
use crate::components::load::{Failure, Load};
use crate::components::notice::{Notice, NoticeTone};
use crate::components::page_header::PageHeader;
use crate::components::progress::Progress;
use crate::contexts::book::{self, Book};
use crate::contexts::cohorts;
use crate::contexts::i18n::lang;
use crate::contexts::session::use_session;
use crate::derive::format::{count, moment};
use crate::derive::rehearsal::Verdict;
use crate::derive::sentences::local;
use crate::pages::policy::above;
use crate::{say, t};
use cost::Cost;
use movers::Movers;
use shifts::Shifts;

/// What a rehearsal found.
pub struct Outcome {
    /// The draft.
    pub draft: Policy,
    /// The version in force.
    pub current: Policy,
    /// The customers, by id.
    pub book: BTreeMap<CustomerId, Rehearsed>,
    /// The years, latest first.
    pub years: Vec<YearRehearsal>,
}

/// How far it has come.
#[derive(Clone)]
enum Stage {
    Fetching,
    Counting,
    Failed(ApiError),
    Done(Arc<Outcome>),
}

/// The page.
#[component]
pub fn RehearsalPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let data: LocalResource<Answer<Opened>> = LocalResource::new(move || open(id.get()));
    view! {
        <div class="fj-page fj-page--wide">
            <Load data let:opened>
                <Rehearsing opened />
            </Load>
        </div>
    }
}

/// Lets the browser draw before a long computation.
async fn breathe() {
    gloo_timers::future::TimeoutFuture::new(0).await;
}

/// One year after the other, with a breath between them; the page stays usable.
async fn rehearse(draft: &Policy, current: &Policy, book: &Book) -> Vec<YearRehearsal> {
    let mut years: Vec<i32> =
        book.customers.iter().flat_map(|one| one.customer.years.keys().copied()).collect();
    years.sort_unstable_by(|one, other| other.cmp(one));
    years.dedup();
    let mut found = Vec::new();
    for year in years {
        breathe().await;
        let of_year = |one: &Rehearsed| {
            let inputs = one.customer.years.get(&year)?.clone();
            Some(Customer { years: [(year, inputs)].into(), ..one.customer.clone() })
        };
        let customers: Vec<Customer> = book.customers.iter().filter_map(of_year).collect();
        breathe().await;
        found.extend(simulate(draft, current, &customers).years);
    }
    found
}

fn run(
    user: UserId,
    draft: Policy,
    current: Policy,
    stage: RwSignal<Stage>,
    come: RwSignal<usize>,
    anew: bool,
) {
    spawn_local(async move {
        stage.try_set(Stage::Fetching);
        let kept = book::kept(&user).filter(|_| !anew);
        let fetched = match kept {
            Some(book) => Ok(book),
            None => book::fetch(&user, come).await,
        };
        let book = match fetched {
            Ok(book) => book,
            Err(error) => {
                stage.try_set(Stage::Failed(error));
                return;
            }
        };
        stage.try_set(Stage::Counting);
        let years = rehearse(&draft, &current, &book).await;
        cohorts::keep(years.iter().map(|year| (year.year, year.cohort.clone())).collect());
        book::judge(draft.clone(), years.iter().map(Verdict::of).collect());
        let customers = book.customers.iter().map(|one| (one.customer.id.clone(), one.clone())).collect();
        stage.try_set(Stage::Done(Arc::new(Outcome { draft, current, book: customers, years })));
    });
}

#[component]
fn Rehearsing(opened: Opened) -> impl IntoView {
    let session = use_session();
    let user = session.user.clone();
    // What is on the table counts, saved or not.
    let studio = Studio::new(&user, &opened.stored);
    let (draft, current) = (studio.now(), opened.current.policy.clone());
    let (stage, come) = (RwSignal::new(Stage::Fetching), RwSignal::new(0_usize));
    let mistakes = check(&draft).len();
    let start = {
        let (user, draft) = (user.clone(), draft.clone());
        move |anew: bool| run(user.clone(), draft.clone(), current.clone(), stage, come, anew)
    };
    start(false);
    let again = Callback::new({
        let start = start.clone();
        move |()| start(true)
    });
    let publishing = RwSignal::new(false);
    let (back, title) = (format!("/policy/drafts/{}", opened.stored.id), draft.title.clone());
    let version = opened.current.summary.version;
    let meta = move || say!(rehearsal.against, local(lang(), &title), version);
    let at = {
        let user = user.clone();
        move || {
            book::kept(&user)
                .map(|book| say!(rehearsal.fetched, count(book.customers.len()), moment(book.at)))
        }
    };
    view! {
        <div>
            <Breadcrumb above=vec![above()] here=t!(rehearsal.title) />
            <PageHeader title=t!(rehearsal.title) meta=meta>
                <a class="fj-button fj-button--secondary" href=back>
                    {t!(rehearsal.back)}
                </a>
                <Button
                    label=t!(studio.bar.publish)
                    weight=Weight::Primary
                    on_press=Callback::new(move |()| publishing.set(true))
                />
            </PageHeader>
        </div>
        {(mistakes > 0)
            .then(|| view! { <Notice tone=NoticeTone::Warning title=move || say!(rehearsal.mistakes, mistakes) /> })}
        {move || match stage.get() {
            Stage::Fetching => view! { <Under text=move || say!(rehearsal.fetching, count(come.get())) /> }.into_any(),
            Stage::Counting => view! { <Under text=move || say!(rehearsal.counting).to_owned() /> }.into_any(),
            Stage::Failed(error) => view! { <Failure error retry=again /> }.into_any(),
            Stage::Done(outcome) if outcome.years.is_empty() => {
                view! { <Empty icon="chart" title=t!(rehearsal.empty) text=t!(rehearsal.empty_text) /> }.into_any()
            }
            Stage::Done(outcome) => {
                view! {
                    <p class="fj-cluster fj-cluster--tight fj-muted">
                        <span>{at()}</span>
                        <Button label=t!(rehearsal.anew) weight=Weight::Quiet small=true on_press=again />
                    </p>
                    <Years outcome />
                }
                    .into_any()
            }
        }}
        <Show when=move || publishing.get()>
            <PublishDialog
                studio
                stored=opened.stored.clone()
                current=opened.current.clone()
                on_close=Callback::new(move |()| publishing.set(false))
            />
        </Show>
    }
}

/// Something under way.
#[component]
fn Under(#[prop(into)] text: leptos::text_prop::TextProp) -> impl IntoView {
    view! {
        <section class="fj-panel">
            <div class="fj-panel__body fj-stack fj-stack--tight">
                <p role="status">{move || text.get()}</p>
                <Progress label=t!(rehearsal.title) percent=Signal::stored(None) />
            </div>
        </section>
    }
}

/// The year chosen, and what was found in it.
#[component]
fn Years(outcome: Arc<Outcome>) -> impl IntoView {
    let years: Vec<i32> = outcome.years.iter().map(|year| year.year).collect();
    // The latest year that anybody has figures of is the one to look at first.
    let first = outcome.years.iter().find(|year| year.customers > 0).map_or(0, |year| year.year);
    let chosen = RwSignal::new(first);
    let tab = move |year: i32| {
        view! {
            <button
                type="button"
                class="fj-chip"
                aria-pressed=move || if chosen.get() == year { "true" } else { "false" }
                on:click=move |_| chosen.set(year)
            >
                {move || say!(rehearsal.year, year)}
            </button>
        }
    };
    view! {
        <div class="fj-cluster fj-cluster--tight fj-no-print" role="group" aria-label=t!(figures.year)>
            {years.into_iter().map(tab).collect_view()}
        </div>
        {move || {
            let at = outcome.years.iter().position(|year| year.year == chosen.get())?;
            let verdict = outcome.years.get(at).map(Verdict::of)?;
            Some(view! {
                <p class="fj-verdict" role="status">
                    {move || verdict.said(lang())}
                </p>
                <Cost outcome=outcome.clone() at />
                <Shifts outcome=outcome.clone() at />
                <Movers outcome=outcome.clone() at />
            })
        }}
    }
}
