//! Cycles.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::id::{Label, Name, StandInId, UnitId, UserId};
use crate::review::{Cycle, CycleEntry, CycleKind, CycleMove, CycleStep, Stage, Tally};

/// Opens the review of a year by the policy in force today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenCycle {
    /// Whom it is over; every customer when left out.
    #[serde(default)]
    pub kind: CycleKind,
    /// The year whose figures are graded.
    pub year: i32,
    /// First day of the window, normally 25 March.
    pub opens: Date,
    /// Last day of the window, normally 30 March.
    pub closes: Date,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// Takes a step of a cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveCycle {
    /// Which.
    pub wanted: CycleMove,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// Goes on with opening or publishing a cycle, at most [`STEP_FORMS`](super::STEP_FORMS) customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReviewStep {
    /// [`Progress::position`] as it was answered last: a step that somebody has taken is not taken again.
    pub at: u32,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// How far opening or publishing has come; both begin at nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// Steps taken since the cycle was opened, those of both together.
    pub position: u32,
    /// Customers done.
    pub done: u64,
    /// Customers to do; as many as there were when it began.
    pub total: u64,
}

/// A cycle in the list, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleRow {
    /// The cycle.
    pub cycle: Cycle,
    /// Of its steps, for If-Match.
    pub version: i64,
    /// How far opening it, or publishing it, has come.
    pub progress: Progress,
}

/// How many forms stand at a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormCount {
    /// The stage.
    pub stage: Stage,
    /// How many.
    pub forms: u64,
}

/// How many forms have a computed grade and a grade on the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GradeCount {
    /// The computed grade; absent with too little evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Label>,
    /// The grade on the table; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Label>,
    /// How many.
    pub forms: u64,
}

/// Where forms stand and what grades they have. What nobody is at is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Standing {
    /// In the order of the process.
    pub stages: Vec<FormCount>,
    /// Computed grade by grade on the table.
    pub grades: Vec<GradeCount>,
}

/// The standing of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitStanding {
    /// The unit.
    pub unit: UnitId,
    /// Its forms.
    pub standing: Standing,
}

/// A cycle with everything about it but the forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleOverview {
    /// The cycle.
    pub cycle: Cycle,
    /// Of its steps, for If-Match.
    pub version: i64,
    /// How far opening it, or publishing it, has come.
    pub progress: Progress,
    /// What the reader could do now.
    pub may: Vec<CycleStep>,
    /// How many forms of the whole cycle stand where; absent for a rep, who sees [`mine`](Self::mine).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tally: Option<Tally>,
    /// The company's standing; absent for a rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company: Option<Standing>,
    /// The standing of each unit that the reader sees as a whole.
    pub units: Vec<UnitStanding>,
    /// Where the reader's own customers stand; only for a rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<Vec<FormCount>>,
    /// What was done to the cycle, first to last.
    pub trail: Vec<CycleEntry>,
    /// The names of the people in the trail.
    pub people: BTreeMap<UserId, Name>,
}
