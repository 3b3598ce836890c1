//! Imports of annual figures: chunks that are whole or absent, repeated, raced, interrupted.

use serde_json::{Value, json};
use shared::dto::customer::CustomerRow;
use shared::dto::figures::SavedFigures;
use shared::dto::import::{ChunkResult, Counts, ImportState, KnownRows, Rows};
use shared::dto::page::Page;
use shared::ledger::{AnnualRow, Verdict, Voice, verdict};
use shared::problem::Code;
use tests::client::{Answer, Client};
use tests::company::Company;

fn start(company: &Company, id: &str, chunks: u32, rows: u32) -> Answer {
    let body = json!({ "id": id, "shape": "annual", "file_name": "2025年销售台账.xlsx", "as_of": "2025-12-31",
        "default_unit": company.one.id, "chunks": chunks, "rows": rows });
    company.promotion.client.post("/imports", &body)
}

fn row(number: u32, sales: i64) -> Value {
    json!({ "code": format!("K{number:04}"), "year": 2025, "name": format!("客户{number}有限公司"),
        "unit": "销售二科", "rep": "other_rep", "since": "2019-03-01",
        "values": { "annual_sales": { "state": "measured", "value": sales },
            "collection": { "state": "measured", "value": 9_100 }, "price_level": { "state": "measured", "value": 9_600 } } })
}

fn chunk(client: &Client, id: &str, n: u32, rows: &[Value]) -> Answer {
    let body = json!({ "shape": "annual", "rows": rows });
    client.request("PUT", &format!("/imports/{id}/chunks/{n}")).json(&body).send()
}

fn all(company: &Company) -> Vec<CustomerRow> {
    company.promotion.client.get("/customers?sort=code&limit=200").ok::<Page<CustomerRow>>().items
}

#[test]
fn a_file_is_imported_graded_and_imported_again_without_change() {
    let company = Company::new();
    let rows: Vec<_> = (1..=20).map(|number| row(number, 300_000_000)).collect();
    start(&company, "first", 2, 20).ok::<ImportState>();
    let one: ChunkResult = chunk(&company.promotion.client, "first", 0, &rows[..10]).ok();
    assert_eq!(one.counts, Counts { new: 10, updated: 0, unchanged: 0 });
    assert_eq!((one.customers_added, one.graded, one.complete), (10, 10, false));
    let two: ChunkResult = chunk(&company.promotion.client, "first", 1, &rows[10..]).ok();
    assert!(two.complete);
    let state: ImportState = company.promotion.client.get("/imports/first").ok();
    assert_eq!((state.counts, state.received), (Counts { new: 20, updated: 0, unchanged: 0 }, vec![0, 1]));
    assert_eq!((state.customers_added, state.graded), (20, 20), "of both chunks, whoever asks");
    let list = all(&company);
    assert_eq!(list.len(), 20);
    assert!(
        list.iter()
            .all(|row| row.unit == company.two.id && row.rep.as_ref() == Some(&company.other_rep.user.id))
    );
    assert!(list.iter().all(|row| row.score.is_some_and(|score| score.get() > 0)), "every one is graded");

    start(&company, "second", 1, 20).ok::<ImportState>();
    let again: ChunkResult = chunk(&company.promotion.client, "second", 0, &rows).ok();
    assert_eq!(again.counts, Counts { new: 0, updated: 0, unchanged: 20 });
    assert_eq!(again.graded, 0);
    assert_eq!(all(&company), list);
}

#[test]
fn a_repeated_chunk_answers_the_same_and_another_body_is_refused() {
    let company = Company::new();
    start(&company, "one", 1, 1).ok::<ImportState>();
    let first: ChunkResult = chunk(&company.promotion.client, "one", 0, &[row(1, 5)]).ok();
    let second: ChunkResult = chunk(&company.promotion.client, "one", 0, &[row(1, 5)]).ok();
    assert_eq!(first, second);
    assert_eq!(chunk(&company.promotion.client, "one", 0, &[row(1, 6)]).problem().code, Code::Conflict);
    assert_eq!(chunk(&company.promotion.client, "one", 7, &[row(2, 6)]).problem().code, Code::Invalid);
    assert_eq!(chunk(&company.promotion.client, "none", 0, &[row(1, 5)]).problem().code, Code::NotFound);
}

#[test]
fn one_wrong_row_keeps_the_whole_chunk_out_and_is_named() {
    let company = Company::new();
    start(&company, "one", 1, 3).ok::<ImportState>();
    let mut wrong = row(2, 5);
    wrong["unit"] = json!("没有这个科");
    let problem = chunk(&company.promotion.client, "one", 0, &[row(1, 5), wrong, row(3, 5)]).problem();
    assert_eq!(problem.code, Code::Invalid);
    assert!(problem.fields.iter().any(|one| one.field == "rows.1.unit"), "{:?}", problem.fields);
    let mut wrong = row(2, 5);
    wrong["values"]["collection"] = json!({ "state": "judged", "level": "A" });
    let problem = chunk(&company.promotion.client, "one", 0, &[row(1, 5), wrong]).problem();
    assert!(problem.fields.iter().any(|one| one.field == "rows.1.values.collection"), "{:?}", problem.fields);
    assert_eq!(all(&company).len(), 0);
    assert_eq!(company.promotion.client.get("/imports/one").ok::<ImportState>().received, Vec::<u32>::new());
}

