//! A customer's input that can move, and where to.

use std::ops::Range;

use super::Search;
use super::goal::{More, Need};
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
    pub(super) alone: Option<Move>,
    /// The most that it can add short of that.
    pub(super) more: More,
    /// The least effort of any of its moves.
    pub(super) effort: i64,
}

/// A value to move to.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub(super) to: Input,
    pub(super) apart: Apart,
    /// What it comes to there.
    pub(super) share: Share,
}

impl<'s, 'a> Search<'s, 'a> {
    /// A customer's input, with the move that reaches the goal alone, and every value short of it that is worth
    /// moving to put at the end of all moves; `None` where there is none, as of one that does not apply.
    pub(super) fn mover(&self, of: &'s Movable<'a>, all: &mut Vec<Move>) -> Option<Mover<'s, 'a>> {
        let from = self.found.of(of.place, &of.key);
        if *from == Input::NotApplicable {
            return None;
        }
        let own = self.own(of, from);
        let is_vain = |need: Need| of.is_steady && of.line.is_none() && !need.is_helped(of.best, own);
        if self.need.is_some_and(is_vain) {
            return None;
        }
        let begin = all.len();
        let own_scale = of.own_scale(self.inputs).map(Box::new);
        let scale = own_scale.as_deref().unwrap_or(&of.scale);
        let (here, place) = (scale.here(from), scale.place(from));
        for stop in &of.stops {
            let share = if of.is_steady { stop.share } else { of.share(&stop.to, self.inputs) };
            if self.is_worth(share, own) && stop.is_offered(from, here) {
                let apart = scale.apart((from, place), (&stop.to, stop.place));
                all.push(Move { to: stop.to.clone(), apart, share });
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
        let moves = begin..all.len();
        let mut mover =
            Mover { of, from, place, own, own_scale, moves, line, alone: None, more: More::Gated, effort: 0 };
        mover.bound(all, self.inputs);
        let alone = self.alone(&mover, all);
        mover.shorten(alone, all, self.inputs);
        Some(mover)
    }

    /// Whether a move to a share can be a part of any way.
    fn is_worth(&self, share: Share, own: Share) -> bool {
        match self.need {
            Some(need) => need.is_helped(share, own),
            None => !self.by_score || share.may_lift(own),
        }
    }

    /// What an input comes to as it is, by the lines that it has been given.
    fn own(&self, of: &Movable<'_>, from: &Input) -> Share {
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

impl<'a> Mover<'_, 'a> {
    pub(super) fn scale(&self) -> &Scale<'a> {
        self.own_scale.as_deref().unwrap_or(&self.of.scale)
    }

    /// Its moves among those of all.
    pub(super) fn moves<'m>(&self, all: &'m [Move]) -> &'m [Move] {
        all.get(self.moves.clone()).unwrap_or_default()
    }

    /// The move to a value.
    pub(super) fn to(&self, to: Input, inputs: &Inputs) -> Move {
        let scale = self.scale();
        let apart = scale.apart((self.from, self.place), (&to, scale.place(&to)));
        Move { apart, share: self.of.share(&to, inputs), to }
    }

    /// A move as it is offered.
    pub(super) fn change(&self, one: &Move) -> Change {
        let effort = one.apart.effort;
        Change { input: self.of.key.clone(), from: self.from.clone(), to: one.to.clone(), effort }
    }

    /// Keeps only what is short of the move that reaches the goal alone, for that is what it takes a
    /// second change for; the end of the line stands for all of it. Its moves are still the last of all.
    pub(super) fn shorten(&mut self, alone: Option<Move>, all: &mut Vec<Move>, inputs: &Inputs) {
        self.alone = alone;
        if self.alone.is_none() && self.line.is_none() {
            return;
        }
        let alone = self.alone.as_ref();
        let is_short = |one: &Move| alone.is_none_or(|alone| one.apart < alone.apart);
        let mut kept = self.moves.start;
        for at in self.moves.clone() {
            if all.get(at).is_some_and(is_short) {
                all.swap(kept, at);
                kept = kept.saturating_add(1);
            }
        }
        all.truncate(kept);
        let at = |mover: &Self, value| mover.to(Input::Measured { value }, inputs);
        let mut line = self.line.take();
        line = line.filter(|line| alone.is_none() || is_short(&at(self, line.here)));
        let far = line.as_mut().and_then(|line| line.shorten(alone)).map(|value| at(self, value));
        all.extend(far.filter(|far| far.to != *self.from && is_short(far)));
        self.line = line;
        self.moves.end = all.len();
        self.bound(all, inputs);
    }

    /// Finds how much it comes to at the most and with what effort at the least.
    fn bound(&mut self, all: &[Move], inputs: &Inputs) {
        let (mut most, mut effort) = (self.own.earned, i64::MAX);
        for one in self.moves(all) {
            most = most.max(one.share.earned);
            effort = effort.min(one.apart.effort.get());
        }
        if let Some(line) = &self.line {
            let end = Input::Measured { value: line.at(u128::MAX) };
            most = most.max(self.of.sums(&end, inputs).earned());
            effort = 0;
        }
        let is_plain = self.of.gates.is_empty() && self.of.scored.len() < 2;
        self.more = if is_plain { More::Earned(most - self.own.earned) } else { More::Gated };
        self.effort = effort;
    }
}
