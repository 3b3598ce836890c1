//! What a request under `/s/` says: in its path, its query, its form, and what languages its reader has.

use axum::body::Body;
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, Method};
use shared::ledger::Lang;
use shared::share::PASSCODE_MAX;

use super::{PREFIX, texts};
use crate::services::share::open::Part;

/// Most bytes of a form: a passcode, escaped, and some words.
const FORM_BYTES: usize = 4_096;
/// Most characters of a secret that is looked up.
const SECRET_CHARS: usize = 100;

/// What stands in the address, if it could open anything by its method and its shape.
pub fn secret(parts: &Parts) -> Option<&str> {
    let reads = [Method::GET, Method::HEAD, Method::POST].contains(&parts.method);
    let secret = parts.uri.path().strip_prefix(PREFIX).filter(|_| reads)?;
    let fits =
        (1..=SECRET_CHARS).contains(&secret.len()) && secret.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then_some(secret)
}

/// What is asked of a link.
#[derive(Debug, Clone)]
pub struct Given {
    /// The language of the page.
    pub lang: Lang,
    /// Whether the reader chose it, so that the next page is asked for in it.
    pub chosen: bool,
    /// What of the link.
    pub part: Part,
    /// The passcode that was typed.
    pub passcode: Option<String>,
}

impl Given {
    /// By the address and the headers.
    pub fn of(parts: &Parts) -> Self {
        let header = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let lang = preferred(header.unwrap_or_default());
        let mut given = Self { lang, chosen: false, part: Part::Page(1), passcode: None };
        given.add(parts.uri.query().unwrap_or_default().as_bytes());
        // A passcode in an address would be kept by every proxy on the way.
        given.passcode = None;
        given
    }

    /// By a form, which goes before the address.
    pub async fn add_form(&mut self, headers: &HeaderMap, body: Body) {
        let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.starts_with("application/x-www-form-urlencoded")
            && let Ok(bytes) = axum::body::to_bytes(body, FORM_BYTES).await
        {
            self.add(&bytes);
        }
    }

    fn add(&mut self, pairs: &[u8]) {
        for (name, value) in form_urlencoded::parse(pairs) {
            match &*name {
                "lang" => {
                    if let Some(lang) = texts::lang(&value) {
                        (self.lang, self.chosen) = (lang, true);
                    }
                }
                "page" => self.part = Part::Page(value.parse().unwrap_or(1)),
                "file" if value == "xlsx" => self.part = Part::Sheet,
                "passcode" => self.passcode = Some(value.chars().take(PASSCODE_MAX + 1).collect()),
                _ => {}
            }
        }
    }
}

/// The language of ours that a reader likes best, by `Accept-Language`; Chinese when it names neither.
fn preferred(accepted: &str) -> Lang {
    let mut best = (0, Lang::Zh);
    for one in accepted.split(',').take(20) {
        let mut parts = one.split(';');
        let Some(lang) = parts.next().map(str::trim).and_then(texts::lang) else { continue };
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1_000, thousandths);
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

/// A weight from 0 to 1 with at most three decimals, in thousandths; 0 for anything else.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    match whole {
        "1" => 1_000,
        "0" if digits(fraction) => format!("{fraction:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn parts(method: &str, uri: &str) -> Parts {
        Request::builder().method(method).uri(uri).body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_a_secret_alone_is_looked_up_and_only_to_be_read() {
        for (method, uri, found) in [
            ("GET", "/s/abc234", Some("abc234")),
            ("HEAD", "/s/abc234?lang=en", Some("abc234")),
            ("POST", "/s/abc234", Some("abc234")),
            ("PUT", "/s/abc234", None),
            ("DELETE", "/s/abc234", None),
            ("OPTIONS", "/s/abc234", None),
            ("GET", "/s/", None),
            ("GET", "/s/abc234/", None),
            ("GET", "/s/abc234/export", None),
            ("GET", "/s/..", None),
            ("GET", "/s/a%20b", None),
        ] {
            assert_eq!(secret(&parts(method, uri)), found, "{method} {uri}");
        }
        assert_eq!(secret(&parts("GET", &format!("/s/{}", "a".repeat(101)))), None);
    }

    #[test]
    fn an_address_says_what_is_asked_for_but_never_a_passcode() {
        let given = |uri: &str| Given::of(&parts("GET", uri));
        assert_eq!(given("/s/a").part, Part::Page(1));
        assert_eq!(given("/s/a?page=3").part, Part::Page(3));
        assert_eq!(given("/s/a?page=1&page=2").part, Part::Page(2), "the button comes last");
        assert_eq!(given("/s/a?page=x").part, Part::Page(1));
        assert_eq!(given("/s/a?page=2&file=xlsx").part, Part::Sheet);
        assert_eq!(given("/s/a?passcode=294817").passcode, None);
        let english = given("/s/a?lang=en");
        assert!(english.chosen && english.lang == Lang::En);
    }

    #[test]
    fn the_reader_s_language_is_the_best_liked_of_ours() {
        for (accepted, lang) in [
            ("", Lang::Zh),
            ("de-DE,de;q=0.9", Lang::Zh),
            ("en-US,en;q=0.9,zh;q=0.8", Lang::En),
            ("zh-CN,zh;q=0.9,en;q=0.8", Lang::Zh),
            ("fr, en;q=0.3, zh-TW;q=0.25", Lang::En),
            ("en;q=0.5, zh;q=0.75", Lang::Zh),
            ("en;q=0, zh;q=0", Lang::Zh),
            ("é", Lang::Zh),
        ] {
            assert_eq!(preferred(accepted), lang, "{accepted}");
        }
    }
}
