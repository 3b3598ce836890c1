//! Mistakes in a policy are all named, each with its place.

use serde_json::{Value, json};
use shared::grading::{Fix, Mistake, MistakeKind, Policy, check, default_policy};

type Change = fn(&mut Value);

fn mistakes(change: impl FnOnce(&mut Value)) -> Vec<(String, MistakeKind)> {
    of(serde_json::to_value(default_policy().unwrap()).unwrap(), change)
}

fn of(mut policy: Value, change: impl FnOnce(&mut Value)) -> Vec<(String, MistakeKind)> {
    all(&mut policy, change).into_iter().map(|one| (one.path, one.kind)).collect()
}

fn all(policy: &mut Value, change: impl FnOnce(&mut Value)) -> Vec<Mistake> {
    change(policy);
    let policy: Policy = serde_json::from_value(policy.take()).unwrap();
    check(&policy)
}

/// A policy of the test data.
fn published(name: &str) -> Value {
    let path = format!("{}/tests/data/policies/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Each change makes its mistake at its place, and no other kind than those listed beside it.
fn held(name: &str, cases: &[(&str, MistakeKind, Change)]) {
    for (path, kind, change) in cases {
        let found = of(published(name), change);
        assert_eq!(found, [((*path).to_owned(), *kind)], "{name}: {path} {kind:?}");
    }
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

#[test]
fn scoring_in_proportion_has_its_mistakes() {
    use MistakeKind::{Contrary, Cycle, FlatLine, Mismatch, NotFullMarks, Range, Unknown};
    held(
        "distributor-target",
        &[
            ("indicators.0.scoring", NotFullMarks, |p| p["indicators"][0]["scoring"]["full"] = json!(4_000)),
            ("indicators.0.scoring.cap", Contrary, |p| p["indicators"][0]["scoring"]["cap"] = json!(4_999)),
            ("indicators.1.scoring.target.value", Range, |p| {
                p["indicators"][1]["scoring"]["target"]["value"] = json!(0)
            }),
            ("indicators.0.scoring.target.input", Unknown, |p| {
                p["indicators"][0]["scoring"]["target"]["input"] = json!("quota")
            }),
            ("indicators.0.scoring.target.input", Mismatch, |p| {
                p["indicators"][0]["scoring"]["target"]["input"] = json!("crossing")
            }),
            ("indicators.0.scoring.target.input", Cycle, |p| {
                p["indicators"][0]["scoring"]["target"]["input"] = json!("annual_sales")
            }),
        ],
    );
    // Sales by what is collected, and what is collected by the sales.
    let found = of(published("distributor-target"), |p| {
        p["indicators"][0]["scoring"]["target"]["input"] = json!("collection");
    });
    let cycle = |index: usize| (format!("indicators.{index}.scoring.target.input"), Cycle);
    assert_eq!(found, [cycle(0), cycle(2)]);
    held(
        "growth-per-point",
        &[
            ("indicators.0.scoring.unit", Range, |p| p["indicators"][0]["scoring"]["unit"] = json!(0)),
            ("indicators.0.scoring.base", Range, |p| p["indicators"][0]["scoring"]["floor"] = json!(1_100)),
            ("indicators.2.scoring.floor", Contrary, |p| {
                p["indicators"][2]["scoring"]["floor"] = json!(4_001)
            }),
        ],
    );
    let flat = of(published("growth-per-point"), |p| p["indicators"][0]["scoring"]["per_unit"] = json!(0));
    assert!(flat.contains(&("indicators.0.scoring.per_unit".to_owned(), FlatLine)), "{flat:?}");
    // Growth is worth what the origin earns, where more is extra, or the most there is.
    let extra = of(published("growth-per-point"), |p| {
        p["indicators"][0]["weight"] = json!(1_000);
        p["marks"]["total"] = json!(8_000);
        p["tiers"][0]["from"] = json!(7_900);
    });
    assert_eq!(extra, []);
}

#[test]
fn marks_and_limits_have_their_mistakes() {
    use MistakeKind::{Absent, Contrary, Range, Total, Unused, Worthless};
    held(
        "city-class",
        &[
            ("indicators", Total, |p| p["marks"]["total"] = json!(9_000)),
            ("marks.total", Range, |p| p["marks"]["total"] = json!(0)),
            ("title.en", Absent, |p| p["title"]["en"] = json!(" ")),
            ("tiers.1.name.zh", Absent, |p| p["tiers"][1]["name"]["zh"] = json!("")),
            ("indicators.1.scoring.bands.0.above", Unused, |p| {
                p["indicators"][1]["scoring"]["bands"][0]["above"] = json!(3)
            }),
            ("tiers.0.treatment.discount_limit", Range, |p| {
                p["tiers"][0]["treatment"] = json!({ "discount_limit": 10_001 })
            }),
            ("tiers.0.treatment.visit_days", Range, |p| {
                p["tiers"][0]["treatment"] = json!({ "visit_days": 0, "payment_term": { "days": 0 } })
            }),
            ("tiers.0.treatment.payment_term.terms.en", Absent, |p| {
                p["tiers"][0]["treatment"] =
                    json!({ "payment_term": { "terms": { "zh": "月结", "en": "" } } })
            }),
        ],
    );
    held(
        "deductions",
        &[("score_floor", Contrary, |p| {
            p["score_ceiling"] = json!(9_000);
            p["score_floor"] = json!(9_001);
            p["tiers"][0]["from"] = json!(9_000);
        })],
    );
    let nothing = of(published("deductions"), |p| {
        p["indicators"] = json!([p["indicators"][2].clone(), p["indicators"][4].clone()]);
    });
    assert!(nothing.contains(&("indicators".to_owned(), Worthless)), "{nothing:?}");
}

#[test]
fn a_tier_that_nobody_reaches_is_named() {
    use MistakeKind::{Absent, Quota, Unreached, Unused};
    held(
        "points-months",
        &[
            // 40 + 30 + 20 + 10 is the most there is.
            ("tiers.0.from", Unreached, |p| p["tiers"][0]["from"] = json!(10_001)),
            ("tiers.0.from", Unreached, |p| p["score_ceiling"] = json!(7_999)),
            ("tiers.1.from", Absent, |p| drop(p["tiers"][1].as_object_mut().unwrap().remove("from"))),
            ("tiers.1.share", Unused, |p| p["tiers"][1]["share"] = json!(1_000)),
        ],
    );
    held(
        "quota-20-30-40-10",
        &[
            ("tiers", Quota, |p| p["tiers"][0]["share"] = json!(2_001)),
            ("tiers.0.from", Unused, |p| p["tiers"][0]["from"] = json!(8_000)),
            ("tiers.0.share", Absent, |p| drop(p["tiers"][0].as_object_mut().unwrap().remove("share"))),
            ("tiers.3.share", Unreached, |p| {
                p["tiers"][2]["share"] = json!(5_000);
                p["tiers"][3]["share"] = json!(0);
            }),
            ("method.ties.by.input", MistakeKind::Unknown, |p| {
                p["method"]["ties"]["by"]["input"] = json!("shoe_size")
            }),
            ("method.ties.by.test", MistakeKind::Mismatch, |p| {
                p["method"]["ties"]["by"]["input"] = json!("lawsuit")
            }),
        ],
    );
    // 20 % of 100 as an extra, and all else not applicable: 120 of 100 can be reached, more cannot.
    let reach = |from: i64| {
        of(published("distributor-target"), |p| {
            p.as_object_mut().unwrap().remove("score_ceiling");
            p["tiers"][0]["from"] = json!(from);
        })
    };
    assert_eq!(reach(12_000), []);
    assert_eq!(reach(12_001), [("tiers.0.from".to_owned(), Unreached)]);
    let count = |tiers: usize| {
        of(published("best-of-cohort-30"), |p| {
            let tiers: Vec<Value> = (0..tiers)
                .map(|at| {
                    json!({ "key": format!("T{at}"), "name": { "zh": "级", "en": "Level" },
                    "from": 300 * (tiers - 1 - at) })
                })
                .collect();
            p["tiers"] = json!(tiers);
        })
    };
    assert_eq!((count(30), count(2)), (vec![], vec![]));
    assert_eq!(count(31), [("tiers".to_owned(), MistakeKind::Count)]);
    assert_eq!(count(1), [("tiers".to_owned(), MistakeKind::Count)]);
}

#[test]
fn rules_have_their_mistakes() {
    use MistakeKind::{Duplicate, Empty, Impossible, Mismatch, Shadowed, Unknown, Unreached};
    held(
        "rules-without-points",
        &[
            ("method.otherwise", Unknown, |p| p["method"]["otherwise"] = json!("E")),
            ("method.rules.1.tier", Unknown, |p| p["method"]["rules"][1]["tier"] = json!("E")),
            ("method.rules.1.key", Duplicate, |p| p["method"]["rules"][1]["key"] = json!("bad_debt")),
            ("method.rules.1.all.0.input", Unknown, |p| {
                p["method"]["rules"][1]["all"][0]["input"] = json!("shoe_size")
            }),
            ("method.rules.1.all.0.test", Mismatch, |p| {
                p["method"]["rules"][1]["all"][0]["test"] = json!({ "one_of": ["外资"] })
            }),
            ("method.rules.0.all.0.test", Mismatch, |p| {
                p["method"]["rules"][0]["all"][0] = json!({ "of": "score", "test": { "one_of": ["国有"] } })
            }),
            // Overdue for 181 days and for 30 at most.
            ("method.rules.1", Impossible, |p| {
                let other = p["method"]["rules"][0]["all"][0].clone();
                p["method"]["rules"][1]["all"].as_array_mut().unwrap().push(other);
            }),
            // More than 200 days is more than 180.
            ("method.rules.1", Shadowed, |p| {
                p["method"]["rules"][1]["all"] =
                    json!([{ "of": "input", "input": "overdue_days", "test": { "above": 200 } }]);
            }),
            // Either way of being proven is one of being sound.
            ("method.rules.3", Shadowed, |p| {
                p["method"]["rules"][3] = p["method"]["rules"][2].clone();
                p["method"]["rules"][3]["key"] = json!("again");
                p["method"]["rules"][3]["all"][0]["test"] = json!({ "at_most": 10 });
                p["method"]["rules"][3]["tier"] = json!("B");
                p["gates"] = json!([{
                    "key": "state", "name": { "zh": "国有", "en": "State-owned" }, "clause": "3",
                    "when": { "input": "nature", "test": { "one_of": ["国有"] } },
                    "effect": { "kind": "require", "tier": "A" }
                }]);
            }),
        ],
    );
    let hidden = of(published("rules-without-points"), |p| {
        p["method"]["rules"].as_array_mut().unwrap().remove(3);
    });
    assert_eq!(hidden, [("tiers.1".to_owned(), Unreached)]);
    let always = of(published("rules-without-points"), |p| p["method"]["rules"][0]["all"] = json!([]));
    let at = |index: usize, kind| (format!("method.rules.{index}"), kind);
    let (first, rest) = (at(0, Empty), [at(1, Shadowed), at(2, Shadowed), at(3, Shadowed)]);
    let tiers = ["tiers.0", "tiers.1"].map(|path| (path.to_owned(), Unreached));
    assert_eq!(always, [vec![first], rest.to_vec(), tiers.to_vec()].concat());
}

#[test]
fn a_mistake_says_what_is_there_what_should_be_and_what_to_do() {
    let found = all(&mut published("city-class"), |p| {
        p["indicators"][2]["weight"] = json!(1_950);
        p["indicators"][1]["scoring"]["bands"][1]["below"] = json!(18);
    });
    let said: Vec<String> = found.iter().map(Mistake::to_string).collect();
    assert_eq!(
        said,
        [
            "indicators.1.scoring.bands.0: some values fall in no band (18 … 19): move a bound so that these \
             values fall in a band",
            "indicators.2.scoring: the points of the rule are not the full marks (20; wanted: 19.5): make the \
             full marks and the points agree",
            "indicators: the weights do not add up (99.5; wanted: 100): change the parts until they add up",
        ]
    );
    let fixes: Vec<Fix> = found.iter().map(|one| one.fix).collect();
    assert_eq!(fixes, [Fix::Widen, Fix::SetWeight, Fix::AddUp]);
}

#[test]
fn the_codes_of_mistakes_and_fixes_are_stable_words() {
    let word = |value: serde_json::Result<Value>| value.unwrap().as_str().unwrap().to_owned();
    let kinds = MistakeKind::ALL.iter().map(|kind| (word(serde_json::to_value(kind)), kind.english()));
    let fixes = Fix::ALL.iter().map(|fix| (word(serde_json::to_value(fix)), fix.english()));
    for (code, english) in kinds.chain(fixes) {
        assert!(code.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{code}");
        assert!(!english.is_empty() && !english.ends_with('.'), "{code}: {english}");
    }
}
