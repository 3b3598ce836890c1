//! The forms of a cycle.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::GradedYear;
use crate::calendar::Millis;
use crate::dto::figures::{Agreement, Figure};
use crate::grading::{Assessment, Cohort, Inputs};
use crate::id::{CustomerCode, CustomerId, Key, Label, Name, StandInId, UnitId, UserId};
use crate::json::tagged;
use crate::number::Points;
use crate::problem::Problem;
use crate::review::{Content, Credit, Cycle, Entry, Form, Ground, Move, Stage, Step, Writing};

/// Most moves of one request.
pub const MAX_FORM_MOVES: usize = 50;

/// Which forms of a cycle. All conditions hold at once; the order is that in which the customers were
/// added.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct FormQuery {
    /// Only this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Only this rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<UserId>,
    /// Only this stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Only those on whose grade the policy, the people and last year do not agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disagree: Option<bool>,
    /// Only drafts: those that may be submitted after the close as well or, when false, those that may not.
    /// Not together with `stage`, `disagree` or `unrated`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<bool>,
    /// Only those whose credit finance can still set in this cycle. Not together with `stage`, `disagree`
    /// or `late`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unrated: Option<bool>,
    /// As somebody who is absent would see the list, by the appointment as a stand-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// A form in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormRow {
    /// The customer.
    pub customer: CustomerId,
    /// The company's number for it.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// Its unit.
    pub unit: UnitId,
    /// Its rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<UserId>,
    /// Where the form stands.
    pub stage: Stage,
    /// Which passage from the draft on it is: 1, 2, 3 …
    pub round: u32,
    /// Since when it stands there.
    pub since: Millis,
    /// What the policy yields; absent with too little evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Label>,
    /// Whether that is provisional.
    #[serde(default)]
    pub provisional: bool,
    /// The score; absent for roles that may not see figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Points>,
    /// The grade on the table; absent while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Label>,
    /// The grade before: the one published last or, before the first publication, last year's computed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Label>,
    /// Whether these three do not agree, as far as there are any.
    #[serde(default)]
    pub disagrees: bool,
    /// Whether finance has rated the credit in this cycle.
    #[serde(default)]
    pub rated: bool,
    /// For If-Match.
    pub version: i64,
}

/// A row of a form's trail, with what it changed of what the form says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrailRow {
    /// Who, when, what, from where to where, why.
    pub entry: Entry,
    /// Before and after by path (`values.collection`, `trend`, `credit`), each an object with `before` and
    /// `after`; of an application its `plan`, which may have been returned since; empty for steps that
    /// only move the form.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub changes: BTreeMap<String, serde_json::Value>,
    /// What was computed when it was done, of the steps that [say a grade](Step::says_a_grade).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
}

/// What the reader could do in an absent person's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActingFor {
    /// The appointment, to be named in the request.
    pub stand_in: StandInId,
    /// Who is absent.
    pub absent: UserId,
    /// The person's name.
    pub name: Name,
    /// The steps.
    pub may: Vec<Step>,
}

/// The whole form of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FormView {
    /// The cycle; its policy grades.
    pub cycle: Cycle,
    /// Where the form stands, with all that brought it there.
    pub form: Form,
    /// The company's number for the customer.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// For If-Match.
    pub version: i64,
    /// The year's figures as they were when the cycle was opened.
    pub figures: BTreeMap<Key, Figure>,
    /// What else the grade follows from, as it was then.
    pub ground: Ground,
    /// What people have written.
    pub content: Content,
    /// What finance has set in this cycle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Credit>,
    /// What is graded: [`Ground::inputs`] of all that.
    pub inputs: Inputs,
    /// What comes of it.
    pub assessment: Assessment,
    /// The cohort it is graded in, as it was when the cycle was opened; absent when the grade takes
    /// nothing from other customers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<Cohort>,
    /// The grade before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Label>,
    /// The year before this one: as the last published cycle decided or, before the first publication, as
    /// its figures gave it. Absent for whoever was no customer then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<GradedYear>,
    /// What was done, first to last, over all rounds.
    pub trail: Vec<TrailRow>,
    /// The names of the people in all that.
    pub people: BTreeMap<UserId, Name>,
    /// The steps that the reader could take now.
    pub may: Vec<Step>,
    /// The same in the places of those that the reader stands in for today; whoever could do nothing
    /// there is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acting_for: Vec<ActingFor>,
}

/// Fills in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FillForm {
    /// What it says from now on.
    pub content: Writing,
    /// The assessment that the browser computed of it, as its canonical JSON, to be compared byte by byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// Takes a step with a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveForm {
    /// Which; to [fill](Move::Fill) is a request of its own.
    pub wanted: Move,
    /// With [`Move::Amend`], what the form says from now on, when that changes too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Writing>,
    /// With [`Move::Rate`], and always with it, what finance sets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Credit>,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// The form as it is now, and whether a preview agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MovedForm {
    /// The form.
    pub form: FormView,
    /// Whether the preview agreed.
    pub agreement: Agreement,
}

/// One of many moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OneMove {
    /// The customer.
    pub customer: CustomerId,
    /// The version of the form that was seen.
    pub version: i64,
    /// What to do. What changes the contents of a form is a request of its own.
    pub wanted: Move,
}

/// Takes a step with each of many forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveForms {
    /// At most [`MAX_FORM_MOVES`], each of another customer.
    pub moves: Vec<OneMove>,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// What became of one of many moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveOutcome {
    /// The customer.
    pub customer: CustomerId,
    /// What.
    pub outcome: Outcome,
}

/// Done, or why not; the others do not depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done {
        /// Where the form stands now.
        stage: Stage,
        /// Its version now.
        version: i64,
    },
    /// It was refused, and the form is as it was.
    Refused {
        /// Why, as the same move by itself would be answered.
        problem: Problem,
    },
}

tagged! { Outcome, "outcome": Done { stage, version }, Refused { problem } }
