//! How far something has come.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A bar from 0 to 100; without a value it only says that something goes on.
#[component]
pub fn Progress(#[prop(into)] label: TextProp, #[prop(into)] percent: Signal<Option<u32>>) -> impl IntoView {
    view! {
        <div
            class="fj-progress"
            role="progressbar"
            aria-label=move || label.get()
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=move || percent.get().map(|percent| percent.to_string())
            style:--value=move || percent.get().unwrap_or_default().to_string()
        >
            <span class="fj-progress__fill"></span>
        </div>
    }
}
