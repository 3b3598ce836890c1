//! A file opened: a workbook of sheets, or a text that is its only sheet.

use std::io::Cursor;
use std::rc::Rc;

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use shared::ledger::{Cell, Grid, from_serial};
use smol_str::ToSmolStr;

use crate::error::{COLUMN_LIMIT, FILE_LIMIT, ROW_LIMIT, SheetError};
use crate::text::{self, Decoder};
use crate::{Progress, REPORT_EVERY, archive, decimal};

type Bytes = Cursor<Rc<[u8]>>;

/// A file whose kind its content told.
pub enum Book {
    /// Office Open XML.
    Xlsx(Box<Xlsx<Bytes>>),
    /// The binary format before it.
    Xls(Box<Xls<Bytes>>),
    /// Delimited text.
    Text(String),
}

impl From<XlsxError> for SheetError {
    fn from(cause: XlsxError) -> Self {
        match cause {
            XlsxError::Password => Self::Password,
            other => Self::corrupt(other),
        }
    }
}

impl From<XlsError> for SheetError {
    fn from(cause: XlsError) -> Self {
        match cause {
            XlsError::Password => Self::Password,
            other => Self::corrupt(other),
        }
    }
}

/// Whether a compound file holds an encrypted workbook: its directory names the stream.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

impl Book {
    /// Opens a file by its content; its name says nothing that matters.
    ///
    /// # Errors
    /// [`SheetError`]: empty, too large, protected, no spreadsheet, damaged, unknown encoding.
    pub fn open(bytes: Vec<u8>, gb18030: Decoder) -> Result<Self, SheetError> {
        if bytes.is_empty() {
            return Err(SheetError::Empty);
        }
        if bytes.len() as u64 > FILE_LIMIT {
            return Err(SheetError::TooLarge { limit: FILE_LIMIT });
        }
        if bytes.starts_with(b"PK\x03\x04") {
            archive::check(&bytes, archive::Limits::default())?;
            return Ok(Self::Xlsx(Box::new(Xlsx::new(Cursor::new(bytes.into()))?)));
        }
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            if is_encrypted(&bytes) {
                return Err(SheetError::Password);
            }
            return Ok(Self::Xls(Box::new(Xls::new(Cursor::new(bytes.into()))?)));
        }
        if bytes.starts_with(b"%PDF") {
            return Err(SheetError::NotASpreadsheet);
        }
        let text = text::decode(&bytes, gb18030)?;
        if text.trim_start().starts_with('<') {
            return Err(SheetError::Markup);
        }
        Ok(Self::Text(text))
    }

    /// The visible sheets by name; none for a text.
    #[must_use]
    pub fn sheets(&self) -> Vec<String> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Text(_) => return Vec::new(),
        };
        let of = |sheet: &&calamine::Sheet| {
            sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible
        };
        sheets.iter().filter(of).map(|sheet| sheet.name.clone()).collect()
    }

    /// The cells of a sheet.
    ///
    /// # Errors
    /// [`SheetError`]: no such sheet, too many rows or columns, damaged.
    pub fn grid(&mut self, sheet: &str, progress: Progress<'_>) -> Result<Grid, SheetError> {
        match self {
            Self::Xlsx(book) => xlsx(book, sheet, progress),
            Self::Xls(book) => xls(book, sheet),
            Self::Text(text) => text::grid(text, progress),
        }
    }
}

/// Puts a cell into its place, within the limits.
fn place(rows: &mut Vec<Vec<Cell>>, row: u32, column: u32, cell: Cell) -> Result<(), SheetError> {
    if cell == Cell::Empty {
        return Ok(());
    }
    if u64::from(row) >= ROW_LIMIT {
        return Err(SheetError::TooManyRows { limit: ROW_LIMIT });
    }
    if u64::from(column) >= COLUMN_LIMIT {
        return Err(SheetError::TooManyColumns { limit: COLUMN_LIMIT });
    }
    let (row, column) = (row as usize, column as usize);
    if rows.len() <= row {
        rows.resize_with(row + 1, Vec::new);
    }
    let Some(cells) = rows.get_mut(row) else { return Ok(()) };
    if cells.len() <= column {
        cells.resize(column + 1, Cell::Empty);
    }
    if let Some(place) = cells.get_mut(column) {
        *place = cell;
    }
    Ok(())
}

