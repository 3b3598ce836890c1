//! A labelled choice out of a list.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::field::FieldError;
use crate::t;

/// A choice: its value and its text.
pub type Choice = (String, String);

/// A field with a `select`; the choices may follow a signal.
#[component]
pub fn SelectField(
    id: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(into)] value: Signal<String>,
    on_change: Callback<String>,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] disabled: Signal<bool>,
) -> impl IntoView {
    let has_hint = hint.is_some();
    let described = move || {
        let parts =
            [has_hint.then(|| format!("{id}-h")), error.with(Option::is_some).then(|| format!("{id}-e"))];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    view! {
        <div class="fj-field">
            <label class="fj-field__label" for=id>
                {move || label.get()}
                {required.then(|| view! { <span class="fj-field__mark">{t!(common.required)}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="fj-field__hint" id=format!("{id}-h")>{move || hint.get()}</p> })}
            <span class="fj-select">
                <select
                    class="fj-input"
                    id=id
                    aria-required=required.then_some("true")
                    aria-describedby=described
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    disabled=move || disabled.get()
                    on:change:target=move |event| on_change.run(event.target().value())
                >
                    {move || options(choices.get(), value)}
                </select>
            </span>
            <FieldError id error />
        </div>
    }
}

/// The options of a select, the one of the value selected.
pub fn options(choices: Vec<Choice>, value: Signal<String>) -> impl IntoView {
    choices
        .into_iter()
        .map(|(key, text)| {
            let own = key.clone();
            view! {
                <option value=key prop:selected=move || value.with(|value| *value == own)>
                    {text}
                </option>
            }
        })
        .collect_view()
}
