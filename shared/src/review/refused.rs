//! Why a step is refused: which rule it would break, the clause it comes from, and what to do.

use serde::{Deserialize, Serialize};

use super::{Stage, Step, Tally};
use crate::calendar::Date;
use crate::id::Label;
use crate::json::tagged;
use crate::permission::Action;
use crate::problem::Code;

/// What is wrong with acting in another's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StandInFault {
    /// Somebody else was appointed.
    Another,
    /// The day lies outside the appointment.
    OutOfDays,
    /// The absent person and the one acting are the same.
    ForOneself,
    /// Nobody appoints themselves.
    Unasked,
    /// The last day lies before the first.
    NoDays,
}

impl StandInFault {
    /// The part of an appointment that it is about, as on the wire.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Another | Self::OutOfDays => "stand_in",
            Self::ForOneself | Self::Unasked => "by",
            Self::NoDays => "until",
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Another => "another",
            Self::OutOfDays => "out_of_days",
            Self::ForOneself => "for_oneself",
            Self::Unasked => "unasked",
            Self::NoDays => "no_days",
        }
    }
}

/// A rule that a step would break. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Refused {
    /// The customer is not for this person to know of.
    Hidden,
    /// The role does not do this.
    Role {
        /// What it would have to be allowed.
        asks: Action,
    },
    /// No such step leads from this stage.
    Stage {
        /// Where the form stands.
        stage: Stage,
        /// What was asked.
        step: Step,
    },
    /// The form belongs to another cycle than the one given.
    OtherCycle,
    /// Outside the window, and not admitted late.
    Window {
        /// Its first day.
        opens: Date,
        /// Its last day.
        closes: Date,
    },
    /// Only after the close.
    BeforeClose {
        /// The last day of the window.
        closes: Date,
    },
    /// Only at the meeting.
    NoMeeting,
    /// The cycle is being published or has been.
    Frozen,
    /// Only while the cycle is being published.
    NotPublishing,
    /// The same person has signed another step of this form, under the own name or another's.
    OwnStep {
        /// The step signed.
        signed: Step,
    },
    /// Something is wrong with acting in another's place.
    StandIn {
        /// What.
        fault: StandInFault,
    },
    /// The grade differs from what it would have been, and nobody says why.
    NoReason {
        /// What it would have been; absent when there was too little evidence for any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        otherwise: Option<Label>,
    },
    /// The policy of the cycle has no such grade.
    UnknownGrade {
        /// The grade asked for.
        grade: Label,
    },
    /// The top grade was refused for this year.
    TopRefused,
    /// Not every form is where it has to be.
    Open {
        /// Where they are.
        tally: Tally,
    },
    /// The cycle is not where this could be done.
    Phase,
    /// A day that lies in the past, or a last day before the first.
    Day {
        /// The first day that would do.
        earliest: Date,
    },
}

tagged! { Refused, "rule":
   Hidden, Role { asks }, Stage { stage, step }, OtherCycle, Window { opens, closes }, BeforeClose { closes },
   NoMeeting, Frozen, NotPublishing, OwnStep { signed }, StandIn { fault }, NoReason { otherwise },
   UnknownGrade { grade }, TopRefused, Open { tally }, Phase, Day { earliest },
}

