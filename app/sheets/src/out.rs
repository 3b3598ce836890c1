//! Workbooks out: problem rows with their reasons, templates, documents.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use serde::{Deserialize, Serialize};
use shared::calendar::Date;
use shared::ledger::{Cell, Field, Grid, Lang, Problem, Shape};

use crate::error::SheetError;

/// Most characters a cell of a workbook can hold.
const TEXT_LIMIT: usize = 32_767;

/// The headings of the added columns, in a form that names no field.
const fn added(lang: Lang) -> [&'static str; 2] {
    match lang {
        Lang::Zh => ["原行号", "原因"],
        Lang::En => ["Original line", "Reason"],
    }
}

pub(crate) struct Formats {
    pub(crate) heading: Format,
    reason: Format,
    pub(crate) date: Format,
    percent: Format,
}

impl Formats {
    pub(crate) fn new() -> Self {
        Self {
            heading: Format::new().set_bold().set_background_color(Color::RGB(0x00E8_EDF2)),
            reason: Format::new().set_font_color(Color::RGB(0x00A3_2A1F)),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            percent: Format::new().set_num_format("0.00%"),
        }
    }
}

/// A text as long as a cell can hold.
pub(crate) fn cut(text: &str) -> Cow<'_, str> {
    if text.encode_utf16().count() <= TEXT_LIMIT {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().take(TEXT_LIMIT / 2).collect())
    }
}

/// A text cell: never a formula, whatever it begins with.
pub(crate) fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    sheet.write_string(row, column, cut(text))?;
    Ok(())
}

/// A day as a date; as a text where a workbook knows no such year.
pub(crate) fn day(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    date: Date,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let month_day = (u8::try_from(date.month()), u8::try_from(date.day()));
    match (u16::try_from(date.year()), month_day) {
        (Ok(year), (Ok(month), Ok(day))) => {
            let day = ExcelDateTime::from_ymd(year, month, day)?;
            sheet.write_datetime_with_format(row, column, &day, &formats.date)?;
            Ok(())
        }
        _ => text(sheet, row, column, &date.to_string()),
    }
}

/// The cell as it was: a number stays a number, a date a date.
fn copy(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Number(digits) => match digits.parse::<f64>() {
            Ok(value) if value.is_finite() => {
                sheet.write_number(row, column, value)?;
            }
            _ => text(sheet, row, column, digits)?,
        },
        Cell::Percent(digits) => match digits.parse::<f64>() {
            Ok(value) if value.is_finite() => {
                sheet.write_number_with_format(row, column, value / 100.0, &formats.percent)?;
            }
            _ => text(sheet, row, column, &cell.text())?,
        },
        Cell::Date(date) => day(sheet, row, column, *date, formats)?,
        Cell::Bool(flag) => {
            sheet.write_boolean(row, column, *flag)?;
        }
        Cell::Text(_) | Cell::Error(_) => text(sheet, row, column, &cell.text())?,
    }
    Ok(())
}

/// A workbook that is the same bytes for the same content.
pub(crate) fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    Ok(workbook)
}

