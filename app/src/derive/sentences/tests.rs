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
    Inputs { segment: None, values: values.into_iter().map(|(text, input)| (key(text), input)).collect() }
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

/// A policy of the tests of `shared`, by name.
fn published(name: &str) -> Policy {
    let path = format!("{}/../shared/tests/data/policies/{name}.json", env!("CARGO_MANIFEST_DIR"));
    shared::grading::parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn measured(values: &[(&str, i64)]) -> Inputs {
    let values = values.iter().map(|(name, value)| (key(name), Input::Measured { value: *value }));
    Inputs { segment: None, values: values.collect() }
}

fn lines(lang: Lang, policy: &Policy, cohort: &Cohort, inputs: &Inputs) -> Vec<String> {
    let all = grade(policy, cohort, inputs);
    policy.indicators.iter().zip(&all.lines).map(|(own, one)| line(lang, own, None, one)).collect()
}

#[test]
fn a_target_is_said_with_the_share_of_it_that_was_reached() {
    let policy = published("distributor-target");
    let sold = |target| measured(&[("annual_sales", 1_100_000_000), ("sales_target", target)]);
    let said = |lang, target| lines(lang, &policy, &Cohort::default(), &sold(target)).swap_remove(0);
    assert_eq!(said(Lang::Zh, 1_000_000_000), "1,100 万元，为目标 1,000 万元的 110 %，得 55 分。");
    assert_eq!(
        said(Lang::Zh, 500_000_000),
        "1,100 万元，为目标 500 万元的 220 %，超出计分范围，按上下限得 60 分。"
    );
    assert_eq!(said(Lang::Zh, 0), "已填，但没有目标可比，按缺数据处理。");
    let text = |at: usize| {
        let one = &policy.indicators[at];
        proportion(Lang::Zh, &policy, one.measure, &one.scoring)
    };
    assert_eq!(text(0), "达到目标（年度任务额）得 50 分，按完成比例计，最多 60 分");
    assert_eq!(text(1), "达到目标（8）得 20 分，按完成比例计，最多 20 分");
}

#[test]
fn the_best_and_growth_are_said_with_what_they_are_held_against() {
    let policy = published("best-of-cohort-30");
    let inputs = measured(&[("annual_sales", 350_000_000), ("lead_days", 7)]);
    let best = measured(&[("annual_sales", 700_000_000), ("lead_days", 3)]);
    let cohort = Cohort::of(&policy, [&inputs, &best].into_iter());
    let said = lines(Lang::Zh, &policy, &cohort, &inputs);
    assert_eq!(said[0], "350 万元，与全体最好的 700 万元相比，按比例得 35 分。");
    assert_eq!(said[1], "7 天，与全体最好的 3 天相比，按比例得 12.86 分。");
    let alone = lines(Lang::En, &policy, &Cohort::default(), &inputs);
    assert_eq!(alone[0], "Entered, but the best of all customers is not known yet; counts as missing.");

    let policy = published("growth-per-point");
    let inputs = measured(&[("growth", 550), ("new_products", 2_250), ("payment_days", 400)]);
    let said = lines(Lang::Zh, &policy, &Cohort::default(), &inputs);
    assert_eq!(said[0], "5.5 %，与基准 0 % 相差 5 个单位（每单位 1 %），得 15 分。");
    assert_eq!(said[1], "22.5 %，与基准 10 % 相差 2.5 个单位（每单位 5 %），得 10 分。");
    assert_eq!(said[2], "400 天，与基准 30 天相差 37 个单位（每单位 10 天），按上下限得 \u{2212}10 分。");
    let one = &policy.indicators[0];
    assert_eq!(
        proportion(Lang::Zh, &policy, one.measure, &one.scoring),
        "0 % 得 10 分，每增加 1 % 计 1 分，不足一个单位不计，最低 0 分，最高 30 分"
    );
}

#[test]
fn tiers_by_rank_and_by_rules_say_how_they_were_found() {
    let policy = published("quota-20-30-40-10");
    let customer = |sales: i64, collected: i64| {
        measured(&[("annual_sales", sales * 1_000_000), ("margin", 2_000), ("collection", collected)])
    };
    let book = [customer(600, 9_500), customer(500, 9_000), customer(500, 8_000), customer(10, 9_000)];
    let cohort = Cohort::of(&policy, book.iter());
    let said = |inputs: &Inputs, cohort| standing(Lang::Zh, &policy, &grade(&policy, cohort, inputs));
    assert_eq!(said(&book[0], &cohort), "已是最高等级。");
    assert_eq!(said(&book[1], &cohort), "A 级的分数线为 80 分，还差 10.00 分。");
    assert_eq!(said(&book[2], &cohort), "B 级的分数线为 70 分，与之持平，按同分规则未能排入。");
    assert_eq!(said(&book[0], &Cohort::default()), "等级按全体客户排名确定，尚未排名，暂不评级。");
    assert_eq!(entry(Lang::En, &policy.tiers[0]), "20 % of the ranking");

    let policy = published("rules-over-points");
    let mut inputs = measured(&[("contract", 800_000_000), ("margin", 3_000)]);
    inputs.values.insert(key("planning"), judged("A"));
    let said = |inputs: &Inputs| standing(Lang::Zh, &policy, &grade(&policy, &Cohort::default(), inputs));
    assert_eq!(said(&inputs), "符合“得分 75 分及以上，且有战略协议或毛利率不低于 30 %”，定为甲级。");
    inputs.values.insert(key("overdue_days"), Input::Measured { value: 121 });
    assert_eq!(said(&inputs), "未计限制条件为甲级，因限制条件定为丙级。");
    assert_eq!(
        said(&measured(&[("contract", 0), ("margin", 0), ("planning", 0)])),
        "各条规则都不符合，定为丁级。"
    );
}
