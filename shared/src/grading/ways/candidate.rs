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
        let own = self.own(of, from);
        let is_vain = |need: Need| of.is_steady && of.line.is_none() && !need.is_helped(of.most, own);
        if self.need.is_some_and(is_vain) {
            return None;
        }
        let goal = self.goal.position;
        let lifts = of.most.room.lifts(goal);
        let more = if lifts { i64::MAX } else { of.most.earned.saturating_sub(own.earned).max(0) };
        let bars = of.gates.iter().filter(|one| one.room(one.gate.state(from)).bars(goal));
        let opens = if of.most.room.bars(goal) { 0 } else { bars.count() };
        Some(Candidate { of, from, own, more, opens })
    }

    /// What a candidate can do, alone or beside another; `None` where it can be a part of no way.
    pub(super) fn chance(&self, one: &Candidate<'_, '_>, all: &[Candidate<'_, '_>]) -> Option<Chance> {
        let Some(need) = self.need else {
            return Some(Chance { alone: true, least: i64::MIN });
        };
        let lifted = self.now.room.lifts(self.goal.position);
        let short = if lifted { i64::MIN } else { need.earned.saturating_sub(self.now.earned) };
        let is_open = one.opens == self.bars;
        let left = self.bars.checked_sub(one.opens)?;
        let others = all.iter().filter(|other| other.opens == left && !std::ptr::eq(*other, one));
        let more = others.map(|other| other.more).fold(if is_open { 0 } else { i64::MIN }, i64::max);
        if more < 0 || one.more.saturating_add(more) < short {
            return None;
        }
        let least = if more == i64::MAX || lifted {
            i64::MIN
        } else {
            short.saturating_sub(more).saturating_add(one.own.earned)
        };
        Some(Chance { alone: is_open && one.more >= short, least })
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
