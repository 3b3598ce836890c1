//! Published grades.

use serde::Deserialize;
use shared::calendar::{Date, Millis};
use shared::dto::review::PublishedGrade;
use shared::id::{CustomerId, CycleId, Label, PolicyId};

use super::db::{Statement, sql};

/// A published grade as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct GradeRow {
    /// Its place in the order of publication.
    pub id: i64,
    cycle_id: CycleId,
    year: i32,
    policy_id: PolicyId,
    grade: Option<Label>,
    effective: Date,
    at: Millis,
}

impl From<GradeRow> for PublishedGrade {
    fn from(row: GradeRow) -> Self {
        Self {
            cycle: row.cycle_id,
            year: row.year,
            policy: row.policy_id,
            grade: row.grade,
            effective: row.effective,
            at: row.at,
        }
    }
}

/// A customer's published grades, newest first, before a place.
pub fn of_customer(customer: &CustomerId, before: Option<i64>, limit: u32) -> Statement {
    sql("SELECT id, cycle_id, year, policy_id, grade, effective, at FROM grades \
         WHERE customer_id = ? AND id < ? ORDER BY id DESC LIMIT ?")
    .bind(customer)
    .bind(before.unwrap_or(i64::from(u32::MAX) << 16))
    .bind(limit)
}
