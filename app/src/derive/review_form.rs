//! The evaluation form of a review (5.1.1) while it is being filled in: what is typed, what it means, where
//! it meets what another person saved, and what is sent.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::dto::review::FormView;
use shared::grading::{Input, Inputs, Policy};
use shared::id::{BadText, Key, Name, Note};
use shared::ledger::key::CREDIT_RATING;
use shared::review::{Content, Writing};

use super::customer_form::{self, Entries, Fault, Typed};
use super::edit::{Conflict, Touched, conflicts};
use super::what_if::Control;

/// The fields besides the inputs of the policy, by their names on the wire.
pub const TEXTS: [&str; 3] = ["cooperation", "trend", "notes"];

/// A word of the review as its code on the wire.
#[must_use]
pub fn code(of: &impl Serialize) -> String {
    match serde_json::to_value(of) {
        Ok(Value::String(code)) => code,
        Ok(_) | Err(_) => String::new(),
    }
}

/// The word of a code.
#[must_use]
pub fn coded<T: DeserializeOwned>(code: &str) -> Option<T> {
    serde_json::from_value(Value::String(code.to_owned())).ok()
}

/// What stands in a form: inputs by key, the rest as texts by field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Stored {
    /// The inputs, corrections over the figures.
    pub inputs: BTreeMap<Key, Input>,
    /// The texts; one that nobody wrote is empty.
    pub texts: Touched,
}

impl Stored {
    /// What the Worker has.
    #[must_use]
    pub fn of(view: &FormView) -> Self {
        let mut inputs = frozen(view);
        let content = &view.content;
        inputs.extend(content.values.iter().map(|(key, one)| (key.clone(), one.input.clone())));
        let texts = [
            content.cooperation.map(|one| code(&one)),
            content.trend.map(|one| code(&one)),
            content.notes.as_ref().map(ToString::to_string),
        ];
        let texts = TEXTS.iter().zip(texts);
        Self {
            inputs,
            texts: texts.map(|(field, text)| ((*field).to_owned(), text.unwrap_or_default())).collect(),
        }
    }

    fn input(&self, key: &Key) -> Input {
        self.inputs.get(key).cloned().unwrap_or(Input::Missing)
    }

    /// The text of a field.
    #[must_use]
    pub fn text(&self, field: &str) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }
}

/// The figures as they were when the cycle was opened.
#[must_use]
pub fn frozen(view: &FormView) -> BTreeMap<Key, Input> {
    view.figures.iter().map(|(key, figure)| (key.clone(), figure.input.clone())).collect()
}

/// What a person fills in of the policy's inputs: all but the credit rating, which finance sets (5.1.2-C).
#[must_use]
pub fn asked(controls: Vec<Control>) -> Vec<Control> {
    controls.into_iter().filter(|control| control.key.as_str() != CREDIT_RATING).collect()
}

/// What a person has touched, and over what: kept until the Worker has it, it is still known then where
/// another person changed the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Written {
    /// Inputs of the policy.
    pub entries: Entries,
    /// The texts.
    pub texts: Touched,
    /// What stood in what is touched when it was touched.
    begun: Stored,
}

/// What is touched, read: what differs from what is stored, and what cannot be taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Inputs that differ.
    pub changed: BTreeMap<Key, Input>,
    /// Texts that differ.
    pub texts: Touched,
    /// Entries that cannot be taken.
    pub wrong: BTreeMap<Key, Fault>,
    /// What is wrong with the notes.
    pub notes: Option<BadText>,
}

impl Reading {
    /// How many fields differ.
    #[must_use]
    pub fn changes(&self) -> usize {
        self.changed.len() + self.texts.len()
    }

    /// How many cannot be taken.
    #[must_use]
    pub fn faults(&self) -> usize {
        self.wrong.len() + usize::from(self.notes.is_some())
    }
}

/// A field on which two people differ: an input, or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// An input of the policy.
    Input(Conflict<Key, Input>),
    /// A text.
    Text(Conflict<String, String>),
}

impl Written {
    /// Fills an input in, over what is stored; `None` leaves it as stored.
    pub fn put(&mut self, key: Key, entry: Option<Typed>, stored: &Stored) {
        let Some(entry) = entry else {
            self.begun.inputs.remove(&key);
            self.entries.remove(&key);
            return;
        };
        self.begun.inputs.entry(key.clone()).or_insert_with(|| stored.input(&key));
        self.entries.insert(key, entry);
    }

    /// Writes a text, over what is stored; what is as stored counts as not touched.
    pub fn write(&mut self, field: &str, text: String, stored: &Stored) {
        if text == stored.text(field) {
            self.begun.texts.remove(field);
            self.texts.remove(field);
            return;
        }
        self.begun.texts.entry(field.to_owned()).or_insert_with(|| stored.text(field).to_owned());
        self.texts.insert(field.to_owned(), text);
    }

