//! What a rule of scoring may look at besides the input that it scores.

use super::{Cohort, Indicator, Inputs};

/// The surroundings of one input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// The customer's other inputs.
    pub(super) inputs: &'a Inputs,
    /// The best of the cohort by the same rule, when it is known.
    pub(super) best: Option<i64>,
}

impl<'a> Context<'a> {
    /// The surroundings of an indicator's input.
    pub(super) fn of(indicator: &Indicator, cohort: &Cohort, inputs: &'a Inputs) -> Self {
        Self { inputs, best: cohort.best(indicator, inputs.segment.as_ref()) }
    }
}
