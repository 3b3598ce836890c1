//! An indicator as it scores one customer.

use super::context::Context;
use super::scoring::Kind;
use super::sums::Sums;
use super::{Cohort, Indicator, Input, Inputs};
use crate::number::Points;

/// An indicator with the way of scoring and the surroundings of one customer, looked up once.
#[derive(Clone, Copy)]
pub(super) struct Scorer<'a> {
    pub(super) indicator: &'a Indicator,
    pub(super) kind: &'a dyn Kind,
    pub(super) context: Context<'a>,
}

impl<'a> Scorer<'a> {
    pub(super) fn of(indicator: &'a Indicator, cohort: &Cohort, inputs: &'a Inputs) -> Self {
        let kind = indicator.scoring_for(inputs.segment.as_ref()).kind();
        Self { indicator, kind, context: Context::of(indicator, cohort, inputs) }
    }

    /// The points that an input earns, or would earn in the place of the customer's own.
    pub(super) fn points(&self, input: &Input) -> Option<Points> {
        self.kind.points(input, self.context)
    }

    /// What that adds to the sums.
    pub(super) fn sums(&self, input: &Input) -> Sums {
        Sums::one(self.indicator.weight, input, self.points(input))
    }
}
