//! Reading a policy: every unknown key, every absent one and every value of the wrong type, each with its
//! place.
//!
//! The shape is told by the JSON Schema beside this crate, which is derived from the types by a test, so
//! that what is published for others to write policies by is what is enforced here.

mod shape;

use serde_json::Value;

use super::{Fix, Mistake, MistakeKind, Policy};

/// The JSON Schema of a policy.
pub const SCHEMA: &str = include_str!("../../../schema/policy.json");

/// A policy from JSON. What it says may still be wrong: see [`check`](super::check).
///
/// # Errors
/// Everything that is not as the schema says, each with its place.
pub fn parse(json: &str) -> Result<Policy, Vec<Mistake>> {
    let unreadable = |error: serde_json::Error| {
        vec![Mistake {
            path: String::new(),
            kind: MistakeKind::Syntax,
            fix: Fix::Correct,
            given: Some(error.to_string()),
            wanted: None,
        }]
    };
    let value: Value = serde_json::from_str(json).map_err(unreadable)?;
    let schema: Value = serde_json::from_str(SCHEMA).map_err(unreadable)?;
    let mistakes = shape::mistakes(&schema, &value);
    if mistakes.is_empty() { serde_json::from_value(value).map_err(unreadable) } else { Err(mistakes) }
}

#[cfg(test)]
mod tests;
