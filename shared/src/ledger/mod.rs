//! Ledgers (台账) in: a grid of cells becomes typed rows and a list of problems.
//!
//! No spreadsheet library is here and no float: whoever opens the file turns each cell into
//! exact text first. The same rows are the wire type of an import, and the Worker checks them
//! again with the same functions.

mod aggregate;
mod cell;
mod chunk;
mod date;
pub mod decimal;
mod directory;
mod export;
mod fault;
mod field;
mod guess;
mod heading;
pub mod key;
mod label;
mod line;
mod mapping;
mod read;
mod row;
mod summary;
mod synonyms;
pub mod value;
mod verdict;

pub use aggregate::{Aggregates, aggregate};
pub use cell::{Cell, Grid, column_letters};
pub use chunk::chunks;
pub use date::from_serial;
pub use directory::{Directory, Entry};
pub use export::{Figure, Table, TableCell, formula_safe};
pub use fault::{Fault, Lang};
pub use field::{Field, Kind};
pub use guess::{Guess, Question, guess, guess_as, guess_at, questions, recall};
pub use heading::{Heading, heading_key};
pub use line::Readable;
pub use mapping::{AmountUnit, Column, DateOrder, Mapping, MappingFault, RatioUnit};
pub use read::{Problem, Reader, Reading, read};
pub use row::{AnnualRow, InvoiceRow, RowFault, Shape};
pub use summary::{Summary, YearTotals, summary};
pub use verdict::{Row, Verdict, Voice, speakers, stays, verdict};

#[cfg(test)]
mod tests;
