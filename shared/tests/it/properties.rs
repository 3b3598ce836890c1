//! What holds for any policy and any inputs, the malformed ones among them.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use shared::grading::{
    Assessment, Change, Cohort, Compiled, Customer, Effect, GateState, Input, Inputs, Policy, Shift, check,
    default_policy, grade, grade_json, grade_plain, parse, simulate,
};
use shared::id::{CustomerId, UnitId};
use shared::number::Points;

use super::any::{cohort, inputs, key, label, policy};

/// Inputs of the default policy, around its bounds.
fn usual() -> impl Strategy<Value = Inputs> {
    let measured = |low: i64, high: i64| {
        prop_oneof![
            8 => (low..high).prop_map(|value| Input::Measured { value }),
            1 => Just(Input::Missing),
            1 => Just(Input::NotApplicable),
        ]
    };
    let judged = || {
        prop_oneof![
            8 => prop::sample::select(vec!["A", "B", "C"]).prop_map(|text| Input::Judged { level: label(text) }),
            1 => Just(Input::Missing),
            1 => Just(Input::NotApplicable),
        ]
    };
    let rating =
        prop::sample::select(vec!["AAA", "B", "D"]).prop_map(|text| Input::Judged { level: label(text) });
    (
        (
            measured(0, 1_500_000_000),
            measured(8_000, 10_500),
            measured(4_000, 10_001),
            measured(-2_000, 3_000),
        ),
        (judged(), judged(), judged(), judged()),
        (rating, measured(0, 200), measured(0, 12)),
    )
        .prop_map(|((a, b, c, d), (e, f, g, h), (i, j, k))| {
            let named = [
                ("annual_sales", a),
                ("price_level", b),
                ("collection", c),
                ("potential", d),
                ("order_planning", e),
                ("product_fit", f),
                ("communication", g),
                ("loyalty", h),
                ("credit_rating", i),
                ("overdue_days", j),
                ("cooperation_months", k),
            ];
            Inputs {
                segment: None,
                values: named.into_iter().map(|(name, input)| (key(name), input)).collect(),
            }
        })
}

fn apply(inputs: &Inputs, changes: &[&Change]) -> Inputs {
    let mut changed = inputs.clone();
    for change in changes {
        changed.values.insert(change.input.clone(), change.to.clone());
    }
    changed
}

