//! Mistakes in a policy are all named, each with its place.

use serde_json::{Value, json};
use shared::grading::{MistakeKind, Policy, check, default_policy};

fn mistakes(change: impl FnOnce(&mut Value)) -> Vec<(String, MistakeKind)> {
    let mut policy = serde_json::to_value(default_policy().unwrap()).unwrap();
    change(&mut policy);
    let policy: Policy = serde_json::from_value(policy).unwrap();
    check(&policy).into_iter().map(|one| (one.path, one.kind)).collect()
}

#[test]
fn the_default_policy_has_none() {
    assert_eq!(mistakes(|_| {}), []);
}

#[test]
fn each_mistake_has_its_place() {
    use MistakeKind::{
        Duplicate, Empty, FlatLine, Hole, Impossible, Mismatch, NotFullMarks, Order, Overlap, Range, Unknown,
        Unreached,
    };
    type Change = fn(&mut Value);
    let cases: [(&str, MistakeKind, Change); 18] = [
        ("indicators.0.scoring.bands.1", Hole, |p| {
            p["indicators"][0]["scoring"]["bands"][2]["below"] = json!(499_000_000)
        }),
        ("indicators.0.scoring.bands.1", Overlap, |p| {
            p["indicators"][0]["scoring"]["bands"][2]["below"] = json!(500_000_001)
        }),
        ("indicators.0.scoring.bands.0", Hole, |p| {
            p["indicators"][0]["scoring"]["bands"][0]["at_most"] = json!(2_000_000_000)
        }),
        ("indicators.0.scoring.bands.1", Impossible, |p| {
            p["indicators"][0]["scoring"]["bands"][1]["below"] = json!(5)
        }),
        ("indicators.0.scoring", NotFullMarks, |p| p["indicators"][0]["weight"] = json!(2_900)),
        ("indicators.1.key", Duplicate, |p| p["indicators"][1]["key"] = json!("annual_sales")),
        ("indicators.7.scoring", FlatLine, |p| p["indicators"][7]["scoring"]["to"]["value"] = json!(-1_000)),
        ("gates.0.when.input", Unknown, |p| p["gates"][0]["when"]["input"] = json!("shoe_size")),
        ("gates.0.effect.tier", Unknown, |p| p["gates"][0]["effect"]["tier"] = json!("Z")),
        ("indicators.0.scoring", Mismatch, |p| p["indicators"][0]["measure"] = json!("level")),
        ("gates.0.when.test", Mismatch, |p| p["gates"][0]["when"]["test"] = json!({ "at_least": 3 })),
        ("gates.0.when.test", Mismatch, |p| p["gates"][0]["when"]["test"] = json!({ "one_of": ["E"] })),
        ("gates.1.when.test", Mismatch, |p| p["gates"][1]["when"]["test"] = json!({ "one_of": ["D"] })),
        ("tiers.1.from", Order, |p| p["tiers"][1]["from"] = json!(8_000)),
        ("tiers.2.from", Unreached, |p| p["tiers"][2]["from"] = json!(1)),
        ("tiers", Empty, |p| p["tiers"] = json!([])),
        ("evidence_floor", Range, |p| p["evidence_floor"] = json!(10_001)),
        ("indicators.0.by_segment.外贸", Unknown, |p| {
            p["indicators"][0]["by_segment"] = json!({ "外贸": p["indicators"][0]["scoring"].clone() });
        }),
    ];
    for (path, kind, change) in cases {
        let found = mistakes(change);
        assert!(found.contains(&(path.to_owned(), kind)), "{path} {kind:?} in {found:?}");
    }
}

#[test]
fn unknown_keys_do_not_parse() {
    let mut policy = serde_json::to_value(default_policy().unwrap()).unwrap();
    policy["indicators"][0]["scoring"]["bands"][0]["att_least"] = json!(5);
    let error = serde_json::from_value::<Policy>(policy).unwrap_err().to_string();
    assert!(error.contains("att_least"), "{error}");
}
