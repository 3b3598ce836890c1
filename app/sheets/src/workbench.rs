//! One file at a time, from its bytes to the chunks that are sent.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::dto::export::ExportFormat;
use shared::dto::import::KnownRows;
use shared::ledger::{
    AnnualRow, Directory, Entry, Grid, Guess, InvoiceRow, Lang, Mapping, Shape, Table, column_letters, guess,
    guess_as, guess_at, questions, recall,
};

use crate::Progress;
use crate::book::Book;
use crate::error::SheetError;
use crate::import::{self, Filter, Import};
use crate::out;
use crate::table;
use crate::text::Decoder;

/// Rows shown below the headings before anything is read.
const SAMPLE: usize = 10;
/// Most characters of a cell shown there.
const SHOWN: usize = 80;
/// Most rows of one answer.
const PAGE: usize = 1_000;

/// The units and users that a ledger may name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct References {
    /// The units.
    pub units: Vec<Entry>,
    /// The users who look after customers.
    pub reps: Vec<Entry>,
}

/// What can be asked of the workbench; on the wire an object with an `op`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Opens a file, whose bytes come beside, and guesses at its first sheet with rows: [`Opened`].
    Open {
        /// The file's name, in which a year is looked for.
        file_name: String,
    },
    /// Guesses at another sheet: [`Opened`].
    Choose {
        /// The sheet's name.
        sheet: String,
    },
    /// Guesses again for a shape and, if given, a line of headings: [`Opened`].
    Guess {
        /// The shape.
        shape: Shape,
        /// The line of the headings, from 0.
        #[serde(default)]
        header_row: Option<u32>,
    },
    /// Takes up what was remembered for the same headings: [`Opened`].
    Recall {
        /// The shape.
        shape: Shape,
        /// The remembered mapping.
        mapping: Mapping,
    },
    /// What a corrected mapping still leaves open: `{questions, fault}`.
    Questions {
        /// The shape.
        shape: Shape,
        /// The mapping.
        mapping: Mapping,
    },
    /// Reads the sheet: a `Summary` without verdicts.
    Read {
        /// The shape.
        shape: Shape,
        /// The mapping.
        mapping: Mapping,
        /// Against which units and representatives are checked; without it they stay as written.
        #[serde(default)]
        references: Option<References>,
    },
    /// Judges the rows against a page of what is stored: a `Summary`, with verdicts after the last page.
    Known {
        /// The page as the API gave it.
        page: KnownRows,
    },
    /// The reading in numbers: a `Summary`.
    Summary,
    /// Rows from a place on, at most 1000: `{total, rows: [{line, verdict, row}]}`, or
    /// `{total, problems: [Problem]}`.
    Rows {
        /// Which.
        filter: Filter,
        /// Rows to skip.
        from: usize,
        /// Rows to give.
        count: usize,
    },
    /// How much there is to send: `{chunks, rows}`.
    Chunks,
    /// The body of a chunk, ready to be sent.
    Chunk {
        /// Which, from 0.
        index: usize,
    },
    /// The problem rows as a workbook: bytes.
    ProblemSheet {
        /// The language of the reasons.
        lang: Lang,
    },
    /// An empty ledger as a workbook: bytes.
    Template {
        /// The shape.
        shape: Shape,
        /// The language of the headings.
        lang: Lang,
    },
    /// A document with headed tables as a workbook: bytes.
    Document {
        /// Its title.
        title: String,
        /// What stands below that, line by line.
        lines: Vec<String>,
        /// The tables.
        blocks: Vec<out::Block>,
    },
    /// A list as a file: bytes.
    Table {
        /// The kind of file.
        format: ExportFormat,
        /// What is in it.
        table: Table,
    },
    /// Forgets the file.
    Close,
}

/// What the workbench answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// JSON text.
    Json(String),
    /// A file.
    Bytes(Vec<u8>),
}

/// A heading with the letters of its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// `A`, `B` …
    pub column: String,
    /// What stands there; empty for a column without a heading.
    pub text: String,
}

/// A sheet as it would be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The file's name.
    pub file_name: String,
    /// The sheets there are; none for a text file.
    pub sheets: Vec<String>,
    /// The sheet chosen; empty for a text file.
    pub sheet: String,
    /// Rows of the sheet, headings and titles included.
    pub rows: usize,
    /// The headings by column, as many as the sheet has columns.
    pub headings: Vec<Heading>,
    /// The first rows below the headings, as texts.
    pub sample: Vec<Vec<String>>,
    /// How it would be read and what must be asked.
    pub guess: Guess,
}

struct Open {
    file_name: String,
    book: Book,
    sheet: String,
    grid: Grid,
}

/// Holds one file and what was read of it.
#[derive(Default)]
pub struct Workbench {
    open: Option<Open>,
    import: Option<(u32, Box<dyn Import>)>,
}

fn answer(value: &impl Serialize) -> Result<Answer, SheetError> {
    serde_json::to_string(value).map(Answer::Json).map_err(SheetError::write)
}

