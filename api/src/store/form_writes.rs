//! Writing forms: every step of one goes through here, over the version that was read, with the row of
//! its trail.

use std::collections::BTreeMap;

use serde_json::Value;
use shared::calendar::{Date, Millis};
use shared::grading::{Assessment, Inputs};
use shared::id::{CustomerId, CycleId};
use shared::permission::Permit;
use shared::review::{Cycle, Form, Next, Published};

use super::bulk::bulk;
use super::cycles::grade_text;
use super::db::{DbError, Statement};
use super::guard::Guard;

/// A form that a customer gets when a cycle opens.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// The form.
    pub form: Form,
    /// Of the customer, as read: what is graded may not have changed since.
    pub revision: i64,
    /// `Ground`, as JSON.
    pub ground: String,
    /// What is said of its grade.
    pub graded: Paper,
}

/// What is graded of a form and what comes of it, ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The computed grade; empty without one.
    pub computed: String,
    /// Whether it is provisional.
    pub provisional: bool,
    /// The score.
    pub score: i64,
    /// What is graded, as JSON.
    pub inputs: String,
    /// What comes of it, as canonical JSON.
    pub explanation: String,
}

impl Paper {
    /// Of what was graded and what came of it.
    ///
    /// # Errors
    /// When the inputs cannot be serialized.
    pub fn new(inputs: &Inputs, assessment: &Assessment) -> Result<Self, DbError> {
        Ok(Self {
            computed: grade_text(assessment.tier.as_ref()).to_owned(),
            provisional: assessment.provisional,
            score: assessment.score.get(),
            inputs: text(inputs)?,
            explanation: assessment.to_json(),
        })
    }
}

/// What a step changes of what a form says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// `Content`, as JSON.
    pub content: String,
    /// `Credit`, as JSON.
    pub credit: Option<String>,
    /// What is graded of both.
    pub graded: Paper,
}

/// A step of a form on its way into the database.
#[derive(Debug, Clone)]
pub struct Taken {
    /// What the step makes of the form, with the leave to write it.
    pub next: Next,
    /// The version that was read.
    pub version: i64,
    /// What it changes of what the form says; absent when it only moves it.
    pub said: Option<Said>,
    /// The same for people, before and after by path.
    pub changes: BTreeMap<String, Value>,
}

const INSERT: &str = "INSERT INTO forms (cycle_id, customer_id, seq, unit_id, rep_id, stage, round, since, computed, \
    provisional, score, last_grade, state, ground, figures, inputs, explanation) \
    SELECT j.value->>0, c.id, c.seq, c.unit_id, c.rep_id, j.value->>2, j.value->>3, j.value->>4, j.value->>5, \
    j.value->>6, j.value->>7, \
    iif(c.published_cycle IS NULL, coalesce((SELECT a.tier FROM assessments a \
        WHERE a.customer_id = c.id AND a.year = j.value->>8 - 1), ''), c.tier), \
    j.value->>9, j.value->>10, \
    coalesce((SELECT f.figures FROM figures f WHERE f.customer_id = c.id AND f.year = j.value->>8), '{}'), \
    j.value->>11, j.value->>12 FROM json_each(?) j CROSS JOIN customers c ON c.id = j.value->>1";

const MOVE: &str = "UPDATE forms SET stage = j.value->>2, round = j.value->>3, since = j.value->>4, \
    grade = j.value->>5, state = j.value->>6, proposed = j.value->>7, version = version + 1 \
    FROM json_each(?) j WHERE forms.cycle_id = j.value->>0 AND forms.customer_id = j.value->>1";

const SAY: &str = "UPDATE forms SET content = j.value->>2, credit = j.value->>3, computed = j.value->>4, \
    provisional = j.value->>5, score = j.value->>6, inputs = j.value->>7, explanation = j.value->>8 \
    FROM json_each(?) j WHERE forms.cycle_id = j.value->>0 AND forms.customer_id = j.value->>1";

// After the form itself: what is computed of it by then.
const APPEND: &str = "INSERT INTO form_entries (cycle_id, customer_id, body, explanation) \
    SELECT f.cycle_id, f.customer_id, j.value->>2, iif(j.value->>3, f.explanation, NULL) FROM json_each(?) j \
    CROSS JOIN forms f ON f.cycle_id = j.value->>0 AND f.customer_id = j.value->>1 ORDER BY j.key";

const PUBLISH: &str = "INSERT INTO grades (cycle_id, customer_id, year, policy_id, grade, effective, at) \
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6 FROM json_each(?) ORDER BY key";

