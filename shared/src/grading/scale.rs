//! How far one input is from another, on the input's own scale.

use super::context::Context;
use super::{Cohort, Condition, Input, Inputs, Measure, Policy};
use crate::id::{Key, Label};
use crate::number::{BasisPoints, div_round};

/// The effort of supplying data that is missing: the whole scale.
const WHOLE: i128 = 10_000;

/// A distance on the scale of one input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Apart {
    /// Exact steps of the scale: what moves of the same input are ordered by.
    pub(super) steps: u128,
    /// As a share of the scale, never zero: what moves of unlike inputs are ordered by.
    pub(super) effort: BasisPoints,
}

/// The scales of a customer's inputs.
pub(super) struct Scales<'a> {
    pub(super) policy: &'a Policy,
    pub(super) cohort: &'a Cohort,
    pub(super) inputs: &'a Inputs,
    /// Everything that gates and the method ask of inputs.
    pub(super) asked: &'a [Condition],
}

impl Scales<'_> {
    /// How far a key's input is from another. An indicator's scale is that of its scoring; a fact's
    /// reaches from zero to the farthest bound that is asked about, or over its levels.
    pub(super) fn apart(&self, key: &Key, to: &Input) -> Apart {
        let from = self.inputs.get(key);
        let (place, start, known, span) = match self.policy.indicators.iter().find(|one| one.key == *key) {
            Some(indicator) => {
                let kind = indicator.scoring_for(self.inputs.segment.as_ref()).kind();
                let context = Context::of(indicator, self.cohort, self.inputs);
                let known = kind.place(from);
                let start = known.unwrap_or(kind.worst(context));
                (kind.place(to), start, known.is_some(), kind.span(context))
            }
            None => {
                let fact = Fact::of(self.policy, self.asked, key);
                let known = fact.place(from).filter(|_| from.value().is_some() == to.value().is_some());
                let place = fact.place(to);
                (place, known.unwrap_or(fact.start(to)), known.is_some(), fact.span(to))
            }
        };
        let Some(place) = place else {
            return Apart { steps: u128::MAX, effort: BasisPoints::clamped(WHOLE) };
        };
        let steps = (i128::from(place) - i128::from(start)).unsigned_abs();
        let scaled = i128::try_from(steps).unwrap_or(0).saturating_mul(WHOLE);
        let share = div_round(scaled, span.max(1)).unwrap_or(0);
        Apart { steps, effort: BasisPoints::clamped(if known { share.max(1) } else { WHOLE }) }
    }
}

/// Whether an input is of the sort that a key takes.
pub(super) fn takes(policy: &Policy, segment: Option<&Label>, key: &Key, input: &Input) -> bool {
    if let Some(indicator) = policy.indicators.iter().find(|one| one.key == *key) {
        return indicator.scoring_for(segment).kind().place(input).is_some();
    }
    let fact = policy.facts.iter().find(|one| one.key == *key);
    fact.is_none_or(|fact| (fact.measure == Measure::Level) == input.value().is_none())
}

/// An input that earns nothing.
struct Fact<'a> {
    levels: &'a [Label],
    bounds: Vec<i64>,
}

impl<'a> Fact<'a> {
    fn of(policy: &'a Policy, asked: &[Condition], key: &Key) -> Self {
        let levels = policy.facts.iter().find(|fact| fact.key == *key).map(|fact| fact.levels.as_slice());
        let asked = asked.iter().filter(|one| one.input == *key);
        Self {
            levels: levels.unwrap_or_default(),
            bounds: asked.filter_map(|one| one.test.bound()).collect(),
        }
    }

    fn place(&self, input: &Input) -> Option<i64> {
        match input {
            Input::Measured { value } => Some(*value),
            Input::Judged { level } => {
                self.levels.iter().position(|one| one == level).and_then(|at| i64::try_from(at).ok())
            }
            Input::Missing | Input::NotApplicable => None,
        }
    }

    /// Where missing data stands: at the bound next to the value to be supplied, or at the worst level.
    fn start(&self, to: &Input) -> i64 {
        match to.value() {
            Some(value) => self.bounds.iter().copied().min_by_key(|bound| bound.abs_diff(value)).unwrap_or(0),
            None => i64::try_from(self.levels.len().saturating_sub(1)).unwrap_or(i64::MAX),
        }
    }

    fn span(&self, to: &Input) -> i128 {
        match to.value() {
            Some(_) => self.bounds.iter().map(|bound| i128::from(*bound).abs()).max().unwrap_or(1),
            None => self.levels.len().saturating_sub(1) as i128,
        }
    }
}
