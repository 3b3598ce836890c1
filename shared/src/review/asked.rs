//! What the review asks of whom on a day: the forms that wait for a step, and the step of the cycle itself
//! that is due. What somebody could do besides is left to [`possible`](super::possible).

use super::{Cycle, CycleStep, Entrance, Form, Phase, Stage, State, Step, Tally};
use crate::calendar::Date;
use crate::id::Label;
use crate::permission::{Action, Reach, Role, reach};

/// Which forms wait. Each is counted where it stands, so that nobody goes through all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Those of a stage.
    At(Stage),
    /// Drafts that may be submitted whatever the day: admitted late, or returned.
    Late,
    /// Drafts that may be submitted within the window only; after the close, the customers without a form.
    InTime,
    /// Forms whose credit finance can set and has not set in this cycle (5.1.2-C).
    Unrated,
}

impl Waiting {
    /// Whether a form is one of them.
    #[must_use]
    pub fn holds(self, form: &Form, rated: bool) -> bool {
        let stage = form.state.stage();
        match (self, &form.state) {
            (Self::At(of), _) => of == stage,
            (Self::Late, State::Draft(draft)) => draft.entrance != Entrance::Window,
            (Self::InTime, State::Draft(draft)) => draft.entrance == Entrance::Window,
            (Self::Late | Self::InTime, _) => false,
            (Self::Unrated, _) => {
                !rated && matches!(stage, Stage::Draft | Stage::Submitted | Stage::InReview)
            }
        }
    }
}

/// What is asked of a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Of which forms.
    pub of: Waiting,
    /// Which step brings them on.
    pub step: Step,
    /// The last day on which it can be taken; absent where none is set.
    pub until: Option<Date>,
}

/// What the forms of a cycle ask of a role on a day, in the order of the process. Whoever is asked can take
/// the step on that day.
#[must_use]
pub fn asked_of(role: Role, cycle: &Cycle, day: Date) -> Vec<Asked> {
    let meets = match cycle.phase {
        Phase::Opening { .. } | Phase::Publishing { .. } | Phase::Published { .. } => return Vec::new(),
        Phase::Gathering | Phase::Concluded { .. } => false,
        Phase::Meeting { .. } => true,
    };
    let (open, closed) = (cycle.is_open_on(day), cycle.has_closed_by(day));
    let draft = Waiting::At(Stage::Draft);
    let rep = role == Role::Rep;
    let all = [
        (draft, Step::Fill, Action::FillForm, rep && open),
        (Waiting::Late, Step::Fill, Action::FillForm, rep && closed),
        (draft, Step::Submit, Action::SubmitForm, open),
        (Waiting::Late, Step::Submit, Action::SubmitForm, closed),
        (Waiting::Unrated, Step::Rate, Action::RateCredit, true),
        (Waiting::InTime, Step::SetAside, Action::RunReview, closed),
        (Waiting::At(Stage::Submitted), Step::TakeUp, Action::RunReview, meets),
        (Waiting::At(Stage::InReview), Step::Decide, Action::RunReview, meets),
        (Waiting::At(Stage::AListed), Step::Apply, Action::SubmitForm, true),
        (Waiting::At(Stage::Refused), Step::Decide, Action::RunReview, meets),
        (Waiting::At(Stage::AApplied), Step::Review, Action::ReviewApplication, true),
        (Waiting::At(Stage::DirectorReviewed), Step::Approve, Action::ApproveApplication, true),
    ];
    all.into_iter()
        .filter(|(.., asks, due)| *due && reach(role, *asks) != Reach::None)
        .map(|(of, step, ..)| Asked { of, step, until: Some(cycle.closes).filter(|_| of == draft) })
        .collect()
}

/// The step of the cycle itself that is due from whoever runs the review: the work of its opening or its
/// publication, or what the state of its forms allows next. `None` while it goes by itself.
#[must_use]
pub fn asked_of_cycle(cycle: &Cycle, tally: &Tally, day: Date) -> Option<CycleStep> {
    let unsettled = tally.undecided() > 0 || tally.refused > 0;
    let (due, step) = match cycle.phase {
        Phase::Opening { .. } => (true, CycleStep::Gather),
        Phase::Gathering => (cycle.has_closed_by(day), CycleStep::Convene),
        Phase::Meeting { .. } => (!unsettled, CycleStep::Conclude),
        Phase::Concluded { .. } if unsettled => (true, CycleStep::Convene),
        Phase::Concluded { .. } => (tally.is_ready(), CycleStep::Publish),
        Phase::Publishing { effective, .. } => (effective <= day, CycleStep::Finish),
        Phase::Published { .. } => (false, CycleStep::Finish),
    };
    due.then_some(step)
}

/// Whether a form is one on whose grade there is no agreement, so that the meeting takes it first: what is
/// on the table is not what the policy yields, or both are not what the customer had last. `table` is the
/// grade on the table, absent while nobody has proposed any. A customer that had no grade before disagrees
/// with none; one that had a grade and would have none does. The store's column of this name says the same.
#[must_use]
pub fn disagrees(computed: Option<&Label>, table: Option<&Label>, last: Option<&Label>) -> bool {
    let against_policy = table.is_some() && table != computed;
    let against_last = last.is_some() && table.or(computed) != last;
    against_policy || against_last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_grades_that_differ_disagree_and_no_grade_before_agrees_with_all() {
        let (a, b) = (Label::parse("A").unwrap(), Label::parse("B").unwrap());
        let (a, b) = (Some(&a), Some(&b));
        let cases = [
            ((a, None, None), false),
            ((a, None, a), false),
            ((a, None, b), true),
            ((None, None, a), true),
            ((a, a, a), false),
            ((a, a, None), false),
            ((a, a, b), true),
            ((a, b, b), true),
            ((a, b, None), true),
            ((None, b, b), true),
            ((None, None, None), false),
        ];
        for ((computed, table, last), expected) in cases {
            assert_eq!(disagrees(computed, table, last), expected, "{computed:?} {table:?} {last:?}");
        }
    }
}