// Whoever was due when the cycle was opened is a new customer no more.
const LIVE: &str = "UPDATE customers SET previous_tier = nullif(j.value->>3, ''), tier = j.value->>2, \
    published_cycle = j.value->>0, due_on = iif(due_on <= j.value->>4, NULL, due_on) FROM json_each(?) j WHERE customers.id = j.value->>1";

fn text(value: &impl serde::Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::other(error.to_string()))
}

/// Makes the forms of a stretch of the book. [`Guard::State`] when a customer has changed since it was read.
///
/// # Errors
/// When something cannot be serialized.
pub fn insert(_: &Permit, cycle: &Cycle, fresh: &[Fresh]) -> Result<Vec<Statement>, DbError> {
    let read: Vec<(&CustomerId, i64)> = fresh.iter().map(|one| (&one.form.customer, one.revision)).collect();
    let unchanged = Guard::State
        .holds(
            "(SELECT count(*) FROM json_each(?) j CROSS JOIN customers c ON c.id = j.value->>0 \
             WHERE c.revision = j.value->>1) = ?",
        )
        .bind_json(&read)?
        .bind(i64::try_from(read.len()).unwrap_or(i64::MAX));
    let rows = fresh.iter().map(|one| {
        let Form { cycle: id, customer, round, since, state, .. } = &one.form;
        let Paper { computed, provisional, score, inputs, explanation } = &one.graded;
        Ok((
            id,
            customer,
            state.stage().code(),
            round,
            since,
            computed,
            i64::from(*provisional),
            score,
            cycle.year,
            text(state)?,
            &one.ground,
            inputs,
            explanation,
        ))
    });
    let mut statements = vec![unchanged];
    statements.extend(bulk(INSERT, rows.collect::<Result<Vec<_>, DbError>>()?)?);
    Ok(statements)
}

/// Writes steps of forms of one cycle and the rows of their trails. `guard` is what fails the batch when a
/// form is no longer at the version that was read. The leave is in each step.
///
/// # Errors
/// When something cannot be serialized.
pub fn take(cycle: &CycleId, taken: &[Taken], guard: Guard) -> Result<Vec<Statement>, DbError> {
    let read: Vec<(&CustomerId, i64)> =
        taken.iter().map(|one| (&one.next.form.customer, one.version)).collect();
    let unmoved = guard
        .holds(
            "(SELECT count(*) FROM json_each(?) j CROSS JOIN forms f ON f.cycle_id = ? \
             AND f.customer_id = j.value->>0 WHERE f.version = j.value->>1) = ?",
        )
        .bind_json(&read)?
        .bind(cycle)
        .bind(i64::try_from(read.len()).unwrap_or(i64::MAX));
    let moved = taken.iter().map(|Taken { next, .. }| {
        let Form { customer, round, since, state, .. } = &next.form;
        let grade = grade_text(state.grade());
        let proposed = grade_text(state.review().map(|review| &review.submission.proposal.grade));
        Ok((cycle, customer, state.stage().code(), round, since, grade, text(state)?, proposed))
    });
    let said = taken.iter().filter_map(|one| {
        let Said { content, credit, graded } = one.said.as_ref()?;
        let Paper { computed, provisional, score, inputs, explanation } = graded;
        let provisional = i64::from(*provisional);
        let customer = &one.next.form.customer;
        Some((cycle, customer, content, credit, computed, provisional, score, inputs, explanation))
    });
    let entries = taken.iter().map(|one| {
        let body = text(&serde_json::json!({ "entry": one.next.entry, "changes": one.changes }))?;
        Ok((cycle, &one.next.form.customer, body, one.next.entry.step.says_a_grade()))
    });
    let mut statements = vec![unmoved];
    statements.extend(bulk(MOVE, moved.collect::<Result<Vec<_>, DbError>>()?)?);
    statements.extend(bulk(SAY, said)?);
    statements.extend(bulk(APPEND, entries.collect::<Result<Vec<_>, DbError>>()?)?);
    Ok(statements)
}

/// Writes published grades of a cycle that was opened on a day, each with the grade before (empty without one),
/// and makes them those that count.
///
/// # Errors
/// When something cannot be serialized.
pub fn publish(
    _: &Permit,
    (cycle, opened_on): (&Cycle, Date),
    grades: &[(Published, String)],
    at: Millis,
) -> Result<Vec<Statement>, DbError> {
    let rows = grades.iter().map(|(one, _)| {
        (&one.cycle, &one.customer, cycle.year, &cycle.policy, &one.grade, one.effective, at)
    });
    let live = grades.iter().map(|(one, before)| {
        let grade = grade_text(one.grade.as_ref());
        (&one.cycle, &one.customer, grade, before.as_str(), opened_on)
    });
    let mut statements = bulk(PUBLISH, rows)?;
    statements.extend(bulk(LIVE, live)?);
    Ok(statements)
}
