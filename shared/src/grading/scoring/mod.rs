//! How an input becomes points: a closed family, one file per kind.

use serde::{Deserialize, Serialize};

use super::policy::Localized;
use crate::id::Label;
use crate::number::Points;

/// A way of scoring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Scoring {
    /// Bands of a measured value.
    Bands {
        /// The bands.
        bands: Vec<Band>,
    },
    /// Judged levels.
    Levels {
        /// The levels, best first.
        levels: Vec<Level>,
    },
    /// A straight line between two points, flat outside.
    Linear {
        /// One end.
        from: End,
        /// The other.
        to: End,
    },
}

/// A band; an absent bound is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// value ≥.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    /// value >.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<i64>,
    /// value ≤.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
    /// value <.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<i64>,
    /// Points earned in it.
    pub points: Points,
}

/// A judged level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Its key.
    pub key: Label,
    /// Points it earns.
    pub points: Points,
    /// What it means.
    pub meaning: Localized,
}

/// An end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct End {
    /// Input.
    pub value: i64,
    /// Points there.
    pub points: Points,
}
