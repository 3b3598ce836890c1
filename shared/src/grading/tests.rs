use super::*;
use crate::id::{Key, Label};

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn inputs(measured: &[(&str, i64)], judged: &[(&str, &str)]) -> Inputs {
    let measured = measured.iter().map(|(name, value)| (key(name), Input::Measured { value: *value }));
    let judged =
        judged.iter().map(|(name, level)| (key(name), Input::Judged { level: Label::parse(level).unwrap() }));
    Inputs { segment: None, values: measured.chain(judged).collect() }
}

const GOOD: [(&str, i64); 4] =
    [("annual_sales", 600_000_000), ("price_level", 9_800), ("collection", 8_200), ("potential", 500)];
const JUDGED: [(&str, &str); 4] =
    [("order_planning", "A"), ("product_fit", "A"), ("communication", "B"), ("loyalty", "A")];

fn apply(inputs: &Inputs, changes: &[Change]) -> Inputs {
    let mut changed = inputs.clone();
    for change in changes {
        changed.values.insert(change.input.clone(), change.to.clone());
    }
    changed
}

#[test]
fn a_customer_just_below_a_learns_the_nearest_ways_up() {
    let policy = default_policy().unwrap();
    let inputs = inputs(&GOOD, &JUDGED);
    let assessment = grade(&policy, &Cohort::default(), &inputs);
    // 25 + 17 + 13 + 8 + 6 + 4 + 5 + 2.5
    assert_eq!(assessment.score.get(), 8050);
    assert_eq!(assessment.tier.unwrap().as_str(), "A");

    let mut lower = inputs.clone();
    lower.values.insert(key("collection"), Input::Measured { value: 7_900 });
    let assessment = grade(&policy, &Cohort::default(), &lower);
    assert_eq!((assessment.score.get(), assessment.tier.clone().unwrap().as_str()), (7550, "B"));
    let collection =
        assessment.ways_up.single.iter().find(|change| change.input == key("collection")).unwrap();
    assert_eq!(collection.to, Input::Measured { value: 8_000 });
    for change in &assessment.ways_up.single {
        let reached = grade(&policy, &Cohort::default(), &apply(&lower, std::slice::from_ref(change)));
        assert_eq!(reached.tier.unwrap().as_str(), "A", "{change:?}");
    }
    let reached = grade(&policy, &Cohort::default(), &apply(&lower, &assessment.ways_up.pair));
    assert_eq!(reached.tier.unwrap().as_str(), "A", "{:?}", assessment.ways_up.pair);
}

#[test]
fn missing_data_earns_nothing_and_too_little_of_it_gives_no_grade() {
    let policy = default_policy().unwrap();
    let assessment = grade(
        &policy,
        &Cohort::default(),
        &inputs(&[("annual_sales", 2_000_000_000), ("collection", 10_000)], &[]),
    );
    assert_eq!(assessment.score.get(), 5000);
    assert_eq!(assessment.evidence.share.get(), 5000);
    assert_eq!((assessment.tier, assessment.evidence.enough), (None, false));
    assert_eq!(assessment.range.high.get(), 10_000);
    assert_eq!(assessment.missing.len(), 6);
}

#[test]
fn a_cap_holds_whatever_the_score_and_lifting_it_is_the_way_up() {
    let policy = default_policy().unwrap();
    let mut inputs = inputs(&GOOD, &JUDGED);
    inputs.values.insert(key("overdue_days"), Input::Measured { value: 91 });
    let assessment = grade(&policy, &Cohort::default(), &inputs);
    assert_eq!(assessment.scored_tier.clone().unwrap().as_str(), "A");
    assert_eq!(assessment.tier.clone().unwrap().as_str(), "B");
    assert!(assessment.gates[1].decisive);
    assert_eq!(assessment.ways_up.blocked_by, [key("long_overdue")]);
    assert_eq!(assessment.ways_up.single[0].to, Input::Measured { value: 90 });
}

#[test]
fn a_floor_that_a_cap_overrules_in_part_is_named_with_it() {
    let mut policy = default_policy().unwrap();
    let mut lift = policy.gates[1].clone();
    (lift.key, lift.effect) = (key("strategic"), Effect::Floor { tier: Label::parse("A").unwrap() });
    policy.gates.push(lift);
    let mut inputs = inputs(&[("annual_sales", 1), ("price_level", 1), ("collection", 1)], &JUDGED);
    inputs.values.insert(key("overdue_days"), Input::Measured { value: 91 });
    let assessment = grade(&policy, &Cohort::default(), &inputs);
    assert_eq!(assessment.scored_tier.unwrap().as_str(), "C");
    assert_eq!(assessment.tier.unwrap().as_str(), "B");
    let decisive: Vec<&str> =
        assessment.gates.iter().filter(|gate| gate.decisive).map(|gate| gate.gate.as_str()).collect();
    assert_eq!(decisive, ["long_overdue", "strategic"]);
}

#[test]
fn what_follows_from_the_figures_fills_only_what_is_missing() {
    let date = |text| crate::calendar::Date::parse(text).unwrap();
    let figures = |sales: i64| [(key("annual_sales"), Input::Measured { value: sales })].into();
    let (last, this) = (figures(400), figures(500));
    let background = Background {
        previous: Some(&last),
        since: Some(date("2025-08-15")),
        segment: None,
        today: date("2026-03-20"),
    };
    let measured = |inputs: &Inputs, name: &str| inputs.get(&key(name)).value();
    let inputs = derive(&this, 2025, background);
    assert_eq!(measured(&inputs, "potential"), Some(2_500));
    // To the year's end, though today is later.
    assert_eq!(measured(&inputs, "cooperation_months"), Some(4));

    let mut given = this.clone();
    given.insert(key("potential"), Input::NotApplicable);
    assert_eq!(derive(&given, 2025, background).get(&key("potential")), &Input::NotApplicable);

    let nothing = figures(0);
    let unknown = Background { previous: Some(&nothing), since: None, ..background };
    let inputs = derive(&this, 2025, unknown);
    assert_eq!(inputs.get(&key("potential")), &Input::Missing);
    assert_eq!(inputs.get(&key("cooperation_months")), &Input::Missing);
}
