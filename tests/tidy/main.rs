//! The sentences of ARCHITECTURE.md that a program can check, held against the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project: its path from the root, and its text.
struct Source {
    path: String,
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the project's root").to_owned()
}

/// All files under a folder with one of the extensions.
fn sources(folder: &str, extensions: &[&str]) -> Vec<Source> {
    let root = root();
    let mut folders = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the project") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|have| extensions.iter().any(|want| have == *want)) {
                let text = fs::read_to_string(&path).expect("text in UTF-8");
                let path = path.strip_prefix(&root).expect("under the root").display().to_string();
                found.push(Source { path, text });
            }
        }
    }
    assert!(!found.is_empty(), "no {extensions:?} under {folder}");
    found
}

/// The lines of `sources` in which `bad` holds, comments aside.
fn offences(sources: &[Source], bad: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for (number, line) in source.text.lines().enumerate() {
            let code = line.trim_start();
            if !code.starts_with("//") && !code.starts_with('*') && bad(code) {
                found.push(format!("{}:{}: {code}", source.path, number + 1));
            }
        }
    }
    found
}

fn none(what: &str, offences: Vec<String>) {
    assert!(offences.is_empty(), "{what}:\n{}", offences.join("\n"));
}

fn except(sources: Vec<Source>, allowed: &[&str]) -> Vec<Source> {
    sources.into_iter().filter(|source| !allowed.iter().any(|path| source.path.starts_with(path))).collect()
}

/// Does `line` hold `word` with no letter, digit or underscore on either side?
fn has_word(line: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(part_of_word) && !line[at + word.len()..].starts_with(part_of_word)
    })
}

#[test]
fn sql_is_in_the_store() {
    let sql = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"WITH "];
    let api = except(sources("api/src", &["rs"]), &["api/src/store"]);
    none("SQL outside api/src/store", offences(&api, |line| sql.iter().any(|start| line.contains(start))));
}

#[test]
fn the_app_has_one_way_to_the_network() {
    let app = except(sources("app/src", &["rs"]), &["app/src/client"]);
    let ways =
        ["gloo_net", "XmlHttpRequest", "WebSocket", "EventSource", "fetch_with_str", "fetch_with_request"];
    none(
        "network code outside app/src/client",
        offences(&app, |line| ways.iter().any(|way| has_word(line, way))),
    );
}

#[test]
fn the_app_has_no_style_attributes_and_no_markup_from_text() {
    let found = offences(&sources("app/src", &["rs"]), |line| {
        line.contains(" style=") || has_word(line, "inner_html")
    });
    none("refused by the content security policy, or unsafe", found);
}

#[test]
fn what_others_said_leaves_the_app_by_one_door() {
    // Templates and the problem rows of a file are the person's own, and so is a draft of a policy.
    let own =
        ["app/src/sheets.rs", "app/src/pages/import/desk.rs", "app/src/pages/studio/editor/exchange.rs"];
    let app = except(sources("app/src", &["rs"]), &[&own[..], &["app/src/export.rs"]].concat());
    let doors = ["sheets::file", "sheets::download", "crate::download"];
    none(
        "a file that the audit trail is not told of",
        offences(&app, |line| doors.iter().any(|door| line.contains(door))),
    );
}

#[test]
fn literal_colours_are_tokens() {
    let style = except(sources("style", &["css"]), &["style/tokens"]);
    let colour = |line: &str| {
        let hex = line.match_indices('#').any(|(at, _)| {
            let digits = line[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
            [3, 4, 6, 8].contains(&digits)
                && !line[at + 1 + digits..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
        });
        hex || ["rgb(", "rgba(", "hsl(", "oklch("]
            .iter()
            .any(|function| line.contains(function) && !line.contains("from var("))
    };
    none("literal colours outside style/tokens", offences(&style, colour));
}

#[test]
fn files_stay_readable() {
    for folder in ["shared", "api", "app", "tests"] {
        for Source { path, text } in sources(folder, &["rs", "ts"]) {
            let lines = text.lines().count();
            assert!(lines <= 600, "{path} has {lines} lines: split it");
        }
    }
    for Source { path, text } in sources("style", &["css"]) {
        let lines = text.lines().count();
        assert!(lines <= 600, "{path} has {lines} lines: split it");
    }
}

#[test]
fn allow_is_not_used() {
    let all = ["shared", "api", "app", "tests"]
        .into_iter()
        .flat_map(|folder| sources(folder, &["rs"]))
        .collect::<Vec<_>>();
    let all = except(all, &["tests/tidy"]);
    none(
        "use #[expect(lint, reason = …)]",
        offences(&all, |line| line.starts_with("#[allow(") || line.starts_with("#![allow(")),
    );
}

#[test]
fn packages_come_from_the_public_registry() {
    let lock = fs::read_to_string(root().join("package-lock.json")).expect("the lock");
    let found: Vec<_> = lock
        .lines()
        .filter(|line| line.contains("\"resolved\"") && !line.contains("https://registry.npmjs.org/"))
        .map(str::to_owned)
        .collect();
    none("packages from elsewhere", found);
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock");
    let public = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
    none(
        "crates from elsewhere",
        lock.lines()
            .filter(|line| line.starts_with("source = ") && *line != public)
            .map(str::to_owned)
            .collect(),
    );
}
