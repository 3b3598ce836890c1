//! The record of a sitting: when and where, under whom, and who was there (5.1.2).

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Time};
use crate::id::{Name, UnitId};
use crate::permission::Role;
use crate::review::{Cycle, Phase};

/// Most people on the list of a sitting.
pub const MAX_ATTENDANCE: usize = 100;

/// Whether somebody was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// 到会.
    Present,
    /// 缺席.
    Absent,
    /// 委派代表: somebody else came in the person's place.
    Deputy,
}

/// One person on the list of a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Attendance {
    /// The department (促销科, a unit, 财务部 …), as the minutes name it.
    pub department: Name,
    /// Who stands for it.
    pub person: Name,
    /// Whether the person was there.
    pub presence: Presence,
    /// Who came instead; with [`Presence::Deputy`], and only with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deputy: Option<Name>,
}

/// The record of a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The day; after the window's last.
    pub date: Date,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<Time>,
    /// When it ended; not before it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Time>,
    /// Where.
    pub place: Name,
    /// 主持人: who was in the chair.
    pub chair: Name,
    /// Who was there, 1 to [`MAX_ATTENDANCE`], nobody twice for the same department.
    pub attendance: Vec<Attendance>,
}

/// Something wrong with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFault {
    /// The meeting is after the window has closed.
    Date {
        /// The first day that would do.
        earliest: Date,
    },
    /// It ended before it began, or an end without a beginning.
    Ended,
    /// Nobody on the list, or too many.
    Attendance,
    /// A deputy is to be named.
    DeputyMissing {
        /// The place in the list, from 0.
        at: usize,
    },
    /// A deputy of somebody who sent none.
    DeputyOfNobody {
        /// The place in the list, from 0.
        at: usize,
    },
    /// The person stands in the list already, for the same department.
    Twice {
        /// The place in the list, from 0.
        at: usize,
    },
}

impl RecordFault {
    /// The field, within the record.
    #[must_use]
    pub fn field(self) -> String {
        match self {
            Self::Date { .. } => "date".to_owned(),
            Self::Ended => "ended".to_owned(),
            Self::Attendance => "attendance".to_owned(),
            Self::DeputyMissing { at } | Self::DeputyOfNobody { at } => format!("attendance.{at}.deputy"),
            Self::Twice { at } => format!("attendance.{at}.person"),
        }
    }

    /// The stable code of the kind of mistake.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Date { .. } => "too_early",
            Self::Ended | Self::Attendance => "range",
            Self::DeputyMissing { .. } => "required",
            Self::DeputyOfNobody { .. } => "unknown",
            Self::Twice { .. } => "taken",
        }
    }
}

impl std::fmt::Display for RecordFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date { earliest } => write!(f, "must be {earliest} or later, once the window has closed"),
            Self::Ended => f.write_str("must not be before the beginning"),
            Self::Attendance => write!(f, "must be 1 to {MAX_ATTENDANCE} people"),
            Self::DeputyMissing { .. } => f.write_str("must name the deputy"),
            Self::DeputyOfNobody { .. } => f.write_str("must only be named where a deputy was sent"),
            Self::Twice { .. } => f.write_str("must not be named twice for the same department"),
        }
    }
}

impl std::error::Error for RecordFault {}

impl Record {
    /// Everything that is wrong with it as the record of a sitting of a cycle.
    #[must_use]
    pub fn faults(&self, cycle: &Cycle) -> Vec<RecordFault> {
        let mut found = Vec::new();
        let earliest = cycle.closes.plus_days(1);
        if self.date < earliest {
            found.push(RecordFault::Date { earliest });
        }
        match (self.begun, self.ended) {
            (None, Some(_)) => found.push(RecordFault::Ended),
            (Some(begun), Some(ended)) if ended < begun => found.push(RecordFault::Ended),
            (None | Some(_), None) | (Some(_), Some(_)) => {}
        }
        if self.attendance.is_empty() || self.attendance.len() > MAX_ATTENDANCE {
            found.push(RecordFault::Attendance);
        }
        let mut seen = std::collections::BTreeSet::new();
        for (at, one) in self.attendance.iter().enumerate() {
            match (one.presence, &one.deputy) {
                (Presence::Deputy, None) => found.push(RecordFault::DeputyMissing { at }),
                (Presence::Present | Presence::Absent, Some(_)) => {
                    found.push(RecordFault::DeputyOfNobody { at });
                }
                (Presence::Deputy, Some(_)) | (Presence::Present | Presence::Absent, None) => {}
            }
            if !seen.insert((&one.department, &one.person)) {
                found.push(RecordFault::Twice { at });
            }
        }
        found
    }
}

/// Somebody who is to be asked to the meeting: a record begins with them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Seat {
    /// The person's role, which tells the department.
    pub role: Role,
    /// The person's unit, of a chief.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The unit's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_name: Option<Name>,
    /// The person's name.
    pub person: Name,
}

/// Which sitting a record is of: the one that is open or was the last, or, before the first is convened,
/// the first. `convened` is how many have been.
#[must_use]
pub fn sitting(convened: u32) -> u32 {
    convened.max(1)
}

/// When a meeting can be prepared and recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptIn {
    /// The forms are still being made.
    Early,
    /// Records are kept and items proposed; confirmed minutes close the record of their sitting.
    Open,
    /// The cycle is being published or has been.
    Late,
}

/// Whether records are kept and items proposed in a phase.
#[must_use]
pub const fn kept_in(phase: &Phase) -> KeptIn {
    match phase {
        Phase::Opening { .. } => KeptIn::Early,
        Phase::Gathering | Phase::Meeting { .. } | Phase::Concluded { .. } => KeptIn::Open,
        Phase::Publishing { .. } | Phase::Published { .. } => KeptIn::Late,
    }
}
