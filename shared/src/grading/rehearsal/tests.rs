use super::*;
use crate::grading::{Effect, Input, Marks, Method, default_policy, parse};
use crate::number::BasisPoints;

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

/// A customer who has all points but those for a collection rate, and `less` of the growth.
fn customer(id: &str, unit: &str, collection: i64, overdue: i64) -> Customer {
    let measured = [
        ("annual_sales", 600_000_000),
        ("price_level", 9_800),
        ("collection", collection),
        ("potential", 500),
        ("overdue_days", overdue),
    ];
    let judged = [("order_planning", "A"), ("product_fit", "A"), ("communication", "B"), ("loyalty", "A")];
    let measured = measured.into_iter().map(|(name, value)| (key(name), Input::Measured { value }));
    let judged = judged.into_iter().map(|(name, level)| (key(name), Input::Judged { level: label(level) }));
    let inputs = Inputs { segment: None, values: measured.chain(judged).collect() };
    Customer {
        id: CustomerId::parse(id).unwrap(),
        unit: Some(UnitId::parse(unit).unwrap()),
        years: [(2025, inputs)].into(),
    }
}

fn rehearse(draft: &Policy, customers: &[Customer]) -> YearRehearsal {
    let mut rehearsal = simulate(draft, &default_policy().unwrap(), customers);
    assert_eq!(rehearsal.years.len(), 1);
    rehearsal.years.remove(0)
}

#[test]
fn a_draft_that_changes_nothing_moves_nobody() {
    let policy = default_policy().unwrap();
    let customers = [customer("k1", "s1", 8_200, 0), customer("k2", "s1", 7_900, 0)];
    let year = rehearse(&policy, &customers);
    assert_eq!((year.year, year.customers, year.movers.len()), (2025, 2, 0));
    let stays: Vec<(String, u64)> =
        year.shifts.iter().map(|one| (one.from.clone().unwrap().to_string(), one.customers)).collect();
    assert_eq!(stays, [("A".to_owned(), 1), ("B".to_owned(), 1)]);
    assert_eq!(year.current, year.draft);
}

#[test]
fn the_indicator_that_moved_a_customer_most_is_named() {
    let mut draft = default_policy().unwrap();
    // 82 % earned 13 and earns 5 of 20: 80.5 becomes 72.5.
    let collection = draft.indicators.iter_mut().find(|one| one.key == key("collection")).unwrap();
    let mut scoring = serde_json::to_value(&collection.scoring).unwrap();
    scoring["bands"][2]["points"] = 500.into();
    collection.scoring = serde_json::from_value(scoring).unwrap();
    let year = rehearse(&draft, &[customer("k1", "s1", 8_200, 0), customer("k2", "s2", 9_600, 0)]);
    let [mover] = year.movers.as_slice() else { panic!("{:?}", year.movers) };
    assert_eq!((mover.customer.as_str(), mover.way), ("k1", Way::Down));
    assert_eq!((mover.score_from.get(), mover.score_to.get()), (8_050, 7_250));
    let points = Points::new(-800).unwrap();
    assert_eq!(mover.cause, Cause::Indicator { indicator: key("collection"), points });
    let units: Vec<Option<&str>> =
        year.shifts.iter().map(|one| one.unit.as_ref().map(UnitId::as_str)).collect();
    assert_eq!(units, [Some("s1"), Some("s2")]);
}

#[test]
fn a_threshold_a_gate_and_too_little_evidence_are_named_for_what_they_are() {
    let customers = [customer("k1", "s1", 8_200, 40)];
    let mut draft = default_policy().unwrap();
    draft.tiers[0].from = Some(Points::new(8_100).unwrap());
    assert_eq!(rehearse(&draft, &customers).movers[0].cause, Cause::Tiers);

    let mut draft = default_policy().unwrap();
    let mut gate = draft.gates[1].clone();
    (gate.key, gate.when.test) = (key("overdue"), crate::grading::Test::Above(30));
    gate.effect = Effect::Cap { tier: label("C") };
    draft.gates.push(gate);
    let cause = Cause::Gate { gate: key("overdue"), holds: true };
    assert_eq!(rehearse(&draft, &customers).movers[0].cause, cause);

    let mut unknown = customer("k1", "s1", 8_200, 0);
    unknown.years.get_mut(&2025).unwrap().values.remove(&key("annual_sales"));
    let mut draft = default_policy().unwrap();
    draft.evidence_floor = BasisPoints::new(8_000).unwrap();
    let year = rehearse(&draft, &[unknown]);
    assert_eq!((&year.movers[0].cause, year.movers[0].way), (&Cause::Evidence, Way::Ungraded));
}

