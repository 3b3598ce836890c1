//! Where a form stands, and what moves it: the two axes of the transition table.

use serde::{Deserialize, Serialize};

use crate::permission::Action;

/// Where an evaluation form stands in the review (5.1.1–5.1.4). Derived from the form's
/// [`State`](super::State), never set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 初评: the rep and the chief fill it in.
    Draft,
    /// Submitted by the chief; waits for the meeting.
    Submitted,
    /// 复评: before the meeting, which may amend it.
    InReview,
    /// The meeting decided on a grade that needs no further approval.
    Confirmed,
    /// The meeting put the customer on the A list; the chief may apply.
    AListed,
    /// The chief applied for the A; waits for the director.
    AApplied,
    /// The director agreed; waits for the general manager.
    DirectorReviewed,
    /// The general manager approved the A.
    Approved,
    /// The director or the general manager refused the A; the meeting decides on another grade.
    Refused,
    /// No form came, and the promotion section closed the case with a reason: no grade this year.
    SetAside,
    /// Published.
    Effective,
}

impl Stage {
    /// Every stage, in the order of the process.
    pub const ALL: [Self; 11] = [
        Self::Draft,
        Self::Submitted,
        Self::InReview,
        Self::Confirmed,
        Self::AListed,
        Self::AApplied,
        Self::DirectorReviewed,
        Self::Approved,
        Self::Refused,
        Self::SetAside,
        Self::Effective,
    ];

    /// The code used in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::Confirmed => "confirmed",
            Self::AListed => "a_listed",
            Self::AApplied => "a_applied",
            Self::DirectorReviewed => "director_reviewed",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::SetAside => "set_aside",
            Self::Effective => "effective",
        }
    }

    /// The right of whoever it waits for, to find what waits for a person; `None` where it waits for the
    /// publication or for nothing. After the close a draft waits for the promotion section as well,
    /// which admits it late or sets it aside.
    #[must_use]
    pub const fn waits_for(self) -> Option<Action> {
        match self {
            Self::Draft | Self::AListed => Some(Action::SubmitForm),
            Self::Submitted | Self::InReview | Self::Refused => Some(Action::RunReview),
            Self::AApplied => Some(Action::ReviewApplication),
            Self::DirectorReviewed => Some(Action::ApproveApplication),
            Self::Confirmed | Self::Approved | Self::SetAside | Self::Effective => None,
        }
    }

    /// Whether it stands decided which grade the customer has, or that it has none; where an A was refused,
    /// another decision is still to come. What is graded of a form does not change while it stands so.
    #[must_use]
    pub const fn is_decided(self) -> bool {
        match self {
            Self::Confirmed
            | Self::AListed
            | Self::AApplied
            | Self::DirectorReviewed
            | Self::Approved
            | Self::SetAside
            | Self::Effective => true,
            Self::Draft | Self::Submitted | Self::InReview | Self::Refused => false,
        }
    }

    /// The stage of a code; `None` for any other text.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

impl std::fmt::Display for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}
