//! Taking lists away: who may, and what is kept of it.

use serde_json::{Value, json};
use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::page::Page;
use shared::problem::Code;
use tests::client::Client;
use tests::company::Company;

/// What the trail holds of exports, newest first.
fn exported(company: &Company) -> Vec<AuditEvent> {
    let page: Page<AuditEvent> = company.admin.get("/audit?limit=200").ok();
    page.items.into_iter().filter(|event| event.verb == Verb::Exported).collect()
}

fn ask(client: &Client, list: &str) -> u16 {
    client.post("/exports", &json!({ "list": list, "format": "xlsx", "rows": 3 })).status
}

#[test]
fn a_list_is_taken_away_by_whoever_reads_it_and_no_rep() {
    let company = Company::new();
    for (who, client, _) in company.everyone() {
        let expected = |reads: &[&str]| {
            let may = !who.ends_with("rep") && (reads.contains(&"all") || reads.contains(&who));
            if may { 204 } else { 403 }
        };
        let chiefs = ["chief", "other chief"];
        let sales =
            [&chiefs[..], &["promotion", "finance", "production", "director", "general manager"]].concat();
        let figures: Vec<&str> = sales.iter().copied().filter(|one| *one != "production").collect();
        let shares = [&chiefs[..], &["promotion", "director", "general manager", "admin"]].concat();
        for (list, readers) in [
            ("customers", sales.as_slice()),
            ("newcomers", &sales),
            ("forms", &["all"]),
            ("minutes", &["all"]),
            ("a_list", &["all"]),
            ("stand_ins", &["all"]),
            ("quarters", &figures),
            ("quarter_customers", &figures),
            ("links", &shares),
            ("link_views", &shares),
            ("imports", &["promotion"]),
            ("rehearsal", &["promotion"]),
            ("users", &["admin"]),
            ("units", &["admin"]),
        ] {
            assert_eq!(ask(client, list), expected(readers), "{list} as {who}");
        }
    }
}

#[test]
fn an_export_leaves_one_event_with_what_was_taken() {
    let company = Company::new();
    let asked =
        json!({ "list": "customers", "format": "csv", "rows": 251, "filter": "q=封头&tier=A&unit=u-1" });
    assert_eq!(company.chief.client.post("/exports", &asked).status, 204);
    let all = exported(&company);
    let [event] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!(event.actor.as_ref(), Some(&company.chief.user.id));
    assert_eq!((event.subject.as_str(), &event.detail), ("exports", &asked));
    let verdict: Value = company.admin.get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}

#[test]
fn what_is_of_a_customer_stands_in_its_history_and_stays_within_the_unit() {
    let company = Company::new();
    let customer = company.customer("K0001", "东方封头用户有限公司");
    let body = |list: &str| json!({ "list": list, "format": "xlsx", "rows": 1, "customer": customer.id });
    for (client, list, status) in [
        (&company.chief.client, "form", 204),
        (&company.production.client, "history", 204),
        (&company.production.client, "form", 403),
        (&company.rep.client, "form", 403),
        (&company.other_rep.client, "form", 404),
        (&company.other_chief.client, "history", 404),
        (&company.admin, "history", 404),
    ] {
        assert_eq!(client.post("/exports", &body(list)).status, status, "{list}");
    }
    let history: Page<AuditEvent> =
        company.promotion.client.get(&format!("/customers/{}/history", customer.id)).ok();
    let lists: Vec<&Value> = history
        .items
        .iter()
        .filter(|event| event.verb == Verb::Exported)
        .map(|event| &event.detail["list"])
        .collect();
    assert_eq!(lists, ["history", "form"]);
}

#[test]
fn a_wrong_body_is_refused_by_field_and_leaves_nothing() {
    let company = Company::new();
    let good = json!({ "list": "customers", "format": "csv", "rows": 1 });
    for (field, value, code) in [
        ("list", json!("everything"), "unknown"),
        ("format", json!("pdf"), "unknown"),
        ("rows", json!(-1), "range"),
        ("rows", json!("1"), "format"),
        ("filter", json!("x".repeat(2_001)), "too_long"),
        ("filter", json!("a\u{202e}b"), "character"),
        ("colour", json!("red"), "unknown"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let problem = company.promotion.client.post("/exports", &body).problem();
        assert_eq!(problem.code, Code::Invalid);
        assert_eq!((problem.fields[0].field.as_str(), problem.fields[0].code.as_str()), (field, code));
    }
    // A form is somebody's, and the list of customers nobody's.
    let customer = company.customer("K0001", "东方封头用户有限公司");
    let of_nobody = json!({ "list": "form", "format": "xlsx", "rows": 1 });
    let of_somebody = json!({ "list": "customers", "format": "csv", "rows": 1, "customer": customer.id });
    for body in [of_nobody, of_somebody] {
        let problem = company.promotion.client.post("/exports", &body).problem();
        assert_eq!((problem.code, problem.fields[0].field.as_str()), (Code::Invalid, "customer"));
    }
    assert_eq!(exported(&company), []);
}
