//! What waits for a person.

use serde::{Deserialize, Serialize};

use super::{CycleRow, FormRow, NewcomerRow};
use crate::calendar::Date;
use crate::id::{Name, StandInId, UserId};
use crate::quarter::Quarter;
use crate::review::{CycleStep, Stage, Step};

/// What waits for a person, and for those the person stands in for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Duties {
    /// The open cycle; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<CycleRow>,
    /// One for each thing that is asked, one's own first. Where nothing waits, it is left out.
    pub items: Vec<Duty>,
}

/// What a duty is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DutyKind {
    /// Forms that wait for `step`.
    Forms,
    /// The cycle, for which `due` is the next step.
    Cycle,
    /// New customers that are to be graded in full and have no form in an open cycle.
    Newcomers,
    /// The section's look at `quarter`, which is over and not closed.
    Quarter,
}

/// Most new customers that a duty counts: who has so many to grade knows enough, and a home page costs the same
/// however many there are.
pub const MOST_NEWCOMERS: u32 = 100;

/// One thing that waits. Which of the last fields are there follows from the kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Duty {
    /// What it is about.
    pub kind: DutyKind,
    /// The appointment under which it would be done; absent for the person's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
    /// Who is absent, when it is another's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<UserId>,
    /// That person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// How many wait, at least one; of new customers at most 100 are counted.
    pub count: u64,
    /// From which day it is due; of a quarter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day on which it can be done or, of a quarter, is to be; absent where none is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What is asked of the forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Step>,
    /// With which `stage` all of them are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// With which `late` all of them are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<bool>,
    /// With which `unrated` all of them are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unrated: Option<bool>,
    /// The first of the forms, in the order of that list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub first: Vec<FormRow>,
    /// The first of the new customers, in the order in which they are due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub newcomers: Vec<NewcomerRow>,
    /// What is due of the cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<CycleStep>,
    /// Which quarter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<Quarter>,
}
