//! The words of the yearly review (5.1).

use shared::dto::review::{Duty, DutyKind, MOST_NEWCOMERS};
use shared::review::{Cycle, CycleKind, CycleStep, Stage, Step, Youth};

use super::review::Window;
use crate::say;

/// Where a form stands.
#[must_use]
pub fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => say!(review.stage.draft),
        Stage::Submitted => say!(review.stage.submitted),
        Stage::InReview => say!(review.stage.in_review),
        Stage::Confirmed => say!(review.stage.confirmed),
        Stage::AListed => say!(review.stage.a_listed),
        Stage::AApplied => say!(review.stage.a_applied),
        Stage::DirectorReviewed => say!(review.stage.director_reviewed),
        Stage::Approved => say!(review.stage.approved),
        Stage::Refused => say!(review.stage.refused),
        Stage::SetAside => say!(review.stage.set_aside),
        Stage::Effective => say!(review.stage.effective),
    }
}

/// What is done to a form.
#[must_use]
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Fill => say!(review.step.fill),
        Step::Rate => say!(review.step.rate),
        Step::Submit => say!(review.step.submit),
        Step::Admit => say!(review.step.admit),
        Step::SetAside => say!(review.step.set_aside),
        Step::TakeUp => say!(review.step.take_up),
        Step::Amend => say!(review.step.amend),
        Step::Decide => say!(review.step.decide),
        Step::Apply => say!(review.step.apply),
        Step::Review => say!(review.step.review),
        Step::Approve => say!(review.step.approve),
        Step::Refuse => say!(review.step.refuse),
        Step::Return => say!(review.step.hand_back),
        Step::Withdraw => say!(review.step.withdraw),
        Step::Publish => say!(review.step.publish),
    }
}

/// What a duty asks, and in whose place.
#[must_use]
pub fn duty(duty: &Duty) -> String {
    let asked = match (duty.step, duty.due) {
        // Whether a draft that is late is admitted or set aside is for the person to say.
        (Some(Step::SetAside), _) => say!(home.late),
        (Some(of), _) => step(of),
        (None, Some(of)) => due(of),
        (None, None) if duty.kind == DutyKind::Quarter => say!(quarter.duty),
        (None, None) => say!(newcomer.duty),
    };
    match &duty.name {
        Some(name) => say!(review.duty_for, asked, name),
        None => asked.to_owned(),
    }
}

/// How many new customers wait: where no more were counted, that there are more.
#[must_use]
pub fn newcomers(count: u64) -> String {
    let most = u64::from(MOST_NEWCOMERS);
    if count < most { count.to_string() } else { format!("{}+", most.saturating_sub(1)) }
}

/// What is due of a cycle.
#[must_use]
pub fn due(step: CycleStep) -> &'static str {
    match step {
        CycleStep::Open | CycleStep::Gather => say!(home.due.gather),
        CycleStep::MoveClose | CycleStep::Convene => say!(home.due.convene),
        CycleStep::Conclude => say!(home.due.conclude),
        CycleStep::Publish => say!(home.due.publish),
        CycleStep::Finish => say!(home.due.finish),
    }
}

/// What a cycle is called.
#[must_use]
pub fn cycle(of: &Cycle) -> String {
    cycle_of(of.kind, of.year)
}

/// What a cycle of a kind over a year's figures is called.
#[must_use]
pub fn cycle_of(kind: CycleKind, year: i32) -> String {
    match kind {
        CycleKind::Yearly => say!(review.of_year, year),
        CycleKind::Supplementary => say!(newcomer.cycle_of_year, year),
    }
}

/// How long a window is open, or when it opens.
#[must_use]
pub fn left(window: Window) -> String {
    match window {
        Window::Opens(days) => say!(review.opens_in, days),
        Window::Closes(0) => say!(review.closes_today).to_owned(),
        Window::Closes(days) => say!(review.closes_in, days),
        Window::Closed => say!(review.closed).to_owned(),
    }
}

/// How a new customer stands.
#[must_use]
pub fn youth(of: Youth) -> &'static str {
    match of {
        Youth::Young => say!(newcomer.state.young),
        Youth::Due => say!(newcomer.state.due),
        Youth::Overdue => say!(newcomer.state.overdue),
        Youth::Graded => say!(newcomer.state.graded),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_no_more_are_counted_it_says_so() {
        assert_eq!([1, 99, 100].map(newcomers), ["1", "99", "99+"]);
    }
}
