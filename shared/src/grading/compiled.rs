//! A policy made ready for a whole book: the tier and the score of each customer without an explanation
//! and without an allocation. It is the same arithmetic as [`grade`](super::grade), prepared once.

use std::cmp::Ordering;

use super::context::Context;
use super::evidence::suffices;
use super::gate::{self, Room};
use super::method::Standing;
use super::scoring::Kind;
use super::sums::Sums;
use super::{Cohort, Effect, Gate, Input, Inputs, Policy};
use crate::id::{Key, Label};
use crate::number::Points;

/// Most inputs that are found in one walk; of a policy that asks for more, the rest are looked up.
const PLACES: usize = 48;

/// A policy and a cohort, looked up once for all customers.
pub struct Compiled<'a> {
    policy: &'a Policy,
    cohort: &'a Cohort,
    /// What indicators and gates ask for, in the order in which inputs are kept.
    keys: Vec<&'a Key>,
    indicators: Vec<Scored<'a>>,
    gates: Vec<Watched<'a>>,
    /// The inputs that are the evidence where nothing has weight.
    asked: Vec<&'a Key>,
}

struct Scored<'a> {
    /// Its key's place in `keys`.
    place: usize,
    weight: Points,
    common: Way<'a>,
    own: Vec<(&'a Label, Way<'a>)>,
}

struct Watched<'a> {
    /// Its input's place in `keys`.
    place: usize,
    gate: &'a Gate,
    room: Room,
}

/// A way of scoring with the best of those who are scored by it.
#[derive(Clone, Copy)]
struct Way<'a> {
    kind: &'a dyn Kind,
    best: Option<i64>,
}

/// What a whole book is graded for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fast {
    /// The position of the tier after gates, best first; `None` when there is no grade.
    pub tier: Option<usize>,
    /// The position before gates.
    pub scored: Option<usize>,
    /// The score.
    pub score: Points,
    /// Whether the grade is provisional.
    pub provisional: bool,
    /// Whether the evidence is enough.
    pub enough: bool,
}

impl<'a> Compiled<'a> {
    /// Makes a policy ready for the customers of a cohort.
    #[must_use]
    pub fn new(policy: &'a Policy, cohort: &'a Cohort) -> Self {
        let scored = policy.indicators.iter().map(|indicator| &indicator.key);
        let mut keys: Vec<&Key> = scored.chain(policy.gates.iter().map(|gate| &gate.when.input)).collect();
        keys.sort_unstable();
        keys.dedup();
        let place = |key: &Key| keys.binary_search(&key).unwrap_or(usize::MAX);
        let indicators = policy.indicators.iter().map(|indicator| {
            let way = |segment: Option<&Label>| Way {
                kind: indicator.scoring_for(segment).kind(),
                best: cohort.best(indicator, segment),
            };
            Scored {
                place: place(&indicator.key),
                weight: indicator.weight,
                common: way(None),
                own: indicator.by_segment.keys().map(|segment| (segment, way(Some(segment)))).collect(),
            }
        });
        let gates = policy.gates.iter().map(|gate| Watched {
            place: place(&gate.when.input),
            gate,
            room: gate::bounds(policy, &gate.effect),
        });
        Self {
            policy,
            cohort,
            indicators: indicators.collect(),
            gates: gates.collect(),
            keys,
            asked: policy.method.kind().asked(),
        }
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// Grades one customer's year, as [`grade`](super::grade) does.
    #[must_use]
    pub fn grade_fast(&self, inputs: &Inputs) -> Fast {
        let mut places = [&Input::Missing; PLACES];
        self.spread(inputs, &mut places);
        let at = |place: usize| match places.get(place) {
            Some(input) => *input,
            None => self.keys.get(place).map_or(&Input::Missing, |key| inputs.get(key)),
        };
        let sums = self.indicators.iter().fold(Sums::NOTHING, |sums, one| {
            let way = one.way(inputs.segment.as_ref());
            let (input, context) = (at(one.place), Context { inputs, best: way.best });
            sums.plus(Sums::one(one.weight, input, way.kind.points(input, context)))
        });
        let (mut room, mut provisional) = (Room::ALL, false);
        for one in &self.gates {
            if one.gate.acts(one.gate.state(at(one.place))) {
                room = room.and(one.room);
                provisional |= one.gate.effect == Effect::Provisional;
            }
        }
        let (policy, look) = (self.policy, |key: &Key| inputs.get(key));
        let score = sums.score(policy).limited;
        let enough = suffices(policy, sums, &self.asked, look);
        let standing = Standing { policy, cohort: self.cohort, score, look: &look };
        let scored = policy.method.kind().place(standing).filter(|_| enough);
        let exists = |position: &usize| *position < policy.tiers.len();
        Fast {
            tier: scored.map(|scored| room.bound(scored).last).filter(exists),
            scored: scored.filter(exists),
            score,
            provisional,
            enough,
        }
    }

    /// Puts the inputs that are asked for in their places. Both sides are in order, so one walk finds
    /// them all.
    fn spread<'i>(&self, inputs: &'i Inputs, places: &mut [&'i Input; PLACES]) {
        let mut known = inputs.values.iter().peekable();
        for (key, place) in self.keys.iter().zip(places) {
            while let Some((one, input)) = known.peek() {
                match key.cmp(one) {
                    Ordering::Less => break,
                    Ordering::Equal => *place = input,
                    Ordering::Greater => {}
                }
                known.next();
            }
        }
    }
}

impl<'a> Scored<'a> {
    fn way(&self, segment: Option<&Label>) -> Way<'a> {
        let own = segment.and_then(|segment| self.own.iter().find(|(one, _)| *one == segment));
        own.map_or(self.common, |(_, way)| *way)
    }
}
