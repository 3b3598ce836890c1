//! Both sides of every bound of the default policy, from a table written by hand.

use serde_json::Value;
use shared::grading::{Cohort, Input, Inputs, default_policy, grade};
use shared::id::{Key, Label};

#[test]
fn both_sides_of_every_bound_earn_what_the_table_says() {
    let policy = default_policy().unwrap();
    let table: Vec<(String, Value, i64)> =
        serde_json::from_str(include_str!("../data/default-bounds.json")).unwrap();
    for (indicator, value, points) in &table {
        let input = match value {
            Value::String(level) => Input::Judged { level: Label::parse(level).unwrap() },
            value => Input::Measured { value: value.as_i64().unwrap() },
        };
        let key = Key::parse(indicator).unwrap();
        let inputs = Inputs { segment: None, values: [(key.clone(), input)].into_iter().collect() };
        let assessment = grade(&policy, &Cohort::default(), &inputs);
        let line = assessment.lines.iter().find(|line| line.indicator == key).unwrap();
        assert_eq!(line.points.get(), *points, "{indicator} at {value}");
    }
    for indicator in &policy.indicators {
        assert!(
            table.iter().any(|(key, _, _)| key == indicator.key.as_str()),
            "{} has no row",
            indicator.key
        );
    }
}

#[test]
fn both_sides_of_the_tier_thresholds() {
    let policy = default_policy().unwrap();
    // 30 + 20 + 20 points and what the judged levels add: 80.00 is A, and so is not one hundredth less.
    let tier = |potential: i64| {
        let measured = [
            ("annual_sales", 1_000_000_000),
            ("price_level", 10_000),
            ("collection", 9_500),
            ("potential", potential),
        ];
        let judged =
            [("order_planning", "B"), ("product_fit", "C"), ("communication", "C"), ("loyalty", "C")];
        let values = measured
            .iter()
            .map(|(key, value)| (Key::parse(key).unwrap(), Input::Measured { value: *value }))
            .chain(judged.iter().map(|(key, level)| {
                (Key::parse(key).unwrap(), Input::Judged { level: Label::parse(level).unwrap() })
            }));
        let assessment =
            grade(&policy, &Cohort::default(), &Inputs { segment: None, values: values.collect() });
        (assessment.score.get(), assessment.tier.unwrap().to_string())
    };
    assert_eq!(tier(800), (8000, "A".to_owned()));
    assert_eq!(tier(794), (7999, "B".to_owned()));
}
