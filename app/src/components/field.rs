//! One labelled input.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::icon::{Icon, IconSize};
use crate::t;

/// What is typed into a [`TextField`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Entry {
    /// Any text.
    #[default]
    Text,
    /// A password, with a button that shows it.
    Password,
    /// A date.
    Date,
    /// A whole number.
    Whole,
}

/// A field: label, hint, input and, when wrong, what is wrong.
///
/// The error is a text of this moment; `None` while nothing is wrong.
#[component]
pub fn TextField(
    /// Unique on the page; the hint and the error derive theirs from it.
    id: &'static str,
    #[prop(into)] label: TextProp,
    #[prop(into)] value: Signal<String>,
    on_input: Callback<String>,
    #[prop(optional, into)] hint: Option<TextProp>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] entry: Entry,
    #[prop(optional)] required: bool,
    #[prop(optional)] readonly: bool,
    #[prop(optional)] full: bool,
    /// Takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// What the browser may fill in: `username`, `current-password`, `new-password`, `off`.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let has_hint = hint.is_some();
    let described = move || {
        let parts =
            [has_hint.then(|| format!("{id}-h")), error.with(Option::is_some).then(|| format!("{id}-e"))];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    };
    let kind = move || match entry {
        Entry::Password if !shown.get() => "password",
        Entry::Date => "date",
        _ => "text",
    };
    let input = view! {
        <input
            class="fj-input"
            id=id
            name=id
            type=kind
            inputmode=(entry == Entry::Whole).then_some("numeric")
            autocomplete=autocomplete
            autocapitalize="none"
            spellcheck="false"
            aria-required=required.then_some("true")
            readonly=readonly
            autofocus=autofocus
            aria-describedby=described
            aria-invalid=move || error.with(Option::is_some).then_some("true")
            prop:value=move || value.get()
            on:input:target=move |event| on_input.run(event.target().value())
        />
    };
    let input = if entry == Entry::Password {
        let label = move || if shown.get() { t!(common.hide_password)() } else { t!(common.show_password)() };
        view! {
            <span class="fj-affix">
                {input}
                <button
                    type="button"
                    class="fj-affix__button"
                    aria-pressed=move || if shown.get() { "true" } else { "false" }
                    aria-label=label
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    {move || view! { <Icon name=if shown.get() { "eye-off" } else { "eye" } /> }}
                </button>
            </span>
        }
        .into_any()
    } else {
        input.into_any()
    };
    view! {
        <div class="fj-field" class:fj-field--full=full>
            <label class="fj-field__label" for=id>
                {move || label.get()}
                {required.then(|| view! { <span class="fj-field__mark">{t!(common.required)}</span> })}
            </label>
            {hint.map(|hint| view! { <p class="fj-field__hint" id=format!("{id}-h")>{move || hint.get()}</p> })}
            {input}
            <FieldError id error />
        </div>
    }
}

/// What is wrong with the field of this id.
#[component]
pub fn FieldError(#[prop(into)] id: String, #[prop(into)] error: Signal<Option<String>>) -> impl IntoView {
    move || {
        error.get().map(|text| {
            view! {
                <p class="fj-field__error" id=format!("{id}-e")>
                    <Icon name="alert" size=IconSize::Small />
                    {text}
                </p>
            }
        })
    }
}
