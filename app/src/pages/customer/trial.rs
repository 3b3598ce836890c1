//! The trial (试算): sliders, numbers and levels that regrade at every move, here in the browser.
//! Nothing of it is sent or saved; what was moved is remembered on this device.
//!
//! While a slider moves, a frame is for the slider and the grade alone; its number, its points and the panel
//! follow in the next one, and the ways up when it rests.

mod at_rest;
mod hand;
mod moves;
mod outcome;
mod parts;

use leptos::prelude::*;
use shared::dto::figures::YearDetail;
use shared::grading::{Assessment, Change, Compiled, grade, grade_plain};

use super::address;
use crate::components::customer::gates::Gates;
use crate::components::customer::panels::ControlPanels;
use crate::components::customer::score::ScoreHead;
use crate::components::customer::ways::Ways;
use crate::components::icon::Icon;
use crate::components::notice::RestoredNotice;
use crate::contexts::drafts::Draft;
use crate::contexts::policies::Published;
use crate::derive::what_if::{Control, Trial};
use crate::{say, t};
use at_rest::at_rest;
use hand::Hand;
use moves::Move;
use outcome::OutcomeBar;
use parts::Parts;

/// Longer than between two moves of a drag, shorter than anybody waits for.
const PAUSE_MS: u32 = 120;

/// What every control of the trial needs.
#[derive(Clone, Copy)]
struct Bench {
    hand: Hand,
    draft: Draft<Trial>,
    trial: Parts<Trial>,
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
    let (now, fast) = {
        let compiled = Compiled::new(&policy.policy, &cohort);
        (StoredValue::new(compiled.grade_plain(&detail.inputs)), compiled.grade_fast(&detail.inputs))
    };
    let hand = Hand::of(policy.clone(), cohort.clone(), detail.inputs.clone(), draft);
    let applied = move |trial: &Trial| real.with_value(|real| trial.applied(real));
    let all = {
        let (policy, cohort) = (policy.clone(), cohort.clone());
        Memo::new(move |_| grade_plain(&policy.policy, &cohort, &draft.value.with(applied)))
    };
    let (trial, graded) = (Parts::of(draft.value.into()), Parts::of(all.into()));
    let bench = Bench { hand, draft, trial, real, graded, now };
    let version = policy.summary.version;
    let ways = {
        let (policy, rested) = (policy.clone(), at_rest(draft.value.into(), PAUSE_MS));
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
                <OutcomeBar outcome=hand.outcome now=fast policy=policy.clone() on_reset=Callback::new(move |()| draft.discard()) />
            </div>
            <div class="fj-split__aside fj-stack fj-stack--loose">
                <section class="fj-panel fj-panel--sheet" aria-label=t!(customer.grade)>
                    <div class="fj-panel__body fj-stack">
                        <ScoreHead policy=policy.clone() all />
                        <Gates policy=policy.clone() all />
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
