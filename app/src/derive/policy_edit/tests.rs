use shared::grading::{Cohort, Inputs, Method, check, default_policy, grade};

use super::*;
use crate::derive::policy_difference::tests::rich;

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn points(raw: i128) -> Points {
    Points::clamped(raw)
}

#[test]
fn names_are_changed_everywhere() {
    let mut policy = rich();
    rename_input(&mut policy, &key("sales"), &key("turnover"));
    rename_tier(&mut policy, &label("B"), &label("二级"));
    rename_segment(&mut policy, &label("big"), &label("大客户"));
    rename_level(&mut policy, &key("rating"), &label("D"), &label("E"));
    let json = serde_json::to_string(&policy).unwrap();
    for gone in ["\"sales\"", "\"big\"", "\"one_of\":[\"D\"]", "\"tier\":\"B\"", "\"otherwise\":\"B\""] {
        assert!(!json.contains(gone), "{gone} in {json}");
    }
    assert!(json.contains("\"input\":\"turnover\"") && json.contains("\"大客户\":{"));
}

#[test]
fn another_weight_takes_the_points_along() {
    let policy = default_policy().unwrap();
    let sales = reweighted(&policy.indicators[0], points(2_500));
    let Scoring::Bands(rule) = &sales.scoring else { panic!("bands") };
    let all: Vec<i64> = rule.bands.iter().map(|band| band.points.get()).collect();
    assert_eq!(all, [2_500, 2_083, 1_667, 1_167, 667, 333, 0]);
    for indicator in rich().indicators {
        let half = reweighted(&indicator, points(500));
        let mut policy = rich();
        policy.indicators = vec![half];
        let wrong: Vec<_> =
            check(&policy).into_iter().filter(|one| one.path == "indicators.0.scoring").collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        // There and back again nothing is lost where it comes out even.
        assert_eq!(reweighted(&policy.indicators[0], indicator.weight).weight, indicator.weight);
    }
}

#[test]
fn another_measure_keeps_the_digits_or_the_points() {
    let mut policy = default_policy().unwrap();
    set_measure(&mut policy, 2, Measure::Money);
    let Scoring::Bands(rule) = &policy.indicators[2].scoring else { panic!("bands") };
    assert_eq!(rule.bands[0].at_least, Some(95_000_000));
    set_measure(&mut policy, 2, Measure::Level);
    let Scoring::Levels(rule) = &policy.indicators[2].scoring else { panic!("levels") };
    assert_eq!(
        rule.levels.iter().map(|one| one.points.get()).collect::<Vec<_>>(),
        [2_000, 1_700, 1_300, 800, 300, 0]
    );
    assert!(check(&policy).is_empty());
}

#[test]
fn thresholds_become_rules_and_come_back() {
    let first = default_policy().unwrap();
    let mut policy = first.clone();
    set_method(&mut policy, MethodKind::Rules);
    let inputs = Inputs::default();
    assert_eq!(
        grade(&policy, &Cohort::default(), &inputs).score,
        grade(&first, &Cohort::default(), &inputs).score
    );
    let Method::Rules(rules) = &policy.method else { panic!("rules") };
    assert_eq!((rules.rules.len(), rules.otherwise.as_str()), (2, "C"));
    assert_eq!(check(&policy), []);
    set_method(&mut policy, MethodKind::Threshold);
    assert_eq!(policy, first);
    set_method(&mut policy, MethodKind::Quota);
    let shares: Vec<i64> =
        policy.tiers.iter().filter_map(|tier| tier.share).map(|share| share.get()).collect();
    assert_eq!(shares, [3_333, 3_334, 3_333]);
    set_method(&mut policy, MethodKind::Threshold);
    let from: Vec<i64> = policy.tiers.iter().filter_map(|tier| tier.from).map(Points::get).collect();
    assert_eq!(from, [6_700, 3_300, 0]);
}

#[test]
fn new_rows_have_keys_of_their_own_and_few_mistakes() {
    let mut policy = default_policy().unwrap();
    policy.indicators[0] = reweighted(&policy.indicators[0], points(2_000));
    for _ in 0..2 {
        add_fact(&mut policy);
        add_gate(&mut policy);
        add_segment(&mut policy);
        add_tier(&mut policy);
    }
    add_indicator(&mut policy);
    assert_eq!(total(&policy), (points(10_000), Some(points(10_000))));
    assert_eq!(policy.indicators[8].weight, points(1_000));
    let tiers: Vec<_> =
        policy.tiers.iter().map(|tier| (tier.key.as_str(), tier.from.unwrap().get())).collect();
    assert_eq!(tiers, [("A", 8_000), ("B", 6_000), ("C", 3_000), ("D", 1_500), ("E", 0)]);
    let wrong = check(&policy);
    assert!(wrong.iter().all(|one| one.kind == shared::grading::MistakeKind::Absent), "{wrong:?}");
}

#[test]
fn bands_stay_whole_when_one_comes_or_goes() {
    let policy = default_policy().unwrap();
    let whole = |rule: &Bands| {
        let mut policy = policy.clone();
        policy.indicators[0].scoring = Scoring::Bands(rule.clone());
        check(&policy).into_iter().filter(|one| one.path.contains(".bands")).collect::<Vec<_>>()
    };
    let Scoring::Bands(rule) = &policy.indicators[0].scoring else { panic!("bands") };
    for at in 0..rule.bands.len() {
        let mut fewer = rule.clone();
        remove_band(&mut fewer, at);
        assert_eq!((fewer.bands.len(), whole(&fewer)), (rule.bands.len() - 1, vec![]), "{at}");
    }
    let mut more = rule.clone();
    add_band(&mut more, Measure::Money);
    add_band(&mut more, Measure::Money);
    assert_eq!(whole(&more), vec![]);
}

#[test]
fn rows_move_by_one() {
    let mut list = [1, 2, 3];
    assert!(shift(&mut list, 2, true) && shift(&mut list, 0, false));
    assert_eq!(list, [3, 1, 2]);
    assert!(!shift(&mut list, 0, true) && !shift(&mut list, 2, false) && !shift(&mut list, 9, true));
}

#[test]
fn questions_begin_with_what_an_input_can_answer() {
    let policy = default_policy().unwrap();
    assert_eq!(first_test(&policy, &key("credit_rating")), Test::OneOf(vec![label("D")]));
    assert_eq!(first_test(&policy, &key("overdue_days")), Test::Above(90));
    assert_eq!(levels_of(&policy, &key("loyalty")).len(), 3);
    assert!(new_rule(&policy, &[]).is_some());
}
