//! The nearest ways up: the smallest change of one input, and of two, that reach the next tier.
//!
//! Distances of unlike inputs are compared as shares of each input's own scale. Candidates are the
//! nearest entry of every band, every level, every point of a line, and both sides of every bound that
//! a gate, a rule or a cut asks about; each is tried against score, method and gates together, so that
//! what is offered always works. The cohort stays as it is, and so do the targets: by which others are
//! measured is nothing for a customer to move.
//!
//! Nobody is graded anew for a trial. A grade is a sum over the inputs and a room that each gate leaves,
//! so that what a value comes to is found once, and an input is exchanged by taking its own share out and
//! another in.

mod line;
mod mover;
mod share;

use super::evidence::suffices;
use super::gate::{self, Room};
use super::method::Standing;
use super::scorer::Scorer;
use super::scoring::{Goal, Scoring};
use super::sums::Sums;
use super::{Change, Cohort, Condition, Effect, Gate, Input, Inputs, Policy, WaysUp};
use crate::id::Key;
use crate::number::Points;
use mover::{Move, Mover};
use share::Share;

/// The ways from a position to the next better one.
pub(super) fn ways_up(policy: &Policy, cohort: &Cohort, inputs: &Inputs, position: usize) -> WaysUp {
    let Some((goal, target)) = position.checked_sub(1).and_then(|goal| Some((goal, policy.tiers.get(goal)?)))
    else {
        return WaysUp::default();
    };
    let method = policy.method.kind();
    let mut turns = method.turns(policy, cohort, goal);
    turns.sort_unstable();
    let (evidence, by_score) = (method.asked(), method.is_by_score());
    let search = Search { policy, cohort, inputs, turns, evidence, goal, by_score };
    let asked = policy.asked(cohort);
    let now = search.now();
    let mut movers: Vec<Mover<'_>> =
        search.keys(&asked).into_iter().filter_map(|key| search.mover(key, &asked)).collect();
    for mover in &mut movers {
        let rest = Rest { share: now.without(&[mover]), changed: None };
        mover.shorten(search.nearest(&rest, mover, i64::MAX));
    }

    let pair = search.pair(&now, &movers);
    let mut single: Vec<Change> =
        movers.iter().filter_map(|one| Some(one.change(one.alone.as_ref()?))).collect();
    single.sort_by_key(|change| change.effort);
    let blocked_by =
        policy.gates.iter().filter(|one| search.holds_down(one)).map(|one| one.key.clone()).collect();
    WaysUp { target: Some(target.key.clone()), blocked_by, single, pair }
}

struct Search<'a> {
    policy: &'a Policy,
    cohort: &'a Cohort,
    inputs: &'a Inputs,
    /// The scores at which the method may turn, ascending.
    turns: Vec<Points>,
    /// The inputs that are the evidence where nothing has weight.
    evidence: Vec<&'a Key>,
    goal: usize,
    /// Whether the score alone decides: then a move that adds nothing to it leads nowhere.
    by_score: bool,
}

/// The customer as it is.
struct Now<'a> {
    sums: Sums,
    /// The gates that act, by the input that they ask for.
    acting: Vec<(&'a Key, Room)>,
}

impl Now<'_> {
    /// What all inputs but some come to.
    fn without(&self, movers: &[&Mover<'_>]) -> Share {
        let sums = movers.iter().fold(self.sums, |sums, mover| sums.minus(mover.own.sums));
        let others = self.acting.iter().filter(|(key, _)| movers.iter().all(|mover| mover.key != *key));
        Share { sums, room: others.fold(Room::ALL, |room, (_, own)| room.and(*own)) }
    }
}

/// All inputs but one that is to move; of them, one may be changed already.
struct Rest<'b> {
    share: Share,
    changed: Option<(&'b Key, &'b Input)>,
}

