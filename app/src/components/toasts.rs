//! The place of the toasts.

use leptos::prelude::*;

use super::button::IconButton;
use super::icon::Icon;
use crate::contexts::network;
use crate::contexts::toasts::{Tone, dismiss, toasts};
use crate::t;

/// All toasts shown now; that a newer version waits stays until it is let in.
#[component]
pub fn Toasts() -> impl IntoView {
    let newer = RwSignal::from(network::newer());
    view! {
        <div class="fj-toasts" role="status" aria-live="polite">
            <Show when=move || newer.get()>
                <div class="fj-toast fj-toast--info">
                    <Icon name="refresh" />
                    <p class="fj-toast__text">{t!(offline.newer)}</p>
                    <button type="button" class="fj-toast__action" on:click=|_| network::reload()>
                        {t!(offline.reload)}
                    </button>
                </div>
            </Show>
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
