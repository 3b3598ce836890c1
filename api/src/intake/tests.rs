use std::collections::BTreeMap;

use serde_json::json;
use shared::calendar::Date;
use shared::dto::figures::{Figure, Source};
use shared::grading::Input;
use shared::id::{CustomerCode, Key, Label, Name, UnitId};
use shared::ledger::{AnnualRow, Fault, InvoiceRow, Verdict};

use super::*;
use crate::store::customers::CustomerRow;
use crate::store::figures::StoredYear;

fn names() -> Names {
    let units = json!([
        { "id": "u1", "name": "销售一科", "kind": "section", "active": true, "version": 1 },
        { "id": "u2", "name": "销售二科", "kind": "section", "active": true, "version": 1 },
        { "id": "u3", "name": "旧科", "kind": "section", "active": false, "version": 1 },
    ]);
    let reps = json!([
        { "id": "r1", "login": "zhangwei", "name": "张伟", "unit": "u1" },
        { "id": "r2", "login": "zhangwei2", "name": "张伟", "unit": "u2" },
        { "id": "r3", "login": "li", "name": "李晓梅", "unit": "u2" },
    ]);
    Names { units: serde_json::from_value(units).unwrap(), reps: serde_json::from_value(reps).unwrap() }
}

fn code() -> CustomerCode {
    CustomerCode::parse("K1").unwrap()
}

fn with<T>(run: impl FnOnce(Stamp<'_>) -> T) -> T {
    let (names, unit, by) = (names(), UnitId::parse("u1").unwrap(), Name::parse("苏婷").unwrap());
    let as_of = Date::parse("2025-12-31").unwrap();
    run(Stamp { at: 7, by: &by, as_of, default_unit: &unit, names: &names })
}

fn known(outcome: Outcome) -> Known {
    let row = json!({ "id": "c1", "code": "K1", "name": outcome.draft.name, "unit_id": outcome.draft.unit,
        "rep_id": outcome.draft.rep, "segment": outcome.draft.segment, "since": outcome.draft.since, "version": 1,
        "revision": 1 });
    let customer: CustomerRow = serde_json::from_value(row).unwrap();
    let years = outcome.years.into_iter();
    let years = years
        .map(|(year, figures)| (year, StoredYear { version: 1, figures, tier: String::new(), score: 0 }));
    let invoices = outcome.invoices.iter().map(|invoice| (invoice.0.clone(), invoice.row(&code()))).collect();
    Known { customer, years: years.collect(), invoices }
}

fn annual_rows(rows: &serde_json::Value) -> Vec<AnnualRow> {
    serde_json::from_value(rows.clone()).unwrap()
}

fn take(known: Option<&Known>, rows: &serde_json::Value) -> Result<Outcome, (usize, RowFault)> {
    let rows = annual_rows(rows);
    let rows: Vec<(usize, &AnnualRow)> = rows.iter().enumerate().collect();
    with(|stamp| annual(stamp, &code(), known, &rows))
}

fn bill(known: Option<&Known>, rows: &serde_json::Value) -> Outcome {
    let rows: Vec<InvoiceRow> = serde_json::from_value(rows.clone()).unwrap();
    let rows: Vec<(usize, &InvoiceRow)> = rows.iter().enumerate().collect();
    with(|stamp| receivables(stamp, &code(), known, &rows)).unwrap()
}

fn sales(value: i64) -> serde_json::Value {
    json!({ "annual_sales": { "state": "measured", "value": value } })
}

fn verdicts(outcome: &Outcome) -> Vec<Verdict> {
    let told: BTreeMap<usize, Verdict> = outcome.verdicts.iter().copied().collect();
    told.into_values().collect()
}

#[test]
fn the_latest_year_says_who_the_customer_is_and_importing_again_changes_nothing() {
    let rows = json!([
        { "code": "K1", "year": 2025, "name": "新名", "unit": "销售二科", "rep": "张伟", "values": sales(2) },
        { "code": "K1", "year": 2024, "name": "旧名", "unit": "销售一科", "since": "2019-01-01", "values": sales(1) },
    ]);
    let first = take(None, &rows).unwrap();
    assert_eq!(first.draft.name.as_str(), "新名");
    assert_eq!(first.draft.unit.as_str(), "u2");
    assert_eq!(first.draft.rep.as_ref().unwrap().as_str(), "r2", "the one of that name in the unit");
    assert!(first.draft.since.is_some(), "an earlier year fills what is unknown");
    assert_eq!(verdicts(&first), [Verdict::New, Verdict::New]);
    assert_eq!(first.regrade.iter().copied().collect::<Vec<_>>(), [2024, 2025]);

    let known = known(first);
    let again = take(Some(&known), &rows).unwrap();
    assert!(again.is_empty());
    assert_eq!(verdicts(&again), [Verdict::Unchanged, Verdict::Unchanged]);
    let older = json!([{ "code": "K1", "year": 2024, "name": "更旧", "values": sales(1) }]);
    assert!(take(Some(&known), &older).unwrap().is_empty());
}

#[test]
fn a_customer_without_a_name_is_called_by_its_code_until_one_comes() {
    let first = take(None, &json!([{ "code": "K1", "year": 2025, "values": sales(1) }])).unwrap();
    assert_eq!((first.draft.name.as_str(), first.draft.unit.as_str()), ("K1", "u1"));
    let known = known(first);
    let named =
        take(Some(&known), &json!([{ "code": "K1", "year": 2023, "name": "东方", "values": {} }])).unwrap();
    assert_eq!(named.draft.name.as_str(), "东方");
}

#[test]
fn units_and_reps_must_fit_together() {
    let wrong = |row: serde_json::Value| take(None, &json!([row])).unwrap_err().1.code;
    assert_eq!(
        wrong(json!({ "code": "K1", "year": 2025, "unit": "旧科", "values": {} })),
        Fault::UnknownUnit
    );
    let foreign = json!({ "code": "K1", "year": 2025, "unit": "销售一科", "rep": "李晓梅", "values": {} });
    assert_eq!(wrong(foreign), Fault::UnknownRep);
    // Nobody names the unit of a new customer: it goes where its rep is.
    let led = take(None, &json!([{ "code": "K1", "year": 2025, "rep": "li", "values": {} }])).unwrap();
    assert_eq!((led.draft.unit.as_str(), led.draft.rep.as_ref().unwrap().as_str()), ("u2", "r3"));
    // Moved to another unit without a word on the rep, who stays behind.
    let moved = json!([{ "code": "K1", "year": 2025, "unit": "销售一科", "values": {} }]);
    assert_eq!(take(Some(&known(led)), &moved).unwrap().draft.rep, None);
}

#[test]
fn a_ledger_replaces_what_it_brings_but_no_judgement_of_a_person() {
    let mut stored = known(take(None, &json!([{ "code": "K1", "year": 2025, "values": sales(1) }])).unwrap());
    let entered =
        |input| Figure { input, source: Source::Entered, at: 1, by: Name::parse("李晓梅").unwrap() };
    let judged = |level: &str| Input::Judged { level: Label::parse(level).unwrap() };
    let key = |text| Key::parse(text).unwrap();
    let figures = &mut stored.years.get_mut(&2025).unwrap().figures;
    figures.insert(key("loyalty"), entered(judged("A")));
    figures.insert(key("collection"), entered(Input::Measured { value: 9_000 }));
    figures.insert(key("price_level"), entered(Input::Measured { value: 9_500 }));
    let row = json!([{ "code": "K1", "year": 2025, "values": {
        "loyalty": { "state": "judged", "level": "C" }, "collection": { "state": "measured", "value": 8_000 } } }]);
    let outcome = take(Some(&stored), &row).unwrap();
    let after = &outcome.years[&2025];
    assert_eq!(after[&key("loyalty")].input, judged("A"));
    assert_eq!(after[&key("collection")].source, Source::Annual);
    assert_eq!(after[&key("price_level")].source, Source::Entered);
    let changes = &outcome.changes[&2025];
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[&key("collection")]["before"]["value"], 9_000);
}

