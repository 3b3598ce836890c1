//! What every form shares: what the Worker said was wrong, at the field or above it all.

use leptos::prelude::*;
use serde::Serialize;
use shared::problem::FieldProblem;

use super::notice::{Notice, NoticeTone};
use crate::client::{ApiError, fresh_key};
use crate::derive::problem::{self, explain_field};

/// The outcome of the last try to send a form.
#[derive(Clone, Copy)]
pub struct FormState {
    /// While a try is under way.
    pub busy: RwSignal<bool>,
    /// What went wrong last.
    pub error: RwSignal<Option<ApiError>>,
    /// What was sent last, and under which key.
    sent: StoredValue<(String, String)>,
}

impl FormState {
    /// Nothing tried yet.
    #[must_use]
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), error: RwSignal::new(None), sent: StoredValue::default() }
    }

    /// The idempotency key of a try: the same as before while the body is the same, so that trying
    /// again after a broken connection does nothing twice.
    #[must_use]
    pub fn key(self, body: &impl Serialize) -> String {
        let body = serde_json::to_string(body).unwrap_or_default();
        let (last, key) = self.sent.get_value();
        if last == body && !key.is_empty() {
            return key;
        }
        let key = fresh_key();
        self.sent.set_value((body, key.clone()));
        key
    }

    /// A try begins.
    pub fn begin(self) {
        self.busy.try_set(true);
        self.error.try_set(None);
    }

    /// It ended, well or with an error. The form may be gone by now.
    pub fn end(self, error: Option<ApiError>) {
        self.busy.try_set(false);
        self.error.try_set(error);
    }

    /// What is wrong with a field, by its name on the wire.
    #[must_use]
    pub fn field(self, name: &'static str) -> Signal<Option<String>> {
        self.field_said(name, explain_field)
    }

    /// [`FormState::field`] in the words of a rule: some have their own.
    #[must_use]
    pub fn field_said(
        self,
        name: impl Into<String>,
        explain: impl Fn(&FieldProblem) -> String + Send + Sync + 'static,
    ) -> Signal<Option<String>> {
        let name = name.into();
        Signal::derive(move || {
            self.error.with(|error| {
                let wrong = error.as_ref()?.fields().iter().find(|wrong| wrong.field == name)?;
                Some(explain(wrong))
            })
        })
    }
}

impl Default for FormState {
    fn default() -> Self {
        Self::new()
    }
}

/// What went wrong with the form as a whole.
#[component]
pub fn FormError(
    state: FormState,
    /// In whose words: some rules have their own.
    #[prop(default = problem::explain)]
    explain: fn(&ApiError) -> String,
) -> impl IntoView {
    move || {
        state
            .error
            .get()
            .map(|error| view! { <Notice tone=NoticeTone::Error title=move || explain(&error) /> })
    }
}
