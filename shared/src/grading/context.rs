//! What a rule of scoring may look at besides the input that it scores.

use super::Inputs;

/// The surroundings of one input.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// The customer's other inputs.
    pub(super) inputs: &'a Inputs,
    /// The best of the cohort by the same rule, when it is known.
    pub(super) best: Option<i64>,
}
