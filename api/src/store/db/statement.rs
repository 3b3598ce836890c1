//! Statements with their values, held to what production takes.

use std::borrow::Cow;

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::{Cause, DbError};

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
    shared::id::DraftId,
    shared::id::RegradeId,
    shared::id::CycleId,
    shared::id::StandInId,
    shared::id::ItemId,
    shared::id::LinkId,
    shared::id::Note,
    shared::id::Reason,
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
        let text = serde_json::to_string(value).map_err(|error| DbError::other(error.to_string()))?;
        Ok(self.bind(text))
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.sql
    }

    /// The values, in their order.
    #[cfg(test)]
    pub fn params(&self) -> &[Param] {
        &self.params
    }

    /// The values as D1 takes them.
    #[expect(clippy::cast_precision_loss, reason = "checked to be within 2^53")]
    pub(super) fn values(&self) -> Vec<JsValue> {
        self.params
            .iter()
            .map(|param| match param {
                Param::Null => JsValue::NULL,
                Param::Text(text) => JsValue::from_str(text),
                Param::Int(number) => JsValue::from_f64(*number as f64),
            })
            .collect()
    }

    /// Refuses what production would refuse.
    pub(super) fn check(&self) -> Result<(), DbError> {
        if self.sql.len() > MAX_SQL_BYTES {
            return Err(Cause::Refused("statement too long").into());
        }
        if self.params.len() > MAX_PARAMS {
            return Err(Cause::Refused("too many parameters").into());
        }
        for param in &self.params {
            match param {
                Param::Text(text) if text.len() > MAX_PARAM_BYTES => {
                    return Err(Cause::Refused("parameter too long").into());
                }
                Param::Int(number) if number.unsigned_abs() > MAX_SAFE => {
                    return Err(Cause::Refused("number beyond 2^53").into());
                }
                Param::Null | Param::Text(_) | Param::Int(_) => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_production_refuses_is_refused_here() {
        let many = (0..101).fold(sql("SELECT 1"), |statement, n: i64| statement.bind(n));
        assert_eq!(many.check(), Err(Cause::Refused("too many parameters").into()));
        assert!(sql("SELECT ?").bind("x".repeat(MAX_PARAM_BYTES)).check().is_ok());
        assert!(sql("SELECT ?").bind("x".repeat(MAX_PARAM_BYTES + 1)).check().is_err());
        assert!(sql("SELECT ?").bind(9_007_199_254_740_991_i64).check().is_ok());
        assert!(sql("SELECT ?").bind(-9_007_199_254_740_992_i64).check().is_err());
        assert!(sql(" ".repeat(MAX_SQL_BYTES + 1)).check().is_err());
    }
}
