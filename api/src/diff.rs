//! What differs between two JSON values, as the audit trail keeps it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Before and after by path (`tiers.0.from`), as deep as the two have the same shape. Lists of different
/// lengths differ as a whole.
#[must_use]
pub fn diff(before: &Value, after: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    compare("", before, after, &mut found);
    found
}

fn compare(path: &str, before: &Value, after: &Value, found: &mut BTreeMap<String, Value>) {
    let below = |key: &dyn std::fmt::Display| {
        if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
    };
    match (before, after) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, value) in old {
                compare(&below(key), value, new.get(key).unwrap_or(&Value::Null), found);
            }
            for (key, value) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
                compare(&below(key), &Value::Null, value, found);
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare(&below(&index), old, new, found);
            }
        }
        _ if before == after => {}
        _ => {
            found.insert(path.to_owned(), json!({ "before": before, "after": after }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_named_by_its_path() {
        let before = json!({ "a": [{ "b": 1, "c": 2 }], "d": [1], "e": 5, "same": { "x": null } });
        let after = json!({ "a": [{ "b": 1, "c": 3 }], "d": [1, 2], "f": 6, "same": { "x": null } });
        let found = diff(&before, &after);
        let told: Vec<(&str, String)> =
            found.iter().map(|(path, change)| (path.as_str(), change.to_string())).collect();
        assert_eq!(
            told,
            [
                ("a.0.c", r#"{"after":3,"before":2}"#.to_owned()),
                ("d", r#"{"after":[1,2],"before":[1]}"#.to_owned()),
                ("e", r#"{"after":null,"before":5}"#.to_owned()),
                ("f", r#"{"after":6,"before":null}"#.to_owned()),
            ]
        );
        assert!(diff(&after, &after).is_empty());
        assert_eq!(diff(&json!(1), &json!(2)).keys().collect::<Vec<_>>(), [""]);
    }
}
