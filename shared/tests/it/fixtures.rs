//! Every file of `data/grading` graded to the bytes beside it. Its policy is the default one, one of
//! `data/policies` by name, or its own; its cohort is none when it says nothing of it.

use std::path::Path;

use serde_json::Value;
use shared::grading::{default_policy, grade_json};

#[test]
fn every_fixture_yields_its_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/grading");
    let default = serde_json::to_string(&default_policy().unwrap()).unwrap();
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".json") || name.ends_with(".expected.json") {
            continue;
        }
        let fixture: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let policy = match &fixture["policy"] {
            Value::String(word) if word == "default" => default.clone(),
            Value::String(name) => {
                let path = folder.join(format!("../policies/{name}.json"));
                std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{name}: {why}"))
            }
            policy => policy.to_string(),
        };
        let cohort = fixture.get("cohort").map_or_else(|| "{}".to_owned(), Value::to_string);
        let yielded = grade_json(&policy, &cohort, &fixture["inputs"].to_string())
            .unwrap_or_else(|why| panic!("{name}: {why}"));
        let golden = path.with_extension("expected.json");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&golden, format!("{yielded}\n")).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_eq!(yielded, expected.trim_end(), "{name}");

        // Stated by hand in the fixture, so that a refreshed golden file cannot hide a changed grade.
        let assessment: Value = serde_json::from_str(&yielded).unwrap();
        assert_eq!(assessment["tier"], fixture["tier"], "{name}");
        assert_eq!(assessment["score"], fixture["score"], "{name}");
        count += 1;
    }
    assert!(count >= 8, "only {count} fixtures were found");
}
