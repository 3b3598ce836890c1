//! Why a file, a sheet or a request was refused, with a stable code.

use serde::Serialize;
use shared::ledger::MappingFault;

/// Largest file taken, in bytes.
pub const FILE_LIMIT: u64 = 50 * 1024 * 1024;
/// Most bytes a workbook may unpack to.
pub const UNPACKED_LIMIT: u64 = 1024 * 1024 * 1024;
/// Most bytes its shared strings, which are held at once, may unpack to.
pub const STRINGS_LIMIT: u64 = 256 * 1024 * 1024;
/// Most rows of a sheet.
pub const ROW_LIMIT: u64 = 300_000;
/// Most columns of a sheet.
pub const COLUMN_LIMIT: u64 = 200;

/// Why something was refused. On the wire an object with a `code`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum SheetError {
    /// The file has no bytes, or nothing but white space.
    Empty,
    /// The file is larger than is taken.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The workbook unpacks to more than is taken.
    TooLargeUnpacked {
        /// The limit in bytes.
        limit: u64,
    },
    /// The sheet has more rows than are taken.
    TooManyRows {
        /// The limit.
        limit: u64,
    },
    /// The sheet has more columns than are taken.
    TooManyColumns {
        /// The limit.
        limit: u64,
    },
    /// The workbook is protected by a password.
    Password,
    /// A web page or XML under the name of a workbook, as some systems export it.
    Markup,
    /// Neither a workbook nor a text.
    NotASpreadsheet,
    /// A workbook that cannot be read.
    Corrupt {
        /// What the reader said.
        detail: String,
    },
    /// A text in none of the encodings that are taken.
    Encoding,
    /// There is no such sheet.
    NoSheet,
    /// Something was asked for out of turn: nothing is open, or nothing has been read.
    OutOfTurn,
    /// The mapping cannot be read with yet.
    Mapping {
        /// What it lacks.
        fault: MappingFault,
    },
    /// The request or a page of known rows is not what was agreed.
    BadRequest {
        /// What the parser said.
        detail: String,
    },
    /// The answer could not be written.
    Write {
        /// What the writer said.
        detail: String,
    },
}

impl SheetError {
    /// A workbook the reader gave up on.
    pub fn corrupt(cause: impl std::fmt::Display) -> Self {
        Self::Corrupt { detail: cause.to_string() }
    }

    /// A request that could not be understood.
    pub fn bad(cause: impl std::fmt::Display) -> Self {
        Self::BadRequest { detail: cause.to_string() }
    }

    /// A workbook that could not be written.
    pub fn write(cause: impl std::fmt::Display) -> Self {
        Self::Write { detail: cause.to_string() }
    }
}
