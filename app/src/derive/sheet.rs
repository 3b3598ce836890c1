//! The language of the spreadsheet module: what is asked of it and what it answers.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::dto::export::ExportFormat;
use shared::dto::unit::Directory;
use shared::json;
use shared::ledger::{
    AnnualRow, Entry, Guess, InvoiceRow, Lang, Mapping, MappingFault, Problem, Question, Shape, Table,
    Verdict,
};

/// A heading with the letters of its column.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Heading {
    /// `A`, `B` …
    pub column: String,
    /// What stands there; may be empty.
    pub text: String,
}

/// A sheet as it would be read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Opened {
    /// The sheets of the file; none for a text file.
    pub sheets: Vec<String>,
    /// The one chosen; empty for a text file.
    pub sheet: String,
    /// Rows of the sheet with headings and titles.
    pub rows: usize,
    /// The headings by column.
    pub headings: Vec<Heading>,
    /// The first rows below them.
    pub sample: Vec<Vec<String>>,
    /// How it would be read.
    pub guess: Guess,
}

/// What a mapping still leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Open {
    /// What a person must say.
    pub questions: Vec<Question>,
    /// What the mapping lacks.
    pub fault: Option<MappingFault>,
}

impl Open {
    /// Whether a person must answer something first. Columns of one name are only a hint.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.questions.iter().any(|one| !matches!(one, Question::TwoColumns { .. }))
    }
}

/// A row with its line and what importing it would do.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Judged<R> {
    /// The line of the sheet, from 1.
    pub line: u32,
    /// Absent until compared with what is stored.
    pub verdict: Option<Verdict>,
    /// The row.
    pub row: R,
}

/// A page of rows, or of problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// Annual figures.
    Annual(Vec<Judged<AnnualRow>>),
    /// Invoices.
    Receivables(Vec<Judged<InvoiceRow>>),
    /// Problems.
    Problems(Vec<Problem>),
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// All that can be imported.
    All,
    /// Those that add something.
    New,
    /// Those that change something.
    Updated,
    /// Those that change nothing.
    Unchanged,
    /// The problems.
    Problem,
}

/// How many chunks and rows there are to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Load {
    /// Chunks.
    pub chunks: u32,
    /// Rows.
    pub rows: u32,
}

/// Why the module refused; `code` is stable.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Refusal {
    /// The kind.
    pub code: String,
    /// The limit that was passed, where there is one.
    #[serde(default)]
    pub limit: Option<u64>,
}

/// Reads a page of rows.
///
/// # Errors
/// What of it does not parse.
pub fn window(text: &str, shape: Shape, filter: Filter) -> Result<(usize, Window), json::Mismatch> {
    #[derive(Deserialize)]
    struct Rows<R> {
        total: usize,
        rows: Vec<Judged<R>>,
    }
    #[derive(Deserialize)]
    struct Problems {
        total: usize,
        problems: Vec<Problem>,
    }
    Ok(match (filter, shape) {
        (Filter::Problem, _) => {
            let page: Problems = json::read(text)?;
            (page.total, Window::Problems(page.problems))
        }
        (_, Shape::Annual) => {
            let page: Rows<AnnualRow> = json::read(text)?;
            (page.total, Window::Annual(page.rows))
        }
        (_, Shape::Receivables) => {
            let page: Rows<InvoiceRow> = json::read(text)?;
            (page.total, Window::Receivables(page.rows))
        }
    })
}

/// Opens a file, whose bytes go beside.
#[must_use]
pub fn open(file_name: &str) -> Value {
    json!({ "op": "open", "file_name": file_name })
}

/// Turns to another sheet.
#[must_use]
pub fn choose(sheet: &str) -> Value {
    json!({ "op": "choose", "sheet": sheet })
}

/// Guesses again for a shape and a line of headings from 0.
#[must_use]
pub fn guess(shape: Shape, header_row: Option<u32>) -> Value {
    json!({ "op": "guess", "shape": shape, "header_row": header_row })
}

