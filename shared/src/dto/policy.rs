//! Published policy versions and the calculator.

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Millis};
use crate::grading::{Cohort, Inputs, Policy};
use crate::id::{Name, PolicyId};

/// A published policy version without its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicySummary {
    /// Its id.
    pub id: PolicyId,
    /// 1, 2, 3 …
    pub version: i64,
    /// From when it grades.
    pub effective_from: Date,
    /// When it was published.
    pub published_at: Millis,
    /// Who published it; absent for the one the product comes with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_by: Option<Name>,
}

/// A published policy version; never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedPolicy {
    /// Everything but the body.
    #[serde(flatten)]
    pub summary: PolicySummary,
    /// The policy itself.
    pub policy: Policy,
}

/// Grades made-up inputs; the answer is an [`Assessment`](crate::grading::Assessment).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TryPolicy {
    /// The policy to try; the one in force when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<Policy>,
    /// The made-up inputs.
    pub inputs: Inputs,
    /// The statistics of the cohort to grade it in; none when absent.
    #[serde(default)]
    pub cohort: Cohort,
}
