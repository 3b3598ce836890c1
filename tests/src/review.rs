//! A yearly review to test with: opened, filled, moved, published.

use serde_json::{Value, json};
use shared::calendar::Millis;
use shared::dto::page::Page;
use shared::dto::review::{CycleOverview, CycleRow, FormRow, FormView, MovedForm};
use shared::id::{CustomerId, CycleId};
use shared::review::Phase;

use crate::client::{Answer, Client};
use crate::company::{Company, PASSWORD};
use crate::server::NOW;

/// A day in milliseconds.
pub const DAY: Millis = 86_400_000;

/// A person of the company so many days after the tests' clock, signed in anew: a session does not last.
pub fn on(company: &Company, login: &str, days: i64) -> Client {
    let now = NOW + days * DAY;
    let mut client = company.server.client().at(now);
    client.sign_in(login, PASSWORD).expect("the sign-in");
    client
}

/// Opens the review of 2025; its window is today alone, so that tomorrow it has closed.
pub fn open(client: &Client) -> CycleRow {
    let body = json!({ "year": 2025, "opens": "2026-03-26", "closes": "2026-03-26" });
    client.post("/reviews", &body).ok()
}

/// Takes a step over the book.
pub fn step(client: &Client, row: &CycleRow) -> Answer {
    let path = format!("/reviews/{}/step", row.cycle.id);
    client.request("POST", &path).json(&json!({ "at": row.progress.position })).send()
}

/// Takes every step over the book that there is to take.
pub fn walk(client: &Client, row: CycleRow) -> CycleRow {
    let mut row = row;
    while matches!(row.cycle.phase, Phase::Opening { .. } | Phase::Publishing { .. }) {
        let next: CycleRow = step(client, &row).ok();
        assert_eq!(next.progress.position, row.progress.position + 1, "{next:?}");
        row = next;
    }
    row
}

/// Opens the review and gives everybody a form.
pub fn opened(client: &Client) -> CycleId {
    walk(client, open(client)).cycle.id
}

/// A cycle.
pub fn overview(client: &Client, id: &CycleId) -> CycleOverview {
    client.get(&format!("/reviews/{id}")).ok()
}

/// A step of a cycle, over its version of now.
pub fn lead(client: &Client, id: &CycleId, wanted: &Value) -> Answer {
    let version = overview(client, id).version;
    let path = format!("/reviews/{id}/moves");
    client.request("POST", &path).if_version(version).json(&json!({ "wanted": wanted })).send()
}

/// A customer's form.
pub fn form(client: &Client, id: &CycleId, customer: &CustomerId) -> FormView {
    client.get(&format!("/reviews/{id}/forms/{customer}")).ok()
}

/// A step of a form, over a version.
pub fn take(client: &Client, id: &CycleId, customer: &CustomerId, version: i64, body: &Value) -> Answer {
    let path = format!("/reviews/{id}/forms/{customer}/moves");
    client.request("POST", &path).if_version(version).json(body).send()
}

/// A step of a form, over its version of now, that must be taken.
#[track_caller]
pub fn taken(client: &Client, id: &CycleId, customer: &CustomerId, wanted: &Value) -> FormView {
    let version = form(client, id, customer).version;
    take(client, id, customer, version, &json!({ "wanted": wanted })).ok::<MovedForm>().form
}

/// All forms of a list.
pub fn forms(client: &Client, id: &CycleId, query: &str) -> Vec<FormRow> {
    let mut all = Vec::new();
    let mut path = format!("/reviews/{id}/forms?limit=200{query}");
    loop {
        let page: Page<FormRow> = client.get(&path).ok();
        all.extend(page.items);
        match page.next {
            Some(next) => path = format!("/reviews/{id}/forms?limit=200{query}&cursor={next}"),
            None => return all,
        }
    }
}

/// The same step with each of some forms, at most fifty at a time; all of them must be taken.
#[track_caller]
pub fn each(client: &Client, id: &CycleId, rows: &[FormRow], wanted: impl Fn(&FormRow) -> Value) {
    for rows in rows.chunks(50) {
        let moves: Vec<Value> = rows
            .iter()
            .map(|row| json!({ "customer": row.customer, "version": row.version, "wanted": wanted(row) }))
            .collect();
        let path = format!("/reviews/{id}/forms/moves");
        let answer = client.request("POST", &path).json(&json!({ "moves": moves })).send();
        let outcomes: Vec<Value> = answer.ok();
        let refused: Vec<&Value> =
            outcomes.iter().filter(|one| one["outcome"]["outcome"] != "done").collect();
        assert!(refused.is_empty() && outcomes.len() == rows.len(), "{refused:?}");
    }
}
