//! Public links on the wire.

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Millis};
use crate::id::{LinkId, Name, UnitId, UserId};
use crate::share::{Fields, LinkState};

/// Shares a unit. How many customers are in each grade is always shown; the rest only when it is ticked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLink {
    /// The unit.
    pub unit: UnitId,
    /// The day whose grades are shown: today or earlier. Of an earlier day only published grades are known.
    pub as_at: Date,
    /// Shows each customer by name, number and grade.
    #[serde(default)]
    pub names: bool,
    /// Shows yearly sales and, with names, the collection rate.
    #[serde(default)]
    pub figures: bool,
    /// Shows credit ratings.
    #[serde(default)]
    pub credit: bool,
    /// Lets the same be taken away as .xlsx.
    #[serde(default)]
    pub sheet: bool,
    /// The last day on which it opens, at most a year ahead.
    pub until: Date,
    /// How often it may be opened, each page of the list and each download counted; without a limit when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_views: Option<u32>,
    /// Asked for before anything is shown; 6 to 40 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passcode: Option<String>,
}

impl NewLink {
    /// What it shows.
    #[must_use]
    pub const fn fields(&self) -> Fields {
        Fields { names: self.names, figures: self.figures, credit: self.credit }
    }
}

/// A link, without its address, which nobody can read out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkRow {
    /// Its id.
    pub id: LinkId,
    /// The unit.
    pub unit: UnitId,
    /// The unit's name when it was shared.
    pub unit_name: Name,
    /// The day whose grades it shows.
    pub as_at: Date,
    /// Whether it shows names.
    #[serde(default)]
    pub names: bool,
    /// Whether it shows figures.
    #[serde(default)]
    pub figures: bool,
    /// Whether it shows credit ratings.
    #[serde(default)]
    pub credit: bool,
    /// Whether it can be taken away as .xlsx.
    #[serde(default)]
    pub sheet: bool,
    /// Whether it asks for a passcode.
    #[serde(default)]
    pub passcode: bool,
    /// The last day on which it opens.
    pub until: Date,
    /// How often it may be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_views: Option<u32>,
    /// How often it was opened.
    pub views: u32,
    /// The day on which it was opened last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_on: Option<Date>,
    /// Whose it is.
    pub owner: UserId,
    /// The owner's name when it was made.
    pub owner_name: Name,
    /// When it was made.
    pub made_at: Millis,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Millis>,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_by: Option<Name>,
    /// How it stands today.
    pub state: LinkState,
    /// For If-Match.
    pub version: i64,
    /// Whether the reader may give it a new address now.
    #[serde(default)]
    pub may_rotate: bool,
    /// Whether the reader may close it now.
    #[serde(default)]
    pub may_revoke: bool,
}

/// A link that has just got an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MadeLink {
    /// The link.
    pub link: LinkRow,
    /// Its path on this host, answered this once; absent when the request was sent again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// How often a link was opened on a day: nothing is kept of who opened it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayViews {
    /// The day.
    pub day: Date,
    /// How often.
    pub views: u32,
}

/// A link with its log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkView {
    /// The link.
    pub link: LinkRow,
    /// The days on which it was opened, newest first; at most sixty.
    pub days: Vec<DayViews>,
}

/// Which links a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct LinkQuery {
    /// Those of a unit that the reader may share; when absent the reader's own, or everybody's for an admin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}