#[test]
fn starting_the_same_import_again_is_the_same_import() {
    let company = Company::new();
    let first: ImportState = start(&company, "one", 2, 20).ok();
    let second: ImportState = start(&company, "one", 2, 20).ok();
    assert_eq!(first, second);
    assert_eq!(start(&company, "one", 3, 20).problem().code, Code::Conflict);
}

#[test]
fn changed_rows_are_updates_and_only_what_the_row_has_changes() {
    let company = Company::new();
    start(&company, "one", 1, 1).ok::<ImportState>();
    chunk(&company.promotion.client, "one", 0, &[row(1, 300_000_000)]).ok::<ChunkResult>();
    start(&company, "two", 1, 1).ok::<ImportState>();
    let update = json!({ "code": "K0001", "year": 2025, "values": { "collection": { "state": "measured", "value": 7_000 } } });
    let result: ChunkResult = chunk(&company.promotion.client, "two", 0, &[update]).ok();
    assert_eq!(result.counts, Counts { new: 0, updated: 1, unchanged: 0 });
    let known: KnownRows = company.promotion.client.get("/imports/known?shape=annual").ok();
    let Rows::Annual(rows) = known.known else { panic!("annual rows") };
    let values = serde_json::to_value(&rows[0].values).unwrap();
    assert_eq!(values["collection"]["value"], 7_000);
    assert_eq!(values["annual_sales"]["value"], 300_000_000);
    assert_eq!(rows[0].name.as_ref().map(|name| name.as_str()), Some("客户1有限公司"));
}

#[test]
fn a_level_that_a_person_judged_counts_as_it_was_previewed() {
    let company = Company::new();
    let client = &company.promotion.client;
    let judged = |level: &str| json!({ "loyalty": { "state": "judged", "level": level } });
    let row = |level: &str| json!({ "code": "K0001", "year": 2025, "values": judged(level) });
    start(&company, "one", 1, 1).ok::<ImportState>();
    chunk(client, "one", 0, &[row("C")]).ok::<ChunkResult>();
    let preview = |level: &str| {
        let known: KnownRows = client.get("/imports/known?shape=annual").ok();
        let Rows::Annual(known) = known.known else { panic!("annual rows") };
        verdict(Some(&known[0]), &serde_json::from_value::<AnnualRow>(row(level)).unwrap(), Voice::Decides)
    };
    assert_eq!(preview("B"), Verdict::Updated, "a level that a ledger brought is replaced by another");

    let path = format!("/customers/{}/years/2025/figures", all(&company)[0].id);
    client.put(&path, 1, &json!({ "values": judged("A") })).ok::<SavedFigures>();
    assert_eq!(preview("B"), Verdict::Unchanged);
    start(&company, "two", 1, 1).ok::<ImportState>();
    let result: ChunkResult = chunk(client, "two", 0, &[row("B")]).ok();
    assert_eq!(result.counts, Counts { new: 0, updated: 0, unchanged: 1 });
}

#[test]
fn killed_in_the_middle_each_chunk_is_whole_or_absent_and_resuming_completes() {
    let mut company = Company::new();
    let rows: Vec<_> = (0..400).map(|number| row(number, 1_000_000 + i64::from(number))).collect();
    let chunks: Vec<&[Value]> = rows.chunks(40).collect();
    start(&company, "long", chunks.len() as u32, 400).ok::<ImportState>();
    chunk(&company.promotion.client, "long", 0, chunks[0]).ok::<ChunkResult>();
    chunk(&company.promotion.client, "long", 1, chunks[1]).ok::<ChunkResult>();

    // The rest is under way when the server dies.
    let (client, url) = (company.promotion.client.clone(), company.server.url().to_owned());
    let bodies: Vec<Value> =
        chunks[2..].iter().map(|rows| json!({ "shape": "annual", "rows": rows })).collect();
    let sender = std::thread::spawn(move || {
        for (index, body) in bodies.iter().enumerate() {
            let path = format!("/imports/long/chunks/{}", index + 2);
            if client.request("PUT", &path).json(body).try_send().is_err() {
                return;
            }
        }
    });
    std::thread::sleep(std::time::Duration::from_millis(120));
    company.server.kill();
    sender.join().unwrap();
    company.server.restart();

    let client = company.promotion.client.moved(company.server.url());
    assert_ne!(company.server.url(), url);
    let state: ImportState = client.get("/imports/long").ok();
    assert!(state.received.starts_with(&[0, 1]), "what was answered is there: {:?}", state.received);
    let stored: Page<CustomerRow> = client.get("/customers?sort=code&limit=200").ok();
    let expected = (state.received.len() * 40).min(200);
    assert_eq!(stored.items.len(), expected, "each chunk is whole or absent");

    for (index, rows) in chunks.iter().enumerate() {
        chunk(&client, "long", index as u32, rows).ok::<ChunkResult>();
    }
    let state: ImportState = client.get("/imports/long").ok();
    assert!(state.completed_at.is_some());
    assert_eq!(state.counts, Counts { new: 400, updated: 0, unchanged: 0 }, "nothing was written twice");
    let verdict: Value = company.admin.moved(company.server.url()).get("/audit/verify").ok();
    assert_eq!(verdict["intact"], true, "{verdict}");
}

#[test]
fn a_mapping_is_remembered_for_the_same_headings() {
    let company = Company::new();
    let path = "/import-mappings?shape=annual&headings=code%7Cname";
    assert_eq!(company.promotion.client.get(path).problem().code, Code::NotFound);
}
