//! A customer's input that can move, and where to.

use std::ops::Range;

use super::Search;
use super::candidate::{Candidate, Chance};
use super::line::Line;
use super::movable::Movable;
use super::share::Share;
use crate::grading::gate::Room;
use crate::grading::scale::{Apart, Scale};
use crate::grading::{Change, Input, Inputs};
use crate::number::BasisPoints;

/// The inputs that can move, and where to.
pub(super) struct Movers<'s, 'a> {
    pub(super) all: Vec<Mover<'s, 'a>>,
    moves: Vec<Move<'s>>,
    /// The least changes that each reach the goal alone.
    pub(super) single: Vec<Change>,
}

/// An input that can move without reaching the goal alone.
pub(super) struct Mover<'s, 'a> {
    pub(super) candidate: &'s Candidate<'s, 'a>,
    /// Where it stands on the scale, when it is known.
    place: Option<i64>,
    scale: Scale<'s>,
    /// Its single values, in their own order, among the moves of all, and after them the far end of its line.
    moves: Range<usize>,
    /// A line to move along.
    pub(super) line: Option<Line>,
    /// In each respect the most that it can come to, over what it comes to as it is.
    pub(super) most: Share,
    /// The least effort of any of its moves.
    pub(super) effort: i64,
}

/// A value to move to.
#[derive(Clone, Copy)]
pub(super) struct Move<'s> {
    pub(super) to: To<'s>,
    pub(super) apart: Apart,
    /// What it comes to there, over what it comes to as it is.
    pub(super) share: Share,
}

/// Where to.
#[derive(Clone, Copy)]
pub(super) enum To<'s> {
    /// To a single value of the policy.
    Stop(&'s Input),
    /// To a number on a line.
    Value(i64),
}

impl<'s, 'a> Movers<'s, 'a> {
    pub(super) fn new(most: usize) -> Self {
        Self { all: Vec::with_capacity(most), moves: Vec::with_capacity(16), single: Vec::new() }
    }

    /// The moves of one of them.
    pub(super) fn moves(&self, mover: &Mover<'s, 'a>) -> &[Move<'s>] {
        self.moves.get(mover.moves.clone()).unwrap_or_default()
    }
}

impl<'s, 'a> Search<'s, 'a> {
    /// Adds a customer's input: the move that reaches the goal alone, and every value short of it that is worth
    /// moving to, as far as it has a chance.
    pub(super) fn add(&self, candidate: &'s Candidate<'s, 'a>, chance: Chance, movers: &mut Movers<'s, 'a>) {
        let Candidate { of, from, own, .. } = *candidate;
        let begin = movers.moves.len();
        let scale = of.scale(self.inputs);
        let (here, place) = (scale.here(from), scale.place(from));
        let least = self.worth(of, own, chance.least);
        for stop in of.stops.iter().filter(|stop| stop.share.earned >= least) {
            let share = if of.is_steady { stop.share } else { of.share(&stop.to, self.inputs) };
            if (least > own.earned || self.is_worth(share, own)) && stop.is_offered((from, place), here) {
                let apart = scale.apart((from, place), (&stop.to, stop.place));
                movers.moves.push(Move { to: To::Stop(&stop.to), apart, share: share.less(own) });
            }
        }
        let line = of.end(self.inputs).map(|end| Line { here, end: end.unwrap_or(here) });
        let moves = begin..movers.moves.len();
        let mut mover =
            Mover { candidate, place, scale, moves, line, most: of.most.less(own), effort: i64::MAX };
        let alone = if chance.alone { self.alone(&mover, movers.moves(&mover)) } else { None };
        movers.single.extend(alone.map(|alone| mover.change(&alone)));
        mover.shorten(alone.as_ref(), &mut movers.moves, self.inputs);
        if mover.effort < i64::MAX {
            movers.all.push(mover);
        }
    }

    /// The least that a value must earn to be worth a look, if it must earn this to be a part of a way.
    fn worth(&self, of: &Movable<'_>, own: Share, least: i64) -> i64 {
        // Where a gate asks for it there may be more to a value than what it earns.
        if self.need.is_none() || !of.gates.is_empty() || !of.is_steady {
            return i64::MIN;
        }
        let is_known = own.known >= of.most.known;
        if is_known { least.max(own.earned.saturating_add(1)) } else { least }
    }

