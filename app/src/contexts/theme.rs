//! Light, dark, or as the system says. `main.ts` applies it before anything is drawn.

use leptos::prelude::*;

use super::storage::{self, Store};

/// Where `main.ts` looks too.
const KEY: &str = "fenji.theme";

/// The appearance chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Drafting film.
    Light,
    /// Blueprint.
    Dark,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    const fn code(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

thread_local! {
    static THEME: ArcRwSignal<Theme> = ArcRwSignal::new(Theme::System);
}

/// The choice, followed by whatever reads it.
#[must_use]
pub fn theme() -> Theme {
    THEME.with(Clone::clone).get()
}

/// Takes up the choice remembered.
pub fn start() {
    let saved = storage::read(Store::Browser, KEY);
    show(Theme::ALL.into_iter().find(|theme| theme.code() == saved.as_deref()).unwrap_or_default());
}

/// Chooses and remembers.
pub fn choose(theme: Theme) {
    match theme.code() {
        Some(code) => storage::write(Store::Browser, KEY, code),
        None => storage::forget(Store::Browser, KEY),
    }
    show(theme);
}

fn show(theme: Theme) {
    if let Some(root) = document().document_element() {
        match theme.code() {
            Some(code) => root.set_attribute("data-theme", code).ok(),
            None => root.remove_attribute("data-theme").ok(),
        };
    }
    THEME.with(Clone::clone).set(theme);
}
