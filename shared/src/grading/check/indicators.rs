//! Indicators: full marks, scoring that fits the measure, targets that lead somewhere.

use super::bands::bands;
use super::{Fix, Found, MistakeKind, points};
use crate::grading::scoring::{Goal, Growth, Target};
use crate::grading::{Indicator, Measure, Policy, Scoring};
use crate::id::Key;
use crate::number::Points;

pub(super) fn indicators(policy: &Policy, found: &mut Found) {
    found.repeated("indicators", policy.indicators.iter().map(|one| &one.key));
    for (index, indicator) in policy.indicators.iter().enumerate() {
        let path = format!("indicators.{index}");
        found.named(&format!("{path}.name"), &indicator.name);
        if indicator.weight < Points::ZERO {
            let mistake = found.add(format!("{path}.weight"), MistakeKind::Range, Fix::KeepWithin);
            mistake.given(points(indicator.weight)).wanted("≥ 0");
        }
        let own = format!("{path}.scoring");
        scoring(policy, &indicator.scoring, indicator, &own, found);
        for (segment, rule) in &indicator.by_segment {
            let path = format!("{path}.by_segment.{segment}");
            if !policy.segments.iter().any(|one| one.key == *segment) {
                let mistake = found.add(&path, MistakeKind::Unknown, Fix::ChooseKnown);
                let _ = mistake.given(segment.as_str());
            }
            scoring(policy, rule, indicator, &path, found);
        }
    }
}

fn scoring(policy: &Policy, scoring: &Scoring, indicator: &Indicator, path: &str, found: &mut Found) {
    let kind = scoring.kind();
    if !kind.is_worth(indicator.weight) {
        let mistake = found.add(path, MistakeKind::NotFullMarks, Fix::SetWeight);
        mistake.given(points(kind.full())).wanted(points(indicator.weight));
    }
    if matches!(scoring, Scoring::Levels(_)) != (indicator.measure == Measure::Level) {
        found.add(path, MistakeKind::Mismatch, Fix::FitMeasure);
    }
    match scoring {
        Scoring::Bands(rule) => bands(rule, path, found),
        Scoring::Levels(rule) => {
            if rule.levels.is_empty() {
                found.add(format!("{path}.levels"), MistakeKind::Empty, Fix::AddOne);
            }
            found.repeated(&format!("{path}.levels"), rule.levels.iter().map(|one| &one.key));
        }
        Scoring::Linear(rule) => {
            if rule.from.value == rule.to.value {
                found.add(path, MistakeKind::FlatLine, Fix::SpreadEnds);
            }
        }
        Scoring::Target(rule) => target(policy, rule, indicator, path, found),
        Scoring::Best(rule) => positive(rule.full, format!("{path}.full"), found),
        Scoring::Growth(rule) => growth(rule, path, found),
    }
}

fn positive(full: Points, path: String, found: &mut Found) {
    if full <= Points::ZERO {
        found.add(path, MistakeKind::Range, Fix::KeepWithin).given(points(full)).wanted("> 0");
    }
}

fn target(policy: &Policy, rule: &Target, indicator: &Indicator, path: &str, found: &mut Found) {
    positive(rule.full, format!("{path}.full"), found);
    if let Some(cap) = rule.cap.filter(|cap| *cap < rule.full) {
        let mistake = found.add(format!("{path}.cap"), MistakeKind::Contrary, Fix::SwapLimits);
        mistake.given(points(cap)).wanted(format!("≥ {}", points(rule.full)));
    }
    match &rule.target {
        Goal::Value(value) if *value <= 0 => {
            let mistake = found.add(format!("{path}.target.value"), MistakeKind::Range, Fix::KeepWithin);
            mistake.given(value.to_string()).wanted("> 0");
        }
        Goal::Value(_) => {}
        Goal::Input(key) => {
            let path = format!("{path}.target.input");
            if !found.input(path.clone(), policy, key) {
                return;
            }
            if leads_back(policy, &indicator.key, key) {
                let _ = found.add(path, MistakeKind::Cycle, Fix::Untangle).given(key.as_str());
            } else if measure(policy, key) != Some(indicator.measure) {
                let _ = found.add(path, MistakeKind::Mismatch, Fix::FitMeasure).given(key.as_str());
            }
        }
    }
}

fn measure(policy: &Policy, key: &Key) -> Option<Measure> {
    let indicator = policy.indicators.iter().find(|one| one.key == *key).map(|one| one.measure);
    indicator.or(policy.facts.iter().find(|one| one.key == *key).map(|one| one.measure))
}

/// Whether the inputs by which an input is measured, and those by which they are, lead to a key.
fn leads_back(policy: &Policy, goal: &Key, from: &Key) -> bool {
    let mut open = vec![from];
    let mut seen: Vec<&Key> = Vec::new();
    while let Some(key) = open.pop() {
        if key == goal {
            return true;
        }
        if !seen.contains(&key) {
            seen.push(key);
            open.extend(targets(policy, key));
        }
    }
    false
}

/// The inputs by which an input is measured, for any segment.
fn targets<'a>(policy: &'a Policy, key: &'a Key) -> impl Iterator<Item = &'a Key> {
    let own = policy.indicators.iter().filter(move |one| one.key == *key);
    let rules = own.flat_map(|one| one.by_segment.values().chain([&one.scoring]));
    rules.filter_map(|rule| match rule {
        Scoring::Target(Target { target: Goal::Input(key), .. }) => Some(key),
        _ => None,
    })
}

fn growth(rule: &Growth, path: &str, found: &mut Found) {
    if rule.unit <= 0 {
        let mistake = found.add(format!("{path}.unit"), MistakeKind::Range, Fix::KeepWithin);
        mistake.given(rule.unit.to_string()).wanted("> 0");
    }
    if rule.per_unit == Points::ZERO {
        found.add(format!("{path}.per_unit"), MistakeKind::FlatLine, Fix::SpreadEnds);
    }
    if rule.floor > rule.ceiling {
        let mistake = found.add(format!("{path}.floor"), MistakeKind::Contrary, Fix::SwapLimits);
        mistake.given(points(rule.floor)).wanted(format!("≤ {}", points(rule.ceiling)));
    } else if !(rule.floor..=rule.ceiling).contains(&rule.base) {
        let mistake = found.add(format!("{path}.base"), MistakeKind::Range, Fix::KeepWithin);
        mistake.given(points(rule.base)).wanted(format!("{} – {}", points(rule.floor), points(rule.ceiling)));
    }
}
