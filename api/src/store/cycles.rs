//! Cycles of the yearly review, their trails, and how many of their forms stand where.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::calendar::{Date, Millis};
use shared::dto::review::{CycleRow as Row, Progress};
use shared::id::{CycleId, Label, PolicyId, UnitId, UserId};
use shared::json;
use shared::permission::Permit;
use shared::review::{Cycle, CycleEntry, CycleKind, Stage, Tally};

use super::db::{DbError, Rows, Statement, sql};
use super::guard::Guard;

/// A cycle as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct CycleRow {
    seq: i64,
    id: CycleId,
    kind: CycleKind,
    year: i32,
    policy_id: PolicyId,
    cohort_id: Option<i64>,
    opens: Date,
    closes: Date,
    phase: String,
    version: i64,
    opened_at: Millis,
    position: u32,
    after: i64,
    done: u64,
    total: u64,
}

/// A cycle with what its next step goes on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its place in the order of opening.
    pub seq: i64,
    /// The cycle.
    pub cycle: Cycle,
    /// The cohort in which its forms are graded.
    pub cohort: Option<i64>,
    /// Of the steps that people take.
    pub version: i64,
    /// When it was opened.
    pub opened_at: Millis,
    /// How far opening it, or publishing it, has come.
    pub progress: Progress,
    /// The customer at which that has come.
    pub after: i64,
}

impl CycleRow {
    /// The cycle.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn kept(self) -> Result<Kept, DbError> {
        let phase =
            json::read(&self.phase).map_err(|error| DbError::other(format!("cycle {}: {error}", self.id)))?;
        let Self { id, kind, year, opens, closes, .. } = self;
        Ok(Kept {
            seq: self.seq,
            cycle: Cycle { id, kind, year, policy: self.policy_id, opens, closes, phase },
            cohort: self.cohort_id,
            version: self.version,
            opened_at: self.opened_at,
            progress: Progress { position: self.position, done: self.done, total: self.total },
            after: self.after,
        })
    }
}

impl Kept {
    /// The cycle as it is answered.
    #[must_use]
    pub fn row(&self) -> Row {
        Row { cycle: self.cycle.clone(), version: self.version, progress: self.progress }
    }
}

/// A cycle by its id.
pub fn find(id: &CycleId) -> Statement {
    sql("SELECT * FROM cycles WHERE id = ?").bind(id)
}

/// The cycle that is not published yet, if there is one.
pub fn open() -> Statement {
    sql("SELECT * FROM cycles WHERE is_open = 1")
}

/// A page of cycles, newest first, before a place.
pub fn page(before: Option<i64>, limit: u32) -> Statement {
    sql("SELECT * FROM cycles WHERE seq < ? ORDER BY seq DESC LIMIT ?")
        .bind(before.unwrap_or(i64::from(u32::MAX)))
        .bind(limit)
}

/// The policy by which a cycle grades.
pub fn policy(id: &CycleId) -> Statement {
    sql("SELECT * FROM policies WHERE id = (SELECT policy_id FROM cycles WHERE id = ?)").bind(id)
}

/// The cohort in which a cycle grades, as one JSON cell; no row when it takes nothing from others.
pub fn cohort(id: &CycleId) -> Statement {
    sql("SELECT body AS json FROM cohorts WHERE id = (SELECT cohort_id FROM cycles WHERE id = ?)").bind(id)
}

/// What was done to a cycle, first to last, as one JSON cell.
pub fn trail(id: &CycleId) -> Statement {
    sql("SELECT json_group_array(json(body)) AS json FROM \
         (SELECT body FROM cycle_entries WHERE cycle_id = ? ORDER BY id)")
    .bind(id)
}

/// The names of the people in a cycle's trail, as one JSON cell.
pub fn people(id: &CycleId) -> Statement {
    sql("SELECT json_group_object(id, name) AS json FROM users WHERE id IN ( \
         SELECT body->>'$.hand.user' FROM cycle_entries WHERE cycle_id = ?1 \
         UNION SELECT body->>'$.hand.on_behalf_of' FROM cycle_entries WHERE cycle_id = ?1)")
    .bind(id)
}

