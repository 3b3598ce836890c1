//! Questions: whether an input can answer one, and whether one follows from another.

use super::{Fix, Found, MistakeKind};
use crate::grading::{Measure, Policy, Scoring, Test};
use crate::id::{Key, Label};

/// An input that must be there and must be able to answer.
pub(super) fn input(policy: &Policy, key: &Key, test: &Test, path: &str, found: &mut Found) {
    if found.input(format!("{path}.input"), policy, key) && !answers(policy, key, test) {
        found.add(format!("{path}.test"), MistakeKind::Mismatch, Fix::FitMeasure);
    }
}

/// Whether an input can answer a question: a number a bound, a judged one a list of its own levels.
fn answers(policy: &Policy, key: &Key, test: &Test) -> bool {
    let indicator = policy.indicators.iter().find(|one| one.key == *key);
    let fact = policy.facts.iter().find(|one| one.key == *key);
    let measure = indicator.map(|one| one.measure).or(fact.map(|one| one.measure));
    let (Test::OneOf(asked) | Test::NoneOf(asked)) = test else {
        return measure != Some(Measure::Level);
    };
    let has = |level: &Label| {
        let own = indicator.into_iter().flat_map(|one| one.by_segment.values().chain([&one.scoring]));
        let scored = own.filter_map(|scoring| match scoring {
            Scoring::Levels(rule) => Some(rule),
            Scoring::Bands(_)
            | Scoring::Linear(_)
            | Scoring::Target(_)
            | Scoring::Best(_)
            | Scoring::Growth(_) => None,
        });
        scored.flat_map(|rule| &rule.levels).any(|one| one.key == *level)
            || fact.is_some_and(|fact| fact.levels.contains(level))
    };
    measure == Some(Measure::Level) && !asked.is_empty() && asked.iter().all(has)
}

/// The integers for which a question about a number is answered yes.
pub(super) const fn interval(test: &Test) -> Option<(i64, i64)> {
    match test {
        Test::AtLeast(bound) => Some((*bound, i64::MAX)),
        Test::Above(bound) => Some((bound.saturating_add(1), i64::MAX)),
        Test::AtMost(bound) => Some((i64::MIN, *bound)),
        Test::Below(bound) => Some((i64::MIN, bound.saturating_sub(1))),
        Test::OneOf(_) | Test::NoneOf(_) => None,
    }
}

/// Whether every answer of yes to one question is one to the other.
pub(super) fn implies(one: &Test, other: &Test) -> bool {
    let within = |these: &[Label], those: &[Label]| these.iter().all(|level| those.contains(level));
    match (one, other) {
        (Test::OneOf(these), Test::OneOf(those)) => within(these, those),
        (Test::NoneOf(these), Test::NoneOf(those)) => within(those, these),
        (Test::OneOf(these), Test::NoneOf(those)) => !these.iter().any(|level| those.contains(level)),
        _ => match (interval(one), interval(other)) {
            (Some((low, high)), Some((least, most))) => least <= low && high <= most,
            _ => false,
        },
    }
}

/// Whether two questions can be answered yes at once.
pub(super) fn agree(one: &Test, other: &Test) -> bool {
    match (one, other) {
        (Test::OneOf(these), Test::OneOf(those)) => these.iter().any(|level| those.contains(level)),
        (Test::OneOf(these), Test::NoneOf(those)) | (Test::NoneOf(those), Test::OneOf(these)) => {
            these.iter().any(|level| !those.contains(level))
        }
        _ => match (interval(one), interval(other)) {
            (Some((low, high)), Some((least, most))) => low.max(least) <= high.min(most),
            _ => true,
        },
    }
}
