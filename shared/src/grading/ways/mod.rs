//! The nearest ways up: the smallest change of one input, and of two, that reach the next tier.
//!
//! Distances of unlike inputs are compared as shares of each input's own scale. Candidates are the
//! nearest entry of every band, every level, every point of a line, and both sides of every bound that
//! a gate, a rule or a cut asks about; each is tried against score, method and gates together, so that
//! what is offered always works. The cohort stays as it is, and so do the targets: by which others are
//! measured is nothing for a customer to move.
//!
//! Nobody is graded anew for a trial. A grade is a sum over the inputs and a room that each gate leaves,
//! so that what a value comes to is found once, for all customers where they do not differ in it
//! ([`movable`]), and an input is exchanged by taking its own share out and another in. Where the score
//! alone decides, what it takes is a sum as well ([`goal`]), and what cannot come to it is not tried
//! ([`candidate`]).

mod candidate;
mod goal;
mod line;
mod movable;
mod mover;
mod share;

use super::compiled::{Form, Found};
use super::evidence::suffices;
use super::gate::{self, Room};
use super::method::Standing;
use super::sums::Sums;
use super::{Change, Compiled, Effect, GateOutcome, Inputs, Line, WaysUp};
use crate::id::Key;
use candidate::Leaders;
use goal::{Goal, Need};
use movable::Movable;
use mover::{Move, Mover, Movers, To};
use share::Share;

/// What the ways up of all customers of a form have in common.
pub(super) struct Ways<'a> {
    movables: Vec<Movable<'a>>,
    /// Every tier but the last, best first.
    goals: Vec<Goal>,
}

impl<'a> Compiled<'a> {
    fn ways<'s>(&'s self, form: &'s Form<'a>) -> &'s Ways<'a> {
        form.ways.get_or_init(|| {
            let positions = 0..self.policy.tiers.len().saturating_sub(1);
            Ways {
                movables: movable::all(self, form),
                goals: positions.map(|position| Goal::new(self, position)).collect(),
            }
        })
    }

    /// The ways of a customer of these lines, gates and sums, from a position to the next better one.
    pub(super) fn ways_up(
        &self,
        found: &Found<'_, '_>,
        lines: &[Line],
        gates: &[GateOutcome],
        sums: Sums,
        position: usize,
    ) -> WaysUp {
        let inputs = found.inputs;
        let ways = self.ways(self.form(inputs.segment.as_ref()));
        let next = position.checked_sub(1);
        let Some((goal, target)) =
            next.and_then(|at| Some((ways.goals.get(at)?, self.policy.tiers.get(at)?)))
        else {
            return WaysUp::default();
        };
        let (mut room, mut bars) = (Room::ALL, 0_usize);
        for (one, outcome) in self.gates.iter().zip(gates) {
            let left = one.room(outcome.state);
            room = room.and(left);
            bars = bars.saturating_add(usize::from(left.bars(goal.position)));
        }
        let now = Share::new(sums, room);
        let (need, by_score) = (goal.need(self, sums), self.method.is_by_score());
        let short = need.map_or(i64::MIN, |need| need.short(now));
        let search = Search {
            compiled: self,
            found,
            inputs,
            lines,
            gates,
            goal,
            need,
            by_score,
            sums,
            now,
            bars,
            short,
        };
        let mut candidates = Vec::with_capacity(ways.movables.len());
        candidates.extend(ways.movables.iter().filter_map(|one| search.candidate(one)));
        let leaders = Leaders::of(&candidates, bars);
        let mut movers = Movers::new(candidates.len());
        for one in &candidates {
            if let Some(chance) = search.chance(one, &leaders) {
                search.add(one, chance, &mut movers);
            }
        }
        let pair = search.pair(&movers);
        let mut single = movers.single;
        single.sort_by_key(|change| change.effort);
        let blocking = gates.iter().filter(|one| search.holds_down(one));
        let blocked_by = blocking.map(|one| one.gate.clone()).collect();
        WaysUp { target: Some(target.key.clone()), blocked_by, single, pair }
    }
}

