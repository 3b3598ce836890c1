//! Spreadsheets in and out, loaded on demand in a Web Worker: .xlsx, .xls and delimited text
//! become `shared::ledger` rows; problem rows, templates and documents become .xlsx,
//! lists .xlsx or .csv.
//!
//! [`Workbench`] is the whole of it, driven by one request after another, natively in tests
//! and through [`wasm`] in the browser. Nothing here talks to the network.

pub mod archive;
pub mod book;
pub mod decimal;
pub mod error;
pub mod import;
pub mod out;
pub mod table;
pub mod text;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
pub mod workbench;

pub use error::SheetError;
pub use workbench::{Answer, Request, Workbench};

/// Told how much of how much is done, in whatever unit the work has.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64);

/// Rows between two reports of progress.
pub const REPORT_EVERY: usize = 4_096;
