//! Files that are refused, and how.

use std::io::Write;

use super::*;

fn refusal(bytes: &[u8]) -> SheetError {
    Driver::default().open("x.xlsx", bytes.to_vec()).unwrap_err()
}

/// A zip archive of parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn each_kind_of_wrong_file_has_its_answer() {
    assert_eq!(refusal(b""), SheetError::Empty);
    assert_eq!(refusal(b" \n\n"), SheetError::Empty);
    assert_eq!(refusal(b"%PDF-1.7 \xff"), SheetError::NotASpreadsheet);
    assert_eq!(refusal(b"\x89PNG\r\n\0\0"), SheetError::NotASpreadsheet);
    assert_eq!(refusal(b"<html><table><tr><td>1</td></tr></table>"), SheetError::Markup);
    assert_eq!(refusal(b"<?xml version=\"1.0\"?><Workbook/>"), SheetError::Markup);
    assert_eq!(refusal(b"ab\xffc,\xff\xff"), SheetError::Encoding);
    assert_eq!(refusal(&archive(&[("word/document.xml", b"<w/>")])), SheetError::NotASpreadsheet);
    assert!(matches!(refusal(b"PK\x03\x04 and no more"), SheetError::Corrupt { .. }));
    assert!(matches!(
        refusal(&archive(&[("xl/workbook.xml", b"<workbook")])),
        SheetError::Corrupt { .. } | SheetError::Empty
    ));
    assert!(matches!(refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more"), SheetError::Corrupt { .. }));
    let whole = data("ledgers/annual-1904.xlsx");
    assert!(matches!(refusal(&whole[..whole.len() / 2]), SheetError::Corrupt { .. }));
    let whole = data("ledgers/receivables.xls");
    assert!(matches!(refusal(&whole[..whole.len() / 3]), SheetError::Corrupt { .. } | SheetError::Empty));
}

#[test]
fn an_encrypted_workbook_asks_for_its_password_to_be_taken_off() {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        refusal(&[&[0xd0, 0xcf, 0x11, 0xe0], [0; 512].as_slice(), &name].concat()),
        SheetError::Password
    );
}

#[test]
fn too_much_is_refused() {
    assert_eq!(refusal(&vec![b'a'; (50 << 20) + 1]), SheetError::TooLarge { limit: 50 << 20 });
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(300_000, 0, "x").unwrap();
    assert_eq!(refusal(&book.save_to_buffer().unwrap()), SheetError::TooManyRows { limit: 300_000 });
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 200, "x").unwrap();
    assert_eq!(refusal(&book.save_to_buffer().unwrap()), SheetError::TooManyColumns { limit: 200 });
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet();
    assert_eq!(refusal(&book.save_to_buffer().unwrap()), SheetError::Empty);
}

#[test]
fn a_refusal_leaves_what_was_open() {
    let mut driver = Driver::default();
    driver.import("a.xls", data("ledgers/receivables.xls"));
    assert!(driver.open("b", Vec::new()).is_err());
    assert_eq!(driver.rows("all")["total"], 3);
    let unfit = json!({"op": "known", "page": {"known": {"shape": "annual", "rows": []}}});
    assert!(matches!(driver.run(unfit, None), Err(SheetError::BadRequest { .. })));
    let unmapped = json!({"op": "read", "shape": "annual", "mapping": {"header_row": 0, "columns": []}});
    assert!(matches!(driver.run(unmapped, None), Err(SheetError::Mapping { .. })));
    driver.ask::<Value>(json!({ "op": "close" }));
    assert_eq!(driver.run(json!({ "op": "summary" }), None), Err(SheetError::OutOfTurn));
}
