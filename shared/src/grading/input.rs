//! What is known of a customer's year.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{Key, Label};
use crate::json::tagged;

/// One input of a customer's year: its value, or in which way there is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum Input {
    /// A number in the measure of the indicator: fen, basis points, days, a count, months.
    Measured {
        /// The raw integer.
        value: i64,
    },
    /// A judged level.
    Judged {
        /// The level's key.
        level: Label,
    },
    /// Not known; earns nothing.
    Missing,
    /// Does not apply to this customer; leaves the denominator.
    NotApplicable,
}

tagged! { exact Input, "state": Measured { value }, Judged { level }, Missing, NotApplicable }

impl Input {
    /// The number, of a measured one.
    #[must_use]
    pub const fn value(&self) -> Option<i64> {
        match self {
            Self::Measured { value } => Some(*value),
            Self::Judged { .. } | Self::Missing | Self::NotApplicable => None,
        }
    }
}

/// All inputs of a customer's year: of indicators, and the facts that only gates ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Inputs {
    /// The customer's segment, where the policy has segments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<Label>,
    /// By key; an absent key is missing.
    #[serde(default)]
    pub values: BTreeMap<Key, Input>,
}

impl Inputs {
    /// The input of a key; [`Input::Missing`] when there is none.
    #[must_use]
    pub fn get(&self, key: &Key) -> &Input {
        self.values.get(key).unwrap_or(&Input::Missing)
    }
}
