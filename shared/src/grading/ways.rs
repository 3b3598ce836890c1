//! The nearest ways up: the smallest change of one input, and of two, that reach the next tier.
//!
//! Distances of unlike inputs are compared as shares of each input's own scale. Candidates are the
//! nearest entry of every band, every level, every point of a line, and both sides of every bound that
//! a gate, a rule or a cut asks about; each is tried against score, method and gates together, so that
//! what is offered always works. The cohort stays as it is, and so do the targets: by which others are
//! measured is nothing for a customer to move.

use super::context::Context;
use super::evidence::evidence;
use super::gate;
use super::method::Standing;
use super::scale::{Apart, Scales, takes};
use super::scoring::{Goal, Moves, Scoring};
use super::sums::{Part, Sums};
use super::{Change, Cohort, Effect, Indicator, Input, Inputs, Policy, Test, WaysUp};
use crate::id::Key;
use crate::number::Points;

/// The ways from a position to the next better one.
pub(super) fn ways_up(policy: &Policy, cohort: &Cohort, inputs: &Inputs, position: usize) -> WaysUp {
    let Some((goal, target)) = position.checked_sub(1).and_then(|goal| Some((goal, policy.tiers.get(goal)?)))
    else {
        return WaysUp::default();
    };
    let method = policy.method.kind();
    let asked = policy.asked(cohort);
    let search = Search {
        policy,
        cohort,
        inputs,
        sums: Sums::of(policy, cohort, inputs),
        scales: Scales { policy, cohort, inputs, asked: &asked },
        turns: method.turns(policy, cohort, goal),
        evidence: method.asked(),
        goal,
    };
    let options: Vec<Candidates<'_>> = search.keys().into_iter().map(|key| search.candidates(key)).collect();

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
    cohort: &'a Cohort,
    inputs: &'a Inputs,
    sums: Sums,
    scales: Scales<'a>,
    /// The scores at which the method may turn.
    turns: Vec<Points>,
    /// The inputs that are the evidence where nothing has weight.
    evidence: Vec<&'a Key>,
    goal: usize,
}

