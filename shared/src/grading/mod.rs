//! Grading (分级): a policy as data, one customer's inputs, and the explained assessment they give.

mod assessment;
mod input;
mod policy;
pub mod scoring;

pub use assessment::{
    Assessment, Bound, Change, Evidence, GateOutcome, GateState, Line, Matched, Range, WaysUp,
};
pub use input::{Input, Inputs};
pub use policy::{Condition, Effect, Fact, Gate, Indicator, Localized, Measure, Policy, Segment, Test, Tier};
pub use scoring::Scoring;
