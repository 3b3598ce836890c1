//! What a chunk of a ledger does to what is stored. Nothing here asks anything of the database.
//!
//! The rules of precedence:
//! - A key that a ledger brings replaces what is stored under it, whoever brought that, with one
//!   exception: a level that a person judged stays, for a ledger only repeats an older judgement.
//!   Keys that it does not bring stay. What was there before is kept in the audit trail.
//! - What a receivables ledger cannot tell never replaces a figure of another source; figures that
//!   came from invoices follow the invoices, also when they can no longer be told.
//! - Name, unit, rep, segment and start of cooperation are taken from the rows of a customer's latest
//!   year; rows of earlier years only fill what is still unknown. So importing a file again, or an
//!   older one after a newer one, changes nothing.

mod figures;
mod master;

pub use figures::{Known, Outcome, Stamp, annual, receivables};
pub use master::Names;

use serde::Serialize;
use serde_json::Value;
use shared::json;
use shared::ledger::{Fault, Field, Lang, RowFault};
use shared::problem::FieldProblem;

use crate::error::problem_of;

/// The stable name of a field or a fault.
pub(crate) fn name(value: &impl Serialize) -> String {
    match json::value(value) {
        Value::String(name) => name,
        _ => String::new(),
    }
}

/// What is wrong with a row of a chunk, counted from 0.
#[must_use]
pub fn problem(row: usize, fault: RowFault) -> FieldProblem {
    let path = match fault.field {
        Some(field) => match field.key() {
            Some(key) => format!("rows.{row}.values.{key}"),
            None => format!("rows.{row}.{}", name(&field)),
        },
        None => format!("rows.{row}"),
    };
    problem_of(&path, &name(&fault.code), fault.code.reason(Lang::En))
}

const fn fault(field: Field, code: Fault) -> RowFault {
    RowFault { field: Some(field), code }
}

#[cfg(test)]
mod tests;
