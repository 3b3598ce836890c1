//! A customer's input that can move, and where to.

use std::ops::Range;

use super::Search;
use super::candidate::{Candidate, Chance, short_of};
use super::line::Line;
use super::movable::Movable;
use super::share::Share;
use crate::grading::scale::{Apart, Scale};
use crate::grading::{Change, Input, Inputs};

/// An input that can move.
pub(super) struct Mover<'s, 'a> {
    pub(super) of: &'s Movable<'a>,
    pub(super) from: &'s Input,
    /// Where that stands on the scale, when it is known.
    pub(super) place: Option<i64>,
    /// What it comes to as it is.
    pub(super) own: Share,
    own_scale: Option<Box<Scale<'a>>>,
    /// Its single values, in their own order, among the moves of all, and after them the far end of its line.
    moves: Range<usize>,
    /// A line to move along.
    pub(super) line: Option<Line>,
    /// The least change that reaches the goal alone.
    pub(super) alone: Option<Move<'s>>,
    /// In each respect the most that it can come to short of that.
    pub(super) most: Share,
    /// The least effort of any of its moves.
    pub(super) effort: i64,
}

/// A value to move to.
#[derive(Clone, Copy)]
pub(super) struct Move<'s> {
    pub(super) to: To<'s>,
    pub(super) apart: Apart,
    /// What it comes to there.
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

impl<'s, 'a> Search<'s, 'a> {
    /// A customer's input, with the move that reaches the goal alone, and every value short of it that is worth
    /// moving to, as far as it has a chance, put at the end of all moves; `None` where there is none.
    pub(super) fn mover(
        &self,
        candidate: &Candidate<'s, 'a>,
        chance: Chance,
        all: &mut Vec<Move<'s>>,
    ) -> Option<Mover<'s, 'a>> {
        let Candidate { of, from, own, .. } = *candidate;
        let begin = all.len();
        let own_scale = of.own_scale(self.inputs).map(Box::new);
        let scale = own_scale.as_deref().unwrap_or(&of.scale);
        let (here, place) = (scale.here(from), scale.place(from));
        let least = self.worth(of, own, chance.least);
        for stop in of.stops.iter().filter(|stop| stop.earned >= least) {
            let share = if of.is_steady { stop.share } else { of.share(&stop.to, self.inputs) };
            if self.is_worth(share, own) && stop.is_offered(from, here) {
                let apart = scale.apart((from, place), (&stop.to, stop.place));
                all.push(Move { to: To::Stop(&stop.to), apart, share });
            }
        }
        let ends = of.end(self.inputs).map(|end| (here, end.unwrap_or(here)));
        let line = ends.map(|(here, end)| {
            let offered = of.stops.iter().filter(|stop| stop.is_offered(from, here));
            Line::new(here, end, offered.filter_map(|stop| stop.to.value()))
        });
        if line.is_none() && all.len() == begin {
            return None;
        }
        let (moves, most) = (begin..all.len(), Share::LEAST);
        let mut mover =
            Mover { of, from, place, own, own_scale, moves, line, alone: None, most, effort: i64::MAX };
        mover.alone = if chance.alone { self.alone(&mover, all) } else { None };
        mover.shorten(all, self.inputs);
        mover.bound(all, self.inputs);
        Some(mover)
    }

    /// The least that a value must earn to be worth a look, if it must earn this to be a part of a way.
    fn worth(&self, of: &Movable<'_>, own: Share, least: i64) -> i64 {
        // Where a gate asks for it there may be more to a value than what it earns.
        if self.need.is_none() || !of.gates.is_empty() || !of.is_steady {
            return i64::MIN;
        }
        let is_known = own.known >= of.most.known;
        if is_known { least.max(short_of(own.earned.saturating_add(1))) } else { least }
    }

    /// Whether a move to a share can be a part of any way.
    fn is_worth(&self, share: Share, own: Share) -> bool {
        match self.need {
            Some(need) => need.is_helped(share, own),
            None => !self.by_score || share.may_lift(own),
        }
    }

    /// What an input comes to as it is, by the lines that it has been given.
    pub(super) fn own(&self, of: &Movable<'_>, from: &Input) -> Share {
        let mut own = Share { room: of.room(from), ..Share::NOTHING };
        for line in of.scored.iter().filter_map(|(at, _)| self.assessment.lines.get(*at)) {
            own.earned += i128::from(line.points.get());
            if line.matched.is_some() {
                own.known += i128::from(line.weight.get());
            }
        }
        own
    }
}

impl<'s, 'a> Mover<'s, 'a> {
    pub(super) fn scale(&self) -> &Scale<'a> {
        self.own_scale.as_deref().unwrap_or(&self.of.scale)
    }

    /// Its moves among those of all.
    pub(super) fn moves<'m>(&self, all: &'m [Move<'s>]) -> &'m [Move<'s>] {
        all.get(self.moves.clone()).unwrap_or_default()
    }

    /// The move to a number.
    pub(super) fn to(&self, value: i64, inputs: &Inputs) -> Move<'s> {
        let (scale, to) = (self.scale(), Input::Measured { value });
        let apart = scale.apart((self.from, self.place), (&to, scale.place(&to)));
        Move { to: To::Value(value), apart, share: self.of.share(&to, inputs) }
    }

    /// A move as it is offered.
    pub(super) fn change(&self, one: &Move<'_>) -> Change {
        let effort = one.apart.effort;
        Change { input: self.of.key.clone(), from: self.from.clone(), to: one.to.input(), effort }
    }

    /// Keeps only what is short of the move that reaches the goal alone, for that is what it takes a
    /// second change for; the end of the line stands for all of it. Its moves are still the last of all.
    fn shorten(&mut self, all: &mut Vec<Move<'s>>, inputs: &Inputs) {
        if self.alone.is_none() && self.line.is_none() {
            return;
        }
        let alone = self.alone.as_ref();
        let is_short = |one: &Move<'_>| alone.is_none_or(|alone| one.apart < alone.apart);
        let mut kept = self.moves.start;
        for at in self.moves.clone() {
            if all.get(at).is_some_and(is_short) {
                all.swap(kept, at);
                kept = kept.saturating_add(1);
            }
        }
        all.truncate(kept);
        let mut line = self.line.take();
        line = line.filter(|line| alone.is_none() || is_short(&self.to(line.here, inputs)));
        let far = line.as_mut().and_then(|line| line.shorten(alone)).map(|value| self.to(value, inputs));
        all.extend(far.filter(|far| !far.to.is(self.from) && is_short(far)));
        self.line = line;
        self.moves.end = all.len();
    }

    /// Finds how much it comes to at the most and with what effort at the least.
    fn bound(&mut self, all: &[Move<'s>], inputs: &Inputs) {
        let (mut earned, mut effort) = (self.own.earned, i64::MAX);
        for one in self.moves(all) {
            earned = earned.max(one.share.earned);
            effort = effort.min(one.apart.effort.get());
        }
        if let Some(line) = &self.line {
            let end = Input::Measured { value: line.at(u64::MAX) };
            // Of two indicators that share an input, each has an end of its own.
            let far = if self.of.scored.len() < 2 { self.of.share(&end, inputs) } else { self.of.most };
            earned = earned.max(far.earned);
            effort = 0;
        }
        // In all other respects as much as any customer's.
        let most = Share { earned, ..self.of.most };
        (self.most, self.effort) = (most, effort);
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
