//! Writes the table of pinyin initials: one byte for each of U+4E00..=U+9FFF, the first letter of
//! the character's usual reading, or `?` where it has none.

use std::{env, fs, path::PathBuf};

use pinyin::ToPinyin;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let initial = |c: char| {
        let first = c.to_pinyin().and_then(|reading| reading.plain().bytes().next());
        first.filter(u8::is_ascii_lowercase).unwrap_or(b'?')
    };
    let table: Vec<u8> = ('\u{4e00}'..='\u{9fff}').map(initial).collect();
    let out = PathBuf::from(env::var("OUT_DIR")?).join("initials.bin");
    fs::write(out, table)?;
    Ok(())
}
