//! What is wrong with a policy, all of it at once, each with its place and what to do about it.

mod ask;
mod bands;
mod indicators;
mod method;
mod mistake;
mod tiers;

pub use mistake::{Fix, Mistake, MistakeKind};

use super::{Effect, Localized, Marks, Measure, Policy};
use crate::id::{Key, Label};
use crate::number::Points;

/// Everything that is wrong with a policy; empty when it can be published.
#[must_use]
pub fn check(policy: &Policy) -> Vec<Mistake> {
    let mut found = Found(Vec::new());
    found.named("title", &policy.title);
    if !(0..=10_000).contains(&policy.evidence_floor.get()) {
        let given = percent(policy.evidence_floor.get());
        found.add("evidence_floor", MistakeKind::Range, Fix::KeepWithin).given(given).wanted("0 % – 100 %");
    }
    if let (Some(floor), Some(ceiling)) = (policy.score_floor, policy.score_ceiling)
        && floor > ceiling
    {
        let mistake = found.add("score_floor", MistakeKind::Contrary, Fix::SwapLimits);
        mistake.given(points(floor)).wanted(format!("≤ {}", points(ceiling)));
    }
    segments(policy, &mut found);
    indicators::indicators(policy, &mut found);
    facts(policy, &mut found);
    marks(policy, &mut found);
    gates(policy, &mut found);
    tiers::tiers(policy, &mut found);
    method::method(policy, &mut found);
    found.0
}

/// What has been found so far.
struct Found(Vec<Mistake>);

impl Found {
    /// Adds a mistake; what is given and wanted can be told of it.
    fn add(&mut self, path: impl Into<String>, kind: MistakeKind, fix: Fix) -> Told<'_> {
        self.0.push(Mistake { path: path.into(), kind, fix, given: None, wanted: None });
        Told(self.0.last_mut())
    }

    /// Keys that must differ.
    fn repeated<T: PartialEq + ToString>(&mut self, path: &str, keys: impl Iterator<Item = T>) {
        let mut seen = Vec::new();
        for (index, key) in keys.enumerate() {
            if seen.contains(&key) {
                let path = format!("{path}.{index}.key");
                self.add(path, MistakeKind::Duplicate, Fix::Rename).given(key.to_string());
            }
            seen.push(key);
        }
    }

    /// A text that must say something in both languages.
    fn named(&mut self, path: &str, name: &Localized) {
        for (language, text) in [("zh", &name.zh), ("en", &name.en)] {
            if text.trim().is_empty() {
                self.add(format!("{path}.{language}"), MistakeKind::Absent, Fix::Give);
            }
        }
    }

    /// A tier that the policy must have.
    fn tier(&mut self, path: String, policy: &Policy, tier: &Label) {
        if !policy.tiers.iter().any(|one| one.key == *tier) {
            let wanted: Vec<&str> = policy.tiers.iter().map(|one| one.key.as_str()).collect();
            let mistake = self.add(path, MistakeKind::Unknown, Fix::ChooseKnown);
            mistake.given(tier.as_str()).wanted(wanted.join(", "));
        }
    }

    /// An input that the policy must have.
    fn input(&mut self, path: String, policy: &Policy, input: &Key) -> bool {
        let known = inputs(policy).any(|one| one == input);
        if !known {
            self.add(path, MistakeKind::Unknown, Fix::ChooseKnown).given(input.as_str());
        }
        known
    }
}

/// A mistake of which more is told.
struct Told<'a>(Option<&'a mut Mistake>);

impl Told<'_> {
    fn given(mut self, text: impl Into<String>) -> Self {
        if let Some(mistake) = &mut self.0 {
            mistake.given = Some(text.into());
        }
        self
    }

    fn wanted(mut self, text: impl Into<String>) {
        if let Some(mistake) = &mut self.0 {
            mistake.wanted = Some(text.into());
        }
    }
}

/// Points as a person writes them.
fn points(points: Points) -> String {
    hundredths(points.get())
}

