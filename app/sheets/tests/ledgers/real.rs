//! The real ledger against what was computed without this code, and a large one for its size.

use std::collections::BTreeMap;
use std::time::Instant;

use shared::calendar::Date;
use shared::dto::import::Rows;
use shared::ledger::{Aggregates, DateOrder, InvoiceRow, aggregate};

use super::*;

#[test]
fn the_real_ledger_comes_to_what_was_computed_independently() {
    let mut driver = Driver::default();
    let opened = driver.open("receivables-2012-2013.csv", data("receivables-2012-2013.csv")).unwrap();
    assert_eq!((opened.guess.shape, opened.guess.questions.as_slice()), (Shape::Receivables, &[][..]));
    assert_eq!(opened.guess.mapping.date_order, Some(DateOrder::DayFirst));
    let summary = driver.read(opened.guess.shape, &opened.guess.mapping);
    assert_eq!(
        (summary.rows, summary.customers, summary.problem_lines, summary.repeated),
        (2_466, 100, 0, 0)
    );

    let expected: Value = serde_json::from_slice(&data("receivables-expected.json")).unwrap();
    for year in &summary.years {
        assert_eq!(expected["sales"][year.year.to_string()], year.sales.get());
    }
    let chunks: Value = driver.ask(json!({ "op": "chunks" }));
    assert_eq!(chunks["rows"], 2_466);
    let mut by_customer: BTreeMap<String, Vec<InvoiceRow>> = BTreeMap::new();
    for index in 0..chunks["chunks"].as_u64().unwrap() {
        let Rows::Receivables(rows) = driver.ask(json!({ "op": "chunk", "index": index })) else { panic!() };
        assert!(rows.len() <= 500);
        let mut own: BTreeMap<String, Vec<InvoiceRow>> = BTreeMap::new();
        for row in rows {
            own.entry(row.code.to_string()).or_default().push(row);
        }
        for (code, rows) in own {
            assert!(by_customer.insert(code, rows).is_none(), "a customer is in one chunk");
        }
    }
    for (as_of, customers) in expected["as_of"].as_object().unwrap() {
        let as_of = Date::parse(as_of).unwrap();
        for (code, rows) in &by_customer {
            let years: BTreeMap<String, Aggregates> =
                aggregate(rows, as_of).into_iter().map(|(year, sums)| (year.to_string(), sums)).collect();
            assert_eq!(serde_json::to_value(years).unwrap(), customers[code], "{code} as at {as_of}");
        }
        assert_eq!(customers.as_object().unwrap().len(), by_customer.len());
    }
}

#[test]
fn importing_the_same_again_changes_nothing() {
    let mut driver = Driver::default();
    driver.import("receivables-2012-2013.csv", data("receivables-2012-2013.csv"));
    let chunks: Value = driver.ask(json!({ "op": "chunks" }));
    let count = chunks["chunks"].as_u64().unwrap();
    let mut last = None;
    for index in 0..count {
        let rows: Rows = driver.ask(json!({ "op": "chunk", "index": index }));
        let next = (index + 1 < count).then(|| "more".to_owned());
        let page = json!({ "op": "known", "page": { "known": rows, "next": next } });
        last = Some(driver.ask::<Summary>(page));
    }
    let counts = last.unwrap().counts;
    assert_eq!((counts.new, counts.updated, counts.unchanged), (0, 0, 2_466));
}

#[test]
fn a_file_of_twenty_megabytes_is_read_with_progress() {
    let mut text = String::from("客户编号,客户名称,发票号,开票日期,到期日,金额,结清日期,是否争议\n");
    for at in 0..200_000_u32 {
        let (day, month) = (at % 28 + 1, at % 12 + 1);
        text += &format!(
            "K{:05},东方压力容器封头制造有限公司{:05}号,FP{at:010},2025-{month:02}-{day:02},2025-12-31,{at}.25,,否\n",
            at % 9_973,
            at % 9_973
        );
    }
    assert!(text.len() > 20_000_000);
    let begun = Instant::now();
    let mut driver = Driver::default();
    let summary = driver.import("a.csv", text.into_bytes());
    assert_eq!((summary.rows, summary.customers), (200_000, 9_973));
    assert!(driver.reports.len() > 50);
    assert!(driver.reports.iter().all(|(done, total)| done <= total));
    eprintln!("200,000 lines in {:?}", begun.elapsed());
}
