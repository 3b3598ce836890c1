use std::collections::BTreeMap;

use shared::grading::default_policy;

use super::*;

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn judged(level: &str) -> Input {
    Input::Judged { level: Label::parse(level).unwrap() }
}

/// A customer of 79.33 points: B, a little short of A.
fn inputs() -> Inputs {
    let measured = |value| Input::Measured { value };
    let values = [
        ("annual_sales", measured(600_000_000)),
        ("price_level", measured(9_700)),
        ("collection", measured(8_200)),
        ("order_planning", judged("A")),
        ("product_fit", judged("A")),
        ("communication", judged("B")),
        ("loyalty", judged("B")),
        ("potential", measured(1_000)),
        ("credit_rating", judged("AA")),
        ("overdue_days", measured(30)),
        ("cooperation_months", measured(40)),
    ];
    let values: BTreeMap<Key, Input> = values.into_iter().map(|(text, input)| (key(text), input)).collect();
    Inputs { segment: None, values }
}

fn said(lang: Lang, inputs: &Inputs, indicator: &str) -> String {
    let policy = default_policy().unwrap();
    let all = grade(&policy, &Cohort::default(), inputs);
    let at = policy.indicators.iter().position(|one| one.key == key(indicator)).unwrap();
    line(lang, &policy.indicators[at], None, &all.lines[at])
}

#[test]
fn every_state_of_an_indicator_has_its_sentence() {
    let mut inputs = inputs();
    assert_eq!(said(Lang::Zh, &inputs, "collection"), "82 %，落在 80 % 至不足 90 % 一档，得 13 分。");
    assert_eq!(said(Lang::En, &inputs, "collection"), "82 %, in the band 80 % to below 90 %: 13 points.");
    assert_eq!(
        said(Lang::Zh, &inputs, "annual_sales"),
        "600 万元，落在 500 万元至不足 1,000 万元一档，得 25 分。"
    );
    assert_eq!(said(Lang::Zh, &inputs, "communication"), "评为 B：偶有分歧，能及时解决，得 4 分。");
    inputs.values.insert(key("loyalty"), Input::NotApplicable);
    assert_eq!(said(Lang::Zh, &inputs, "loyalty"), "不适用于这家客户，5 分的权重由其余各项分担。");
    assert_eq!(
        said(Lang::Zh, &inputs, "potential"),
        "10 %，在 \u{2212}10 %（0 分）与 20 %（5 分）之间按比例，得 3.33 分。"
    );
    inputs.values.insert(key("potential"), Input::Measured { value: 5_000 });
    assert_eq!(
        said(Lang::Zh, &inputs, "potential"),
        "50 %，超出 \u{2212}10 % 至 20 % 的范围，按边界计，得 5 分。"
    );
    inputs.values.remove(&key("collection"));
    assert_eq!(said(Lang::Zh, &inputs, "collection"), "没有数据：暂不得分，也不算已知；补上后最多得 20 分。");
}

#[test]
fn bounds_are_said_as_they_are_meant() {
    let bound = |value, inclusive| Some(Bound { value, inclusive });
    let cases = [
        (bound(80, true), None, "80 天及以上", "80 days or more"),
        (bound(80, false), None, "高于 80 天", "above 80 days"),
        (None, bound(90, true), "90 天及以下", "90 days or less"),
        (None, bound(90, false), "低于 90 天", "below 90 days"),
        (bound(80, true), bound(90, true), "80 天至 90 天", "80 days to 90 days"),
        (bound(80, false), bound(90, false), "高于 80 天、低于 90 天", "above 80 days, below 90 days"),
        (bound(80, false), bound(90, true), "高于 80 天至 90 天", "above 80 days up to 90 days"),
        (None, None, "任意值", "any value"),
    ];
    for (low, high, zh, en) in cases {
        assert_eq!(range(Lang::Zh, Measure::Days, low, high), zh);
        assert_eq!(range(Lang::En, Measure::Days, low, high), en);
    }
}

#[test]
fn ways_up_are_instructions() {
    let policy = default_policy().unwrap();
    let inputs = inputs();
    let change = Change {
        input: key("collection"),
        from: Input::Measured { value: 8_200 },
        to: Input::Measured { value: 9_000 },
        effort: shared::number::BasisPoints::ZERO,
    };
    let target = Label::parse("A").unwrap();
    let one = std::slice::from_ref(&change);
    assert_eq!(way(Lang::Zh, &policy, one, &target), "货款回收从 82 % 提到 90 %，即为 A 级。");
    assert_eq!(
        way(Lang::En, &policy, one, &target),
        "Payment collection from 82 % up to 90 % gives grade A."
    );
    let other = Change { input: key("communication"), from: judged("B"), to: judged("A"), ..change.clone() };
    assert_eq!(
        way(Lang::Zh, &policy, &[change.clone(), other], &target),
        "货款回收从 82 % 提到 90 %，并且沟通一致性由 B 到 A，即为 A 级。"
    );
    let supplied = Change { from: Input::Missing, ..change.clone() };
    assert!(super::change(Lang::Zh, &policy, &supplied).starts_with("补上货款回收"));
    assert!(after(&policy, &inputs, &[change]).score > grade(&policy, &Cohort::default(), &inputs).score);
}

#[test]
fn gates_speak_of_the_customer_and_of_the_rule() {
    let policy = default_policy().unwrap();
    let mut inputs = inputs();
    inputs.values.insert(key("credit_rating"), judged("D"));
    inputs.values.insert(key("overdue_days"), Input::Measured { value: 118 });
    inputs.values.remove(&key("cooperation_months"));
    let all = grade(&policy, &Cohort::default(), &inputs);
    let outcomes: Vec<Option<String>> = policy
        .gates
        .iter()
        .zip(&all.gates)
        .map(|(gate, one)| outcome(Lang::Zh, &policy, gate, one, &all))
        .collect();
    assert_eq!(outcomes[0].as_deref(), Some("资信等级为 D，等级由 B 调为 C。"));
    assert_eq!(outcomes[1].as_deref(), Some("最长逾期天数为 118 天；已触发，但得分本身没有超过。"));
    assert_eq!(outcomes[2].as_deref(), Some("合作月数没有数据，无法判断。"));
    assert_eq!(rule(Lang::Zh, &policy, &policy.gates[1]), "最长逾期天数高于 90 天时，最高评 B 级");
    assert_eq!(rule(Lang::En, &policy, &policy.gates[0]), "If Credit rating is D, at most grade C");
    assert_eq!(standing(Lang::Zh, &policy, &all), "按得分可评 B 级，因限制条件定为 C 级。");
}

#[test]
fn the_standing_says_what_is_short() {
    let policy = default_policy().unwrap();
    let all = grade(&policy, &Cohort::default(), &inputs());
    assert!(standing(Lang::Zh, &policy, &all).starts_with("距 A 级还差 "));
    let nothing = grade(&policy, &Cohort::default(), &Inputs::default());
    assert_eq!(standing(Lang::Zh, &policy, &nothing), "依据不足，暂不评级：已知 0 %，需要 60 %。");
    assert!(missing_names(Lang::Zh, &policy, &nothing).starts_with("销售总额、销售价格、货款回收"));
    assert!(meter(Lang::En, &policy, &nothing).ends_with("possibly between 0.00 and 100.00"));
}
