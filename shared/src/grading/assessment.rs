//! The explained grade of one customer's year.

use serde::{Deserialize, Serialize};

use super::{Effect, Input};
use crate::id::{Key, Label};
use crate::number::{BasisPoints, Points};

/// The grade of one customer's year and everything that led to it. Saved with the decision and shown
/// as saved, together with the policy version it was made under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assessment {
    /// The tier after gates; absent when the evidence is not enough.
    pub tier: Option<Label>,
    /// The tier by score alone; absent when the evidence is not enough.
    pub scored_tier: Option<Label>,
    /// Whether the grade is provisional.
    pub provisional: bool,
    /// The score, on the scale of `full`.
    pub score: Points,
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
    /// If all that is missing earned nothing.
    pub low: Points,
    /// If all that is missing earned full marks.
    pub high: Points,
}

/// What one indicator contributed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Line {
    /// The indicator.
    pub indicator: Key,
    /// The clause it comes from.
    pub clause: String,
    /// Full marks.
    pub weight: Points,
    /// What was known.
    pub input: Input,
    /// What of the scoring applied; absent when nothing did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matched: Option<Matched>,
    /// Points earned.
    pub points: Points,
    /// Points of the weight.
    pub share: BasisPoints,
}

/// What of a scoring applied to an input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    pub clause: String,
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
