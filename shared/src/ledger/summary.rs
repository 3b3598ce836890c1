//! What a reading comes to, before anything is sent.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::read::Reading;
use super::verdict::{Row, Verdict};
use crate::dto::import::Counts;
use crate::number::Fen;

/// One year's part of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct YearTotals {
    /// The year.
    pub year: i32,
    /// Rows of the year.
    pub rows: u32,
    /// Customers with a row of the year.
    pub customers: u32,
    /// Sum of their sales in fen.
    pub sales: Fen,
    /// Rows that say nothing of sales.
    pub without_sales: u32,
    /// Rows by verdict; all zero while nothing stored has been compared.
    pub counts: Counts,
}

/// A reading in numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Rows that can be imported.
    pub rows: u32,
    /// Customers they are of.
    pub customers: u32,
    /// Lines with a problem.
    pub problem_lines: u32,
    /// Lines that repeat an earlier one.
    pub repeated: u32,
    /// Lines of totals, left out.
    pub totals: u32,
    /// Rows by verdict; all zero while nothing stored has been compared.
    pub counts: Counts,
    /// By year, ascending.
    pub years: Vec<YearTotals>,
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Adds a reading up; `verdicts` are those of its rows in their order, or none at all.
#[must_use]
pub fn summary<R: Row>(reading: &Reading<R>, verdicts: &[Verdict]) -> Summary {
    let mut years: BTreeMap<i32, (YearTotals, i128, BTreeSet<&str>)> = BTreeMap::new();
    let mut customers = BTreeSet::new();
    let mut counts = Counts::default();
    for (at, (_, row)) in reading.rows.iter().enumerate() {
        let (totals, sales, of_year) = years.entry(row.year()).or_default();
        totals.rows = totals.rows.saturating_add(1);
        match row.sales() {
            Some(fen) => *sales = sales.saturating_add(fen.get().into()),
            None => totals.without_sales = totals.without_sales.saturating_add(1),
        }
        of_year.insert(row.customer().as_str());
        customers.insert(row.customer().as_str());
        if let Some(verdict) = verdicts.get(at) {
            totals.counts.add(*verdict);
            counts.add(*verdict);
        }
    }
    let problem_lines: BTreeSet<u32> = reading.problems.iter().map(|problem| problem.line).collect();
    let years = years
        .into_iter()
        .map(|(year, (totals, sales, of_year))| YearTotals {
            year,
            customers: count(of_year.len()),
            sales: Fen::clamped(sales),
            ..totals
        })
        .collect();
    Summary {
        rows: count(reading.rows.len()),
        customers: count(customers.len()),
        problem_lines: count(problem_lines.len()),
        repeated: count(reading.repeated.len()),
        totals: count(reading.totals.len()),
        counts,
        years,
    }
}
