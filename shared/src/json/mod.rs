//! JSON into values, in one way for all of it: bodies, stored texts, rows, queries.
//!
//! Serde makes the code that reads a type once for every deserializer it is read with, and that code is most
//! of what the Worker is sent as. So there is one deserializer here, over a parsed [`Value`]; it takes an
//! object for a struct and nothing else, and says at which path a value does not fit.
//!
//! What is sent to the Worker is read exactly: no object has a field that its struct has not. What it
//! answers, and what is stored, may be newer than its reader.

mod deserializer;
mod members;
mod tagged;
mod text;

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use deserializer::Node;
pub(crate) use tagged::{Fields, carry, is, open, tagged, unknown};
use text::Text;
pub use text::pairs;

/// Why a JSON text is not what was expected. One word wide: it is handed on from every field of every struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch(Box<(String, String)>);

impl Mismatch {
    fn new(path: &str, message: String) -> Self {
        Self(Box::new((path.to_owned(), message)))
    }

    /// Where, as `rows.17.amount`; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.0
    }

    /// What is wrong there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.1
    }

    /// The same one level further out.
    fn within(mut self, step: &dyn fmt::Display) -> Self {
        let path = &mut self.0.0;
        *path = if path.is_empty() { step.to_string() } else { format!("{step}.{path}") };
        self
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path().is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        f.write_str(self.message())
    }
}

impl std::error::Error for Mismatch {}

impl serde::de::Error for Mismatch {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        match message.split_once(tagged::MARK) {
            Some((path, message)) => Self::new(path, message.to_owned()),
            None => Self::new("", message),
        }
    }
}

/// Reads a text; fields that are not known are passed over.
///
/// # Errors
/// When it is no JSON, or not of that shape.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Mismatch> {
    fits(&parse(text)?)
}

/// Reads a text, and refuses fields that are not known.
///
/// # Errors
/// When it is no JSON, or not exactly of that shape.
pub fn read_exactly<T: DeserializeOwned>(text: &str) -> Result<T, Mismatch> {
    fits_exactly(&parse(text)?)
}

/// Parses a text.
///
/// # Errors
/// When it is no JSON.
pub fn parse(text: &str) -> Result<Value, Mismatch> {
    serde_json::from_str(text).map_err(serde::de::Error::custom)
}

/// Reads a parsed value; fields that are not known are passed over.
///
/// # Errors
/// When it is not of that shape.
pub fn fits<T: DeserializeOwned>(value: &Value) -> Result<T, Mismatch> {
    T::deserialize(Node { value: Some(value), exact: false })
}

/// Reads a parsed value, and refuses fields that are not known.
///
/// # Errors
/// When it is not exactly of that shape.
pub fn fits_exactly<T: DeserializeOwned>(value: &Value) -> Result<T, Mismatch> {
    T::deserialize(Node { value: Some(value), exact: true })
}

/// Writes a value as a parsed one, by way of its text; null when it has none.
#[must_use]
pub fn value(value: &impl Serialize) -> Value {
    serde_json::to_string(value).ok().and_then(|text| parse(&text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
