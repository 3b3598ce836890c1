//! The states of a form. Each holds the one before it, so a state that skipped a step cannot be written
//! down, and going back is taking out what is inside: nothing has to be restored. The file is long because
//! whatever is read out of a state names every state.

use serde::{Deserialize, Serialize};

use super::{Plan, Signature, Stage, Step};
use crate::calendar::Date;
use crate::id::{Label, Reason};
use crate::json::tagged;

/// On what footing a draft may be submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Entrance {
    /// Within the window.
    Window,
    /// After the close as well: the promotion section admitted it late, with a reason.
    Admitted,
    /// After the close as well: it had been submitted and was returned.
    Returned,
}

/// A grade on the table and the computed one beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// What the policy yielded then; absent with too little evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Label>,
    /// What is proposed.
    pub grade: Label,
    /// Why; always there when the two differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// [`Stage::Draft`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    /// On what footing it may be submitted.
    pub entrance: Entrance,
}

/// [`Stage::Submitted`]: the preliminary grade (初评, 5.1.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Submission {
    /// The draft it was.
    pub draft: Draft,
    /// The preliminary grade.
    pub proposal: Proposal,
    /// By the chief.
    pub signed: Signature,
}

/// [`Stage::InReview`]: before the meeting (复评, 5.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Review {
    /// What was submitted.
    pub submission: Submission,
    /// What the meeting made of it; absent without amendments. Former amendments are in the trail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amended: Option<Proposal>,
}

impl Review {
    /// What is on the table.
    #[must_use]
    pub fn table(&self) -> &Proposal {
        self.amended.as_ref().unwrap_or(&self.submission.proposal)
    }
}

/// The meeting's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// The grade and the computed one of that moment.
    pub decided: Proposal,
    /// By the promotion section, which minutes it.
    pub signed: Signature,
}

/// [`Stage::AListed`]: the meeting decided on the top grade (5.1.2-A).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Listing {
    /// What the meeting had before it.
    pub review: Review,
    /// What it decided.
    pub decision: Decision,
}

/// [`Stage::AApplied`] (5.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Application {
    /// The place on the A list.
    pub listing: Listing,
    /// What the company undertakes.
    pub plan: Plan,
    /// By the chief.
    pub signed: Signature,
}

/// [`Stage::DirectorReviewed`] (5.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Endorsement {
    /// What the chief applied for.
    pub application: Application,
    /// By the director.
    pub signed: Signature,
}

/// [`Stage::Approved`] (5.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Approval {
    /// What the director agreed to.
    pub endorsement: Endorsement,
    /// By the general manager.
    pub signed: Signature,
}

/// [`Stage::Refused`]: no A this year (5.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// What was refused.
    pub of: Refusable,
    /// Why.
    pub reason: Reason,
    /// By the director or the general manager.
    pub signed: Signature,
}

/// What can be refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Refusable {
    /// By the director.
    Application(Application),
    /// By the general manager.
    Endorsement(Endorsement),
}

/// [`Stage::Confirmed`]: decided at the meeting, needing no further approval (5.1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// On what.
    pub of: Confirmable,
    /// What the meeting decided.
    pub decision: Decision,
}

/// What the meeting can confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confirmable {
    /// A form before it.
    Review(Box<Review>),
    /// A customer whose A was refused.
    Refusal(Box<Refusal>),
}

/// [`Stage::SetAside`] (5.1.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Closure {
    /// The draft that did not come.
    pub draft: Draft,
    /// Why there is no grade.
    pub reason: Reason,
    /// By the promotion section.
    pub signed: Signature,
}

/// [`Stage::Effective`] (5.1.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Publication {
    /// What was published.
    pub of: Publishable,
    /// From which day it counts.
    pub effective: Date,
    /// By whoever published the cycle.
    pub signed: Signature,
}

/// What can be published: there is no other way to a grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Publishable {
    /// A grade that the meeting confirmed.
    Confirmation(Box<Confirmation>),
    /// An A that the general manager approved.
    Approval(Box<Approval>),
    /// No grade, with a reason.
    Closure(Closure),
}

impl Publishable {
    /// The grade; absent when the case was closed without one.
    #[must_use]
    pub fn grade(&self) -> Option<&Label> {
        match self {
            Self::Confirmation(of) => Some(&of.decision.decided.grade),
            Self::Approval(of) => Some(&of.endorsement.application.listing.decision.decided.grade),
            Self::Closure(_) => None,
        }
    }
}

