//! New customers, and the provisional grades of their deals.

use serde::Deserialize;
use shared::calendar::{Date, Millis};
use shared::dto::review::{DealGrade, MOST_NEWCOMERS, NewDealGrade, NewcomerRow as Row};
use shared::id::{CustomerCode, CustomerId, CycleId, Label, Name, Reason, UnitId, UserId};
use shared::permission::{Permit, Scope};
use shared::review::Youth;

use super::cycles::grade_text;
use super::db::{DbError, Param, Statement, sql};
use super::forms::grade;
use super::guard::Guard;

/// A new customer as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct NewcomerRow {
    /// Its place in the book.
    pub seq: i64,
    id: CustomerId,
    code: CustomerCode,
    name: Name,
    unit_id: UnitId,
    rep_id: Option<UserId>,
    /// When it is due.
    pub due_on: Date,
    tier: String,
}

impl NewcomerRow {
    /// The customer as it is answered on a day.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn row(self, today: Date) -> Result<Row, DbError> {
        Ok(Row {
            customer: self.id,
            code: self.code,
            name: self.name,
            unit: self.unit_id,
            rep: self.rep_id,
            state: Youth::of(Some(self.due_on), today),
            due_on: self.due_on,
            tier: grade(&self.tier)?,
        })
    }
}

const COLUMNS: &str = "seq, id, code, name, unit_id, rep_id, due_on, tier";

/// Those that no open cycle has a form of: somebody is asked for them.
const FREE: &str = "NOT EXISTS (SELECT 1 FROM forms f \
    WHERE f.cycle_id = (SELECT id FROM cycles WHERE is_open = 1) AND f.customer_id = customers.id)";

/// The index of a scope, and what narrows it.
fn within(scope: &Scope) -> (&'static str, &'static str, Option<Param>) {
    match scope {
        Scope::All => ("customers_due", "", None),
        Scope::Unit(unit) => ("customers_unit_due", "unit_id = ? AND ", Some(unit.into())),
        Scope::Rep(rep) => ("customers_rep_due", "rep_id = ? AND ", Some(rep.into())),
    }
}

/// How many are counted by unit, of all units together.
const MOST_BY_UNIT: u32 = 1_000;

/// A page of those of a scope that are due between two days, each open where it is absent, after a place.
pub fn page(
    scope: &Scope,
    (from, until): (Option<Date>, Option<Date>),
    after: Option<(Date, i64)>,
    limit: u32,
) -> Statement {
    let (index, narrowed, own) = within(scope);
    let (day, tie) = after.map_or_else(|| (String::new(), 0), |(day, tie)| (day.to_string(), tie));
    let text = format!(
        "SELECT {COLUMNS} FROM customers INDEXED BY {index} WHERE {narrowed}due_on IS NOT NULL AND due_on >= ? \
         AND due_on <= ? AND (due_on, tie) > (?, ?) ORDER BY due_on, tie LIMIT ?"
    );
    own.into_iter()
        .fold(sql(text), Statement::bind)
        .bind(from.map_or_else(String::new, String::from))
        .bind(until.map_or_else(|| "9999".to_owned(), String::from))
        .bind(day)
        .bind(tie)
        .bind(limit)
}

/// How many of a scope are due on a day and have no form in an open cycle, as one JSON cell; at most
/// [`MOST_NEWCOMERS`] are counted.
pub fn count(scope: &Scope, today: Date) -> Statement {
    let (index, narrowed, own) = within(scope);
    let text = format!(
        "SELECT CAST(count(*) AS TEXT) AS json FROM (SELECT 1 FROM customers INDEXED BY {index} \
         WHERE {narrowed}due_on IS NOT NULL AND due_on <= ? AND {FREE} LIMIT {MOST_NEWCOMERS})"
    );
    own.into_iter().fold(sql(text), Statement::bind).bind(&today)
}

/// Those of a scope that were due on a day or before, none where it is absent, as one JSON cell of unit, how many,
/// the first day; at most [`MOST_BY_UNIT`] are counted, the longest due first.
pub fn by_unit(scope: &Scope, until: Option<Date>) -> Statement {
    let (index, narrowed, own) = within(scope);
    let text = format!(
        "SELECT json_group_array(json_array(unit_id, many, first)) AS json FROM (SELECT unit_id, count(*) AS many, \
         min(due_on) AS first FROM (SELECT unit_id, due_on FROM customers INDEXED BY {index} \
         WHERE {narrowed}due_on IS NOT NULL AND due_on <= ? ORDER BY due_on LIMIT {MOST_BY_UNIT}) GROUP BY unit_id)"
    );
    own.into_iter().fold(sql(text), Statement::bind).bind(until.map_or_else(String::new, String::from))
}

