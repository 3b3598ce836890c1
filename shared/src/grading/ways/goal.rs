//! What it takes to reach a tier.

use super::share::Share;
use crate::grading::evidence::least_known;
use crate::grading::method::Standing;
use crate::grading::sums::Sums;
use crate::grading::{Compiled, Input, Policy};
use crate::number::{Points, nearest};

/// A tier to reach.
pub(super) struct Goal {
    pub(super) position: usize,
    /// The scores at which the method may turn, ascending.
    turns: Vec<Points>,
    /// Where the score alone decides: the least that is enough; `None` where none is.
    least: Option<Points>,
}

impl Goal {
    pub(super) fn new(compiled: &Compiled<'_>, position: usize) -> Self {
        let Compiled { policy, cohort, method, .. } = *compiled;
        let mut turns = method.turns(policy, cohort, position);
        turns.sort_unstable();
        let reached = |score: &Points| {
            let standing = Standing { policy, cohort, score: *score, look: &|_| &Input::Missing };
            method.place(standing).is_some_and(|place| place <= position)
        };
        // It can be reached only where the method turns, or is from the start.
        let least = std::iter::once(Points::clamped(i128::MIN)).chain(turns.iter().copied()).find(reached);
        Self { position, turns, least }
    }

    /// How much a customer of some sums must have earned for each score at which the method may turn.
    pub(super) fn turns<'g>(&'g self, policy: &'g Policy, now: Sums) -> impl Iterator<Item = i64> + 'g {
        self.turns.iter().filter_map(move |score| now.least_for(policy, *score)).map(nearest)
    }

    /// What a customer of some sums needs for it, if that can be said by what is earned and known.
    pub(super) fn need(&self, compiled: &Compiled<'_>, now: Sums) -> Option<Need> {
        if !compiled.method.is_by_score() || now.is_weightless() {
            return None;
        }
        let earned = match self.least {
            Some(score) => now.least_for(compiled.policy, score)?,
            None => i128::MAX,
        };
        let known = nearest(least_known(compiled.policy, now));
        Some(Need { position: self.position, earned: nearest(earned), known })
    }
}

/// What a customer needs for a goal, where the score alone decides: so much earned, unless a gate lifts the
/// customer there, so much known, and no gate that bars it. More of it never does harm.
#[derive(Clone, Copy)]
pub(super) struct Need {
    position: usize,
    pub(super) earned: i64,
    known: i64,
}

impl Need {
    pub(super) fn is_met(self, all: Share) -> bool {
        !all.room.bars(self.position)
            && (all.earned >= self.earned || all.room.lifts(self.position))
            && all.known >= self.known
    }

    /// How much more must be earned than by a share; no end to it downwards where a gate may lift the customer to
    /// the goal, whatever is earned.
    pub(super) fn short(self, of: Share) -> i64 {
        if of.room.lifts(self.position) { i64::MIN } else { self.earned.saturating_sub(of.earned) }
    }

    /// Whether one share helps more than another in any way.
    pub(super) fn is_helped(self, by: Share, more_than: Share) -> bool {
        let (new, old) = (by.room, more_than.room);
        by.earned > more_than.earned
            || by.known > more_than.known
            || (old.bars(self.position) && !new.bars(self.position))
            || (!old.lifts(self.position) && new.lifts(self.position))
    }
}
