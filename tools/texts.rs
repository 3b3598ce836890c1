//! Turns locales into one function per text, so that a missing key, a key of only one language or a wrong number
//! of values does not compile. The build scripts of the app and of the Worker each include this file.
//!
//! Hand-made instead of a library: it yields plain `match`es on `&'static str`, adds nothing to
//! what is shipped but the texts, and needs no reactive machinery of its own.
use std::error::Error;
use std::fmt::Write;
use std::{fs, path::Path};

use serde_json::{Map, Value};

pub type Outcome = Result<(), Box<dyn Error>>;

/// The texts of one language in a folder, as far as they stand under some keys, each within the one before.
pub fn read(folder: &str, lang: &str, under: &[&str]) -> Result<Map<String, Value>, Box<dyn Error>> {
    let mut texts: Map<String, Value> =
        serde_json::from_str(&fs::read_to_string(Path::new(folder).join(format!("{lang}.json")))?)?;
    for key in under {
        texts = match texts.remove(*key) {
            Some(Value::Object(inner)) => inner,
            _ => return Err(format!("locales: there is no {key}").into()),
        };
    }
    Ok(texts)
}

/// Writes a module per object and a function per text.
pub fn section(code: &mut String, path: &str, zh: &Map<String, Value>, en: &Map<String, Value>) -> Outcome {
    if let Some(key) = en.keys().find(|key| !zh.contains_key(*key)) {
        return Err(format!("locales: {path}{key} is only in en.json").into());
    }
    for (key, zh) in zh {
        let here = format!("{path}{key}");
        let Some(en) = en.get(key) else { return Err(format!("locales: {here} is only in zh.json").into()) };
        match (zh, en) {
            (Value::Object(zh), Value::Object(en)) => {
                writeln!(code, "pub mod {key} {{")?;
                section(code, &format!("{here}."), zh, en)?;
                code.push_str("}\n");
            }
            (Value::String(zh), Value::String(en)) => {
                text(code, key, zh, en).map_err(|e| format!("locales: {here}: {e}"))?
            }
            _ => return Err(format!("locales: {here} is a text in one language only").into()),
        }
    }
    Ok(())
}

/// `pub fn key(lang) -> &'static str`, or with `{names}` in it, `pub fn key(lang, name, …) -> String`;
/// the values come in the order of the Chinese text.
fn text(code: &mut String, key: &str, zh: &str, en: &str) -> Outcome {
    let (names, mut other) = (names(zh)?, names(en)?);
    let mut sorted = names.clone();
    sorted.sort_unstable();
    other.sort_unstable();
    if sorted != other {
        return Err("the two languages hold different values".into());
    }
    if zh.trim().is_empty() || en.trim().is_empty() {
        return Err("empty".into());
    }
    let lang = "shared::ledger::Lang";
    if names.is_empty() {
        writeln!(
            code,
            "#[must_use] pub const fn {key}(lang: {lang}) -> &'static str {{ match lang {{ {lang}::Zh => {zh:?}, {lang}::En => {en:?} }} }}"
        )?;
    } else {
        let values: String = names.iter().map(|name| format!(", {name}: &dyn std::fmt::Display")).collect();
        writeln!(
            code,
            "#[must_use] pub fn {key}(lang: {lang}{values}) -> String {{ match lang {{ {lang}::Zh => format!({zh:?}), {lang}::En => format!({en:?}) }} }}"
        )?;
    }
    Ok(())
}

/// The `{names}` of a text, each once, in order.
fn names(text: &str) -> Result<Vec<&str>, Box<dyn Error>> {
    let mut names = Vec::new();
    for part in text.split('{').skip(1) {
        let Some((name, _)) = part.split_once('}') else { return Err("an open brace".into()) };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            return Err(format!("{{{name}}} is no name").into());
        }
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}
