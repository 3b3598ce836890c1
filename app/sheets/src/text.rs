//! Text files into a grid: the encoding, the delimiter, the records.

use shared::ledger::{Cell, Grid};

use crate::error::{COLUMN_LIMIT, ROW_LIMIT, SheetError};
use crate::{Progress, REPORT_EVERY};

/// Decodes GB18030; `None` for bytes that are not.
pub type Decoder = fn(&[u8]) -> Option<String>;

/// The text of a file: by its byte order mark, as UTF-8, or else as GB18030.
///
/// # Errors
/// [`SheetError::NotASpreadsheet`] for binary data, [`SheetError::Encoding`] otherwise.
pub fn decode(bytes: &[u8], gb18030: Decoder) -> Result<String, SheetError> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
        char::decode_utf16(units).collect::<Result<String, _>>().map_err(|_| SheetError::Encoding)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(SheetError::NotASpreadsheet);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => gb18030(bytes).filter(|text| !text.contains('\u{fffd}')).ok_or(SheetError::Encoding),
    }
}

/// The delimiter that divides most of the first lines alike, and how many bytes a line
/// `sep=;` before the data takes.
fn delimiter(text: &str) -> (u8, usize) {
    let first = text.lines().next().unwrap_or("");
    if let Some(&[byte]) = first.trim_end().strip_prefix("sep=").map(str::as_bytes)
        && byte.is_ascii()
    {
        return (byte, text.find('\n').map_or(text.len(), |at| at + 1));
    }
    let mut counts: Vec<[usize; 3]> = Vec::new();
    let (mut quoted, mut line) = (false, [0; 3]);
    for c in text.chars().take(100_000) {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => {
                counts.push(std::mem::take(&mut line));
                if counts.len() >= 40 {
                    break;
                }
            }
            ',' if !quoted => line[0] += 1,
            '\t' if !quoted => line[1] += 1,
            ';' if !quoted => line[2] += 1,
            _ => {}
        }
    }
    counts.push(line);
    let alike = |which: usize| {
        let of = counts.iter().filter_map(|line| line.get(which).copied()).filter(|count| *count > 0);
        of.clone()
            .map(|count| (of.clone().filter(|other| *other == count).count(), count))
            .max()
            .unwrap_or((0, 0))
    };
    // Of two alike the first of comma, tab, semicolon.
    let best =
        [(b';', alike(2)), (b'\t', alike(1)), (b',', alike(0))].into_iter().max_by_key(|(_, alike)| *alike);
    (best.map_or(b',', |(byte, _)| byte), 0)
}

