//! The yearly review (5.1) on the wire: cycles, the forms of a cycle, its meeting, what waits for a person,
//! stand-ins, published grades. What the steps are and what they do is in [`crate::review`].

mod cycle;
mod duty;
mod form;
mod grade;
mod meeting;
mod newcomer;
mod stand_in;

pub use cycle::{
    CycleOverview, CycleRow, FormCount, GradeCount, MoveCycle, OpenCycle, Progress, ReviewStep, Standing,
    UnitStanding,
};
pub use duty::{Duties, Duty, DutyKind, MOST_NEWCOMERS};
pub use form::{
    ActingFor, FillForm, FormQuery, FormRow, FormView, MAX_FORM_MOVES, MoveForm, MoveForms, MoveOutcome,
    MovedForm, OneMove, Outcome, TrailRow,
};
pub use grade::{GradedYear, PublishedGrade};
pub use meeting::{
    Confirmed, ItemQuery, ItemRow, ItemStanding, KeepRecord, MEETING_TRAIL, MeetingEntry, MeetingStep,
    MeetingView, MinutesView, MoveItem, ProposeItem, Supplement, WriteMinutes,
};
pub use newcomer::{DealGrade, NewDealGrade, Newcomer, NewcomerQuery, NewcomerRow};
pub use stand_in::{Appoint, Appointment, Colleague, SeenAs};

/// Most customers of a step that opens or publishes a cycle.
pub const STEP_FORMS: u32 = 200;