/// The first of those who are due and have no form.
pub fn first(scope: &Scope, today: Date, limit: u32) -> Statement {
    let (index, narrowed, own) = within(scope);
    let text = format!(
        "SELECT {COLUMNS} FROM customers INDEXED BY {index} WHERE {narrowed}due_on IS NOT NULL AND due_on <= ? \
         AND {FREE} ORDER BY due_on, tie LIMIT ?"
    );
    own.into_iter().fold(sql(text), Statement::bind).bind(&today).bind(limit)
}

/// How a customer stands, and whether the open cycle, if there is one, has a form of it.
#[derive(Debug, Clone, Deserialize)]
pub struct StandingRow {
    /// When it is due.
    pub due_on: Option<Date>,
    /// The open cycle, without a form of it.
    pub missing_in: Option<CycleId>,
}

/// How a customer stands.
pub fn standing(id: &CustomerId) -> Statement {
    sql("SELECT c.due_on, (SELECT y.id FROM cycles y WHERE y.is_open = 1 AND NOT EXISTS \
         (SELECT 1 FROM forms f WHERE f.cycle_id = y.id AND f.customer_id = c.id)) AS missing_in \
         FROM customers c WHERE c.id = ?")
    .bind(id)
}

/// The grade of a deal as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct DealRow {
    /// Its place in the order in which they were given.
    pub id: i64,
    deal: Name,
    day: Date,
    grade: Label,
    reason: Reason,
    by_name: Name,
    at: Millis,
}

impl From<DealRow> for DealGrade {
    fn from(row: DealRow) -> Self {
        let DealRow { deal, day, grade, reason, by_name, at, .. } = row;
        Self { deal, day, grade, reason, by: by_name, at }
    }
}

/// A customer's deals, newest first, before a place.
pub fn deals(id: &CustomerId, before: Option<i64>, limit: u32) -> Statement {
    sql("SELECT id, deal, day, grade, reason, by_name, at FROM deal_grades \
         WHERE customer_id = ? AND id < ? ORDER BY id DESC LIMIT ?")
    .bind(id)
    .bind(before.unwrap_or(i64::from(u32::MAX) << 16))
    .bind(limit)
}

/// Gives a deal a grade, of a customer that is due as was read: [`Guard::State`] when it no longer is.
pub fn give(
    _: &Permit,
    id: &CustomerId,
    due_on: Option<Date>,
    (given, by, at): (&NewDealGrade, &Name, Millis),
) -> [Statement; 2] {
    let still = Guard::State
        .holds("EXISTS (SELECT 1 FROM customers WHERE id = ? AND due_on IS ?)")
        .bind(id)
        .bind(due_on.map(String::from));
    let insert = sql("INSERT INTO deal_grades (customer_id, deal, day, grade, reason, by_name, at) \
         VALUES (?, ?, ?, ?, ?, ?, ?)")
    .bind(id)
    .bind(&given.deal)
    .bind(&given.day)
    .bind(grade_text(Some(&given.grade)))
    .bind(&given.reason)
    .bind(by)
    .bind(at);
    [still, insert]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_walks_an_index_that_exists_and_binds_its_values() {
        let schema = include_str!("../../migrations/0046_newcomers.sql");
        let scopes =
            [Scope::All, Scope::Unit(UnitId::parse("u1").unwrap()), Scope::Rep(UserId::parse("r1").unwrap())];
        let day = Date::parse("2026-03-26").unwrap();
        for scope in scopes {
            assert!(schema.contains(&format!("INDEX {} ON", within(&scope).0)));
            for statement in [
                page(&scope, (None, Some(day)), Some((day, 7)), 51),
                count(&scope, day),
                first(&scope, day, 5),
                by_unit(&scope, Some(day)),
            ] {
                assert_eq!(statement.text().matches('?').count(), statement.params().len());
            }
        }
    }
}