/// Where a form stands, with all that brought it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is named after its Stage, which says what it is")]
pub enum State {
    Draft(Draft),
    Submitted(Submission),
    InReview(Review),
    Confirmed(Confirmation),
    AListed(Listing),
    AApplied(Application),
    DirectorReviewed(Endorsement),
    Approved(Approval),
    Refused(Refusal),
    SetAside(Closure),
    Effective(Publication),
}

tagged! { State, "state":
   Draft(_), Submitted(_), InReview(_), Confirmed(_), AListed(_), AApplied(_), DirectorReviewed(_), Approved(_),
   Refused(_), SetAside(_), Effective(_),
}

impl State {
    /// The stage it is.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        match self {
            Self::Draft(_) => Stage::Draft,
            Self::Submitted(_) => Stage::Submitted,
            Self::InReview(_) => Stage::InReview,
            Self::Confirmed(_) => Stage::Confirmed,
            Self::AListed(_) => Stage::AListed,
            Self::AApplied(_) => Stage::AApplied,
            Self::DirectorReviewed(_) => Stage::DirectorReviewed,
            Self::Approved(_) => Stage::Approved,
            Self::Refused(_) => Stage::Refused,
            Self::SetAside(_) => Stage::SetAside,
            Self::Effective(_) => Stage::Effective,
        }
    }

    /// The grade on the table: proposed, amended, decided on or published. `None` for a draft, where a
    /// top grade was refused and another is not decided on, and for a case closed without one.
    #[must_use]
    pub fn grade(&self) -> Option<&Label> {
        match self {
            Self::Draft(_) | Self::Refused(_) | Self::SetAside(_) => None,
            Self::Submitted(of) => Some(&of.proposal.grade),
            Self::InReview(of) => Some(&of.table().grade),
            Self::Confirmed(of) => Some(&of.decision.decided.grade),
            Self::AListed(of) => Some(&of.decision.decided.grade),
            Self::AApplied(of) => Some(&of.listing.decision.decided.grade),
            Self::DirectorReviewed(of) => Some(&of.application.listing.decision.decided.grade),
            Self::Approved(of) => Some(&of.endorsement.application.listing.decision.decided.grade),
            Self::Effective(of) => of.of.grade(),
        }
    }

    /// The form before the meeting, as far as it has come there.
    #[must_use]
    pub fn review(&self) -> Option<&Review> {
        match self {
            Self::Draft(_) | Self::Submitted(_) | Self::SetAside(_) => None,
            Self::InReview(of) => Some(of),
            Self::Confirmed(of) => Some(reviewed(of)),
            Self::AListed(of) => Some(&of.review),
            Self::AApplied(of) => Some(&of.listing.review),
            Self::DirectorReviewed(of) => Some(&of.application.listing.review),
            Self::Approved(of) => Some(&of.endorsement.application.listing.review),
            Self::Refused(of) => Some(refused(of)),
            Self::Effective(of) => match &of.of {
                Publishable::Confirmation(of) => Some(reviewed(of)),
                Publishable::Approval(of) => Some(&of.endorsement.application.listing.review),
                Publishable::Closure(_) => None,
            },
        }
    }

    /// The decision of the meeting that stands.
    #[must_use]
    pub fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Draft(_)
            | Self::Submitted(_)
            | Self::InReview(_)
            | Self::Refused(_)
            | Self::SetAside(_) => None,
            Self::Confirmed(of) => Some(&of.decision),
            Self::AListed(of) => Some(&of.decision),
            Self::AApplied(of) => Some(&of.listing.decision),
            Self::DirectorReviewed(of) => Some(&of.application.listing.decision),
            Self::Approved(of) => Some(&of.endorsement.application.listing.decision),
            Self::Effective(of) => match &of.of {
                Publishable::Confirmation(of) => Some(&of.decision),
                Publishable::Approval(of) => Some(&of.endorsement.application.listing.decision),
                Publishable::Closure(_) => None,
            },
        }
    }

    /// What the company undertakes for a customer whose A was applied for and not refused.
    #[must_use]
    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Self::Draft(_)
            | Self::Submitted(_)
            | Self::InReview(_)
            | Self::Confirmed(_)
            | Self::AListed(_)
            | Self::Refused(_)
            | Self::SetAside(_) => None,
            Self::AApplied(of) => Some(&of.plan),
            Self::DirectorReviewed(of) => Some(&of.application.plan),
            Self::Approved(of) => Some(&of.endorsement.application.plan),
            Self::Effective(of) => match &of.of {
                Publishable::Approval(of) => Some(&of.endorsement.application.plan),
                Publishable::Confirmation(_) | Publishable::Closure(_) => None,
            },
        }
    }

    /// Why the case was closed without a grade.
    #[must_use]
    pub const fn closed_because(&self) -> Option<&Reason> {
        match self {
            Self::SetAside(of) => Some(&of.reason),
            Self::Effective(Publication { of: Publishable::Closure(of), .. }) => Some(&of.reason),
            Self::Draft(_)
            | Self::Submitted(_)
            | Self::InReview(_)
            | Self::Confirmed(_)
            | Self::AListed(_)
            | Self::AApplied(_)
            | Self::DirectorReviewed(_)
            | Self::Approved(_)
            | Self::Refused(_)
            | Self::Effective(_) => None,
        }
    }

    /// The steps that stand and who made them, first to last. What was returned or withdrawn stands no
    /// more; it is in the trail. Putting a form before the meeting is clerical and bears no signature.
    #[must_use]
    pub fn signatures(&self) -> Vec<(Step, &Signature)> {
        let mut found = Vec::new();
        match self {
            Self::Draft(_) => {}
            Self::Submitted(of) => submission(of, &mut found),
            Self::InReview(of) => submission(&of.submission, &mut found),
            Self::Confirmed(of) => confirmation(of, &mut found),
            Self::AListed(of) => listing(of, &mut found),
            Self::AApplied(of) => application(of, &mut found),
            Self::DirectorReviewed(of) => endorsement(of, &mut found),
            Self::Approved(of) => approval(of, &mut found),
            Self::Refused(of) => refusal(of, &mut found),
            Self::SetAside(of) => found.push((Step::SetAside, &of.signed)),
            Self::Effective(of) => {
                match &of.of {
                    Publishable::Confirmation(of) => confirmation(of, &mut found),
                    Publishable::Approval(of) => approval(of, &mut found),
                    Publishable::Closure(of) => found.push((Step::SetAside, &of.signed)),
                }
                found.push((Step::Publish, &of.signed));
            }
        }
        found
    }
}

