//! What the indicators come to together.

use super::context::Context;
use super::scoring::Kind;
use super::{Cohort, Input, Inputs, Marks, Policy};
use crate::number::{Points, div_round};

/// What an indicator adds to the sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Part {
    weight: i128,
    known: i128,
    applicable: i128,
    earned: i128,
    best: i128,
    worst: i128,
}

impl Part {
    /// What an input adds for an indicator of some full marks that is scored in some way.
    pub(super) fn of(weight: Points, kind: &dyn Kind, context: Context<'_>, input: &Input) -> Self {
        let weight = i128::from(weight.get());
        match (kind.points(input, context), input) {
            (_, Input::NotApplicable) => Self { weight, ..Self::default() },
            (Some(points), _) => {
                let earned = i128::from(points.get());
                Self { weight, known: weight, applicable: weight, earned, best: earned, worst: earned }
            }
            (None, _) => Self {
                weight,
                known: 0,
                applicable: weight,
                earned: 0,
                best: i128::from(kind.full().get().max(0)),
                worst: i128::from(kind.least().get().min(0)),
            },
        }
    }
}

/// Sums over the indicators; a part can be exchanged without adding up again.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    weight: i128,
    known: i128,
    applicable: i128,
    earned: i128,
    best: i128,
    worst: i128,
}

/// A score before and after the policy's floor and ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) exact: Points,
    pub(super) limited: Points,
}

impl Sums {
    pub(super) fn of(policy: &Policy, cohort: &Cohort, inputs: &Inputs) -> Self {
        policy.indicators.iter().fold(Self::default(), |sums, indicator| {
            let context = Context::of(indicator, cohort, inputs);
            let kind = indicator.scoring_for(inputs.segment.as_ref()).kind();
            sums.exchange(
                Part::default(),
                Part::of(indicator.weight, kind, context, inputs.get(&indicator.key)),
            )
        })
    }

    pub(super) const fn exchange(self, out: Part, into: Part) -> Self {
        Self {
            weight: self.weight - out.weight + into.weight,
            known: self.known - out.known + into.known,
            applicable: self.applicable - out.applicable + into.applicable,
            earned: self.earned - out.earned + into.earned,
            best: self.best - out.best + into.best,
            worst: self.worst - out.worst + into.worst,
        }
    }

    /// The score: on the scale of the full marks with weights, as it is with plain points.
    pub(super) fn score(self, policy: &Policy) -> Score {
        self.scaled(policy, self.earned)
    }

    /// The score if all that is missing earned the most.
    pub(super) fn highest(self, policy: &Policy) -> Points {
        self.scaled(policy, self.best).limited
    }

    /// The score if all that is missing earned nothing, or deducted the most.
    pub(super) fn lowest(self, policy: &Policy) -> Points {
        self.scaled(policy, self.worst).limited
    }

    pub(super) fn full(self) -> Points {
        Points::clamped(self.weight)
    }

    /// Known and applicable weight.
    pub(super) const fn weights(self) -> (i128, i128) {
        (self.known, self.applicable)
    }

    /// Whether no indicator has any weight.
    pub(super) const fn is_weightless(self) -> bool {
        self.weight == 0
    }

    fn scaled(self, policy: &Policy, points: i128) -> Score {
        let exact = match policy.marks {
            Marks::Weights { .. } if self.weight != self.applicable => {
                // Sums of 2^53 each leave room for their product.
                div_round(points.saturating_mul(self.weight), self.applicable).unwrap_or(0)
            }
            Marks::Weights { .. } | Marks::Points => points,
        };
        let exact = Points::clamped(exact);
        let raised = policy.score_floor.map_or(exact, |floor| exact.max(floor));
        let limited = policy.score_ceiling.map_or(raised, |ceiling| raised.min(ceiling));
        Score { exact, limited }
    }
}