/// The search for one customer.
struct Search<'s, 'a> {
    compiled: &'s Compiled<'a>,
    found: &'s Found<'s, 's>,
    inputs: &'s Inputs,
    lines: &'s [Line],
    gates: &'s [GateOutcome],
    goal: &'s Goal,
    /// What is needed, where sums can say it.
    need: Option<Need>,
    /// Whether the score alone decides: then a move that adds nothing to it leads nowhere.
    by_score: bool,
    sums: Sums,
    /// What all inputs come to as they are.
    now: Share,
    /// How many gates bar the goal.
    bars: usize,
    /// [`Need::short`], of the customer as it is.
    short: i64,
}

/// All inputs, of which one is to move and another may be changed already, with the room of all but that one.
struct Rest<'b> {
    share: Share,
    changed: Option<(&'b Key, To<'b>)>,
}

/// The best pair so far: who moves where, and how much effort it is.
struct Pair<'m, 's, 'a> {
    effort: i64,
    changes: Option<[(&'m Mover<'s, 'a>, Move<'s>); 2]>,
}

impl<'s, 'a> Search<'s, 'a> {
    /// What all inputs come to as they are, with the room that is left by the gates that ask for none of some.
    #[inline]
    fn without(&self, movers: &[&Mover<'_, '_>]) -> Share {
        if movers.iter().all(|mover| mover.candidate.of.gates.is_empty()) {
            return self.now;
        }
        let gates = self.compiled.gates.iter().zip(self.gates);
        let others =
            gates.filter(|(one, _)| movers.iter().all(|mover| mover.candidate.of.place != one.place));
        let rooms = others.map(|(one, outcome)| one.room(outcome.state));
        Share { room: rooms.fold(Room::ALL, Room::and), ..self.now }
    }

    /// Whether a gate acts and leaves no room for the goal.
    fn holds_down(&self, one: &GateOutcome) -> bool {
        let policy = self.compiled.policy;
        let acts = one.acts();
        acts && match &one.effect {
            Effect::Cap { tier } => gate::rank(policy, tier) > self.goal.position,
            Effect::Require { tier } => gate::rank(policy, tier) >= self.goal.position,
            Effect::Floor { .. } | Effect::Provisional => false,
        }
    }

