//! The one door to D1. Every statement goes through here: it is counted, held to the platform's
//! limits, and its failure is classified.
//!
//! D1 binds every number as REAL. A column of a STRICT table turns it back into an integer and a
//! comparison does not mind, but inside an expression or JSON write `CAST(? AS INTEGER)`.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use wasm_bindgen::JsValue;
use worker::{D1Database, D1PreparedStatement, D1Result};

/// Most statements of a request.
pub const MAX_STATEMENTS: u32 = 50;
/// Most parameters of a statement.
pub const MAX_PARAMS: usize = 100;
/// Most bytes of a parameter.
pub const MAX_PARAM_BYTES: usize = 2_000_000;
/// Most bytes of a statement's text.
pub const MAX_SQL_BYTES: usize = 100_000;
/// Whole numbers up to here survive being a JavaScript number.
const MAX_SAFE: u64 = (1 << 53) - 1;

/// A bound value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Param {
    /// NULL.
    Null,
    /// TEXT.
    Text(String),
    /// A whole number within ±(2^53 − 1).
    Int(i64),
}

macro_rules! text_params {
    ($($kind:ty),*) => {$(
        impl From<&$kind> for Param {
            fn from(value: &$kind) -> Self {
                Self::Text(value.to_string())
            }
        }
    )*};
}
text_params!(
    String,
    shared::calendar::Date,
    shared::id::CustomerId,
    shared::id::UnitId,
    shared::id::UserId,
    shared::id::ImportId,
    shared::id::PolicyId,
    shared::id::CustomerCode,
    shared::id::Name,
    shared::id::Login,
    shared::id::InvoiceNumber,
    shared::id::Key,
    shared::id::Label
);

macro_rules! int_params {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Param {
            fn from(value: $kind) -> Self {
                Self::Int(i64::from(value))
            }
        }
    )*};
}
int_params!(i64, i32, u32, u8, bool);

impl From<&str> for Param {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Param {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl<T: Into<Param>> From<Option<T>> for Param {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A statement with its values.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a statement does nothing until it is run"]
pub struct Statement {
    sql: Cow<'static, str>,
    params: Vec<Param>,
}

/// A statement without values so far.
pub fn sql(text: impl Into<Cow<'static, str>>) -> Statement {
    Statement { sql: text.into(), params: Vec::new() }
}

impl Statement {
    /// Binds the next `?`.
    pub fn bind(mut self, value: impl Into<Param>) -> Self {
        self.params.push(value.into());
        self
    }

    /// Binds the next `?` to a JSON text, for `json_each`.
    ///
    /// # Errors
    /// When the value cannot be serialized.
    pub fn bind_json(self, value: &impl Serialize) -> Result<Self, DbError> {
        let text = serde_json::to_string(value).map_err(|error| DbError::Other(error.to_string()))?;
        Ok(self.bind(text))
    }

