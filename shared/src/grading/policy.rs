//! A policy as data (clauses 2.0, 3.1, 3.2): indicators, gates, tiers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::method::Method;
use super::scoring::Scoring;
use super::treatment::{Colour, Treatment};
use crate::id::{Key, Label};
use crate::json;
use crate::json::tagged;
use crate::number::{BasisPoints, Points};

/// A text in both languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Its title.
    pub title: Localized,
    /// The number of the paper document.
    pub document: String,
    /// Least share of the applicable weight that must be known for a grade to be given.
    pub evidence_floor: BasisPoints,
    /// How the marks of the indicators are meant.
    #[serde(default)]
    pub marks: Marks,
    /// The least score there is: deductions stop here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score_floor: Option<Points>,
    /// The most score there is: extra points stop here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score_ceiling: Option<Points>,
    /// Segments on which scoring may depend.
    #[serde(default)]
    pub segments: Vec<Segment>,
    /// What is scored, in the order of the paper form.
    pub indicators: Vec<Indicator>,
    /// Inputs that earn nothing: those that gates, rules and targets ask for.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// What bounds the tier whatever the score.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// How the tier is found, before the gates.
    #[serde(default)]
    pub method: Method,
    /// The tiers, best first.
    pub tiers: Vec<Tier>,
}

/// How the marks of the indicators are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Marks {
    /// Weights that add up to a total. What does not apply to a customer is shared by the rest: the
    /// points earned are scaled to the full marks.
    Weights {
        /// What they add up to.
        total: Points,
    },
    /// Plain points, which need not add up to anything. They count as they are: what does not apply
    /// earns nothing, and nothing is scaled.
    Points,
}

tagged! { exact Marks, "kind": Weights { total }, Points }

impl Default for Marks {
    /// Weights of 100 points in all.
    fn default() -> Self {
        Self::Weights { total: Points::clamped(10_000) }
    }
}

/// A kind of customer that may be scored by bands of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// Full marks; zero for one that only deducts.
    pub weight: Points,
    /// How an input becomes points.
    pub scoring: Scoring,
    /// Scoring of its own for some segments.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_segment: BTreeMap<Label, Scoring>,
}

/// An input that earns no points: gates, rules and targets ask for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

tagged! { exact Effect, "kind": Cap { tier }, Floor { tier }, Require { tier }, Provisional }

/// A grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Its key, `A`.
    pub key: Label,
    /// Its name.
    pub name: Localized,
    /// The least score that gives it, where tiers are found by [`Threshold`](super::method::Threshold).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Points>,
    /// Its share of the cohort, where tiers are found by [`Quota`](super::method::Quota).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<BasisPoints>,
    /// Its colour; by its rank when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<Colour>,
    /// What its customers get.
    #[serde(default, skip_serializing_if = "Treatment::is_empty")]
    pub treatment: Treatment,
}

/// The policy that the product comes with: DOMAIN section 2 of the paper policy.
///
/// # Errors
/// None as long as the file beside this crate parses, which a test proves.
pub fn default_policy() -> Result<Policy, json::Mismatch> {
    json::read(include_str!("../../policies/default.json"))
}
