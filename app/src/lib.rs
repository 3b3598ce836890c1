//! The app: one page in the browser, compiled to wasm, that shows what the Worker holds and
//! grades with the same code as the Worker does.
//!
//! Pages load, components take values and callbacks, `derive` holds the pure logic of views,
//! `client` is the only code that talks to the network, `contexts` the only state that outlives
//! a page.
#![recursion_limit = "256"]

mod app;
mod charts;
pub mod client;
mod clock;
pub mod components;
pub mod contexts;
pub mod derive;
pub mod download;
mod drive;
pub mod export;
mod pages;
pub mod sheets;
mod signals;
mod start;

/// One function per text, written by the build script out of `locales/`.
pub mod texts {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// A text in the chosen language that follows a change of language: `t!(users.title)`, or with
/// its values in the order of the Chinese text, `t!(users.count, n)`.
#[macro_export]
macro_rules! t {
    ($($key:ident).+) => { (move || $crate::texts::$($key)::+($crate::contexts::i18n::lang())) };
    ($($key:ident).+, $($value:expr),+ $(,)?) => {
        (move || $crate::texts::$($key)::+($crate::contexts::i18n::lang(), $(&$value),+))
    };
}

/// The same as a text at once, for code that runs again by itself when the language changes, or
/// need not.
#[macro_export]
macro_rules! say {
    ($($key:ident).+) => { $crate::texts::$($key)::+($crate::contexts::i18n::lang()) };
    ($($key:ident).+, $($value:expr),+ $(,)?) => {
        $crate::texts::$($key)::+($crate::contexts::i18n::lang(), $(&$value),+)
    };
}
