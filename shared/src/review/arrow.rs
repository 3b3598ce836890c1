//! The arrows of the transition table: from which stage which move leads where, what it asks of whoever
//! makes it, and when. Every state lists every move; a new one of either does not compile until it does.

use super::{
    Application, Approval, Closure, Confirmable, Confirmation, Decision, Draft, Endorsement, Entrance,
    Listing, Move, Proposal, Refusable, Refusal, Refused, Review, Scene, Signature, State, Submission,
};
use crate::id::{Label, Reason};
use crate::permission::Action;

/// When an arrow can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Until the cycle is published.
    Unfrozen,
    /// In the window, or after it on the footing of the draft.
    Window(Entrance),
    /// After the close, until the cycle is published.
    Closed,
    /// While a sitting of the meeting is open.
    Meeting,
}

/// Whose step it may not be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    /// Anybody's: it judges nothing.
    None,
    /// Not that of who signed the last step, which it judges.
    Last,
    /// Not that of who signed any standing step of another kind.
    All,
}

/// One arrow.
pub(super) struct Arrow {
    /// What whoever takes it must be allowed.
    pub asks: Action,
    /// When.
    pub when: When,
    /// Whose it may not be.
    pub apart: Apart,
    /// Where it leads, or what its contents lack.
    pub to: Result<State, Refused>,
}

/// A step that judges nobody's.
const fn own(asks: Action, when: When, to: Result<State, Refused>) -> Option<Arrow> {
    Some(Arrow { asks, when, apart: Apart::None, to })
}

/// A step that decides on others'.
const fn judge(asks: Action, when: When, to: Result<State, Refused>) -> Option<Arrow> {
    Some(Arrow { asks, when, apart: Apart::All, to })
}

/// Taking back a step, by the office that made it.
const fn withdraw(asks: Action, to: State) -> Option<Arrow> {
    Some(Arrow { asks, when: When::Unfrozen, apart: Apart::None, to: Ok(to) })
}

/// Handing back a step, by the office it waits for.
const fn hand_back(asks: Action, to: State) -> Option<Arrow> {
    Some(Arrow { asks, when: When::Unfrozen, apart: Apart::Last, to: Ok(to) })
}

/// The arrow of a move from a state; `None` when there is none.
pub(super) fn arrow(state: &State, wanted: &Move, signed: &Signature, scene: &Scene<'_>) -> Option<Arrow> {
    match state {
        State::Draft(of) => from_draft(of, wanted, signed, scene),
        State::Submitted(of) => from_submitted(of, wanted),
        State::InReview(of) => from_review(of, wanted, signed, scene),
        State::Confirmed(of) => from_confirmed(of, wanted),
        State::AListed(of) => from_listed(of, wanted, signed),
        State::AApplied(of) => from_applied(of, wanted, signed),
        State::DirectorReviewed(of) => from_endorsed(of, wanted, signed),
        State::Approved(of) => from_approved(of, wanted),
        State::Refused(of) => from_refused(of, wanted, signed, scene),
        State::SetAside(of) => from_set_aside(of, wanted),
        State::Effective(_) => None,
    }
}

fn from_draft(of: &Draft, wanted: &Move, signed: &Signature, scene: &Scene<'_>) -> Option<Arrow> {
    let same = || Ok(State::Draft(of.clone()));
    match wanted {
        Move::Fill => own(Action::FillForm, When::Window(of.entrance), same()),
        Move::Rate { .. } => own(Action::RateCredit, When::Unfrozen, same()),
        Move::Submit { grade, reason } => own(
            Action::SubmitForm,
            When::Window(of.entrance),
            proposal(grade, reason.as_ref(), scene).map(|proposal| {
                State::Submitted(Submission { draft: of.clone(), proposal, signed: signed.clone() })
            }),
        ),
        Move::Admit { .. } => match of.entrance {
            Entrance::Window => {
                own(Action::RunReview, When::Closed, Ok(State::Draft(Draft { entrance: Entrance::Admitted })))
            }
            Entrance::Admitted | Entrance::Returned => None,
        },
        Move::SetAside { reason } => own(
            Action::RunReview,
            When::Closed,
            Ok(State::SetAside(Closure {
                draft: of.clone(),
                reason: reason.clone(),
                signed: signed.clone(),
            })),
        ),
        Move::TakeUp
        | Move::Amend { .. }
        | Move::Decide { .. }
        | Move::Apply { .. }
        | Move::Review { .. }
        | Move::Approve { .. }
        | Move::Refuse { .. }
        | Move::Return { .. }
        | Move::Withdraw { .. } => None,
    }
}

