//! What the pages say, out of the app's locales: a function of the language for each text.

use shared::ledger::Lang;

/// The language's tag.
pub const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// The language of a tag or of one that begins so; `None` for any other.
pub fn lang(tag: &str) -> Option<Lang> {
    match tag.get(..2)?.to_ascii_lowercase().as_str() {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
