//! What the editor does to a policy beyond setting one value: new rows, other names, other kinds, so that
//! nothing that refers to a thing is left behind.

mod bound;
mod method;
mod rename;
mod scale;

#[cfg(test)]
mod tests;

pub use bound::{Side, set_bound};
pub use method::{MethodKind, set_method};
pub use rename::{rename_input, rename_level, rename_segment, rename_tier};
pub use scale::{reweighted, set_measure};

use shared::grading::method::{Ask, Rule};
use shared::grading::scoring::{Band, Bands, End, Level, Levels, Linear};
use shared::grading::{
    Condition, Effect, Fact, Gate, Indicator, Marks, Measure, Policy, Scoring, Segment, Test, Tier, Treatment,
};
use shared::id::{Key, Label};
use shared::number::Points;

use super::policy_scoring::{common_value, letter};
use super::policy_words::unwritten;

/// Swaps a member of a list with the one before or after it; whether there was one.
pub fn shift<T>(list: &mut [T], at: usize, up: bool) -> bool {
    let other = if up { at.checked_sub(1) } else { at.checked_add(1) };
    match other {
        Some(other) if other < list.len() && at < list.len() => {
            list.swap(at, other);
            true
        }
        _ => false,
    }
}

/// Takes a member out of a list, if it is there.
pub fn take_out<T>(list: &mut Vec<T>, at: usize) {
    if at < list.len() {
        list.remove(at);
    }
}

/// A key that nothing has yet: `word_1`, `word_2` …
fn fresh_key<'a>(word: &str, taken: impl Iterator<Item = &'a Key> + Clone) -> Option<Key> {
    (1..=10_000)
        .filter_map(|number: u32| Key::parse(&format!("{word}_{number}")).ok())
        .find(|key| taken.clone().all(|one| one != key))
}

/// A label that nothing has yet, from a row of proposals.
fn fresh_label<'a>(
    proposals: impl Iterator<Item = String>,
    taken: impl Iterator<Item = &'a Label> + Clone,
) -> Option<Label> {
    proposals.filter_map(|text| Label::parse(&text).ok()).find(|label| taken.clone().all(|one| one != label))
}

/// Everything that has a key of an input.
fn inputs(policy: &Policy) -> impl Iterator<Item = &Key> + Clone {
    policy.indicators.iter().map(|one| &one.key).chain(policy.facts.iter().map(|one| &one.key))
}

/// The first input, by which a new question begins.
fn first_input(policy: &Policy) -> Option<Key> {
    policy.facts.first().map(|one| &one.key).or(policy.indicators.first().map(|one| &one.key)).cloned()
}

/// The weights there are, and what they should come to, where they should come to anything.
#[must_use]
pub fn total(policy: &Policy) -> (Points, Option<Points>) {
    let sum = policy.indicators.iter().fold(Points::ZERO, |sum, one| sum.plus(one.weight));
    let wanted = match policy.marks {
        Marks::Weights { total } => Some(total),
        Marks::Points => None,
    };
    (sum, wanted)
}

/// A new indicator at the end, with the weight that is still missing.
pub fn add_indicator(policy: &mut Policy) {
    let Some(key) = fresh_key("indicator", inputs(policy)) else { return };
    let (sum, wanted) = total(policy);
    let weight = wanted.map_or(Points::clamped(1_000), |wanted| wanted.minus(sum).max(Points::ZERO));
    policy.indicators.push(Indicator {
        key,
        name: unwritten(),
        asks: unwritten(),
        clause: String::new(),
        measure: Measure::Ratio,
        weight,
        scoring: Scoring::Linear(Linear {
            from: End { value: 0, points: Points::ZERO },
            to: End { value: common_value(Measure::Ratio), points: weight },
        }),
        by_segment: std::collections::BTreeMap::new(),
    });
}

/// A new fact at the end.
pub fn add_fact(policy: &mut Policy) {
    let Some(key) = fresh_key("fact", inputs(policy)) else { return };
    policy.facts.push(Fact { key, name: unwritten(), measure: Measure::Days, levels: Vec::new() });
}

/// A new segment at the end.
pub fn add_segment(policy: &mut Policy) {
    let names = (0..10_000).map(letter);
    if let Some(key) = fresh_label(names, policy.segments.iter().map(|one| &one.key)) {
        policy.segments.push(Segment { key, name: unwritten() });
    }
}

/// The question that an input is asked first: its worst level, or the common value of its measure.
#[must_use]
pub fn first_test(policy: &Policy, input: &Key) -> Test {
    let measure = super::sentences::measure_of(policy, input);
    if measure == Measure::Level {
        Test::OneOf(levels_of(policy, input).last().cloned().into_iter().collect())
    } else {
        Test::Above(common_value(measure))
    }
}

