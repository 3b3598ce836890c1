//! A policy as data (clauses 2.0, 3.1, 3.2): indicators, gates, tiers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::scoring::Scoring;
use crate::id::{Key, Label};
use crate::number::{BasisPoints, Points};

/// A text in both languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// A grading policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its title.
    pub title: Localized,
    /// The number of the paper document.
    pub document: String,
    /// Least share of the applicable weight that must be known for a grade to be given.
    pub evidence_floor: BasisPoints,
    /// Segments on which scoring may depend.
    #[serde(default)]
    pub segments: Vec<Segment>,
    /// What is scored, in the order of the paper form.
    pub indicators: Vec<Indicator>,
    /// Inputs that only gates ask for.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// What bounds the tier whatever the score.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// The tiers, best first.
    pub tiers: Vec<Tier>,
}

/// A kind of customer that may be scored by bands of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Its key.
    pub key: Label,
    /// Its name.
    pub name: Localized,
}

/// The unit a raw integer is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Fen.
    Money,
    /// Basis points.
    Ratio,
    /// Days.
    Days,
    /// Months.
    Months,
    /// A plain count.
    Count,
    /// A judged level, no number.
    Level,
}

/// Something that is scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its key, and the key of its input.
    pub key: Key,
    /// Its name.
    pub name: Localized,
    /// What it asks.
    pub asks: Localized,
    /// The clause of the paper policy.
    pub clause: String,
    /// The unit of its input.
    pub measure: Measure,
    /// Full marks.
    pub weight: Points,
    /// How an input becomes points.
    pub scoring: Scoring,
    /// Scoring of its own for some segments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_segment: BTreeMap<Label, Scoring>,
}

/// An input that earns no points and that only gates ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its key.
    pub key: Key,
    /// Its name.
    pub name: Localized,
    /// Its unit.
    pub measure: Measure,
    /// Its levels, best first, when it is judged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Label>,
}

/// A rule that bounds the tier, or makes it provisional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Its key.
    pub key: Key,
    /// Its name, as shown when it fires.
    pub name: Localized,
    /// The clause of the paper policy.
    pub clause: String,
    /// When it fires; for `require`, what must hold.
    pub when: Condition,
    /// What it does.
    pub effect: Effect,
}

/// A question about one input; unknown when the input is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The input asked about.
    pub input: Key,
    /// The question.
    pub test: Test,
}

/// The question of a [`Condition`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// value ≥ bound.
    AtLeast(i64),
    /// value > bound.
    Above(i64),
    /// value ≤ bound.
    AtMost(i64),
    /// value < bound.
    Below(i64),
    /// The judged level is one of these.
    OneOf(Vec<Label>),
    /// The judged level is none of these.
    NoneOf(Vec<Label>),
}

/// What a gate does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// At most this tier.
    Cap {
        /// The tier.
        tier: Label,
    },
    /// At least this tier.
    Floor {
        /// The tier.
        tier: Label,
    },
    /// The condition must hold to have this tier or a better one; missing data does not meet it.
    Require {
        /// The tier.
        tier: Label,
    },
    /// The grade is provisional.
    Provisional,
}

/// A grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Its key, `A`.
    pub key: Label,
    /// Its name.
    pub name: Localized,
    /// The least score that gives it.
    pub from: Points,
}

/// The policy that the product comes with: DOMAIN section 2 of the paper policy.
///
/// # Errors
/// None as long as the file beside this crate parses, which a test proves.
pub fn default_policy() -> Result<Policy, serde_json::Error> {
    serde_json::from_str(include_str!("../../policies/default.json"))
}
