//! The terms of a link, how it stands on a day, and what is wrong with one that is asked for.

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::dto::share::NewLink;
use crate::gather;

/// Most openings that a link can be limited to.
pub const MAX_VIEWS: u32 = 10_000;
/// Fewest characters of a passcode. Tries are throttled, so that six digits are enough.
pub const PASSCODE_MIN: usize = 6;
/// Most characters of a passcode.
pub const PASSCODE_MAX: usize = 40;

/// Whole months up to which a link can stay open.
const LONGEST_MONTHS: u32 = 12;
/// Whole months that the day it shows can lie back.
const FURTHEST_MONTHS: u32 = 120;

/// What a link shows besides how many customers are in each grade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fields {
    /// Each customer by name, number and grade.
    pub names: bool,
    /// Yearly sales and the collection rate.
    pub figures: bool,
    /// Credit ratings (资信等级).
    pub credit: bool,
}

/// How a link stands. Only an open one shows anything, and nobody outside is told the others apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Whoever has the address, and the passcode where there is one, sees what it shows.
    Open,
    /// Its last day has passed.
    Expired,
    /// It was opened as often as it may be.
    Exhausted,
    /// Somebody closed it.
    Revoked,
}

/// What a link's state follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// The last day on which it opens.
    pub until: Date,
    /// How often it may be opened; absent without a limit.
    pub max_views: Option<u32>,
    /// How often it was opened.
    pub views: u32,
    /// Whether somebody closed it.
    pub revoked: bool,
}

impl Life {
    /// How the link stands on a day. What somebody decided comes before what time and use have done.
    #[must_use]
    pub fn state(self, today: Date) -> LinkState {
        if self.revoked {
            LinkState::Revoked
        } else if today > self.until {
            LinkState::Expired
        } else if self.max_views.is_some_and(|most| self.views >= most) {
            LinkState::Exhausted
        } else {
            LinkState::Open
        }
    }
}

/// What is wrong with a link that is asked for, each with its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkFault {
    /// A day that is still to come, or ten years gone.
    AsAt,
    /// A last day that has passed, or lies more than a year ahead.
    Until,
    /// No opening at all, or more than [`MAX_VIEWS`].
    MaxViews,
    /// A passcode shorter than [`PASSCODE_MIN`] or longer than [`PASSCODE_MAX`].
    PasscodeLength,
    /// A passcode that is tried first: fewer than three different characters, or counting up or down.
    PasscodeCommon,
}

impl LinkFault {
    /// The field.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::AsAt => "as_at",
            Self::Until => "until",
            Self::MaxViews => "max_views",
            Self::PasscodeLength | Self::PasscodeCommon => "passcode",
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AsAt | Self::Until | Self::MaxViews => "range",
            Self::PasscodeLength => "length",
            Self::PasscodeCommon => "too_common",
        }
    }
}

impl std::fmt::Display for LinkFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::AsAt => f.write_str("must be today or a day of the last ten years"),
            Self::Until => f.write_str("must be today or a day of the coming year"),
            Self::MaxViews => write!(f, "must be 1 to {MAX_VIEWS}"),
            Self::PasscodeLength => write!(f, "must have {PASSCODE_MIN} to {PASSCODE_MAX} characters"),
            Self::PasscodeCommon => f.write_str("must not be a passcode that is tried first"),
        }
    }
}

/// What is wrong with a link that somebody asks for today; nothing when it can be made.
#[must_use]
pub fn check(wanted: &NewLink, today: Date) -> Vec<LinkFault> {
    let mut faults = Vec::new();
    if wanted.as_at > today || wanted.as_at.after_months(FURTHEST_MONTHS) < today {
        faults.push(LinkFault::AsAt);
    }
    if wanted.until < today || wanted.until > today.after_months(LONGEST_MONTHS) {
        faults.push(LinkFault::Until);
    }
    if wanted.max_views.is_some_and(|most| !(1..=MAX_VIEWS).contains(&most)) {
        faults.push(LinkFault::MaxViews);
    }
    faults.extend(wanted.passcode.as_deref().and_then(|code| passcode(code).err()));
    faults
}

/// Whether a text can be the passcode of a link.
fn passcode(text: &str) -> Result<(), LinkFault> {
    let letters: Vec<char> = text.chars().collect();
    if !(PASSCODE_MIN..=PASSCODE_MAX).contains(&letters.len()) {
        return Err(LinkFault::PasscodeLength);
    }
    let pairs = || letters.iter().zip(letters.iter().skip(1)).map(|(a, b)| (u32::from(*a), u32::from(*b)));
    let counts = pairs().all(|(a, b)| b == a.wrapping_add(1)) || pairs().all(|(a, b)| a == b.wrapping_add(1));
    if gather::different(text) < 3 || counts { Err(LinkFault::PasscodeCommon) } else { Ok(()) }
}
