//! The fields of a struct, looked up one after the other by the names it gives them.
//!
//! Serde's usual way, to be handed each entry and to sort it by its key, takes twice the code for every
//! struct there is.

use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};

use super::Mismatch;

/// Where fields are looked up.
pub(super) trait Source<'de> {
    /// What is found, there or not; what is absent is read as nothing but an option.
    type Field: Deserializer<'de, Error = Mismatch>;

    /// Looks one up, and says whether it is there.
    fn field(&self, name: &'static str) -> (Self::Field, bool);
}

/// Reads a struct.
pub(super) fn read<'de, V: Visitor<'de>>(
    source: impl Source<'de>,
    names: &'static [&'static str],
    visitor: V,
) -> Result<V::Value, Mismatch> {
    let mut members = Members { source, names: names.iter(), missing: None };
    visitor.visit_seq(&mut members).map_err(|mismatch| match members.missing {
        Some(name) => Mismatch::missing_field(name),
        None => mismatch,
    })
}

/// Refuses a field that the struct has not.
pub(super) fn only<'a>(
    mut given: impl Iterator<Item = &'a str>,
    names: &'static [&'static str],
) -> Result<(), Mismatch> {
    match given.find(|name| !names.contains(name)) {
        Some(name) => Err(Mismatch::unknown_field(name, names).within(&name)),
        None => Ok(()),
    }
}

/// The fields in the order in which the struct has them.
struct Members<S> {
    source: S,
    names: std::slice::Iter<'static, &'static str>,
    /// The one that was asked for last, when it is not there: an error that follows at once is about it.
    missing: Option<&'static str>,
}

impl<'de, S: Source<'de>> Members<S> {
    fn next(&mut self) -> Option<(&'static str, S::Field, bool)> {
        self.missing = None;
        let name = *self.names.next()?;
        let (field, there) = self.source.field(name);
        Some((name, field, there))
    }

    /// Serde puts the default of what is absent in its place, or fails for want of one.
    fn failed(&mut self, name: &'static str, there: bool, mismatch: Mismatch) -> Result<(), Mismatch> {
        if there {
            return Err(mismatch.within(&name));
        }
        self.missing = Some(name);
        Ok(())
    }
}

// What is made once for each field of each struct is this and no more.
impl<'de, S: Source<'de>> SeqAccess<'de> for &mut Members<S> {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        let Some((name, field, there)) = self.next() else { return Ok(None) };
        match seed.deserialize(field) {
            Ok(value) => Ok(Some(value)),
            Err(mismatch) => self.failed(name, there, mismatch).map(|()| None),
        }
    }
}
