//! A reading of either shape, judged against what is stored and split for sending.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::dto::import::Rows;
use shared::id::CustomerCode;
use shared::ledger::{
    AnnualRow, Directory, Grid, InvoiceRow, Mapping, Problem, Readable, Reader, Reading, Row, Summary,
    Verdict, Voice, chunks, speakers, summary, verdict,
};

use crate::error::SheetError;
use crate::{Progress, REPORT_EVERY};

/// Which rows are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// A row type whose rows have a place in [`Rows`].
pub trait Wire: Readable {
    /// The rows of its own shape, if these are.
    fn take(rows: Rows) -> Option<Vec<Self>>;
    /// Rows of its shape for the wire.
    fn give(rows: Vec<Self>) -> Rows;
}

impl Wire for AnnualRow {
    fn take(rows: Rows) -> Option<Vec<Self>> {
        match rows {
            Rows::Annual(rows) => Some(rows),
            Rows::Receivables(_) => None,
        }
    }

    fn give(rows: Vec<Self>) -> Rows {
        Rows::Annual(rows)
    }
}

impl Wire for InvoiceRow {
    fn take(rows: Rows) -> Option<Vec<Self>> {
        match rows {
            Rows::Receivables(rows) => Some(rows),
            Rows::Annual(_) => None,
        }
    }

    fn give(rows: Vec<Self>) -> Rows {
        Rows::Receivables(rows)
    }
}

/// What the workbench asks of a reading, whatever its shape.
pub trait Import {
    /// Judges rows against one page of what is stored; after the last page every row that was
    /// not met is new.
    ///
    /// # Errors
    /// [`SheetError::BadRequest`] for rows of the other shape.
    fn known(&mut self, page: Rows, last: bool) -> Result<(), SheetError>;
    /// The reading in numbers.
    fn summary(&self) -> Summary;
    /// What could not be taken.
    fn problems(&self) -> &[Problem];
    /// Rows from a place on: `{total, rows: [{line, verdict, row}]}`.
    fn rows(&self, filter: Filter, from: usize, count: usize) -> Value;
    /// How many chunks there are to send.
    fn chunk_count(&self) -> usize;
    /// The body of a chunk.
    ///
    /// # Errors
    /// [`SheetError::OutOfTurn`] past the last.
    fn chunk(&self, index: usize) -> Result<String, SheetError>;
}

struct Typed<R: Row> {
    reading: Reading<R>,
    directory: Option<Directory>,
    places: BTreeMap<R::Id, usize>,
    verdicts: Vec<Option<Verdict>>,
    /// Rows that speak for their customers: what each is if it decides, and if it only fills gaps.
    speakers: BTreeMap<usize, Option<(Verdict, Verdict)>>,
    /// The latest year that is stored of each customer of the file.
    latest: BTreeMap<CustomerCode, Option<i32>>,
    chunks: Vec<Vec<usize>>,
}

/// Reads a sheet as rows of a shape.
#[must_use]
pub fn read<R: Wire + 'static>(
    grid: &Grid,
    mapping: &Mapping,
    directory: Option<Directory>,
    progress: Progress<'_>,
) -> Box<dyn Import> {
    let mut reader = Reader::<R>::new(grid, mapping);
    if let Some(directory) = &directory {
        reader = reader.with_directory(directory);
    }
    while reader.step(REPORT_EVERY) {
        let (done, total) = reader.progress();
        progress(done as u64, total as u64);
    }
    let reading = reader.finish();
    let places = reading.rows.iter().enumerate().map(|(at, (_, row))| (row.id(), at)).collect();
    let verdicts = vec![None; reading.rows.len()];
    let speakers = speakers(reading.rows.iter().map(|(_, row)| row));
    let speakers = speakers.into_iter().map(|at| (at, None)).collect();
    let latest = reading.rows.iter().map(|(_, row)| (row.customer().clone(), None)).collect();
    let chunks = chunks(reading.rows.iter().map(|(_, row)| row));
    Box::new(Typed { reading, directory, places, verdicts, speakers, latest, chunks })
}

impl<R: Wire> Typed<R> {
    /// The verdicts, once all that is stored was met.
    fn settle(&mut self) {
        for (at, told) in &self.speakers {
            let (Some((_, row)), Some((decides, fills))) = (self.reading.rows.get(*at), told) else {
                continue;
            };
            let newest = self.latest.get(row.customer()).is_none_or(|latest| Some(row.year()) >= *latest);
            if let Some(place) = self.verdicts.get_mut(*at) {
                *place = Some(if newest { *decides } else { *fills });
            }
        }
        self.verdicts.iter_mut().for_each(|verdict| {
            verdict.get_or_insert(Verdict::New);
        });
    }
}

impl<R: Wire> Import for Typed<R> {
    fn known(&mut self, page: Rows, last: bool) -> Result<(), SheetError> {
        let stored = R::take(page).ok_or_else(|| SheetError::bad("rows of the other shape"))?;
        for mut row in stored {
            // Stored rows may name units and users otherwise than the directory does.
            if let Some(directory) = &self.directory {
                let _ = directory.resolve(&mut row);
            }
            if let Some(latest) = self.latest.get_mut(row.customer()) {
                *latest = (*latest).max(Some(row.year()));
            }
            let Some(at) = self.places.get(&row.id()).copied() else { continue };
            let Some((_, incoming)) = self.reading.rows.get(at) else { continue };
            let told = |voice| verdict(Some(&row), incoming, voice);
            if let Some(place) = self.speakers.get_mut(&at) {
                *place = Some((told(Voice::Decides), told(Voice::Fills)));
            } else if let Some(place) = self.verdicts.get_mut(at) {
                *place = Some(told(Voice::Silent));
            }
        }
        if last {
            self.settle();
        }
        Ok(())
    }

    fn summary(&self) -> Summary {
        // Before the last page an unmet row is not known to be new.
        let verdicts: Option<Vec<Verdict>> = self.verdicts.iter().copied().collect();
        summary(&self.reading, &verdicts.unwrap_or_default())
    }

    fn problems(&self) -> &[Problem] {
        &self.reading.problems
    }

    fn rows(&self, filter: Filter, from: usize, count: usize) -> Value {
        if filter == Filter::Problem {
            let shown: Vec<&Problem> = self.reading.problems.iter().skip(from).take(count).collect();
            return json!({ "total": self.reading.problems.len(), "problems": shown });
        }
        let wanted = match filter {
            Filter::New => Some(Verdict::New),
            Filter::Updated => Some(Verdict::Updated),
            Filter::Unchanged => Some(Verdict::Unchanged),
            Filter::All | Filter::Problem => None,
        };
        let all = || {
            let rows = self.reading.rows.iter().zip(&self.verdicts);
            rows.filter(move |(_, verdict)| wanted.is_none() || **verdict == wanted)
        };
        let shown: Vec<Value> = all()
            .skip(from)
            .take(count)
            .map(|((line, row), verdict)| json!({ "line": line, "verdict": verdict, "row": row }))
            .collect();
        json!({ "total": all().count(), "rows": shown })
    }

    fn chunk_count(&self) -> usize {
        self.chunks.len()
    }

    fn chunk(&self, index: usize) -> Result<String, SheetError> {
        let places = self.chunks.get(index).ok_or(SheetError::OutOfTurn)?;
        let rows = places.iter().filter_map(|at| self.reading.rows.get(*at)).map(|(_, row)| row.clone());
        serde_json::to_string(&R::give(rows.collect())).map_err(SheetError::write)
    }
}
