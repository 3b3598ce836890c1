//! A customer to try the draft on: one of the book, or made up. Its grade and every sentence of it follow
//! the draft as it is written.

mod inputs;

use std::sync::Arc;

use leptos::prelude::*;
use shared::dto::customer::{CustomerPage, CustomerRow};
use shared::dto::page::Page;
use shared::dto::policy::PublishedPolicy;
use shared::grading::{Assessment, Cohort, Inputs, Method, Policy, Scoring, grade};
use shared::id::{CustomerId, Label, Name};

use self::inputs::InputFields;
use crate::client::{self, Answer};
use crate::components::button::{Button, Weight};
use crate::components::customer::gates::Gates;
use crate::components::customer::grade_words;
use crate::components::customer::indicators::Indicators;
use crate::components::customer::score::{ScoreHead, delta};
use crate::components::icon::Icon;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::cohorts;
use crate::contexts::policies::Published;
use crate::derive::format;
use crate::derive::look::Look;
use crate::derive::problem::explain;
use crate::pages::studio::store::Studio;
use crate::{say, t};

/// Whom the draft is tried on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sample {
    /// The customer's name, and the year of its figures; none for a made-up one.
    pub who: Option<(Name, i32)>,
    /// What is known of it.
    pub inputs: Inputs,
    /// The cohort in which the version in force grades it.
    pub cohort: Cohort,
}

/// Most customers that a search shows.
const SHOWN: u32 = 6;

async fn search(q: String) -> Answer<Vec<CustomerRow>> {
    if q.trim().is_empty() {
        return Ok(Vec::new());
    }
    let path = client::with_query("/customers", &[("q", Some(q)), ("limit", Some(SHOWN.to_string()))]);
    let page: Page<CustomerRow> = client::get(path).send().await?;
    Ok(page.items)
}

async fn take(id: CustomerId) -> Answer<Option<Sample>> {
    let page: CustomerPage = client::get(format!("/customers/{id}")).send().await?;
    let latest = page.years.into_iter().find_map(|view| Some((view.year, view.detail?.inputs)));
    Ok(latest.map(|(year, inputs)| {
        let cohort = page.cohorts.get(&year).cloned().unwrap_or_default();
        Sample { who: Some((page.customer.name.clone(), year)), inputs, cohort }
    }))
}

/// The trial: the customer, and its grade under the draft and under the version in force.
#[derive(Clone, Copy)]
pub struct Bench {
    studio: Studio,
    sample: RwSignal<Sample>,
    then: Memo<Assessment>,
    now: Memo<Assessment>,
    current: StoredValue<Published>,
}

impl Bench {
    /// A made-up customer of whom nothing is known.
    #[must_use]
    pub fn new(studio: Studio, current: Published) -> Self {
        let sample = RwSignal::new(Sample::default());
        let policy = current.clone();
        Self {
            studio,
            sample,
            then: Memo::new(move |_| {
                let cohort = cohorts::of_draft(year(sample));
                sample.with(|sample| studio.with(|policy| grade(policy, &cohort, &sample.inputs)))
            }),
            now: Memo::new(move |_| {
                sample.with(|sample| grade(&policy.policy, &sample.cohort, &sample.inputs))
            }),
            current: StoredValue::new(current),
        }
    }
}

/// The year of the figures.
fn year(sample: RwSignal<Sample>) -> Option<i32> {
    sample.with(|sample| sample.who.as_ref().map(|(_, year)| *year))
}

/// The panel.
#[component]
pub fn SamplePanel(bench: Bench) -> impl IntoView {
    let (studio, sample) = (bench.studio, bench.sample);
    let named = move || {
        sample.with(|sample| match &sample.who {
            Some((name, year)) => say!(studio.sample.of_year, name, year),
            None => say!(studio.sample.made_up).to_owned(),
        })
    };
    view! {
        <section class="fj-panel" id="sample" tabindex="-1" aria-labelledby="p-sample">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-sample">
                    {t!(studio.sample.title)}
                </h2>
                <p class="fj-panel__note">{named}</p>
            </header>
            <div class="fj-panel__body fj-stack">
                <Choose sample />
                <Outcome bench />
                <details class="fj-more-fields">
                    <summary>{t!(studio.sample.change)}</summary>
                    <InputFields studio sample />
                </details>
            </div>
        </section>
    }
}

/// On a narrow screen, where the panel is far below: what the draft does to the customer, always in sight.
#[component]
pub fn Follow(bench: Bench) -> impl IntoView {
    let chosen = Memo::new(move |_| bench.sample.with(|sample| sample.who.is_some()));
    let stamp = move |of: Memo<Assessment>, policy: Arc<shared::grading::Policy>, size: StampSize| {
        let (tier, provisional) = of.with(|all| (all.tier.clone(), all.provisional));
        let look = Look::of(&policy.tiers, tier.as_ref());
        view! { <Stamp size tier=tier.map(String::from) look provisional /> }
    };
    let draft = bench.studio.memo(|policy| Arc::new(policy.clone()));
    let in_force = Arc::new(bench.current.with_value(|current| current.policy.clone()));
    let figure = move || {
        bench.then.with(|all| if all.tier.is_some() { format::points(all.score) } else { "—".to_owned() })
    };
    let moved = move || {
        let (now, then) = (bench.now.get(), bench.then.get());
        (now.tier.is_some() && then.tier.is_some()).then(|| delta(then.score.minus(now.score)))
    };
    let name = move || bench.sample.with(|sample| sample.who.as_ref().map(|(name, _)| name.to_string()));
    view! {
        <Show when=move || chosen.get()>
            <a class="fj-outcome fj-outcome--follow fj-no-print" href="#sample" rel="external">
                {
                    let in_force = in_force.clone();
                    move || stamp(bench.now, in_force.clone(), StampSize::S)
                }
                <Icon name="arrow-right" />
                {move || stamp(bench.then, draft.get(), StampSize::M)}
                <span class="fj-outcome__figure">{figure} " " {moved}</span>
                <span class="fj-outcome__text">{name}</span>
            </a>
        </Show>
    }
}

