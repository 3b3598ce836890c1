//! What the indicators come to together.

use super::{Input, Marks, Policy};
use crate::number::{Points, div_round, least_rounded};

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

    /// Adds an indicator of some full marks, by the points that its input earns, if it can be scored.
    pub(super) fn add(&mut self, weight: Points, input: &Input, points: Option<Points>) {
        let weight = i128::from(weight.get());
        self.weight += weight;
        if matches!(input, Input::NotApplicable) {
            return;
        }
        self.applicable += weight;
        if let Some(points) = points {
            self.known += weight;
            self.earned += i128::from(points.get());
        }
    }

    /// The same weights, of which so much is earned and known.
    pub(super) const fn with(self, earned: i128, known: i128) -> Self {
        Self { earned, known, ..self }
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

    /// The least to be earned, of the same weights, for a score of so much: `i128::MIN` where any is enough,
    /// `i128::MAX` where none is. `None` where more earned is not more score, which weights below zero do.
    pub(super) fn least_for(self, policy: &Policy, score: Points) -> Option<i128> {
        let wanted = i128::from(score.get());
        if policy.score_ceiling.is_some_and(|ceiling| ceiling < score) {
            return Some(i128::MAX);
        }
        if policy.score_floor.is_some_and(|floor| floor >= score) || score == Points::clamped(i128::MIN) {
            return Some(i128::MIN);
        }
        match policy.marks {
            Marks::Weights { .. } if self.weight != self.applicable => {
                least_rounded(wanted, self.weight, self.applicable)
            }
            Marks::Weights { .. } | Marks::Points => Some(wanted),
        }
    }

    /// The score if so much more was earned.
    pub(super) fn score_with(self, policy: &Policy, more: i128) -> Points {
        Self { earned: self.earned + more, ..self }.score(policy).limited
    }

    pub(super) const fn earned(self) -> i128 {
        self.earned
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

#[cfg(test)]
mod tests {
    use super::super::default_policy;
    use super::*;

    #[test]
    fn the_least_for_a_score_is_where_the_score_begins() {
        let mut policy = default_policy().unwrap();
        for (floor, ceiling) in [(None, None), (Some(-3), Some(4))] {
            policy.score_floor = floor.map(Points::clamped);
            policy.score_ceiling = ceiling.map(Points::clamped);
            for (weight, applicable) in [(7, 7), (7, 3), (10, 4), (3, 8), (9, 1)] {
                let sums = |earned| Sums { weight, known: 0, applicable, earned };
                for score in (-6..=6).map(Points::clamped) {
                    let least = sums(0).least_for(&policy, score).unwrap();
                    for earned in -40..=40 {
                        let reached = sums(earned).score(&policy).limited >= score;
                        assert_eq!(
                            reached,
                            earned >= least,
                            "{score:?} of {weight}/{applicable} at {earned}"
                        );
                    }
                }
            }
        }
        let falling = Sums { weight: -7, known: 0, applicable: 3, earned: 0 };
        policy.score_ceiling = None;
        assert_eq!(falling.least_for(&policy, Points::clamped(5)), None);
    }
}
