//! Unsaved entries: they survive a reload, a dead network and an ended session. Kept by the
//! browser under the person and the form, removed once the Worker has the entry.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::id::UserId;
use shared::json;

use super::storage::{self, Store};

/// A form's value that is written down at every change.
pub struct Draft<T: Send + Sync + 'static> {
    /// What is typed.
    pub value: RwSignal<T>,
    /// Whether it came from a former visit; false again once the person has decided.
    pub restored: RwSignal<bool>,
    initial: StoredValue<T>,
    key: StoredValue<String>,
    /// What stands in the browser's store.
    kept: StoredValue<Option<String>>,
}

impl<T: Send + Sync + 'static> Clone for Draft<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Draft<T> {}

impl<T> Draft<T>
where
    T: Clone + PartialEq + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    /// The draft of a form of a person, or the initial value. Call it while building the view.
    #[must_use]
    pub fn of(user: &UserId, form: &str, initial: T) -> Self {
        let key = format!("fenji.draft.{user}.{form}");
        let kept = storage::read(Store::Browser, &key);
        let saved =
            kept.as_ref().and_then(|text| json::read::<T>(text).ok()).filter(|saved| *saved != initial);
        let draft = Self {
            restored: RwSignal::new(saved.is_some()),
            value: RwSignal::new(saved.unwrap_or_else(|| initial.clone())),
            initial: StoredValue::new(initial),
            key: StoredValue::new(key),
            kept: StoredValue::new(kept),
        };
        // Written down by the next task: the frame that shows what was typed does not wait for it.
        Effect::new(move || {
            draft.value.track();
            Timeout::new(0, move || draft.write()).forget();
        });
        on_cleanup(move || draft.write());
        draft
    }

    /// Writes it down now, for those who have waited already.
    pub fn write(self) {
        let text = |value: &T| {
            let initial = self.initial.try_with_value(|initial| initial == value)?;
            Some(if initial { None } else { serde_json::to_string(value).ok() })
        };
        if let Some(Some(text)) = self.value.try_with_untracked(text) {
            self.keep(text);
        }
    }

    /// Stores a text, or none, unless it stands there.
    fn keep(self, text: Option<String>) {
        if self.kept.try_with_value(|kept| *kept != text) == Some(true) {
            self.key.try_with_value(|key| match &text {
                Some(text) => storage::write(Store::Browser, key, text),
                None => storage::forget(Store::Browser, key),
            });
            self.kept.try_set_value(text);
        }
    }

    /// Whether something is typed that is not saved.
    #[must_use]
    pub fn changed(self) -> bool {
        self.value.with(|value| self.initial.with_value(|initial| initial != value))
    }

    /// Throws the entry away: back to the initial value.
    pub fn discard(self) {
        if let Some(initial) = self.initial.try_get_value() {
            self.value.try_set(initial);
        }
        self.restored.try_set(false);
    }

    /// The Worker has what was sent: the form begins with another value from now on. What was typed meanwhile
    /// stays.
    pub fn saved(self, sent: &T, now: T) {
        self.initial.try_set_value(now.clone());
        if self.value.try_with_untracked(|value| value == sent) == Some(true) {
            self.value.try_set(now);
        }
        self.write();
        self.restored.try_set(false);
    }
}
