//! How far one input is from another, on the input's own scale.

use super::compiled::Scored;
use super::scoring::Kind;
use super::{Condition, Input, Inputs, Measure, Policy};
use crate::id::{Key, Label};
use crate::number::ratio;

/// The effort of supplying data that is missing: the whole scale.
const WHOLE: i64 = 10_000;

/// A distance on the scale of one input; the lesser is the nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Apart {
    /// As a share of the scale in basis points, never zero: what moves of unlike inputs are ordered by.
    pub(super) effort: i64,
    /// Exact steps of the scale, all there are for what is off it: what moves of the same input are ordered by.
    pub(super) steps: u64,
}

/// The scale of one input. An indicator's is that of its scoring; a fact's reaches from zero to the
/// farthest bound that is asked about, or over its levels.
#[derive(Clone, Copy)]
pub(super) enum Scale<'a> {
    Scored { kind: &'a dyn Kind, worst: i64, span: u64 },
    Fact(&'a Fact<'a>),
}

impl<'a> Scale<'a> {
    /// The scale of an indicator's input.
    pub(super) fn of(one: &Scored<'a>, inputs: &Inputs) -> Self {
        let (kind, context) = (one.kind, one.context(inputs));
        Self::Scored { kind, worst: kind.worst(context), span: kind.span(context) }
    }

    /// Whether an input is of the sort that is taken here.
    pub(super) fn takes(self, input: &Input) -> bool {
        match self {
            Self::Scored { kind, .. } => kind.place(input).is_some(),
            Self::Fact(fact) => fact.takes(input),
        }
    }

    /// Where an input stands on it.
    pub(super) fn place(self, input: &Input) -> Option<i64> {
        match self {
            Self::Scored { kind, .. } => kind.place(input),
            Self::Fact(fact) => fact.place(input),
        }
    }

    /// Where a number stands, and a customer of whom no number is known.
    pub(super) fn here(self, from: &Input) -> i64 {
        match self {
            Self::Scored { worst, .. } => from.value().unwrap_or(worst),
            Self::Fact(_) => from.value().unwrap_or(0),
        }
    }

    /// How far a customer's input is from another, each with its place.
    #[inline(always)]
    pub(super) fn apart(
        self,
        (from, start): (&Input, Option<i64>),
        (to, end): (&Input, Option<i64>),
    ) -> Apart {
        let (start, worst, span) = match self {
            Self::Scored { worst, span, .. } => (start, worst, span),
            Self::Fact(fact) => {
                let alike = from.value().is_some() == to.value().is_some();
                (start.filter(|_| alike), fact.start(to), fact.span(to))
            }
        };
        let Some(end) = end else {
            return Apart { effort: WHOLE, steps: u64::MAX };
        };
        let steps = end.abs_diff(start.unwrap_or(worst));
        let effort = match start {
            Some(_) => ratio(steps, span.max(1)).unwrap_or_default().get().max(1),
            None => WHOLE,
        };
        Apart { effort, steps }
    }
}

/// An input that earns nothing.
pub(super) struct Fact<'a> {
    /// In which measure, when the policy says so.
    measure: Option<Measure>,
    levels: &'a [Label],
    bounds: Vec<i64>,
}

impl<'a> Fact<'a> {
    /// An input of which gates and the method ask this.
    pub(super) fn new(policy: &'a Policy, key: &Key, asked: &[&Condition]) -> Self {
        let fact = policy.facts.iter().find(|fact| fact.key == *key);
        Self {
            measure: fact.map(|fact| fact.measure),
            levels: fact.map(|fact| fact.levels.as_slice()).unwrap_or_default(),
            bounds: asked.iter().filter_map(|one| one.test.bound()).collect(),
        }
    }

    fn takes(&self, input: &Input) -> bool {
        self.measure.is_none_or(|measure| (measure == Measure::Level) == input.value().is_none())
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

    fn span(&self, to: &Input) -> u64 {
        match to.value() {
            Some(_) => self.bounds.iter().map(|bound| bound.unsigned_abs()).max().unwrap_or(1),
            None => self.levels.len().saturating_sub(1) as u64,
        }
    }
}