/// Opens a cycle, unless another is unpublished.
///
/// # Errors
/// When the phase cannot be serialized.
pub fn insert(_: &Permit, kept: &Kept) -> Result<[Statement; 2], DbError> {
    let Cycle { id, kind, year, policy, opens, closes, phase } = &kept.cycle;
    let insert = sql(
        "INSERT INTO cycles (id, kind, year, policy_id, cohort_id, opens, closes, phase, opened_at, total) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(id)
    .bind(kind.code())
    .bind(*year)
    .bind(policy)
    .bind(kept.cohort)
    .bind(opens)
    .bind(closes)
    .bind_json(phase)?
    .bind(kept.opened_at)
    .bind(whole(kept.progress.total));
    Ok([Guard::NoCycle.holds("NOT EXISTS (SELECT 1 FROM cycles WHERE is_open = 1)"), insert])
}

/// Writes a cycle over the one that was read: [`Guard::State`] when somebody moved it or took its step
/// meanwhile.
///
/// # Errors
/// When the phase cannot be serialized.
pub fn update(_: &Permit, read: &Kept, kept: &Kept) -> Result<[Statement; 2], DbError> {
    let update =
        sql("UPDATE cycles SET closes = ?, phase = ?, version = ?, position = ?, after = ?, done = ?, \
         total = ? WHERE id = ? AND version = ? AND position = ?")
        .bind(&kept.cycle.closes)
        .bind_json(&kept.cycle.phase)?
        .bind(kept.version)
        .bind(kept.progress.position)
        .bind(kept.after)
        .bind(whole(kept.progress.done))
        .bind(whole(kept.progress.total))
        .bind(&read.cycle.id)
        .bind(read.version)
        .bind(read.progress.position);
    Ok([update, Guard::State.one_changed()])
}

/// Appends to the trail of a cycle.
///
/// # Errors
/// When the entry cannot be serialized.
pub fn append(_: &Permit, id: &CycleId, entry: &CycleEntry) -> Result<Statement, DbError> {
    sql("INSERT INTO cycle_entries (cycle_id, body) VALUES (?, ?)").bind(id).bind_json(entry)
}

/// Fails the batch unless a cycle is as it was read.
pub fn unmoved(kept: &Kept) -> Statement {
    Guard::State
        .holds("EXISTS (SELECT 1 FROM cycles WHERE id = ? AND version = ?)")
        .bind(&kept.cycle.id)
        .bind(kept.version)
}

/// How many forms of a cycle stand where, as a JSON object by stage.
const STAGES: &str = "(SELECT json_group_object(stage, forms) FROM (SELECT stage, sum(forms) AS forms \
    FROM form_counts WHERE cycle_id = ? GROUP BY stage ORDER BY stage))";

/// How many forms of a cycle stood where at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    text: String,
    /// The same, typed.
    pub tally: Tally,
}

/// How many forms of a cycle stand where, for [`counted`].
pub fn count(id: &CycleId) -> Statement {
    sql(format!("SELECT {STAGES} AS counts")).bind(id)
}

/// The answer to [`count`].
///
/// # Errors
/// When what is stored has another shape.
pub fn counted(rows: &Rows) -> Result<Counted, DbError> {
    #[derive(Deserialize)]
    struct Cell {
        counts: String,
    }
    let text = rows.one::<Cell>()?.map_or_else(|| "{}".to_owned(), |cell| cell.counts);
    let stages: BTreeMap<Stage, u64> =
        json::read(&text).map_err(|error| DbError::other(format!("counts of forms: {error}")))?;
    let tally = stages.iter().fold(Tally::default(), |tally, (stage, forms)| tally.with(*stage, *forms));
    Ok(Counted { text, tally })
}

/// Fails the batch unless as many forms still stand where they stood.
pub fn still(id: &CycleId, counted: &Counted) -> Statement {
    Guard::State.holds(&format!("{STAGES} IS ?")).bind(id).bind(counted.text.as_str())
}

/// How many forms: unit, stage, computed grade, grade on the table (both empty where there is none), count.
pub type Cell = (UnitId, Stage, String, String, u64);

/// How many forms stand where with which grades, of a unit or of all, as one JSON cell of [`Cell`]s.
pub fn cells(id: &CycleId) -> Statement {
    sql("SELECT json_group_array(json_array(unit_id, stage, computed, grade, forms)) AS json \
         FROM form_counts WHERE cycle_id = ?")
    .bind(id)
}

/// How many forms of a rep's customers stand where, as one JSON object by stage.
pub fn of_rep(id: &CycleId, rep: &UserId) -> Statement {
    sql("SELECT json_group_object(stage, forms) AS json FROM form_rep_counts WHERE cycle_id = ? AND rep_id = ?")
        .bind(id)
        .bind(rep)
}

/// How many forms of a cycle wait in some scopes besides what their stages tell, as one JSON cell of scope
/// (empty, `u-` and a unit, `r-` and a rep), kind (`late`, `unrated`), count.
///
/// # Errors
/// When the scopes cannot be serialized.
pub fn waits(id: &CycleId, scopes: &[String]) -> Result<Statement, DbError> {
    sql("SELECT json_group_array(json_array(w.scope, w.kind, w.forms)) AS json FROM json_each(?) j \
         CROSS JOIN form_waits w ON w.scope = j.value WHERE w.cycle_id = ?")
    .bind_json(&scopes)
    .map(|statement| statement.bind(id))
}

/// A grade as it is stored.
#[must_use]
pub fn grade_text(grade: Option<&Label>) -> &str {
    grade.map_or("", Label::as_str)
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
