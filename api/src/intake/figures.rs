//! Figures and invoices as rows of a ledger tell them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use shared::calendar::{Date, Millis};
use shared::dto::customer::CustomerDraft;
use shared::dto::figures::{Figure, Source};
use shared::gather;
use shared::grading::Input;
use shared::id::{CustomerCode, InvoiceNumber, Key, Name, UnitId};
use shared::ledger::{AnnualRow, InvoiceRow, Row, RowFault, Verdict, Voice, aggregate, key, stays, verdict};

use super::Names;
use super::master::{Said, master};
use crate::store::customers::CustomerRow;
use crate::store::figures::{Figures, Years};
use crate::store::invoices::Invoice;

/// A customer as it is stored.
#[derive(Debug, Clone)]
pub struct Known {
    /// The master record.
    pub customer: CustomerRow,
    /// Every year.
    pub years: Years,
    /// Every invoice; empty for a chunk of annual figures.
    pub invoices: BTreeMap<InvoiceNumber, InvoiceRow>,
}

/// When and by whom the chunk is imported, and what the import as a whole says.
#[derive(Debug, Clone, Copy)]
pub struct Stamp<'a> {
    /// Now.
    pub at: Millis,
    /// The person's name.
    pub by: &'a Name,
    /// The ledger's day.
    pub as_of: Date,
    /// Where unassigned new customers go.
    pub default_unit: &'a UnitId,
    /// Units and reps.
    pub names: &'a Names,
}

/// What the rows of one customer come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The master record after them.
    pub draft: CustomerDraft,
    /// Whether the master record changed; for a new customer it did.
    pub is_changed: bool,
    /// What each row did, by its place in the chunk.
    pub verdicts: Vec<(usize, Verdict)>,
    /// The figures of every year after them.
    pub years: BTreeMap<i32, Figures>,
    /// Years whose figures changed: before and after by key.
    pub changes: BTreeMap<i32, BTreeMap<Key, Value>>,
    /// Invoices that are new or changed.
    pub invoices: Vec<Invoice>,
    /// Years to be graded anew.
    pub regrade: BTreeSet<i32>,
}

fn figures_of(known: Option<&Known>) -> BTreeMap<i32, Figures> {
    let years = known.into_iter().flat_map(|known| &known.years);
    gather::map(years.map(|(year, stored)| (*year, stored.figures.clone())))
}

/// Puts what a ledger brings under a key, by the rules of this module. What changed, if anything did.
fn put(figures: &mut Figures, key: &Key, input: &Input, source: Source, stamp: Stamp<'_>) -> Option<Value> {
    let stored = figures.get(key);
    let before = stored.map(|figure| figure.input.clone());
    if before.as_ref() == Some(input) {
        return None;
    }
    if stored.is_some_and(|figure| stays(&figure.input, figure.source == Source::Entered)) {
        return None;
    }
    if source == Source::Receivables && *input == Input::Missing {
        if stored?.source != Source::Receivables {
            return None;
        }
        figures.remove(key);
        return Some(json!({ "before": before, "after": null }));
    }
    figures.insert(key.clone(), Figure { input: input.clone(), source, at: stamp.at, by: stamp.by.clone() });
    Some(json!({ "before": before, "after": input }))
}

impl Outcome {
    fn new(known: Option<&Known>, draft: CustomerDraft, is_changed: bool) -> Self {
        Self {
            draft,
            is_changed: is_changed || known.is_none(),
            verdicts: Vec::new(),
            years: figures_of(known),
            changes: BTreeMap::new(),
            invoices: Vec::new(),
            regrade: BTreeSet::new(),
        }
    }

    /// Whether anything is to be written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.is_changed && self.changes.is_empty() && self.invoices.is_empty()
    }

    fn put(&mut self, year: i32, key: &Key, input: &Input, source: Source, stamp: Stamp<'_>) -> bool {
        let figures = self.years.entry(year).or_default();
        let Some(change) = put(figures, key, input, source, stamp) else { return false };
        self.changes.entry(year).or_default().insert(key.clone(), change);
        true
    }

    /// Decides which years are graded: those whose figures changed, the years after those whose sales
    /// did, and all of them when what every grade depends on changed.
    fn grade(&mut self, known: Option<&Known>) {
        let before = known.map(|known| (known.customer.since, &known.customer.segment));
        if before.is_some_and(|before| before != (self.draft.since, &self.draft.segment)) {
            self.regrade.extend(self.years.keys());
        }
        for (year, changes) in &self.changes {
            self.regrade.insert(*year);
            let grows = changes.keys().any(|changed| changed.as_str() == key::ANNUAL_SALES);
            if grows && self.years.contains_key(&(year + 1)) {
                self.regrade.insert(year + 1);
            }
        }
    }
}

