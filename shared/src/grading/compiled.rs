//! A policy and a cohort made ready for many customers: whatever does not depend on the customer is looked
//! up once. Everything that is graded is graded by it, one customer alone as well.
//!
//! A segment decides which scoring an indicator has, and nothing else does, so that there is a form for
//! each segment with scoring of its own, and one for all others.

use std::sync::OnceLock;

use super::context::Context;
use super::gate::{self, Room};
use super::method::Find;
use super::scoring::Kind;
use super::ways::Ways;
use super::{Clause, Cohort, Gate, GateState, Input, Inputs, Policy};
use crate::id::{Key, Label};
use crate::number::Points;

/// Most inputs that are found in one walk; of a policy that asks for more, the rest are looked up.
const PLACES: usize = 48;

/// A policy and a cohort, looked up once for all customers.
pub struct Compiled<'a> {
    pub(super) policy: &'a Policy,
    pub(super) cohort: &'a Cohort,
    pub(super) method: &'a dyn Find,
    /// What is asked for anywhere, in the order in which inputs are kept.
    keys: Vec<&'a Key>,
    /// The form of all customers without one of their own.
    common: Form<'a>,
    own: Vec<(&'a Label, Form<'a>)>,
    pub(super) gates: Vec<Watched<'a>>,
    /// The inputs that are the evidence where nothing has weight.
    pub(super) asked: Vec<&'a Key>,
}

/// What customers are scored by.
pub(super) struct Form<'a> {
    pub(super) scored: Vec<Scored<'a>>,
    /// Their ways up, made ready when they are first asked for.
    pub(super) ways: OnceLock<Ways<'a>>,
}

/// An indicator with its way of scoring.
#[derive(Clone)]
pub(super) struct Scored<'a> {
    pub(super) key: Key,
    /// Its clause, as lines have it.
    pub(super) clause: Clause,
    pub(super) weight: Points,
    /// Its key's place.
    pub(super) place: usize,
    pub(super) kind: &'a dyn Kind,
    /// The best of those who are scored by it.
    best: Option<i64>,
    /// The other input by which it measures, if there is one.
    pub(super) measured_by: Option<&'a Key>,
}

/// A gate with the room that it leaves.
#[derive(Clone)]
pub(super) struct Watched<'a> {
    pub(super) gate: &'a Gate,
    /// Its clause, as outcomes have it.
    pub(super) clause: Clause,
    /// Its input's place.
    pub(super) place: usize,
    pub(super) room: Room,
}

/// A customer's inputs, found.
pub(super) struct Found<'a, 'i> {
    keys: &'a [&'a Key],
    pub(super) inputs: &'i Inputs,
    places: [&'i Input; PLACES],
}

impl<'a> Compiled<'a> {
    /// Makes a policy ready for the customers of a cohort.
    #[must_use]
    pub fn new(policy: &'a Policy, cohort: &'a Cohort) -> Self {
        let scored = policy.indicators.iter().map(|indicator| &indicator.key);
        let facts = policy.facts.iter().map(|fact| &fact.key);
        let watched = policy.gates.iter().map(|gate| &gate.when.input);
        let mut keys: Vec<&Key> = scored.chain(facts).chain(watched).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut segments: Vec<&Label> =
            policy.indicators.iter().flat_map(|indicator| indicator.by_segment.keys()).collect();
        segments.sort_unstable();
        segments.dedup();
        let form = |segment| Form::new(policy, cohort, &keys, segment);
        Self {
            policy,
            cohort,
            method: policy.method.kind(),
            common: form(None),
            own: segments.into_iter().map(|segment| (segment, form(Some(segment)))).collect(),
            gates: policy.gates.iter().map(|gate| Watched::new(policy, &keys, gate)).collect(),
            asked: policy.method.kind().asked(),
            keys,
        }
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// What the customers of a segment are scored by.
    pub(super) fn form(&self, segment: Option<&Label>) -> &Form<'a> {
        let own = segment.and_then(|segment| self.own.iter().find(|(one, _)| *one == segment));
        own.map_or(&self.common, |(_, form)| form)
    }

    /// The place of a key; one past all of them for a key that has none.
    pub(super) fn place(&self, key: &Key) -> usize {
        place(&self.keys, key)
    }

    /// Finds the inputs that are asked for. Both sides are in order, so that one walk finds them all.
    pub(super) fn find<'s, 'i>(&'s self, inputs: &'i Inputs) -> Found<'s, 'i> {
        let mut places = [&Input::Missing; PLACES];
        let mut known = inputs.values.iter();
        let mut next = known.next();
        for (key, place) in self.keys.iter().zip(&mut places) {
            while let Some((one, input)) = next {
                // Mostly they are the same, which is told sooner than their order.
                let is_same = *key == one;
                if !is_same && *key < one {
                    break;
                }
                next = known.next();
                if is_same {
                    *place = input;
                    break;
                }
            }
        }
        Found { keys: &self.keys, inputs, places }
    }
}

fn place(keys: &[&Key], key: &Key) -> usize {
    keys.binary_search(&key).unwrap_or(usize::MAX)
}

impl<'a> Form<'a> {
    fn new(policy: &'a Policy, cohort: &Cohort, keys: &[&Key], segment: Option<&'a Label>) -> Self {
        let scored = policy.indicators.iter().map(|indicator| {
            let scoring = indicator.scoring_for(segment);
            Scored {
                key: indicator.key.clone(),
                clause: indicator.clause.as_str().into(),
                weight: indicator.weight,
                place: place(keys, &indicator.key),
                kind: scoring.kind(),
                best: cohort.best(indicator, segment),
                measured_by: scoring.measured_by(),
            }
        });
        Self { scored: scored.collect(), ways: OnceLock::new() }
    }
}

impl Scored<'_> {
    /// What the rule may look at besides the input.
    pub(super) const fn context<'i>(&self, inputs: &'i Inputs) -> Context<'i> {
        Context { inputs, best: self.best }
    }
}

impl<'a> Watched<'a> {
    fn new(policy: &Policy, keys: &[&Key], gate: &'a Gate) -> Self {
        Self {
            gate,
            clause: gate.clause.as_str().into(),
            place: place(keys, &gate.when.input),
            room: gate::bounds(policy, &gate.effect),
        }
    }

    /// The room that is left when it is in a state.
    pub(super) fn room(&self, state: GateState) -> Room {
        if self.gate.acts(state) { self.room } else { Room::ALL }
    }
}

impl<'i> Found<'_, 'i> {
    /// The input of a key that may have no place.
    pub(super) fn of(&self, place: usize, key: &Key) -> &'i Input {
        if place < self.keys.len() { self.at(place) } else { self.inputs.get(key) }
    }

    pub(super) fn at(&self, place: usize) -> &'i Input {
        match self.places.get(place) {
            Some(input) => input,
            None => self.keys.get(place).map_or(&Input::Missing, |key| self.inputs.get(key)),
        }
    }
}
