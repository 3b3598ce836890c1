use serde_json::{Value, json};
use shared::grading::{Policy, default_policy};
use shared::ledger::Lang;

use super::{Part, differences};

fn text(zh: &str) -> Value {
    json!({ "zh": zh, "en": format!("{zh} in English") })
}

/// A policy that uses every kind of everything.
pub fn rich() -> Policy {
    let ask = json!({ "of": "input", "input": "sales", "test": { "at_least": 1_000_000 } });
    let level = |key: &str, points: i64| json!({ "key": key, "points": points, "meaning": text(key) });
    let indicator = |key: &str, measure: &str, scoring: Value| {
        json!({ "key": key, "name": text(&format!("指标 {key}")), "asks": text("asks"), "clause": "1", "measure": measure,
                "weight": 1_000, "scoring": scoring })
    };
    let mut sales = indicator(
        "sales",
        "money",
        json!({ "kind": "bands", "bands": [
            { "at_least": 10_000_000, "points": 1_000 },
            { "above": 5_000_000, "below": 10_000_000, "points": 500 },
            { "at_most": 5_000_000, "points": 0 }] }),
    );
    sales["by_segment"] = json!({ "big": { "kind": "linear", "from": { "value": 0, "points": 0 },
                                           "to": { "value": 9_000_000, "points": 1_000 } } });
    let policy = json!({
        "title": text("政策"), "document": "FJ-1", "evidence_floor": 5_000,
        "marks": { "kind": "weights", "total": 10_000 }, "score_floor": 0, "score_ceiling": 11_000,
        "segments": [{ "key": "big", "name": text("大客户") }],
        "indicators": [
            sales,
            indicator("levels", "level", json!({ "kind": "levels", "levels": [level("A", 1_000), level("B", 0)] })),
            indicator("linear", "ratio", json!({ "kind": "linear", "from": { "value": 1, "points": 2 },
                                                 "to": { "value": 3, "points": 1_000 } })),
            indicator("target", "money", json!({ "kind": "target", "full": 1_000, "target": { "value": 100 },
                                                 "cap": 1_200 })),
            indicator("goal", "money", json!({ "kind": "target", "full": 1_000, "target": { "input": "sales" } })),
            indicator("best", "ratio", json!({ "kind": "best", "full": 1_000, "better": "higher" })),
            indicator("growth", "ratio", json!({ "kind": "growth", "base": 0, "origin": 0, "unit": 100,
                "per_unit": 10, "whole_units": true, "floor": 0, "ceiling": 1_000 })),
        ],
        "facts": [{ "key": "rating", "name": text("资信"), "measure": "level", "levels": ["A", "D"] },
                  { "key": "days", "name": text("逾期"), "measure": "days" }],
        "gates": [
            { "key": "one", "name": text("一"), "clause": "2", "effect": { "kind": "cap", "tier": "B" },
              "when": { "input": "rating", "test": { "one_of": ["D"] } } },
            { "key": "two", "name": text("二"), "clause": "3", "effect": { "kind": "provisional" },
              "when": { "input": "days", "test": { "above": 90 } } }],
        "method": { "kind": "rules", "otherwise": "B", "rules": [
            { "key": "first", "name": text("规则一"), "clause": "4", "tier": "A", "all": [ask],
              "any": [{ "of": "score", "test": { "at_least": 8_000 } }] }] },
        "tiers": [
            { "key": "A", "name": text("甲"), "from": 8_000, "share": 2_000, "colour": "pine",
              "treatment": { "production_priority": 1, "discount_limit": 800, "payment_term": { "days": 60 },
                             "visit_days": 30, "complaint_hours": 4, "lead_days": 20 } },
            { "key": "B", "name": text("乙"), "from": 0,
              "treatment": { "payment_term": { "terms": text("月结") } } }],
    });
    serde_json::from_value(policy).unwrap()
}

