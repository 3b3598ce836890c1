//! Writes what the Worker needs to have at hand:
//!
//! - the table of pinyin initials: one byte for each of U+4E00..=U+9FFF, the first letter of the character's
//!   usual reading, or `?` where it has none;
//! - the texts of the page that it shows itself, out of the app's locales.

use std::{env, fs, path::Path};

use pinyin::ToPinyin;

#[path = "../tools/texts.rs"]
mod texts;

/// Where the texts are, and which of them the Worker says.
const LOCALES: &str = "../app/locales";
const SAID: [&str; 2] = ["share", "page"];

fn main() -> texts::Outcome {
    for path in ["build.rs", "../tools/texts.rs", LOCALES] {
        println!("cargo::rerun-if-changed={path}");
    }
    let out = env::var("OUT_DIR")?;
    let initial = |c: char| {
        let first = c.to_pinyin().and_then(|reading| reading.plain().bytes().next());
        first.filter(u8::is_ascii_lowercase).unwrap_or(b'?')
    };
    let table: Vec<u8> = ('\u{4e00}'..='\u{9fff}').map(initial).collect();
    fs::write(Path::new(&out).join("initials.bin"), table)?;

    let mut code = String::new();
    let [zh, en] = ["zh", "en"].map(|lang| texts::read(LOCALES, lang, &SAID));
    texts::section(&mut code, "share.page.", &zh?, &en?)?;
    fs::write(Path::new(&out).join("texts.rs"), code)?;
    Ok(())
}
