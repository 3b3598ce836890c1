//! Reading a policy: every unknown key, every absent one and every value of the wrong type, each with its
//! place.
//!
//! The shape is told by the JSON Schema beside this crate, which is derived from the types by a test, so
//! that what is published for others to write policies by is what is enforced here.

mod shape;

use serde_json::Value;

use super::{Fix, Mistake, MistakeKind, Policy};
use crate::json::{self, Mismatch};

/// The JSON Schema of a policy.
pub const SCHEMA: &str = include_str!("../../../schema/policy.json");

/// A policy from JSON. What it says may still be wrong: see [`check`](super::check).
///
/// # Errors
/// Everything that is not as the schema says, each with its place.
pub fn parse(text: &str) -> Result<Policy, Vec<Mistake>> {
    let unreadable = |error: Mismatch| {
        vec![Mistake {
            path: String::new(),
            kind: MistakeKind::Syntax,
            fix: Fix::Correct,
            given: Some(error.to_string()),
            wanted: None,
        }]
    };
    let value: Value = json::parse(text).map_err(unreadable)?;
    let schema: Value = json::parse(SCHEMA).map_err(unreadable)?;
    let mistakes = shape::mistakes(&schema, &value);
    if mistakes.is_empty() { json::fits_exactly(&value).map_err(unreadable) } else { Err(mistakes) }
}

#[cfg(test)]
mod tests;
