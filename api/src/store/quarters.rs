//! The quarterly look: kept sums, what sections make of them, and what is to become of their customers.

use serde::Deserialize;
use shared::calendar::Millis;
use shared::dto::quarter::{CustomerQuarter, NewMark, QuarterCustomer, UnitQuarter};
use shared::id::{CustomerCode, CustomerId, Name, Note, UnitId};
use shared::json;
use shared::number::Fen;
use shared::permission::{Permit, Scope};
use shared::quarter::Quarter;
use shared::review::{Look, Mark};

use super::db::{DbError, Statement, flag, sql};
use super::forms::grade;
use super::guard::Guard;

/// A unit's quarter as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct LookRow {
    unit: UnitId,
    name: Name,
    look: Option<String>,
    /// For If-Match; 0 while nothing is written.
    pub version: i64,
    /// What a ledger gave, as of now.
    pub total: Option<Fen>,
    kept: Option<Fen>,
    #[serde(deserialize_with = "flag")]
    kept_counted: bool,
    /// When it was closed.
    pub closed_at: Option<Millis>,
    /// By whom.
    pub closed_by: Option<Name>,
}

impl LookRow {
    /// What is written.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn look(&self) -> Result<Look, DbError> {
        let Some(text) = &self.look else { return Ok(Look::default()) };
        json::read(text).map_err(|error| DbError::other(format!("quarter of {}: {error}", self.unit)))
    }

    /// How far it is. What was closed stays; before that the sums of now count.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn standing(&self) -> Result<UnitQuarter, DbError> {
        let (sales, counted) = match self.closed_at {
            Some(_) => (self.kept, self.kept_counted),
            None => (self.total.or(self.look()?.typed), self.total.is_some()),
        };
        let (unit, name) = (self.unit.clone(), self.name.clone());
        Ok(UnitQuarter { unit, name, sales, counted, closed_at: self.closed_at, begun: self.look.is_some() })
    }
}

const LOOK: &str = "SELECT u.id AS unit, u.name, l.look, coalesce(l.version, 0) AS version, l.sales AS kept, \
    coalesce(l.counted, 0) AS kept_counted, l.closed_at, l.closed_by, \
    (SELECT t.sales FROM quarter_totals t WHERE t.unit_id = u.id AND t.quarter = ?1) AS total \
    FROM units u LEFT JOIN quarter_looks l ON l.unit_id = u.id AND l.quarter = ?1";

/// A unit's quarter.
pub fn find(unit: &UnitId, quarter: Quarter) -> Statement {
    sql(format!("{LOOK} WHERE u.id = ?2")).bind(quarter.to_string()).bind(unit)
}

/// The quarters of the units of a scope, by name. There are few units.
pub fn of_units(scope: &Scope, quarter: Quarter) -> Statement {
    let quarter = quarter.to_string();
    match scope {
        Scope::Unit(unit) => sql(format!("{LOOK} WHERE u.id = ?2")).bind(quarter).bind(unit),
        // A rep sees no unit as a whole, and is told so before.
        Scope::All | Scope::Rep(_) => sql(format!("{LOOK} ORDER BY u.name")).bind(quarter),
    }
}

/// The units, or the one, that work and have not closed their look at a quarter, as one JSON cell.
pub fn not_closed(unit: Option<&UnitId>, quarter: Quarter) -> Statement {
    sql(
        "SELECT json_group_array(u.id) AS json FROM units u WHERE u.active = 1 AND u.id = coalesce(?1, u.id) \
         AND NOT EXISTS (SELECT 1 FROM quarter_looks l \
            WHERE l.unit_id = u.id AND l.quarter = ?2 AND l.closed_at IS NOT NULL)",
    )
    .bind(unit.map(UnitId::to_string))
    .bind(quarter.to_string())
}

/// A customer in a quarter as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct CustomerRow {
    /// Where it stands in the list.
    pub sales_rank: i64,
    /// The same among equals.
    pub tie: i64,
    id: CustomerId,
    code: CustomerCode,
    name: Name,
    tier: String,
    sales: Option<Fen>,
    mark: Option<Mark>,
    note: Option<Note>,
}

impl CustomerRow {
    /// The customer as it is answered.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn row(self) -> Result<QuarterCustomer, DbError> {
        let Self { id, code, name, sales, mark, note, .. } = self;
        Ok(QuarterCustomer { customer: id, code, name, tier: grade(&self.tier)?, sales, mark, note })
    }
}

