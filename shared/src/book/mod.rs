//! The book at a glance: what is read off sums over customers. Everything here is exact; a curve is exact at
//! each of its points.

mod concentration;
mod movement;
mod overdue;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::grading::Policy;
use crate::id::{Key, Label, UnitId};
use crate::number::Fen;

pub use concentration::{Point, concentration, needed, thinned};
pub use movement::{Movement, Order, Sum, Way, by_move, by_tier, by_unit, movement, total};
pub use overdue::{Open, Overdue, OverdueKind, overdue};

/// Customers of a unit with one tier before and one tier now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cell {
    /// The unit.
    pub unit: UnitId,
    /// The tier before: of the publication before or, until then, of the year before; absent where there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Label>,
    /// The tier that counts; absent without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Label>,
    /// How many.
    pub customers: u64,
    /// How many of them have missing data.
    pub lacking: u64,
    /// Of how many of them the sales are known.
    pub sold: u64,
    /// Their yearly sales in all.
    pub sales: Fen,
}

/// How many customers lack an indicator of their latest grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lack {
    /// The indicator.
    pub indicator: Key,
    /// How many, at least one.
    pub customers: u64,
}

/// How many lack each indicator of a policy, in its order; after them what other policies graded.
#[must_use]
pub fn by_indicator(policy: &Policy, lacks: &[Lack]) -> Vec<(Key, u64)> {
    let many = |key: &Key| lacks.iter().find(|one| one.indicator == *key).map_or(0, |one| one.customers);
    let own = policy.indicators.iter().map(|one| (one.key.clone(), many(&one.key)));
    let others = lacks.iter().filter(|one| policy.indicators.iter().all(|own| own.key != one.indicator));
    own.chain(others.map(|one| (one.indicator.clone(), one.customers))).collect()
}

/// Customers whose yearly sales begin with the same two digits and have as many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Size {
    /// Its number: digits times 100 and the two first digits; 0 for those that sold nothing. A larger one is of larger sales.
    pub class: u32,
    /// How many.
    pub customers: u64,
    /// Their yearly sales in all.
    pub sales: Fen,
}
