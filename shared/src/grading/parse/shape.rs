//! A value held against a JSON Schema, as far as schemas derived from Rust types go: references, objects,
//! lists, integers, texts, and choices told apart by a constant or by the key that they have.

use serde_json::{Map, Value};

use crate::grading::{Fix, Mistake, MistakeKind};
use crate::id::{BadText, Key, Label};

/// Everything in a value that is not as a schema says.
pub(super) fn mistakes(schema: &Value, value: &Value) -> Vec<Mistake> {
    let mut walk = Walk { root: schema, found: Vec::new() };
    walk.value(schema, value, "");
    walk.found
}

struct Walk<'a> {
    root: &'a Value,
    found: Vec<Mistake>,
}

fn join(path: &str, key: impl std::fmt::Display) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}

fn list(schema: &Value, key: &str) -> Vec<Value> {
    schema.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// The constant of a choice that is a text by itself.
fn constant(choice: &Value) -> Option<&str> {
    choice.get("const").and_then(Value::as_str)
}

/// The key whose value tells a choice, and that value.
fn tag(choice: &Value) -> Option<(&str, &str)> {
    let properties = choice.get("properties")?.as_object()?;
    properties.iter().find_map(|(key, schema)| Some((key.as_str(), constant(schema)?)))
}

/// The only key of a choice that is told by having it.
fn only_key(choice: &Value) -> Option<&str> {
    choice.get("required")?.as_array()?.first()?.as_str()
}

const fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

impl<'a> Walk<'a> {
    fn add(
        &mut self,
        path: impl Into<String>,
        kind: MistakeKind,
        fix: Fix,
        given: Option<String>,
        wanted: &str,
    ) {
        let wanted = Some(wanted.to_owned()).filter(|text| !text.is_empty());
        self.found.push(Mistake { path: path.into(), kind, fix, given, wanted });
    }

    fn wrong_type(&mut self, path: &str, value: &Value, wanted: &str) {
        let given = Some(type_of(value).to_owned());
        self.add(path, MistakeKind::Type, Fix::Correct, given, wanted);
    }

    fn value(&mut self, schema: &'a Value, value: &Value, path: &str) {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if let Some(target) = self.root.pointer(reference.trim_start_matches('#')) {
                self.value(target, value, path);
            }
            return;
        }
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            // An option: the thing itself, or nothing.
            if let (false, Some(choice)) = (value.is_null(), choices.first()) {
                self.value(choice, value, path);
            }
            return;
        }
        if let Some(choices) = schema.get("oneOf").and_then(Value::as_array) {
            self.choice(choices, value, path);
            return;
        }
        let types: Vec<&str> = match schema.get("type") {
            Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(one)) => vec![one.as_str()],
            _ => Vec::new(),
        };
        match (types.first().copied(), value) {
            (_, Value::Null) if types.contains(&"null") => {}
            (Some("object"), Value::Object(fields)) => self.object(schema, fields, path),
            (Some("array"), Value::Array(items)) => {
                if let Some(item) = schema.get("items") {
                    for (index, value) in items.iter().enumerate() {
                        self.value(item, value, &join(path, index));
                    }
                }
            }
            (Some("integer"), Value::Number(_)) => self.integer(schema, value, path),
            (Some("string"), Value::String(text)) => self.text(schema, text, path),
            (Some("boolean"), Value::Bool(_)) | (None, _) => {}
            (Some(wanted), _) => self.wrong_type(path, value, wanted),
        }
    }

    fn object(&mut self, schema: &'a Value, fields: &Map<String, Value>, path: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        for required in list(schema, "required") {
            if let Some(key) = required.as_str().filter(|key| !fields.contains_key(*key)) {
                self.add(join(path, key), MistakeKind::Absent, Fix::Give, None, "");
            }
        }
        for (key, value) in fields {
            let path = join(path, key);
            match (properties.and_then(|all| all.get(key)), schema.get("additionalProperties")) {
                (Some(own), _) => self.value(own, value, &path),
                (None, Some(Value::Bool(false))) => {
                    let known: Vec<&str> =
                        properties.iter().flat_map(|all| all.keys()).map(String::as_str).collect();
                    self.add(
                        path,
                        MistakeKind::UnknownKey,
                        Fix::Remove,
                        Some(key.clone()),
                        &known.join(", "),
                    );
                }
                (None, Some(others)) => self.value(others, value, &path),
                (None, None) => {}
            }
        }
    }

    fn integer(&mut self, schema: &Value, value: &Value, path: &str) {
        if value.is_f64() {
            self.add(path, MistakeKind::Type, Fix::Correct, Some(value.to_string()), "integer");
            return;
        }
        let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
        let widest = match schema.get("format").and_then(Value::as_str) {
            Some("uint32") => (0, i64::from(u32::MAX)),
            _ => (i64::MIN, i64::MAX),
        };
        let (low, high) = (bound("minimum").unwrap_or(widest.0), bound("maximum").unwrap_or(widest.1));
        if !value.as_i64().is_some_and(|value| (low..=high).contains(&value)) {
            let wanted = format!("{low} – {high}");
            self.add(path, MistakeKind::Range, Fix::KeepWithin, Some(value.to_string()), &wanted);
        }
    }

    fn text(&mut self, schema: &Value, text: &str, path: &str) {
        let bad: Option<BadText> = match schema.get("format").and_then(Value::as_str) {
            Some("Key") => Key::parse(text).err(),
            Some("Label") => Label::parse(text).err(),
            _ => None,
        };
        if let Some(bad) = bad {
            self.add(path, MistakeKind::Text, Fix::Correct, Some(text.to_owned()), &bad.to_string());
        }
    }

    /// One of several: a text among constants, an object told by its tag, or one told by its only key.
    fn choice(&mut self, choices: &'a [Value], value: &Value, path: &str) {
        let texts: Vec<&str> = choices.iter().filter_map(constant).collect();
        let tagged: Vec<(&str, &str)> = choices.iter().filter_map(tag).collect();
        let keys: Vec<&str> = choices.iter().filter(|one| tag(one).is_none()).filter_map(only_key).collect();
        match value {
            Value::String(text) if !texts.is_empty() => {
                if !texts.contains(&text.as_str()) {
                    let given = Some(text.clone());
                    self.add(path, MistakeKind::Unknown, Fix::ChooseKnown, given, &texts.join(", "));
                }
            }
            Value::Object(fields) if !tagged.is_empty() => {
                let name = tagged.first().map_or("", |(name, _)| name);
                let wanted = || tagged.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(", ");
                let (path_of_tag, given) = (join(path, name), fields.get(name));
                match given.map(|given| (given, choices.iter().find(|one| fits(one, name, given)))) {
                    Some((_, Some(choice))) => self.value(choice, value, path),
                    Some((given, None)) => {
                        let given = Some(given.as_str().map_or_else(|| given.to_string(), str::to_owned));
                        self.add(path_of_tag, MistakeKind::Unknown, Fix::ChooseKnown, given, &wanted());
                    }
                    None => self.add(path_of_tag, MistakeKind::Absent, Fix::Give, None, &wanted()),
                }
            }
            Value::Object(fields) if !keys.is_empty() => {
                let has = |choice: &&Value| only_key(choice).is_some_and(|key| fields.contains_key(key));
                match (choices.iter().find(has), fields.keys().next()) {
                    (Some(choice), _) => self.value(choice, value, path),
                    (None, Some(other)) => {
                        let given = Some(other.clone());
                        let path = join(path, other);
                        self.add(path, MistakeKind::UnknownKey, Fix::ChooseKnown, given, &keys.join(", "));
                    }
                    (None, None) => self.add(path, MistakeKind::Absent, Fix::Give, None, &keys.join(", ")),
                }
            }
            other => {
                let wanted = if tagged.is_empty() && keys.is_empty() { "string" } else { "object" };
                self.wrong_type(path, other, wanted);
            }
        }
    }
}

/// Whether a choice is the one that a tag tells.
fn fits(choice: &Value, name: &str, given: &Value) -> bool {
    tag(choice).is_some_and(|(own, text)| own == name && given.as_str() == Some(text))
}
