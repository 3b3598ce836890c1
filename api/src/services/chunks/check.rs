//! What is wrong with the rows of a chunk by themselves.

use std::collections::BTreeMap;

use shared::calendar::Date;
use shared::dto::import::{ImportState, MAX_CHUNK_ROWS, MAX_CHUNK_YEARS};
use shared::gather;
use shared::grading::{Misfit, Policy};
use shared::id::{CustomerCode, Key};
use shared::ledger::{AnnualRow, Fault, Field, InvoiceRow, Row, RowFault, Shape};
use shared::problem::FieldProblem;

use super::MAX_PROBLEMS;
use crate::error::{ApiError, problem_of};
use crate::intake::{self, Names};

/// Rows by customer, with their places in the chunk.
pub type ByCode<'a, R> = BTreeMap<&'a CustomerCode, Vec<(usize, &'a R)>>;

/// Every problem of the rows by themselves, and the rows by customer.
///
/// # Errors
/// 422 with every wrong row.
pub fn sorted<'a, R: Checked>(
    rows: &'a [R],
    names: &Names,
    policy: &Policy,
    today: Date,
) -> Result<ByCode<'a, R>, ApiError> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut seen: BTreeMap<R::Id, &R> = BTreeMap::new();
    let mut by_code: ByCode<'a, R> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let (unit, rep) = row.references();
        let mut wrong = |fault: RowFault| problems.push(intake::problem(at, fault));
        if let Err(fault) = row.check() {
            wrong(fault);
        }
        if row.year() > today.year() {
            wrong(RowFault { field: Some(R::YEAR), code: Fault::OutOfRange });
        }
        if let Err(fault) = names.check(unit, rep) {
            wrong(fault);
        }
        if seen.insert(row.id(), row).is_some_and(|other| other != row) {
            wrong(RowFault { field: None, code: Fault::Conflict });
        }
        problems.extend(row.misfits(policy).into_iter().map(|(key, wrong)| {
            problem_of(&format!("rows.{at}.values.{key}"), wrong.code(), wrong.to_string())
        }));
        by_code.entry(row.customer()).or_default().push((at, row));
    }
    if problems.is_empty() {
        return Ok(by_code);
    }
    problems.truncate(MAX_PROBLEMS);
    Err(ApiError::fields(problems))
}

/// What checking a row needs besides `shared::ledger::Row`.
pub trait Checked: Row {
    /// The field that says which year it counts in.
    const YEAR: Field;
    /// Unit and rep as written.
    fn references(&self) -> (Option<&String>, Option<&String>);
    /// Values that do not fit what the policy asks under their keys; other keys are kept for later ones.
    fn misfits(&self, policy: &Policy) -> Vec<(Key, Misfit)>;
}

impl Checked for AnnualRow {
    const YEAR: Field = Field::Year;

    fn references(&self) -> (Option<&String>, Option<&String>) {
        (self.unit.as_ref(), self.rep.as_ref())
    }

    fn misfits(&self, policy: &Policy) -> Vec<(Key, Misfit)> {
        let found = self.values.iter().filter_map(|(key, input)| {
            let misfit = policy.fit(key, input).err()?;
            Some((key.clone(), misfit))
        });
        found.filter(|(_, misfit)| *misfit != Misfit::Unasked).collect()
    }
}

impl Checked for InvoiceRow {
    const YEAR: Field = Field::Issued;

    fn references(&self) -> (Option<&String>, Option<&String>) {
        (self.unit.as_ref(), self.rep.as_ref())
    }

    fn misfits(&self, _: &Policy) -> Vec<(Key, Misfit)> {
        Vec::new()
    }
}

/// Whether a chunk is one of its import and not too large.
///
/// # Errors
/// 422.
pub fn bounds<R: Row>(import: &ImportState, n: u32, shape: Shape, rows: &[R]) -> Result<(), ApiError> {
    if import.shape != shape {
        return Err(ApiError::field("shape", "unknown", "must be the shape of the import"));
    }
    if n >= import.chunks {
        return Err(ApiError::field("n", "range", format!("must be below {}", import.chunks)));
    }
    if rows.is_empty() || rows.len() > MAX_CHUNK_ROWS {
        return Err(ApiError::field("rows", "range", format!("must be 1 to {MAX_CHUNK_ROWS} rows")));
    }
    let years = gather::set(rows.iter().map(|row| (row.customer(), row.year())));
    if years.len() > MAX_CHUNK_YEARS {
        let expected = format!("must belong to at most {MAX_CHUNK_YEARS} customers and years");
        return Err(ApiError::field("rows", "range", expected));
    }
    Ok(())
}
