//! The arrows of the house: `app → shared ← api`, and a core without IO, clock, chance or floats.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// The names under `[dependencies]`.
fn dependencies(manifest: &str) -> Vec<String> {
    let text = fs::read_to_string(root().join(manifest)).unwrap();
    let section = text.split("\n[dependencies]\n").nth(1).unwrap().split("\n[").next().unwrap();
    section
        .lines()
        .filter_map(|line| Some(line.split(['=', '.']).next()?.trim().to_owned()))
        .filter(|name| !name.is_empty())
        .collect()
}

#[test]
fn shared_depends_on_little_and_on_nothing_of_ours() {
    assert_eq!(
        dependencies("shared/Cargo.toml"),
        ["serde", "serde_json", "chrono", "litemap", "smol_str", "utoipa"]
    );
}

#[test]
fn app_and_api_meet_only_in_shared() {
    let app = dependencies("app/Cargo.toml");
    let api = dependencies("api/Cargo.toml");
    for (name, list, others) in
        [("app", &app, ["api", "worker", "axum"]), ("api", &api, ["app", "leptos", "sheets"])]
    {
        assert!(list.contains(&"shared".to_owned()), "{name}");
        assert!(!others.iter().any(|other| list.contains(&(*other).to_owned())), "{name}: {list:?}");
    }
}

#[test]
fn the_core_reads_no_clock_draws_no_lots_and_has_no_floats() {
    let mut files = Vec::new();
    sources(&root().join("shared/src"), &mut files);
    let banned = [
        "f32",
        "f64",
        "SystemTime",
        "Instant",
        "Utc::now",
        "Local::now",
        "rand::",
        "std::fs",
        "std::net",
        "web_sys",
        "js_sys",
    ];
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        // Tests may read golden files.
        if file.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        // Serde's deserializers are asked for floats, too; nothing here keeps one.
        let reads_json = file.parent().is_some_and(|folder| folder.ends_with("json"));
        for (number, line) in
            text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for word in banned.iter().filter(|word| !(reads_json && word.starts_with('f'))) {
                let found = line.match_indices(word).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
                });
                assert!(!found, "{}:{}: {word}", file.display(), number + 1);
            }
        }
    }
}

/// Each reader is the code of every type that is read with it once more in the Worker's script.
#[test]
fn the_worker_reads_json_in_one_way() {
    let mut files = Vec::new();
    sources(&root().join("api/src"), &mut files);
    for file in files.iter().filter(|file| file.file_name().is_some_and(|name| name != "tests.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let shipped = text.split("#[cfg(test)]").next().unwrap_or_default();
        for other in ["serde_json::from_", "axum::Json", "axum::extract::Query"] {
            // The description is made natively alone.
            let described = file.ends_with("api/src/openapi.rs");
            assert!(described || !shipped.contains(other), "{}: {other}", file.display());
        }
    }
}
