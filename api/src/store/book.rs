//! The book: all customers in the order in which they were added, a bounded stretch at a time, with what
//! the grades of some years follow from.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::calendar::Date;
use shared::grading::Input;
use shared::id::{CustomerCode, CustomerId, Key, Label, Name, UnitId};
use shared::json::{self, Mismatch};

use super::db::{DbError, Statement, sql};

/// What is known of some years, by input key.
pub type Inputs = BTreeMap<i32, BTreeMap<Key, Input>>;

/// A grade that is stored: tier (empty without one), score, whether it is provisional (0 or 1).
pub type Grades = BTreeMap<i32, (String, i64, i64)>;

/// A customer of the book.
#[derive(Debug, Clone, Deserialize)]
pub struct BookRow {
    /// Its place in the book.
    pub seq: i64,
    /// Its id.
    pub id: CustomerId,
    /// The company's number for it.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// Its unit.
    pub unit_id: UnitId,
    /// Its segment.
    pub segment: Option<Label>,
    /// Since when the company works with it.
    pub since: Option<Date>,
    /// Of everything about it.
    pub revision: i64,
    years: String,
    grades: String,
}

impl BookRow {
    fn broken(&self, error: &Mismatch) -> DbError {
        DbError::other(format!("figures of {}: {error}", self.id))
    }

    /// The figures of the years asked for, and of each year before, as far as there are any.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn years(&self) -> Result<Inputs, DbError> {
        json::read(&self.years).map_err(|error| self.broken(&error))
    }

    /// The grades that are stored for the years asked for.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn grades(&self) -> Result<Grades, DbError> {
        json::read(&self.grades).map_err(|error| self.broken(&error))
    }
}

/// Customers with the figures of some years and of each year before them, from which growth follows, and the
/// grades that are stored for some of them; a condition on the customer comes after it.
const SELECT: &str = "SELECT c.seq, c.id, c.code, c.name, c.unit_id, c.segment, c.since, c.revision, \
    (SELECT json_group_object(f.year, json((SELECT json_group_object(j.key, json(j.value->'$.input')) \
        FROM json_each(f.figures) j))) FROM json_each(?) y CROSS JOIN figures f \
        ON f.customer_id = c.id AND f.year = y.value) AS years, \
    (SELECT json_group_object(a.year, json_array(a.tier, a.score, a.provisional)) FROM json_each(?) y \
        CROSS JOIN assessments a ON a.customer_id = c.id AND a.year = y.value) AS grades FROM customers c";

fn select(rest: &str, years: &[i32], graded: &[i32]) -> Result<Statement, DbError> {
    let mut known: Vec<i32> = years.iter().flat_map(|year| [year - 1, *year]).collect();
    known.sort_unstable();
    known.dedup();
    sql(format!("{SELECT} {rest}")).bind_json(&known)?.bind_json(&graded)
}

/// The stretch of the book after a place. It reads that many customers and their years, however long the book
/// is.
///
/// # Errors
/// When the years cannot be serialized.
pub fn stretch(after: i64, years: &[i32], graded: &[i32], limit: u32) -> Result<Statement, DbError> {
    let rest = "WHERE c.seq > ? ORDER BY c.seq LIMIT ?";
    Ok(select(rest, years, graded)?.bind(after).bind(limit))
}

/// The new customers after a place in the book that are due on a day, with the figures of a year. It reads
/// past the other new ones, and past nobody else.
///
/// # Errors
/// When the year cannot be serialized.
pub fn due(after: i64, year: i32, day: Date, limit: u32) -> Result<Statement, DbError> {
    let rest = "INDEXED BY customers_new WHERE c.due_on IS NOT NULL AND c.due_on <= ? AND c.tie > ? \
        ORDER BY c.tie LIMIT ?";
    Ok(select(rest, &[year], &[])?.bind(&day).bind(after).bind(limit))
}

/// One customer, with the figures of a year.
///
/// # Errors
/// When the year cannot be serialized.
pub fn one(id: &CustomerId, year: i32) -> Result<Statement, DbError> {
    Ok(select("WHERE c.id = ?", &[year], &[])?.bind(id))
}

/// How many customers the book has: none is ever removed, so the last one's place says it.
pub fn length() -> Statement {
    sql("SELECT CAST(coalesce(max(seq), 0) AS TEXT) AS json FROM customers")
}
