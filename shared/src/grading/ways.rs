//! The nearest ways up: the smallest change of one input, and of two, that reach the next tier.
//!
//! Distances of unlike inputs are compared as shares of each input's own scale. Candidates are the
//! nearest entry of every band, every level, every point of a line, and both sides of every gate's
//! bound; each is tried against score and gates together, so that what is offered always works.

use super::engine::{Part, Sums, keys, tier_of};
use super::gate;
use super::scoring::{Moves, distance};
use super::{Change, Effect, Input, Inputs, Policy, Test, WaysUp};
use crate::id::Key;
use crate::number::BasisPoints;

/// The ways from a position to the next better one.
pub(super) fn ways_up(policy: &Policy, inputs: &Inputs, position: usize) -> WaysUp {
    let Some((goal, target)) = position.checked_sub(1).and_then(|goal| Some((goal, policy.tiers.get(goal)?)))
    else {
        return WaysUp::default();
    };
    let search = Search { policy, inputs, sums: Sums::of(policy, inputs), goal };
    let options: Vec<Candidates<'_>> = keys(policy).into_iter().map(|key| search.candidates(key)).collect();

    let mut single: Vec<Change> = options.iter().filter_map(|one| search.nearest(&[], one)).collect();
    single.sort_by_key(|change| change.effort);

    let mut pair: Vec<Change> = Vec::new();
    for (index, first) in options.iter().enumerate() {
        for second in options.iter().skip(index + 1) {
            // Where one of the two moves along a line, it is the one that is searched.
            let (fixed, free) = if first.line.is_some() { (second, first) } else { (first, second) };
            for to in fixed.each.iter().chain(&fixed.far) {
                let change = search.change(fixed.key, to);
                if search.reaches(&[(fixed.key, to)]) || pair_effort(&pair) <= total(&change, None) {
                    continue;
                }
                let Some(other) = search.nearest(&[(fixed.key, to)], free) else {
                    continue;
                };
                // Both must be needed.
                if !search.reaches(&[(free.key, &other.to)])
                    && total(&change, Some(&other)) < pair_effort(&pair)
                {
                    pair = vec![change, other];
                }
            }
        }
    }
    let blocked_by =
        policy.gates.iter().filter(|one| search.holds_down(one)).map(|one| one.key.clone()).collect();
    WaysUp { target: Some(target.key.clone()), blocked_by, single, pair }
}

fn total(one: &Change, other: Option<&Change>) -> i64 {
    one.effort.get().saturating_add(other.map_or(0, |change| change.effort.get()))
}

fn pair_effort(pair: &[Change]) -> i64 {
    if pair.is_empty() { i64::MAX } else { pair.iter().map(|change| change.effort.get()).sum() }
}

/// Where an input could move.
struct Candidates<'a> {
    key: &'a Key,
    /// Single values.
    each: Vec<Input>,
    /// A line to move along, from here to its best end.
    line: Option<(i64, i64)>,
    /// The best end of that line.
    far: Option<Input>,
}

struct Search<'a> {
    policy: &'a Policy,
    inputs: &'a Inputs,
    sums: Sums,
    goal: usize,
}

impl<'a> Search<'a> {
    /// Whether the goal is reached with these inputs exchanged.
    fn reaches(&self, changed: &[(&Key, &Input)]) -> bool {
        let look = |key: &Key| changed.iter().find(|(one, _)| *one == key).map(|(_, input)| *input);
        let segment = self.inputs.segment.as_ref();
        let sums =
            self.policy.indicators.iter().fold(self.sums, |sums, indicator| match look(&indicator.key) {
                Some(input) => sums.exchange(
                    Part::of(indicator, segment, self.inputs.get(&indicator.key)),
                    Part::of(indicator, segment, input),
                ),
                None => sums,
            });
        let scored = tier_of(self.policy, sums.score());
        gate::bounded(self.policy, scored, |key| look(key).unwrap_or_else(|| self.inputs.get(key)))
            <= self.goal
    }

    /// Whether a gate acts and leaves no room for the goal.
    fn holds_down(&self, gate: &super::Gate) -> bool {
        let acts = gate.acts(gate.state(self.inputs.get(&gate.when.input)));
        acts && match &gate.effect {
            Effect::Cap { tier } => gate::rank(self.policy, tier) > self.goal,
            Effect::Require { tier } => gate::rank(self.policy, tier) >= self.goal,
            Effect::Floor { .. } | Effect::Provisional => false,
        }
    }

