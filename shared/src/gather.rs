//! Small maps and sets, put together entry by entry.
//!
//! `collect` sorts first, which pays for many entries. The code of that sort comes with each type of entry, some 4 KB,
//! and what is put together here are a customer's years, a form's indicators or a page's rows.

use std::collections::{BTreeMap, BTreeSet};

/// The pairs as a map; of two with one key the later counts.
#[must_use]
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// The values without repetition, in order.
#[must_use]
pub fn set<T: Ord>(values: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(values);
    set
}

/// How many different characters a short text has.
#[must_use]
pub fn different(text: &str) -> usize {
    let mut seen = String::new();
    for one in text.chars() {
        if !seen.contains(one) {
            seen.push(one);
        }
    }
    seen.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_what_collecting_gives() {
        let pairs = [(2, 'a'), (1, 'b'), (2, 'c')];
        assert_eq!(map(pairs), pairs.into_iter().collect());
        assert_eq!(set(["b", "a", "b"]), ["a", "b"].into_iter().collect());
    }

    #[test]
    fn a_character_counts_once() {
        assert_eq!([different(""), different("aa"), different("客户客"), different("abc")], [0, 1, 2, 3]);
    }
}
