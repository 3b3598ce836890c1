//! The master record as rows of a ledger tell it.

use shared::calendar::Date;
use shared::dto::customer::CustomerDraft;
use shared::dto::unit::Unit;
use shared::id::{CustomerCode, Label, Name, UnitId, UserId};
use shared::ledger::{Fault, Field, RowFault};

use super::fault;
use crate::store::customers::CustomerRow;
use crate::store::directory::RepRow;

/// Units and active reps, to find by the names that ledgers use.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// All units.
    pub units: Vec<Unit>,
    /// All active reps.
    pub reps: Vec<RepRow>,
}

impl Names {
    fn unit(&self, text: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.name.as_str() == text || unit.id.as_str() == text)
    }

    fn reps<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a RepRow> {
        self.reps.iter().filter(move |rep| rep.name.as_str() == text || rep.login.as_str() == text)
    }

    /// Whether the names that a row uses exist.
    ///
    /// # Errors
    /// The first that does not.
    pub fn check(&self, unit: Option<&String>, rep: Option<&String>) -> Result<(), RowFault> {
        if unit.is_some_and(|unit| self.unit(unit).is_none()) {
            return Err(fault(Field::Unit, Fault::UnknownUnit));
        }
        if rep.is_some_and(|rep| self.reps(rep).next().is_none()) {
            return Err(fault(Field::Rep, Fault::UnknownRep));
        }
        Ok(())
    }
}

/// What a row says of its customer.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The row's place in the chunk.
    pub row: usize,
    /// Whether it is of the latest time known, and so replaces what is stored.
    pub latest: bool,
    pub name: Option<&'a Name>,
    pub unit: Option<&'a String>,
    pub rep: Option<&'a String>,
    pub segment: Option<&'a Label>,
    pub since: Option<Date>,
}

/// A value that a row decided.
type Picked<T> = (T, usize);

/// The value of a field: the last row of the latest time decides; without one, what is stored; without
/// that, the last row that says anything. `said` is in order of time.
fn pick<'a, T: 'a>(
    said: &[Said<'a>],
    stored: bool,
    of: impl Fn(&Said<'a>) -> Option<T>,
) -> Option<Picked<T>> {
    let last = |latest: bool| {
        said.iter()
            .rev()
            .filter(|one| one.latest || !latest)
            .find_map(|one| of(one).map(|value| (value, one.row)))
    };
    last(true).or_else(|| if stored { None } else { last(false) })
}

/// The master record after the rows of a customer, in order of time, and the rows that changed it.
///
/// # Errors
/// The row and what is wrong with it: a unit that is closed to newcomers, a rep of another unit.
pub fn master(
    names: &Names,
    default_unit: &UnitId,
    code: &CustomerCode,
    stored: Option<&CustomerRow>,
    said: &[Said<'_>],
) -> Result<(CustomerDraft, Vec<usize>), (usize, RowFault)> {
    let mut by = Vec::new();
    let mut draft = match stored {
        Some(stored) => stored.draft(),
        None => CustomerDraft {
            code: code.clone(),
            // A code is a valid name: shorter, and of the same characters.
            name: Name::parse(code.as_str()).map_err(|_| (0, fault(Field::Code, Fault::BadText)))?,
            unit: default_unit.clone(),
            rep: None,
            segment: None,
            since: None,
        },
    };
    // A customer that is called by its code has no name yet.
    let named = stored.is_some_and(|stored| stored.name.as_str() != stored.code.as_str());
    if let Some((name, row)) = pick(said, named, |one| one.name) {
        set(&mut draft.name, name.clone(), row, &mut by);
    }
    if let Some((segment, row)) = pick(said, draft.segment.is_some(), |one| one.segment) {
        set(&mut draft.segment, Some(segment.clone()), row, &mut by);
    }
    if let Some((since, row)) = pick(said, draft.since.is_some(), |one| one.since) {
        set(&mut draft.since, Some(since), row, &mut by);
    }
    place(names, stored, said, &mut draft, &mut by)?;
    Ok((draft, by))
}

fn set<T: PartialEq>(slot: &mut T, value: T, row: usize, by: &mut Vec<usize>) {
    if *slot != value {
        *slot = value;
        by.push(row);
    }
}

/// Unit and rep, who belong together.
fn place(
    names: &Names,
    stored: Option<&CustomerRow>,
    said: &[Said<'_>],
    draft: &mut CustomerDraft,
    by: &mut Vec<usize>,
) -> Result<(), (usize, RowFault)> {
    let unit = pick(said, stored.is_some(), |one| one.unit);
    let rep = pick(said, stored.is_some_and(|stored| stored.rep_id.is_some()), |one| one.rep);
    if let Some((text, row)) = unit {
        let unknown = (row, fault(Field::Unit, Fault::UnknownUnit));
        let unit = names.unit(text).ok_or(unknown)?;
        if !unit.active && draft.unit != unit.id {
            return Err(unknown);
        }
        set(&mut draft.unit, unit.id.clone(), row, by);
    } else if let (None, Some((text, _))) = (stored, &rep) {
        // A new customer whose unit nobody names goes where its rep is, if there is but one of the name.
        let mut reps = names.reps(text);
        if let (Some(only), None) = (reps.next(), reps.next()) {
            draft.unit = only.unit.clone();
        }
    }
    if let Some((text, row)) = rep {
        let found = names.reps(text).filter(|rep| rep.unit == draft.unit);
        let same = |rep: &&RepRow| draft.rep.as_ref() == Some(&rep.id);
        let found: Vec<&RepRow> = found.collect();
        let rep = found
            .iter()
            .find(|rep| same(rep))
            .or(found.first())
            .ok_or((row, fault(Field::Rep, Fault::UnknownRep)))?;
        set(&mut draft.rep, Some(rep.id.clone()), row, by);
    } else if stored.is_some_and(|stored| stored.unit_id != draft.unit)
        && !belongs(names, draft.rep.as_ref(), &draft.unit)
    {
        draft.rep = None;
    }
    Ok(())
}

fn belongs(names: &Names, rep: Option<&UserId>, unit: &UnitId) -> bool {
    rep.is_none_or(|rep| names.reps.iter().any(|one| one.id == *rep && one.unit == *unit))
}