    fn candidates(&self, key: &'a Key) -> Candidates<'a> {
        let from = self.inputs.get(key);
        let mut found = Candidates { key, each: Vec::new(), line: None, far: None };
        if *from == Input::NotApplicable {
            return found;
        }
        let indicator = self.policy.indicators.iter().find(|one| one.key == *key);
        match indicator.map(|one| one.scoring_for(self.inputs.segment.as_ref()).kind().moves(from)) {
            Some(Moves::Each(each)) => found.each = each,
            Some(Moves::Towards(here, end)) => {
                found.line = Some((here, end));
                found.far = Some(Input::Measured { value: end });
            }
            None => {}
        }
        for gate in self.policy.gates.iter().filter(|gate| gate.when.input == *key) {
            let sides = |bound: &i64| [bound.saturating_sub(1), *bound, bound.saturating_add(1)];
            match &gate.when.test {
                Test::AtLeast(bound) | Test::Above(bound) | Test::AtMost(bound) | Test::Below(bound) => {
                    found.each.extend(sides(bound).map(|value| Input::Measured { value }));
                }
                Test::OneOf(levels) | Test::NoneOf(levels) => {
                    let facts = self.policy.facts.iter().filter(|fact| fact.key == *key);
                    let known = facts.flat_map(|fact| &fact.levels).chain(levels);
                    found.each.extend(known.map(|level| Input::Judged { level: level.clone() }));
                }
            }
        }
        found.each.retain(|to| to != from);
        found.each.sort();
        found.each.dedup();
        found
    }

    /// The change of least effort that reaches the goal on top of what is changed already.
    fn nearest(&self, changed: &[(&Key, &Input)], candidates: &Candidates<'_>) -> Option<Change> {
        let with = |to: &Input| {
            let mut all = changed.to_vec();
            all.push((candidates.key, to));
            self.reaches(&all)
        };
        let each = candidates.each.iter().filter(|to| with(to)).map(|to| self.change(candidates.key, to));
        let along = candidates.line.and_then(|(here, end)| {
            let value = first_along(here, end, |value| with(&Input::Measured { value }))?;
            let to = Input::Measured { value };
            (to != *self.inputs.get(candidates.key)).then(|| self.change(candidates.key, &to))
        });
        each.chain(along).min_by_key(|change| change.effort)
    }

    fn change(&self, key: &Key, to: &Input) -> Change {
        let from = self.inputs.get(key);
        let indicator = self.policy.indicators.iter().find(|one| one.key == *key);
        let effort = match indicator {
            Some(one) => one.scoring_for(self.inputs.segment.as_ref()).kind().effort(from, to),
            None => self.fact_effort(key, from, to),
        };
        Change { input: key.clone(), from: from.clone(), to: to.clone(), effort }
    }

    /// How far a fact moves: by levels, or as a share of the bound its gate asks about.
    fn fact_effort(&self, key: &Key, from: &Input, to: &Input) -> BasisPoints {
        match (from, to) {
            (Input::Measured { value: from }, Input::Measured { value: to }) => {
                distance(*from, *to, i128::from(*to).abs())
            }
            (Input::Judged { level: from }, Input::Judged { level: to }) => {
                let levels =
                    self.policy.facts.iter().find(|fact| fact.key == *key).map(|fact| fact.levels.as_slice());
                let levels = levels.unwrap_or_default();
                let position =
                    |label| levels.iter().position(|one| one == label).and_then(|at| i64::try_from(at).ok());
                match (position(from), position(to)) {
                    (Some(from), Some(to)) => distance(from, to, levels.len().saturating_sub(1) as i128),
                    _ => BasisPoints::clamped(super::scoring::WHOLE),
                }
            }
            _ => BasisPoints::clamped(super::scoring::WHOLE),
        }
    }
}

/// The value nearest to `here` on the way to `end` from which on a question is answered yes, for a
/// question that once answered yes stays so.
fn first_along(here: i64, end: i64, yes: impl Fn(i64) -> bool) -> Option<i64> {
    if !yes(end) {
        return None;
    }
    let (mut no, mut found) = (i128::from(here), i128::from(end));
    if yes(here) {
        return Some(here);
    }
    while (found - no).abs() > 1 {
        let middle = no + (found - no) / 2;
        match i64::try_from(middle) {
            Ok(value) if yes(value) => found = middle,
            _ => no = middle,
        }
    }
    i64::try_from(found).ok()
}
