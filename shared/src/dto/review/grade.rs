//! Published grades.

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Millis};
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
