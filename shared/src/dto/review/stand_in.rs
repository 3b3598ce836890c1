//! Stand-ins (代理).

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Millis};
use crate::id::{Name, StandInId, UnitId, UserId};
use crate::permission::Role;

/// Appoints somebody to act in an absent person's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Appoint {
    /// Who will be absent; oneself when left out. Only an admin names another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent: Option<UserId>,
    /// Who will act.
    pub by: UserId,
    /// From this day on.
    pub from: Date,
    /// Up to and with this day; today or later.
    pub until: Date,
}

/// Somebody who works here, as far as it takes to choose a stand-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Colleague {
    /// The person.
    pub id: UserId,
    /// The person's name.
    pub name: Name,
    /// What the person is.
    pub role: Role,
    /// Where the person belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Appointment {
    /// Its id.
    pub id: StandInId,
    /// Who is absent.
    pub absent: UserId,
    /// The absent person's name.
    pub absent_name: Name,
    /// What the absent person is.
    pub absent_role: Role,
    /// Who acts.
    pub by: UserId,
    /// The acting person's name.
    pub by_name: Name,
    /// From this day on.
    pub from: Date,
    /// Up to and with this day.
    pub until: Date,
    /// When it was made.
    pub made_at: Millis,
    /// By whom.
    pub made_by: Name,
    /// When it was ended before its last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Millis>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<Name>,
    /// Whether the reader may end it now.
    #[serde(default)]
    pub may_end: bool,
}

/// As whom something is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct SeenAs {
    /// As somebody who is absent would see it, by the appointment as a stand-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}
