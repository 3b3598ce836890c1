//! What a tier's customers get (clauses 6.2, 7, 8.1), and the colour the tier is shown in.

use serde::{Deserialize, Serialize};

use super::Localized;
use crate::number::BasisPoints;

/// The treatment of a tier's customers; what is absent is not promised.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Treatment {
    /// Whose orders go first (6.2.1-D), 1 before 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub production_priority: Option<u32>,
    /// The largest discount on the list price, 0 to 100 %.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_limit: Option<BasisPoints>,
    /// When deliveries are paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_term: Option<PaymentTerm>,
    /// Days from one visit to the next (6.2.1-F).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visit_days: Option<u32>,
    /// Hours in which a complaint is answered (6.2.1-H).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint_hours: Option<u32>,
    /// Days in which an order is promised (8.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_days: Option<u32>,
}

impl Treatment {
    /// Whether nothing is promised.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// When deliveries are paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PaymentTerm {
    /// Within so many days; 0 is cash.
    Days(u32),
    /// As these words say.
    Terms(Localized),
}

/// A tier's colour: a name that the style layer maps to a pigment of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Seal red.
    Vermilion,
    /// Blue.
    Prussian,
    /// Grey.
    Slate,
    /// Green.
    Pine,
    /// Yellow brown.
    Ochre,
    /// Violet.
    Plum,
    /// Blue green.
    Teal,
    /// Red brown.
    Umber,
    /// The colour of plain text.
    Plain,
}

impl Colour {
    /// Every colour; the first eight are those of the first eight ranks.
    pub const ALL: [Self; 9] = [
        Self::Vermilion,
        Self::Prussian,
        Self::Slate,
        Self::Pine,
        Self::Ochre,
        Self::Plum,
        Self::Teal,
        Self::Umber,
        Self::Plain,
    ];

    /// The colour of a tier that names none, by its position from 0.
    #[must_use]
    pub fn of_rank(position: usize) -> Self {
        Self::ALL.get(position).copied().unwrap_or(Self::Plain)
    }
}
