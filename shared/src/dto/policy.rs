//! Published policy versions and the calculator.

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Millis};
use crate::grading::{Cohort, Inputs, Localized, Policy};
use crate::id::{Name, PolicyId, Reason};

/// A published policy version without its body; never changes.
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
    /// Why; absent for the one the product comes with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// A published policy version in the list of all: what it is, and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PolicyVersion {
    /// What never changes of it.
    #[serde(flatten)]
    pub summary: PolicySummary,
    /// Its title.
    pub title: Localized,
    /// What has become of it, today.
    pub state: PolicyState,
    /// How it was withdrawn; there exactly when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retirement: Option<Retirement>,
}

/// What has become of a published version; follows from the day, the dates and the retirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PolicyState {
    /// It will take effect on a day to come.
    Scheduled,
    /// What is graded now is graded by it.
    InForce,
    /// A later version has taken its place.
    Superseded,
    /// It was withdrawn before it took effect.
    Retired,
}

/// How a version was withdrawn before it took effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Retirement {
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: Name,
    /// Why.
    pub reason: Reason,
}

/// Withdraws a version that has not taken effect yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Retire {
    /// Why.
    pub reason: Reason,
}

/// Which cohort of a version is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct CohortQuery {
    /// Of which year.
    pub year: i32,
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
    /// The statistics of the cohort to grade in. When absent: for the policy in force those of `year`,
    /// as a customer of that year is graded; for any other policy none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<Cohort>,
    /// The year whose cohort it is; this year when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}
