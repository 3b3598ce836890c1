//! A dialog over the page.

use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::button::{Button, IconButton, Weight};
use super::form::{FormError, FormState};
use crate::client::ApiError;
use crate::derive::problem;
use crate::t;

/// A modal dialog, open as long as it is in the page: show it with `Show` or a conditional. The
/// browser keeps the focus inside and gives it back; Escape and the cross ask to close.
#[component]
pub fn Dialog(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] title: TextProp,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            dialog.show_modal().ok();
        }
    });
    view! {
        <dialog
            class="fj-dialog"
            node_ref=node
            aria-labelledby=id
            on:cancel=move |event: web_sys::Event| {
                // A file that is not chosen after all is told to whatever is around it, too.
                if event.target() == event.current_target() {
                    event.prevent_default();
                    on_close.run(());
                }
            }
        >
            <header class="fj-dialog__header">
                <h2 class="fj-dialog__title" id=id>
                    {move || title.get()}
                </h2>
                <IconButton label=t!(common.close) name="close" on_press=on_close />
            </header>
            {children()}
        </dialog>
    }
}

/// A question before something is done that cannot be seen to be harmless.
#[component]
pub fn Confirm(
    id: &'static str,
    #[prop(into)] title: TextProp,
    #[prop(into)] text: TextProp,
    #[prop(into)] yes: TextProp,
    /// How the last yes went. Why it was not done is said here, for what the page behind says cannot be seen or heard.
    #[prop(default = FormState::new())]
    state: FormState,
    /// In whose words, as of a [`FormError`].
    #[prop(default = problem::explain)]
    explain: fn(&ApiError) -> String,
    on_yes: Callback<()>,
    on_close: Callback<()>,
    /// Whether it takes nothing away.
    #[prop(optional)]
    harmless: bool,
) -> impl IntoView {
    let weight = if harmless { Weight::Primary } else { Weight::Danger };
    // Of when it was asked before.
    state.error.set(None);
    view! {
        <Dialog id title on_close>
            <div class="fj-dialog__body fj-stack">
                <FormError state explain />
                <p>{move || text.get()}</p>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.cancel) on_press=on_close />
                <Button label=yes.clone() weight busy=state.busy on_press=on_yes />
            </footer>
        </Dialog>
    }
}