impl Refused {
    /// The stable code of the rule, as in the table of transitions.
    #[must_use]
    pub const fn rule(&self) -> &'static str {
        match self {
            Self::Hidden => "hidden",
            Self::Role { .. } => "role",
            Self::Stage { .. } => "stage",
            Self::OtherCycle => "other_cycle",
            Self::Window { .. } => "window",
            Self::BeforeClose { .. } => "before_close",
            Self::NoMeeting => "no_meeting",
            Self::Frozen => "frozen",
            Self::NotPublishing => "not_publishing",
            Self::OwnStep { .. } => "own_step",
            Self::StandIn { .. } => "stand_in",
            Self::NoReason { .. } => "no_reason",
            Self::UnknownGrade { .. } => "unknown_grade",
            Self::TopRefused => "top_refused",
            Self::Open { .. } => "open",
            Self::Phase => "phase",
            Self::Day { .. } => "day",
        }
    }

    /// The clause of the company's policy that the rule serves.
    #[must_use]
    pub const fn clause(&self) -> &'static str {
        match self {
            Self::Hidden
            | Self::Role { .. }
            | Self::Stage { .. }
            | Self::OtherCycle
            | Self::Phase
            | Self::Day { .. }
            | Self::OwnStep { .. }
            | Self::StandIn { .. } => "5.1",
            Self::Window { .. } | Self::BeforeClose { .. } | Self::NoReason { .. } => "5.1.1",
            Self::NoMeeting => "5.1.2",
            Self::TopRefused => "5.1.3",
            Self::Frozen | Self::NotPublishing | Self::Open { .. } => "5.1.4",
            Self::UnknownGrade { .. } => "2.0",
        }
    }

    /// How the API answers.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Hidden => Code::NotFound,
            Self::Role { .. } | Self::OwnStep { .. } | Self::StandIn { .. } => Code::Forbidden,
            Self::NoReason { .. } | Self::UnknownGrade { .. } | Self::Day { .. } => Code::Invalid,
            Self::Stage { .. }
            | Self::OtherCycle
            | Self::Window { .. }
            | Self::BeforeClose { .. }
            | Self::NoMeeting
            | Self::Frozen
            | Self::NotPublishing
            | Self::TopRefused
            | Self::Open { .. }
            | Self::Phase => Code::Conflict,
        }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Hidden => f.write_str("there is no such form"),
            Self::Role { asks } => write!(f, "your role may not do this; it is for {}", office(*asks)),
            Self::Stage { stage, step } => {
                write!(f, "no {step} leads on from {stage}; reload to see where the form stands")
            }
            Self::OtherCycle => f.write_str("the form belongs to another cycle"),
            Self::Window { opens, closes } => write!(
                f,
                "the window is from {opens} to {closes}; after it the promotion section can admit the form"
            ),
            Self::BeforeClose { closes } => write!(f, "possible once the window has closed after {closes}"),
            Self::NoMeeting => {
                f.write_str("possible while a sitting of the review meeting is open; convene one")
            }
            Self::Frozen => f.write_str("the cycle has been published; the next cycle can change the grade"),
            Self::NotPublishing => f.write_str("possible once the publication of the cycle has begun"),
            Self::OwnStep { signed } => {
                write!(
                    f,
                    "your name, or that of whom you act for, stands under {signed}; somebody else must do this"
                )
            }
            Self::StandIn { fault } => f.write_str(match fault {
                StandInFault::Another => "somebody else was appointed as this stand-in",
                StandInFault::OutOfDays => "the appointment does not cover today; have it renewed",
                StandInFault::ForOneself => "nobody stands in for themselves",
                StandInFault::Unasked => "nobody appoints themselves; the absent person or an admin does",
                StandInFault::NoDays => "the last day lies before the first",
            }),
            Self::NoReason { otherwise: Some(grade) } => {
                write!(f, "the grade differs from {grade}; say why")
            }
            Self::NoReason { otherwise: None } => {
                f.write_str("there was too little evidence to compute a grade; say why it should be this one")
            }
            Self::UnknownGrade { grade } => write!(f, "the policy of this cycle has no grade {grade}"),
            Self::TopRefused => f.write_str("the top grade was refused for this year; decide on another"),
            Self::Open { tally } => write!(
                f,
                "still open: {} without a form, {} before the meeting, {} in approval, {} refused",
                tally.drafts,
                tally.undecided(),
                tally.in_approval,
                tally.refused
            ),
            Self::Phase => {
                f.write_str("the cycle is not where this could be done; reload to see where it is")
            }
            Self::Day { earliest } => write!(f, "the day must be {earliest} or later"),
        }
    }
}

impl std::error::Error for Refused {}

/// Whose right it is, in words.
const fn office(asks: Action) -> &'static str {
    match asks {
        Action::FillForm => "the rep or the chief of the unit",
        Action::SubmitForm => "the chief of the unit",
        Action::RateCredit => "finance",
        Action::RunReview => "the promotion section",
        Action::ReviewApplication => "the director",
        Action::ApproveApplication => "the general manager",
        Action::ManageUsers | Action::ManageUnits => "the admin",
        Action::ReadCustomer
        | Action::ReadFigures
        | Action::EditCustomer
        | Action::WriteFigures
        | Action::Import
        | Action::ReadPolicy
        | Action::TryPolicy
        | Action::EditPolicy
        | Action::PublishPolicy
        | Action::Regrade
        | Action::ReadDirectory
        | Action::ReadAudit
        | Action::ShareUnit
        | Action::OverseeLinks
        | Action::Export => "others",
    }
}