fn from_submitted(of: &Submission, wanted: &Move) -> Option<Arrow> {
    match wanted {
        Move::Rate { .. } => own(Action::RateCredit, When::Unfrozen, Ok(State::Submitted(of.clone()))),
        Move::TakeUp => own(
            Action::RunReview,
            When::Meeting,
            Ok(State::InReview(Review { submission: of.clone(), amended: None })),
        ),
        Move::Return { .. } => {
            hand_back(Action::RunReview, State::Draft(Draft { entrance: Entrance::Returned }))
        }
        // The footing is that of before: whoever takes a form back of their own will is not late by it
        // any less.
        Move::Withdraw { .. } => withdraw(Action::SubmitForm, State::Draft(of.draft.clone())),
        Move::Fill
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::Amend { .. }
        | Move::Decide { .. }
        | Move::Apply { .. }
        | Move::Review { .. }
        | Move::Approve { .. }
        | Move::Refuse { .. } => None,
    }
}

fn from_review(of: &Review, wanted: &Move, signed: &Signature, scene: &Scene<'_>) -> Option<Arrow> {
    match wanted {
        Move::Rate { .. } => own(Action::RateCredit, When::Unfrozen, Ok(State::InReview(of.clone()))),
        Move::Amend { grade, reason, .. } => own(
            Action::RunReview,
            When::Meeting,
            proposal(grade, Some(reason), scene)
                .map(|amended| State::InReview(Review { amended: Some(amended), ..of.clone() })),
        ),
        Move::Decide { grade, reason } => judge(
            Action::RunReview,
            When::Meeting,
            decision(grade, reason.as_ref(), Some(of.table()), signed, scene).map(|decision| {
                if scene.ladder.is_top(grade) {
                    State::AListed(Listing { review: of.clone(), decision })
                } else {
                    State::Confirmed(Confirmation { of: Confirmable::Review(Box::new(of.clone())), decision })
                }
            }),
        ),
        Move::Return { .. } => hand_back(Action::RunReview, State::Submitted(of.submission.clone())),
        Move::Withdraw { .. } => withdraw(Action::RunReview, State::Submitted(of.submission.clone())),
        Move::Fill
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::TakeUp
        | Move::Apply { .. }
        | Move::Review { .. }
        | Move::Approve { .. }
        | Move::Refuse { .. } => None,
    }
}

fn from_confirmed(of: &Confirmation, wanted: &Move) -> Option<Arrow> {
    let back = || match &of.of {
        Confirmable::Review(review) => State::InReview((**review).clone()),
        Confirmable::Refusal(refusal) => State::Refused((**refusal).clone()),
    };
    match wanted {
        Move::Return { .. } => hand_back(Action::RunReview, back()),
        Move::Withdraw { .. } => withdraw(Action::RunReview, back()),
        Move::Fill
        | Move::Rate { .. }
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::TakeUp
        | Move::Amend { .. }
        | Move::Decide { .. }
        | Move::Apply { .. }
        | Move::Review { .. }
        | Move::Approve { .. }
        | Move::Refuse { .. } => None,
    }
}

fn from_listed(of: &Listing, wanted: &Move, signed: &Signature) -> Option<Arrow> {
    match wanted {
        Move::Apply { plan } => own(
            Action::SubmitForm,
            When::Unfrozen,
            Ok(State::AApplied(Application {
                listing: of.clone(),
                plan: plan.clone(),
                signed: signed.clone(),
            })),
        ),
        Move::Return { .. } => hand_back(Action::SubmitForm, State::InReview(of.review.clone())),
        Move::Withdraw { .. } => withdraw(Action::RunReview, State::InReview(of.review.clone())),
        Move::Fill
        | Move::Rate { .. }
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::TakeUp
        | Move::Amend { .. }
        | Move::Decide { .. }
        | Move::Review { .. }
        | Move::Approve { .. }
        | Move::Refuse { .. } => None,
    }
}

fn from_applied(of: &Application, wanted: &Move, signed: &Signature) -> Option<Arrow> {
    match wanted {
        Move::Review { .. } => judge(
            Action::ReviewApplication,
            When::Unfrozen,
            Ok(State::DirectorReviewed(Endorsement { application: of.clone(), signed: signed.clone() })),
        ),
        Move::Refuse { reason } => judge(
            Action::ReviewApplication,
            When::Unfrozen,
            Ok(State::Refused(Refusal {
                of: Refusable::Application(of.clone()),
                reason: reason.clone(),
                signed: signed.clone(),
            })),
        ),
        Move::Return { .. } => hand_back(Action::ReviewApplication, State::AListed(of.listing.clone())),
        Move::Withdraw { .. } => withdraw(Action::SubmitForm, State::AListed(of.listing.clone())),
        Move::Fill
        | Move::Rate { .. }
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::TakeUp
        | Move::Amend { .. }
        | Move::Decide { .. }
        | Move::Apply { .. }
        | Move::Approve { .. } => None,
    }
}

