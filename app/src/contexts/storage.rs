//! The browser's own stores: one that outlives the page, and one of this tab. They may be full or switched
//! off: then nothing is remembered.

use web_sys::Storage;

fn store() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What is stored under a key.
#[must_use]
pub fn read(key: &str) -> Option<String> {
    store()?.get_item(key).ok()?
}

/// Stores a text under a key.
pub fn write(key: &str, value: &str) {
    if let Some(store) = store() {
        store.set_item(key, value).ok();
    }
}

/// Forgets a key.
pub fn forget(key: &str) {
    if let Some(store) = store() {
        store.remove_item(key).ok();
    }
}

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// What this tab has stored under a key.
#[must_use]
pub fn read_of_tab(key: &str) -> Option<String> {
    tab()?.get_item(key).ok()?
}

/// Stores a text under a key until this tab is closed.
pub fn write_for_tab(key: &str, value: &str) {
    if let Some(tab) = tab() {
        tab.set_item(key, value).ok();
    }
}
