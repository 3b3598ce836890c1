//! The trial (试算): sliders, numbers and levels that regrade at every move, here in the browser.
//! Nothing of it is sent or saved; what was moved is remembered on this device.
//!
//! While a slider moves, a frame is for the slider and the grade alone; its number and the panel follow in the
//! next one, and the ways up when it rests.

mod moves;
mod parts;

use leptos::prelude::*;
use shared::dto::figures::YearDetail;
use shared::grading::{Assessment, Change, grade, grade_plain};

use super::address;
use crate::components::button::{Button, Weight};
use crate::components::customer::gates::Gates;
use crate::components::customer::panels::ControlPanels;
use crate::components::customer::score::{ScoreHead, delta};
use crate::components::customer::ways::Ways;
use crate::components::customer::{grade_words, rank};
use crate::components::icon::Icon;
use crate::components::notice::RestoredNotice;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::drafts::Draft;
use crate::contexts::policies::Published;
use crate::derive::format;
use crate::derive::spacing::tidy;
use crate::derive::what_if::{Control, Trial};
use crate::rest::at_rest;
use crate::{say, t};
use moves::Move;
use parts::Parts;

/// Longer than between two moves of a drag, shorter than anybody waits for.
const PAUSE_MS: u32 = 120;

/// What every control of the trial needs.
#[derive(Clone, Copy)]
struct Bench {
    draft: Draft<Trial>,
    trial: Parts<Trial>,
    /// The trial once the frame of a move is done.
    settled: Parts<Trial>,
    real: StoredValue<shared::grading::Inputs>,
    graded: Parts<Assessment>,
    now: StoredValue<Assessment>,
}

/// The trial of a year.
#[component]
pub fn TrialView(
    id: String,
    year: i32,
    policy: Published,
    detail: YearDetail,
    controls: Vec<Control>,
    draft: Draft<Trial>,
    attempt: Callback<Vec<Change>>,
) -> impl IntoView {
    let real = StoredValue::new(detail.inputs.clone());
    // The real inputs under the same policy: what the trial is held against.
    let cohort = detail.cohort.clone().unwrap_or_default();
    let now = StoredValue::new(grade_plain(&policy.policy, &cohort, &detail.inputs));
    let applied = move |trial: &Trial| real.with_value(|real| trial.applied(real));
    let all = {
        let (policy, cohort) = (policy.clone(), cohort.clone());
        Memo::new(move |_| grade_plain(&policy.policy, &cohort, &draft.value.with(applied)))
    };
    let panel = Memo::new(move |_| {
        draft.settled.track();
        all.get_untracked()
    });
    let (trial, settled) = (Parts::of(draft.value.into()), Parts::of(draft.settled.into()));
    let bench = Bench { draft, trial, settled, real, graded: Parts::of(all.into()), now };
    let version = policy.summary.version;
    let ways = {
        let (policy, rested) = (policy.clone(), at_rest(draft.settled.into(), PAUSE_MS));
        move || {
            let inputs = rested.with(applied);
            let all = grade(&policy.policy, &cohort, &inputs);
            view! { <Ways policy=policy.clone() all inputs on_try=attempt /> }
        }
    };
    view! {
        <div class="fj-page-header__row fj-no-print">
            <h2 class="fj-page-header__title">{t!(what_if.title)}</h2>
            <p class="fj-page-header__meta">
                {t!(what_if.note)} " · " {move || say!(what_if.basis, year, version)}
            </p>
            <div class="fj-page-header__actions">
                <a class="fj-button fj-button--secondary" href=address(&id, year, false)>
                    <Icon name="close" />
                    {t!(what_if.close)}
                </a>
            </div>
        </div>
        <RestoredNotice shown=draft.restored on_discard=Callback::new(move |()| draft.discard()) />
        <div class="fj-split">
            <div class="fj-split__main fj-stack fj-stack--loose">
                <ControlPanels controls let:control>
                    <Move bench control />
                </ControlPanels>
                <Outcome bench policy=policy.clone() />
            </div>
            <div class="fj-split__aside fj-stack fj-stack--loose">
                <section class="fj-panel fj-panel--sheet" aria-label=t!(customer.grade)>
                    <div class="fj-panel__body fj-stack">
                        <ScoreHead policy=policy.clone() all=panel />
                        <Gates policy=policy.clone() all=panel />
                    </div>
                </section>
                <section class="fj-panel" aria-labelledby="p-trial-ways">
                    <header class="fj-panel__header">
                        <h2 class="fj-panel__title" id="p-trial-ways">
                            {t!(way.title)}
                        </h2>
                    </header>
                    <div class="fj-panel__body fj-stack">{ways}</div>
                </section>
            </div>
        </div>
    }
}