fn position(policy: &Policy, assessment: &Assessment) -> usize {
    let tier = assessment.tier.as_ref().unwrap();
    policy.tiers.iter().position(|one| one.key == *tier).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_policy_grades_any_inputs_and_always_alike(
        policy in policy(), cohort in cohort(), inputs in inputs()
    ) {
        let assessment = grade(&policy, &cohort, &inputs);
        prop_assert_eq!(assessment.lines.len(), policy.indicators.len());
        let text = |value: serde_json::Result<String>| value.unwrap();
        let (of_policy, of_cohort) = (serde_json::to_string(&policy), serde_json::to_string(&cohort));
        let of_inputs = text(serde_json::to_string(&inputs));
        let json = grade_json(&text(of_policy), &text(of_cohort), &of_inputs).unwrap();
        prop_assert_eq!(json, assessment.to_json());
        let back: Assessment = serde_json::from_str(&assessment.to_json()).unwrap();
        prop_assert_eq!(back, assessment);
    }

    #[test]
    fn every_policy_that_the_types_hold_is_read_by_the_schema(policy in policy()) {
        prop_assert_eq!(parse(&serde_json::to_string(&policy).unwrap()), Ok(policy));
    }

    #[test]
    fn any_policy_is_checked(policy in policy()) {
        // Of so arbitrary a policy something is always wrong; that it is told without a panic is the point.
        prop_assert!(check(&policy).iter().all(|mistake| !mistake.to_string().is_empty()));
    }

    #[test]
    fn a_rehearsal_counts_everybody_once(
        current in policy(), draft in policy(), books in vec(btree_map(2024..2026_i32, inputs(), 0..3), 0..6)
    ) {
        let customer = |(at, years): (usize, BTreeMap<i32, Inputs>)| Customer {
            id: CustomerId::parse(&format!("k{at}")).unwrap(),
            unit: UnitId::parse(&format!("u{}", at % 2)).ok(),
            years,
        };
        let customers: Vec<Customer> = books.into_iter().enumerate().map(customer).collect();
        for year in simulate(&draft, &current, &customers).years {
            let count = |shifts: &[&Shift]| shifts.iter().map(|one| one.customers).sum::<u64>();
            let all: Vec<&Shift> = year.shifts.iter().collect();
            let moved: Vec<&Shift> = year.shifts.iter().filter(|one| one.from != one.to).collect();
            prop_assert_eq!(count(&all), year.customers);
            prop_assert_eq!(count(&moved), year.movers.len() as u64);
            for owed in [&year.current, &year.draft] {
                prop_assert_eq!(owed.tiers.iter().map(|one| one.customers).sum::<u64>(), year.customers);
            }
            for mover in &year.movers {
                let customer = customers.iter().find(|one| one.id == mover.customer).unwrap();
                let graded = grade_plain(&draft, &year.cohort, &customer.years[&year.year]);
                prop_assert_eq!((&mover.to, mover.score_to), (&graded.tier, graded.score));
            }
        }
    }

    #[test]
    fn the_fast_path_comes_to_the_same(policy in policy(), cohort in cohort(), inputs in inputs()) {
        let plain = grade_plain(&policy, &cohort, &inputs);
        let fast = Compiled::new(&policy, &cohort).grade_fast(&inputs);
        let key = |position: Option<usize>| position.map(|position| policy.tiers[position].key.clone());
        prop_assert_eq!((key(fast.tier), key(fast.scored)), (plain.tier, plain.scored_tier));
        prop_assert_eq!((fast.score, fast.provisional), (plain.score, plain.provisional));
        prop_assert_eq!(fast.enough, plain.evidence.enough);
    }

    #[test]
    fn the_score_keeps_to_its_limits_and_its_range(policy in policy(), inputs in inputs()) {
        let mut policy = policy;
        policy.indicators.iter_mut().for_each(|one| one.weight = one.weight.max(Points::ZERO));
        let all = grade_plain(&policy, &Cohort::default(), &inputs);
        prop_assert!(all.range.low <= all.score && all.score <= all.range.high);
        if let (Some(floor), None) = (policy.score_floor, policy.score_ceiling) {
            prop_assert!(all.score >= floor);
        }
        if let Some(ceiling) = policy.score_ceiling {
            prop_assert!(all.score <= ceiling);
        }
    }

    #[test]
    fn missing_data_never_earns(inputs in usual(), index in 0..8_usize) {
        let policy = default_policy().unwrap();
        let name = policy.indicators[index].key.clone();
        prop_assume!(!matches!(inputs.get(&name), Input::NotApplicable));
        let mut without = inputs.clone();
        without.values.insert(name.clone(), Input::Missing);
        let (known, unknown) = (grade_plain(&policy, &Cohort::default(), &inputs), grade_plain(&policy, &Cohort::default(), &without));
        prop_assert!(unknown.score <= known.score);
        prop_assert!(unknown.range.high >= known.range.high);
        prop_assert_eq!(unknown.lines[index].points, Points::ZERO);
        prop_assert!(unknown.missing.contains(&name));
    }

    #[test]
    fn the_lines_add_up_to_the_score(inputs in usual()) {
        let policy = default_policy().unwrap();
        let assessment = grade_plain(&policy, &Cohort::default(), &inputs);
        let sum: i64 = assessment.lines.iter().map(|line| line.points.get()).sum();
        let applicable = assessment.evidence.applicable.get();
        prop_assume!(applicable > 0);
        // Half a hundredth either way is rounding.
        prop_assert!((assessment.score.get() * applicable - sum * 10_000).abs() * 2 <= applicable);
        if applicable == 10_000 {
            prop_assert_eq!(assessment.score.get(), sum);
        }
    }

    #[test]
    fn a_fired_cap_is_never_exceeded(inputs in usual()) {
        let policy = default_policy().unwrap();
        let assessment = grade_plain(&policy, &Cohort::default(), &inputs);
        prop_assume!(assessment.evidence.enough);
        for gate in assessment.gates.iter().filter(|gate| gate.state == GateState::Fired) {
            if let Effect::Cap { tier } = &gate.effect {
                let cap = policy.tiers.iter().position(|one| one.key == *tier).unwrap();
                prop_assert!(position(&policy, &assessment) >= cap);
            }
        }
    }

    #[test]
    fn every_way_up_leads_there_and_no_smaller_step_of_it_does(inputs in usual()) {
        let policy = default_policy().unwrap();
        let assessment = grade(&policy, &Cohort::default(), &inputs);
        prop_assume!(assessment.ways_up.target.is_some());
        let target = position(&policy, &assessment) - 1;
        let reaches = |changes: &[&Change]| {
            let after = grade_plain(&policy, &Cohort::default(), &apply(&inputs, changes));
            after.tier.is_some() && position(&policy, &after) <= target
        };
        for change in &assessment.ways_up.single {
            prop_assert!(reaches(&[change]), "{:?}", change);
            if let (Input::Measured { value: from }, Input::Measured { value: to }) = (&change.from, &change.to) {
                let less = to - (to - from).signum();
                let smaller = Change { to: Input::Measured { value: less }, ..change.clone() };
                prop_assert!(less == *from || !reaches(&[&smaller]), "{:?}", change);
            }
        }
        prop_assert!(assessment.ways_up.single.windows(2).all(|two| two[0].effort <= two[1].effort));
        if let [one, other] = assessment.ways_up.pair.as_slice() {
            prop_assert!(reaches(&[one, other]) && !reaches(&[one]) && !reaches(&[other]));
        }
    }
}
