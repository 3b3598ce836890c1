//! Ledgers (台账) in: a grid of cells becomes typed rows and a list of problems.
//!
//! No spreadsheet library is here and no float: whoever opens the file turns each cell into
//! exact text first. The same rows are the wire type of an import, and the Worker checks them
//! again with the same functions.

mod aggregate;
mod fault;
mod field;
pub mod key;
mod mapping;
mod row;
mod verdict;

pub use aggregate::{Aggregates, aggregate};
pub use fault::{Fault, Lang};
pub use field::{Field, Kind};
pub use mapping::{AmountUnit, Column, DateOrder, Mapping, MappingFault, RatioUnit};
pub use row::{AnnualRow, InvoiceRow, RowFault, Shape};
pub use verdict::{Row, Verdict, verdict};
