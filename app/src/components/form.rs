//! What every form shares: what the Worker said was wrong, at the field or above it all.

use leptos::prelude::*;

use super::notice::{Notice, NoticeTone};
use crate::client::ApiError;
use crate::derive::problem::{explain, explain_field};

/// The outcome of the last try to send a form.
#[derive(Clone, Copy)]
pub struct FormState {
    /// While a try is under way.
    pub busy: RwSignal<bool>,
    /// What went wrong last.
    pub error: RwSignal<Option<ApiError>>,
}

impl FormState {
    /// Nothing tried yet.
    #[must_use]
    pub fn new() -> Self {
        Self { busy: RwSignal::new(false), error: RwSignal::new(None) }
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
        Signal::derive(move || {
            self.error.with(|error| {
                let wrong = error.as_ref()?.fields().iter().find(|wrong| wrong.field == name)?;
                Some(explain_field(wrong))
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
pub fn FormError(state: FormState) -> impl IntoView {
    move || {
        state
            .error
            .get()
            .map(|error| view! { <Notice tone=NoticeTone::Error title=move || explain(&error) /> })
    }
}
