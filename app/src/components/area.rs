//! One labelled paragraph.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::field::FieldError;
use crate::t;

/// A paragraph: label, text and, when wrong, what is wrong.
#[component]
pub fn AreaField(
    /// Unique on the page; the error derives its own from it.
    id: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(into)] value: Signal<String>,
    on_input: Callback<String>,
    #[prop(into)] error: Signal<Option<String>>,
    #[prop(optional, into)] required: Signal<bool>,
    /// Most characters.
    #[prop(optional, into)]
    most: Option<u32>,
    #[prop(default = 2)] rows: u32,
    /// Takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    view! {
        <div class="fj-field fj-field--full">
            <label class="fj-field__label" for=id>
                {move || label.get()}
                {move || required.get().then(|| view! { <span class="fj-field__mark">{t!(common.required)}</span> })}
            </label>
            <textarea
                class="fj-input fj-input--area"
                id=id
                rows=rows
                maxlength=most
                autofocus=autofocus
                aria-required=move || required.get().then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| format!("{id}-e"))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || value.get()
                on:input:target=move |event| on_input.run(event.target().value())
            ></textarea>
            <FieldError id error />
        </div>
    }
}
