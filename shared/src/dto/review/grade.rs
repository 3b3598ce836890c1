//! Published grades.

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Millis};
use crate::grading::Assessment;
use crate::id::{CycleId, Label, PolicyId};

/// A grade that a cycle published (5.1.4). It counts while its cycle is the latest in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedGrade {
    /// The cycle; its form is the trail.
    pub cycle: CycleId,
    /// The year whose figures were graded.
    pub year: i32,
    /// The version of the policy.
    pub policy: PolicyId,
    /// The grade; absent when the case was closed without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Label>,
    /// From which day it counts.
    pub effective: Date,
    /// When it was published.
    pub at: Millis,
}

/// A customer's year as it was graded, with the explanation as it was saved: decided on in a cycle or, without
/// one, as the figures gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GradedYear {
    /// The year whose figures were graded.
    pub year: i32,
    /// The version of the policy.
    pub policy: PolicyId,
    /// The cycle that decided; its form is the trail. Absent where nobody has decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<CycleId>,
    /// When it was decided or, where nobody has, computed.
    pub at: Millis,
    /// From which day it counts; absent until the publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<Date>,
    /// The grade; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Label>,
    /// What was computed, saved with the decision; absent for roles that may not see figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
}