impl<'a> Search<'a> {
    /// Every input that a customer can move, each once: of indicators, facts, and whatever else is asked.
    fn keys(&self) -> Vec<&'a Key> {
        let segment = self.inputs.segment.as_ref();
        let targets = self.policy.indicators.iter().filter_map(|one| match one.scoring_for(segment) {
            Scoring::Target(rule) => match &rule.target {
                Goal::Input(key) => Some(key),
                Goal::Value(_) => None,
            },
            Scoring::Bands(_)
            | Scoring::Levels(_)
            | Scoring::Linear(_)
            | Scoring::Best(_)
            | Scoring::Growth(_) => None,
        });
        let fixed: Vec<&Key> = targets.collect();
        let indicators = self.policy.indicators.iter().map(|one| &one.key);
        let facts = self.policy.facts.iter().map(|one| &one.key);
        let mut keys: Vec<&Key> = Vec::new();
        for key in indicators.chain(facts).chain(self.scales.asked.iter().map(|one| &one.input)) {
            if !keys.contains(&key) && !fixed.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// The sums with these inputs exchanged.
    fn sums(&self, changed: &[(&Key, &Input)]) -> Sums {
        let look = |key: &Key| changed.iter().find(|(one, _)| *one == key).map(|(_, input)| *input);
        self.policy.indicators.iter().fold(self.sums, |sums, indicator| match look(&indicator.key) {
            Some(input) => {
                let own = self.inputs.get(&indicator.key);
                sums.exchange(self.part(indicator, own), self.part(indicator, input))
            }
            None => sums,
        })
    }

    fn part(&self, indicator: &Indicator, input: &Input) -> Part {
        let kind = indicator.scoring_for(self.inputs.segment.as_ref()).kind();
        Part::of(indicator.weight, kind, Context::of(indicator, self.cohort, self.inputs), input)
    }

    /// The score with these inputs exchanged.
    fn score(&self, changed: &[(&Key, &Input)]) -> Points {
        self.sums(changed).score(self.policy).limited
    }

    /// Whether the goal is reached with these inputs exchanged.
    fn reaches(&self, changed: &[(&Key, &Input)]) -> bool {
        let sums = self.sums(changed);
        let look = |key: &Key| match changed.iter().find(|(one, _)| *one == key) {
            Some((_, input)) => *input,
            None => self.inputs.get(key),
        };
        let score = sums.score(self.policy).limited;
        let standing = Standing { policy: self.policy, cohort: self.cohort, score, look: &look };
        let bounded = |scored| gate::bounded(self.policy, scored, look).last;
        evidence(self.policy, sums, &self.evidence, look).enough
            && self.policy.method.kind().place(standing).is_some_and(|scored| bounded(scored) <= self.goal)
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
        let context = |one| Context::of(one, self.cohort, self.inputs);
        match indicator.map(|one| one.scoring_for(segment).kind().moves(from, context(one))) {
            Some(Moves::Each(each)) => found.each = each,
            Some(Moves::Towards(here, end)) => found.line = Some((here, end)),
            None => {}
        }
        for one in self.scales.asked.iter().filter(|one| one.input == *key) {
            let sides = |bound: &i64| [bound.saturating_sub(1), *bound, bound.saturating_add(1)];
            match &one.test {
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
        // A number may be asked of a judged input; no such value is offered.
        found.each.retain(|to| to != from && takes(self.policy, segment, key, to));
        found.each.sort();
        found.each.dedup();
        found.alone = self.nearest(&[], &found);
        found
    }

    /// The least change of an input that reaches the goal on top of what is changed already.
    fn nearest(&self, changed: &[(&Key, &Input)], candidates: &Candidates<'_>) -> Option<Change> {
        let yes = |to: &Input| self.reaches(&with(changed, candidates.key, to));
        let score = |value: i64| self.score(&with(changed, candidates.key, &Input::Measured { value }));
        let along = candidates.first_along(&self.turns, score, |value| yes(&Input::Measured { value }));
        let along = along.map(|value| Input::Measured { value });
        let from = self.inputs.get(candidates.key);
        let fit = candidates.each.iter().filter(|to| yes(to)).chain(along.iter().filter(|to| *to != from));
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
        self.scales.apart(key, to)
    }

    fn change(&self, key: &Key, to: &Input) -> Change {
        let from = self.inputs.get(key).clone();
        Change { input: key.clone(), from, to: to.clone(), effort: self.apart(key, to).effort }
    }
}

/// What is changed already and one input more.
fn with<'b>(changed: &[(&'b Key, &'b Input)], key: &'b Key, to: &'b Input) -> Vec<(&'b Key, &'b Input)> {
    changed.iter().copied().chain([(key, to)]).collect()
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

    /// The first value along the line for which a question is answered yes. Between the values that are
    /// asked about, only the score changes, never downwards, so that the answer can turn only where one
    /// of the scores at which the method turns is reached.
    fn first_along(
        &self,
        turns: &[Points],
        score: impl Fn(i64) -> Points,
        yes: impl Fn(i64) -> bool,
    ) -> Option<i64> {
        let (here, end) = self.line?;
        let (low, high) = (here.min(end), here.max(end));
        let mut stops: Vec<i64> = self.each.iter().filter_map(Input::value).collect();
        stops.retain(|stop| (low..=high).contains(stop));
        stops.push(end);
        stops.sort_by_key(|stop| stop.abs_diff(here));
        let mut start = here;
        for stop in stops {
            let turned = turns.iter().filter_map(|turn| first_between(start, stop, |at| score(at) >= *turn));
            let mut tried: Vec<i64> = turned.chain([start, stop]).collect();
            tried.sort_by_key(|value| value.abs_diff(here));
            if let Some(value) = tried.into_iter().find(|value| yes(*value)) {
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
