//! What an incoming row would do to what is stored.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{AnnualRow, Field, InvoiceRow, RowFault, Shape, key};
use crate::calendar::Date;
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
    /// The day it is of: what it says of its customer counts against other days by that.
    fn day(&self) -> Option<Date>;
    /// What it adds to the sales of its year, when it says so.
    fn sales(&self) -> Option<Fen>;
    /// The unit and the representative as written.
    fn references(&mut self) -> (&mut Option<String>, &mut Option<String>);
    /// About how many bytes it takes on the wire.
    fn weight(&self) -> usize;
    /// Takes over what belongs to the customer rather than to the row.
    fn take_customer(&mut self, other: &Self);
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

/// How much what a row says of its customer (name, unit, representative, segment, start) counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// It is of the latest year known, and replaces what is stored.
    Decides,
    /// Newer years are stored: it fills what is not known.
    Fills,
    /// Another row of the file speaks for the customer.
    Silent,
}

/// What importing `incoming` over `existing` would change.
#[must_use]
pub fn verdict<R: Row>(existing: Option<&R>, incoming: &R, voice: Voice) -> Verdict {
    let Some(existing) = existing else { return Verdict::New };
    let mut said = incoming.clone();
    match voice {
        Voice::Decides => {}
        Voice::Fills => said.take_customer(&incoming.merge(existing)),
        Voice::Silent => said.take_customer(existing),
    }
    if existing.merge(&said) == *existing { Verdict::Unchanged } else { Verdict::Updated }
}

/// The places of the rows that speak for their customers: of each the last row of its latest day.
#[must_use]
pub fn speakers<'a, R: Row + 'a>(rows: impl IntoIterator<Item = &'a R>) -> BTreeSet<usize> {
    let mut last: BTreeMap<&CustomerCode, ((i32, Option<Date>), usize)> = BTreeMap::new();
    for (at, row) in rows.into_iter().enumerate() {
        let day = (row.year(), row.day());
        let known = last.entry(row.customer()).or_insert((day, at));
        if day >= known.0 {
            *known = (day, at);
        }
    }
    last.into_values().map(|(_, at)| at).collect()
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

    fn day(&self) -> Option<Date> {
        None
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

    fn take_customer(&mut self, other: &Self) {
        self.name.clone_from(&other.name);
        self.unit.clone_from(&other.unit);
        self.rep.clone_from(&other.rep);
        self.segment.clone_from(&other.segment);
        self.since = other.since;
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

    fn day(&self) -> Option<Date> {
        Some(self.issued)
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

    fn take_customer(&mut self, other: &Self) {
        self.name.clone_from(&other.name);
        self.unit.clone_from(&other.unit);
        self.rep.clone_from(&other.rep);
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
        assert_eq!(verdict(Some(&stored), &same, Voice::Decides), Verdict::Unchanged);
        let other =
            annual(r#"{"code":"K1","year":2025,"values":{"loyalty":{"state":"judged","level":"B"}}}"#);
        assert_eq!(verdict(Some(&stored), &other, Voice::Decides), Verdict::Updated);
        assert_eq!(verdict(None, &other, Voice::Decides), Verdict::New);
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
        assert_eq!(verdict(Some(&stored("")), &other, Voice::Decides), Verdict::Updated);
        assert_eq!(verdict(Some(&stored(r#""loyalty""#)), &other, Voice::Decides), Verdict::Unchanged);
        // A number that a person entered is replaced all the same.
        let sales =
            annual(r#"{"code":"K1","year":2025,"values":{"annual_sales":{"state":"measured","value":1}}}"#);
        assert_eq!(verdict(Some(&stored(r#""annual_sales""#)), &sales, Voice::Decides), Verdict::Updated);
        assert_eq!(verdict(None, &other, Voice::Decides), Verdict::New);
    }

    #[test]
    fn an_undone_settlement_is_imported_but_a_missing_due_date_keeps_the_stored_one() {
        let stored: InvoiceRow = serde_json::from_str(
            r#"{"code":"K1","number":"1","issued":"2025-01-01","due":"2025-02-01","amount":5,"settled":"2025-01-09"}"#,
        )
        .unwrap();
        let mut incoming = stored.clone();
        incoming.due = None;
        assert_eq!(verdict(Some(&stored), &incoming, Voice::Decides), Verdict::Unchanged);
        incoming.settled = None;
        assert_eq!(verdict(Some(&stored), &incoming, Voice::Decides), Verdict::Updated);
    }

    #[test]
    fn only_the_latest_year_speaks_for_its_customer() {
        let of = |year: i32, name: &str, sales: i32| {
            annual(&format!(
                r#"{{"code":"K1","year":{year},"name":"{name}","values":{{
                    "annual_sales":{{"state":"measured","value":{sales}}}}}}}"#
            ))
        };
        let stored = of(2024, "新名", 1);
        let incoming = of(2024, "旧名", 1);
        assert_eq!(verdict(Some(&stored), &incoming, Voice::Decides), Verdict::Updated);
        assert_eq!(verdict(Some(&stored), &incoming, Voice::Fills), Verdict::Unchanged);
        assert_eq!(verdict(Some(&stored), &incoming, Voice::Silent), Verdict::Unchanged);
        assert_eq!(verdict(Some(&stored), &of(2024, "旧名", 2), Voice::Silent), Verdict::Updated);
        let nameless = annual(r#"{"code":"K1","year":2024}"#);
        assert_eq!(verdict(Some(&nameless), &incoming, Voice::Silent), Verdict::Updated);
        let plain = annual(r#"{"code":"K1","year":2024,"name":"旧名"}"#);
        assert_eq!(verdict(Some(&nameless), &plain, Voice::Fills), Verdict::Updated);
        assert_eq!(verdict(Some(&nameless), &plain, Voice::Silent), Verdict::Unchanged);

        let rows = [of(2025, "甲", 1), of(2023, "甲", 1), of(2025, "甲", 2), of(2024, "甲", 1)];
        assert_eq!(speakers(&rows), [2].into());
    }

    #[test]
    fn the_wire_is_checked_again() {
        let row =
            |values: &str| annual(&format!(r#"{{"code":"K1","year":2025,"values":{{{values}}}}}"#)).check();
        assert_eq!(row(r#""annual_sales":{"state":"measured","value":9007199254740991}"#), Ok(()));
        assert!(row(r#""annual_sales":{"state":"measured","value":9007199254740992}"#).is_err());
        assert!(row(r#""overdue_days":{"state":"measured","value":-1}"#).is_err());
        assert_eq!(row(r#""own_key":{"state":"measured","value":-1}"#), Ok(()));
        assert!(row(r#""annual_sales":{"state":"judged","level":"A"}"#).is_err());
        assert!(row(r#""credit_rating":{"state":"measured","value":1}"#).is_err());
        assert!(annual(r#"{"code":"K1","year":1899}"#).check().is_err());
        assert!(annual(r#"{"code":"K1","year":2025,"unit":" x"}"#).check().is_err());
        assert!(serde_json::from_str::<AnnualRow>(r#"{"code":"K1","year":2025,"other":1}"#).is_err());
    }
}
