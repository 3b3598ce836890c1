//! The Worker grades every fixture to the same bytes as native code.

use std::path::Path;

use serde_json::Value;
use tests::company::Company;

#[test]
fn the_worker_and_native_code_yield_the_same_bytes() {
    let company = Company::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/tests/data/grading");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).expect("the fixtures") {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".json") || name.ends_with(".expected.json") {
            continue;
        }
        let fixture: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let expected = std::fs::read_to_string(path.with_extension("expected.json")).unwrap();
        let mut body = serde_json::json!({ "inputs": fixture["inputs"] });
        match &fixture["policy"] {
            Value::String(word) if word == "default" => {}
            Value::String(name) => {
                let text = std::fs::read_to_string(folder.join(format!("../policies/{name}.json"))).unwrap();
                body["policy"] = serde_json::from_str(&text).unwrap();
            }
            policy => body["policy"] = policy.clone(),
        }
        if fixture["cohort"].is_object() {
            body["cohort"] = fixture["cohort"].clone();
        }
        let answer = company.promotion.client.request("POST", "/assessments/preview").json(&body).send();
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        assert_eq!(answer.text().trim(), expected.trim(), "{name}");
        count += 1;
    }
    assert!(count >= 5, "only {count} fixtures");
}
