//! An input that a customer can move, and where to.

use super::Search;
use super::line::Line;
use super::share::Share;
use crate::grading::gate::{self, Room};
use crate::grading::scale::{Apart, Scale};
use crate::grading::scorer::Scorer;
use crate::grading::scoring::Moves;
use crate::grading::sums::Sums;
use crate::grading::{Change, Condition, Gate, Input, Test};
use crate::id::Key;

/// An input that can move.
pub(super) struct Mover<'a> {
    pub(super) key: &'a Key,
    pub(super) from: &'a Input,
    /// What it comes to as it is.
    pub(super) own: Share,
    pub(super) scale: Scale<'a>,
    /// The indicators that it is scored by; one, of a policy without mistakes, or none.
    scorers: Vec<Scorer<'a>>,
    /// The gates that ask for it.
    gates: Vec<(&'a Gate, Room)>,
    /// Single values in their own order, and the far end of the line; none that reaches the goal alone.
    pub(super) short: Vec<Move>,
    /// The same single values, the nearest first.
    pub(super) nearest_first: Vec<Move>,
    /// A line to move along.
    pub(super) line: Option<Line>,
    /// The least change that reaches the goal alone.
    pub(super) alone: Option<Move>,
}

/// A value to move to.
#[derive(Debug, Clone)]
pub(super) struct Move {
    pub(super) to: Input,
    pub(super) apart: Apart,
    /// What it comes to there.
    pub(super) share: Share,
}

impl<'a> Search<'a> {
    /// An input and every value that it could move to; `None` for one that does not apply.
    pub(super) fn mover<'b>(&self, key: &'b Key, asked: &'b [Condition]) -> Option<Mover<'b>>
    where
        'a: 'b,
    {
        let from = self.inputs.get(key);
        if *from == Input::NotApplicable {
            return None;
        }
        let policy = self.policy;
        let asked: Vec<&Condition> = asked.iter().filter(|one| one.input == *key).collect();
        let indicators = policy.indicators.iter().filter(|one| one.key == *key);
        let scorers: Vec<_> = indicators.map(|one| Scorer::of(one, self.cohort, self.inputs)).collect();
        let gates = policy.gates.iter().filter(|gate| gate.when.input == *key);
        let first = scorers.first();
        let mut mover = Mover {
            key,
            from,
            own: Share::NOTHING,
            scale: match first {
                Some(scorer) => Scale::of(scorer, from),
                None => Scale::of_fact(policy, key, &asked, from),
            },
            gates: gates.map(|gate| (gate, gate::bounds(policy, &gate.effect))).collect(),
            short: Vec::new(),
            nearest_first: Vec::new(),
            line: None,
            alone: None,
            scorers,
        };
        mover.own = mover.share(from);
        let (mut values, mut ends) = (Vec::new(), None);
        match mover.scorers.first().map(|one| one.kind.moves(from, one.context)) {
            Some(Moves::Each(each)) => values = each,
            Some(Moves::Towards(here, end)) => ends = Some((here, end)),
            None => {}
        }
        for one in asked {
            let sides = |bound: &i64| [bound.saturating_sub(1), *bound, bound.saturating_add(1)];
            match &one.test {
                Test::AtLeast(bound) | Test::Above(bound) | Test::AtMost(bound) | Test::Below(bound) => {
                    values.extend(sides(bound).map(|value| Input::Measured { value }));
                }
                Test::OneOf(levels) | Test::NoneOf(levels) => {
                    let facts = policy.facts.iter().filter(|fact| fact.key == *key);
                    let known = facts.flat_map(|fact| &fact.levels).chain(levels);
                    values.extend(known.map(|level| Input::Judged { level: level.clone() }));
                }
            }
        }
        // A number may be asked of a judged input; no such value is offered.
        values.retain(|to| to != from && mover.scale.takes(to));
        values.sort_unstable();
        values.dedup();
        mover.line = ends.map(|(here, end)| Line::new(here, end, values.iter().filter_map(Input::value)));
        let moves = values.into_iter().map(|to| mover.to(to));
        mover.short = moves.filter(|one| !self.by_score || one.share.may_lift(mover.own)).collect();
        mover.nearest_first = mover.short.clone();
        mover.nearest_first.sort_by_key(|one| one.apart);
        Some(mover)
    }
}

impl Mover<'_> {
    /// What a value would add to the sums.
    pub(super) fn sums(&self, to: &Input) -> Sums {
        self.scorers.iter().fold(Sums::NOTHING, |sums, one| sums.plus(one.sums(to)))
    }

    /// What a value would come to.
    pub(super) fn share(&self, to: &Input) -> Share {
        let acting = self.gates.iter().filter(|(gate, _)| gate.acts(gate.state(to)));
        Share { sums: self.sums(to), room: acting.fold(Room::ALL, |room, (_, own)| room.and(*own)) }
    }

    /// The move to a value.
    pub(super) fn to(&self, to: Input) -> Move {
        Move { apart: self.scale.apart(&to), share: self.share(&to), to }
    }

    /// A move as it is offered.
    pub(super) fn change(&self, one: &Move) -> Change {
        let effort = one.apart.effort;
        Change { input: self.key.clone(), from: self.from.clone(), to: one.to.clone(), effort }
    }

    /// Keeps only what is short of the move that reaches the goal alone, for that is what it takes a
    /// second change for; the end of the line stands for all of it.
    pub(super) fn shorten(&mut self, alone: Option<Move>) {
        let is_short = |one: &Move| alone.as_ref().is_none_or(|alone| one.apart < alone.apart);
        self.short.retain(is_short);
        self.nearest_first.retain(is_short);
        self.line = self.line.take().filter(|line| is_short(&self.to(Input::Measured { value: line.here })));
        let far = self.line.as_mut().and_then(|line| line.shorten(alone.as_ref()));
        let far = far.map(|value| self.to(Input::Measured { value }));
        self.short.extend(far.filter(|one| one.to != *self.from && is_short(one)));
        self.alone = alone;
    }
}