impl Workbench {
    /// Does what is asked; a refusal leaves what was open and read as it was.
    ///
    /// # Errors
    /// [`SheetError`].
    pub fn run(
        &mut self,
        request: Request,
        bytes: Option<Vec<u8>>,
        gb18030: Decoder,
        progress: Progress<'_>,
    ) -> Result<Answer, SheetError> {
        match request {
            Request::Open { file_name } => {
                let bytes = bytes.ok_or_else(|| SheetError::bad("no bytes"))?;
                self.open_file(file_name, bytes, gb18030, progress)
            }
            Request::Choose { sheet } => {
                let open = self.open.as_mut().ok_or(SheetError::OutOfTurn)?;
                let grid = titled(open.book.grid(&sheet, progress)?, &open.file_name, &sheet);
                (open.grid, open.sheet) = (grid, sheet);
                self.import = None;
                self.opened(guess)
            }
            Request::Guess { shape, header_row } => self.opened(|grid| match header_row {
                Some(row) => guess_at(grid, shape, row),
                None => guess_as(grid, shape),
            }),
            Request::Recall { shape, mapping } => self.opened(|grid| recall(grid, shape, &mapping)),
            Request::Questions { shape, mapping } => {
                let questions = questions(&self.grid()?.grid, &mapping, shape);
                answer(&json!({ "questions": questions, "fault": mapping.check(shape).err() }))
            }
            Request::Read { shape, mapping, references } => {
                mapping.check(shape).map_err(|fault| SheetError::Mapping { fault })?;
                let grid = &self.grid()?.grid;
                let directory = references.map(|of| Directory::new(&of.units, &of.reps));
                let import = match shape {
                    Shape::Annual => import::read::<AnnualRow>(grid, &mapping, directory, progress),
                    Shape::Receivables => import::read::<InvoiceRow>(grid, &mapping, directory, progress),
                };
                let summary = answer(&import.summary());
                self.import = Some((mapping.header_row, import));
                summary
            }
            Request::Known { page } => {
                let last = page.next.is_none();
                let (_, import) = self.import.as_mut().ok_or(SheetError::OutOfTurn)?;
                import.known(page.known, last)?;
                answer(&import.summary())
            }
            Request::Summary => answer(&self.import()?.summary()),
            Request::Rows { filter, from, count } => {
                answer(&self.import()?.rows(filter, from, count.min(PAGE)))
            }
            Request::Chunks => {
                let import = self.import()?;
                answer(&json!({ "chunks": import.chunk_count(), "rows": import.summary().rows }))
            }
            Request::Chunk { index } => self.import()?.chunk(index).map(Answer::Json),
            Request::ProblemSheet { lang } => {
                let (header_row, import) = self.import.as_ref().ok_or(SheetError::OutOfTurn)?;
                let grid = &self.grid()?.grid;
                out::problem_sheet(grid, *header_row, import.problems(), lang).map(Answer::Bytes)
            }
            Request::Template { shape, lang } => out::template(shape, lang).map(Answer::Bytes),
            Request::Document { title, lines, blocks } => {
                out::document(&title, &lines, &blocks).map(Answer::Bytes)
            }
            Request::Table { format, table } => table::write(format, &table).map(Answer::Bytes),
            Request::Close => {
                *self = Self::default();
                answer(&Value::Null)
            }
        }
    }

    /// Opens a file and its first sheet that has more than one row.
    fn open_file(
        &mut self,
        file_name: String,
        bytes: Vec<u8>,
        gb18030: Decoder,
        progress: Progress<'_>,
    ) -> Result<Answer, SheetError> {
        let mut book = Book::open(bytes, gb18030)?;
        let mut names = book.sheets().into_iter();
        let mut sheet = names.next().unwrap_or_default();
        let mut grid = match book.grid(&sheet, progress) {
            Err(SheetError::NoSheet) => return Err(SheetError::Empty),
            other => other?,
        };
        let has_rows = |grid: &Grid| grid.rows.iter().filter(|row| !row.is_empty()).take(2).count() == 2;
        while !has_rows(&grid) {
            let Some(next) = names.next() else { break };
            let other = book.grid(&next, progress)?;
            if has_rows(&other) || grid.rows.is_empty() {
                (grid, sheet) = (other, next);
            }
        }
        if grid.rows.iter().flatten().all(shared::ledger::Cell::is_blank) {
            return Err(SheetError::Empty);
        }
        let grid = titled(grid, &file_name, &sheet);
        self.open = Some(Open { file_name, book, sheet, grid });
        self.import = None;
        self.opened(guess)
    }

    fn grid(&self) -> Result<&Open, SheetError> {
        self.open.as_ref().ok_or(SheetError::OutOfTurn)
    }

    fn import(&self) -> Result<&dyn Import, SheetError> {
        self.import.as_ref().map(|(_, import)| import.as_ref()).ok_or(SheetError::OutOfTurn)
    }

    fn opened(&self, guess: impl FnOnce(&Grid) -> Guess) -> Result<Answer, SheetError> {
        let open = self.grid()?;
        let guess = guess(&open.grid);
        let first = guess.mapping.header_row as usize + 1;
        let sampled = || open.grid.rows.iter().skip(first).take(SAMPLE);
        let mut texts = open.grid.headings(guess.mapping.header_row);
        let width = sampled().map(Vec::len).max().unwrap_or(0).max(texts.len());
        texts.resize(width, String::new());
        let headings = (0_u32..)
            .zip(texts)
            .map(|(index, text)| Heading { column: column_letters(index), text })
            .collect();
        let sample = sampled()
            .map(|row| row.iter().map(|cell| cell.text().chars().take(SHOWN).collect()).collect())
            .collect();
        answer(&Opened {
            file_name: open.file_name.clone(),
            sheets: open.book.sheets(),
            sheet: open.sheet.clone(),
            rows: open.grid.rows.len(),
            headings,
            sample,
            guess,
        })
    }
}

fn titled(grid: Grid, file_name: &str, sheet: &str) -> Grid {
    Grid { title: format!("{sheet} {file_name}"), ..grid }
}
