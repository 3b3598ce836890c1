//! Whole files through the workbench, as the Web Worker drives it.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::ledger::{Fault, Field, Mapping, Question, Shape, Summary};
use sheets::workbench::Opened;
use sheets::{Answer, Request, SheetError, Workbench};

mod lists;
mod outward;
mod real;
mod refused;

fn gb18030(bytes: &[u8]) -> Option<String> {
    encoding_rs::GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(|text| text.into_owned())
}

fn data(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../../tests/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A workbench and the requests a page makes of it.
#[derive(Default)]
struct Driver {
    bench: Workbench,
    reports: Vec<(u64, u64)>,
}

impl Driver {
    fn run(&mut self, request: Value, bytes: Option<Vec<u8>>) -> Result<Answer, SheetError> {
        let request: Request = serde_json::from_value(request).unwrap();
        let reports = &mut self.reports;
        self.bench.run(request, bytes, gb18030, &mut |done, total| reports.push((done, total)))
    }

    fn ask<T: DeserializeOwned>(&mut self, request: Value) -> T {
        match self.run(request, None).unwrap() {
            Answer::Json(text) => serde_json::from_str(&text).unwrap(),
            Answer::Bytes(_) => panic!("bytes"),
        }
    }

    fn bytes(&mut self, request: Value) -> Vec<u8> {
        match self.run(request, None).unwrap() {
            Answer::Bytes(bytes) => bytes,
            Answer::Json(text) => panic!("{text}"),
        }
    }

    fn open(&mut self, file_name: &str, bytes: Vec<u8>) -> Result<Opened, SheetError> {
        match self.run(json!({ "op": "open", "file_name": file_name }), Some(bytes))? {
            Answer::Json(text) => Ok(serde_json::from_str(&text).unwrap()),
            Answer::Bytes(_) => panic!("bytes"),
        }
    }

    fn read(&mut self, shape: Shape, mapping: &Mapping) -> Summary {
        self.ask(json!({ "op": "read", "shape": shape, "mapping": mapping }))
    }

    /// Opens a file that leaves no question and reads it.
    fn import(&mut self, file_name: &str, bytes: Vec<u8>) -> Summary {
        let opened = self.open(file_name, bytes).unwrap();
        assert_eq!(opened.guess.questions, []);
        self.read(opened.guess.shape, &opened.guess.mapping)
    }

    fn rows(&mut self, filter: &str) -> Value {
        self.ask(json!({ "op": "rows", "filter": filter, "from": 0, "count": 1000 }))
    }
}

#[test]
fn an_xls_workbook_is_read() {
    let mut driver = Driver::default();
    let opened = driver.open("台账.xls", data("ledgers/receivables.xls")).unwrap();
    assert_eq!((opened.sheets.len(), opened.sheet.as_str()), (2, "应收"));
    assert_eq!((opened.guess.shape, opened.guess.mapping.header_row), (Shape::Receivables, 2));
    assert_eq!(opened.sample[0][3], "2024-01-31");
    assert_eq!(opened.headings[5].column, "F");
    let summary = driver.read(opened.guess.shape, &opened.guess.mapping);
    assert_eq!((summary.rows, summary.problem_lines, summary.totals), (3, 0, 1));
    assert_eq!(summary.years[0].sales.get(), 5_039 + 1_234_567 - 10);
    let rows = driver.rows("all");
    assert_eq!(rows["rows"][1]["row"]["settled"], Value::Null);
    assert_eq!(
        rows["rows"][2]["row"],
        json!({"code": "K002", "number": "=1+1", "name": "<b>西部锅炉</b>", "issued": "2024-02-01", "amount": -10,
            "disputed": false})
    );
}

#[test]
fn an_xlsx_workbook_of_1904_with_percentages_is_read() {
    let mut driver = Driver::default();
    let opened = driver.open("a.bin", data("ledgers/annual-1904.xlsx")).unwrap();
    assert_eq!(opened.guess.questions, [], "percentages and the year in the sheet's name leave no question");
    assert_eq!(opened.guess.mapping.year, Some(2024));
    driver.read(opened.guess.shape, &opened.guess.mapping);
    let rows = driver.rows("all");
    assert_eq!(
        rows["rows"][0]["row"],
        json!({"code": "K001", "year": 2024, "name": "东方封头厂", "since": "2019-03-01", "values": {
            "annual_sales": {"state": "measured", "value": 350_500_000},
            "collection": {"state": "measured", "value": 9_250},
            "potential": {"state": "measured", "value": -310},
            "order_planning": {"state": "judged", "level": "A"},
        }})
    );
    assert_eq!(rows["rows"][1]["row"]["since"], "2020-05-01");
    assert_eq!(rows["rows"][1]["row"]["values"]["annual_sales"]["value"], 300_000);
    assert_eq!(rows["rows"][2]["row"]["name"], "@SUM(A1)");
}

#[test]
fn csv_in_gb18030_with_semicolons_is_read() {
    let text = "客户编号;客户名称;年度;销售额（万元）;回款率\r\nK1;甲;2025;\"1.234,5\";92,5%\r\nK2;乙;2025;７;85%\r\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let mut driver = Driver::default();
    let summary = driver.import("a.csv", bytes.into_owned());
    assert_eq!((summary.rows, summary.years[0].sales.get()), (2, 1_241_500_000));
}

#[test]
fn another_sheet_shape_or_line_of_headings_can_be_chosen() {
    let mut driver = Driver::default();
    driver.open("台账.xls", data("ledgers/receivables.xls")).unwrap();
    let other: Opened = driver.ask(json!({ "op": "choose", "sheet": "说明" }));
    assert_eq!((other.rows, other.headings.len()), (1, 1));
    driver.ask::<Opened>(json!({ "op": "choose", "sheet": "应收" }));
    let annual: Opened = driver.ask(json!({ "op": "guess", "shape": "annual" }));
    assert_eq!(annual.guess.shape, Shape::Annual);
    assert_eq!(annual.guess.mapping.year, Some(2024));
    let moved: Opened = driver.ask(json!({ "op": "guess", "shape": "receivables", "header_row": 3 }));
    assert_eq!(moved.headings[0].text, "K001");
    let missing = driver.run(json!({ "op": "choose", "sheet": "nowhere" }), None);
    assert_eq!(missing.unwrap_err(), SheetError::NoSheet);
}

#[test]
fn a_correction_is_recalled_and_what_is_open_is_asked() {
    let mut driver = Driver::default();
    let opened =
        driver.open("a.csv", b"id,date,no,amount,paid\nK1,03/01/2025,1,5,04/01/2025\n".to_vec()).unwrap();
    let index = |question: &Question| matches!(question, Question::DateOrder { index: 1, .. });
    assert!(opened.guess.questions.iter().any(index), "{:?}", opened.guess);
    let mut mapping = opened.guess.mapping;
    mapping.columns = serde_json::from_value(json!([
        {"field": "code", "index": 0}, {"field": "issued", "index": 1}, {"field": "number", "index": 2},
        {"field": "amount", "index": 3}, {"field": "settled", "index": 4},
    ]))
    .unwrap();
    let open: Value = driver.ask(json!({ "op": "questions", "shape": "receivables", "mapping": mapping }));
    assert_eq!((open["questions"][0]["kind"].as_str(), &open["fault"]), (Some("date_order"), &Value::Null));
    mapping.date_order = Some(shared::ledger::DateOrder::MonthFirst);
    mapping.amount_unit = Some(shared::ledger::AmountUnit::Yuan);
    let recalled: Opened = driver.ask(json!({ "op": "recall", "shape": "receivables", "mapping": mapping }));
    assert_eq!((recalled.guess.questions.as_slice(), recalled.guess.mapping == mapping), (&[][..], true));
    driver.read(Shape::Receivables, &mapping);
    assert_eq!(driver.rows("all")["rows"][0]["row"]["issued"], "2025-03-01");
}

#[test]
fn verdicts_follow_what_is_stored() {
    let mut driver = Driver::default();
    let text =
        "客户编号,年度,销售额（元）,销售科\nK1,2024,1,一科\nK2,2024,2,一科\nK3,2024,3,一科\nK4,2024,4,九科\n";
    let opened = driver.open("a.csv", text.as_bytes().to_vec()).unwrap();
    let references = json!({ "units": [{"key": "s1", "name": "一科"}], "reps": [] });
    let summary: Summary = driver.ask(json!({
        "op": "read", "shape": "annual", "mapping": opened.guess.mapping, "references": references,
    }));
    assert_eq!((summary.rows, summary.problem_lines, summary.counts.new), (3, 1, 0));
    let problems = driver.rows("problem");
    assert_eq!(problems["problems"][0]["code"], serde_json::to_value(Fault::UnknownUnit).unwrap());
    assert_eq!(problems["problems"][0]["field"], serde_json::to_value(Field::Unit).unwrap());
    let stored = |code: &str, fen: i64| {
        json!({"code": code, "year": 2024, "name": "x", "unit": "一科",
            "values": {"annual_sales": {"state": "measured", "value": fen}}})
    };
    let page = |rows: Value, next: Value| json!({"op": "known", "page": {"known": {"shape": "annual", "rows": rows}, "next": next}});
    let first: Summary = driver.ask(page(json!([stored("K1", 100), stored("K9", 1)]), json!("more")));
    assert_eq!(first.counts.unchanged, 0, "not known before the last page");
    let last: Summary = driver.ask(page(json!([stored("K2", 100)]), Value::Null));
    assert_eq!((last.counts.new, last.counts.updated, last.counts.unchanged), (1, 1, 1));
    assert_eq!(driver.rows("updated")["rows"][0]["row"]["code"], "K2");
    let chunks: Value = driver.ask(json!({ "op": "chunks" }));
    assert_eq!(chunks, json!({ "chunks": 1, "rows": 3 }));
    let chunk: shared::dto::import::Rows = driver.ask(json!({ "op": "chunk", "index": 0 }));
    assert!(
        matches!(chunk, shared::dto::import::Rows::Annual(rows) if rows.len() == 3 && rows[0].unit.as_deref() == Some("s1"))
    );
}

#[test]
fn an_older_ledger_does_not_speak_for_a_customer_of_newer_years() {
    let mut driver = Driver::default();
    let text = "客户编号,客户名称,年度,销售额（元）\nK1,旧名,2024,1\nK2,新名,2024,2\nK2,新名,2025,3\n";
    let opened = driver.open("a.csv", text.as_bytes().to_vec()).unwrap();
    let _: Summary = driver.ask(json!({ "op": "read", "shape": "annual", "mapping": opened.guess.mapping }));
    let stored = |code: &str, year: i32, fen: i64| {
        json!({"code": code, "year": year, "name": "现名",
            "values": {"annual_sales": {"state": "measured", "value": fen}}})
    };
    let rows =
        [stored("K1", 2024, 100), stored("K1", 2025, 9), stored("K2", 2024, 200), stored("K2", 2025, 300)];
    let page = json!({"known": {"shape": "annual", "rows": rows}, "next": null});
    let told: Summary = driver.ask(json!({"op": "known", "page": page}));
    // K1 keeps its name, and K2 gets its new one by the later row alone.
    assert_eq!((told.counts.new, told.counts.updated, told.counts.unchanged), (0, 1, 2));
    assert_eq!(driver.rows("updated")["rows"][0]["row"]["year"], 2025);
}
