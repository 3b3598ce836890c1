//! Grading (分级): a policy as data, one customer's inputs, and the explained assessment they give.

mod assessment;
mod check;
mod derive;
mod engine;
mod gate;
mod input;
mod policy;
mod scale;
pub mod scoring;
mod ways;

pub use assessment::{
    Assessment, Bound, Change, Evidence, GateOutcome, GateState, Line, Matched, Range, WaysUp,
};
pub use check::{Mistake, MistakeKind, check};
pub use derive::{Background, derive};
pub use engine::{grade, grade_plain};
pub use input::{Input, Inputs};
pub use policy::{
    Condition, Effect, Fact, Gate, Indicator, Localized, Measure, Policy, Segment, Test, Tier, default_policy,
};
pub use scoring::Scoring;

/// [`grade`] from JSON to canonical JSON: the one form in which the browser, the Worker and native
/// programs are held against each other.
///
/// # Errors
/// What of the policy or the inputs does not parse, in English.
pub fn grade_json(policy: &str, inputs: &str) -> Result<String, String> {
    let policy: Policy = serde_json::from_str(policy).map_err(|error| format!("policy: {error}"))?;
    let inputs: Inputs = serde_json::from_str(inputs).map_err(|error| format!("inputs: {error}"))?;
    Ok(grade(&policy, &inputs).to_json())
}

impl Assessment {
    /// Its canonical JSON: what is compared byte by byte and what is saved.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Only strings, integers and lists: nothing in it can fail to serialize.
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
