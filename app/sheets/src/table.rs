//! Lists out: one headed table as a workbook or as csv.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::{Terminator, WriterBuilder};
use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use shared::dto::export::ExportFormat;
use shared::ledger::{Figure, Table, TableCell, formula_safe};

use crate::error::SheetError;
use crate::out::{Formats, WIDTHS, column, cut, day, text, width, workbook};

/// What tells a spreadsheet that a text is UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// Rows that are looked at for how wide a column is.
const MEASURED: usize = 200;

/// The table as a file. Texts are texts, numbers numbers, days days; nothing is ever a formula.
///
/// # Errors
/// [`SheetError::Write`]: more rows or columns than a workbook has, or no memory left.
pub fn write(format: ExportFormat, table: &Table) -> Result<Vec<u8>, SheetError> {
    match format {
        ExportFormat::Xlsx => write_xlsx(table).map_err(SheetError::write),
        ExportFormat::Csv => write_csv(table).map_err(SheetError::write),
    }
}

/// RFC 4180: CRLF, quotes where they are needed, each doubled within a text; a mark of UTF-8 in front.
fn write_csv(table: &Table) -> Result<Vec<u8>, csv::Error> {
    // Rows may be narrower than the headings: what lies past their end is empty.
    let mut writer =
        WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(MARK.to_vec());
    writer.write_record(table.headings.iter().map(|heading| formula_safe(heading).into_owned()))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| plain(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A cell as csv says it.
fn plain(cell: &TableCell) -> Cow<'_, str> {
    match cell {
        TableCell::Empty => Cow::Borrowed(""),
        TableCell::Text(text) => formula_safe(text),
        TableCell::Number(figure) => Cow::Borrowed(figure.as_str()),
        TableCell::Date(date) => Cow::Owned(date.to_string()),
    }
}

fn write_xlsx(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let hundredths = Format::new().set_num_format("#,##0.00");
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet();
    let mut widths: BTreeMap<u16, u32> = BTreeMap::new();
    let mut measure = |at: u16, text: &str| {
        let widest = widths.entry(at).or_default();
        *widest = (*widest).max(width(text).saturating_add(2));
    };
    for (index, heading) in table.headings.iter().enumerate() {
        sheet.write_string_with_format(0, column(index), cut(heading), &formats.heading)?;
        measure(column(index), heading);
    }
    for (at, cells) in table.rows.iter().enumerate() {
        let row = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
        for (index, cell) in cells.iter().enumerate() {
            let column = column(index);
            match cell {
                TableCell::Empty => {}
                TableCell::Text(of) => text(sheet, row, column, of)?,
                TableCell::Number(of) => figure(sheet, (row, column), of, &hundredths)?,
                TableCell::Date(of) => day(sheet, row, column, *of, &formats)?,
            }
            if at < MEASURED {
                measure(column, &plain(cell));
            }
        }
    }
    for (column, width) in widths {
        sheet.set_column_width(column, width.clamp(WIDTHS.0, WIDTHS.1))?;
    }
    // The headings stay in sight, and each is a filter.
    sheet.set_freeze_panes(1, 0)?;
    if let (Some(last), Ok(rows)) = (table.headings.len().checked_sub(1), u32::try_from(table.rows.len())) {
        sheet.autofilter(0, 0, rows, column(last))?;
    }
    workbook.save_to_buffer()
}

/// A number with its decimals in sight. A workbook keeps numbers as floats: this is where one is made of it.
fn figure(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    figure: &Figure,
    hundredths: &Format,
) -> Result<(), XlsxError> {
    match figure.as_str().parse::<f64>() {
        Ok(value) if figure.decimals() == 2 => {
            sheet.write_number_with_format(row, column, value, hundredths)?;
        }
        Ok(value) => {
            sheet.write_number(row, column, value)?;
        }
        Err(_) => text(sheet, row, column, figure.as_str())?,
    }
    Ok(())
}
