//! What is wrong with a policy, all of it at once, each with its place.

mod mistake;

pub use mistake::{Fix, Mistake, MistakeKind};

use super::scoring::{Band, Bands};
use super::{Effect, Indicator, Measure, Policy, Scoring, Test};
use crate::id::{Key, Label};
use crate::number::Points;

/// Everything that is wrong with a policy; empty when it can be published.
#[must_use]
pub fn check(policy: &Policy) -> Vec<Mistake> {
    let mut found = Found(Vec::new());
    if !(0..=10_000).contains(&policy.evidence_floor.get()) {
        found.add("evidence_floor", MistakeKind::Range);
    }
    found.repeated("segments", policy.segments.iter().map(|one| &one.key));
    found.repeated("gates", policy.gates.iter().map(|one| &one.key));
    found.repeated("tiers", policy.tiers.iter().map(|one| &one.key));
    let inputs: Vec<&Key> =
        policy.indicators.iter().map(|one| &one.key).chain(policy.facts.iter().map(|one| &one.key)).collect();
    found.repeated("indicators", inputs.iter().copied());
    indicators(policy, &mut found);
    gates(policy, &inputs, &mut found);
    tiers(policy, &mut found);
    found.0
}

struct Found(Vec<Mistake>);

impl Found {
    fn add(&mut self, path: impl Into<String>, kind: MistakeKind) {
        self.0.push(Mistake { path: path.into(), kind, fix: Fix::Correct, given: None, wanted: None });
    }

    fn repeated<T: PartialEq>(&mut self, path: &str, keys: impl Iterator<Item = T>) {
        let mut seen = Vec::new();
        for (index, key) in keys.enumerate() {
            if seen.contains(&key) {
                self.add(format!("{path}.{index}.key"), MistakeKind::Duplicate);
            }
            seen.push(key);
        }
    }
}

fn indicators(policy: &Policy, found: &mut Found) {
    if policy.indicators.is_empty() {
        found.add("indicators", MistakeKind::Empty);
    }
    for (index, indicator) in policy.indicators.iter().enumerate() {
        let path = format!("indicators.{index}");
        scoring(&indicator.scoring, indicator, &format!("{path}.scoring"), found);
        for (segment, own) in &indicator.by_segment {
            let path = format!("{path}.by_segment.{segment}");
            if !policy.segments.iter().any(|one| one.key == *segment) {
                found.add(&path, MistakeKind::Unknown);
            }
            scoring(own, indicator, &path, found);
        }
    }
}

fn scoring(scoring: &Scoring, indicator: &Indicator, path: &str, found: &mut Found) {
    if !scoring.kind().is_worth(indicator.weight) {
        found.add(path, MistakeKind::NotFullMarks);
    }
    if matches!(scoring, Scoring::Levels(_)) != (indicator.measure == Measure::Level) {
        found.add(path, MistakeKind::Mismatch);
    }
    match scoring {
        Scoring::Bands(rule) => bands(rule, path, found),
        Scoring::Levels(rule) => {
            if rule.levels.is_empty() {
                found.add(format!("{path}.levels"), MistakeKind::Empty);
            }
            found.repeated(&format!("{path}.levels"), rule.levels.iter().map(|one| &one.key));
        }
        Scoring::Linear(rule) => {
            if rule.from.value == rule.to.value {
                found.add(path, MistakeKind::FlatLine);
            }
        }
        Scoring::Target(_) | Scoring::Best(_) | Scoring::Growth(_) => {}
    }
}

/// Every integer must fall in exactly one band.
fn bands(rule: &Bands, path: &str, found: &mut Found) {
    let at = |index: usize| format!("{path}.bands.{index}");
    let mut order: Vec<(usize, &Band)> = rule.bands.iter().enumerate().collect();
    order.sort_by_key(|(_, band)| band.ends());
    if order.is_empty() {
        found.add(format!("{path}.bands"), MistakeKind::Empty);
    }
    // The next integer not yet in a band; past the last one there is none.
    let mut next = Some(i64::MIN);
    for (index, band) in &order {
        let (low, high) = band.ends();
        if low > high {
            found.add(at(*index), MistakeKind::Impossible);
            continue;
        }
        match next {
            Some(expected) if low > expected => found.add(at(*index), MistakeKind::Hole),
            Some(expected) if low < expected => found.add(at(*index), MistakeKind::Overlap),
            Some(_) => {}
            None => found.add(at(*index), MistakeKind::Overlap),
        }
        next = next.and_then(|expected| high.max(expected.saturating_sub(1)).checked_add(1));
    }
    if let (Some(_), Some((last, _))) = (next, order.last()) {
        found.add(at(*last), MistakeKind::Hole);
    }
}

fn gates(policy: &Policy, inputs: &[&Key], found: &mut Found) {
    let known = |tier: &Label| policy.tiers.iter().any(|one| one.key == *tier);
    for (index, gate) in policy.gates.iter().enumerate() {
        if !inputs.contains(&&gate.when.input) {
            found.add(format!("gates.{index}.when.input"), MistakeKind::Unknown);
        } else if !answers(policy, &gate.when.input, &gate.when.test) {
            found.add(format!("gates.{index}.when.test"), MistakeKind::Mismatch);
        }
        match &gate.effect {
            Effect::Cap { tier } | Effect::Floor { tier } | Effect::Require { tier } if !known(tier) => {
                found.add(format!("gates.{index}.effect.tier"), MistakeKind::Unknown);
            }
            Effect::Cap { .. } | Effect::Floor { .. } | Effect::Require { .. } | Effect::Provisional => {}
        }
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

fn tiers(policy: &Policy, found: &mut Found) {
    let Some(last) = policy.tiers.last() else {
        found.add("tiers", MistakeKind::Empty);
        return;
    };
    for (index, (better, worse)) in policy.tiers.iter().zip(policy.tiers.iter().skip(1)).enumerate() {
        if better.from <= worse.from {
            found.add(format!("tiers.{}.from", index + 1), MistakeKind::Order);
        }
    }
    if last.from.is_some_and(|from| from > Points::ZERO) {
        found.add(format!("tiers.{}.from", policy.tiers.len().saturating_sub(1)), MistakeKind::Unreached);
    }
}
