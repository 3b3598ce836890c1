//! Grading the book anew by the version in force: the page takes the steps while it is open, shows how far
//! the run has come, and takes it up again when it is opened later.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::page::Page;
use shared::dto::policy::PolicyVersion;
use shared::dto::regrade::{Regrade, RegradePhase, StartRegrade, StepRegrade};
use shared::id::StandInId;

use crate::client::{self, Answer, Call};
use crate::clock::today;
use crate::components::button::{Button, Weight};
use crate::components::dialog::Confirm;
use crate::components::form::FormState;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::progress::Progress;
use crate::contexts::toasts;
use crate::derive::format::{count, moment};
use crate::derive::problem::explain;
use crate::drive::{Drive, Stepped, percent};
use crate::{say, t};

async fn newest() -> Answer<Option<Regrade>> {
    let page: Page<Regrade> = client::get("/regrades?limit=1").send().await?;
    Ok(page.items.into_iter().next())
}

/// Begins a run over last year and this one.
///
/// # Errors
/// [`ApiError`](client::ApiError); a conflict when one is open.
pub async fn start(years: Vec<i32>, key: &str) -> Answer<Regrade> {
    client::post("/regrades", &StartRegrade { years }).idempotent(key).send().await
}

impl Stepped for Regrade {
    fn is_open(&self) -> bool {
        self.phase.is_open()
    }

    // Nobody grades anew in another's place.
    fn step(&self, _: Option<StandInId>) -> Call {
        client::post(format!("/regrades/{}/step", self.id), &StepRegrade { at: self.position })
    }

    fn look(&self) -> Call {
        client::get(format!("/regrades/{}", self.id))
    }
}

/// The newest run: its progress while it is open, what came of it afterwards, and a way to begin one.
#[component]
pub fn RegradePanel(versions: Vec<PolicyVersion>) -> impl IntoView {
    let run = Drive::<Regrade>::new(None);
    spawn_local(async move {
        match newest().await {
            Ok(found) => {
                run.now.try_set(found);
                run.go();
            }
            Err(error) => {
                run.error.try_set(Some(error));
            }
        }
    });
    let (asking, state) = (RwSignal::new(false), FormState::new());
    // A run that begins or ends is another thing to show; its progress is not.
    let shown = Memo::new(move |_| {
        run.now.with(|now| {
            let now = now.as_ref()?;
            let version = versions.iter().find(|one| one.summary.id == now.policy);
            let over = (!now.phase.is_open()).then(|| now.clone());
            Some((now.id.clone(), version.map_or(0, |one| one.summary.version), over))
        })
    });
    let again = Callback::new(move |()| {
        let this = today().map_or(0, |today| today.year());
        spawn_local(async move {
            match start(vec![this - 1, this], &client::fresh_key()).await {
                Ok(begun) => run.begin(begun),
                Err(error) => toasts::error(explain(&error)),
            }
        });
    });
    let cancel = Callback::new(move |()| {
        let Some(id) = run.now.with_untracked(|now| now.as_ref().map(|now| now.id.clone())) else { return };
        state.begin();
        spawn_local(async move {
            let call = client::post(format!("/regrades/{id}/cancel"), &serde_json::json!({}));
            state.end(match call.send().await {
                Ok(over) => {
                    run.now.try_set(Some(over));
                    asking.try_set(false);
                    None
                }
                Err(error) => Some(error),
            });
        });
    });
    view! {
        <div class="fj-no-print" aria-live="polite">
            {move || {
                shown
                    .get()
                    .map(|(_, version, over)| match over {
                        None => view! { <Going run version asking /> }.into_any(),
                        Some(now) => view! { <Over now version again /> }.into_any(),
                    })
            }}
        </div>
        {move || {
            run.error
                .get()
                .map(|error| view! { <Notice tone=NoticeTone::Error title=move || explain(&error) /> })
        }}
        <Show when=move || asking.get()>
            <Confirm
                id="stop-regrade"
                title=t!(studio.regrade.stop_title)
                text=t!(studio.regrade.stop_text)
                yes=t!(studio.regrade.stop)
                state
                on_yes=cancel
                on_close=Callback::new(move |()| asking.set(false))
            />
        </Show>
    }
}

/// A run under way.
#[component]
fn Going(run: Drive<Regrade>, version: i64, asking: RwSignal<bool>) -> impl IntoView {
    let share =
        Signal::derive(move || run.now.with(|now| now.as_ref().and_then(|now| percent(now.done, now.total))));
    let count = move || {
        run.now.with(|now| {
            now.as_ref().map(|now| {
                let (done, total) = (count(now.done), count(now.total));
                say!(studio.regrade.count, phase(now.phase), done, total, count(now.changed))
            })
        })
    };
    view! {
        <section class="fj-panel" aria-labelledby="p-regrade">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-regrade">
                    {move || say!(studio.regrade.going, version)}
                </h2>
                <div class="fj-panel__actions">
                    {move || {
                        (!run.driving.get())
                            .then(|| {
                                let on_press = Callback::new(move |()| run.go());
                                view! { <Button label=t!(studio.regrade.go_on) small=true on_press /> }
                            })
                    }}
                    <Button
                        label=t!(studio.regrade.stop)
                        weight=Weight::Quiet
                        small=true
                        on_press=Callback::new(move |()| asking.set(true))
                    />
                </div>
            </header>
            <div class="fj-panel__body fj-stack fj-stack--tight">
                <p class="fj-progress-label">
                    <span>{count}</span>
                    <span class="fj-num">{move || share.get().map(|percent| format!("{percent} %"))}</span>
                </p>
                <Progress label=t!(studio.regrade.title) percent=share />
                <p class="fj-muted">{t!(studio.regrade.note)}</p>
            </div>
        </section>
    }
}

fn phase(phase: RegradePhase) -> &'static str {
    match phase {
        RegradePhase::Survey => say!(studio.regrade.survey),
        RegradePhase::Rank => say!(studio.regrade.rank),
        RegradePhase::Grade | RegradePhase::Done | RegradePhase::Cancelled => say!(studio.regrade.grade),
    }
}

/// What came of the newest run.
#[component]
fn Over(now: Regrade, version: i64, again: Callback<()>) -> impl IntoView {
    let when = now.finished_at.map(moment).unwrap_or_default();
    let changed = count(now.changed);
    let done = now.phase == RegradePhase::Done;
    let text = move || {
        if done {
            say!(studio.regrade.done, when, version, changed)
        } else {
            say!(studio.regrade.cancelled, when, version, changed)
        }
    };
    let class = if done { "fj-notice fj-notice--success" } else { "fj-notice fj-notice--warning" };
    view! {
        <div class=class role="status">
            <crate::components::icon::Icon name=if done { "check" } else { "alert" } />
            <div class="fj-notice__body">
                <p class="fj-notice__title">{text}</p>
            </div>
            <div class="fj-notice__actions">
                <Button label=t!(studio.regrade.again) weight=Weight::Quiet small=true on_press=again />
            </div>
        </div>
    }
}