/// The records of a delimited text, line by line as a spreadsheet program would show them:
/// blank lines keep their place, a quoted line break does not begin a line.
///
/// # Errors
/// [`SheetError::TooManyRows`], [`SheetError::TooManyColumns`], [`SheetError::Empty`].
pub fn grid(text: &str, progress: Progress<'_>) -> Result<Grid, SheetError> {
    if text.chars().all(char::is_whitespace) {
        return Err(SheetError::Empty);
    }
    let (delimiter, skip) = delimiter(text);
    let body = text.get(skip..).unwrap_or("");
    // With a line break at the end the last line is counted like the others.
    let bytes = std::io::Read::chain(body.as_bytes(), &b"\n"[..]);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    if skip > 0 {
        rows.push(vec![Cell::Empty]);
    }
    let mut record = csv::StringRecord::new();
    let mut expected = 1;
    while reader.read_record(&mut record).map_err(SheetError::corrupt)? {
        // The reader skips blank lines; where it stands now tells how many there were.
        let breaks = record.as_slice().bytes().filter(|byte| *byte == b'\n').count() as u64;
        let line = reader.position().line().saturating_sub(breaks + 1).max(expected);
        for _ in expected..line.min(expected + ROW_LIMIT) {
            rows.push(Vec::new());
        }
        expected = line + breaks + 1;
        let blank = |index: &usize| record.get(*index).is_none_or(|field| field.trim().is_empty());
        let filled = (0..record.len()).rev().find(|index| !blank(index)).map_or(0, |last| last + 1);
        if filled as u64 > COLUMN_LIMIT {
            return Err(SheetError::TooManyColumns { limit: COLUMN_LIMIT });
        }
        let cells = record.iter().take(filled).map(|field| match field {
            "" => Cell::Empty,
            field => Cell::Text(field.into()),
        });
        rows.push(cells.collect());
        if rows.len() as u64 > ROW_LIMIT {
            return Err(SheetError::TooManyRows { limit: ROW_LIMIT });
        }
        if rows.len().is_multiple_of(REPORT_EVERY) {
            let done = record.position().map_or(0, csv::Position::byte);
            progress(done, body.len() as u64);
        }
    }
    Ok(Grid { rows, ..Grid::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<Vec<String>> {
        let grid = grid(text, &mut |_, _| {}).unwrap();
        grid.rows.iter().map(|row| row.iter().map(|cell| cell.text().into_owned()).collect()).collect()
    }

    #[test]
    fn delimiters_are_told_apart() {
        let expected = [["编号", "金额"], ["K1", "1,5"]];
        for text in ["编号;金额\nK1;1,5\n", "编号\t金额\r\nK1\t1,5", "编号,金额\nK1,\"1,5\"\n"] {
            assert_eq!(texts(text), expected, "{text}");
        }
        assert_eq!(texts("sep=;\n编号;金额"), [vec![""], vec!["编号", "金额"]]);
        assert_eq!(texts("one column\nonly"), [["one column"], ["only"]]);
        assert_eq!(texts("\"a;b;c\",d\n\"e;f;g\",h"), [["a;b;c", "d"], ["e;f;g", "h"]]);
    }

    #[test]
    fn lines_keep_their_numbers() {
        assert_eq!(
            texts("a,b\n\n\"c\nd\",e\n\nf,g").iter().map(Vec::len).collect::<Vec<_>>(),
            [2, 0, 2, 0, 2]
        );
    }

    #[test]
    fn every_encoding_is_read() {
        let gb18030: Decoder = |bytes| {
            encoding_rs::GB18030
                .decode_without_bom_handling_and_without_replacement(bytes)
                .map(|text| text.into_owned())
        };
        let text = "客户编号,𠮷\n";
        let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        let with_mark = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            with_mark(&[0xef, 0xbb, 0xbf], text.as_bytes()),
            with_mark(&[0xff, 0xfe], &utf16(u16::to_le_bytes)),
            with_mark(&[0xfe, 0xff], &utf16(u16::to_be_bytes)),
            encoding_rs::GB18030.encode(text).0.into_owned(),
        ] {
            assert_eq!(decode(&bytes, gb18030).as_deref(), Ok(text), "{bytes:x?}");
        }
        assert_eq!(decode(b"a\xff\xff\xff", gb18030), Err(SheetError::Encoding));
        assert_eq!(decode(b"PNG\0\0", gb18030), Err(SheetError::NotASpreadsheet));
    }

    #[test]
    fn limits_are_held() {
        assert_eq!(grid("", &mut |_, _| {}).err(), Some(SheetError::Empty));
        assert_eq!(grid(" \r\n\t", &mut |_, _| {}).err(), Some(SheetError::Empty));
        let wide = "x,".repeat(201) + "x";
        assert_eq!(grid(&wide, &mut |_, _| {}).err(), Some(SheetError::TooManyColumns { limit: 200 }));
        assert!(grid(&("x".to_owned() + &",".repeat(500)), &mut |_, _| {}).is_ok());
        let long = "a,b\n".repeat(300_001);
        assert_eq!(grid(&long, &mut |_, _| {}).err(), Some(SheetError::TooManyRows { limit: 300_000 }));
    }
}
