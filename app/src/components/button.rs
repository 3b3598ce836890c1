//! Buttons.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::icon::Icon;
use crate::t;

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// The one thing to do here.
    Primary,
    /// One of several.
    #[default]
    Secondary,
    /// Hardly there.
    Quiet,
    /// Takes something away.
    Danger,
}

impl Weight {
    /// Its class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "fj-button fj-button--primary",
            Self::Secondary => "fj-button fj-button--secondary",
            Self::Quiet => "fj-button fj-button--quiet",
            Self::Danger => "fj-button fj-button--danger",
        }
    }
}

/// A button that does something on this page. While `busy` it turns and cannot be pressed.
#[component]
pub fn Button(
    #[prop(into)] label: TextProp,
    on_press: Callback<()>,
    #[prop(optional)] weight: Weight,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(optional, into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=weight.class()
            class:fj-button--small=small
            aria-busy=move || busy.get().then_some("true")
            disabled=move || busy.get() || disabled.get()
            on:click=move |_| on_press.run(())
        >
            {icon.map(|name| view! { <Icon name /> })}
            {move || label.get()}
        </button>
    }
}

/// The button that sends a form.
#[component]
pub fn Submit(
    #[prop(into)] label: TextProp,
    #[prop(into)] busy: Signal<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] block: bool,
    #[prop(optional)] form: Option<&'static str>,
) -> impl IntoView {
    view! {
        <button
            type="submit"
            class="fj-button fj-button--primary"
            class:fj-button--block=block
            form=form
            aria-busy=move || busy.get().then_some("true")
            disabled=move || busy.get() || disabled.get()
        >
            {move || label.get()}
        </button>
    }
}

/// A button that is only an icon; the label is for those who cannot see it.
#[component]
pub fn IconButton(
    #[prop(into)] label: TextProp,
    name: &'static str,
    on_press: Callback<()>,
) -> impl IntoView {
    let shown = label.clone();
    view! {
        <button
            type="button"
            class="fj-icon-button"
            aria-label=move || label.get()
            title=move || shown.get()
            on:click=move |_| on_press.run(())
        >
            <Icon name />
        </button>
    }
}

/// Puts the page on paper. On a phone the browser's own menu has that.
#[component]
pub fn PrintButton() -> impl IntoView {
    let print = Callback::new(|()| {
        window().print().ok();
    });
    view! {
        <span class="fj-not-phone">
            <Button label=t!(common.print) icon="print" on_press=print />
        </span>
    }
}
