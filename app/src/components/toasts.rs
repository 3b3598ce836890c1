//! The place of the toasts.

use leptos::prelude::*;

use super::button::IconButton;
use super::icon::Icon;
use crate::contexts::toasts::{Tone, dismiss, toasts};
use crate::t;

/// All toasts shown now.
#[component]
pub fn Toasts() -> impl IntoView {
    view! {
        <div class="fj-toasts" role="status" aria-live="polite">
            <For each=toasts key=|toast| toast.id let:toast>
                {
                    let (class, icon) = match toast.tone {
                        Tone::Info => ("fj-toast fj-toast--info", "info"),
                        Tone::Success => ("fj-toast fj-toast--success", "check"),
                        Tone::Error => ("fj-toast fj-toast--error", "alert"),
                    };
                    view! {
                        <div class=class>
                            <Icon name=icon />
                            <p class="fj-toast__text">{toast.text}</p>
                            <IconButton
                                label=t!(common.close)
                                name="close"
                                on_press=Callback::new(move |()| dismiss(toast.id))
                            />
                        </div>
                    }
                }
            </For>
        </div>
    }
}
