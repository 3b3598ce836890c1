//! What an incoming row would do to what is stored.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AnnualRow, Field, InvoiceRow, RowFault, Shape, key};
use crate::grading::Input;
use crate::id::{CustomerCode, InvoiceNumber};
use crate::number::Fen;

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
    /// The field that tells apart the rows of one customer.
    const KEY_FIELD: Field;
    /// What makes two rows the same thing.
    type Id: Clone + Ord + std::fmt::Debug;
    /// The row's key.
    fn id(&self) -> Self::Id;
    /// The customer it is about.
    fn customer(&self) -> &CustomerCode;
    /// The year it counts in.
    fn year(&self) -> i32;
    /// What it adds to the sales of its year, when it says so.
    fn sales(&self) -> Option<Fen>;
    /// The unit and the representative as written.
    fn references(&mut self) -> (&mut Option<String>, &mut Option<String>);
    /// About how many bytes it takes on the wire.
    fn weight(&self) -> usize;
    /// What is stored after `incoming` has been imported over `self`.
    #[must_use]
    fn merge(&self, incoming: &Self) -> Self;
    /// Checks what the types of the fields do not.
    ///
    /// # Errors
    /// The first [`RowFault`] found.
    fn check(&self) -> Result<(), RowFault>;
}

/// Whether what is stored stays although a ledger brings something else under its key: a level that a
/// person judged does, for a ledger only repeats an older judgement.
#[must_use]
pub const fn stays(stored: &Input, entered: bool) -> bool {
    entered && matches!(stored, Input::Judged { .. })
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

fn text(text: &Option<String>) -> usize {
    text.as_ref().map_or(0, String::len)
}

impl Row for AnnualRow {
    const SHAPE: Shape = Shape::Annual;
    const KEY_FIELD: Field = Field::Year;
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

    fn sales(&self) -> Option<Fen> {
        match self.values.get(&key::key(key::ANNUAL_SALES)?) {
            Some(Input::Measured { value }) => Fen::new(*value).ok(),
            _ => None,
        }
    }

    fn references(&mut self) -> (&mut Option<String>, &mut Option<String>) {
        (&mut self.unit, &mut self.rep)
    }

    fn weight(&self) -> usize {
        let name = self.name.as_ref().map_or(0, |name| name.as_str().len());
        240 + self.code.as_str().len() + name + text(&self.unit) + text(&self.rep) + 140 * self.values.len()
    }

    fn merge(&self, incoming: &Self) -> Self {
        let mut values: BTreeMap<_, _> = self.values.clone();
        let stays =
            |key| self.values.get(key).is_some_and(|stored| stays(stored, self.entered.contains(key)));
        let brought = incoming.values.iter().filter(|(key, _)| !stays(key));
        values.extend(brought.map(|(key, input)| (key.clone(), input.clone())));
        Self {
            code: self.code.clone(),
            year: self.year,
            name: incoming.name.clone().or_else(|| self.name.clone()),
            unit: incoming.unit.clone().or_else(|| self.unit.clone()),
            rep: incoming.rep.clone().or_else(|| self.rep.clone()),
            segment: incoming.segment.clone().or_else(|| self.segment.clone()),
            since: incoming.since.or(self.since),
            values,
            entered: self.entered.clone(),
        }
    }

    fn check(&self) -> Result<(), RowFault> {
        self.check()
    }
}

impl Row for InvoiceRow {
    const SHAPE: Shape = Shape::Receivables;
    const KEY_FIELD: Field = Field::Number;
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

    fn sales(&self) -> Option<Fen> {
        Some(self.amount)
    }

    fn references(&mut self) -> (&mut Option<String>, &mut Option<String>) {
        (&mut self.unit, &mut self.rep)
    }

    fn weight(&self) -> usize {
        let name = self.name.as_ref().map_or(0, |name| name.as_str().len());
        let own = self.code.as_str().len() + self.number.as_str().len() + name;
        220 + own + text(&self.unit) + text(&self.rep)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn annual(json: &str) -> AnnualRow {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn an_annual_row_changes_only_the_columns_it_has() {
        let stored = annual(
            r#"{"code":"K1","year":2025,"name":"甲","values":{
                "annual_sales":{"state":"measured","value":100},"loyalty":{"state":"judged","level":"A"}}}"#,
        );
        let same = annual(r#"{"code":"K1","year":2025,"values":{"loyalty":{"state":"judged","level":"A"}}}"#);
        assert_eq!(verdict(Some(&stored), &same), Verdict::Unchanged);
        let other =
            annual(r#"{"code":"K1","year":2025,"values":{"loyalty":{"state":"judged","level":"B"}}}"#);
        assert_eq!(verdict(Some(&stored), &other), Verdict::Updated);
        assert_eq!(verdict(None, &other), Verdict::New);
        let merged = stored.merge(&other);
        assert_eq!((merged.name, merged.values.len()), (stored.name.clone(), 2));
        assert_eq!(stored.sales().map(Fen::get), Some(100));
    }

    #[test]
    fn a_level_that_a_person_judged_stays() {
        let stored = |entered: &str| {
            annual(&format!(
                r#"{{"code":"K1","year":2025,"entered":[{entered}],"values":{{
                    "annual_sales":{{"state":"measured","value":100}},"loyalty":{{"state":"judged","level":"A"}}}}}}"#
            ))
        };
        let other =
            annual(r#"{"code":"K1","year":2025,"values":{"loyalty":{"state":"judged","level":"B"}}}"#);
        assert_eq!(verdict(Some(&stored("")), &other), Verdict::Updated);
        assert_eq!(verdict(Some(&stored(r#""loyalty""#)), &other), Verdict::Unchanged);
        // A number that a person entered is replaced all the same.
        let sales =
            annual(r#"{"code":"K1","year":2025,"values":{"annual_sales":{"state":"measured","value":1}}}"#);
        assert_eq!(verdict(Some(&stored(r#""annual_sales""#)), &sales), Verdict::Updated);
        assert_eq!(verdict(None, &other), Verdict::New);
    }

    #[test]
    fn an_undone_settlement_is_imported_but_a_missing_due_date_keeps_the_stored_one() {
        let stored: InvoiceRow = serde_json::from_str(
            r#"{"code":"K1","number":"1","issued":"2025-01-01","due":"2025-02-01","amount":5,"settled":"2025-01-09"}"#,
        )
        .unwrap();
        let mut incoming = stored.clone();
        incoming.due = None;
        assert_eq!(verdict(Some(&stored), &incoming), Verdict::Unchanged);
        incoming.settled = None;
        assert_eq!(verdict(Some(&stored), &incoming), Verdict::Updated);
    }

    #[test]
    fn the_wire_is_checked_again() {
        let row =
            |values: &str| annual(&format!(r#"{{"code":"K1","year":2025,"values":{{{values}}}}}"#)).check();
        assert_eq!(row(r#""annual_sales":{"state":"measured","value":9007199254740991}"#), Ok(()));
        assert!(row(r#""annual_sales":{"state":"measured","value":9007199254740992}"#).is_err());
        assert!(row(r#""annual_sales":{"state":"judged","level":"A"}"#).is_err());
        assert!(row(r#""credit_rating":{"state":"measured","value":1}"#).is_err());
        assert!(annual(r#"{"code":"K1","year":1899}"#).check().is_err());
        assert!(annual(r#"{"code":"K1","year":2025,"unit":" x"}"#).check().is_err());
        assert!(serde_json::from_str::<AnnualRow>(r#"{"code":"K1","year":2025,"other":1}"#).is_err());
    }
}
