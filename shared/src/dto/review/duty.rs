//! What waits for a person.

use serde::{Deserialize, Serialize};

use super::{CycleRow, FormRow};
use crate::id::{Name, StandInId, UserId};
use crate::review::{Stage, Step};

/// The forms of the open cycle that wait for a person, or for those the person stands in for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Duties {
    /// The open cycle; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<CycleRow>,
    /// One for each kind of step that is asked, one's own first. Where nothing waits, it is left out.
    pub items: Vec<Duty>,
}

/// Forms that wait for one kind of step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Duty {
    /// The appointment under which it would be done; absent for the person's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
    /// Who is absent, when it is another's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<UserId>,
    /// That person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// Where the forms stand; the rest of them is in the list of forms at this stage.
    pub stage: Stage,
    /// What is asked.
    pub step: Step,
    /// How many.
    pub forms: u64,
    /// The first of them, in the order of that list.
    pub first: Vec<FormRow>,
}
