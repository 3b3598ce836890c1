//! Whether the server can be reached, and whether a newer version of the app waits to be let in.

use std::cell::Cell;

use leptos::ev;
use leptos::prelude::*;

use crate::signals::put;

thread_local! {
    static OFFLINE: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static NEWER: ArcRwSignal<bool> = ArcRwSignal::new(false);
    /// How often the browser has said whether there is a network.
    static SAID: Cell<u32> = const { Cell::new(0) };
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

/// A request begins. It tells the returned whether it was answered; that counts unless the browser has
/// had its say since, for then it is of a network that has gone or come back.
pub fn asked() -> impl FnOnce(bool) {
    let before = SAID.get();
    move |answered| {
        if SAID.get() == before {
            put(offline(), !answered);
        }
    }
}

fn said(online: bool) {
    SAID.set(SAID.get().wrapping_add(1));
    put(offline(), !online);
}

/// Listens to the browser, and to `offline.ts`.
pub fn start() {
    said(window().navigator().on_line());
    window_event_listener(ev::offline, |_| said(false));
    window_event_listener(ev::online, |_| said(true));
    window_event_listener_untyped("fenji:newer", |_| newer().set(true));
}

/// Lets the newer version in: the page is loaded anew with it. What is typed is in the drafts.
pub fn reload() {
    if let Ok(event) = web_sys::CustomEvent::new("fenji:reload") {
        window().dispatch_event(&event).ok();
    }
}
