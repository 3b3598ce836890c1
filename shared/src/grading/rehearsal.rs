//! The rehearsal of a draft: who would move from what to what, why, and what it would cost.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cohort, Inputs, Policy};
use crate::id::{CustomerId, Key, Label, UnitId};
use crate::number::Points;

/// A customer to rehearse with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// The customer.
    pub id: CustomerId,
    /// The unit that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// What is known of each year.
    pub years: BTreeMap<i32, Inputs>,
}

/// What a draft would change, year by year, the latest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rehearsal {
    /// The years.
    pub years: Vec<YearRehearsal>,
}

/// What a draft would change in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct YearRehearsal {
    /// The year.
    pub year: i32,
    /// Customers with inputs of that year.
    pub customers: u64,
    /// Those who would have another tier, in the order given.
    pub movers: Vec<Mover>,
    /// How many go from which tier to which, those who stay among them, by unit.
    pub shifts: Vec<Shift>,
    /// What the tiers are owed under the policy in force.
    pub current: Upkeep,
    /// What they would be owed under the draft.
    pub draft: Upkeep,
    /// The cohort under the draft, by which a customer is previewed.
    pub cohort: Cohort,
}

/// A customer who would have another tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mover {
    /// The customer.
    pub customer: CustomerId,
    /// Its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The tier under the policy in force; absent without a grade.
    pub from: Option<Label>,
    /// The tier under the draft; absent without a grade.
    pub to: Option<Label>,
    /// Which way that is.
    pub way: Way,
    /// The score under the policy in force.
    pub score_from: Points,
    /// The score under the draft.
    pub score_to: Points,
    /// What moved it most.
    pub cause: Cause,
}

/// Which way a customer moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To a better tier.
    Up,
    /// To a worse tier.
    Down,
    /// To a tier, having had none.
    Graded,
    /// To no tier, having had one.
    Ungraded,
    /// To a tier that cannot be compared, for the draft does not have the old one.
    Elsewhere,
}

/// What moved a customer most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// The points of an indicator.
    Indicator {
        /// The indicator.
        indicator: Key,
        /// Points more or fewer, on the draft's scale.
        points: Points,
    },
    /// A gate that decides under the draft, or no longer does.
    Gate {
        /// The gate.
        gate: Key,
        /// Whether it decides under the draft.
        holds: bool,
    },
    /// A rule of the draft, or its last resort when absent.
    Rule {
        /// The rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Key>,
    },
    /// The thresholds or cuts between the tiers.
    Tiers,
    /// Whether what is known is enough for a grade.
    Evidence,
}

/// How many customers of a unit go from one tier to another, or stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shift {
    /// The unit; absent for customers without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The tier under the policy in force; absent without a grade.
    pub from: Option<Label>,
    /// The tier under the draft; absent without a grade.
    pub to: Option<Label>,
    /// How many.
    pub customers: u64,
}

/// What the tiers' customers are owed in a year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upkeep {
    /// Customers of each tier, best first, those without a grade last.
    pub tiers: Vec<TierUpkeep>,
    /// Customers by production priority, first before second; those without one are left out.
    pub priorities: Vec<Slots>,
    /// Visits a year that the tiers' cadences ask for.
    pub visits: u64,
}

/// What the customers of one tier are owed in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TierUpkeep {
    /// The tier; absent for customers without a grade.
    pub tier: Option<Label>,
    /// How many customers.
    pub customers: u64,
    /// Visits a year.
    pub visits: u64,
}

/// How many customers share a production priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slots {
    /// The priority, 1 the first.
    pub priority: u32,
    /// How many.
    pub customers: u64,
}

/// Grades every customer under the policy in force and under the draft.
#[must_use]
pub fn simulate(_draft: &Policy, _current: &Policy, _customers: &[Customer]) -> Rehearsal {
    Rehearsal::default()
}