pub(crate) fn column(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// One reason: the column by letters and heading, and what is wrong there.
fn reason(problem: &Problem, lang: Lang) -> String {
    let words = problem.code.reason(lang);
    match (problem.column.as_str(), lang) {
        ("", _) => words.to_owned(),
        (letters, Lang::Zh) => format!("{letters} 列“{}”：{words}", problem.heading),
        (letters, Lang::En) => format!("column {letters} \"{}\": {words}", problem.heading),
    }
}

fn write_problems(
    grid: &Grid,
    header_row: u32,
    problems: &[Problem],
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let mut by_line: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for problem in problems {
        by_line.entry(problem.line).or_default().push(reason(problem, lang));
    }
    let lines = || by_line.iter().map(|(line, reasons)| (*line, reasons, grid.row(*line as usize - 1)));
    let headings = grid.headings(header_row);
    let width = lines().map(|(_, _, cells)| cells.len()).max().unwrap_or(0).max(headings.len());
    let formats = Formats::new();
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet();
    for (index, heading) in headings.iter().enumerate() {
        sheet.write_string_with_format(0, column(index), heading, &formats.heading)?;
    }
    let [line_heading, reason_heading] = added(lang);
    let (line_column, reason_column) = (column(width), column(width + 1));
    sheet.write_string_with_format(0, line_column, line_heading, &formats.heading)?;
    sheet.write_string_with_format(0, reason_column, reason_heading, &formats.heading)?;
    sheet.set_column_width(reason_column, 60)?;
    sheet.set_freeze_panes(1, 0)?;
    for (row, (line, reasons, cells)) in (1_u32..).zip(lines()) {
        for (index, cell) in cells.iter().enumerate() {
            copy(sheet, row, column(index), cell, &formats)?;
        }
        sheet.write_number(row, line_column, line)?;
        sheet.write_string_with_format(row, reason_column, reasons.join("；"), &formats.reason)?;
    }
    workbook.save_to_buffer()
}

/// The lines with a problem as they stood in the file, with their line and the reason added;
/// corrected, the sheet can be imported as it is.
///
/// # Errors
/// [`SheetError::Write`].
pub fn problem_sheet(
    grid: &Grid,
    header_row: u32,
    problems: &[Problem],
    lang: Lang,
) -> Result<Vec<u8>, SheetError> {
    write_problems(grid, header_row, problems, lang).map_err(SheetError::write)
}

fn write_template(shape: Shape, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet();
    for (index, field) in Field::ALL.iter().filter(|field| field.fits(shape)).enumerate() {
        let heading = field.heading(lang);
        let marked = if field.required(shape) { format!("{heading}*") } else { heading.to_owned() };
        sheet.write_string_with_format(0, column(index), marked, &formats.heading)?;
        text(sheet, 1, column(index), field.example(lang))?;
        sheet.set_column_width(column(index), 18)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// An empty ledger of a shape: the headings (`*` where a value is required) and one example.
///
/// # Errors
/// [`SheetError::Write`].
pub fn template(shape: Shape, lang: Lang) -> Result<Vec<u8>, SheetError> {
    write_template(shape, lang).map_err(SheetError::write)
}

/// A headed table of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// What stands above it.
    pub title: String,
    /// What is said below its title; may be empty.
    pub note: String,
    /// The columns.
    pub headings: Vec<String>,
    /// The rows, as texts.
    pub rows: Vec<Vec<String>>,
}

/// The narrowest and the widest column of a document, in characters.
pub(crate) const WIDTHS: (u32, u32) = (6, 36);

/// How wide a text is in characters: one that is not of a Latin alphabet takes two.
pub(crate) fn width(text: &str) -> u32 {
    text.lines().map(|line| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()).max().unwrap_or(0)
}

fn write_document(title: &str, lines: &[String], blocks: &[Block]) -> Result<Vec<u8>, XlsxError> {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let ruled = wrapped.clone().set_border(FormatBorder::Thin);
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00E8_EDF2));
    let strong = Format::new().set_bold();
    let mut workbook = workbook()?;
    let sheet = workbook.add_worksheet();
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    let mut widths: BTreeMap<u16, u32> = BTreeMap::new();
    let mut row = 0_u32;
    sheet.write_string_with_format(row, 0, cut(title), &strong.clone().set_font_size(16))?;
    for line in lines {
        row += 1;
        sheet.write_string(row, 0, cut(line))?;
    }
    for block in blocks {
        row += 2;
        sheet.write_string_with_format(row, 0, cut(&block.title), &strong)?;
        if !block.note.is_empty() {
            row += 1;
            sheet.write_string(row, 0, cut(&block.note))?;
        }
        let all =
            std::iter::once((&block.headings, &heading)).chain(block.rows.iter().map(|row| (row, &ruled)));
        for (cells, format) in all {
            row += 1;
            for (index, cell) in cells.iter().enumerate() {
                sheet.write_string_with_format(row, column(index), cut(cell), format)?;
                let widest = widths.entry(column(index)).or_default();
                *widest = (*widest).max(width(cell) + 1);
            }
        }
    }
    for (column, width) in widths {
        sheet.set_column_width(column, width.clamp(WIDTHS.0, WIDTHS.1))?;
    }
    workbook.save_to_buffer()
}

/// A document on one sheet for A4: its title, lines, and headed tables below each other. Every cell is a
/// text, and none is ever a formula.
///
/// # Errors
/// [`SheetError::Write`].
pub fn document(title: &str, lines: &[String], blocks: &[Block]) -> Result<Vec<u8>, SheetError> {
    write_document(title, lines, blocks).map_err(SheetError::write)
}