/// What the meeting had before it of a form that it confirmed.
fn reviewed(of: &Confirmation) -> &Review {
    match &of.of {
        Confirmable::Review(of) => of,
        Confirmable::Refusal(of) => refused(of),
    }
}

/// The same of one whose A was refused.
fn refused(of: &Refusal) -> &Review {
    match &of.of {
        Refusable::Application(of) => &of.listing.review,
        Refusable::Endorsement(of) => &of.application.listing.review,
    }
}

type Signatures<'a> = Vec<(Step, &'a Signature)>;

fn submission<'a>(of: &'a Submission, found: &mut Signatures<'a>) {
    found.push((Step::Submit, &of.signed));
}

fn listing<'a>(of: &'a Listing, found: &mut Signatures<'a>) {
    submission(&of.review.submission, found);
    found.push((Step::Decide, &of.decision.signed));
}

fn application<'a>(of: &'a Application, found: &mut Signatures<'a>) {
    listing(&of.listing, found);
    found.push((Step::Apply, &of.signed));
}

fn endorsement<'a>(of: &'a Endorsement, found: &mut Signatures<'a>) {
    application(&of.application, found);
    found.push((Step::Review, &of.signed));
}

fn approval<'a>(of: &'a Approval, found: &mut Signatures<'a>) {
    endorsement(&of.endorsement, found);
    found.push((Step::Approve, &of.signed));
}

fn refusal<'a>(of: &'a Refusal, found: &mut Signatures<'a>) {
    match &of.of {
        Refusable::Application(of) => application(of, found),
        Refusable::Endorsement(of) => endorsement(of, found),
    }
    found.push((Step::Refuse, &of.signed));
}

fn confirmation<'a>(of: &'a Confirmation, found: &mut Signatures<'a>) {
    match &of.of {
        Confirmable::Review(of) => submission(&of.submission, found),
        Confirmable::Refusal(of) => refusal(of, found),
    }
    found.push((Step::Decide, &of.decision.signed));
}
