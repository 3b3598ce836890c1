//! Short messages at the edge of the page that go by themselves.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

const SHOWN_MS: u32 = 6_000;

/// What a toast is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Info,
    /// Something was done.
    Success,
    /// Something went wrong.
    Error,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Tells it from the others.
    pub id: u32,
    /// What it is about.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

thread_local! {
    static TOASTS: ArcRwSignal<Vec<Toast>> = ArcRwSignal::new(Vec::new());
}

/// Those shown now.
#[must_use]
pub fn toasts() -> Vec<Toast> {
    TOASTS.with(Clone::clone).get()
}

/// Says that something was done.
pub fn success(text: impl Into<String>) {
    push(Tone::Success, text.into());
}

/// Says that something went wrong.
pub fn error(text: impl Into<String>) {
    push(Tone::Error, text.into());
}

/// Takes one away.
pub fn dismiss(id: u32) {
    TOASTS.with(Clone::clone).update(|all| all.retain(|toast| toast.id != id));
}

fn push(tone: Tone, text: String) {
    let all = TOASTS.with(Clone::clone);
    let id = all.with_untracked(|all| all.last().map_or(1, |toast| toast.id.wrapping_add(1)));
    all.update(|all| all.push(Toast { id, tone, text }));
    Timeout::new(SHOWN_MS, move || dismiss(id)).forget();
}