/// Looks a customer of the book up.
#[component]
fn Choose(sample: RwSignal<Sample>) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let asked = RwSignal::new(String::new());
    // Typing asks once it pauses.
    let pause = StoredValue::new_local(None::<gloo_timers::callback::Timeout>);
    let found: LocalResource<Answer<Vec<CustomerRow>>> = LocalResource::new(move || search(asked.get()));
    let pick = move |id: CustomerId| {
        leptos::task::spawn_local(async move {
            match take(id).await {
                Ok(Some(chosen)) => {
                    sample.try_set(chosen);
                    query.try_set(String::new());
                    asked.try_set(String::new());
                }
                Ok(None) => crate::contexts::toasts::error(say!(studio.sample.no_figures).to_owned()),
                Err(error) => crate::contexts::toasts::error(explain(&error)),
            }
        });
    };
    let option = move |row: CustomerRow| {
        let (id, code) = (row.id.clone(), row.code.to_string());
        view! {
            <li>
                <button type="button" class="fj-pick" on:click=move |_| pick(id.clone())>
                    <span>{row.name.to_string()}</span>
                    <span class="fj-code">{code}</span>
                </button>
            </li>
        }
    };
    view! {
        <div class="fj-stack fj-stack--tight">
            <div class="fj-cluster">
            <label class="fj-search">
                <span class="fj-visually-hidden">{t!(studio.sample.search)}</span>
                <Icon name="search" />
                <input
                    class="fj-search__input"
                    type="search"
                    autocomplete="off"
                    placeholder=t!(studio.sample.search)
                    prop:value=move || query.get()
                    on:input:target=move |event| {
                        let typed = event.target().value();
                        query.set(typed.clone());
                        pause.set_value(Some(gloo_timers::callback::Timeout::new(250, move || {
                            asked.try_set(typed);
                        })));
                    }
                />
            </label>
            </div>
            <div role="status"><ul class="fj-picks">
                {move || match found.get() {
                    Some(Ok(rows)) if rows.is_empty() && !asked.with(String::is_empty) => {
                        view! { <li class="fj-muted">{t!(customers.no_match)}</li> }.into_any()
                    }
                    Some(Ok(rows)) => rows.into_iter().map(option).collect_view().into_any(),
                    Some(Err(error)) => view! { <li class="fj-muted">{explain(&error)}</li> }.into_any(),
                    None => ().into_any(),
                }}
            </ul></div>
            <Show when=move || sample.with(|sample| *sample != Sample::default())>
                <div>
                    <Button
                        label=t!(studio.sample.clear)
                        weight=Weight::Quiet
                        small=true
                        on_press=Callback::new(move |()| sample.set(Sample::default()))
                    />
                </div>
            </Show>
        </div>
    }
}

/// Whether a policy measures customers against each other.
fn needs_cohort(policy: &Policy) -> bool {
    let best = |scoring: &Scoring| matches!(scoring, Scoring::Best(_));
    matches!(policy.method, Method::Quota(_))
        || policy.indicators.iter().any(|one| best(&one.scoring) || one.by_segment.values().any(best))
}

/// The grade under the draft beside the one under the version in force.
#[component]
fn Outcome(bench: Bench) -> impl IntoView {
    let Bench { studio, sample, then: all, now, current } = bench;
    let summary = current.with_value(|current| current.summary.clone());
    let version = summary.version;
    let published = studio
        .memo(move |policy| Arc::new(PublishedPolicy { summary: summary.clone(), policy: policy.clone() }));
    let compared = move || {
        let (now, then) = (now.get(), all.get());
        let words = grade_words(now.tier.as_ref(), now.provisional);
        let points = if now.tier.is_some() { format::points(now.score) } else { "—".to_owned() };
        let moved = (now.tier.is_some() && then.tier.is_some()).then(|| delta(then.score.minus(now.score)));
        view! {
            <p class="fj-cluster fj-cluster--tight">
                <span>{say!(studio.sample.in_force, version, words, points)}</span>
                {moved}
            </p>
        }
    };
    // What is measured against all customers is not known before they were gone through once.
    let alone =
        Memo::new(move |_| studio.with(needs_cohort) && cohorts::of_draft(year(sample)) == Cohort::default());
    let segment: Memo<Option<Label>> =
        Memo::new(move |_| sample.with(|sample| sample.inputs.segment.clone()));
    view! {
        <Show when=move || alone.get()>
            <Notice tone=NoticeTone::Info title=t!(studio.sample.alone) />
        </Show>
        {move || {
            let policy = published.get();
            view! {
                <ScoreHead policy=policy.clone() all />
                <Gates policy all />
            }
        }}
        {compared}
        {move || view! { <Indicators policy=published.get() all=all.get() segment=segment.get() /> }}
    }
}