    /// Whether the goal is reached when an input is another, and what it comes to is this.
    #[inline(always)]
    fn reaches(&self, rest: &Rest<'_>, (key, to): (&Key, To<'_>), share: Share) -> bool {
        let all = rest.share.and(share);
        match self.need {
            Some(need) => need.is_met(all),
            None => self.is_placed(rest, (key, to), all),
        }
    }

    /// Whether the method places a customer at the goal whose input is another, and of whom all comes to this.
    fn is_placed(&self, rest: &Rest<'_>, (key, to): (&Key, To<'_>), all: Share) -> bool {
        let (to, changed) = (to.input(), rest.changed.map(|(key, to)| (key, to.input())));
        let look = |asked: &Key| match &changed {
            _ if asked == key => &to,
            Some((changed, input)) if asked == *changed => input,
            _ => self.inputs.get(asked),
        };
        let Compiled { policy, cohort, method, asked, .. } = self.compiled;
        let sums = self.sums.with(all.earned.into(), all.known.into());
        let standing = Standing { policy, cohort, score: sums.score(policy).limited, look: &look };
        let placed = method.place(standing);
        placed.is_some_and(|scored| all.room.bound(scored).last <= self.goal.position)
            && suffices(policy, sums, asked, look)
    }

    /// Whether the goal may be reached when all comes to this much at the most.
    fn may_reach(&self, most: Share) -> bool {
        self.need.is_none_or(|need| need.is_met(most))
    }

    /// The nearest move that reaches the goal alone.
    fn alone(&self, mover: &Mover<'s, '_>, moves: &[Move<'s>]) -> Option<Move<'s>> {
        let rest = Rest { share: self.without(&[mover]), changed: None };
        self.nearest(&rest, mover, moves, i64::MAX)
    }

    /// The nearest move of less than some effort that reaches the goal; of two as near, the first.
    fn nearest(
        &self,
        rest: &Rest<'_>,
        mover: &Mover<'s, '_>,
        moves: &[Move<'s>],
        below: i64,
    ) -> Option<Move<'s>> {
        let mut single: Option<&Move<'s>> = None;
        for one in moves {
            if one.apart.effort < below
                && single.is_none_or(|single| one.apart < single.apart)
                && self.reaches(rest, (&mover.candidate.of.key, one.to), one.share)
            {
                single = Some(one);
            }
        }
        let along = self.along(rest, mover, below);
        match (single, along) {
            (Some(single), Some(along)) if along.apart < single.apart => Some(along),
            (Some(single), _) => Some(*single),
            (None, along) => along,
        }
    }

    /// The nearest move along a line that reaches the goal, of less than some effort. Between the values that
    /// are asked about, which are moves of their own, only what is earned changes along a line, and never
    /// downwards: the answer can turn only where it is enough for a score at which the method does.
    fn along(&self, rest: &Rest<'_>, mover: &Mover<'s, '_>, below: i64) -> Option<Move<'s>> {
        let line = mover.line?;
        let mut found: Option<Move<'s>> = None;
        let mut consider = |value: i64| {
            let one = mover.to(value, self.inputs);
            let is_nearer = one.apart.effort < below && found.is_none_or(|found| one.apart < found.apart);
            if is_nearer
                && !one.to.is(mover.candidate.from)
                && self.reaches(rest, (&mover.candidate.of.key, one.to), one.share)
            {
                found = Some(one);
            }
        };
        // To know it may be enough.
        if mover.candidate.from.value().is_none() {
            consider(line.here);
        }
        for enough in self.turns() {
            let short = enough.saturating_sub(rest.share.earned);
            let points = mover.candidate.own.earned.saturating_add(short);
            if let Some(value) = mover.candidate.of.first_with(points, self.inputs) {
                consider(line.nearest(value));
            }
        }
        found
    }

    /// What is earned in all where the answer may turn.
    fn turns(&self) -> impl Iterator<Item = i64> {
        let by_score = self.goal.turns(self.compiled.policy, self.sums);
        let by_score = by_score.filter(|_| self.need.is_none());
        self.need.map(|need| need.earned).into_iter().chain(by_score)
    }

    /// The two changes, each short of what it would take alone, that together reach the goal with
    /// the least effort.
    fn pair(&self, movers: &Movers<'s, 'a>) -> Vec<Change> {
        let mut best = Pair { effort: i64::MAX, changes: None };
        for (index, first) in movers.all.iter().enumerate() {
            for second in movers.all.iter().skip(index.saturating_add(1)) {
                if first.effort.saturating_add(second.effort) >= best.effort {
                    continue;
                }
                let others = self.without(&[first, second]);
                if !self.may_reach(others.and(first.most).and(second.most)) {
                    continue;
                }
                // The one that moves along a line is searched; of two lines, each in turn, for the
                // least sum has one of them as far as it goes.
                if first.line.is_none() || second.line.is_some() {
                    self.consider(&mut best, others, movers, [first, second]);
                }
                if first.line.is_some() {
                    self.consider(&mut best, others, movers, [second, first]);
                }
            }
        }
        let changes = best.changes.iter().flatten();
        changes.map(|(mover, one)| mover.change(one)).collect()
    }

    /// Moves of two inputs that are better than the best pair so far.
    fn consider<'m>(
        &self,
        best: &mut Pair<'m, 's, 'a>,
        others: Share,
        movers: &Movers<'s, 'a>,
        [fixed, free]: [&'m Mover<'s, 'a>; 2],
    ) {
        for one in movers.moves(fixed) {
            let effort = one.apart.effort;
            let below = best.effort.saturating_sub(effort);
            if free.effort >= below {
                continue;
            }
            let rest =
                Rest { share: others.and(one.share), changed: Some((&fixed.candidate.of.key, one.to)) };
            if !self.may_reach(rest.share.and(free.most)) {
                continue;
            }
            if let Some(other) = self.nearest(&rest, free, movers.moves(free), below) {
                best.effort = effort.saturating_add(other.apart.effort);
                best.changes = Some([(fixed, *one), (free, other)]);
            }
        }
    }
}