/// Takes up a remembered mapping.
#[must_use]
pub fn recall(shape: Shape, mapping: &Mapping) -> Value {
    json!({ "op": "recall", "shape": shape, "mapping": mapping })
}

/// Asks what a mapping leaves open.
#[must_use]
pub fn questions(shape: Shape, mapping: &Mapping) -> Value {
    json!({ "op": "questions", "shape": shape, "mapping": mapping })
}

/// Reads the sheet; units and reps are checked against the directory.
#[must_use]
pub fn read(shape: Shape, mapping: &Mapping, directory: &Directory) -> Value {
    let units: Vec<_> =
        directory.units.iter().map(|unit| entry(unit.name.as_str(), unit.name.as_str())).collect();
    let reps: Vec<_> =
        directory.reps.iter().map(|rep| entry(rep.login.as_str(), rep.name.as_str())).collect();
    json!({ "op": "read", "shape": shape, "mapping": mapping, "references": { "units": units, "reps": reps } })
}

fn entry(key: &str, name: &str) -> Entry {
    Entry { key: key.to_owned(), name: name.to_owned() }
}

/// Judges the rows against a page of what is stored, as the API gave it.
#[must_use]
pub fn known(page: &str) -> String {
    format!(r#"{{"op":"known","page":{page}}}"#)
}

/// A page of rows.
#[must_use]
pub fn rows(filter: Filter, from: usize, count: usize) -> Value {
    json!({ "op": "rows", "filter": filter, "from": from, "count": count })
}

/// How much there is to send.
#[must_use]
pub fn chunks() -> Value {
    json!({ "op": "chunks" })
}

/// The body of a chunk.
#[must_use]
pub fn chunk(index: u32) -> Value {
    json!({ "op": "chunk", "index": index })
}

/// The problem rows as a workbook.
#[must_use]
pub fn problem_sheet(lang: Lang) -> Value {
    json!({ "op": "problem_sheet", "lang": lang })
}

/// An empty ledger as a workbook.
#[must_use]
pub fn template(shape: Shape, lang: Lang) -> Value {
    json!({ "op": "template", "shape": shape, "lang": lang })
}

/// A list as a file. Said as a text: a list may be long.
#[must_use]
pub fn table(format: ExportFormat, table: &Table) -> String {
    let written = |value: serde_json::Result<String>| value.unwrap_or_default();
    let (format, table) = (written(serde_json::to_string(&format)), written(serde_json::to_string(table)));
    format!(r#"{{"op":"table","format":{format},"table":{table}}}"#)
}

/// Forgets the file.
#[must_use]
pub fn close() -> Value {
    json!({ "op": "close" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_rows_are_read_by_shape() {
        let text = r#"{"total":7,"rows":[{"line":2,"verdict":"new","row":{"code":"K1","year":2025}}]}"#;
        let (total, page) = window(text, Shape::Annual, Filter::All).unwrap();
        let Window::Annual(rows) = page else { panic!("annual rows") };
        assert_eq!((total, rows[0].line, rows[0].verdict), (7, 2, Some(Verdict::New)));
        let text = r#"{"total":1,"rows":[{"line":2,"verdict":null,"row":{"code":"K1","number":"1","issued":"2025-01-01","amount":1}}]}"#;
        assert!(matches!(window(text, Shape::Receivables, Filter::New).unwrap().1, Window::Receivables(_)));
        assert!(window(text, Shape::Annual, Filter::New).is_err());
        let none = window(r#"{"total":0,"problems":[]}"#, Shape::Annual, Filter::Problem).unwrap();
        assert_eq!(none, (0, Window::Problems(Vec::new())));
    }

    #[test]
    fn a_page_of_the_api_goes_in_as_it_is() {
        let request: Value =
            serde_json::from_str(&known(r#"{"known":{"shape":"annual","rows":[]}}"#)).unwrap();
        assert_eq!(request["page"]["known"]["shape"], "annual");
    }
}
