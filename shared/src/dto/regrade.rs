//! Grading the book anew: begun once, done in small steps by whoever is there, the page or the clock.

use serde::{Deserialize, Serialize};

use crate::calendar::Millis;
use crate::id::{Name, PolicyId, RegradeId};

/// Most years of a run.
pub const MAX_REGRADE_YEARS: usize = 5;
/// Most customers of a step.
pub const STEP_CUSTOMERS: u32 = 200;

/// Begins a run by the policy in force today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartRegrade {
    /// The years to grade anew, 1 to [`MAX_REGRADE_YEARS`].
    pub years: Vec<i32>,
}

/// Takes a step of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepRegrade {
    /// The run's [`position`](Regrade::position) as it was answered last: a step that somebody has
    /// taken is not taken again.
    pub at: u32,
}

/// A run and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Regrade {
    /// Its id.
    pub id: RegradeId,
    /// The policy that it grades by.
    pub policy: PolicyId,
    /// The years, ascending.
    pub years: Vec<i32>,
    /// What it is doing.
    pub phase: RegradePhase,
    /// Steps taken.
    pub position: u32,
    /// Customers gone through, those of every pass over the book together.
    pub done: u64,
    /// Customers to go through in all passes together.
    pub total: u64,
    /// Years of customers that have another tier than before.
    pub changed: u64,
    /// When it was begun.
    pub started_at: Millis,
    /// By whom; absent when a version came into force and nobody had to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<Name>,
    /// When it was done or cancelled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Millis>,
}

/// What a run is doing. A policy that takes nothing from the other customers goes straight to grading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RegradePhase {
    /// The first pass: looking for the best of the book.
    Survey,
    /// The second, when tiers go by quota: counting who stands where.
    Rank,
    /// The last: grading every customer.
    Grade,
    /// It has graded everybody.
    Done,
    /// It was stopped; what it had graded stays.
    Cancelled,
}

impl RegradePhase {
    /// The code used in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::Rank => "rank",
            Self::Grade => "grade",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether there are steps to take.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Survey | Self::Rank | Self::Grade)
    }
}
