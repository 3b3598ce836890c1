//! The method: every tier has what the method needs of it and can be reached by somebody.

use super::ask::{agree, implies, input};
use super::{Fix, Found, MistakeKind, percent, points};
use crate::grading::method::{Ask, Quota, Rule, Rules, Ties};
use crate::grading::{Effect, Marks, Method, Policy, Test, Tier};
use crate::id::Label;
use crate::number::Points;

pub(super) fn method(policy: &Policy, found: &mut Found) {
    match &policy.method {
        Method::Threshold(_) => {
            each(policy, "share", |tier| tier.share.is_some(), MistakeKind::Unused, Fix::Remove, found);
            each(policy, "from", |tier| tier.from.is_none(), MistakeKind::Absent, Fix::Give, found);
            thresholds(policy, found);
        }
        Method::Quota(quota) => {
            each(policy, "from", |tier| tier.from.is_some(), MistakeKind::Unused, Fix::Remove, found);
            each(policy, "share", |tier| tier.share.is_none(), MistakeKind::Absent, Fix::Give, found);
            shares(policy, quota, found);
        }
        Method::Rules(method) => {
            each(policy, "from", |tier| tier.from.is_some(), MistakeKind::Unused, Fix::Remove, found);
            each(policy, "share", |tier| tier.share.is_some(), MistakeKind::Unused, Fix::Remove, found);
            rules(policy, method, found);
        }
    }
}

/// What some tiers have or lack.
fn each(
    policy: &Policy,
    name: &str,
    wrong: impl Fn(&Tier) -> bool,
    kind: MistakeKind,
    fix: Fix,
    found: &mut Found,
) {
    for (index, _) in policy.tiers.iter().enumerate().filter(|(_, tier)| wrong(tier)) {
        found.add(format!("tiers.{index}.{name}"), kind, fix);
    }
}

/// Thresholds descend from what can be reached to the lowest score.
fn thresholds(policy: &Policy, found: &mut Found) {
    let from = |index: usize| policy.tiers.get(index).and_then(|tier| tier.from);
    let highest = highest(policy);
    for (index, tier) in policy.tiers.iter().enumerate() {
        let path = || format!("tiers.{index}.from");
        let before = index.checked_sub(1).and_then(from);
        if let (Some(better), Some(worse)) = (before, tier.from)
            && better <= worse
        {
            let mistake = found.add(path(), MistakeKind::Order, Fix::Descend);
            mistake.given(points(worse)).wanted(format!("< {}", points(better)));
        }
        if let Some(from) = tier.from.filter(|from| *from > highest && *from > Points::ZERO) {
            let mistake = found.add(path(), MistakeKind::Unreached, Fix::MakeReachable);
            mistake.given(points(from)).wanted(format!("≤ {}", points(highest)));
        }
    }
    let last = policy.tiers.len().saturating_sub(1);
    let lowest = policy.score_floor.unwrap_or_default().max(Points::ZERO);
    if let Some(from) = from(last).filter(|from| *from > lowest) {
        let mistake = found.add(format!("tiers.{last}.from"), MistakeKind::Unreached, Fix::BeginLowest);
        mistake.given(points(from)).wanted(format!("≤ {}", points(lowest)));
    }
}

/// The highest score that anybody can have.
fn highest(policy: &Policy) -> Points {
    let each = policy.indicators.iter().map(|one| {
        let rules = one.by_segment.values().chain([&one.scoring]);
        let most = rules.map(|rule| i128::from(rule.kind().full().get())).max().unwrap_or(0);
        (most.max(0), i128::from(one.weight.get()))
    });
    let (sum, total) = each.clone().fold((0, 0), |(sum, total), (most, weight)| (sum + most, total + weight));
    // With weights, extra points count most where everything else does not apply.
    let scaled = each.filter(|(_, weight)| *weight > 0).map(|(most, weight)| most * total / weight);
    let most = match policy.marks {
        Marks::Weights { .. } => scaled.max().unwrap_or(0).max(sum),
        Marks::Points => sum,
    };
    let most = Points::clamped(most);
    policy.score_ceiling.map_or(most, |ceiling| most.min(ceiling))
}

/// Shares are above nothing and add up to the whole; the input that decides between equals is a number.
fn shares(policy: &Policy, quota: &Quota, found: &mut Found) {
    let given = |tier: &Tier| tier.share.map(|share| i128::from(share.get()));
    for (index, tier) in policy.tiers.iter().enumerate() {
        if let Some(share) = tier.share.filter(|share| share.get() <= 0) {
            let path = format!("tiers.{index}.share");
            let mistake = found.add(path, MistakeKind::Unreached, Fix::MakeReachable);
            mistake.given(percent(share.get())).wanted("> 0 %");
        }
    }
    let sum: i128 = policy.tiers.iter().filter_map(given).sum();
    if sum != 10_000 && policy.tiers.iter().all(|tier| tier.share.is_some()) {
        let sum = percent(i64::try_from(sum).unwrap_or(i64::MAX));
        found.add("tiers", MistakeKind::Quota, Fix::AddUp).given(sum).wanted("100 %");
    }
    if let Ties::By(by) = &quota.ties {
        // Any bound will do: the question is whether the input is a number.
        input(policy, &by.input, &Test::AtLeast(0), "method.ties.by", found);
    }
}