/// What annual rows of one customer come to.
///
/// # Errors
/// The row and what is wrong with it.
pub fn annual(
    stamp: Stamp<'_>,
    code: &CustomerCode,
    known: Option<&Known>,
    rows: &[(usize, &AnnualRow)],
) -> Result<Outcome, (usize, RowFault)> {
    let mut rows = rows.to_vec();
    rows.sort_unstable_by_key(|(at, row)| (row.year, *at));
    let stored = known.and_then(|known| known.years.keys().next_back().copied());
    let latest = rows.iter().map(|(_, row)| row.year).max().max(stored);
    let said: Vec<Said<'_>> = rows
        .iter()
        .map(|(at, row)| Said {
            row: *at,
            latest: Some(row.year) >= latest,
            name: row.name.as_ref(),
            unit: row.unit.as_ref(),
            rep: row.rep.as_ref(),
            segment: row.segment.as_ref(),
            since: row.since,
        })
        .collect();
    let (draft, by) =
        master(stamp.names, stamp.default_unit, code, known.map(|known| &known.customer), &said)?;
    let mut outcome = Outcome::new(known, draft, !by.is_empty());
    for (at, row) in rows {
        let is_new = !outcome.years.contains_key(&row.year);
        if is_new {
            // Even a row without values says that there is such a year: it lacks data, and is listed so.
            outcome.years.entry(row.year).or_default();
            outcome.changes.entry(row.year).or_default();
        }
        let mut is_changed = by.contains(&at);
        for (key, input) in &row.values {
            is_changed |= outcome.put(row.year, key, input, Source::Annual, stamp);
        }
        let verdict = match (is_new, is_changed) {
            (true, _) => Verdict::New,
            (false, true) => Verdict::Updated,
            (false, false) => Verdict::Unchanged,
        };
        outcome.verdicts.push((at, verdict));
    }
    outcome.grade(known);
    Ok(outcome)
}

/// What invoices of one customer come to, added up with those that are stored.
///
/// # Errors
/// The row and what is wrong with it.
pub fn receivables(
    stamp: Stamp<'_>,
    code: &CustomerCode,
    known: Option<&Known>,
    rows: &[(usize, &InvoiceRow)],
) -> Result<Outcome, (usize, RowFault)> {
    let mut rows = rows.to_vec();
    rows.sort_unstable_by_key(|(at, row)| (row.issued, *at));
    let mut invoices = known.map(|known| known.invoices.clone()).unwrap_or_default();
    let stored = invoices.values().map(|invoice| invoice.issued.year()).max();
    let latest = rows.iter().map(|(_, row)| row.issued.year()).max().max(stored);
    let said: Vec<Said<'_>> = rows
        .iter()
        .map(|(at, row)| Said {
            row: *at,
            latest: Some(row.issued.year()) >= latest,
            name: row.name.as_ref(),
            unit: row.unit.as_ref(),
            rep: row.rep.as_ref(),
            segment: None,
            since: None,
        })
        .collect();
    let (draft, by) =
        master(stamp.names, stamp.default_unit, code, known.map(|known| &known.customer), &said)?;
    let mut outcome = Outcome::new(known, draft, !by.is_empty());
    for (at, row) in rows {
        let incoming = Invoice::of(row).row(code);
        let stored = invoices.get(&row.number);
        // It carries nothing of the customer; that was settled above.
        let told = verdict(stored, &incoming, Voice::Silent);
        if told != Verdict::Unchanged {
            let merged = stored.map_or_else(|| incoming.clone(), |stored| stored.merge(&incoming));
            outcome.invoices.push(Invoice::of(&merged));
            invoices.insert(row.number.clone(), merged);
        }
        let told = if told == Verdict::Unchanged && by.contains(&at) { Verdict::Updated } else { told };
        outcome.verdicts.push((at, told));
    }
    outcome.add_up(stamp, &invoices);
    outcome.grade(known);
    Ok(outcome)
}

impl Outcome {
    /// The figures that follow from a customer's invoices.
    fn add_up(&mut self, stamp: Stamp<'_>, invoices: &BTreeMap<InvoiceNumber, InvoiceRow>) {
        let all: Vec<InvoiceRow> = invoices.values().cloned().collect();
        let sums = aggregate(&all, stamp.as_of);
        for (year, sum) in &sums {
            if !self.years.contains_key(year) {
                self.changes.entry(*year).or_default();
            }
            for (key, input) in sum.to_figures() {
                self.put(*year, &key, &input, Source::Receivables, stamp);
            }
        }
        // A year that all its invoices have left for another.
        let left: Vec<i32> = self.years.keys().copied().filter(|year| !sums.contains_key(year)).collect();
        for year in left {
            let figures = self.years.get(&year).into_iter().flatten();
            let of_invoices = figures.filter(|(_, figure)| figure.source == Source::Receivables);
            let keys: Vec<Key> = of_invoices.map(|(key, _)| key.clone()).collect();
            for key in keys {
                self.put(year, &key, &Input::Missing, Source::Receivables, stamp);
            }
        }
    }
}
