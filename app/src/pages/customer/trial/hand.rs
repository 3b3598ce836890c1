//! What is under the hand. A move is graded at once, and its frame shows what it comes to and nothing else; once
//! that frame is done the draft has it, and whatever follows the draft. Little code is run within the frame, for
//! what a frame costs is mostly what has to be brought back into the processor's caches.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use shared::grading::{Cohort, Compiled, Fast, Input, Inputs};
use shared::id::Key;
use shared::number::Points;

use crate::contexts::drafts::Draft;
use crate::contexts::policies::Published;
use crate::derive::what_if::Trial;
use crate::signals::put;

/// What a trial comes to, in parts that wake what shows them only when they change.
#[derive(Clone, Copy)]
pub struct Outcome {
    /// The position of the tier, best first, and whether it is provisional.
    pub graded: RwSignal<(Option<usize>, bool)>,
    /// The score.
    pub score: RwSignal<Points>,
    /// Whether nothing is moved.
    pub untouched: RwSignal<bool>,
}

struct Held {
    policy: Published,
    cohort: Cohort,
    real: Inputs,
    trial: Trial,
    /// The trial applied to the real inputs.
    inputs: Inputs,
}

/// The trial as it is moved.
#[derive(Clone, Copy)]
pub struct Hand {
    held: StoredValue<Held>,
    draft: Draft<Trial>,
    later: StoredValue<Option<Timeout>, LocalStorage>,
    /// What it comes to.
    pub outcome: Outcome,
}

impl Held {
    fn grade(&self) -> Fast {
        Compiled::new(&self.policy.policy, &self.cohort).grade_fast(&self.inputs)
    }

    fn set(&mut self, key: &Key, input: Input) {
        self.trial.set(&self.real, key, input.clone());
        self.inputs.values.insert(key.clone(), input);
    }

    /// Whether it was another one.
    fn take(&mut self, trial: &Trial) -> bool {
        let other = self.trial != *trial;
        if other {
            self.trial = trial.clone();
            self.inputs = trial.applied(&self.real);
        }
        other
    }
}

impl Hand {
    /// Takes the draft in hand; what is done to the draft elsewhere is in hand too.
    pub fn of(policy: Published, cohort: Cohort, real: Inputs, draft: Draft<Trial>) -> Self {
        let trial = draft.value.get_untracked();
        let held = Held { inputs: trial.applied(&real), policy, cohort, real, trial };
        let grade = held.grade();
        let outcome = Outcome {
            graded: RwSignal::new((grade.tier, grade.provisional)),
            score: RwSignal::new(grade.score),
            untouched: RwSignal::new(held.trial.is_empty()),
        };
        let hand = Self { held: StoredValue::new(held), draft, later: StoredValue::new_local(None), outcome };
        Effect::new(move || {
            let other = |trial: &Trial| hand.held.try_update_value(|held| held.take(trial));
            if draft.value.with(other) == Some(true) {
                hand.show();
            }
        });
        hand
    }

    /// Moves an input.
    pub fn put(self, key: &Key, input: Input) {
        self.held.update_value(|held| held.set(key, input));
        self.show();
        // The timer before it is dropped, and so never rings.
        self.later.set_value(Some(Timeout::new(0, move || {
            if let Some(trial) = self.held.try_with_value(|held| held.trial.clone()) {
                self.draft.value.try_set(trial);
                // This is the task after the frame: a page that is left may have no other.
                self.draft.write();
            }
        })));
    }

    fn show(self) {
        let now = self.held.try_with_value(|held| (held.grade(), held.trial.is_empty()));
        if let Some((grade, untouched)) = now {
            put(self.outcome.graded, (grade.tier, grade.provisional));
            put(self.outcome.score, grade.score);
            put(self.outcome.untouched, untouched);
        }
    }
}