fn number(value: f64) -> Cell {
    decimal::text(value).map_or(Cell::Empty, |text| Cell::Number(text.into()))
}

/// A day of the workbook's calendar; a time without a day, or a day that never was, stays a number.
fn date(value: calamine::ExcelDateTime, epoch_1904: bool) -> Cell {
    let day = decimal::text(value.as_f64().floor()).and_then(|text| text.parse().ok());
    let date = day.filter(|_| value.is_datetime()).and_then(|day| from_serial(day, epoch_1904));
    date.map_or_else(|| number(value.as_f64()), Cell::Date)
}

fn string(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
}

fn xlsx(book: &mut Xlsx<Bytes>, sheet: &str, progress: Progress<'_>) -> Result<Grid, SheetError> {
    let epoch_1904 = book.has_1904_epoch();
    let mut reader = match book.worksheet_cells_reader(sheet) {
        Err(XlsxError::WorksheetNotFound(_)) => return Err(SheetError::NoSheet),
        other => other?,
    };
    let percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| is_percent(&format.format_code)))
        .collect();
    let total = u64::from(reader.dimensions().end.0) + 1;
    let mut rows = Vec::new();
    let mut cells: usize = 0;
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let is_percent = percent.get(style) == Some(&true);
        let value = match cell.get_value() {
            DataRef::Empty => Cell::Empty,
            DataRef::Int(value) => scaled(value.to_string(), is_percent),
            DataRef::Float(value) => match decimal::text(*value) {
                Some(text) => scaled(text, is_percent),
                None => Cell::Empty,
            },
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => string(text),
            DataRef::SharedString(text) => string(text),
            DataRef::Bool(flag) => Cell::Bool(*flag),
            DataRef::DateTime(value) => date(*value, epoch_1904),
            DataRef::Error(error) => Cell::Error(error.to_smolstr()),
        };
        place(&mut rows, row, column, value)?;
        cells += 1;
        if cells.is_multiple_of(REPORT_EVERY * 8) {
            progress(u64::from(row).min(total), total);
        }
    }
    Ok(Grid { rows, epoch_1904, ..Grid::default() })
}

fn scaled(text: String, is_percent: bool) -> Cell {
    if is_percent { Cell::Percent(decimal::hundredfold(&text).into()) } else { Cell::Number(text.into()) }
}

/// Whether a number format shows percentages: a percent sign outside quotes.
fn is_percent(format: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    format.chars().any(|c| {
        let plain = !quoted && !escaped;
        escaped = plain && c == '\\';
        quoted ^= c == '"' && (plain || quoted);
        plain && c == '%'
    })
}

fn xls(book: &mut Xls<Bytes>, sheet: &str) -> Result<Grid, SheetError> {
    let epoch_1904 = book.has_1904_epoch();
    let range = match book.worksheet_range(sheet) {
        Err(XlsError::WorksheetNotFound(_)) => return Err(SheetError::NoSheet),
        other => other?,
    };
    let (top, left) = range.start().unwrap_or_default();
    let mut rows = Vec::new();
    for (row, column, value) in range.used_cells() {
        let cell = match value {
            Data::Empty => Cell::Empty,
            Data::Int(value) => Cell::Number(value.to_smolstr()),
            Data::Float(value) => number(*value),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => string(text),
            Data::Bool(flag) => Cell::Bool(*flag),
            Data::DateTime(value) => date(*value, epoch_1904),
            Data::Error(error) => Cell::Error(error.to_smolstr()),
        };
        let at = |offset: usize, start: u32| u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(start);
        place(&mut rows, at(row, top), at(column, left), cell)?;
    }
    Ok(Grid { rows, epoch_1904, ..Grid::default() })
}