#[test]
fn growth_of_the_year_after_is_graded_anew_and_only_then() {
    let two = json!([{ "code": "K1", "year": 2024, "values": sales(1) }, { "code": "K1", "year": 2025, "values": sales(2) }]);
    let stored = known(take(None, &two).unwrap());
    let more = take(Some(&stored), &json!([{ "code": "K1", "year": 2024, "values": sales(9) }])).unwrap();
    assert_eq!(more.regrade.iter().copied().collect::<Vec<_>>(), [2024, 2025]);
    let other = json!([{ "code": "K1", "year": 2024, "values": { "collection": { "state": "measured", "value": 1 } } }]);
    assert_eq!(take(Some(&stored), &other).unwrap().regrade.iter().copied().collect::<Vec<_>>(), [2024]);
    let since = json!([{ "code": "K1", "year": 2025, "since": "2020-01-01", "values": {} }]);
    assert_eq!(take(Some(&stored), &since).unwrap().regrade.len(), 2, "every grade depends on it");
}

#[test]
fn invoices_add_up_with_those_that_are_stored() {
    let invoice = |number: &str, issued: &str, settled: serde_json::Value| json!({ "code": "K1", "number": number, "issued": issued, "due": "2025-03-01", "amount": 100, "settled": settled });
    let first = bill(None, &json!([invoice("1", "2025-01-01", json!("2025-02-01"))]));
    let key = |text| Key::parse(text).unwrap();
    let measured =
        |outcome: &Outcome, name| outcome.years[&2025].get(&key(name)).map(|figure| figure.input.clone());
    assert_eq!(measured(&first, "annual_sales"), Some(Input::Measured { value: 100 }));
    assert_eq!(measured(&first, "disputed_share"), None, "what cannot be told is absent");
    let stored = known(first);
    assert!(bill(Some(&stored), &json!([invoice("1", "2025-01-01", json!("2025-02-01"))])).is_empty());
    let second = bill(Some(&stored), &json!([invoice("2", "2025-01-02", json!(null))]));
    assert_eq!(measured(&second, "annual_sales"), Some(Input::Measured { value: 200 }));
    assert_eq!(measured(&second, "collection"), Some(Input::Measured { value: 5_000 }));
    assert_eq!(second.invoices.len(), 1, "only what changed is written");

    // The only invoice of the year turns out to be of another: its figures go with it.
    let moved = bill(Some(&stored), &json!([invoice("1", "2024-12-31", json!("2025-02-01"))]));
    assert_eq!(measured(&moved, "annual_sales"), None);
    assert!(moved.years[&2024].contains_key(&key("annual_sales")));
}

#[test]
fn a_problem_names_its_row_and_field() {
    let at = |field, code| problem(17, RowFault { field, code });
    assert_eq!(at(Some(Field::Unit), Fault::UnknownUnit).field, "rows.17.unit");
    assert_eq!(at(Some(Field::Collection), Fault::WrongKind).field, "rows.17.values.collection");
    assert_eq!(
        (at(None, Fault::Conflict).field, at(None, Fault::Conflict).code),
        ("rows.17".into(), "conflict".into())
    );
}
