//! Why the review refused, in the words of its rule.

use leptos::prelude::*;

use crate::components::form::FormState;
use crate::components::notice::{Notice, NoticeTone};
use crate::derive::review_step::explain;

/// What went wrong with a step as a whole.
#[component]
pub fn Refusal(state: FormState) -> impl IntoView {
    move || {
        let error = state.error.get()?;
        Some(view! { <Notice tone=NoticeTone::Error title=move || explain(&error) /> })
    }
}
