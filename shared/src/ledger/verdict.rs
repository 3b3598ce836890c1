//! What an incoming row would do to what is stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AnnualRow, InvoiceRow, RowFault, Shape};
use crate::id::{CustomerCode, InvoiceNumber};

/// What importing a row changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing is stored under its key.
    New,
    /// Something stored would change.
    Updated,
    /// Everything it says is stored already.
    Unchanged,
}

/// What both shapes of row have in common.
pub trait Row: Clone + PartialEq + Serialize {
    /// The shape of ledger it comes from.
    const SHAPE: Shape;
    /// What makes two rows the same thing.
    type Id: Clone + Ord + std::fmt::Debug;
    /// The row's key.
    fn id(&self) -> Self::Id;
    /// The customer it is about.
    fn customer(&self) -> &CustomerCode;
    /// The year it counts in.
    fn year(&self) -> i32;
    /// What is stored after `incoming` has been imported over `self`.
    #[must_use]
    fn merge(&self, incoming: &Self) -> Self;
    /// Checks what the types of the fields do not.
    ///
    /// # Errors
    /// The first [`RowFault`] found.
    fn check(&self) -> Result<(), RowFault>;
}

/// What importing `incoming` over `existing` would change.
#[must_use]
pub fn verdict<R: Row>(existing: Option<&R>, incoming: &R) -> Verdict {
    match existing {
        None => Verdict::New,
        Some(existing) if existing.merge(incoming) == *existing => Verdict::Unchanged,
        Some(_) => Verdict::Updated,
    }
}

impl Row for AnnualRow {
    const SHAPE: Shape = Shape::Annual;
    type Id = (CustomerCode, i32);

    fn id(&self) -> Self::Id {
        (self.code.clone(), self.year)
    }

    fn customer(&self) -> &CustomerCode {
        &self.code
    }

    fn year(&self) -> i32 {
        self.year
    }

    fn merge(&self, incoming: &Self) -> Self {
        let mut values: BTreeMap<_, _> = self.values.clone();
        values.extend(incoming.values.iter().map(|(key, input)| (key.clone(), input.clone())));
        Self {
            code: self.code.clone(),
            year: self.year,
            name: incoming.name.clone().or_else(|| self.name.clone()),
            unit: incoming.unit.clone().or_else(|| self.unit.clone()),
            rep: incoming.rep.clone().or_else(|| self.rep.clone()),
            segment: incoming.segment.clone().or_else(|| self.segment.clone()),
            since: incoming.since.or(self.since),
            values,
        }
    }

    fn check(&self) -> Result<(), RowFault> {
        self.check()
    }
}

impl Row for InvoiceRow {
    const SHAPE: Shape = Shape::Receivables;
    type Id = (CustomerCode, InvoiceNumber);

    fn id(&self) -> Self::Id {
        (self.code.clone(), self.number.clone())
    }

    fn customer(&self) -> &CustomerCode {
        &self.code
    }

    fn year(&self) -> i32 {
        self.issued.year()
    }

    /// The invoice is replaced, so that an undone settlement can be imported; what the ledger
    /// may have no column for (due date, dispute, name, unit, rep) stays when it is absent.
    fn merge(&self, incoming: &Self) -> Self {
        Self {
            code: self.code.clone(),
            number: self.number.clone(),
            name: incoming.name.clone().or_else(|| self.name.clone()),
            unit: incoming.unit.clone().or_else(|| self.unit.clone()),
            rep: incoming.rep.clone().or_else(|| self.rep.clone()),
            issued: incoming.issued,
            due: incoming.due.or(self.due),
            amount: incoming.amount,
            settled: incoming.settled,
            disputed: incoming.disputed.or(self.disputed),
        }
    }

    fn check(&self) -> Result<(), RowFault> {
        self.check()
    }
}
