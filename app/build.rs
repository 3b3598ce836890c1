//! Writes the texts of `locales/*.json` as functions, see `tools/texts.rs`.
use std::{env, fs, path::Path};

#[path = "../tools/texts.rs"]
mod texts;

fn main() -> texts::Outcome {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../tools/texts.rs");
    if env::var("CARGO_CFG_TARGET_FAMILY")?.split(',').any(|family| family == "wasm") {
        // What cuts the module into parts needs to know what refers to what.
        println!("cargo::rustc-link-arg-cdylib=--emit-relocs");
    }
    let mut code = String::new();
    texts::section(&mut code, "", &texts::read("locales", "zh", &[])?, &texts::read("locales", "en", &[])?)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("texts.rs"), code)?;
    Ok(())
}
