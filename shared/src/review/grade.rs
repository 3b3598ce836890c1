//! What a publication leaves behind, and how long it holds (5.1.4).

use serde::{Deserialize, Serialize};

use super::{Form, State};
use crate::calendar::Date;
use crate::id::{CustomerId, CycleId, Label};

/// A published grade. It has no last day of its own: it holds while its cycle is the latest in force, so
/// an A that is not earned again lapses by itself, and none is for life.
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

/// A published cycle: its id and the day from which its grades count, in the order of publication.
pub type PublishedCycle = (CycleId, Date);

/// The cycle whose grades count on a day: of those in force the latest by day, and of two of the same day
/// the one published later. `None` before the first.
#[must_use]
pub fn cycle_in_force(published: &[PublishedCycle], on: Date) -> Option<&CycleId> {
    published.iter().filter(|(_, from)| *from <= on).max_by_key(|(_, from)| *from).map(|(id, _)| id)
}

/// A customer's grade on a day: the one of the cycle in force, and no older one in its place.
#[must_use]
pub fn grade_in_force<'a>(
    grades: &'a [Published],
    published: &[PublishedCycle],
    on: Date,
) -> Option<&'a Label> {
    let cycle = cycle_in_force(published, on)?;
    grades.iter().find(|one| one.cycle == *cycle)?.grade.as_ref()
}
