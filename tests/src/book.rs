//! A book of customers, policies to grade it by, and runs that do.

use std::ops::Range;

use serde_json::{Value, json};
use shared::dto::customer::{CustomerPage, CustomerRow};
use shared::dto::draft::{Draft, NewDraft};
use shared::dto::import::{ChunkResult, ImportState};
use shared::dto::page::Page;
use shared::dto::policy::PublishedPolicy;
use shared::dto::regrade::Regrade;
use shared::grading::method::{Quota, Rounding, TieBreak, Ties};
use shared::grading::scoring::{Best, Better};
use shared::grading::{Method, Policy, Scoring, default_policy};
use shared::id::Key;
use shared::number::{BasisPoints, Points};

use crate::client::{Answer, Client};
use crate::company::Company;

/// Imports figures of a year for customers by number; no two have the same sales, and many the same score.
pub fn fill(company: &Company, year: i32, customers: Range<u32>) {
    let client = &company.promotion.client;
    let rows: Vec<Value> = customers.clone().map(|number| row(year, number)).collect();
    let chunks: Vec<&[Value]> = rows.chunks(200).collect();
    let id = format!("fill-{year}-{}", customers.start);
    let start = json!({ "id": id, "shape": "annual", "file_name": "a.csv", "as_of": "2025-12-31",
        "default_unit": company.one.id, "chunks": chunks.len(), "rows": rows.len() });
    client.post("/imports", &start).ok::<ImportState>();
    for (n, rows) in chunks.iter().enumerate() {
        let body = json!({ "shape": "annual", "rows": rows });
        client.request("PUT", &format!("/imports/{id}/chunks/{n}")).json(&body).send().ok::<ChunkResult>();
    }
}

fn row(year: i32, number: u32) -> Value {
    let measured = |value: u32| json!({ "state": "measured", "value": value });
    let judged = |turn: u32| {
        let level = ["A", "B", "C"][(number / turn % 3) as usize];
        json!({ "state": "judged", "level": level })
    };
    let mut values = json!({
        "annual_sales": measured(1_000_000 * number + year.unsigned_abs()),
        "collection": measured(6_000 + number * 37 % 4_000),
    });
    // Every seventh lacks most of its evidence.
    if !number.is_multiple_of(7) {
        values["price_level"] = measured(9_000 + number * 13 % 1_500);
        for (key, turn) in [("order_planning", 1), ("product_fit", 2), ("communication", 3), ("loyalty", 5)] {
            values[key] = judged(turn);
        }
    }
    json!({ "code": format!("K{number:05}"), "year": year, "name": format!("客户{number}有限公司"),
        "unit": if number.is_multiple_of(2) { "销售一科" } else { "销售二科" }, "since": "2019-03-01", "values": values })
}

/// Every customer of the company, by code.
pub fn all(client: &Client) -> Vec<CustomerRow> {
    let mut all = Vec::new();
    let mut path = "/customers?sort=code&limit=200".to_owned();
    loop {
        let page: Page<CustomerRow> = client.get(&path).ok();
        all.extend(page.items);
        match page.next {
            Some(next) => path = format!("/customers?sort=code&limit=200&cursor={next}"),
            None => return all,
        }
    }
}

/// A customer's page.
pub fn page(client: &Client, customer: &CustomerRow) -> CustomerPage {
    client.get(&format!("/customers/{}", customer.id)).ok()
}

/// The policy the product comes with, under another title and with A from 70 points.
pub fn easier() -> Policy {
    let mut policy = default_policy().expect("the default policy");
    policy.title.zh = "客户分级管理办法（修订）".to_owned();
    policy.tiers[0].from = Points::new(7_000).ok();
    policy
}

/// Tiers by quota: the best fifth, the next three tenths, the rest; sales decide between equals.
pub fn by_quota() -> Policy {
    let mut policy = easier();
    for (tier, share) in policy.tiers.iter_mut().zip([2_000, 3_000, 5_000]) {
        tier.from = None;
        tier.share = BasisPoints::new(share).ok();
    }
    let input = Key::parse("annual_sales").expect("a valid key");
    let ties = Ties::By(TieBreak { input, better: Better::Higher });
    policy.method = Method::Quota(Quota { rounding: Rounding::Nearest, ties });
    policy
}

/// Sales are measured by the best of the book.
pub fn by_the_best() -> Policy {
    let mut policy = easier();
    let full = policy.indicators[0].weight;
    policy.indicators[0].scoring = Scoring::Best(Best { full, better: Better::Higher });
    policy
}

/// Begins a draft from the first version.
pub fn draft(client: &Client, policy: &Policy) -> Draft {
    let based_on = client.get("/policies/current").ok::<PublishedPolicy>().summary.id;
    client.post("/policy-drafts", &NewDraft { based_on, policy: Some(policy) }).ok()
}

/// A request to publish a draft.
pub fn publish(client: &Client, draft: &Draft, effective_from: &str) -> Answer {
    let body = json!({ "effective_from": effective_from, "reason": "年度修订" });
    let path = format!("/policy-drafts/{}/publish", draft.id);
    client.request("POST", &path).if_version(draft.version).fresh_key().json(&body).send()
}

/// Publishes a policy, in force from the day on which the tests' clock stands.
pub fn published(client: &Client, policy: &Policy) -> PublishedPolicy {
    publish(client, &draft(client, policy), "2026-03-26").ok()
}

/// Begins a run.
pub fn start(client: &Client, years: &[i32]) -> Answer {
    client.post("/regrades", &json!({ "years": years }))
}

/// Takes a step of a run.
pub fn step(client: &Client, run: &Regrade) -> Answer {
    let path = format!("/regrades/{}/step", run.id);
    client.request("POST", &path).json(&json!({ "at": run.position })).send()
}

/// Takes every step of a run that is left.
pub fn finish(client: &Client, run: Regrade) -> Regrade {
    let mut run = run;
    while run.phase.is_open() {
        let next: Regrade = step(client, &run).ok();
        assert!(next.position > run.position && next.done <= next.total, "{next:?}");
        run = next;
    }
    run
}
