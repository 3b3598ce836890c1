//! Imports and their chunks, the rows already known, and remembered column mappings.

use serde::{Deserialize, Serialize};
use shared::calendar::{Date, Millis};
use shared::dto::import::{ChunkResult, Counts, ImportState, RememberedMapping, StartImport};
use shared::id::{ImportId, Name, UnitId, UserId};
use shared::json;
use shared::ledger::Shape;
use shared::permission::Permit;

use super::db::{DbError, Statement, sql};
use super::guard::Guard;

/// Rows of a page of known rows.
pub const KNOWN_ROWS: u32 = 2_000;

/// The text under which a shape is stored.
#[must_use]
pub const fn shape_code(shape: Shape) -> &'static str {
    match shape {
        Shape::Annual => "annual",
        Shape::Receivables => "receivables",
    }
}

/// An import as it is stored, with its chunks.
#[derive(Debug, Clone, Deserialize)]
pub struct ImportRow {
    id: ImportId,
    shape: Shape,
    file_name: Name,
    as_of: Date,
    default_unit: UnitId,
    chunks: u32,
    rows: u32,
    by_name: Name,
    started_at: Millis,
    completed_at: Option<Millis>,
    written: String,
}

impl ImportRow {
    /// The import as it is answered.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn state(self) -> Result<ImportState, DbError> {
        let written: Vec<ChunkResult> = json::read(&self.written)
            .map_err(|error| DbError::other(format!("chunks of {}: {error}", self.id)))?;
        let mut state = ImportState {
            id: self.id,
            shape: self.shape,
            file_name: self.file_name,
            as_of: self.as_of,
            default_unit: self.default_unit,
            chunks: self.chunks,
            rows: self.rows,
            received: Vec::new(),
            counts: Counts::default(),
            customers_added: 0,
            graded: 0,
            by: self.by_name,
            started_at: self.started_at,
            completed_at: self.completed_at,
        };
        for chunk in &written {
            state.receive(chunk);
        }
        Ok(state)
    }
}

const STATE: &str = "SELECT i.id, i.shape, i.file_name, i.as_of, i.default_unit, i.chunks, i.\"rows\", i.by_name, \
    i.started_at, i.completed_at, (SELECT json_group_array(json(c.result)) FROM import_chunks c \
    WHERE c.import_id = i.id) AS written FROM imports i";

/// An import by its id.
pub fn find(id: &ImportId) -> Statement {
    sql(format!("{STATE} WHERE i.id = ?")).bind(id)
}

/// A page of imports, newest first, after a place.
pub fn page(after: Option<&(Millis, String)>, limit: u32) -> Statement {
    match after {
        None => sql(format!("{STATE} ORDER BY i.started_at DESC, i.id DESC LIMIT ?")).bind(limit),
        Some((at, id)) => sql(format!(
            "{STATE} WHERE (i.started_at, i.id) < (?, ?) ORDER BY i.started_at DESC, i.id DESC LIMIT ?"
        ))
        .bind(*at)
        .bind(id)
        .bind(limit),
    }
}

