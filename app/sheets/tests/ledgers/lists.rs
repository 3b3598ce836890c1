//! Lists that go out: what is read in again is what was written, and nothing of it is a formula.

use shared::calendar::Date;
use shared::ledger::{Figure, Table, TableCell};
use shared::number::Fen;

use super::*;

/// What a spreadsheet may take for the beginning of a formula.
const BEGINNINGS: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

fn file(format: &str, table: &Table) -> Vec<u8> {
    Driver::default().bytes(json!({ "op": "table", "format": format, "table": table }))
}

fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn table() -> Table {
    let row = |name: &str| {
        vec![
            TableCell::text(name),
            TableCell::yuan(Fen::clamped(-123_456_705)),
            TableCell::whole(2025),
            TableCell::Date(Date::new(2026, 3, 26).unwrap()),
            TableCell::Empty,
            TableCell::text("-5"),
        ]
    };
    let headings = ["客户", "销售额（元）", "年度", "日期", "备注", "=编号"];
    Table {
        headings: headings.map(str::to_owned).to_vec(),
        rows: vec![row("=cmd|' /C calc'!A0"), row("甲，\"乙\",\n丙")],
    }
}

#[test]
fn a_list_comes_back_from_csv() {
    let bytes = file("csv", &table());
    assert!(bytes.ends_with(b"\r\n"));
    let rows = csv_rows(&bytes);
    assert_eq!(rows[0], ["客户", "销售额（元）", "年度", "日期", "备注", "'=编号"]);
    assert_eq!(rows[1], ["'=cmd|' /C calc'!A0", "-1234567.05", "2025", "2026-03-26", "", "'-5"]);
    assert_eq!(rows[2][0], "甲，\"乙\",\n丙");
}

#[test]
fn a_list_comes_back_from_a_workbook() {
    let bytes = file("xlsx", &table());
    assert_eq!(bytes, file("xlsx", &table()), "the same bytes every time");
    let opened = Driver::default().open("list.xlsx", bytes).unwrap();
    let headings: Vec<&str> = opened.headings.iter().map(|heading| heading.text.as_str()).collect();
    assert_eq!(headings, ["客户", "销售额（元）", "年度", "日期", "备注", "=编号"]);
    assert_eq!(opened.rows, 3);
    let first = &opened.sample[0];
    assert_eq!(first[..6], ["=cmd|' /C calc'!A0", "-1234567.05", "2025", "2026-03-26", "", "-5"]);
}

#[test]
fn an_empty_list_is_its_headings() {
    let empty = Table { rows: Vec::new(), ..table() };
    assert_eq!(csv_rows(&file("csv", &empty)).len(), 1);
    assert!(!file("xlsx", &empty).is_empty());
}

#[test]
fn no_cell_of_a_csv_begins_a_formula_unless_it_is_a_number() {
    let alphabet: Vec<char> = BEGINNINGS.into_iter().chain(['"', '\'', ',', '5', '.', '甲', ' ']).collect();
    let mut texts = vec![String::new()];
    for length in 1..=3 {
        let longer = texts.iter().filter(|text| text.chars().count() == length - 1);
        let longer: Vec<String> =
            longer.flat_map(|text| alphabet.iter().map(move |c| format!("{text}{c}"))).collect();
        texts.extend(longer);
    }
    let cells = texts.iter().map(|text| vec![TableCell::text(text), TableCell::text("|")]);
    let all = Table { headings: texts.clone(), rows: cells.collect() };
    let rows = csv_rows(&file("csv", &all));
    assert_eq!(rows.len(), texts.len() + 1);
    for cell in rows.iter().flatten() {
        assert!(!cell.starts_with(BEGINNINGS), "{cell:?}");
    }
    for (row, text) in rows.iter().skip(1).zip(&texts) {
        assert!(row[0] == *text || row[0] == format!("'{text}"), "{:?} of {text:?}", row[0]);
    }
    // A real number is one, whatever its sign.
    let numbers = [-5, -1, 0, 7].map(|number| vec![TableCell::Number(Figure::hundredths(number))]);
    let numbers = Table { headings: vec!["数".to_owned()], rows: numbers.into() };
    let written: Vec<String> = csv_rows(&file("csv", &numbers)).into_iter().skip(1).flatten().collect();
    assert_eq!(written, ["-0.05", "-0.01", "0.00", "0.07"]);
}
