//! What holds for any policy and any inputs, the malformed ones among them.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use shared::grading::scoring::{Band, Bands, End, Level, Levels, Linear};
use shared::grading::{
    Assessment, Change, Cohort, Condition, Effect, Fact, Gate, GateState, Indicator, Input, Inputs,
    Localized, Measure, Policy, Scoring, Test, Tier, default_policy, grade, grade_json, grade_plain,
};
use shared::id::{Key, Label};
use shared::number::{BasisPoints, MAX_SAFE, Points};

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn text() -> Localized {
    Localized { zh: "指标".to_owned(), en: "indicator".to_owned() }
}

/// Small numbers, bounds, and the ends of the range.
fn number() -> impl Strategy<Value = i64> {
    prop_oneof![-20..20_i64, Just(i64::MIN), Just(i64::MAX), Just(MAX_SAFE), any::<i64>()]
}

fn points() -> impl Strategy<Value = Points> {
    prop_oneof![0..5_000_i64, Just(MAX_SAFE), Just(-MAX_SAFE), -100..100_i64]
        .prop_map(|raw| Points::new(raw).unwrap())
}

fn level() -> impl Strategy<Value = Label> {
    prop::sample::select(vec!["A", "B", "C", "D"]).prop_map(label)
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        number().prop_map(|value| Input::Measured { value }),
        level().prop_map(|level| Input::Judged { level }),
        Just(Input::Missing),
        Just(Input::NotApplicable),
    ]
}

fn name() -> impl Strategy<Value = Key> {
    prop::sample::select(vec!["one", "two", "three", "four"]).prop_map(key)
}

fn scoring() -> impl Strategy<Value = Scoring> {
    let bound = || prop::option::of(number());
    let band = (bound(), bound(), bound(), bound(), points()).prop_map(
        |(at_least, above, at_most, below, points)| Band { at_least, above, at_most, below, points },
    );
    let level = (level(), points()).prop_map(|(key, points)| Level { key, points, meaning: text() });
    let end = || (number(), points()).prop_map(|(value, points)| End { value, points });
    prop_oneof![
        vec(band, 0..5).prop_map(|bands| Scoring::Bands(Bands { bands })),
        vec(level, 0..5).prop_map(|levels| Scoring::Levels(Levels { levels })),
        (end(), end()).prop_map(|(from, to)| Scoring::Linear(Linear { from, to })),
    ]
}

fn gate() -> impl Strategy<Value = Gate> {
    let test = prop_oneof![
        number().prop_map(Test::AtLeast),
        number().prop_map(Test::Above),
        number().prop_map(Test::AtMost),
        number().prop_map(Test::Below),
        vec(level(), 0..3).prop_map(Test::OneOf),
        vec(level(), 0..3).prop_map(Test::NoneOf),
    ];
    let effect = prop_oneof![
        level().prop_map(|tier| Effect::Cap { tier }),
        level().prop_map(|tier| Effect::Floor { tier }),
        level().prop_map(|tier| Effect::Require { tier }),
        Just(Effect::Provisional),
    ];
    (name(), name(), test, effect).prop_map(|(key, input, test, effect)| Gate {
        key,
        name: text(),
        clause: "1".to_owned(),
        when: Condition { input, test },
        effect,
    })
}

fn policy() -> impl Strategy<Value = Policy> {
    let indicator = (name(), points(), scoring()).prop_map(|(key, weight, scoring)| Indicator {
        key,
        name: text(),
        asks: text(),
        clause: "1".to_owned(),
        measure: Measure::Count,
        weight,
        scoring,
        by_segment: Default::default(),
    });
    let tier = (level(), points()).prop_map(|(key, from)| Tier {
        key,
        name: text(),
        from: Some(from),
        share: None,
        colour: None,
        treatment: Default::default(),
    });
    let fact = name().prop_map(|key| Fact {
        key,
        name: text(),
        measure: Measure::Level,
        levels: vec![label("A"), label("D")],
    });
    (vec(indicator, 0..5), vec(gate(), 0..4), vec(tier, 0..4), vec(fact, 0..2), number()).prop_map(
        |(indicators, gates, tiers, facts, floor)| Policy {
            title: text(),
            document: "1".to_owned(),
            evidence_floor: BasisPoints::clamped(floor.into()),
            marks: Default::default(),
            score_floor: None,
            score_ceiling: None,
            segments: Vec::new(),
            indicators,
            facts,
            gates,
            method: Default::default(),
            tiers,
        },
    )
}

fn inputs() -> impl Strategy<Value = Inputs> {
    btree_map(name(), input(), 0..4).prop_map(|values| Inputs { segment: None, values })
}

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
    fn any_policy_grades_any_inputs_and_always_alike(policy in policy(), inputs in inputs()) {
        let assessment = grade(&policy, &Cohort::default(), &inputs);
        prop_assert_eq!(assessment.lines.len(), policy.indicators.len());
        let json = grade_json(&serde_json::to_string(&policy).unwrap(), "{}", &serde_json::to_string(&inputs).unwrap()).unwrap();
        prop_assert_eq!(json, assessment.to_json());
        let back: Assessment = serde_json::from_str(&assessment.to_json()).unwrap();
        prop_assert_eq!(back, assessment);
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
