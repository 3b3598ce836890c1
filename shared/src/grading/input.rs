//! What is known of a customer's year.

use litemap::LiteMap;
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
    // They lie side by side, for whole books are graded by them.
    #[serde(default, with = "object")]
    #[cfg_attr(feature = "openapi", schema(value_type = std::collections::BTreeMap<Key, Input>))]
    pub values: LiteMap<Key, Input>,
}

impl Inputs {
    /// The input of a key; [`Input::Missing`] when there is none.
    #[must_use]
    pub fn get(&self, key: &Key) -> &Input {
        self.values.get(key).unwrap_or(&Input::Missing)
    }
}

/// As one object in JSON, also of nothing, which the map itself would write as a list.
mod object {
    use std::collections::BTreeMap;

    use litemap::LiteMap;
    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Input, Key};

    pub(super) fn serialize<S: Serializer>(values: &LiteMap<Key, Input>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(values.iter())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<LiteMap<Key, Input>, D::Error> {
        Ok(BTreeMap::deserialize(from)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_are_an_object_however_few_there_are() {
        let none = r#"{"values":{}}"#;
        let read = |text: &str| serde_json::from_str::<Inputs>(text);
        assert_eq!(serde_json::to_string(&read(none).unwrap()).unwrap(), none);
        let unsorted = r#"{"values":{"b":{"state":"missing"},"a":{"state":"missing"}}}"#;
        let sorted = r#"{"values":{"a":{"state":"missing"},"b":{"state":"missing"}}}"#;
        assert_eq!(serde_json::to_string(&read(unsorted).unwrap()).unwrap(), sorted);
        assert!(read(r#"{"values":[]}"#).is_err());
    }
}
