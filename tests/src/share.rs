//! Public links to test with: made by somebody, opened by a stranger.

use serde_json::{Value, json};
use shared::dto::share::MadeLink;
use shared::id::UnitId;

use crate::client::{Answer, Client};

/// A link to a unit as it stands today, open until the end of June, with other terms in place of these.
pub fn wanted(unit: &UnitId, terms: &Value) -> Value {
    let mut body = json!({ "unit": unit, "as_at": "2026-03-26", "until": "2026-06-30" });
    for (name, value) in terms.as_object().expect("terms") {
        body[name] = value.clone();
    }
    body
}

/// Shares a unit.
#[track_caller]
pub fn share(client: &Client, unit: &UnitId, terms: &Value) -> MadeLink {
    client.post("/links", &wanted(unit, terms)).ok()
}

/// The address of a link that has just been made, from the host on.
#[track_caller]
pub fn path(made: &MadeLink) -> String {
    made.path.clone().expect("the address, this once")
}

/// Opens an address as a stranger.
pub fn open(client: &Client, path: &str) -> Answer {
    client.visit("GET", path).send()
}
