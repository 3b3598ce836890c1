//! Yearly figures and the computed grades they gave.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::calendar::Millis;
use shared::dto::figures::Figure;
use shared::id::{CustomerId, Key, PolicyId};
use shared::json;

use super::db::{DbError, Statement, flag, sql};

/// What is stored of a customer's year, by input key.
pub type Figures = BTreeMap<Key, Figure>;

/// Most years that a customer's page shows.
const YEARS: u32 = 10;

/// A year's figures and when they were last read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct StoredYear {
    /// Of the figures.
    pub version: i64,
    /// The figures.
    pub figures: Figures,
    /// The tier they gave; empty without a grade.
    pub tier: String,
    /// The score they gave.
    pub score: i64,
}

/// Every year of a customer.
pub type Years = BTreeMap<i32, StoredYear>;

/// A customer's years.
#[derive(Debug, Deserialize)]
pub struct YearsRow {
    /// Whose.
    pub customer: CustomerId,
    years: String,
}

impl YearsRow {
    /// The years.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn years(&self) -> Result<Years, DbError> {
        json::read(&self.years)
            .map_err(|error| DbError::other(format!("figures of {}: {error}", self.customer)))
    }
}

/// All years of some customers, a row each; customers without any are left out.
///
/// # Errors
/// When the ids cannot be serialized.
pub fn of_customers(ids: &[&CustomerId]) -> Result<Statement, DbError> {
    sql("SELECT f.customer_id AS customer, json_group_object(f.year, json_object('version', f.version, \
         'figures', json(f.figures), 'tier', coalesce(a.tier, ''), 'score', coalesce(a.score, 0))) AS years \
         FROM json_each(?) j CROSS JOIN figures f ON f.customer_id = j.value \
         LEFT JOIN assessments a ON a.customer_id = f.customer_id AND a.year = f.year GROUP BY f.customer_id")
    .bind_json(&ids)
}

/// A year as a customer's page shows it.
#[derive(Debug, Clone, Deserialize)]
pub struct YearRow {
    /// The year.
    pub year: i32,
    /// Of the figures.
    pub version: i64,
    /// The figures, as JSON.
    pub figures: String,
    /// By which policy it was graded.
    pub policy_id: PolicyId,
    /// When.
    pub graded_at: Millis,
    /// The tier; empty without a grade.
    pub tier: String,
    /// Whether the grade is provisional.
    #[serde(deserialize_with = "flag")]
    pub provisional: bool,
    /// The score.
    pub score: i64,
    /// What was graded, as JSON.
    pub inputs: String,
    /// The explanation, as JSON.
    pub explanation: String,
    /// The cohort it was graded in, as JSON.
    pub cohort: Option<String>,
}

/// The latest years of a customer, latest first.
pub fn latest(customer: &CustomerId) -> Statement {
    sql("SELECT f.year, f.version, f.figures, a.policy_id, a.graded_at, a.tier, a.provisional, a.score, a.inputs, \
         a.explanation, k.body AS cohort FROM figures f \
         JOIN assessments a ON a.customer_id = f.customer_id AND a.year = f.year \
         LEFT JOIN cohorts k ON k.id = a.cohort_id WHERE f.customer_id = ? ORDER BY f.year DESC LIMIT ?")
    .bind(customer)
    .bind(YEARS)
}

/// Writes figures: customer, year, figures.
pub(super) const WRITE: &str = "INSERT INTO figures (customer_id, year, figures) \
    SELECT value->>0, value->>1, value->>2 FROM json_each(?) WHERE true \
    ON CONFLICT (customer_id, year) DO UPDATE SET figures = excluded.figures, version = version + 1";

/// Writes computed grades.
pub(super) const GRADE: &str = "INSERT INTO assessments \
    (customer_id, year, policy_id, graded_at, tier, provisional, score, evidence, missing, sales, inputs, explanation, \
    cohort_id) \
    SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, \
    value->>9, value->>10, value->>11, value->>12 FROM json_each(?) WHERE true \
    ON CONFLICT (customer_id, year) DO UPDATE SET policy_id = excluded.policy_id, graded_at = excluded.graded_at, \
    tier = excluded.tier, provisional = excluded.provisional, score = excluded.score, evidence = excluded.evidence, \
    missing = excluded.missing, sales = excluded.sales, inputs = excluded.inputs, explanation = excluded.explanation, \
    cohort_id = excluded.cohort_id";
