//! Imports of ledgers: begun once, sent in chunks, resumed after a break.

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Millis};
use crate::id::{ImportId, Name, UnitId};
use crate::json::tagged;
use crate::ledger::{AnnualRow, InvoiceRow, Shape, Verdict};

/// Most rows of a chunk.
pub const MAX_CHUNK_ROWS: usize = 6_000;
/// Most different customers and years that the rows of a chunk belong to: each is graded at once.
pub const MAX_CHUNK_YEARS: usize = 2_000;
/// Most bytes of a chunk's body.
pub const MAX_CHUNK_BYTES: usize = 1_800_000;

/// Begins an import. Sending the same again is the same import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartImport {
    /// Chosen by the browser.
    pub id: ImportId,
    /// Which shape the file has.
    pub shape: Shape,
    /// The file's name, for people.
    pub file_name: Name,
    /// The ledger is as of this day: what is unpaid and due before it is overdue.
    pub as_of: Date,
    /// Where customers go that are new and name no unit.
    pub default_unit: UnitId,
    /// How many chunks will come.
    pub chunks: u32,
    /// How many rows they hold in all.
    pub rows: u32,
}

/// How far an import has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportState {
    /// Its id.
    pub id: ImportId,
    /// Which shape the file has.
    pub shape: Shape,
    /// The file's name.
    pub file_name: Name,
    /// The ledger's day.
    pub as_of: Date,
    /// Where unassigned new customers go.
    pub default_unit: UnitId,
    /// How many chunks it has.
    pub chunks: u32,
    /// How many rows it has.
    pub rows: u32,
    /// Which chunks are written, ascending, counted from 0.
    pub received: Vec<u32>,
    /// Rows of the chunks written, by verdict.
    pub counts: Counts,
    /// Customers that the chunks written added.
    pub customers_added: u32,
    /// Years that they graded or graded anew.
    pub graded: u32,
    /// Who began it.
    pub by: Name,
    /// When it was begun.
    pub started_at: Millis,
    /// When the last chunk was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<Millis>,
}

impl ImportState {
    /// Counts one more chunk as written.
    pub fn receive(&mut self, chunk: &ChunkResult) {
        self.received.push(chunk.chunk);
        self.counts.new += chunk.counts.new;
        self.counts.updated += chunk.counts.updated;
        self.counts.unchanged += chunk.counts.unchanged;
        self.customers_added += chunk.customers_added;
        self.graded += chunk.graded;
    }
}

/// Rows by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    /// Rows that added something.
    pub new: u32,
    /// Rows that changed something.
    pub updated: u32,
    /// Rows that changed nothing.
    pub unchanged: u32,
}

impl Counts {
    /// Counts one more verdict.
    pub const fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::New => self.new += 1,
            Verdict::Updated => self.updated += 1,
            Verdict::Unchanged => self.unchanged += 1,
        }
    }
}

/// The rows of a chunk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "shape", content = "rows", rename_all = "snake_case")]
pub enum Rows {
    /// One row per customer and year.
    Annual(Vec<AnnualRow>),
    /// One row per invoice; all invoices of a customer in the file come in one chunk.
    Receivables(Vec<InvoiceRow>),
}

tagged! { exact Rows, "shape": Annual[rows], Receivables[rows] }

/// What writing a chunk did. Sending the same chunk again answers the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChunkResult {
    /// The chunk's number, from 0.
    pub chunk: u32,
    /// Rows by verdict.
    pub counts: Counts,
    /// Customers added.
    pub customers_added: u32,
    /// Years graded or graded anew.
    pub graded: u32,
    /// Whether the whole import is now complete.
    pub complete: bool,
}

/// A page of rows already known, against which the browser judges the file's rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct KnownRows {
    /// The rows.
    pub known: Rows,
    /// Pass as `cursor` for the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A column mapping as a person corrected it, remembered for files with the same headings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RememberedMapping {
    /// Which shape it is for.
    pub shape: Shape,
    /// The headings, normalised and joined by `ledger::heading_key`.
    pub headings: String,
    /// The mapping.
    pub mapping: crate::ledger::Mapping,
}