/// What the trial comes to, always in sight.
#[component]
fn Outcome(bench: Bench, policy: Published) -> impl IntoView {
    let Bench { draft, trial, graded: parts, now, .. } = bench;
    let all = parts.whole();
    let place = {
        let policy = policy.clone();
        move |all: &Assessment| rank(&policy.policy, all.tier.as_ref())
    };
    let graded = parts.part(|all| (all.tier.clone(), all.provisional));
    let before = now.with_value(&place);
    let way = parts.part(move |all| match (before, place(all)) {
        (Some(before), Some(after)) => after.cmp(&before),
        (None, Some(_)) => std::cmp::Ordering::Less,
        (Some(_), None) => std::cmp::Ordering::Greater,
        (None, None) => std::cmp::Ordering::Equal,
    });
    let class = move || match way.get() {
        std::cmp::Ordering::Less => "fj-outcome fj-outcome--up fj-no-print",
        std::cmp::Ordering::Greater => "fj-outcome fj-outcome--down fj-no-print",
        std::cmp::Ordering::Equal => "fj-outcome fj-outcome--same fj-no-print",
    };
    let stamp = move |size: StampSize, all: &Assessment| {
        let (tier, provisional) = (all.tier.clone(), all.provisional);
        let rank = rank(&policy.policy, tier.as_ref());
        let name = tier.clone().map(String::from);
        view! { <Stamp size tier=name rank provisional label=move || grade_words(tier.as_ref(), provisional) /> }
    };
    let before_stamp = {
        let stamp = stamp.clone();
        move || now.with_value(|now| stamp(StampSize::S, now))
    };
    let after_stamp = move || {
        graded.track();
        all.with_untracked(|all| stamp(StampSize::M, all))
    };
    let untouched = trial.part(Trial::is_empty);
    let text = move || {
        let words = |all: &Assessment| grade_words(all.tier.as_ref(), false);
        // Nothing else of the assessment is spoken of.
        graded.track();
        let (before, after) = (now.with_value(words), all.with_untracked(words));
        let (had, has) = (now.with_value(|now| now.tier.is_some()), graded.with(|(tier, _)| tier.is_some()));
        tidy(&match (way.get(), had, has) {
            _ if untouched.get() => say!(what_if.same, before),
            (std::cmp::Ordering::Equal, ..) => say!(what_if.still, after),
            (_, false, true) => say!(what_if.graded, after),
            (_, true, false) => say!(what_if.ungraded, before),
            (std::cmp::Ordering::Less, ..) => say!(what_if.up, before, after),
            (std::cmp::Ordering::Greater, ..) => say!(what_if.down, before, after),
        })
    };
    let score = parts.part(|all| all.score);
    let moved = move || {
        let gained = score.get().minus(now.with_value(|now| now.score));
        (gained.get() != 0).then(|| delta(gained))
    };
    view! {
        <output class=class aria-live="polite">
            {before_stamp}
            <Icon name="arrow-right" />
            {after_stamp}
            <span class="fj-outcome__figure">{move || format::points(score.get())} " " {moved}</span>
            <span class="fj-outcome__actions">
                <Button
                    label=t!(what_if.reset_all)
                    weight=Weight::Quiet
                    small=true
                    disabled=untouched
                    on_press=Callback::new(move |()| draft.discard())
                />
            </span>
            <span class="fj-outcome__text">{text}</span>
        </output>
    }
}
