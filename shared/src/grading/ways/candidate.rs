//! Which inputs can be a part of any way at all: told before their moves are looked for, by the most that
//! each can come to.

use super::Search;
use super::goal::Need;
use super::movable::Movable;
use super::share::Share;
use crate::grading::Input;

/// An input that may move.
pub(super) struct Candidate<'s, 'a> {
    pub(super) of: &'s Movable<'a>,
    pub(super) from: &'s Input,
    /// What it comes to as it is.
    pub(super) own: Share,
    /// How much more it can earn at the most; no end to it where a gate that asks for it may lift the
    /// customer to the goal, whatever is earned.
    more: i64,
    /// How many of the gates that bar the goal it can open.
    opens: usize,
}

impl<'s, 'a> Search<'s, 'a> {
    /// A customer's input; `None` for one that does not apply or that helps in no respect.
    pub(super) fn candidate(&self, of: &'s Movable<'a>) -> Option<Candidate<'s, 'a>> {
        let from = self.found.of(of.place, &of.key);
        if matches!(from, Input::NotApplicable) {
            return None;
        }
        let own = self.own(of);
        let is_vain = |need: Need| of.is_steady && of.line.is_none() && !need.is_helped(of.most, own);
        if self.need.is_some_and(is_vain) {
            return None;
        }
        let more = of.most.earned.saturating_sub(own.earned).max(0);
        let one = Candidate { of, from, own, more, opens: 0 };
        Some(if of.gates.is_empty() { one } else { self.watched(one) })
    }

    /// A candidate that gates ask for.
    fn watched(&self, one: Candidate<'s, 'a>) -> Candidate<'s, 'a> {
        let (most, goal) = (one.of.most.room, self.goal.position);
        let bars = self.rooms(one.of).filter(|room| room.bars(goal));
        let opens = if most.bars(goal) { 0 } else { bars.count() };
        let more = if most.lifts(goal) { i64::MAX } else { one.more };
        Candidate { more, opens, ..one }
    }

    /// What a candidate can do, alone or beside another; `None` where it can be a part of no way.
    pub(super) fn chance(&self, one: &Candidate<'_, '_>, leaders: &Leaders) -> Option<Chance> {
        if self.need.is_none() {
            return Some(Chance { alone: true, least: i64::MIN });
        }
        let short = self.short;
        let is_open = one.opens == self.bars;
        let left = self.bars.checked_sub(one.opens)?;
        let more = leaders.beside(one, left).max(if is_open { 0 } else { i64::MIN });
        if more < 0 || one.more.saturating_add(more) < short {
            return None;
        }
        let least = if more == i64::MAX || short == i64::MIN {
            i64::MIN
        } else {
            short.saturating_sub(more).saturating_add(one.own.earned)
        };
        Some(Chance { alone: is_open && one.more >= short, least })
    }
}

/// The most that any two candidates can earn more: of those that open every gate that bars the goal, and of all
/// others.
pub(super) struct Leaders {
    bars: usize,
    open: [i64; 2],
    others: [i64; 2],
}

impl Leaders {
    /// Of a customer with so many gates that bar the goal.
    pub(super) fn of(all: &[Candidate<'_, '_>], bars: usize) -> Self {
        let mut leaders = Self { bars, open: [i64::MIN; 2], others: [i64::MIN; 2] };
        for one in all {
            let [first, second] = if one.opens == bars { &mut leaders.open } else { &mut leaders.others };
            (*first, *second) = (one.more.max(*first), one.more.min(*first).max(*second));
        }
        leaders
    }

    /// The most that another than this one can earn more which opens the gates that this one does not.
    fn beside(&self, one: &Candidate<'_, '_>, left: usize) -> i64 {
        let (is_open, are_open) = (one.opens == self.bars, left == self.bars);
        let [first, second] = if are_open { self.open } else { self.others };
        if is_open == are_open && one.more == first { second } else { first }
    }
}

/// What a candidate can do.
#[derive(Clone, Copy)]
pub(super) struct Chance {
    /// Whether it may reach the goal alone.
    pub(super) alone: bool,
    /// The least that it must earn with a move to be a part of a way.
    pub(super) least: i64,
}
