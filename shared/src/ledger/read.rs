//! A sheet and a mapping into rows and problems, a few lines at a time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cell::{Cell, Grid, column_letters};
use super::line::{Line, Readable};
use super::verdict::Row;
use super::{Directory, Fault, Field, Mapping, RowFault};
use crate::id::CustomerCode;

/// Most characters of a cell shown in a problem.
const SHOWN: usize = 80;

/// Something in the file that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The line of the sheet, from 1.
    pub line: u32,
    /// The letters of the column; empty when it is the row as a whole.
    pub column: String,
    /// The column's heading.
    pub heading: String,
    /// What the column was to hold.
    pub field: Option<Field>,
    /// What stands in the cell, shortened.
    pub value: String,
    /// What is wrong.
    pub code: Fault,
}

/// What a sheet came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<R> {
    /// The rows with their lines, in the order of the file.
    pub rows: Vec<(u32, R)>,
    /// What could not be taken, by line; a line with a problem gives no row.
    pub problems: Vec<Problem>,
    /// Lines that say again what an earlier line said.
    pub repeated: Vec<u32>,
    /// Lines with totals, which are no customers.
    pub totals: Vec<u32>,
}

impl<R> Default for Reading<R> {
    fn default() -> Self {
        Self { rows: Vec::new(), problems: Vec::new(), repeated: Vec::new(), totals: Vec::new() }
    }
}

/// Reads a sheet line by line, as many at a time as the driver likes.
pub struct Reader<'a, R: Row> {
    grid: &'a Grid,
    mapping: &'a Mapping,
    directory: Option<&'a Directory>,
    headings: Vec<String>,
    next: usize,
    reading: Reading<R>,
}

impl<'a, R: Readable> Reader<'a, R> {
    /// Begins below the headings.
    #[must_use]
    pub fn new(grid: &'a Grid, mapping: &'a Mapping) -> Self {
        let headings = grid.headings(mapping.header_row);
        let next = (mapping.header_row as usize).saturating_add(1);
        Self { grid, mapping, directory: None, headings, next, reading: Reading::default() }
    }

    /// Replaces units and representatives by their keys; a row that names one which is not
    /// there becomes a problem.
    #[must_use]
    pub fn with_directory(self, directory: &'a Directory) -> Self {
        Self { directory: Some(directory), ..self }
    }

    /// Lines of the sheet, and how many are behind.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.next.min(self.grid.rows.len()), self.grid.rows.len())
    }

    /// Reads up to so many lines; whether there are more.
    pub fn step(&mut self, lines: usize) -> bool {
        let end = self.next.saturating_add(lines).min(self.grid.rows.len());
        while self.next < end {
            self.read_line(self.next);
            self.next += 1;
        }
        self.next < self.grid.rows.len()
    }

    fn read_line(&mut self, index: usize) {
        let cells = self.grid.row(index);
        if cells.iter().all(Cell::is_blank) {
            return;
        }
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let line = Line::new(cells, self.grid, self.mapping);
        if line.is_total() {
            self.reading.totals.push(number);
            return;
        }
        let (row, mut faults) = line.read::<R>();
        match row {
            Some(mut row) => match row.check().and_then(|()| self.resolve(&mut row)) {
                Ok(()) => self.reading.rows.push((number, row)),
                Err(fault) => faults.push((fault.field, fault.code)),
            },
            None if faults.is_empty() => faults.push((None, Fault::Required)),
            None => {}
        }
        for (field, code) in faults {
            let problem = self.problem(number, field, code);
            self.reading.problems.push(problem);
        }
    }

    fn resolve(&self, row: &mut R) -> Result<(), RowFault> {
        self.directory.map_or(Ok(()), |directory| directory.resolve(row))
    }

    fn problem(&self, line: u32, field: Option<Field>, code: Fault) -> Problem {
        let column = field.and_then(|field| self.mapping.column(field));
        let index = column.map(|column| column.index);
        let at = index.map_or(usize::MAX, |index| index as usize);
        let cell = self.grid.row(line as usize - 1).get(at);
        let value = cell.map(|cell| cell.text().chars().take(SHOWN).collect()).unwrap_or_default();
        Problem {
            line,
            column: index.map(column_letters).unwrap_or_default(),
            heading: self.headings.get(at).cloned().unwrap_or_default(),
            field,
            value,
            code,
        }
    }

    /// The reading, once every line is behind: repeated lines dropped, lines with the same key
    /// that say different things made problems (all of them, for which is right is not ours to
    /// say), and what belongs to the customer taken from the row of its latest year.
    #[must_use]
    pub fn finish(mut self) -> Reading<R> {
        while self.step(usize::MAX) {}
        let rows = std::mem::take(&mut self.reading.rows);
        let mut by_id: BTreeMap<R::Id, Vec<usize>> = BTreeMap::new();
        for (at, (_, row)) in rows.iter().enumerate() {
            by_id.entry(row.id()).or_default().push(at);
        }
        let mut kept = vec![true; rows.len()];
        let mut conflicts = Vec::new();
        for places in by_id.values().filter(|places| places.len() > 1) {
            let of = |at: &usize| rows.get(*at);
            let first = places.first().and_then(of).map(|(_, row)| row);
            let same = places.iter().all(|at| of(at).map(|(_, row)| row) == first);
            for at in places.iter().skip(usize::from(same)) {
                if let Some(kept) = kept.get_mut(*at) {
                    *kept = false;
                }
                let line = of(at).map_or(0, |(line, _)| *line);
                if same { self.reading.repeated.push(line) } else { conflicts.push(line) }
            }
        }
        for line in conflicts {
            let problem = self.problem(line, Some(R::KEY_FIELD), Fault::Conflict);
            self.reading.problems.push(problem);
        }
        self.reading.problems.sort_by_key(|problem| problem.line);
        self.reading.repeated.sort_unstable();
        let mut rows: Vec<(u32, R)> =
            rows.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(row, _)| row).collect();
        settle_customers(&mut rows);
        self.reading.rows = rows;
        self.reading
    }
}

/// Every row of a customer gets the name, unit and so on of its latest row, so that importing
/// the file again finds nothing to change.
fn settle_customers<R: Readable>(rows: &mut [(u32, R)]) {
    let mut latest: BTreeMap<CustomerCode, (i32, R)> = BTreeMap::new();
    for (_, row) in rows.iter() {
        match latest.get_mut(row.customer()) {
            Some((year, known)) => {
                let newer = row.year() >= *year;
                let mut taken = if newer { known.merge(row) } else { row.merge(known) };
                if newer {
                    *year = row.year();
                }
                std::mem::swap(known, &mut taken);
            }
            None => {
                latest.insert(row.customer().clone(), (row.year(), row.clone()));
            }
        }
    }
    for (_, row) in rows {
        if let Some((_, known)) = latest.get(row.customer()) {
            row.take_customer(known);
        }
    }
}

/// Reads a whole sheet.
#[must_use]
pub fn read<R: Readable>(grid: &Grid, mapping: &Mapping) -> Reading<R> {
    Reader::new(grid, mapping).finish()
}
