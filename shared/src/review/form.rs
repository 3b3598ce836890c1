//! The form of one customer in one cycle, and what a step makes of it.

use serde::{Deserialize, Serialize};

use super::{Cycle, Draft, Entrance, Hand, Moment, Stage, State, Step};
use crate::calendar::Millis;
use crate::grading::Policy;
use crate::id::{CustomerId, CycleId, Label, Name, Reason, UnitId, UserId};
use crate::permission::Permit;

/// The Customer Quality Grade Evaluation Form (客户质量等级评定表) of one customer in one cycle, as far as its
/// way goes; what is written in it lies beside it.
///
/// A *round* is one passage from the draft on. Coming back to the draft begins the next one; the trail of
/// the former stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Form {
    /// The cycle.
    pub cycle: CycleId,
    /// The customer.
    pub customer: CustomerId,
    /// The customer's unit.
    pub unit: UnitId,
    /// The customer's rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<UserId>,
    /// 1, 2, 3 …
    pub round: u32,
    /// Since when it stands where it stands.
    pub since: Millis,
    /// Where it stands.
    pub state: State,
}

impl Form {
    /// The form that a customer gets when the cycle opens.
    #[must_use]
    pub const fn new(
        cycle: CycleId,
        customer: CustomerId,
        unit: UnitId,
        rep: Option<UserId>,
        since: Millis,
    ) -> Self {
        let state = State::Draft(Draft { entrance: Entrance::Window });
        Self { cycle, customer, unit, rep, round: 1, since, state }
    }
}

/// One row of a form's append-only trail (9.0): who, in whose place, when, from where to where, what, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// The round it was made in.
    pub round: u32,
    /// When.
    pub at: Millis,
    /// By whom.
    pub hand: Hand,
    /// What.
    pub step: Step,
    /// Where the form stood.
    pub from: Stage,
    /// Where it stands since.
    pub to: Stage,
    /// The computed grade of that moment; absent with too little evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Label>,
    /// The grade proposed, decided on or published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Label>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Who at the meeting asked for an amendment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised_by: Option<Name>,
}

/// What a step makes of a form. Both are written together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The form as it is now.
    pub form: Form,
    /// The row to append.
    pub entry: Entry,
    /// The leave to write both.
    pub permit: Permit,
}

/// The grades of a policy as far as the review needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    tiers: Vec<Label>,
}

impl Ladder {
    /// Of grades, best first.
    #[must_use]
    pub const fn new(tiers: Vec<Label>) -> Self {
        Self { tiers }
    }

    /// The grades of a policy.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        Self::new(policy.tiers.iter().map(|tier| tier.key.clone()).collect())
    }

    /// The grades, best first.
    #[must_use]
    pub fn tiers(&self) -> &[Label] {
        &self.tiers
    }

    /// Whether there is such a grade.
    #[must_use]
    pub fn has(&self, grade: &Label) -> bool {
        self.tiers.contains(grade)
    }

    /// Whether it is the grade that the general manager approves (5.1.3).
    #[must_use]
    pub fn is_top(&self, grade: &Label) -> bool {
        self.tiers.first() == Some(grade)
    }
}

/// All that a step depends on besides the form and whoever asks. Last year's grade is not in it: an A
/// gives no claim to another.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// The cycle, read together with the form.
    pub cycle: &'a Cycle,
    /// The grades of the cycle's policy.
    pub ladder: &'a Ladder,
    /// What the policy yields of what the form says, with what the step would change in it; absent with
    /// too little evidence.
    pub computed: Option<&'a Label>,
    /// Now.
    pub now: Moment,
}
