//! The real receivables ledger of 100 customers, imported whole; the expected values are computed
//! here from the raw file, without the product's own code.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::dto::customer::{CustomerPage, CustomerRow};
use shared::dto::import::{ChunkResult, Counts, ImportState};
use shared::dto::page::Page;
use shared::grading::Input;
use shared::id::{Key, UnitId};
use tests::company::Company;

const FILE: &str = include_str!("../data/receivables-2012-2013.csv");

pub(crate) struct Invoice {
    /// The customer's number.
    pub(crate) customer: String,
    number: String,
    issued: String,
    due: String,
    settled: String,
    cents: i64,
    disputed: bool,
    days_late: i64,
}

/// `03/01/2012` is 2012-01-03.
fn iso(text: &str) -> String {
    let parts: Vec<&str> = text.split('/').collect();
    format!("{}-{}-{}", parts[2], parts[1], parts[0])
}

fn cents(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    whole.parse::<i64>().unwrap() * 100 + format!("{part:0<2}").parse::<i64>().unwrap()
}

/// The ledger's rows.
pub(crate) fn invoices() -> Vec<Invoice> {
    let mut reader = csv::Reader::from_reader(FILE.as_bytes());
    let records = reader.records().map(Result::unwrap);
    records
        .map(|record| Invoice {
            customer: record[1].to_owned(),
            number: record[3].to_owned(),
            issued: iso(&record[4]),
            due: iso(&record[5]),
            cents: cents(&record[6]),
            disputed: &record[7] == "Yes",
            settled: iso(&record[8]),
            days_late: record[11].parse().unwrap(),
        })
        .collect()
}

/// Imports some of them; new customers belong to a unit.
pub(crate) fn send(company: &Company, id: &str, unit: &UnitId, invoices: &[Invoice]) -> Vec<ChunkResult> {
    let mut by_customer: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for one in invoices {
        by_customer.entry(&one.customer).or_default().push(json!({
            "code": one.customer, "number": one.number, "issued": one.issued, "due": one.due,
            "amount": one.cents, "settled": one.settled, "disputed": one.disputed,
        }));
    }
    let groups: Vec<Vec<Value>> = by_customer.into_values().collect();
    let chunks: Vec<Vec<Value>> = groups.chunks(20).map(<[Vec<Value>]>::concat).collect();
    let start = json!({ "id": id, "shape": "receivables", "file_name": "receivables-2012-2013.csv",
        "as_of": "2014-03-31", "default_unit": unit, "chunks": chunks.len(), "rows": invoices.len() });
    company.promotion.client.post("/imports", &start).ok::<ImportState>();
    let put = |(n, rows): (usize, &Vec<Value>)| {
        let body = json!({ "shape": "receivables", "rows": rows });
        company.promotion.client.request("PUT", &format!("/imports/{id}/chunks/{n}")).json(&body).send().ok()
    };
    chunks.iter().enumerate().map(put).collect()
}

fn sum(results: &[ChunkResult]) -> Counts {
    results.iter().fold(Counts::default(), |mut sum, result| {
        sum.new += result.counts.new;
        sum.updated += result.counts.updated;
        sum.unchanged += result.counts.unchanged;
        sum
    })
}

#[test]
fn the_real_ledger_is_imported_and_every_figure_is_as_computed_apart() {
    let company = Company::new();
    let invoices = invoices();
    assert_eq!(invoices.len(), 2466);
    let results = send(&company, "real", &company.one.id, &invoices);
    assert_eq!(sum(&results), Counts { new: 2466, updated: 0, unchanged: 0 });
    assert_eq!(results.iter().map(|result| result.customers_added).sum::<u32>(), 100);

    let mut total = 0;
    let list: Page<CustomerRow> = company.promotion.client.get("/customers?limit=200&sort=code").ok();
    assert_eq!(list.items.len(), 100);
    for row in &list.items {
        let page: CustomerPage = company.promotion.client.get(&format!("/customers/{}", row.id)).ok();
        for year in &page.years {
            let of_year: Vec<&Invoice> = invoices
                .iter()
                .filter(|one| {
                    one.customer == row.code.as_str() && one.issued.starts_with(&year.year.to_string())
                })
                .collect();
            let detail = year.detail.as_ref().unwrap();
            let figure = |key: &str| match &detail.figures[&Key::parse(key).unwrap()].input {
                Input::Measured { value } => *value,
                other => panic!("{key}: {other:?}"),
            };
            let sales: i64 = of_year.iter().map(|one| one.cents).sum();
            let on_time: i64 = of_year.iter().filter(|one| one.days_late == 0).map(|one| one.cents).sum();
            let disputed: i64 = of_year.iter().filter(|one| one.disputed).map(|one| one.cents).sum();
            let share = |part: i64| (part * 20_000 + sales) / (2 * sales);
            assert_eq!(figure("annual_sales"), sales, "{} {}", row.code, year.year);
            assert_eq!(figure("collection"), share(on_time), "{} {}", row.code, year.year);
            assert_eq!(figure("disputed_share"), share(disputed), "{} {}", row.code, year.year);
            let worst = of_year.iter().map(|one| one.days_late).max().unwrap();
            assert_eq!(figure("worst_days_overdue"), worst, "{} {}", row.code, year.year);
            assert_eq!(figure("overdue_days"), 0, "everything in this ledger is settled");
            total += sales;

            // Sales and collection, and growth in the second year, are not evidence enough.
            assert!(!detail.assessment.evidence.enough);
            assert_eq!(
                (year.tier.as_ref(), detail.assessment.missing.len()),
                (None, if page.years.len() == 2 && year.year == 2013 { 5 } else { 6 })
            );
        }
    }
    assert_eq!(total, invoices.iter().map(|one| one.cents).sum::<i64>());

    let again = send(&company, "again", &company.one.id, &invoices);
    assert_eq!(sum(&again), Counts { new: 0, updated: 0, unchanged: 2466 });
}

#[test]
fn judging_what_the_ledger_lacks_gives_the_grade() {
    let company = Company::new();
    let invoices = invoices();
    send(&company, "real", &company.one.id, &invoices);
    let list: Page<CustomerRow> = company.promotion.client.get("/customers?q=3993-QUNVJ").ok();
    let path = format!("/customers/{}", list.items[0].id);
    let page: CustomerPage = company.promotion.client.get(&path).ok();
    let level = json!({ "state": "judged", "level": "A" });
    let body = json!({ "values": { "order_planning": level, "product_fit": level, "communication": level, "loyalty": level } });
    let year = page.years[0].year;
    let saved: shared::dto::figures::SavedFigures = company
        .promotion
        .client
        .put(&format!("{path}/years/{year}/figures"), page.years[0].version, &body)
        .ok();
    assert!(saved.year.tier.is_some());
    assert_eq!(sum(&send(&company, "again", &company.one.id, &invoices)).unchanged, 2466);
    let after: CustomerPage = company.promotion.client.get(&path).ok();
    assert_eq!(
        after.years[0].tier, saved.year.tier,
        "a ledger imported again does not undo what a person judged"
    );
}