/// A page of a unit's customers, largest yearly sales first, after a place.
pub fn customers(unit: &UnitId, quarter: Quarter, (rank, tie): (i64, i64), limit: u32) -> Statement {
    sql("SELECT c.sales_rank, c.tie, c.id, c.code, c.name, c.tier, \
         (SELECT s.sales FROM quarter_sales s WHERE s.customer_id = c.id AND s.quarter = ?1) AS sales, \
         (SELECT m.mark FROM quarter_marks m WHERE m.customer_id = c.id AND m.quarter = ?1 AND m.unit_id = ?2) AS mark, \
         (SELECT m.note FROM quarter_marks m WHERE m.customer_id = c.id AND m.quarter = ?1 AND m.unit_id = ?2) AS note \
         FROM customers c INDEXED BY customers_unit_sales \
         WHERE c.unit_id = ?2 AND (c.sales_rank, c.tie) > (?3, ?4) ORDER BY c.sales_rank, c.tie LIMIT ?5")
    .bind(quarter.to_string())
    .bind(unit)
    .bind(rank)
    .bind(tie)
    .bind(limit)
}

/// Writes a look over the version that was read: [`Guard::Version`] when somebody wrote it meanwhile. Closed,
/// it keeps the sums of this moment.
///
/// # Errors
/// When it cannot be serialized.
pub fn write(
    _: &Permit,
    (unit, quarter, version): (&UnitId, Quarter, i64),
    look: &Look,
    closed: Option<(Millis, &Name)>,
) -> Result<[Statement; 2], DbError> {
    let quarter = quarter.to_string();
    let (at, by) = closed.map_or((None, None), |(at, by)| (Some(at), Some(by.to_string())));
    let statement = sql(
        "INSERT INTO quarter_looks (unit_id, quarter, look, version, closed_at, closed_by, sales, counted) \
         SELECT ?1, ?2, ?3, ?4 + 1, ?5, ?6, \
            iif(?5 IS NULL, NULL, coalesce((SELECT sales FROM quarter_totals WHERE unit_id = ?1 AND quarter = ?2), ?7)), \
            EXISTS (SELECT 1 FROM quarter_totals WHERE unit_id = ?1 AND quarter = ?2) \
         WHERE ?4 = coalesce((SELECT version FROM quarter_looks WHERE unit_id = ?1 AND quarter = ?2), 0) \
         ON CONFLICT DO UPDATE SET look = excluded.look, version = excluded.version, sales = excluded.sales, \
            counted = excluded.counted, closed_at = excluded.closed_at, closed_by = excluded.closed_by",
    )
    .bind(unit)
    .bind(quarter)
    .bind_json(look)?
    .bind(version)
    .bind(at)
    .bind(by)
    .bind(look.typed.map(Fen::get));
    Ok([statement, Guard::Version.one_changed()])
}

/// Sets marks of a unit's customers, before the look is closed: [`Guard::State`] when a customer belongs to
/// another.
///
/// # Errors
/// When they cannot be serialized.
pub fn mark(
    _: &Permit,
    (unit, quarter): (&UnitId, Quarter),
    marks: &[NewMark],
) -> Result<[Statement; 2], DbError> {
    let own = Guard::State
        .holds(
            "(SELECT count(*) FROM json_each(?) j CROSS JOIN customers c ON c.id = j.value->>'customer' \
             WHERE c.unit_id = ?) = ?",
        )
        .bind_json(&marks)?
        .bind(unit)
        .bind(i64::try_from(marks.len()).unwrap_or(i64::MAX));
    let set = sql("INSERT INTO quarter_marks (customer_id, quarter, unit_id, mark, note) \
         SELECT value->>'customer', ?, ?, value->>'mark', value->>'note' FROM json_each(?) WHERE true \
         ON CONFLICT DO UPDATE SET mark = excluded.mark, note = excluded.note")
    .bind(quarter.to_string())
    .bind(unit)
    .bind_json(&marks)?;
    Ok([own, set])
}

/// A customer's quarter as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct QuarterRow {
    quarter: Quarter,
    sales: Option<Fen>,
    mark: Option<Mark>,
    note: Option<Note>,
}

impl From<QuarterRow> for CustomerQuarter {
    fn from(row: QuarterRow) -> Self {
        let QuarterRow { quarter, sales, mark, note } = row;
        Self { quarter, sales, mark, note }
    }
}

/// Some quarters of a customer. Of two units that marked it, the one it belongs to says what counts.
///
/// # Errors
/// When the quarters cannot be serialized.
pub fn of_customer(id: &CustomerId, quarters: &[Quarter]) -> Result<Statement, DbError> {
    sql("SELECT q.value AS quarter, \
         (SELECT s.sales FROM quarter_sales s WHERE s.customer_id = c.id AND s.quarter = q.value) AS sales, \
         m.mark, m.note FROM json_each(?) q CROSS JOIN customers c LEFT JOIN quarter_marks m \
         ON m.customer_id = c.id AND m.quarter = q.value AND m.unit_id = coalesce( \
            (SELECT o.unit_id FROM quarter_marks o WHERE o.customer_id = c.id AND o.quarter = q.value \
                AND o.unit_id = c.unit_id AND o.mark IS NOT NULL), \
            (SELECT min(o.unit_id) FROM quarter_marks o WHERE o.customer_id = c.id AND o.quarter = q.value \
                AND o.mark IS NOT NULL)) \
         WHERE c.id = ? ORDER BY q.value")
    .bind_json(&quarters)
    .map(|statement| statement.bind(id))
}