/// Begins an import, for whoever was permitted to.
pub fn insert(_: &Permit, start: &StartImport, by: (&UserId, &Name), now: Millis) -> Statement {
    sql("INSERT INTO imports (id, shape, file_name, as_of, default_unit, chunks, \"rows\", by_id, by_name, started_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .bind(&start.id)
    .bind(shape_code(start.shape))
    .bind(&start.file_name)
    .bind(&start.as_of)
    .bind(&start.default_unit)
    .bind(start.chunks)
    .bind(start.rows)
    .bind(by.0)
    .bind(by.1)
    .bind(now)
}

/// A chunk that was written.
#[derive(Debug, Clone, Deserialize)]
pub struct ChunkRow {
    /// Of the rows that were sent.
    pub digest: String,
    /// The answer, as JSON.
    pub result: String,
}

/// A chunk of an import.
pub fn chunk(id: &ImportId, n: u32) -> Statement {
    sql("SELECT digest, result FROM import_chunks WHERE import_id = ? AND n = ?").bind(id).bind(n)
}

/// Writes a chunk down, and fails the batch unless it brings the import to so many chunks: who
/// completes an import says so in the audit trail, and so must know it.
///
/// # Errors
/// When the result cannot be serialized.
pub fn insert_chunk(
    _: &Permit,
    id: &ImportId,
    digest: &str,
    result: &ChunkResult,
    received: usize,
) -> Result<[Statement; 2], DbError> {
    let insert = sql("INSERT INTO import_chunks (import_id, n, digest, result) VALUES (?, ?, ?, ?)")
        .bind(id)
        .bind(result.chunk)
        .bind(digest)
        .bind_json(result)?;
    let received = i64::try_from(received).unwrap_or(i64::MAX);
    let guard = Guard::State
        .holds("(SELECT count(*) FROM import_chunks WHERE import_id = ?) = ?")
        .bind(id)
        .bind(received);
    Ok([insert, guard])
}

/// Completes an import.
pub fn complete(id: &ImportId, now: Millis) -> Statement {
    sql("UPDATE imports SET completed_at = ? WHERE id = ? AND completed_at IS NULL").bind(now).bind(id)
}

/// A page of known rows as one JSON cell, and the key of its last.
#[derive(Debug, Deserialize)]
pub struct KnownPage {
    /// A JSON array of `shared::ledger` rows.
    pub rows: String,
    /// How many.
    pub count: u32,
    /// The key to go on after.
    pub last: Option<String>,
}

/// Rows already known, in order of customer, after a key. The key joins the parts by a blank, which
/// sorts before everything that an id is made of.
pub fn known(shape: Shape, after: &str) -> Statement {
    let (customer, rest) = after.split_once(' ').unwrap_or((after, ""));
    match shape {
        Shape::Annual => sql(format!(
            "SELECT json_group_array(json(r)) AS \"rows\", count(*) AS count, max(k) AS last FROM (SELECT \
             f.customer_id || ' ' || f.year AS k, json_object('code', c.code, 'year', f.year, 'name', c.name, \
             'unit', u.name, 'rep', p.name, 'segment', c.segment, 'since', c.since, 'values', \
             json((SELECT json_group_object(j.key, json(j.value->'$.input')) FROM json_each(f.figures) j)), 'entered', \
             json((SELECT json_group_array(j.key) FROM json_each(f.figures) j WHERE j.value->>'$.source' = 'entered'))) AS r \
             FROM (SELECT * FROM figures WHERE (customer_id, year) > (?, ?) ORDER BY customer_id, year LIMIT {KNOWN_ROWS}) f \
             CROSS JOIN customers c ON c.id = f.customer_id CROSS JOIN units u ON u.id = c.unit_id \
             LEFT JOIN users p ON p.id = c.rep_id)"
        ))
        .bind(customer)
        .bind(rest.parse::<i64>().unwrap_or(0)),
        Shape::Receivables => sql(format!(
            "SELECT json_group_array(json(r)) AS \"rows\", count(*) AS count, max(k) AS last FROM (SELECT \
             i.customer_id || ' ' || i.number AS k, json_object('code', c.code, 'number', i.number, 'name', c.name, \
             'unit', u.name, 'rep', p.name, 'issued', i.issued, 'due', i.due, 'amount', i.amount, \
             'settled', i.settled, 'disputed', json(CASE i.disputed WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)) AS r \
             FROM (SELECT * FROM invoices WHERE (customer_id, number) > (?, ?) ORDER BY customer_id, number LIMIT {KNOWN_ROWS}) i \
             CROSS JOIN customers c ON c.id = i.customer_id CROSS JOIN units u ON u.id = c.unit_id \
             LEFT JOIN users p ON p.id = c.rep_id)"
        ))
        .bind(customer)
        .bind(rest),
    }
}

/// A remembered mapping, as one JSON cell.
pub fn mapping(shape: Shape, headings: &str) -> Statement {
    sql("SELECT mapping AS json FROM import_mappings WHERE shape = ? AND headings = ?")
        .bind(shape_code(shape))
        .bind(headings)
}

/// Remembers a mapping.
///
/// # Errors
/// When it cannot be serialized.
pub fn remember(
    _: &Permit,
    known: &RememberedMapping,
    by: &UserId,
    now: Millis,
) -> Result<Statement, DbError> {
    Ok(sql("INSERT INTO import_mappings (shape, headings, mapping, by_id, at) VALUES (?, ?, ?, ?, ?) \
            ON CONFLICT (shape, headings) DO UPDATE SET mapping = excluded.mapping, by_id = excluded.by_id, \
            at = excluded.at")
    .bind(shape_code(known.shape))
    .bind(&known.headings)
    .bind_json(&known.mapping)?
    .bind(by)
    .bind(now))
}

/// What a start says, to tell a repetition from another import.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Said<'a>(Shape, &'a Name, Date, &'a UnitId, u32, u32);

impl<'a> Said<'a> {
    /// Of a request.
    #[must_use]
    pub const fn of(start: &'a StartImport) -> Self {
        Self(start.shape, &start.file_name, start.as_of, &start.default_unit, start.chunks, start.rows)
    }

    /// Of an import.
    #[must_use]
    pub const fn stored(state: &'a ImportState) -> Self {
        Self(state.shape, &state.file_name, state.as_of, &state.default_unit, state.chunks, state.rows)
    }
}
