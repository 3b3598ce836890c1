//! The quarterly look: sums kept with the invoices, written by its chief, closed once, and shown where the
//! customer is graded.

use serde_json::{Value, json};
use shared::dto::import::{ChunkResult, ImportState};
use shared::dto::page::Page;
use shared::dto::quarter::{CustomerQuarter, QuarterCustomer, QuarterView, UnitQuarter};
use shared::number::Fen;
use shared::problem::Code;
use shared::review::Mark;
use tests::client::{Answer, Client};
use tests::company::Company;
use tests::review::on;

const FIRST: &str = "/quarters/2026Q1";

fn look(client: &Client, company: &Company) -> QuarterView {
    client.get(&format!("{FIRST}/units/{}", company.one.id)).ok()
}

fn write(client: &Client, company: &Company, version: i64, body: &Value) -> Answer {
    client.put(&format!("{FIRST}/units/{}", company.one.id), version, body)
}

fn wrong(answer: &Answer) -> (Code, String, String) {
    let problem = answer.problem();
    (problem.code, problem.fields[0].field.clone(), problem.fields[0].code.clone())
}

fn told(code: Code, field: &str, rule: &str) -> (Code, String, String) {
    (code, field.to_owned(), rule.to_owned())
}

/// Imports invoices: code, number, day, fen.
fn invoices(company: &Company, id: &str, rows: &[(&str, &str, &str, i64)]) {
    let rows: Vec<Value> = rows
        .iter()
        .map(|(code, number, issued, amount)| {
            json!({ "code": code, "number": number, "issued": issued, "amount": amount })
        })
        .collect();
    let start = json!({ "id": id, "shape": "receivables", "file_name": "r.csv", "as_of": "2026-03-26",
        "default_unit": company.one.id, "chunks": 1, "rows": rows.len() });
    let promotion = &company.promotion.client;
    promotion.post("/imports", &start).ok::<ImportState>();
    let body = json!({ "shape": "receivables", "rows": rows });
    promotion.request("PUT", &format!("/imports/{id}/chunks/0")).json(&body).send().ok::<ChunkResult>();
}

fn fen(amount: i64) -> Option<Fen> {
    Fen::new(amount).ok()
}

#[test]
fn sums_are_kept_with_the_invoices_and_go_with_their_customer() {
    let company = Company::new();
    let (one, two) =
        (company.customer("K1", "东方封头用户有限公司"), company.customer("K2", "西方封头用户有限公司"));
    let chief = &company.chief.client;
    assert_eq!((look(chief, &company).standing.sales, look(chief, &company).version), (None, 0));
    let rows = [
        ("K1", "1", "2025-12-31", 700),
        ("K1", "2", "2026-01-01", 100),
        ("K1", "3", "2026-03-31", 200),
        ("K2", "4", "2026-02-10", 50),
    ];
    invoices(&company, "first", &rows);
    let standing = look(chief, &company).standing;
    assert_eq!((standing.sales, standing.counted), (fen(350), true));
    // The same again changes nothing; a corrected invoice moves what it was counted by.
    invoices(&company, "again", &rows);
    assert_eq!(look(chief, &company).standing.sales, fen(350));
    invoices(&company, "corrected", &[("K1", "3", "2026-04-01", 900), ("K2", "4", "2026-02-10", 60)]);
    assert_eq!(look(chief, &company).standing.sales, fen(160));
    let year: Vec<CustomerQuarter> = chief.get(&format!("/customers/{}/years/2026/quarters", one.id)).ok();
    let sales: Vec<_> = year.iter().map(|quarter| (quarter.quarter.to_string(), quarter.sales)).collect();
    let of = |quarter: &str, amount| (quarter.to_owned(), amount);
    let expected = [of("2026Q1", fen(100)), of("2026Q2", fen(900)), of("2026Q3", None), of("2026Q4", None)];
    assert_eq!(sales, expected);

    let moved = json!({ "code": "K2", "name": two.name, "unit": company.two.id });
    company.promotion.client.put(&format!("/customers/{}", two.id), 1, &moved).ok::<Value>();
    let all: Vec<UnitQuarter> = company.director.client.get(FIRST).ok();
    let sums: Vec<_> = all.iter().map(|unit| (unit.name.as_str(), unit.sales)).collect();
    assert_eq!(sums, [("销售一科", fen(100)), ("销售二科", fen(60))]);
    assert_eq!(chief.get(FIRST).ok::<Vec<UnitQuarter>>().len(), 1);
}

