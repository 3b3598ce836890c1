//! Whether the server can be reached, and whether a newer version of the app waits to be let in.

use leptos::ev;
use leptos::prelude::*;

thread_local! {
    static OFFLINE: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static NEWER: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// Whether there is no network: the browser says so, or the last request was not answered.
#[must_use]
pub fn offline() -> ArcRwSignal<bool> {
    OFFLINE.with(Clone::clone)
}

/// Whether a newer version waits.
#[must_use]
pub fn newer() -> ArcRwSignal<bool> {
    NEWER.with(Clone::clone)
}

/// A request was answered, or was not.
pub fn heard(answered: bool) {
    put(!answered);
}

fn put(is: bool) {
    let offline = offline();
    if offline.get_untracked() != is {
        offline.set(is);
    }
}

/// Listens to the browser, and to `offline.ts`.
pub fn start() {
    put(!window().navigator().on_line());
    window_event_listener(ev::offline, |_| put(true));
    window_event_listener(ev::online, |_| put(false));
    window_event_listener_untyped("fenji:newer", |_| newer().set(true));
}

/// Lets the newer version in: the page is loaded anew with it. What is typed is in the drafts.
pub fn reload() {
    if let Ok(event) = web_sys::CustomEvent::new("fenji:reload") {
        window().dispatch_event(&event).ok();
    }
}
