//! The levels of a judged input.

use leptos::prelude::*;
use shared::grading::Input;

use crate::contexts::i18n::lang;
use crate::derive::sentences;
use crate::derive::what_if::Choice;
use crate::say;

/// Levels to choose from, and none.
#[component]
pub fn Choose(
    /// Of the name of the input.
    id: String,
    choices: Vec<Choice>,
    #[prop(into)] input: Signal<Input>,
    set: Callback<Input>,
) -> impl IntoView {
    let group = id.clone();
    let option = move |to: Input, key: String, text: String| {
        let own = to.clone();
        view! {
            <label class="fj-segmented__option">
                <input
                    class="fj-segmented__input"
                    type="radio"
                    name=group.clone()
                    value=key.clone()
                    prop:checked=move || input.with(|input| *input == own)
                    on:change=move |_| set.run(to.clone())
                />
                <span class="fj-segmented__face">
                    <b class="fj-segmented__key">{key}</b>
                    <span class="fj-segmented__text">{text}</span>
                </span>
            </label>
        }
    };
    view! {
        <div class="fj-segmented" role="radiogroup" aria-labelledby=id>
            <div class="fj-segmented__options">
                {move || {
                    let levels = choices.iter().map(|choice| {
                        let text = choice.meaning.as_ref().map(|meaning| sentences::local(lang(), meaning).to_owned());
                        let to = Input::Judged { level: choice.level.clone() };
                        option(to, choice.level.to_string(), text.unwrap_or_default()).into_any()
                    });
                    let mut all: Vec<AnyView> = levels.collect();
                    all.push(option(Input::Missing, "—".to_owned(), say!(what_if.not_judged).to_owned()).into_any());
                    all
                }}
            </div>
        </div>
    }
}
