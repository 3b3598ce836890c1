//! Gates: what bounds the tier whatever the score.

use super::{Condition, Effect, Gate, GateOutcome, GateState, Input, Policy, Test};
use crate::id::Label;

impl Condition {
    /// Whether it holds for an input; `None` when the input cannot tell.
    #[must_use]
    pub fn holds(&self, input: &Input) -> Option<bool> {
        self.test.holds(input)
    }
}

impl Test {
    /// Whether the answer is yes for an input; `None` when the input cannot tell.
    #[must_use]
    pub fn holds(&self, input: &Input) -> Option<bool> {
        match (self, input) {
            (Self::AtLeast(bound), Input::Measured { value }) => Some(value >= bound),
            (Self::Above(bound), Input::Measured { value }) => Some(value > bound),
            (Self::AtMost(bound), Input::Measured { value }) => Some(value <= bound),
            (Self::Below(bound), Input::Measured { value }) => Some(value < bound),
            (Self::OneOf(levels), Input::Judged { level }) => Some(levels.contains(level)),
            (Self::NoneOf(levels), Input::Judged { level }) => Some(!levels.contains(level)),
            (
                Self::AtLeast(_)
                | Self::Above(_)
                | Self::AtMost(_)
                | Self::Below(_)
                | Self::OneOf(_)
                | Self::NoneOf(_),
                Input::Measured { .. } | Input::Judged { .. } | Input::Missing | Input::NotApplicable,
            ) => None,
        }
    }

    /// The number it asks about.
    #[must_use]
    pub const fn bound(&self) -> Option<i64> {
        match self {
            Self::AtLeast(bound) | Self::Above(bound) | Self::AtMost(bound) | Self::Below(bound) => {
                Some(*bound)
            }
            Self::OneOf(_) | Self::NoneOf(_) => None,
        }
    }
}

impl Gate {
    /// Whether it fires for an input. What does not apply to a customer never fires.
    #[must_use]
    pub fn state(&self, input: &Input) -> GateState {
        if matches!(input, Input::NotApplicable) {
            return GateState::Idle;
        }
        let required = matches!(self.effect, Effect::Require { .. });
        match self.when.holds(input) {
            None => GateState::Unknown,
            Some(holds) if holds != required => GateState::Fired,
            Some(_) => GateState::Idle,
        }
    }

    /// Whether it acts in a state: one that fired does, and a requirement of which nothing is known
    /// is not met, for missing data never earns.
    #[must_use]
    pub fn acts(&self, state: GateState) -> bool {
        acts(&self.effect, state)
    }
}

impl GateOutcome {
    /// Whether the gate acts, as [`Gate::acts`].
    pub(super) fn acts(&self) -> bool {
        acts(&self.effect, self.state)
    }
}

fn acts(effect: &Effect, state: GateState) -> bool {
    match state {
        GateState::Fired => true,
        GateState::Unknown => matches!(effect, Effect::Require { .. }),
        GateState::Idle => false,
    }
}

/// A tier's position, best first; a tier unknown to the policy is past the last.
pub(super) fn rank(policy: &Policy, tier: &Label) -> usize {
    policy.tiers.iter().position(|one| one.key == *tier).unwrap_or(policy.tiers.len())
}

/// The best and the worst position that an acting gate leaves open.
pub(super) fn bounds(policy: &Policy, effect: &Effect) -> Room {
    let last = policy.tiers.len().saturating_sub(1);
    let (best, worst) = match effect {
        Effect::Cap { tier } => (rank(policy, tier), last),
        Effect::Require { tier } => (rank(policy, tier).saturating_add(1), last),
        Effect::Floor { tier } => (0, rank(policy, tier)),
        Effect::Provisional => (0, last),
    };
    let within = |position: usize| u32::try_from(position.min(last)).unwrap_or(u32::MAX);
    Room { best: within(best), worst: within(worst) }
}

/// The positions that gates leave open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    best: u32,
    worst: u32,
}

impl Room {
    /// The last place there is.
    pub(super) const LAST: Self = Self { best: u32::MAX, worst: u32::MAX };

    /// All there is.
    pub(super) const ALL: Self = Self { best: 0, worst: u32::MAX };

    /// What two gates leave open together.
    pub(super) fn and(self, other: Self) -> Self {
        Self { best: self.best.max(other.best), worst: self.worst.min(other.worst) }
    }

    /// At least what either of two leaves open, seen from below.
    pub(super) fn or(self, other: Self) -> Self {
        Self { best: self.best.min(other.best), worst: self.worst.min(other.worst) }
    }

    /// Whether it has no place for a position or a better one.
    pub(super) const fn bars(self, goal: usize) -> bool {
        self.best as usize > goal
    }

    /// Whether it has places only for a position and better ones, unless it bars them.
    pub(super) const fn lifts(self, goal: usize) -> bool {
        self.worst as usize <= goal
    }

    /// Moves a position into it. Floors come first, then caps and requirements: where they meet, the
    /// cap wins.
    pub(super) fn bound(self, scored: usize) -> Bounded {
        let lifted = scored.min(self.worst as usize);
        Bounded { scored, lifted, last: lifted.max(self.best as usize) }
    }
}

/// How gates move a position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounded {
    /// Before the gates.
    scored: usize,
    /// After the floors.
    lifted: usize,
    /// After caps and requirements as well.
    pub(super) last: usize,
}

impl Bounded {
    /// Whether an acting gate, which leaves this room, is one of those that set the tier: a floor that
    /// lifted it and was not overruled altogether, or a cap or requirement that lowered it.
    pub(super) fn decided_by(self, room: Room) -> bool {
        let (best, worst) = (room.best as usize, room.worst as usize);
        let lifts = worst == self.lifted && self.lifted < self.scored && self.last < self.scored;
        let lowers = best == self.last && self.last > self.lifted;
        lifts || lowers
    }
}
