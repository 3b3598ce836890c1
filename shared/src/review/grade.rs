//! What a publication leaves behind, and how long it holds (5.1.4).

use serde::{Deserialize, Serialize};

use super::{CycleKind, Form, State};
use crate::calendar::Date;
use crate::id::{CustomerId, CycleId, Label};

/// A published grade. It has no last day of its own: it holds until the next yearly cycle is in force, or a
/// supplementary one that the customer is in, so an A that is not earned again lapses by itself, and none is
/// for life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Published {
    /// The customer.
    pub customer: CustomerId,
    /// The cycle.
    pub cycle: CycleId,
    /// From which day it counts; the same for all of the cycle.
    pub effective: Date,
    /// The grade; absent when the case was closed without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Label>,
}

impl Published {
    /// What a form published; `None` before its publication.
    #[must_use]
    pub fn of(form: &Form) -> Option<Self> {
        match &form.state {
            State::Effective(publication) => Some(Self {
                customer: form.customer.clone(),
                cycle: form.cycle.clone(),
                effective: publication.effective,
                grade: publication.of.grade().cloned(),
            }),
            State::Draft(_)
            | State::Submitted(_)
            | State::InReview(_)
            | State::Confirmed(_)
            | State::AListed(_)
            | State::AApplied(_)
            | State::DirectorReviewed(_)
            | State::Approved(_)
            | State::Refused(_)
            | State::SetAside(_) => None,
        }
    }
}

/// A published cycle, in the order of publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCycle {
    /// Its id.
    pub id: CycleId,
    /// From which day its grades count.
    pub effective: Date,
    /// Whom it was over.
    pub kind: CycleKind,
}

/// The cycles that are in force on a day, latest first: by day, and of the same day the one published later.
fn in_force(published: &[PublishedCycle], on: Date) -> Vec<&PublishedCycle> {
    let mut found: Vec<_> = published.iter().filter(|one| one.effective <= on).collect();
    // A stable order: of the same day the later one stays later.
    found.sort_by_key(|one| one.effective);
    found.reverse();
    found
}

/// The yearly cycle whose grades count on a day. `None` before the first.
#[must_use]
pub fn cycle_in_force(published: &[PublishedCycle], on: Date) -> Option<&CycleId> {
    in_force(published, on).into_iter().find(|one| one.kind == CycleKind::Yearly).map(|one| &one.id)
}

/// A customer's grade on a day: that of the yearly cycle in force, and no older one in its place, unless a
/// supplementary cycle gave the customer one since. A supplementary cycle says nothing of anybody else.
#[must_use]
pub fn grade_in_force<'a>(
    grades: &'a [Published],
    published: &[PublishedCycle],
    on: Date,
) -> Option<&'a Label> {
    for cycle in in_force(published, on) {
        let own = grades.iter().find(|one| one.cycle == cycle.id);
        match (own, cycle.kind) {
            (Some(own), _) => return own.grade.as_ref(),
            (None, CycleKind::Yearly) => return None,
            (None, CycleKind::Supplementary) => {}
        }
    }
    None
}
