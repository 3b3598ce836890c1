//! How far a cycle has come: its acts, the work that goes on by itself, and what was done to it.

use leptos::prelude::*;
use shared::dto::review::{CycleOverview, CycleRow, ReviewStep};
use shared::id::StandInId;
use shared::permission::Action;
use shared::review::{CycleStep, Phase};

use crate::client::{self, Call};
use crate::components::button::Button;
use crate::components::icon::{Icon, IconSize};
use crate::components::notice::{Notice, NoticeTone};
use crate::components::progress::Progress;
use crate::contexts::session::use_session;
use crate::derive::format::{self, moment};
use crate::derive::problem::explain;
use crate::derive::review::{Act, act};
use crate::derive::stand_ins::InName;
use crate::drive::{Drive, Stepped, percent};
use crate::{say, t};

/// The four acts, the present one marked.
#[component]
pub fn Acts(phase: Phase) -> impl IntoView {
    let now = act(&phase);
    let step = move |one: Act| {
        let name = move || match one {
            Act::Gather => say!(review.act.gather),
            Act::Meet => say!(review.act.meet),
            Act::Approve => say!(review.act.approve),
            Act::Publish => say!(review.act.publish),
        };
        let done = now.is_none_or(|now| one < now);
        view! {
            <li
                class="fj-stepper__step"
                class:fj-stepper__step--done=done
                aria-current=(now == Some(one)).then_some("step")
            >
                <span class="fj-stepper__label">{name}</span>
            </li>
        }
    };
    view! { <ol class="fj-stepper" aria-label=t!(review.acts)>{Act::ALL.map(step).collect_view()}</ol> }
}

impl Stepped for CycleRow {
    fn is_open(&self) -> bool {
        match &self.cycle.phase {
            Phase::Opening { .. } => true,
            // Before its day a publication waits.
            Phase::Publishing { effective, .. } => {
                crate::clock::today().is_some_and(|today| *effective <= today)
            }
            Phase::Gathering | Phase::Meeting { .. } | Phase::Concluded { .. } | Phase::Published { .. } => {
                false
            }
        }
    }

    fn step(&self, stand_in: Option<StandInId>) -> Call {
        let body = ReviewStep { at: self.progress.position, stand_in };
        client::post(format!("/reviews/{}/step", self.cycle.id), &body)
    }

    fn look(&self) -> Call {
        client::get(format!("/reviews/{}", self.cycle.id))
    }
}

/// The forms being made or published, while they are.
#[component]
pub fn Working(overview: CycleOverview, name: InName, reload: Callback<()>) -> impl IntoView {
    let CycleOverview { cycle, version, progress, .. } = overview;
    let publishing = match &cycle.phase {
        Phase::Opening { .. } => false,
        Phase::Publishing { effective, .. } => {
            let row = CycleRow { cycle: cycle.clone(), version, progress };
            if !row.is_open() {
                let effective = *effective;
                return view! {
                    <Notice tone=NoticeTone::Info title=move || say!(review.published_on, effective) />
                }
                .into_any();
            }
            true
        }
        Phase::Gathering | Phase::Meeting { .. } | Phase::Concluded { .. } | Phase::Published { .. } => {
            return ().into_any();
        }
    };
    let work = Drive::acting(Some(CycleRow { cycle, version, progress }), name.stand_in());
    // Whoever may not take steps sees how far it was when the page was opened.
    let drives = name.may(use_session().role, Action::RunReview);
    if drives {
        work.go();
    }
    let over = Memo::new(move |_| work.now.with(|now| now.as_ref().is_some_and(|now| !now.is_open())));
    Effect::new(move || {
        if over.get() {
            reload.run(());
        }
    });
    let share = Signal::derive(move || {
        work.now.with(|now| now.as_ref().and_then(|now| percent(now.progress.done, now.progress.total)))
    });
    let count = move || {
        let (done, total) =
            work.now.with(|now| now.as_ref().map_or((0, 0), |now| (now.progress.done, now.progress.total)));
        say!(review.work_count, format::count(done), format::count(total))
    };
    let title = move || if publishing { say!(review.publishing) } else { say!(review.opening) };
    view! {
        <section class="fj-panel" aria-labelledby="review-work" aria-live="polite">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="review-work">
                    {title}
                </h2>
                <Show when=move || drives && !work.driving.get() && !over.get()>
                    <div class="fj-panel__actions">
                        <Button
                            label=t!(studio.regrade.go_on)
                            small=true
                            on_press=Callback::new(move |()| work.go())
                        />
                    </div>
                </Show>
            </header>
            <div class="fj-panel__body fj-stack fj-stack--tight">
                <p class="fj-progress-label">
                    <span>{count}</span>
                    <span class="fj-num">{move || share.get().map(|share| format!("{share} %"))}</span>
                </p>
                <Progress label=title percent=share />
                <p class="fj-muted">{t!(studio.regrade.note)}</p>
                {move || {
                    work.error
                        .get()
                        .map(|error| view! { <Notice tone=NoticeTone::Error title=move || explain(&error) /> })
                }}
            </div>
        </section>
    }
    .into_any()
}

/// What was done to the cycle, newest first, as sentences.
#[component]
pub fn Trail(overview: CycleOverview) -> impl IntoView {
    let people = overview.people;
    let item = |entry: shared::review::CycleEntry| {
        let name = |id| people.get(id).map_or_else(|| "—".to_owned(), ToString::to_string);
        let (who, absent) = (name(&entry.hand.user), entry.hand.on_behalf_of.as_ref().map(name));
        let step = entry.step;
        let title = move || {
            let who = match &absent {
                Some(absent) => say!(review.in_place_of, who, absent),
                None => who.clone(),
            };
            match step {
                CycleStep::Open => say!(review.did.open, who),
                CycleStep::Gather => say!(review.did.gather).to_owned(),
                CycleStep::MoveClose => say!(review.did.move_close, who),
                CycleStep::Convene => say!(review.did.convene, who),
                CycleStep::Conclude => say!(review.did.conclude, who),
                CycleStep::Publish => say!(review.did.publish, who),
                CycleStep::Finish => say!(review.did.finish).to_owned(),
            }
        };
        let reason = entry.reason.map(|reason| {
            view! { <p class="fj-timeline__note">{move || say!(event.reason, reason)}</p> }
        });
        view! {
            <li class="fj-timeline__item">
                <Icon name="check" size=IconSize::Small />
                <div class="fj-timeline__body">
                    <p class="fj-timeline__title">{title}</p>
                    <p class="fj-timeline__meta">
                        <time>{moment(entry.at)}</time>
                    </p>
                    {reason}
                </div>
            </li>
        }
    };
    view! {
        <section class="fj-panel" aria-labelledby="review-trail">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="review-trail">
                    {t!(customer.history)}
                </h2>
            </header>
            <div class="fj-panel__body">
                <ol class="fj-timeline">{overview.trail.into_iter().rev().map(item).collect_view()}</ol>
            </div>
        </section>
    }
}