/// Every way to change one leaf of a value, or to drop one member.
fn changes(value: &Value) -> Vec<Value> {
    let mut found = match value {
        Value::Number(number) => vec![json!(number.as_i64().unwrap() + 1)],
        Value::Bool(yes) => vec![json!(!yes)],
        Value::String(text) => {
            let known = ["higher", "lower", "pine", "ochre", "days", "months", "A", "B", "D"];
            let others = known.iter().filter(|one| *one != text).map(|one| json!(one));
            std::iter::once(json!(format!("{text}2"))).chain(others).collect()
        }
        _ => Vec::new(),
    };
    match value {
        Value::Array(items) => {
            for at in 0..items.len() {
                let mut fewer = items.clone();
                fewer.remove(at);
                found.push(Value::Array(fewer));
                if at > 0 {
                    let mut turned = items.clone();
                    turned.swap(at - 1, at);
                    found.push(Value::Array(turned));
                }
                for change in changes(&items[at]) {
                    let mut other = items.clone();
                    other[at] = change;
                    found.push(Value::Array(other));
                }
            }
        }
        Value::Object(fields) => {
            for (key, field) in fields {
                let mut without = fields.clone();
                without.remove(key);
                found.push(Value::Object(without));
                for change in changes(field) {
                    let mut other = fields.clone();
                    other.insert(key.clone(), change);
                    found.push(Value::Object(other));
                }
            }
        }
        _ => {}
    }
    found
}

#[test]
fn no_change_goes_untold() {
    let before = rich();
    let value = serde_json::to_value(&before).unwrap();
    let mut tried = 0;
    for change in changes(&value) {
        let Ok(after) = serde_json::from_value::<Policy>(change) else { continue };
        if after == before {
            continue;
        }
        tried += 1;
        for lang in [Lang::Zh, Lang::En] {
            for (one, other) in [(&before, &after), (&after, &before)] {
                let told = differences(lang, one, other);
                assert!(!told.is_empty(), "{}", serde_json::to_string(&after).unwrap());
                let other = crate::texts::studio::diff::other(lang);
                assert!(
                    told.iter().all(|one| one.text != other),
                    "{}",
                    serde_json::to_string(&after).unwrap()
                );
            }
        }
    }
    assert!(tried > 300, "{tried}");
    assert!(differences(Lang::Zh, &before, &before).is_empty());
}

/// What changes when something is done to the policy of the product.
fn told(change: impl FnOnce(&mut Policy)) -> Vec<String> {
    let before = default_policy().unwrap();
    let mut after = before.clone();
    change(&mut after);
    differences(Lang::Zh, &before, &after).into_iter().map(|one| one.text).collect()
}

#[test]
fn differences_are_said_as_people_say_them() {
    use shared::grading::{Scoring, Test};
    use shared::number::{BasisPoints, Points};

    assert_eq!(
        told(|policy| policy.indicators[0].weight = Points::clamped(2_500)),
        ["销售总额：权重 30 → 25"]
    );
    assert_eq!(
        told(|policy| policy.evidence_floor = BasisPoints::clamped(5_000)),
        ["评级所需依据 60 % → 50 %"]
    );
    assert_eq!(
        told(|policy| {
            let Scoring::Bands(rule) = &mut policy.indicators[0].scoring else { panic!("bands") };
            rule.bands[1].points = Points::clamped(2_600);
            rule.bands[0].at_least = Some(1_200_000_000);
        }),
        [
            "销售总额：删去档位“1,000 万元及以上”",
            "销售总额：新增档位“1,200 万元及以上”：30 分",
            "销售总额：500 万元至不足 1,000 万元：得分 25 → 26",
        ]
    );
    assert_eq!(
        told(|policy| policy.gates[1].when.test = Test::Above(60)),
        ["有货款逾期超过 90 天，最高评 B 级：规则 “最长逾期天数高于 90 天时，最高评 B 级” → \
             “最长逾期天数高于 60 天时，最高评 B 级”"]
    );
    assert_eq!(
        told(|policy| {
            policy.tiers[0].treatment.visit_days = Some(45);
            policy.tiers[0].from = Some(Points::clamped(8_500));
            policy.facts.remove(1);
            policy.indicators.swap(1, 2);
        }),
        [
            "指标的顺序改为：销售总额、货款回收、销售价格、订单计划性、产品满足度、沟通一致性、合作忠诚度与信誉、发展潜力",
            "A：分数线 80 → 85",
            "A：拜访间隔每 30 天 → 每 45 天",
            "删去事实“最长逾期天数”",
        ]
    );
}

#[test]
fn each_difference_stands_in_its_chapter() {
    let before = rich();
    let mut after = before.clone();
    after.tiers[0].treatment.lead_days = None;
    after.title.en.clear();
    let parts: Vec<Part> = differences(Lang::En, &before, &after).iter().map(|one| one.part).collect();
    assert_eq!(parts, [Part::Head, Part::Treatment]);
}
