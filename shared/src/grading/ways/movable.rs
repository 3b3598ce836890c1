//! An input that customers can move, and where to: what of it is the same for all customers of a form.

use super::share::Share;
use crate::grading::compiled::{Form, Scored, Watched};
use crate::grading::gate::Room;
use crate::grading::scale::{Fact, Scale};
use crate::grading::scoring::Moves;
use crate::grading::{Compiled, Condition, Input, Inputs, Test};
use crate::id::Key;

/// An input that can move.
pub(super) struct Movable<'a> {
    pub(super) key: Key,
    /// Its place, if it has one.
    pub(super) place: usize,
    /// The indicators that it is scored by, each with its position; one, of a policy without mistakes, or none.
    pub(super) scored: Vec<(usize, Scored<'a>)>,
    /// The gates that ask for it, each with its position.
    pub(super) gates: Vec<(usize, Watched<'a>)>,
    /// The scale of one that is scored, of nobody.
    scale: Option<Scale<'a>>,
    fact: Fact<'a>,
    /// Single values that may be moved to, in their own order.
    pub(super) stops: Vec<Stop>,
    /// In each respect the most that any move comes to, of any customer.
    pub(super) most: Share,
    /// The end of a line to move along, where that is how it moves; `None` within is where one stands.
    pub(super) line: Option<Option<i64>>,
    /// Whether its points follow from itself alone. Otherwise scale, shares and line are each customer's own.
    pub(super) is_steady: bool,
}

/// A single value.
pub(super) struct Stop {
    pub(super) to: Input,
    /// Where it stands on the scale.
    pub(super) place: Option<i64>,
    /// What it comes to.
    pub(super) share: Share,
    offer: Offer,
}

/// To whom a value is offered.
#[derive(Clone, Copy)]
struct Offer {
    /// To those who stand below this: the value itself, as the nearest of a stretch.
    below: i64,
    /// To those who stand above this.
    above: i64,
    /// To those of whom nothing is known, where it is itself where they stand.
    unknown: bool,
    /// To all.
    all: bool,
}

/// Every input that can move, each once: of indicators, facts, and whatever else is asked.
pub(super) fn all<'a>(compiled: &Compiled<'a>, form: &Form<'a>) -> Vec<Movable<'a>> {
    let policy = compiled.policy;
    let asked = policy.asked(compiled.cohort);
    let fixed: Vec<&Key> = form.scored.iter().filter_map(|one| one.measured_by).collect();
    let indicators = policy.indicators.iter().map(|one| &one.key);
    let facts = policy.facts.iter().map(|one| &one.key);
    let mut keys: Vec<&Key> = Vec::new();
    for key in indicators.chain(facts).chain(asked.iter().map(|one| &one.input)) {
        if !keys.contains(&key) && !fixed.contains(&key) {
            keys.push(key);
        }
    }
    let of_key = |key: &Key| asked.iter().filter(|one| one.input == *key).collect();
    keys.into_iter().map(|key| Movable::new(compiled, form, key, of_key(key))).collect()
}

impl<'a> Movable<'a> {
    fn new(compiled: &Compiled<'a>, form: &Form<'a>, key: &Key, asked: Vec<&Condition>) -> Self {
        let nobody = Inputs::default();
        let scored = form.scored.iter().cloned().enumerate();
        let scored: Vec<(usize, Scored<'a>)> = scored.filter(|(_, one)| one.key == *key).collect();
        let first = scored.first().map(|(_, one)| one.clone());
        let gates = compiled.gates.iter().cloned().enumerate();
        let mut movable = Self {
            place: compiled.place(key),
            scale: first.as_ref().map(|one| Scale::of(one, &nobody)),
            fact: Fact::new(compiled.policy, key, &asked),
            gates: gates.filter(|(_, one)| one.gate.when.input == *key).collect(),
            stops: Vec::new(),
            most: Share::LEAST,
            line: None,
            is_steady: scored.iter().all(|(_, one)| one.measured_by.is_none()),
            key: key.clone(),
            scored,
        };
        let all = |to: Input| (to, Offer { all: true, ..Offer::NOBODY });
        let at = |value: i64, offer: Offer| (Input::Measured { value }, offer);
        let mut values: Vec<(Input, Offer)> = Vec::new();
        match first.as_ref().map(|one| one.kind.moves(one.context(&nobody))) {
            Some(Moves::Levels(levels)) => {
                values.extend(levels.into_iter().map(|level| all(Input::Judged { level })));
            }
            Some(Moves::Stretches(stretches)) => {
                let worst = movable.scale(&nobody).here(&Input::Missing);
                for (low, high) in stretches {
                    values.push(at(low, Offer { below: low, ..Offer::NOBODY }));
                    values.push(at(high, Offer { above: high, ..Offer::NOBODY }));
                    if (low..=high).contains(&worst) {
                        values.push(at(worst, Offer { unknown: true, ..Offer::NOBODY }));
                    }
                }
            }
            Some(Moves::Towards(end)) => movable.line = Some(end),
            None => {}
        }
        for one in asked {
            let sides = |bound: &i64| [bound.saturating_sub(1), *bound, bound.saturating_add(1)];
            match &one.test {
                Test::AtLeast(bound) | Test::Above(bound) | Test::AtMost(bound) | Test::Below(bound) => {
                    values.extend(sides(bound).map(|value| all(Input::Measured { value })));
                }
                Test::OneOf(levels) | Test::NoneOf(levels) => {
                    let facts = compiled.policy.facts.iter().filter(|fact| fact.key == *key);
                    let known = facts.flat_map(|fact| &fact.levels).chain(levels);
                    values.extend(known.map(|level| all(Input::Judged { level: level.clone() })));
                }
            }
        }
        // A number may be asked of a judged input; no such value is offered.
        values.retain(|(to, _)| movable.scale(&nobody).takes(to));
        values.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        values.dedup_by(|(again, more), (to, offer)| {
            let is_same = again == to;
            if is_same {
                offer.add(*more);
            }
            is_same
        });
        let stop = |(to, offer): (Input, Offer)| {
            let (place, share) = (movable.scale(&nobody).place(&to), movable.share(&to, &nobody));
            Stop { to, place, share, offer }
        };
        movable.stops = values.into_iter().map(stop).collect();
        movable.most = movable.most();
        movable
    }

    fn most(&self) -> Share {
        if self.is_steady && self.line.is_none() {
            return self.stops.iter().fold(Share::LEAST, |most, stop| most.or(stop.share));
        }
        let mut most = Share { room: self.any_room(), ..Share::NOTHING };
        for (_, one) in &self.scored {
            most.earned = most.earned.saturating_add(one.kind.full().get().max(0));
            most.known = most.known.saturating_add(one.weight.get().max(0));
        }
        most
    }

    /// In each respect the best room that the gates that ask for it leave at any value.
    pub(super) fn any_room(&self) -> Room {
        self.gates.iter().fold(Room::ALL, |room, (_, one)| room.and(one.room.or(Room::ALL)))
    }

    /// The room that the gates that ask for it leave.
    pub(super) fn room(&self, to: &Input) -> Room {
        self.gates.iter().fold(Room::ALL, |room, (_, one)| room.and(one.room(one.gate.state(to))))
    }

    /// What a value would come to.
    pub(super) fn share(&self, to: &Input, inputs: &Inputs) -> Share {
        let mut share = Share { room: self.room(to), ..Share::NOTHING };
        for (_, one) in &self.scored {
            if let Some(points) = one.kind.points(to, one.context(inputs)) {
                share.earned = share.earned.saturating_add(points.get());
                share.known = share.known.saturating_add(one.weight.get());
            }
        }
        share
    }

    /// The first value on its line that earns so many points.
    pub(super) fn first_with(&self, points: i64, inputs: &Inputs) -> Option<i64> {
        let (_, one) = self.scored.first()?;
        one.kind.first_with(points, one.context(inputs))
    }

    /// A customer's scale, in which the other inputs may have a say.
    pub(super) fn scale<'s>(&'s self, inputs: &Inputs) -> Scale<'s> {
        let own = self.scored.first().filter(|_| !self.is_steady).map(|(_, one)| Scale::of(one, inputs));
        own.or(self.scale).unwrap_or(Scale::Fact(&self.fact))
    }

    /// The end of a customer's line.
    pub(super) fn end(&self, inputs: &Inputs) -> Option<Option<i64>> {
        match self.scored.first().filter(|_| self.line.is_some() && !self.is_steady) {
            Some((_, one)) => match one.kind.moves(one.context(inputs)) {
                Moves::Towards(end) => Some(end),
                Moves::Levels(_) | Moves::Stretches(_) => None,
            },
            None => self.line,
        }
    }
}

impl Offer {
    const NOBODY: Self = Self { below: i64::MIN, above: i64::MAX, unknown: false, all: false };

    /// To whom either of two offers the same value.
    fn add(&mut self, more: Self) {
        self.below = self.below.max(more.below);
        self.above = self.above.min(more.above);
        self.unknown |= more.unknown;
        self.all |= more.all;
    }
}

impl Stop {
    /// Whether it is offered to a customer who stands here, in a place of the scale if it is known.
    pub(super) fn is_offered(&self, (from, place): (&Input, Option<i64>), here: i64) -> bool {
        let Self { to, offer, .. } = self;
        here < offer.below
            || here > offer.above
            || (offer.unknown && from.value().is_none())
            // What is elsewhere is another, which is told sooner than by comparing levels.
            || (offer.all && (self.place != place || to != from))
    }
}
