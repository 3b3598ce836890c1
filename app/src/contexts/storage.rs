//! The browser's own stores. They may be full or switched off: then nothing is remembered.

use web_sys::Storage;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// All tabs share it, and it outlives them.
    Browser,
    /// This tab's own, until it is closed.
    Tab,
}

impl Store {
    fn open(self) -> Option<Storage> {
        let window = web_sys::window()?;
        match self {
            Self::Browser => window.local_storage().ok()?,
            Self::Tab => window.session_storage().ok()?,
        }
    }
}

/// What is stored under a key.
#[must_use]
pub fn read(store: Store, key: &str) -> Option<String> {
    store.open()?.get_item(key).ok()?
}

/// Stores a text under a key.
pub fn write(store: Store, key: &str, value: &str) {
    if let Some(store) = store.open() {
        store.set_item(key, value).ok();
    }
}

/// Forgets a key.
pub fn forget(store: Store, key: &str) {
    if let Some(store) = store.open() {
        store.remove_item(key).ok();
    }
}