/// Basis points as a person writes them.
fn percent(raw: i64) -> String {
    format!("{} %", hundredths(raw))
}

fn hundredths(raw: i64) -> String {
    let (sign, size) = (if raw < 0 { "-" } else { "" }, raw.unsigned_abs());
    match size % 100 {
        0 => format!("{sign}{}", size / 100),
        rest if rest % 10 == 0 => format!("{sign}{}.{}", size / 100, rest / 10),
        rest => format!("{sign}{}.{rest:02}", size / 100),
    }
}

/// The keys of all inputs.
fn inputs(policy: &Policy) -> impl Iterator<Item = &Key> {
    let indicators = policy.indicators.iter().map(|one| &one.key);
    indicators.chain(policy.facts.iter().map(|one| &one.key))
}

fn segments(policy: &Policy, found: &mut Found) {
    found.repeated("segments", policy.segments.iter().map(|one| &one.key));
    for (index, segment) in policy.segments.iter().enumerate() {
        found.named(&format!("segments.{index}.name"), &segment.name);
    }
}

fn facts(policy: &Policy, found: &mut Found) {
    let mut seen: Vec<&Key> = policy.indicators.iter().map(|one| &one.key).collect();
    for (index, fact) in policy.facts.iter().enumerate() {
        let path = format!("facts.{index}");
        if seen.contains(&&fact.key) {
            let mistake = found.add(format!("{path}.key"), MistakeKind::Duplicate, Fix::Rename);
            let _ = mistake.given(fact.key.as_str());
        }
        seen.push(&fact.key);
        found.named(&format!("{path}.name"), &fact.name);
        match (fact.measure == Measure::Level, fact.levels.is_empty()) {
            (true, true) => {
                found.add(format!("{path}.levels"), MistakeKind::Empty, Fix::AddOne);
            }
            (false, false) => {
                found.add(format!("{path}.levels"), MistakeKind::Unused, Fix::Remove);
            }
            (true, false) | (false, true) => {}
        }
        let mut levels: Vec<&Label> = Vec::new();
        for (at, level) in fact.levels.iter().enumerate() {
            if levels.contains(&level) {
                let path = format!("{path}.levels.{at}");
                let _ = found.add(path, MistakeKind::Duplicate, Fix::Rename).given(level.as_str());
            }
            levels.push(level);
        }
    }
}

/// Weights add up to their total, and there is something by which to know enough of a customer.
fn marks(policy: &Policy, found: &mut Found) {
    let sum = policy.indicators.iter().fold(0_i128, |sum, one| sum + i128::from(one.weight.get()));
    let sum = Points::clamped(sum);
    if let Marks::Weights { total } = policy.marks {
        if total <= Points::ZERO {
            let mistake = found.add("marks.total", MistakeKind::Range, Fix::KeepWithin);
            mistake.given(points(total)).wanted("> 0");
        } else if sum != total {
            let mistake = found.add("indicators", MistakeKind::Total, Fix::AddUp);
            mistake.given(points(sum)).wanted(points(total));
        }
    }
    let asked = !policy.method.kind().asked().is_empty();
    if policy.indicators.is_empty() && !asked {
        found.add("indicators", MistakeKind::Empty, Fix::AddOne);
    } else if sum <= Points::ZERO && !asked {
        found.add("indicators", MistakeKind::Worthless, Fix::SetWeight);
    }
}

fn gates(policy: &Policy, found: &mut Found) {
    found.repeated("gates", policy.gates.iter().map(|one| &one.key));
    for (index, gate) in policy.gates.iter().enumerate() {
        let path = format!("gates.{index}");
        found.named(&format!("{path}.name"), &gate.name);
        ask::input(policy, &gate.when.input, &gate.when.test, &format!("{path}.when"), found);
        match &gate.effect {
            Effect::Cap { tier } | Effect::Floor { tier } | Effect::Require { tier } => {
                found.tier(format!("{path}.effect.tier"), policy, tier);
            }
            Effect::Provisional => {}
        }
    }
}
