//! The quarterly look (3.1) on the wire.

use serde::{Deserialize, Serialize};

use crate::calendar::Millis;
use crate::id::{CustomerCode, CustomerId, Label, Name, Note, UnitId};
use crate::number::Fen;
use crate::quarter::Quarter;
use crate::review::{Look, Mark};

/// Most marks of one request.
pub const MAX_MARKS: usize = 200;

/// How far a unit has come with a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitQuarter {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: Name,
    /// Its sales: as they were when the look was closed, as a ledger gave them, or as they were typed; absent
    /// when nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sales: Option<Fen>,
    /// Whether a ledger gave them.
    #[serde(default)]
    pub counted: bool,
    /// When the look was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Millis>,
    /// Whether anything of it is written.
    #[serde(default)]
    pub begun: bool,
}

/// A unit's look at a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarterView {
    /// How far it is.
    pub standing: UnitQuarter,
    /// The quarter.
    pub quarter: Quarter,
    /// What is written.
    pub look: Look,
    /// By whom it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_by: Option<Name>,
    /// For If-Match; 0 while nothing is written.
    pub version: i64,
    /// Whether the reader may write it now.
    pub may_write: bool,
}

/// A customer in a unit's quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuarterCustomer {
    /// The customer.
    pub customer: CustomerId,
    /// The company's number for it.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// The grade that counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Label>,
    /// Its sales in the quarter, as a ledger gave them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sales: Option<Fen>,
    /// What is to become of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// A mark that is set, or taken back when it is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMark {
    /// A customer of the unit.
    pub customer: CustomerId,
    /// What is to become of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// Writes a look as a whole, with the marks that change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WriteQuarter {
    /// What it says from now on.
    pub look: Look,
    /// At most [`MAX_MARKS`], each of another customer; marks that are not named stay.
    #[serde(default)]
    pub marks: Vec<NewMark>,
    /// Closes it: nothing of it changes any more.
    #[serde(default)]
    pub close: bool,
}

/// A customer's quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerQuarter {
    /// The quarter.
    pub quarter: Quarter,
    /// Its sales, as a ledger gave them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sales: Option<Fen>,
    /// What was to become of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}
