//! The browser's own store. It may be full or switched off: then nothing is remembered.

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