#[test]
fn a_quota_ranks_the_customers_of_the_year_among_themselves() {
    let mut draft = default_policy().unwrap();
    let quota = serde_json::json!({ "kind": "quota", "ties": "all_up" });
    draft.method = serde_json::from_value::<Method>(quota).unwrap();
    for (tier, share) in draft.tiers.iter_mut().zip([2_500, 2_500, 5_000]) {
        (tier.from, tier.share) = (None, Some(BasisPoints::new(share).unwrap()));
    }
    // 80.5, 75.5, 70.5 and 70.5 again.
    let rates = [("k1", 8_200), ("k2", 7_900), ("k3", 6_000), ("k4", 5_000)];
    let customers = rates.map(|(id, rate)| customer(id, "s1", rate, 0));
    let year = rehearse(&draft, &customers);
    let moved: Vec<(&str, &str)> = year
        .movers
        .iter()
        .map(|one| (one.customer.as_str(), one.to.as_ref().map_or("", Label::as_str)))
        .collect();
    assert_eq!(moved, [("k3", "C"), ("k4", "C")]);
    assert!(year.movers.iter().all(|one| one.cause == Cause::Tiers), "{:?}", year.movers);
    let taken: Vec<u64> = year.cohort.cuts.iter().flatten().map(|cut| cut.taken).collect();
    assert_eq!((year.cohort.ranked, taken), (4, vec![1, 2]));
}

#[test]
fn what_the_tiers_are_owed_is_counted() {
    let mut draft = default_policy().unwrap();
    for (tier, (days, priority)) in draft.tiers.iter_mut().zip([(30, 1), (90, 2), (180, 2)]) {
        tier.treatment.visit_days = Some(days);
        tier.treatment.production_priority = Some(priority);
    }
    let customers = [
        customer("k1", "s1", 8_200, 0),
        customer("k2", "s1", 9_600, 0),
        customer("k3", "s1", 7_900, 0),
        customer("k4", "s1", 9_600, 100),
    ];
    let owed = rehearse(&draft, &customers).draft;
    // Two of A every 30 days: 24.3; two of B every 90 days: 8.1.
    assert_eq!(owed.tiers.iter().map(|one| one.visits).collect::<Vec<_>>(), [24, 8, 0, 0]);
    assert_eq!(owed.visits, 32);
    assert_eq!(owed.priorities, [Slots { priority: 1, customers: 2 }, Slots { priority: 2, customers: 2 }]);
}

#[test]
fn points_on_another_scale_are_compared_as_shares() {
    // Twice the weights and thresholds: nobody moves, and whoever would is not moved by an indicator.
    let json = include_str!("../../../policies/default.json");
    let mut value: serde_json::Value = serde_json::from_str(json).unwrap();
    double(&mut value);
    let mut draft = parse(&value.to_string()).unwrap();
    draft.marks = Marks::Weights { total: Points::new(20_000).unwrap() };
    let customers = [customer("k1", "s1", 8_200, 0), customer("k2", "s1", 6_000, 0)];
    assert_eq!(rehearse(&draft, &customers).movers, []);
    draft.tiers[0].from = Some(Points::new(16_200).unwrap());
    assert_eq!(rehearse(&draft, &customers).movers[0].cause, Cause::Tiers);
}

/// Doubles everything that counts points.
fn double(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value.as_i64()) {
                    ("points" | "weight" | "from", Some(points)) => *value = (points * 2).into(),
                    _ => double(value),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(double),
        _ => {}
    }
}
