//! The nearest ways up: the smallest change of one input, and of two, that reach the next tier.
//!
//! Distances of unlike inputs are compared as shares of each input's own scale. Candidates are the
//! nearest entry of every band, every level, every point of a line, and both sides of every gate's
//! bound; each is tried against score and gates together, so that what is offered always works.

use super::engine::{Part, Sums, keys, tier_of};
use super::gate;
use super::scale::{Apart, apart, takes};
use super::scoring::Moves;
use super::{Change, Effect, Input, Inputs, Policy, Test, WaysUp};
use crate::id::Key;

/// The ways from a position to the next better one.
pub(super) fn ways_up(policy: &Policy, inputs: &Inputs, position: usize) -> WaysUp {
    let Some((goal, target)) = position.checked_sub(1).and_then(|goal| Some((goal, policy.tiers.get(goal)?)))
    else {
        return WaysUp::default();
    };
    let search = Search { policy, inputs, sums: Sums::of(policy, inputs), goal };
    let options: Vec<Candidates<'_>> = keys(policy).into_iter().map(|key| search.candidates(key)).collect();

    let pair = search.pair(&options);
    let mut single: Vec<Change> = options.into_iter().filter_map(|one| one.alone).collect();
    single.sort_by_key(|change| change.effort);
    let blocked_by =
        policy.gates.iter().filter(|one| search.holds_down(one)).map(|one| one.key.clone()).collect();
    WaysUp { target: Some(target.key.clone()), blocked_by, single, pair }
}

/// Where an input could move.
struct Candidates<'a> {
    key: &'a Key,
    /// Single values.
    each: Vec<Input>,
    /// A line to move along, from here to its best end.
    line: Option<(i64, i64)>,
    /// The least change that reaches the goal alone.
    alone: Option<Change>,
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
        let look = |key: &Key| look(key).unwrap_or_else(|| self.inputs.get(key));
        sums.evidence(self.policy.evidence_floor).enough
            && gate::bounded(self.policy, scored, look).last <= self.goal
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
        let mut found = Candidates { key, each: Vec::new(), line: None, alone: None };
        if *from == Input::NotApplicable {
            return found;
        }
        let segment = self.inputs.segment.as_ref();
        let indicator = self.policy.indicators.iter().find(|one| one.key == *key);
        match indicator.map(|one| one.scoring_for(segment).kind().moves(from)) {
            Some(Moves::Each(each)) => found.each = each,
            Some(Moves::Towards(here, end)) => found.line = Some((here, end)),
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
        // A gate may ask a number of a judged input; no such value is offered.
        found.each.retain(|to| to != from && takes(self.policy, segment, key, to));
        found.each.sort();
        found.each.dedup();
        found.alone = self.nearest(&[], &found);
        found
    }

    /// The least change of an input that reaches the goal on top of what is changed already.
    fn nearest(&self, changed: &[(&Key, &Input)], candidates: &Candidates<'_>) -> Option<Change> {
        let with = |to: &Input| {
            let mut all = changed.to_vec();
            all.push((candidates.key, to));
            self.reaches(&all)
        };
        let along = candidates.first_along(|value| with(&Input::Measured { value }));
        let along = along.map(|value| Input::Measured { value });
        let from = self.inputs.get(candidates.key);
        let fit = candidates.each.iter().filter(|to| with(to)).chain(along.iter().filter(|to| *to != from));
        let nearest = fit.min_by_key(|to| self.apart(candidates.key, to).steps)?;
        Some(self.change(candidates.key, nearest))
    }

    /// The two changes, each short of what it would take alone, that together reach the goal with
    /// the least effort.
    fn pair(&self, options: &[Candidates<'_>]) -> Vec<Change> {
        let mut best: Option<(i64, [Change; 2])> = None;
        let mut consider = |fixed: &Candidates<'_>, free: &Candidates<'_>| {
            for to in fixed.each.iter().chain(&fixed.far(self.inputs.get(fixed.key))) {
                let least = best.as_ref().map_or(i64::MAX, |(effort, _)| *effort);
                let change = self.change(fixed.key, to);
                if change.effort.get() >= least || !self.is_short(fixed, to) {
                    continue;
                }
                let Some(other) = self.nearest(&[(fixed.key, to)], free) else {
                    continue;
                };
                let effort = change.effort.get().saturating_add(other.effort.get());
                if effort < least && self.is_short(free, &other.to) {
                    best = Some((effort, [change, other]));
                }
            }
        };
        for (index, first) in options.iter().enumerate() {
            for second in options.iter().skip(index + 1) {
                // The one that moves along a line is searched; of two lines, each in turn, for the
                // least sum has one of them as far as it goes.
                if first.line.is_none() || second.line.is_some() {
                    consider(first, second);
                }
                if first.line.is_some() {
                    consider(second, first);
                }
            }
        }
        best.map(|(_, pair)| pair.into()).unwrap_or_default()
    }

    /// Whether a move is nearer than the one that reaches the goal alone.
    fn is_short(&self, candidates: &Candidates<'_>, to: &Input) -> bool {
        let steps = |to: &Input| self.apart(candidates.key, to).steps;
        candidates.alone.as_ref().is_none_or(|alone| steps(to) < steps(&alone.to))
    }

    fn apart(&self, key: &Key, to: &Input) -> Apart {
        apart(self.policy, self.inputs.segment.as_ref(), key, self.inputs.get(key), to)
    }

    fn change(&self, key: &Key, to: &Input) -> Change {
        let from = self.inputs.get(key).clone();
        Change { input: key.clone(), from, to: to.clone(), effort: self.apart(key, to).effort }
    }
}

impl Candidates<'_> {
    /// The farthest along the line that does not reach the goal alone.
    fn far(&self, from: &Input) -> Option<Input> {
        let (here, end) = self.line?;
        let value = match self.alone.as_ref().and_then(|alone| alone.to.value()) {
            Some(alone) if here < alone && alone <= end => alone.saturating_sub(1),
            Some(alone) if end <= alone && alone < here => alone.saturating_add(1),
            _ => end,
        };
        Some(Input::Measured { value }).filter(|to| to != from)
    }

    /// The first value along the line for which a question is answered yes. Between the values that
    /// gates ask about, the answer changes at most once, from no to yes.
    fn first_along(&self, yes: impl Fn(i64) -> bool) -> Option<i64> {
        let (here, end) = self.line?;
        let (low, high) = (here.min(end), here.max(end));
        let mut stops: Vec<i64> = self.each.iter().filter_map(Input::value).collect();
        stops.retain(|stop| (low..=high).contains(stop));
        stops.push(end);
        stops.sort_by_key(|stop| stop.abs_diff(here));
        let mut start = here;
        for stop in stops {
            if let Some(value) = first_between(start, stop, &yes) {
                return Some(value);
            }
            start = stop;
        }
        None
    }
}

/// The value nearest to `here` on the way to `end` from which on a question is answered yes, for a
/// question that once answered yes stays so.
fn first_between(here: i64, end: i64, yes: impl Fn(i64) -> bool) -> Option<i64> {
    if yes(here) {
        return Some(here);
    }
    if !yes(end) {
        return None;
    }
    let (mut no, mut found) = (i128::from(here), i128::from(end));
    while (found - no).abs() > 1 {
        let middle = no + (found - no) / 2;
        match i64::try_from(middle) {
            Ok(value) if yes(value) => found = middle,
            _ => no = middle,
        }
    }
    i64::try_from(found).ok()
}
