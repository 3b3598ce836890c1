//! What a person can do to a form.

use serde::{Deserialize, Serialize};

use crate::id::{Label, Name, Note, Reason};
use crate::json::tagged;
use crate::permission::Action;

/// What the company undertakes for a customer on the A list (5.1.2-A). All three parts are there by type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// 服务: how it is served.
    pub service: Note,
    /// 生产: how production supports it.
    pub production: Note,
    /// 销售: how sales support it.
    pub sales: Note,
}

/// What a person asks to do to a form. Where a rule always demands a reason, the type does.
///
/// It does not carry the computed grade: that one comes from the engine, through
/// [`Scene`](super::Scene), and never from whoever asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "move", rename_all = "snake_case", deny_unknown_fields)]
pub enum Move {
    /// Change what the draft says: figures, judged levels, cooperation, trend (5.1.1).
    Fill,
    /// Set the credit rating, limit and terms (5.1.2-C).
    Rate {
        /// Why they are such.
        reason: Reason,
    },
    /// Propose a grade and hand the form in (5.1.1).
    Submit {
        /// The proposed grade.
        grade: Label,
        /// Why; required when the grade is not the computed one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Let a form be filled in and submitted after the close (5.1.1).
    Admit {
        /// Why.
        reason: Reason,
    },
    /// Close the case of a customer without a form: no grade this year (5.1.1).
    SetAside {
        /// Why.
        reason: Reason,
    },
    /// Put the form before the meeting (5.1.2).
    TakeUp,
    /// Change, at the meeting, what the form says or proposes (5.1.2).
    Amend {
        /// The grade proposed from now on.
        grade: Label,
        /// Who at the table asked for it; need not be a user.
        raised_by: Name,
        /// Why.
        reason: Reason,
    },
    /// Record the meeting's decision (5.1.2). The top grade puts the customer on the A list.
    Decide {
        /// The grade decided on.
        grade: Label,
        /// Why; required when it is not the one proposed, or when nobody has yet said why it differs from
        /// the computed one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Apply for the A (5.1.3).
    Apply {
        /// What the company undertakes.
        plan: Plan,
    },
    /// Agree to an application, as the director (5.1.3).
    Review {
        /// A remark.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Approve an application, as the general manager (5.1.3).
    Approve {
        /// A remark.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Refuse an application: no A this year (5.1.3).
    Refuse {
        /// Why.
        reason: Reason,
    },
    /// Hand back, to the step before, what waits for oneself (5.1).
    Return {
        /// Why.
        reason: Reason,
    },
    /// Take back one's own last step while the next has not been made (5.1).
    Withdraw {
        /// Why, when one likes to say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
}

tagged! { exact Move, "move":
   Fill, Rate { reason }, Submit { grade, reason }, Admit { reason }, SetAside { reason }, TakeUp,
   Amend { grade, raised_by, reason }, Decide { grade, reason }, Apply { plan }, Review { reason },
   Approve { reason }, Refuse { reason }, Return { reason }, Withdraw { reason },
}

/// A kind of step, as the trail names it: a [`Move`] without its contents, or the publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// [`Move::Fill`].
    Fill,
    /// [`Move::Rate`].
    Rate,
    /// [`Move::Submit`].
    Submit,
    /// [`Move::Admit`].
    Admit,
    /// [`Move::SetAside`].
    SetAside,
    /// [`Move::TakeUp`].
    TakeUp,
    /// [`Move::Amend`].
    Amend,
    /// [`Move::Decide`].
    Decide,
    /// [`Move::Apply`].
    Apply,
    /// [`Move::Review`].
    Review,
    /// [`Move::Approve`].
    Approve,
    /// [`Move::Refuse`].
    Refuse,
    /// [`Move::Return`].
    Return,
    /// [`Move::Withdraw`].
    Withdraw,
    /// [`publish`](super::publish): a consequence of the cycle's publication, no person's move.
    Publish,
}

impl Step {
    /// Every kind, in the order of the process.
    pub const ALL: [Self; 15] = [
        Self::Fill,
        Self::Rate,
        Self::Submit,
        Self::Admit,
        Self::SetAside,
        Self::TakeUp,
        Self::Amend,
        Self::Decide,
        Self::Apply,
        Self::Review,
        Self::Approve,
        Self::Refuse,
        Self::Return,
        Self::Withdraw,
        Self::Publish,
    ];

    /// The code used in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Rate => "rate",
            Self::Submit => "submit",
            Self::Admit => "admit",
            Self::SetAside => "set_aside",
            Self::TakeUp => "take_up",
            Self::Amend => "amend",
            Self::Decide => "decide",
            Self::Apply => "apply",
            Self::Review => "review",
            Self::Approve => "approve",
            Self::Refuse => "refuse",
            Self::Return => "return",
            Self::Withdraw => "withdraw",
            Self::Publish => "publish",
        }
    }

    /// Whether it says which grade a customer is to have, or that it has none: what was computed at that moment
    /// is kept with it.
    #[must_use]
    pub const fn says_a_grade(self) -> bool {
        match self {
            Self::Submit | Self::Amend | Self::Decide | Self::SetAside => true,
            Self::Fill
            | Self::Rate
            | Self::Admit
            | Self::TakeUp
            | Self::Apply
            | Self::Review
            | Self::Approve
            | Self::Refuse
            | Self::Return
            | Self::Withdraw
            | Self::Publish => false,
        }
    }

    /// What a person must be allowed to do to make such a step at some stage or other; a role that is
    /// allowed none of it is told so at whatever stage the form is.
    #[must_use]
    pub const fn asks(self) -> &'static [Action] {
        match self {
            Self::Fill => &[Action::FillForm],
            Self::Rate => &[Action::RateCredit],
            Self::Submit | Self::Apply => &[Action::SubmitForm],
            Self::Admit | Self::SetAside | Self::TakeUp | Self::Amend | Self::Decide => &[Action::RunReview],
            Self::Review => &[Action::ReviewApplication],
            Self::Approve => &[Action::ApproveApplication],
            Self::Refuse => &[Action::ReviewApplication, Action::ApproveApplication],
            Self::Return | Self::Withdraw => &[
                Action::SubmitForm,
                Action::RunReview,
                Action::ReviewApplication,
                Action::ApproveApplication,
            ],
            Self::Publish => &[],
        }
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl Move {
    /// Its kind.
    #[must_use]
    pub const fn step(&self) -> Step {
        match self {
            Self::Fill => Step::Fill,
            Self::Rate { .. } => Step::Rate,
            Self::Submit { .. } => Step::Submit,
            Self::Admit { .. } => Step::Admit,
            Self::SetAside { .. } => Step::SetAside,
            Self::TakeUp => Step::TakeUp,
            Self::Amend { .. } => Step::Amend,
            Self::Decide { .. } => Step::Decide,
            Self::Apply { .. } => Step::Apply,
            Self::Review { .. } => Step::Review,
            Self::Approve { .. } => Step::Approve,
            Self::Refuse { .. } => Step::Refuse,
            Self::Return { .. } => Step::Return,
            Self::Withdraw { .. } => Step::Withdraw,
        }
    }

    /// The reason it gives.
    #[must_use]
    pub const fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Fill | Self::TakeUp | Self::Apply { .. } => None,
            Self::Rate { reason }
            | Self::Admit { reason }
            | Self::SetAside { reason }
            | Self::Amend { reason, .. }
            | Self::Refuse { reason }
            | Self::Return { reason } => Some(reason),
            Self::Submit { reason, .. }
            | Self::Decide { reason, .. }
            | Self::Review { reason }
            | Self::Approve { reason }
            | Self::Withdraw { reason } => reason.as_ref(),
        }
    }

    /// The grade it names.
    #[must_use]
    pub const fn grade(&self) -> Option<&Label> {
        match self {
            Self::Submit { grade, .. } | Self::Amend { grade, .. } | Self::Decide { grade, .. } => {
                Some(grade)
            }
            Self::Fill
            | Self::Rate { .. }
            | Self::Admit { .. }
            | Self::SetAside { .. }
            | Self::TakeUp
            | Self::Apply { .. }
            | Self::Review { .. }
            | Self::Approve { .. }
            | Self::Refuse { .. }
            | Self::Return { .. }
            | Self::Withdraw { .. } => None,
        }
    }
}
