//! Published grades.

use serde::Deserialize;
use shared::calendar::{Date, Millis};
use shared::dto::review::PublishedGrade;
use shared::id::{CustomerId, CycleId, Label, PolicyId};
use shared::review::Stage;

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

/// Most decisions that a customer's page shows.
const DECISIONS: u32 = 10;

/// A [`GradedYear`](shared::dto::review::GradedYear) of a form `f` in its cycle `y`: what is computed of it stays as it is while it is decided on.
const DECIDED: &str = "json_object('year', y.year, 'policy', y.policy_id, 'cycle', y.id, 'at', \
    (SELECT e.body->>'$.entry.at' FROM form_entries e WHERE e.cycle_id = f.cycle_id AND e.customer_id = f.customer_id \
    AND e.body->>'$.entry.step' IN ('decide', 'set_aside') ORDER BY e.id DESC LIMIT 1), \
    'effective', f.state->>'$.effective', 'grade', nullif(f.grade, ''), 'assessment', json(f.explanation))";

/// What the cycles have decided of a customer, latest first, as one JSON cell. There are as many cycles as years
/// and a few more: they are gone through.
pub fn decided(customer: &CustomerId) -> Statement {
    let stages = decided_stages();
    sql(format!(
        "SELECT json_group_array(json(body)) AS json FROM (SELECT {DECIDED} AS body FROM cycles y CROSS JOIN forms f \
         ON f.cycle_id = y.id AND f.customer_id = ? WHERE f.stage IN ({stages}) ORDER BY y.seq DESC LIMIT {DECISIONS})"
    ))
    .bind(customer)
}

/// A customer's year before a cycle, as one JSON cell: as the cycle published before decided or, where none did, as
/// the figures of the year before gave it.
pub fn before(cycle: &CycleId, customer: &CustomerId) -> Statement {
    sql(format!(
        "SELECT coalesce((SELECT {DECIDED} FROM cycles y CROSS JOIN forms f \
         ON f.cycle_id = y.id AND f.customer_id = ?1 WHERE y.seq < this.seq AND f.stage = 'effective' \
         ORDER BY y.seq DESC LIMIT 1), \
         (SELECT json_object('year', a.year, 'policy', a.policy_id, 'at', a.graded_at, 'grade', nullif(a.tier, ''), \
         'assessment', json(a.explanation)) FROM assessments a WHERE a.customer_id = ?1 AND a.year = this.year - 1)) \
         AS json FROM cycles this WHERE this.id = ?2"
    ))
    .bind(customer)
    .bind(cycle)
}

/// The stages in which a grade stands decided, as SQL.
fn decided_stages() -> String {
    let codes = Stage::ALL.into_iter().filter(|stage| stage.is_decided()).map(|stage| format!("'{stage}'"));
    codes.collect::<Vec<_>>().join(", ")
}
