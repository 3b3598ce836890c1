//! The dashboard on the wire: sums that are kept as customers change.

use serde::{Deserialize, Serialize};

use crate::book::{Cell, Lack, Size};
use crate::id::UnitId;

/// What the dashboard shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct DashboardQuery {
    /// Only this unit; all that the reader sees when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// The book at a glance: everything is a sum over customers, and none is of one customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dashboard {
    /// Customers of each unit by the tier before and the tier that counts.
    pub cells: Vec<Cell>,
    /// Customers with known sales by size, of all these units together; the smallest first.
    pub sizes: Vec<Size>,
    /// How many of them lack which indicator of their latest grade; what nobody lacks is left out.
    pub lacks: Vec<Lack>,
}

/// Counts the customers of a unit anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Recount {
    /// The unit.
    pub unit: UnitId,
}

/// What a count of a unit's customers found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recounted {
    /// How many sums were not what was counted, or were of nothing; all are right now.
    pub wrong: u64,
}
