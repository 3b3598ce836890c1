//! The chosen language: Chinese unless chosen otherwise, remembered by the browser.

use leptos::prelude::*;
use leptos::reactive::graph::Observer;
pub use shared::ledger::Lang;

use super::storage::{self, Store};

const KEY: &str = "fenji.lang";

thread_local! {
    static LANG: ArcRwSignal<Lang> = ArcRwSignal::new(Lang::Zh);
}

fn signal() -> ArcRwSignal<Lang> {
    LANG.with(Clone::clone)
}

/// The language, followed by whatever reads it; a task or a press reads it as it is.
#[must_use]
pub fn lang() -> Lang {
    if Observer::get().is_some() { signal().get() } else { signal().get_untracked() }
}

/// Its tag in HTML.
#[must_use]
pub const fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}

/// Takes up the language remembered.
pub fn start() {
    show(if storage::read(Store::Browser, KEY).as_deref() == Some("en") { Lang::En } else { Lang::Zh });
}

/// Chooses a language and remembers it.
pub fn choose(lang: Lang) {
    storage::write(Store::Browser, KEY, tag(lang));
    show(lang);
}

fn show(lang: Lang) {
    if let Some(root) = document().document_element() {
        root.set_attribute("lang", tag(lang)).ok();
    }
    signal().set(lang);
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    fn texts(at: &str, value: &Value, into: &mut Vec<(String, String)>) {
        match value {
            Value::Object(parts) => {
                parts.iter().for_each(|(key, part)| texts(&format!("{at}.{key}"), part, into))
            }
            Value::String(text) => into.push((at.to_owned(), text.clone())),
            other => panic!("{at} is {other}"),
        }
    }

    fn locale(source: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        texts("", &serde_json::from_str(source).unwrap(), &mut found);
        found
    }

    #[test]
    fn both_languages_say_everything() {
        let zh = locale(include_str!("../../locales/zh.json"));
        let en = locale(include_str!("../../locales/en.json"));
        let keys = |all: &[(String, String)]| all.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(&zh), keys(&en));
        for (key, text) in zh.iter().chain(&en) {
            assert!(!text.trim().is_empty(), "{key} is empty");
        }
        for (key, text) in &en {
            assert!(
                !text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                "{key} is not English: {text}"
            );
        }
    }
}