/// Rules ask what can be answered, none hides another, and every tier is given by something.
fn rules(policy: &Policy, method: &Rules, found: &mut Found) {
    found.repeated("method.rules", method.rules.iter().map(|one| &one.key));
    found.tier("method.otherwise".to_owned(), policy, &method.otherwise);
    let mut hidden = Vec::new();
    for (index, rule) in method.rules.iter().enumerate() {
        let path = format!("method.rules.{index}");
        found.named(&format!("{path}.name"), &rule.name);
        found.tier(format!("{path}.tier"), policy, &rule.tier);
        if rule.asks().next().is_none() {
            found.add(&path, MistakeKind::Empty, Fix::AddOne);
        }
        for (list, asks) in [("all", &rule.all), ("any", &rule.any)] {
            for (at, one) in asks.iter().enumerate() {
                ask(policy, one, &format!("{path}.{list}.{at}"), found);
            }
        }
        let earlier = method.rules.iter().take(index).find(|earlier| hides(earlier, rule));
        if !possible(rule) {
            found.add(&path, MistakeKind::Impossible, Fix::SwapBounds);
            hidden.push(index);
        } else if let Some(earlier) = earlier {
            let _ = found.add(&path, MistakeKind::Shadowed, Fix::Reorder).given(earlier.key.as_str());
            hidden.push(index);
        }
    }
    let live = method.rules.iter().enumerate().filter(|(index, _)| !hidden.contains(index));
    let mut given: Vec<&Label> = live.map(|(_, rule)| &rule.tier).chain([&method.otherwise]).collect();
    given.extend(policy.gates.iter().filter_map(|gate| match &gate.effect {
        Effect::Cap { tier } | Effect::Floor { tier } => Some(tier),
        // Whoever does not meet it gets the next tier.
        Effect::Require { tier } => {
            let at = policy.tiers.iter().position(|one| one.key == *tier)?;
            policy.tiers.get(at + 1).map(|one| &one.key)
        }
        Effect::Provisional => None,
    }));
    for (index, tier) in policy.tiers.iter().enumerate().filter(|(_, tier)| !given.contains(&&tier.key)) {
        let mistake = found.add(format!("tiers.{index}"), MistakeKind::Unreached, Fix::MakeReachable);
        let _ = mistake.given(tier.key.as_str());
    }
}

fn ask(policy: &Policy, ask: &Ask, path: &str, found: &mut Found) {
    match ask {
        Ask::Input { input: key, test } => input(policy, key, test, path, found),
        Ask::Score { test } if test.bound().is_none() => {
            found.add(format!("{path}.test"), MistakeKind::Mismatch, Fix::FitMeasure);
        }
        Ask::Score { .. } => {}
    }
}

/// The two questions when both are about the same.
fn same<'a>(one: &'a Ask, other: &'a Ask) -> Option<(&'a Test, &'a Test)> {
    match (one, other) {
        (Ask::Score { test }, Ask::Score { test: other }) => Some((test, other)),
        (Ask::Input { input, test }, Ask::Input { input: key, test: other }) if input == key => {
            Some((test, other))
        }
        (Ask::Score { .. } | Ask::Input { .. }, _) => None,
    }
}

/// Whether one question is answered yes wherever another is.
fn follows(one: &Ask, from: &Ask) -> bool {
    same(from, one).is_some_and(|(from, one)| implies(from, one))
}

/// Whether an earlier rule holds wherever a later one does, as far as single questions tell.
fn hides(earlier: &Rule, later: &Rule) -> bool {
    let certain = |one: &Ask| later.all.iter().any(|from| follows(one, from));
    let some = |from: &Ask| earlier.any.iter().any(|one| follows(one, from));
    earlier.all.iter().all(certain)
        && (earlier.any.is_empty()
            || later.all.iter().any(some)
            || (!later.any.is_empty() && later.any.iter().all(some)))
}

/// Whether no two of the questions that must all be answered yes exclude each other.
fn possible(rule: &Rule) -> bool {
    let agreed = |one: &Ask, other: &Ask| same(one, other).is_none_or(|(one, other)| agree(one, other));
    let all = rule.all.iter().all(|one| rule.all.iter().all(|other| agreed(one, other)));
    let any = |one: &Ask| rule.all.iter().all(|other| agreed(one, other));
    all && (rule.any.is_empty() || rule.any.iter().any(any))
}