    /// The text of a field as it stands.
    #[must_use]
    pub fn text<'a>(&'a self, field: &str, stored: &'a Stored) -> &'a str {
        self.texts.get(field).map_or_else(|| stored.text(field), String::as_str)
    }

    /// What it means.
    #[must_use]
    pub fn read(&self, controls: &[Control], stored: &Stored) -> Reading {
        let (changed, wrong) = customer_form::changes(&self.entries, controls, &stored.inputs);
        let texts = self.texts.iter().map(|(field, text)| (field, text.trim()));
        let differing = texts.filter(|(field, text)| *text != stored.text(field));
        let texts: Touched = differing.map(|(field, text)| (field.clone(), text.to_owned())).collect();
        let notes = texts.get("notes").filter(|text| !text.is_empty());
        let notes = notes.and_then(|text| Note::parse(text).err());
        Reading { changed, texts, wrong, notes }
    }

    /// Lets go of what says the same as what is stored, or as what stood there when it was touched: then
    /// only another person has changed it. What has the focus stays as it is typed, so that nothing is
    /// rewritten under the person's hand; of it, too, what is stored now is what any change is held against.
    pub fn settle(&mut self, controls: &[Control], stored: &Stored, focused: Option<&str>) {
        let reading = self.read(controls, stored);
        let busy = |field: &str| focused == Some(field);
        let Self { entries, texts, begun } = self;
        entries.retain(|key, _| {
            let changed = reading.changed.get(key).is_some_and(|input| begun.inputs.get(key) != Some(input));
            changed || reading.wrong.contains_key(key) || busy(key.as_str())
        });
        texts.retain(|field, _| {
            let changed = reading.texts.get(field).is_some_and(|text| begun.texts.get(field) != Some(text));
            changed || busy(field)
        });
        begun.inputs.retain(|key, _| entries.contains_key(key));
        begun.texts.retain(|field, _| texts.contains_key(field));
        for (key, begun) in &mut begun.inputs {
            if !reading.changed.contains_key(key) && !reading.wrong.contains_key(key) {
                *begun = stored.input(key);
            }
        }
        for (field, begun) in &mut begun.texts {
            if !reading.texts.contains_key(field) {
                stored.text(field).clone_into(begun);
            }
        }
    }

    /// Where it meets what another person saved since it was touched.
    #[must_use]
    pub fn clashes(&self, reading: &Reading, stored: &Stored) -> Vec<Clash> {
        let inputs = conflicts(&self.begun.inputs, &reading.changed, &stored.inputs, &Input::Missing);
        let texts = conflicts(&self.begun.texts, &reading.texts, &stored.texts, &String::new());
        inputs.into_iter().map(Clash::Input).chain(texts.into_iter().map(Clash::Text)).collect()
    }

    /// The person has seen what another saved, and keeps the own.
    pub fn insist(&mut self, stored: &Stored) {
        for (key, begun) in &mut self.begun.inputs {
            *begun = stored.input(key);
        }
        for (field, begun) in &mut self.begun.texts {
            stored.text(field).clone_into(begun);
        }
    }

    /// Takes what another person saved in a field, by its path.
    pub fn yield_to(&mut self, path: &str) {
        self.entries.retain(|key, _| path != format!("values.{key}"));
        self.texts.remove(path);
        let Self { entries, texts, begun } = self;
        begun.inputs.retain(|key, _| entries.contains_key(key));
        begun.texts.retain(|field, _| texts.contains_key(field));
    }
}

/// What the form is to say from now on: what is stored, with what differs. A value put back to what it was
/// when the cycle was opened is no correction any more.
#[must_use]
pub fn writing(view: &FormView, reading: &Reading) -> Writing {
    let mut writing = view.content.writing();
    for (key, input) in &reading.changed {
        let before = view.figures.get(key).map_or(&Input::Missing, |figure| &figure.input);
        if input == before {
            writing.values.remove(key);
        } else {
            writing.values.insert(key.clone(), input.clone());
        }
    }
    for (field, text) in &reading.texts {
        match field.as_str() {
            "cooperation" => writing.cooperation = coded(text),
            "trend" => writing.trend = coded(text),
            "notes" => writing.notes = Note::parse(text).ok(),
            _ => {}
        }
    }
    writing
}

/// What would be graded of that, by the Worker's own rule.
#[must_use]
pub fn inputs(view: &FormView, writing: &Writing, policy: &Policy, by: &Name) -> Inputs {
    // Who wrote what, and when, is not graded.
    let content: Content = view.content.rewritten(writing, 0, by);
    view.ground.inputs(&frozen(view), &content, view.credit.as_ref(), policy)
}

#[cfg(test)]
pub(super) mod tests;
