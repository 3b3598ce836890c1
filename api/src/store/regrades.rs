//! Runs that grade the book anew: how far each has come, and what its passes have counted so far.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::calendar::Millis;
use shared::dto::regrade::{Regrade, RegradePhase};
use shared::grading::{Bests, Ranking};
use shared::id::{Name, PolicyId, RegradeId};
use shared::json::{self, Mismatch};
use shared::permission::Permit;

use super::db::{DbError, Statement, sql};
use super::guard::Guard;

/// What the first pass has found so far, by year.
pub type Survey = BTreeMap<i32, Bests>;

/// A run as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct RegradeRow {
    id: RegradeId,
    policy_id: PolicyId,
    years: String,
    phase: RegradePhase,
    position: u32,
    after: i64,
    done: u64,
    total: u64,
    changed: u64,
    bests: String,
    started_at: Millis,
    started_by: Option<Name>,
    finished_at: Option<Millis>,
}

/// A run with what its next step goes on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The run as it is answered.
    pub state: Regrade,
    /// The customer at which the pass has come.
    pub after: i64,
    /// What the first pass has found so far.
    pub survey: Survey,
}

impl RegradeRow {
    /// The run.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn run(self) -> Result<Run, DbError> {
        let broken = |error: Mismatch| DbError::other(format!("run {}: {error}", self.id));
        let years: Vec<i32> = json::read(&self.years).map_err(broken)?;
        let survey = json::read(&self.bests).map_err(broken)?;
        let state = Regrade {
            years,
            id: self.id,
            policy: self.policy_id,
            phase: self.phase,
            position: self.position,
            done: self.done,
            // Customers may have been added since it was begun.
            total: self.total.max(self.done),
            changed: self.changed,
            started_at: self.started_at,
            started_by: self.started_by,
            finished_at: self.finished_at,
        };
        Ok(Run { state, after: self.after, survey })
    }
}

/// A run by its id.
pub fn find(id: &RegradeId) -> Statement {
    sql("SELECT * FROM regrades WHERE id = ?").bind(id)
}

/// The run that is open, if there is one.
pub fn open() -> Statement {
    sql("SELECT * FROM regrades WHERE is_open = 1")
}

/// The run of a policy that was begun first, if there ever was one.
pub fn of_policy(policy: &PolicyId) -> Statement {
    sql("SELECT * FROM regrades WHERE policy_id = ? LIMIT 1").bind(policy)
}

/// A page of runs, newest first, after a place.
pub fn page(after: Option<&(Millis, RegradeId)>, limit: u32) -> Statement {
    const ORDER: &str = "ORDER BY started_at DESC, id DESC LIMIT ?";
    match after {
        None => sql(format!("SELECT * FROM regrades {ORDER}")).bind(limit),
        Some((at, id)) => sql(format!("SELECT * FROM regrades WHERE (started_at, id) < (?, ?) {ORDER}"))
            .bind(*at)
            .bind(id)
            .bind(limit),
    }
}

/// Begins a run, unless another is open.
///
/// # Errors
/// When the years cannot be serialized.
pub fn insert(_: &Permit, run: &Regrade) -> Result<[Statement; 2], DbError> {
    let alone = Guard::NoRegrade.holds("NOT EXISTS (SELECT 1 FROM regrades WHERE is_open = 1)");
    let insert = sql("INSERT INTO regrades (id, policy_id, years, phase, total, started_at, started_by) \
         VALUES (?, ?, ?, ?, ?, ?, ?)")
    .bind(&run.id)
    .bind(&run.policy)
    .bind_json(&run.years)?
    .bind(run.phase.code())
    .bind(whole(run.total))
    .bind(run.started_at)
    .bind(run.started_by.as_ref());
    Ok([alone, insert])
}

/// Writes down how far a run has come by one step; [`Guard::State`] when somebody else took that step.
///
/// # Errors
/// When what was found cannot be serialized.
pub fn advance(_: &Permit, run: &Run) -> Result<[Statement; 2], DbError> {
    let state = &run.state;
    let update =
        sql("UPDATE regrades SET phase = ?, position = ?, after = ?, done = ?, total = ?, changed = ?, \
         bests = ?, finished_at = ? WHERE id = ? AND position = ? AND is_open = 1")
        .bind(state.phase.code())
        .bind(state.position)
        .bind(run.after)
        .bind(whole(state.done))
        .bind(whole(state.total))
        .bind(whole(state.changed))
        .bind_json(&run.survey)?
        .bind(state.finished_at)
        .bind(&state.id)
        .bind(i64::from(state.position) - 1);
    Ok([update, Guard::State.one_changed()])
}

/// Writes down what a step of the second pass has counted in a year.
///
/// # Errors
/// When it cannot be serialized.
pub fn insert_tally(_: &Permit, run: &Regrade, year: i32, counted: &Ranking) -> Result<Statement, DbError> {
    sql("INSERT INTO regrade_tallies (regrade_id, year, step, body) VALUES (?, ?, ?, ?)")
        .bind(&run.id)
        .bind(year)
        .bind(run.position)
        .bind_json(counted)
}

/// What one step of the second pass has counted.
#[derive(Debug, Deserialize)]
pub struct TallyRow {
    body: String,
}

impl TallyRow {
    /// The count.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn ranking(&self) -> Result<Ranking, DbError> {
        json::read(&self.body).map_err(|error| DbError::other(format!("a tally: {error}")))
    }
}

/// What all steps of the second pass have counted in a year.
pub fn tallies(run: &RegradeId, year: i32) -> Statement {
    sql("SELECT body FROM regrade_tallies WHERE regrade_id = ? AND year = ?").bind(run).bind(year)
}

/// Forgets what the second pass has counted.
pub fn forget_tallies(_: &Permit, run: &RegradeId) -> Statement {
    sql("DELETE FROM regrade_tallies WHERE regrade_id = ?").bind(run)
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
