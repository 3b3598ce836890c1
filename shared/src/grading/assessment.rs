//! The explained grade of one customer's year.

use serde::{Deserialize, Serialize, Serializer};
use smol_str::SmolStr;

use super::{Cut, Effect, Input};
use crate::id::{Key, Label};
use crate::json::tagged;
use crate::number::{BasisPoints, Points};

/// The grade of one customer's year and everything that led to it. Saved with the decision and shown
/// as saved, together with the policy version it was made under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// The tier after gates; absent when the evidence is not enough or nobody was ranked.
    pub tier: Option<Label>,
    /// The tier before gates, as the policy's method finds it; absent when `tier` is.
    pub scored_tier: Option<Label>,
    /// Whether the grade is provisional.
    pub provisional: bool,
    /// The score, on the scale of `full`.
    pub score: Points,
    /// The score before the policy's floor and ceiling, where they changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_limits: Option<Points>,
    /// Full marks.
    pub full: Points,
    /// How much is known.
    pub evidence: Evidence,
    /// Between what the score would lie if all that is missing were supplied.
    pub range: Range,
    /// One line per indicator, in the order of the policy.
    pub lines: Vec<Line>,
    /// One outcome per gate, in the order of the policy.
    pub gates: Vec<GateOutcome>,
    /// How `scored_tier` was found, where not by the thresholds alone; absent without enough evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
    /// Indicators without data.
    pub missing: Vec<Key>,
    /// The nearest ways to the next tier.
    pub ways_up: WaysUp,
}

/// How much of the weight is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// Weight of the indicators with data.
    pub known: Points,
    /// Weight of the indicators that apply.
    pub applicable: Points,
    /// `known` of `applicable`.
    pub share: BasisPoints,
    /// What the policy asks for.
    pub floor: BasisPoints,
    /// Whether a grade is given.
    pub enough: bool,
}

/// The lowest and the highest score possible once nothing is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Range {
    /// If all that is missing earned nothing, or all it could deduct.
    pub low: Points,
    /// If all that is missing earned full marks.
    pub high: Points,
}

/// The clause of a paper policy, as the policy writes it. Like a key it lies in the value itself when it is
/// short: there is one in every line, and of every customer of a book.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Clause(SmolStr);

impl Clause {
    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Clause {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Clause {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl Serialize for Clause {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

/// What one indicator contributed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// The indicator.
    pub indicator: Key,
    /// The clause it comes from.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub clause: Clause,
    /// Full marks.
    pub weight: Points,
    /// What was known.
    pub input: Input,
    /// What of the scoring applied; absent when nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matched: Option<Matched>,
    /// What it was to be compared with and is not known, which makes a known input count as missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lacks: Option<Lack>,
    /// Points earned.
    pub points: Points,
    /// Points of the weight.
    pub share: BasisPoints,
}

/// What of a scoring applied to an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Matched {
    /// A band.
    Band {
        /// Its position, from 0.
        index: u32,
        /// Its lower bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        low: Option<Bound>,
        /// Its upper bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        high: Option<Bound>,
    },
    /// A judged level.
    Level {
        /// Its key.
        level: Label,
    },
    /// A straight line between two points.
    Linear {
        /// Whether the input lay outside and counted as the nearer end.
        clamped: bool,
    },
    /// In proportion to a target.
    Target {
        /// The target it was compared with.
        target: i64,
        /// The input that says so; absent when it is the same for everybody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        input: Option<Key>,
        /// Whether the proportion lay below nothing or above the cap.
        clamped: bool,
    },
    /// In proportion to the best of the cohort.
    Best {
        /// The best that it was compared with.
        best: i64,
        /// Whether the value was better than the best, or below nothing.
        clamped: bool,
    },
    /// Per unit of growth.
    Growth {
        /// Units counted, in hundredths; negative below the origin.
        units: i64,
        /// Whether the floor or the ceiling applied.
        clamped: bool,
    },
}

tagged! { Matched, "kind":
   Band { index, low, high }, Level { level }, Linear { clamped }, Target { target, input, clamped },
   Best { best, clamped }, Growth { units, clamped },
}

/// What a known input was to be compared with and could not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Lack {
    /// The customer's target: missing, or not above zero.
    Target {
        /// The input that is to say it; absent for the policy's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        input: Option<Key>,
    },
    /// The best of the cohort, which was not given.
    Cohort,
}

tagged! { Lack, "kind": Target { input }, Cohort }

/// How the tier before gates was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Placement {
    /// By rank in the cohort.
    Quota {
        /// How many were ranked.
        ranked: u64,
        /// The cut above which the customer stands; absent in the last tier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        passed: Option<Cut>,
        /// The next better cut, which the customer does not reach; absent in the first tier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        missed: Option<Cut>,
        /// The customer's value of the input that decides between equal scores.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tie: Option<i64>,
    },
    /// By rank, and nobody was ranked: there is no tier.
    Unranked,
    /// By the first rule that holds.
    Rule {
        /// Its position, from 0.
        index: u32,
        /// The rule.
        rule: Key,
        /// The clause it comes from.
        #[cfg_attr(feature = "openapi", schema(value_type = String))]
        clause: Clause,
    },
    /// No rule holds.
    LastResort,
}

tagged! { Placement, "kind":
   Quota { ranked, passed, missed, tie }, Unranked, Rule { index, rule, clause }, LastResort,
}

/// A bound of a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bound {
    /// The value, in the indicator's measure.
    pub value: i64,
    /// Whether the value itself belongs to the band.
    pub inclusive: bool,
}

/// What a gate did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GateOutcome {
    /// The gate.
    pub gate: Key,
    /// The clause it comes from.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub clause: Clause,
    /// The input it looked at.
    pub input: Input,
    /// Whether it fired.
    pub state: GateState,
    /// What it does.
    pub effect: Effect,
    /// Whether it changed the tier.
    pub decisive: bool,
}

/// Whether a gate fired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GateState {
    /// It did.
    Fired,
    /// It did not.
    Idle,
    /// The data it asks for is missing.
    Unknown,
}

/// The nearest ways to the next tier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WaysUp {
    /// The next better tier; absent at the top or without a grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Label>,
    /// Gates that hold the tier down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocked_by: Vec<Key>,
    /// Changes that each alone reach the target, least effort first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub single: Vec<Change>,
    /// The two changes that together reach it with the least effort.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pair: Vec<Change>,
}

/// A change of one input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Change {
    /// The input.
    pub input: Key,
    /// As it is.
    pub from: Input,
    /// As it would have to be.
    pub to: Input,
    /// How far that is, as a share of the input's own scale.
    pub effort: BasisPoints,
}
