//! How much is known of a customer, and whether it is enough for a grade.

use super::sums::Sums;
use super::{Evidence, Input, Policy};
use crate::id::Key;
use crate::number::{BasisPoints, Points, div_ceil, ratio};

/// What a question counts where there are no weights: one point.
const QUESTION: i128 = 100;

/// The evidence: the known of the applicable weight, or where no indicator has any weight, of the inputs
/// that the rules ask about, each counting alike.
pub(super) fn evidence<'a>(
    policy: &Policy,
    sums: Sums,
    asked: &[&Key],
    look: impl Fn(&Key) -> &'a Input,
) -> Evidence {
    let (known, applicable) = counted(sums, asked, look);
    let floor = policy.evidence_floor;
    let enough = is_enough(floor, known, applicable);
    Evidence {
        known: Points::clamped(known),
        applicable: Points::clamped(applicable),
        share: ratio(known, applicable).unwrap_or_default(),
        floor,
        enough,
    }
}

/// Whether the evidence suffices, without the rest of it.
pub(super) fn suffices<'a>(
    policy: &Policy,
    sums: Sums,
    asked: &[&Key],
    look: impl Fn(&Key) -> &'a Input,
) -> bool {
    let (known, applicable) = counted(sums, asked, look);
    is_enough(policy.evidence_floor, known, applicable)
}

/// The least weight that must be known, where indicators have weight.
pub(super) fn least_known(policy: &Policy, sums: Sums) -> i128 {
    let (_, applicable) = sums.weights();
    let asked = i128::from(policy.evidence_floor.get()).saturating_mul(applicable);
    div_ceil(asked, 10_000)
}

/// Compared exactly: a share that only rounds up to the floor is not enough.
fn is_enough(floor: BasisPoints, known: i128, applicable: i128) -> bool {
    applicable > 0 && known.saturating_mul(10_000) >= i128::from(floor.get()).saturating_mul(applicable)
}

/// What counts as known and what as applicable.
fn counted<'a>(sums: Sums, asked: &[&Key], look: impl Fn(&Key) -> &'a Input) -> (i128, i128) {
    if sums.is_weightless() { answers(asked, look) } else { sums.weights() }
}

/// Of some inputs, those known and those that apply.
fn answers<'a>(asked: &[&Key], look: impl Fn(&Key) -> &'a Input) -> (i128, i128) {
    let (mut known, mut applicable) = (0, 0);
    for key in asked {
        match look(key) {
            Input::Measured { .. } | Input::Judged { .. } => {
                known += QUESTION;
                applicable += QUESTION;
            }
            Input::Missing => applicable += QUESTION,
            Input::NotApplicable => {}
        }
    }
    (known, applicable)
}