/// The levels that an input may have, as its indicator or its fact says.
#[must_use]
pub fn levels_of(policy: &Policy, input: &Key) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    let indicator = policy.indicators.iter().find(|one| one.key == *input);
    let scorings =
        indicator.into_iter().flat_map(|one| std::iter::once(&one.scoring).chain(one.by_segment.values()));
    let scored = scorings.filter_map(|scoring| match scoring {
        Scoring::Levels(rule) => Some(rule.levels.iter().map(|level| &level.key)),
        Scoring::Bands(_)
        | Scoring::Linear(_)
        | Scoring::Target(_)
        | Scoring::Best(_)
        | Scoring::Growth(_) => None,
    });
    let fact = policy.facts.iter().filter(|one| one.key == *input).flat_map(|one| &one.levels);
    for level in scored.flatten().chain(fact) {
        if !found.contains(level) {
            found.push(level.clone());
        }
    }
    found
}

/// A new gate at the end: a cap on the last tier but one.
pub fn add_gate(policy: &mut Policy) {
    let Some(key) = fresh_key("gate", policy.gates.iter().map(|one| &one.key)) else { return };
    let (Some(input), Some(tier)) = (first_input(policy), second_tier(policy)) else { return };
    let test = first_test(policy, &input);
    policy.gates.push(Gate {
        key,
        name: unwritten(),
        clause: String::new(),
        when: Condition { input, test },
        effect: Effect::Cap { tier },
    });
}

fn second_tier(policy: &Policy) -> Option<Label> {
    policy.tiers.get(1).or(policy.tiers.first()).map(|one| one.key.clone())
}

/// A new rule at the end: a score of 80 % of full marks gives the first tier.
#[must_use]
pub fn new_rule(policy: &Policy, rules: &[Rule]) -> Option<Rule> {
    let key = fresh_key("rule", rules.iter().map(|one| &one.key))?;
    let tier = policy.tiers.first()?.key.clone();
    let full = total(policy).0.get();
    let bound = full.saturating_mul(8) / 10;
    let all = vec![Ask::Score { test: Test::AtLeast(bound) }];
    Some(Rule { key, name: unwritten(), clause: String::new(), all, any: Vec::new(), tier })
}

/// A new tier below all others. By thresholds it begins at nothing, and the one before half-way up to
/// the one before that; by rank it takes half of the last share.
pub fn add_tier(policy: &mut Policy) {
    let names = (0..10_000).map(letter);
    let Some(key) = fresh_label(names, policy.tiers.iter().map(|one| &one.key)) else { return };
    let mut tier = Tier {
        key,
        name: unwritten(),
        from: None,
        share: None,
        colour: None,
        treatment: Treatment::default(),
    };
    let full = total(policy).0;
    match MethodKind::of(&policy.method) {
        MethodKind::Threshold => {
            let above = policy.tiers.iter().rev().nth(1).and_then(|one| one.from).unwrap_or(full);
            if let Some(last) = policy.tiers.last_mut() {
                last.from = Some(Points::clamped(i128::from(above.get()) / 2));
            }
            tier.from = Some(Points::ZERO);
        }
        MethodKind::Quota => {
            let share = policy.tiers.last().and_then(|one| one.share).map_or(10_000, |share| share.get());
            if let Some(last) = policy.tiers.last_mut() {
                last.share = shared::number::BasisPoints::new(share - share / 2).ok();
            }
            tier.share = shared::number::BasisPoints::new(share / 2).ok();
        }
        MethodKind::Rules => {}
    }
    policy.tiers.push(tier);
}

/// A new band below all others: it takes over from where the last one ended, which ends a step further.
pub fn add_band(rule: &mut Bands, measure: Measure) {
    let whole = common_value(measure);
    let nothing = Band { at_least: None, above: None, at_most: None, below: None, points: Points::ZERO };
    let Some(last) = rule.bands.last_mut() else {
        rule.bands.push(nothing);
        return;
    };
    // An open lower end is closed where the new band's upper end will be.
    if last.low().is_none() {
        let bound = last.high().map_or(whole, |high| high.value.saturating_sub((high.value / 2).max(1)));
        last.at_least = Some(bound);
        rule.bands.push(Band { below: Some(bound), ..nothing });
    } else if last.high().is_none() {
        let bound = last.low().map_or(whole, |low| low.value.saturating_add((low.value / 2).max(1)));
        last.at_most = Some(bound);
        rule.bands.push(Band { above: Some(bound), ..nothing });
    } else {
        rule.bands.push(nothing);
    }
}

/// Takes a band out; its neighbour after it, or else before it, holds its values from then on.
pub fn remove_band(rule: &mut Bands, at: usize) {
    let Some(gone) = rule.bands.get(at).cloned() else { return };
    rule.bands.remove(at);
    let (low, high) = gone.ends();
    for band in &mut rule.bands {
        let (own_low, own_high) = band.ends();
        if own_high.checked_add(1) == Some(low) {
            (band.at_most, band.below) = (gone.at_most, gone.below);
            return;
        }
        if high.checked_add(1) == Some(own_low) {
            (band.at_least, band.above) = (gone.at_least, gone.above);
            return;
        }
    }
}

/// A new level below all others.
pub fn add_level(rule: &mut Levels) {
    let names = (0..10_000).map(letter);
    if let Some(key) = fresh_label(names, rule.levels.iter().map(|one| &one.key)) {
        rule.levels.push(Level { key, points: Points::ZERO, meaning: unwritten() });
    }
}
