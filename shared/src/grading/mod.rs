//! Grading (分级): a policy as data, one customer's inputs, and the explained assessment they give.

mod assessment;
mod check;
mod cohort;
mod compare;
mod compiled;
mod context;
mod derive;
mod engine;
mod evidence;
mod fast;
mod fit;
mod gate;
mod input;
pub mod method;
mod parse;
mod policy;
mod rehearsal;
mod scale;
pub mod scoring;
mod sums;
mod treatment;
mod ways;

pub use assessment::{
    Assessment, Bound, Change, Clause, Evidence, GateOutcome, GateState, Lack, Line, Matched, Placement,
    Range, WaysUp,
};
pub use check::{Fix, Mistake, MistakeKind, check};
pub use cohort::{Bar, BestOf, Bests, Cohort, Cut, Ranking};
pub use compare::{Compared, Comparison, Side, compare};
pub use compiled::Compiled;
pub use derive::{Background, derive};
pub use engine::{grade, grade_plain};
pub use fast::Fast;
pub use fit::Misfit;
pub use input::{Input, Inputs};
pub use method::Method;
pub use parse::parse;
pub use policy::{
    Condition, Effect, Fact, Gate, Indicator, Localized, Marks, Measure, Policy, Segment, Test, Tier,
    default_policy,
};
pub use rehearsal::{
    Cause, Customer, Mover, Rehearsal, Shift, Slots, TierUpkeep, Upkeep, Way, YearRehearsal, simulate,
};
pub use scoring::Scoring;
pub use treatment::{Colour, PaymentTerm, Treatment};

use crate::json;

/// [`grade`] from JSON to canonical JSON: the one form in which the browser, the Worker and native
/// programs are held against each other. A cohort of `{}` knows nothing.
///
/// # Errors
/// What of the policy, the cohort or the inputs does not parse, in English.
pub fn grade_json(policy: &str, cohort: &str, inputs: &str) -> Result<String, String> {
    let policy: Policy = json::read_exactly(policy).map_err(|error| format!("policy: {error}"))?;
    let cohort: Cohort = json::read_exactly(cohort).map_err(|error| format!("cohort: {error}"))?;
    let inputs: Inputs = json::read_exactly(inputs).map_err(|error| format!("inputs: {error}"))?;
    Ok(grade(&policy, &cohort, &inputs).to_json())
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