    fn check(&self) -> Result<(), DbError> {
        if self.sql.len() > MAX_SQL_BYTES {
            return Err(DbError::Refused("statement too long"));
        }
        if self.params.len() > MAX_PARAMS {
            return Err(DbError::Refused("too many parameters"));
        }
        for param in &self.params {
            match param {
                Param::Text(text) if text.len() > MAX_PARAM_BYTES => {
                    return Err(DbError::Refused("parameter too long"));
                }
                Param::Int(number) if number.unsigned_abs() > MAX_SAFE => {
                    return Err(DbError::Refused("number beyond 2^53"));
                }
                Param::Null | Param::Text(_) | Param::Int(_) => {}
            }
        }
        Ok(())
    }
}

/// Why the database did not do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DbError {
    /// A unique column has the value already; carries `table.column, …`.
    Unique(String),
    /// A trigger or a guard refused; carries the name it was raised with.
    Named(String),
    /// A CHECK failed; carries its text.
    Check(String),
    /// A reference points to nothing.
    ForeignKey,
    /// Refused here, before the database: production would not take it.
    Refused(&'static str),
    /// The database could not be reached or is overloaded.
    Unavailable(String),
    /// Anything else: a fault of ours.
    Other(String),
}

impl std::fmt::Display for DbError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unique(what) => write!(f, "not unique: {what}"),
            Self::Named(name) => write!(f, "refused: {name}"),
            Self::Check(what) => write!(f, "check failed: {what}"),
            Self::ForeignKey => f.write_str("a reference points to nothing"),
            Self::Refused(why) => write!(f, "refused before the database: {why}"),
            Self::Unavailable(why) => write!(f, "unavailable: {why}"),
            Self::Other(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for DbError {}

impl From<worker::Error> for DbError {
    fn from(error: worker::Error) -> Self {
        // `all` and `batch` wrap the same failure differently; both keep the message.
        match &error {
            worker::Error::D1(d1) => {
                let error: &js_sys::Error = d1.as_ref();
                classify(&String::from(error.message()))
            }
            worker::Error::UnknownJsError { message, .. } => classify(message),
            other => Self::Other(format!("{other:?}")),
        }
    }
}

/// Sorts D1's message: `D1_ERROR: what: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_KIND)`.
fn classify(message: &str) -> DbError {
    const OVERLOAD: [&str; 6] = ["Network connection lost", "overloaded", "reset because", "timeout", "internal error", "Cannot resolve D1"];
    let text = message.strip_prefix("D1_ERROR: ").unwrap_or(message);
    let core = text.split(": SQLITE_").next().unwrap_or(text).trim();
    if let Some(what) = core.strip_prefix("UNIQUE constraint failed: ") {
        return DbError::Unique(what.to_owned());
    }
    if let Some(what) = core.strip_prefix("CHECK constraint failed: ") {
        return DbError::Check(what.to_owned());
    }
    if core == "FOREIGN KEY constraint failed" {
        return DbError::ForeignKey;
    }
    if text.contains("SQLITE_CONSTRAINT") && core.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
        return DbError::Named(core.to_owned());
    }
    if OVERLOAD.iter().any(|known| text.contains(known)) {
        return DbError::Unavailable(text.to_owned());
    }
    DbError::Other(message.to_owned())
}

/// The rows a statement gave.
#[derive(Debug)]
pub struct Rows(D1Result);

impl Rows {
    /// Every row.
    ///
    /// # Errors
    /// [`DbError::Other`] when a row has another shape.
    pub fn read<T: DeserializeOwned>(&self) -> Result<Vec<T>, DbError> {
        self.0.results().map_err(|error| DbError::Other(format!("a row of another shape: {error:?}")))
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// [`DbError::Other`] when it has another shape.
    pub fn one<T: DeserializeOwned>(&self) -> Result<Option<T>, DbError> {
        Ok(self.read()?.into_iter().next())
    }

    /// The one cell named `json`, parsed: how lists of more than some 200 rows are read, as crossing
    /// from JavaScript field by field costs more than parsing. NULL and no row are `None`.
    ///
    /// # Errors
    /// [`DbError::Other`] when it is not JSON of that shape.
    pub fn json<T: DeserializeOwned>(&self) -> Result<Option<T>, DbError> {
        #[derive(Deserialize)]
        struct Cell {
            json: Option<String>,
        }
        let Some(text) = self.one::<Cell>()?.and_then(|cell| cell.json) else { return Ok(None) };
        serde_json::from_str(&text).map(Some).map_err(|error| DbError::Other(format!("stored JSON: {error}")))
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
        self.database.as_deref().ok_or_else(|| DbError::Unavailable("no binding DB".to_owned()))
    }

    fn prepare(&self, statement: &Statement) -> Result<D1PreparedStatement, DbError> {
        statement.check()?;
        let count = self.cost.statements.fetch_add(1, Ordering::Relaxed) + 1;
        if count > self.cost.allowance.load(Ordering::Relaxed) {
            return Err(DbError::Refused("too many statements in one request"));
        }
        #[expect(clippy::cast_precision_loss, reason = "checked to be within 2^53")]
        let values: Vec<JsValue> = statement
            .params
            .iter()
            .map(|param| match param {
                Param::Null => JsValue::NULL,
                Param::Text(text) => JsValue::from_str(text),
                Param::Int(number) => JsValue::from_f64(*number as f64),
            })
            .collect();
        let prepared = self.database()?.prepare(statement.sql.as_ref());
        if values.is_empty() { Ok(prepared) } else { Ok(prepared.bind(&values)?) }
    }

    fn take(&self, result: D1Result) -> Rows {
        let read = result.meta().ok().flatten().and_then(|meta| meta.rows_read).unwrap_or(0);
        self.cost.rows_read.fetch_add(u32::try_from(read).unwrap_or(u32::MAX), Ordering::Relaxed);
        Rows(result)
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
/// [`DbError::Other`] when the batch was shorter.
pub fn nth(rows: &[Rows], place: usize) -> Result<&Rows, DbError> {
    rows.get(place).ok_or_else(|| DbError::Other(format!("a batch without result {place}")))
}

/// Reads a flag: D1 gives 0 and 1.
///
/// # Errors
/// When the cell is not a number.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    i64::deserialize(deserializer).map(|number| number != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_sorted() {
        for (message, expected) in [
            (
                "D1_ERROR: UNIQUE constraint failed: units.name: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_UNIQUE)",
                DbError::Unique("units.name".to_owned()),
            ),
            (
                "D1_ERROR: version_mismatch: SQLITE_CONSTRAINT (extended: SQLITE_CONSTRAINT_TRIGGER)",
                DbError::Named("version_mismatch".to_owned()),
            ),
            ("D1_ERROR: version_mismatch: SQLITE_CONSTRAINT", DbError::Named("version_mismatch".to_owned())),
            ("D1_ERROR: CHECK constraint failed: ok=1: SQLITE_CONSTRAINT", DbError::Check("ok=1".to_owned())),
            ("D1_ERROR: FOREIGN KEY constraint failed: SQLITE_CONSTRAINT", DbError::ForeignKey),
            (
                "D1_ERROR: Network connection lost.",
                DbError::Unavailable("Network connection lost.".to_owned()),
            ),
            (
                "D1_ERROR: no such table: x: SQLITE_ERROR",
                DbError::Other("D1_ERROR: no such table: x: SQLITE_ERROR".to_owned()),
            ),
        ] {
            assert_eq!(classify(message), expected, "{message}");
        }
    }

    #[test]
    fn what_production_refuses_is_refused_here() {
        let many = (0..101).fold(sql("SELECT 1"), |statement, n: i64| statement.bind(n));
        assert_eq!(many.check(), Err(DbError::Refused("too many parameters")));
        assert!(sql("SELECT ?").bind("x".repeat(MAX_PARAM_BYTES)).check().is_ok());
        assert!(sql("SELECT ?").bind("x".repeat(MAX_PARAM_BYTES + 1)).check().is_err());
        assert!(sql("SELECT ?").bind(9_007_199_254_740_991_i64).check().is_ok());
        assert!(sql("SELECT ?").bind(-9_007_199_254_740_992_i64).check().is_err());
        assert!(sql(" ".repeat(MAX_SQL_BYTES + 1)).check().is_err());
    }
}
