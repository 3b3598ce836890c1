//! Step four: sending.

use leptos::prelude::*;

use super::Working;
use super::desk::Desk;
use crate::components::button::{Button, Weight};
use crate::components::notice::{Notice, NoticeTone};
use crate::derive::import::missing;
use crate::{say, t};

/// How far it is; a way on when it stopped.
#[component]
pub fn SendPanel(desk: Desk) -> impl IntoView {
    let stopped = move || desk.work.with(Option::is_none);
    let chunks = move || {
        desk.state.with(|state| {
            let state = state.as_ref()?;
            let left = u32::try_from(missing(state).len()).ok()?;
            Some(say!(import.sent, state.chunks.saturating_sub(left), state.chunks))
        })
    };
    view! {
        <section class="fj-panel" aria-labelledby="import-send">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="import-send">
                    {t!(import.step.send)}
                </h2>
                <p class="fj-panel__note">{chunks}</p>
            </header>
            <div class="fj-panel__body">
                <div class="fj-stack">
                    <Working desk />
                    <Show
                        when=stopped
                        fallback=|| view! { <p class="fj-muted">{t!(import.sending_text)}</p> }
                    >
                        <Notice tone=NoticeTone::Warning title=t!(import.stopped)>
                            <p>{t!(import.stopped_text)}</p>
                        </Notice>
                    </Show>
                </div>
            </div>
            <footer class="fj-panel__footer">
                <Button
                    label=t!(import.go_on)
                    weight=Weight::Primary
                    icon="refresh"
                    disabled=Signal::derive(move || !stopped())
                    on_press=Callback::new(move |()| desk.go_on())
                />
            </footer>
        </section>
    }
}
