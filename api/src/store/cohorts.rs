//! What grades take from all other customers, as runs found it, by policy and year.

use std::collections::BTreeMap;

use shared::gather;
use shared::grading::Cohort;
use shared::id::{PolicyId, RegradeId};
use shared::json;
use shared::permission::Permit;

use super::db::{DbError, Statement, sql};

/// A cohort as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Under which an assessment names it.
    pub id: i64,
    /// The statistics.
    pub cohort: Cohort,
}

/// The cohorts in which a policy's customers are graded now, by year.
pub type Cohorts = BTreeMap<i32, Kept>;

/// The newest cohorts of the policy `p` of the query around it, as one JSON cell for [`read`].
pub(super) const NEWEST: &str = "(SELECT json_group_array(json_array(k.year, k.id, json(k.body))) \
    FROM newest_cohorts n JOIN cohorts k ON k.id = n.cohort_id WHERE n.policy_id = p.id)";

/// The cohorts in a cell of [`NEWEST`].
///
/// # Errors
/// When what is stored has another shape.
pub(super) fn read(cell: &str) -> Result<Cohorts, DbError> {
    let kept: Vec<(i32, i64, Cohort)> =
        json::read(cell).map_err(|error| DbError::other(format!("cohorts: {error}")))?;
    Ok(gather::map(kept.into_iter().map(|(year, id, cohort)| (year, Kept { id, cohort }))))
}

/// The newest cohort of a policy and a year, as one JSON cell.
pub fn newest(policy: &PolicyId, year: i32) -> Statement {
    sql("SELECT k.body AS json FROM newest_cohorts n JOIN cohorts k ON k.id = n.cohort_id \
         WHERE n.policy_id = ? AND n.year = ?")
    .bind(policy)
    .bind(year)
}

/// Keeps what a run found for its years; from now on customers are graded in it.
///
/// # Errors
/// When a cohort cannot be serialized.
pub fn insert(
    _: &Permit,
    policy: &PolicyId,
    run: &RegradeId,
    found: &BTreeMap<i32, Cohort>,
) -> Result<Vec<Statement>, DbError> {
    let insert = |(year, cohort): (&i32, &Cohort)| {
        let statement = sql("INSERT INTO cohorts (policy_id, year, regrade_id, body) VALUES (?, ?, ?, ?)");
        statement.bind(policy).bind(*year).bind(run).bind_json(cohort)
    };
    found.iter().map(insert).collect()
}
