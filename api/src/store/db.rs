//! The one door to D1. Every statement goes through here: it is counted, held to the platform's
//! limits, and its failure is classified.
//!
//! D1 binds every number as REAL. A column of a STRICT table turns it back into an integer and a
//! comparison does not mind, but inside an expression or JSON write `CAST(? AS INTEGER)`.

mod failure;
mod statement;

use std::fmt::Debug;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use js_sys::{Array, JSON};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use shared::json;
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, D1Result};

pub use failure::{Cause, DbError};
pub use statement::{Param, Statement, sql};

/// Most statements of a request.
pub const MAX_STATEMENTS: u32 = 50;

/// A row as JavaScript holds it.
#[derive(Deserialize)]
struct Row(#[serde(with = "serde_wasm_bindgen::preserve")] JsValue);

/// The rows a statement gave.
#[derive(Debug)]
pub struct Rows(D1Result);

impl Rows {
    /// Every row.
    ///
    /// # Errors
    /// [`Cause::Other`] when a row has another shape.
    pub fn read<T: DeserializeOwned>(&self) -> Result<Vec<T>, DbError> {
        let wrong = |error: &dyn Debug| DbError::other(format!("a row of another shape: {error:?}"));
        let rows: Vec<Row> = self.0.results().map_err(|error| wrong(&error))?;
        let rows: Array = rows.into_iter().map(|Row(row)| row).collect();
        let text = JSON::stringify(&rows).map_err(|error| wrong(&error))?;
        json::read(&String::from(text)).map_err(|error| wrong(&error))
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// [`Cause::Other`] when it has another shape.
    pub fn one<T: DeserializeOwned>(&self) -> Result<Option<T>, DbError> {
        Ok(self.read()?.into_iter().next())
    }

    /// The one cell named `json`, parsed: how lists of more than some 200 rows are read. NULL and no row are
    /// `None`.
    ///
    /// # Errors
    /// [`Cause::Other`] when it is not JSON of that shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<Option<T>, DbError> {
        #[derive(Deserialize)]
        struct Cell {
            json: Option<String>,
        }
        let Some(text) = self.one::<Cell>()?.and_then(|cell| cell.json) else { return Ok(None) };
        json::read(&text).map(Some).map_err(|error| DbError::other(format!("stored JSON: {error}")))
    }

    /// How many rows it changed.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.0.meta().ok().flatten().and_then(|meta| meta.changes).unwrap_or(0)
    }
}

/// What a request has cost so far.
#[derive(Debug, Default)]
struct Cost {
    statements: AtomicU32,
    rows_read: AtomicU32,
    allowance: AtomicU32,
}

/// The database, as one request sees it.
#[derive(Debug, Clone)]
pub struct Db {
    database: Option<Arc<D1Database>>,
    cost: Arc<Cost>,
}

impl Db {
    /// The database of a binding; without one every statement fails as unavailable.
    #[must_use]
    pub fn new(database: Option<D1Database>) -> Self {
        let cost = Cost { allowance: AtomicU32::new(MAX_STATEMENTS), ..Cost::default() };
        Self { database: database.map(Arc::new), cost: Arc::new(cost) }
    }

    /// Statements run and rows read so far.
    #[must_use]
    pub fn cost(&self) -> (u32, u32) {
        (self.cost.statements.load(Ordering::Relaxed), self.cost.rows_read.load(Ordering::Relaxed))
    }

    /// Allows some more statements: those that are run a second time because another writer was first.
    pub fn allow(&self, more: usize) {
        self.cost.allowance.fetch_add(u32::try_from(more).unwrap_or(u32::MAX), Ordering::Relaxed);
    }

    fn database(&self) -> Result<&D1Database, DbError> {
        self.database.as_deref().ok_or_else(|| Cause::Unavailable("no binding DB".to_owned()).into())
    }

    fn prepare(&self, statement: &Statement) -> Result<D1PreparedStatement, DbError> {
        statement.check()?;
        let count = self.cost.statements.fetch_add(1, Ordering::Relaxed) + 1;
        if count > self.cost.allowance.load(Ordering::Relaxed) {
            return Err(Cause::Refused("too many statements in one request").into());
        }
        let values = statement.values();
        let prepared = self.database()?.prepare(statement.text());
        if values.is_empty() { Ok(prepared) } else { Ok(prepared.bind(&values)?) }
    }

    fn take(&self, result: D1Result) -> Rows {
        let read = result.meta().ok().flatten().and_then(|meta| meta.rows_read).unwrap_or(0);
        self.cost.rows_read.fetch_add(u32::try_from(read).unwrap_or(u32::MAX), Ordering::Relaxed);
        Rows(result)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbError> {
        self.run(sql("SELECT 1")).await.map(drop)
    }

    /// Runs one statement.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn run(&self, statement: Statement) -> Result<Rows, DbError> {
        let result = self.prepare(&statement)?.all().await?;
        Ok(self.take(result))
    }

    /// All rows of one statement.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn all<T: DeserializeOwned>(&self, statement: Statement) -> Result<Vec<T>, DbError> {
        self.run(statement).await?.read()
    }

    /// The first row of one statement, which should say LIMIT 1.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn first<T: DeserializeOwned>(&self, statement: Statement) -> Result<Option<T>, DbError> {
        self.run(statement).await?.one()
    }

    /// Runs statements in one round trip and one transaction: all of them, or, when one fails, none.
    ///
    /// # Errors
    /// [`DbError`].
    pub async fn batch(&self, statements: &[Statement]) -> Result<Vec<Rows>, DbError> {
        let prepared: Vec<_> = statements.iter().map(|one| self.prepare(one)).collect::<Result<_, _>>()?;
        let results = self.database()?.batch(prepared).await?;
        Ok(results.into_iter().map(|result| self.take(result)).collect())
    }
}

/// The rows of the statement at a place in a batch.
///
/// # Errors
/// [`Cause::Other`] when the batch was shorter.
pub fn nth(rows: &[Rows], place: usize) -> Result<&Rows, DbError> {
    rows.get(place).ok_or_else(|| DbError::other(format!("a batch without result {place}")))
}

/// Reads a flag: D1 gives 0 and 1.
///
/// # Errors
/// When the cell is not a number.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    i64::deserialize(deserializer).map(|number| number != 0)
}