fn from_endorsed(of: &Endorsement, wanted: &Move, signed: &Signature) -> Option<Arrow> {
    match wanted {
        Move::Approve { .. } => judge(
            Action::ApproveApplication,
            When::Unfrozen,
            Ok(State::Approved(Approval { endorsement: of.clone(), signed: signed.clone() })),
        ),
        Move::Refuse { reason } => judge(
            Action::ApproveApplication,
            When::Unfrozen,
            Ok(State::Refused(Refusal {
                of: Refusable::Endorsement(of.clone()),
                reason: reason.clone(),
                signed: signed.clone(),
            })),
        ),
        Move::Return { .. } => hand_back(Action::ApproveApplication, State::AApplied(of.application.clone())),
        Move::Withdraw { .. } => withdraw(Action::ReviewApplication, State::AApplied(of.application.clone())),
        Move::Fill
        | Move::Rate { .. }
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::TakeUp
        | Move::Amend { .. }
        | Move::Decide { .. }
        | Move::Apply { .. }
        | Move::Review { .. } => None,
    }
}

fn from_approved(of: &Approval, wanted: &Move) -> Option<Arrow> {
    let back = || State::DirectorReviewed(of.endorsement.clone());
    match wanted {
        Move::Return { .. } => hand_back(Action::RunReview, back()),
        Move::Withdraw { .. } => withdraw(Action::ApproveApplication, back()),
        Move::Fill
        | Move::Rate { .. }
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::TakeUp
        | Move::Amend { .. }
        | Move::Decide { .. }
        | Move::Apply { .. }
        | Move::Review { .. }
        | Move::Approve { .. }
        | Move::Refuse { .. } => None,
    }
}

fn from_refused(of: &Refusal, wanted: &Move, signed: &Signature, scene: &Scene<'_>) -> Option<Arrow> {
    let (office, back) = match &of.of {
        Refusable::Application(of) => (Action::ReviewApplication, State::AApplied(of.clone())),
        Refusable::Endorsement(of) => (Action::ApproveApplication, State::DirectorReviewed(of.clone())),
    };
    match wanted {
        Move::Decide { grade, reason } => {
            let to = if scene.ladder.is_top(grade) {
                Err(Refused::TopRefused)
            } else {
                // What was on the table was refused, so any other grade needs its own reason.
                decision(grade, reason.as_ref(), None, signed, scene).map(|decision| {
                    State::Confirmed(Confirmation {
                        of: Confirmable::Refusal(Box::new(of.clone())),
                        decision,
                    })
                })
            };
            judge(Action::RunReview, When::Meeting, to)
        }
        Move::Return { .. } => hand_back(Action::RunReview, back),
        Move::Withdraw { .. } => withdraw(office, back),
        Move::Fill
        | Move::Rate { .. }
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::TakeUp
        | Move::Amend { .. }
        | Move::Apply { .. }
        | Move::Review { .. }
        | Move::Approve { .. }
        | Move::Refuse { .. } => None,
    }
}

fn from_set_aside(of: &Closure, wanted: &Move) -> Option<Arrow> {
    match wanted {
        Move::Return { .. } => hand_back(Action::RunReview, State::Draft(of.draft.clone())),
        Move::Withdraw { .. } => withdraw(Action::RunReview, State::Draft(of.draft.clone())),
        Move::Fill
        | Move::Rate { .. }
        | Move::Submit { .. }
        | Move::Admit { .. }
        | Move::SetAside { .. }
        | Move::TakeUp
        | Move::Amend { .. }
        | Move::Decide { .. }
        | Move::Apply { .. }
        | Move::Review { .. }
        | Move::Approve { .. }
        | Move::Refuse { .. } => None,
    }
}

/// A grade of the policy, with a reason when it is not the computed one (5.1.1).
fn proposal(grade: &Label, reason: Option<&Reason>, scene: &Scene<'_>) -> Result<Proposal, Refused> {
    if !scene.ladder.has(grade) {
        return Err(Refused::UnknownGrade { grade: grade.clone() });
    }
    if reason.is_none() && scene.computed != Some(grade) {
        return Err(Refused::NoReason { otherwise: scene.computed.cloned() });
    }
    Ok(Proposal { computed: scene.computed.cloned(), grade: grade.clone(), reason: reason.cloned() })
}

/// What the meeting decides (5.1.2): as proposed, for the reason given there; or otherwise, for its own.
fn decision(
    grade: &Label,
    reason: Option<&Reason>,
    table: Option<&Proposal>,
    signed: &Signature,
    scene: &Scene<'_>,
) -> Result<Decision, Refused> {
    let reason = match table {
        Some(table) if table.grade == *grade => reason.or(table.reason.as_ref()),
        Some(table) if reason.is_none() => {
            return Err(Refused::NoReason { otherwise: Some(table.grade.clone()) });
        }
        None if reason.is_none() => return Err(Refused::NoReason { otherwise: scene.computed.cloned() }),
        Some(_) | None => reason,
    };
    proposal(grade, reason, scene).map(|decided| Decision { decided, signed: signed.clone() })
}
