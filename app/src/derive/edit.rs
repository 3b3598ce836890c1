//! A form over something stored: what was touched of it, and where that meets what another person
//! saved meanwhile.

use std::collections::BTreeMap;

/// What was typed into a form, by the field's name on the wire. A field that is not in it stands as
/// stored, so that a form never takes back what another person changed in a field nobody touched here.
pub type Touched = BTreeMap<String, String>;

/// A form all of whose fields are texts.
pub trait Form: Clone + PartialEq + Send + Sync + 'static {
    /// What it is a form of.
    type Of: Clone + Send + Sync + 'static;

    /// The form as something stands, or of something new.
    fn of(stored: Option<&Self::Of>) -> Self;

    /// Its fields by their names on the wire.
    fn fields(&mut self) -> Vec<(&'static str, &mut String)>;
}

/// The texts of a form.
#[must_use]
pub fn texts(form: &impl Form) -> Touched {
    let mut form = form.clone();
    form.fields().into_iter().map(|(field, text)| (field.to_owned(), std::mem::take(text))).collect()
}

/// A form with what was touched in place of what is stored.
#[must_use]
pub fn overlaid<F: Form>(mut form: F, touched: &Touched) -> F {
    for (field, text) in form.fields() {
        if let Some(typed) = touched.get(field) {
            text.clone_from(typed);
        }
    }
    form
}

/// A field on which two people differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict<K, V> {
    /// The field.
    pub key: K,
    /// What this person filled in.
    pub mine: V,
    /// What the other person saved.
    pub theirs: V,
}

/// Where my changes meet what another person saved since I began; what a side does not hold stands
/// for `absent`.
#[must_use]
pub fn conflicts<K: Ord + Clone, V: Clone + PartialEq>(
    begun: &BTreeMap<K, V>,
    mine: &BTreeMap<K, V>,
    theirs: &BTreeMap<K, V>,
    absent: &V,
) -> Vec<Conflict<K, V>> {
    mine.iter()
        .filter_map(|(key, mine)| {
            let (base, theirs) = (begun.get(key).unwrap_or(absent), theirs.get(key).unwrap_or(absent));
            let met = theirs != base && theirs != mine;
            met.then(|| Conflict { key: key.clone(), mine: mine.clone(), theirs: theirs.clone() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq)]
    struct Two {
        a: String,
        b: String,
    }

    impl Form for Two {
        type Of = (&'static str, &'static str);

        fn of(stored: Option<&Self::Of>) -> Self {
            let (a, b) = stored.copied().unwrap_or_default();
            Self { a: a.to_owned(), b: b.to_owned() }
        }

        fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
            vec![("a", &mut self.a), ("b", &mut self.b)]
        }
    }

    fn map(pairs: &[(&str, &str)]) -> Touched {
        pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn only_what_was_touched_lies_over_what_is_stored() {
        let mine = overlaid(Two::of(Some(&("1", "2"))), &map(&[("b", "mine"), ("gone", "x")]));
        assert_eq!(mine, Two::of(Some(&("1", "mine"))));
        // The other person saved both: the field nobody touched here follows.
        let after = overlaid(Two::of(Some(&("theirs", "theirs"))), &map(&[("b", "mine")]));
        assert_eq!(after, Two::of(Some(&("theirs", "mine"))));
        assert_eq!(texts(&Two::of(None)), map(&[("a", ""), ("b", "")]));
    }

    #[test]
    fn conflicts_are_only_where_both_changed() {
        let begun = map(&[("a", "1"), ("b", "2")]);
        let mine = map(&[("a", "10"), ("b", "20"), ("c", "30")]);
        let theirs = map(&[("a", "1"), ("b", "21"), ("c", "30"), ("d", "4")]);
        let met = conflicts(&begun, &mine, &theirs, &String::new());
        let expected = Conflict { key: "b".to_owned(), mine: "20".to_owned(), theirs: "21".to_owned() };
        assert_eq!(met, [expected]);
        assert!(conflicts(&begun, &mine, &begun, &String::new()).is_empty());
    }
}
