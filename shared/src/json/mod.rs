//! JSON into values, in one way for all of it: bodies, stored texts, rows, queries.
//!
//! Serde makes the code that reads a type once for every deserializer it is read with, and that code is most
//! of what the Worker is sent as. So there is one deserializer here, over a parsed [`Value`]; it takes an
//! object for a struct and nothing else, and says at which path a value does not fit.

mod deserializer;
mod tagged;
mod text;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use deserializer::Node;
pub(crate) use tagged::{Fields, carry, is, open, tagged, unknown};
pub use text::{Text, pairs};

/// Why a JSON text is not what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where, as `rows.17.amount`; empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

impl Mismatch {
    /// The same one level further out.
    fn within(mut self, step: &dyn fmt::Display) -> Self {
        self.path = if self.path.is_empty() { step.to_string() } else { format!("{step}.{}", self.path) };
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        match message.split_once(tagged::MARK) {
            Some((path, message)) => Self { path: path.to_owned(), message: message.to_owned() },
            None => Self { path: String::new(), message },
        }
    }
}

/// Reads a text.
///
/// # Errors
/// When it is no JSON, or not of that shape.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Mismatch> {
    fits(&parse(text)?)
}

/// Parses a text.
///
/// # Errors
/// When it is no JSON.
pub fn parse(text: &str) -> Result<Value, Mismatch> {
    serde_json::from_str(text).map_err(serde::de::Error::custom)
}

/// Reads a parsed value.
///
/// # Errors
/// When it is not of that shape.
pub fn fits<T: DeserializeOwned>(value: &Value) -> Result<T, Mismatch> {
    T::deserialize(Node(value))
}

/// Writes a value as a parsed one, by way of its text; null when it has none.
#[must_use]
pub fn value(value: &impl Serialize) -> Value {
    serde_json::to_string(value).ok().and_then(|text| parse(&text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
