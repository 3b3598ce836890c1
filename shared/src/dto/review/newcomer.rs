//! New customers (5.1.2-D) on the wire.

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Millis};
use crate::id::{CustomerCode, CustomerId, CycleId, Label, Name, Reason, UnitId, UserId};
use crate::review::Youth;

/// Which new customers, in the order in which they are due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct NewcomerQuery {
    /// Only this state; those that are graded in full are new no more, and nobody is listed so.
    pub state: Youth,
    /// Only those of this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A new customer in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewcomerRow {
    /// The customer.
    pub customer: CustomerId,
    /// The company's number for it.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// Its unit.
    pub unit: UnitId,
    /// Its rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<UserId>,
    /// How it stands today.
    pub state: Youth,
    /// From which day on it is to be graded in full.
    pub due_on: Date,
    /// The grade that counts; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Label>,
}

/// How a customer stands as a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Newcomer {
    /// How it stands today.
    pub state: Youth,
    /// Whole months of cooperation; absent while nobody knows since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<i64>,
    /// From which day on it is to be graded in full; absent once it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    /// The last day before that is overdue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Whether the reader could give a deal a grade now.
    pub may_grade: bool,
    /// The open cycle, when the customer has no form in it and the reader could take it in now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_join: Option<CycleId>,
}

/// A provisional grade of one deal, never changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DealGrade {
    /// The deal, as the company calls it.
    pub deal: Name,
    /// Its day.
    pub day: Date,
    /// The grade.
    pub grade: Label,
    /// Why.
    pub reason: Reason,
    /// By whom.
    pub by: Name,
    /// When it was given.
    pub at: Millis,
}

/// Gives a deal a grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDealGrade {
    /// The deal, as the company calls it.
    pub deal: Name,
    /// Its day, up to today.
    pub day: Date,
    /// A grade of the policy in force.
    pub grade: Label,
    /// Why.
    pub reason: Reason,
}