    /// Whether a move to a share can be a part of any way.
    fn is_worth(&self, share: Share, own: Share) -> bool {
        match self.need {
            Some(need) => need.is_helped(share, own),
            None => !self.by_score || share.may_lift(own),
        }
    }

    /// The room that each gate that asks for an input leaves as it is.
    pub(super) fn rooms(&self, of: &Movable<'_>) -> impl Iterator<Item = Room> {
        of.gates.iter().filter_map(|(at, one)| Some(one.room(self.gates.get(*at)?.state)))
    }

    /// What an input comes to as it is, by the lines that it has been given.
    pub(super) fn own(&self, of: &Movable<'_>) -> Share {
        let mut own = Share { room: self.rooms(of).fold(Room::ALL, Room::and), ..Share::NOTHING };
        for (at, _) in &of.scored {
            if let Some(line) = self.lines.get(*at).filter(|line| line.matched.is_some()) {
                own.earned = own.earned.saturating_add(line.points.get());
                own.known = own.known.saturating_add(line.weight.get());
            }
        }
        own
    }
}

impl<'s> Mover<'s, '_> {
    /// The move to a number.
    pub(super) fn to(&self, value: i64, inputs: &Inputs) -> Move<'s> {
        let (scale, to) = (self.scale, Input::Measured { value });
        let apart = scale.apart((self.candidate.from, self.place), (&to, scale.place(&to)));
        Move { to: To::Value(value), apart, share: self.share(&to, inputs) }
    }

    /// What it comes to at a value, over what it comes to as it is.
    fn share(&self, to: &Input, inputs: &Inputs) -> Share {
        self.candidate.of.share(to, inputs).less(self.candidate.own)
    }

    /// A move as it is offered.
    pub(super) fn change(&self, one: &Move<'_>) -> Change {
        let effort = BasisPoints::clamped(one.apart.effort.into());
        Change {
            input: self.candidate.of.key.clone(),
            from: self.candidate.from.clone(),
            to: one.to.input(),
            effort,
        }
    }

    /// Keeps only what is short of the move that reaches the goal alone, for that is what it takes a
    /// second change for; the end of the line stands for all of it. Finds how much is earned by that at the
    /// most, and with what effort at the least. Its moves are still the last of all.
    fn shorten(&mut self, alone: Option<&Move<'s>>, all: &mut Vec<Move<'s>>, inputs: &Inputs) {
        let is_short = |one: &Move<'_>| alone.is_none_or(|alone| one.apart < alone.apart);
        let (mut kept, mut earned, mut effort) = (self.moves.start, 0_i64, i64::MAX);
        if let Some(mut line) = self.line.take()
            && (alone.is_none() || is_short(&self.to(line.here, inputs)))
        {
            let far = line.shorten(alone).map(|value| self.to(value, inputs));
            all.extend(far.filter(|far| !far.to.is(self.candidate.from)));
            // Of two indicators that share an input, each has an end of its own.
            let is_even = self.candidate.of.scored.len() < 2;
            let end = Input::Measured { value: line.end };
            earned = earned.max(if is_even { self.share(&end, inputs) } else { self.most }.earned);
            effort = 0;
            self.line = Some(line);
        }
        for at in self.moves.start..all.len() {
            if let Some(one) = all.get(at).filter(|one| is_short(one)) {
                earned = earned.max(one.share.earned);
                effort = effort.min(one.apart.effort);
                if kept != at {
                    all.swap(kept, at);
                }
                kept = kept.saturating_add(1);
            }
        }
        all.truncate(kept);
        // In all other respects as much as any customer's.
        (self.moves.end, self.most.earned, self.effort) = (kept, earned, effort);
    }
}

impl To<'_> {
    /// The input that it makes.
    pub(super) fn input(self) -> Input {
        match self {
            Self::Stop(to) => to.clone(),
            Self::Value(value) => Input::Measured { value },
        }
    }

    /// Its number.
    pub(super) const fn value(self) -> Option<i64> {
        match self {
            Self::Stop(to) => to.value(),
            Self::Value(value) => Some(value),
        }
    }

    /// Whether it is where an input is.
    pub(super) fn is(self, from: &Input) -> bool {
        match self {
            Self::Stop(to) => to == from,
            Self::Value(value) => from.value() == Some(value),
        }
    }
}