impl<'a> Search<'a> {
    fn now(&self) -> Now<'a> {
        let scorers = self.policy.indicators.iter().map(|one| Scorer::of(one, self.cohort, self.inputs));
        let sums = scorers.map(|one| one.sums(self.inputs.get(&one.indicator.key)));
        let acting = self.policy.gates.iter().filter(|gate| self.acts(gate));
        Now {
            sums: sums.fold(Sums::NOTHING, |all, one| all.plus(one)),
            acting: acting.map(|gate| (&gate.when.input, gate::bounds(self.policy, &gate.effect))).collect(),
        }
    }

    fn acts(&self, gate: &Gate) -> bool {
        gate.acts(gate.state(self.inputs.get(&gate.when.input)))
    }

    /// Every input that a customer can move, each once: of indicators, facts, and whatever else is asked.
    fn keys<'b>(&self, asked: &'b [Condition]) -> Vec<&'b Key>
    where
        'a: 'b,
    {
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
        for key in indicators.chain(facts).chain(asked.iter().map(|one| &one.input)) {
            if !keys.contains(&key) && !fixed.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// Whether a gate acts and leaves no room for the goal.
    fn holds_down(&self, gate: &Gate) -> bool {
        self.acts(gate)
            && match &gate.effect {
                Effect::Cap { tier } => gate::rank(self.policy, tier) > self.goal,
                Effect::Require { tier } => gate::rank(self.policy, tier) >= self.goal,
                Effect::Floor { .. } | Effect::Provisional => false,
            }
    }

    /// Whether the goal is reached when an input is another, and what it comes to is this.
    fn reaches(&self, rest: &Rest<'_>, (key, to): (&Key, &Input), share: Share) -> bool {
        let look = |asked: &Key| match rest.changed {
            _ if asked == key => to,
            Some((changed, input)) if asked == changed => input,
            _ => self.inputs.get(asked),
        };
        let Share { sums, room } = rest.share.and(share);
        let score = sums.score(self.policy).limited;
        let standing = Standing { policy: self.policy, cohort: self.cohort, score, look: &look };
        let placed = self.policy.method.kind().place(standing);
        placed.is_some_and(|scored| room.bound(scored).last <= self.goal)
            && suffices(self.policy, sums, &self.evidence, look)
    }

    /// The nearest move of less than some effort that reaches the goal.
    fn nearest(&self, rest: &Rest<'_>, mover: &Mover<'_>, below: i64) -> Option<Move> {
        let within = |one: &&Move| one.apart.effort.get() < below;
        let yes = |one: &&Move| self.reaches(rest, (mover.key, &one.to), one.share);
        let single = mover.nearest_first.iter().take_while(within).find(yes);
        let along = self.along(rest, mover, below);
        match (single, along) {
            (Some(single), Some(along)) if along.apart < single.apart => Some(along),
            (Some(single), _) => Some(single.clone()),
            (None, along) => along,
        }
    }

    fn along(&self, rest: &Rest<'_>, mover: &Mover<'_>, below: i64) -> Option<Move> {
        let measured = |value| Input::Measured { value };
        let score = |value| rest.share.sums.plus(mover.sums(&measured(value))).score(self.policy).limited;
        let yes = |value| {
            let to = measured(value);
            self.reaches(rest, (mover.key, &to), mover.share(&to))
        };
        let value = mover.line.as_ref()?.first(mover.scale.reach(below), &self.turns, score, yes)?;
        let found = mover.to(measured(value));
        (found.to != *mover.from && found.apart.effort.get() < below).then_some(found)
    }

    /// The two changes, each short of what it would take alone, that together reach the goal with
    /// the least effort.
    fn pair(&self, now: &Now<'_>, movers: &[Mover<'_>]) -> Vec<Change> {
        let mut least = i64::MAX;
        let mut best = Vec::new();
        let mut consider = |fixed: &Mover<'_>, free: &Mover<'_>| {
            let others = now.without(&[fixed, free]);
            for one in &fixed.short {
                let below = least.saturating_sub(one.apart.effort.get());
                let rest = Rest { share: others.and(one.share), changed: Some((fixed.key, &one.to)) };
                if let Some(other) = self.nearest(&rest, free, below) {
                    least = one.apart.effort.get().saturating_add(other.apart.effort.get());
                    best = vec![fixed.change(one), free.change(&other)];
                }
            }
        };
        for (index, first) in movers.iter().enumerate() {
            for second in movers.iter().skip(index + 1) {
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
        best
    }
}