#[test]
fn a_chief_writes_the_look_until_it_is_closed_and_then_it_stays() {
    let company = Company::new();
    let customer = company.customer("K1", "东方封头用户有限公司");
    let other = company.customer_of(&company.two, None, "K2", "别科的客户有限公司");
    let chief = &company.chief.client;
    let said = json!({ "typed": 5_000, "stability": "steady", "cause": "老客户稳定", "room": "新厂投产",
        "conclusion": "保A：东方；放C：无" });
    let mark = json!({ "customer": customer.id, "mark": "let_go", "note": "三个季度无订单" });
    let view: QuarterView = write(chief, &company, 0, &json!({ "look": said, "marks": [mark] })).ok();
    assert_eq!((view.version, view.standing.sales, view.standing.counted), (1, fen(5_000), false));
    assert!(view.may_write && view.standing.begun && !look(&company.promotion.client, &company).may_write);

    // Who was second is told; nobody marks another unit's customers, or the same one twice.
    assert_eq!(write(chief, &company, 0, &json!({ "look": said })).problem().code, Code::VersionMismatch);
    let foreign = json!({ "look": said, "marks": [{ "customer": other.id, "mark": "protect" }] });
    assert_eq!(write(chief, &company, 1, &foreign).problem().code, Code::Conflict);
    let twice = json!({ "look": said, "marks": [mark, mark] });
    assert_eq!(wrong(&write(chief, &company, 1, &twice)), told(Code::Invalid, "marks", "range"));
    assert_eq!(
        write(&company.promotion.client, &company, 1, &json!({ "look": said })).problem().code,
        Code::Forbidden
    );
    assert_eq!(
        write(&company.other_chief.client, &company, 1, &json!({ "look": said })).problem().code,
        Code::NotFound
    );
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let (client, path) = (chief.clone(), format!("{FIRST}/units/{}", company.one.id));
            let body = json!({ "look": said });
            std::thread::spawn(move || client.put(&path, 1, &body).status)
        })
        .collect();
    let statuses: Vec<_> = racers.into_iter().map(|racer| racer.join().unwrap()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");

    let page: Page<QuarterCustomer> =
        company.director.client.get(&format!("{FIRST}/units/{}/customers", company.one.id)).ok();
    let marks: Vec<_> = page.items.iter().map(|row| (row.code.as_str(), row.mark)).collect();
    assert_eq!(marks, [("K1", Some(Mark::LetGo))], "a look that names no mark keeps it");
    let year: Vec<CustomerQuarter> =
        company.rep.client.get(&format!("/customers/{}/years/2026/quarters", customer.id)).ok();
    assert_eq!(
        (year[0].mark, year[0].note.as_ref().map(|note| note.as_str())),
        (Some(Mark::LetGo), Some("三个季度无订单"))
    );

    // It is closed once the quarter is over and it says enough, and stays from then on.
    let close = json!({ "look": said, "close": true });
    assert_eq!(wrong(&write(chief, &company, 2, &close)), told(Code::Conflict, "close", "not_over"));
    let later = &on(&company, "chief", 7);
    let bare = json!({ "look": { "typed": 5_000, "stability": "steady" }, "close": true });
    assert_eq!(wrong(&write(later, &company, 2, &bare)), told(Code::Invalid, "look.conclusion", "required"));
    let view: QuarterView = write(later, &company, 2, &close).ok();
    assert!(!view.may_write && view.standing.closed_at.is_some());
    assert_eq!(view.closed_by.as_ref().map(|name| name.as_str()), Some("陈志远"));
    assert_eq!(
        wrong(&write(later, &company, 3, &json!({ "look": said }))),
        told(Code::Conflict, "quarter", "closed")
    );
    let ahead = later.put(&format!("/quarters/2026Q3/units/{}", company.one.id), 0, &json!({ "look": {} }));
    assert_eq!(wrong(&ahead), told(Code::Conflict, "quarter", "ahead"));
    let verdict: Value = on(&company, "admin", 7).get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}
