//! Units and representatives as a ledger writes them, against those there are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::cell::folded;
use super::verdict::Row;
use super::{Fault, Field, RowFault};

/// A unit or a user: the key rows are stored with, and the names a ledger may use for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What the reference becomes: the unit's code, the user's login.
    pub key: String,
    /// Its visible name.
    pub name: String,
}

/// The units and users a ledger may refer to.
///
/// Two of the same name make that name say nothing; the key still does.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    units: BTreeMap<String, Option<String>>,
    reps: BTreeMap<String, Option<String>>,
}

fn normal(text: &str) -> String {
    folded(text).to_lowercase()
}

fn index(entries: &[Entry]) -> BTreeMap<String, Option<String>> {
    let mut index: BTreeMap<String, Option<String>> = BTreeMap::new();
    for entry in entries {
        let found = index.entry(normal(&entry.name)).or_insert_with(|| Some(entry.key.clone()));
        if found.as_ref() != Some(&entry.key) {
            *found = None;
        }
    }
    for entry in entries {
        index.insert(normal(&entry.key), Some(entry.key.clone()));
    }
    index
}

impl Directory {
    /// Indexes the units and the users.
    #[must_use]
    pub fn new(units: &[Entry], reps: &[Entry]) -> Self {
        Self { units: index(units), reps: index(reps) }
    }

    /// Puts keys in the place of what the row says of its unit and representative.
    ///
    /// # Errors
    /// [`Fault::UnknownUnit`] or [`Fault::UnknownRep`], with the row as it was.
    pub fn resolve<R: Row>(&self, row: &mut R) -> Result<(), RowFault> {
        let find = |index: &BTreeMap<String, Option<String>>, text: &Option<String>, field, code| match text {
            Some(text) => match index.get(&normal(text)) {
                Some(Some(key)) => Ok(Some(key.clone())),
                _ => Err(RowFault { field: Some(field), code }),
            },
            None => Ok(None),
        };
        let (unit, rep) = row.references();
        let found_unit = find(&self.units, unit, Field::Unit, Fault::UnknownUnit)?;
        *rep = find(&self.reps, rep, Field::Rep, Fault::UnknownRep)?;
        *unit = found_unit;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::AnnualRow;

    #[test]
    fn names_and_keys_are_found_and_doubles_are_not() {
        let entry = |key: &str, name: &str| Entry { key: key.into(), name: name.into() };
        let units = [entry("s1", "销售一科"), entry("s2", "华东办"), entry("s3", "华东办")];
        let directory = Directory::new(&units, &[entry("li.wei", "李伟")]);
        let resolved = |unit: &str, rep: &str| {
            let json = format!(r#"{{"code":"K1","year":2025,"unit":"{unit}","rep":"{rep}"}}"#);
            let mut row: AnnualRow = serde_json::from_str(&json).unwrap();
            directory
                .resolve(&mut row)
                .map(|()| (row.unit.unwrap(), row.rep.unwrap()))
                .map_err(|fault| fault.code)
        };
        assert_eq!(resolved("销售一科", "李伟"), Ok(("s1".into(), "li.wei".into())));
        assert_eq!(resolved("S3", "Li.Wei"), Ok(("s3".into(), "li.wei".into())));
        assert_eq!(resolved("华东办", "李伟"), Err(Fault::UnknownUnit));
        assert_eq!(resolved("s1", "张三"), Err(Fault::UnknownRep));
    }
}
