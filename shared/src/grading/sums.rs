//! What the indicators come to together.

use super::{Input, Marks, Policy};
use crate::number::{Points, div_round};

/// Sums over indicators, of which any can be taken out again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sums {
    weight: i128,
    known: i128,
    applicable: i128,
    earned: i128,
}

/// A score before and after the policy's floor and ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Score {
    pub(super) exact: Points,
    pub(super) limited: Points,
}

impl Sums {
    pub(super) const NOTHING: Self = Self { weight: 0, known: 0, applicable: 0, earned: 0 };

    /// What one indicator of some full marks adds, by the points that its input earns, if it can be scored.
    pub(super) fn one(weight: Points, input: &Input, points: Option<Points>) -> Self {
        let weight = i128::from(weight.get());
        let nothing = Self { weight, ..Self::NOTHING };
        match (input, points) {
            (Input::NotApplicable, _) => nothing,
            (_, None) => Self { applicable: weight, ..nothing },
            (_, Some(points)) => {
                Self { known: weight, applicable: weight, earned: points.get().into(), ..nothing }
            }
        }
    }

    pub(super) const fn plus(self, other: Self) -> Self {
        Self {
            weight: self.weight + other.weight,
            known: self.known + other.known,
            applicable: self.applicable + other.applicable,
            earned: self.earned + other.earned,
        }
    }

    pub(super) const fn minus(self, other: Self) -> Self {
        Self {
            weight: self.weight - other.weight,
            known: self.known - other.known,
            applicable: self.applicable - other.applicable,
            earned: self.earned - other.earned,
        }
    }

    /// Whether more is earned or known, of the same weights.
    pub(super) const fn exceeds(self, other: Self) -> bool {
        self.earned > other.earned || self.known > other.known
    }

    /// The score: on the scale of the full marks with weights, as it is with plain points.
    pub(super) fn score(self, policy: &Policy) -> Score {
        let exact = match policy.marks {
            Marks::Weights { .. } if self.weight != self.applicable => {
                // Sums of 2^53 each leave room for their product.
                div_round(self.earned.saturating_mul(self.weight), self.applicable).unwrap_or(0)
            }
            Marks::Weights { .. } | Marks::Points => self.earned,
        };
        let exact = Points::clamped(exact);
        let raised = policy.score_floor.map_or(exact, |floor| exact.max(floor));
        let limited = policy.score_ceiling.map_or(raised, |ceiling| raised.min(ceiling));
        Score { exact, limited }
    }

    /// The score if so much more was earned.
    pub(super) fn score_with(self, policy: &Policy, more: i128) -> Points {
        Self { earned: self.earned + more, ..self }.score(policy).limited
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
}
