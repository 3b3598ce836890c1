use super::*;

/// The schema as the types say it.
fn derived() -> String {
    let schema = schemars::SchemaGenerator::default().into_root_schema_for::<Policy>();
    serde_json::to_string_pretty(&schema).unwrap()
}

#[test]
fn the_schema_is_that_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/policy.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, format!("{}\n", derived())).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap().trim_end(), derived());
}

fn found(change: impl FnOnce(&mut Value)) -> Vec<(String, MistakeKind)> {
    let mut policy: Value = serde_json::from_str(include_str!("../../../policies/default.json")).unwrap();
    change(&mut policy);
    let mistakes = parse(&policy.to_string()).err().unwrap_or_default();
    mistakes.into_iter().map(|one| (one.path, one.kind)).collect()
}

#[test]
fn everything_that_is_not_of_the_shape_is_named_at_once() {
    use MistakeKind::{Absent, Range, Text, Type, Unknown, UnknownKey};
    assert_eq!(found(|_| {}), []);
    let mistakes = found(|p| {
        p["titel"] = "分级".into();
        p["evidence_floor"] = 60.5.into();
        p["indicators"][0]["scoring"]["bands"][0]["att_least"] = 5.into();
        p["indicators"][0]["scoring"]["bands"][1]["points"] = "25".into();
        p["indicators"][1]["scoring"]["kind"] = "band".into();
        p["indicators"][2]["key"] = "Collection Rate".into();
        p["indicators"][2]["measure"] = "percent".into();
        p["indicators"][3].as_object_mut().unwrap().remove("weight");
        p["gates"][0]["when"]["test"] = serde_json::json!({ "is": "D" });
        p["gates"][1]["effect"] = serde_json::json!({ "tier": "B" });
        p["tiers"][0]["treatment"] =
            serde_json::json!({ "visit_days": -1, "payment_term": { "days": "30" } });
        p["tiers"][1]["from"] = serde_json::json!(9_007_199_254_740_992_u64);
        p["tiers"][2] = "C".into();
    });
    let expected = [
        ("evidence_floor", Type),
        ("gates.0.when.test.is", UnknownKey),
        ("gates.1.effect.kind", Absent),
        ("indicators.0.scoring.bands.0.att_least", UnknownKey),
        ("indicators.0.scoring.bands.1.points", Type),
        ("indicators.1.scoring.kind", Unknown),
        ("indicators.2.key", Text),
        ("indicators.2.measure", Unknown),
        ("indicators.3.weight", Absent),
        ("tiers.0.treatment.payment_term.days", Type),
        ("tiers.0.treatment.visit_days", Range),
        ("tiers.1.from", Range),
        ("tiers.2", Type),
        ("titel", UnknownKey),
    ];
    let mut mistakes = mistakes;
    mistakes.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(mistakes, expected.map(|(path, kind)| (path.to_owned(), kind)));
}

#[test]
fn what_the_schema_lets_pass_the_types_take() {
    // One of each choice, so that a choice the walk cannot tell apart does not go unnoticed.
    let change = |p: &mut Value| {
        p["method"] =
            serde_json::json!({ "kind": "quota", "ties": { "by": { "input": "x", "better": "higher" } } });
        p["marks"] = serde_json::json!({ "kind": "points" });
        p["indicators"][7]["scoring"] = serde_json::json!({
            "kind": "target", "full": 500, "target": { "input": "goal" }, "cap": null
        });
    };
    assert_eq!(found(change), []);
    let wrong = |p: &mut Value| {
        change(p);
        p["method"]["ties"]["by"]["worse"] = 1.into();
        p["marks"]["total"] = 1.into();
    };
    let paths: Vec<String> = found(wrong).into_iter().map(|(path, _)| path).collect();
    assert_eq!(paths, ["marks.total", "method.ties.by.worse"]);
    assert_eq!(parse("{").unwrap_err()[0].kind, MistakeKind::Syntax);
}
