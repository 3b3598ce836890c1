//! The nearest ways up of small policies, held against trying every value.
//!
//! The policies are well formed and their numbers few, so that all values of one input, and all of
//! two, can be tried: scored inputs with gates of their own, facts, floors, missing data.

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use shared::grading::scoring::{Band, Bands, End, Level, Levels, Linear};
use shared::grading::{
    Change, Cohort, Condition, Effect, Fact, Gate, Indicator, Input, Inputs, Localized, Measure, Policy,
    Scoring, Test, Tier, grade, grade_plain,
};
use shared::id::{Key, Label};
use shared::number::{BasisPoints, Points};

/// Past every bound on both sides.
const NUMBERS: std::ops::RangeInclusive<i64> = -4..=23;
const LEVELS: [&str; 3] = ["A", "B", "C"];
/// Two measured indicators, one judged, a measured and a judged fact.
const KEYS: [(&str, Measure); 5] = [
    ("bands", Measure::Count),
    ("line", Measure::Count),
    ("levels", Measure::Level),
    ("days", Measure::Days),
    ("rating", Measure::Level),
];

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

fn text() -> Localized {
    Localized { zh: "指标".to_owned(), en: "indicator".to_owned() }
}

fn whole(points: i64) -> Points {
    Points::new(points * 100).unwrap()
}

fn bands() -> impl Strategy<Value = Scoring> {
    (btree_set(0..20_i64, 1..4), vec(0..20_i64, 4), any::<bool>()).prop_map(|(cuts, points, inclusive)| {
        let cuts: Vec<i64> = cuts.into_iter().collect();
        let low = |index: usize| index.checked_sub(1).and_then(|index| cuts.get(index)).copied();
        let high = |index: usize| cuts.get(index).copied();
        let band = |index: usize| Band {
            at_least: low(index).filter(|_| inclusive),
            above: low(index).filter(|_| !inclusive),
            at_most: high(index).filter(|_| !inclusive),
            below: high(index).filter(|_| inclusive),
            points: whole(points[index]),
        };
        Scoring::Bands(Bands { bands: (0..=cuts.len()).map(band).collect() })
    })
}

fn line() -> impl Strategy<Value = Scoring> {
    let end = || (0..20_i64, 0..30_i64).prop_map(|(value, points)| End { value, points: whole(points) });
    (end(), end()).prop_map(|(from, to)| Scoring::Linear(Linear { from, to }))
}

fn levels() -> impl Strategy<Value = Scoring> {
    vec(0..20_i64, 3).prop_map(|points| {
        let level =
            |(key, points): (&str, i64)| Level { key: label(key), points: whole(points), meaning: text() };
        Scoring::Levels(Levels { levels: LEVELS.into_iter().zip(points).map(level).collect() })
    })
}

fn gate() -> impl Strategy<Value = Gate> {
    let level = || vec(prop::sample::select(LEVELS.to_vec()).prop_map(label), 1..3);
    let number = prop_oneof![
        (0..20_i64).prop_map(Test::AtLeast),
        (0..20_i64).prop_map(Test::Above),
        (0..20_i64).prop_map(Test::AtMost),
        (0..20_i64).prop_map(Test::Below),
    ];
    let judged = prop_oneof![level().prop_map(Test::OneOf), level().prop_map(Test::NoneOf)];
    let tier = || prop::sample::select(vec!["T1", "T2", "T3"]).prop_map(label);
    let effect = prop_oneof![
        tier().prop_map(|tier| Effect::Cap { tier }),
        tier().prop_map(|tier| Effect::Floor { tier }),
        tier().prop_map(|tier| Effect::Require { tier }),
        Just(Effect::Provisional),
    ];
    (prop::sample::select(KEYS.to_vec()), number, judged, effect).prop_map(
        |((input, measure), number, judged, effect)| Gate {
            key: key("gate"),
            name: text(),
            clause: "1".to_owned(),
            when: Condition {
                input: key(input),
                test: if measure == Measure::Level { judged } else { number },
            },
            effect,
        },
    )
}

fn policy() -> impl Strategy<Value = Policy> {
    let scorings = (prop_oneof![bands(), line()], line(), levels());
    (scorings, vec(gate(), 0..4), 1..30_i64, 1..30_i64, 0..8_000_i64).prop_map(
        |((first, second, third), gates, lower, more, floor)| {
            let indicators = KEYS.into_iter().zip([first, second, third]);
            let indicator = |((name, measure), scoring): ((&str, Measure), Scoring)| Indicator {
                key: key(name),
                name: text(),
                asks: text(),
                clause: "1".to_owned(),
                measure,
                weight: whole(20),
                scoring,
                by_segment: Default::default(),
            };
            let fact = |(name, measure): (&str, Measure)| Fact {
                key: key(name),
                name: text(),
                measure,
                levels: if measure == Measure::Level { LEVELS.map(label).to_vec() } else { Vec::new() },
            };
            let tier = |name: &str, from: i64| Tier {
                key: label(name),
                name: text(),
                from: Some(whole(from)),
                share: None,
                colour: None,
                treatment: Default::default(),
            };
            Policy {
                title: text(),
                document: "1".to_owned(),
                evidence_floor: BasisPoints::new(floor).unwrap(),
                marks: Default::default(),
                score_floor: None,
                score_ceiling: None,
                segments: Vec::new(),
                indicators: indicators.map(indicator).collect(),
                facts: KEYS.into_iter().skip(3).map(fact).collect(),
                gates,
                method: Default::default(),
                tiers: vec![tier("T1", lower + more), tier("T2", lower), tier("T3", 0)],
            }
        },
    )
}

fn inputs() -> impl Strategy<Value = Inputs> {
    let states = vec((NUMBERS, prop::sample::select(LEVELS.to_vec()), 0..10_u8), KEYS.len());
    states.prop_map(|states| {
        let input = |(measure, (value, level, state)): (Measure, (i64, &str, u8))| match (state, measure) {
            (0, _) => Input::NotApplicable,
            (1 | 2, _) => Input::Missing,
            (_, Measure::Level) => Input::Judged { level: label(level) },
            _ => Input::Measured { value },
        };
        let values = KEYS.into_iter().zip(states);
        Inputs {
            segment: None,
            values: values.map(|((name, measure), state)| (key(name), input((measure, state)))).collect(),
        }
    })
}

/// A policy, inputs that have a next tier, and what is offered to reach it.
struct Case<'a> {
    policy: &'a Policy,
    inputs: &'a Inputs,
    goal: usize,
    single: Vec<Change>,
    pair: Vec<Change>,
}

impl<'a> Case<'a> {
    fn new(policy: &'a Policy, inputs: &'a Inputs) -> Option<Self> {
        let assessment = grade(policy, &Cohort::default(), inputs);
        let target = assessment.ways_up.target?;
        let goal = policy.tiers.iter().position(|tier| tier.key == target)?;
        let (single, pair) = (assessment.ways_up.single, assessment.ways_up.pair);
        Some(Self { policy, inputs, goal, single, pair })
    }

    fn reaches(&self, changes: &[(&Key, &Input)]) -> bool {
        let mut changed = self.inputs.clone();
        for (key, input) in changes {
            changed.values.insert((*key).clone(), (*input).clone());
        }
        let tier = grade_plain(self.policy, &Cohort::default(), &changed).tier;
        tier.is_some_and(|tier| self.policy.tiers.iter().position(|one| one.key == tier) <= Some(self.goal))
    }

    /// Every other input that a key could have.
    fn others(&self, key: &Key, measure: Measure) -> Vec<Input> {
        let from = self.inputs.get(key);
        let all: Vec<Input> = match measure {
            _ if *from == Input::NotApplicable => Vec::new(),
            Measure::Level => LEVELS.map(|level| Input::Judged { level: label(level) }).to_vec(),
            _ => NUMBERS.map(|value| Input::Measured { value }).collect(),
        };
        all.into_iter().filter(|to| to != from).collect()
    }
}

/// How far a move is, where both ends are known.
fn steps(from: &Input, to: &Input) -> Option<u64> {
    let place = |input: &Input| match input {
        Input::Measured { value } => Some(*value),
        Input::Judged { level } => LEVELS.iter().position(|one| *one == level.as_str()).map(|at| at as i64),
        Input::Missing | Input::NotApplicable => None,
    };
    Some(place(from)?.abs_diff(place(to)?))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400, failure_persistence: None, max_global_rejects: 100_000, ..ProptestConfig::default()
    })]

    #[test]
    fn a_way_of_one_change_is_offered_whenever_there_is_one_and_is_the_smallest(
        policy in policy(), inputs in inputs()
    ) {
        let case = Case::new(&policy, &inputs);
        prop_assume!(case.is_some());
        let case = case.unwrap();
        for (name, measure) in KEYS {
            let name = key(name);
            let offered = case.single.iter().find(|change| change.input == name);
            let leading: Vec<Input> = case.others(&name, measure).into_iter()
                .filter(|to| case.reaches(&[(&name, to)])).collect();
            prop_assert_eq!(leading.is_empty(), offered.is_none(), "{} {:?} {:?}", name, offered, leading);
            if let Some(change) = offered {
                prop_assert!(leading.contains(&change.to), "{:?} leads nowhere", change);
                let least = leading.iter().filter_map(|to| steps(&change.from, to)).min();
                prop_assert_eq!(steps(&change.from, &change.to), least, "{:?} in {:?}", change, leading);
            }
        }
    }

    #[test]
    fn a_way_of_two_changes_needs_both_and_is_offered_whenever_there_is_one(
        policy in policy(), inputs in inputs()
    ) {
        let case = Case::new(&policy, &inputs);
        prop_assume!(case.is_some());
        let case = case.unwrap();
        if let [one, other] = case.pair.as_slice() {
            let (one, other) = ((&one.input, &one.to), (&other.input, &other.to));
            prop_assert!(case.reaches(&[one, other]), "{:?}", case.pair);
            prop_assert!(!case.reaches(&[one]) && !case.reaches(&[other]), "{:?}", case.pair);
        } else {
            // Inputs that reach the goal alone are offered as such; of the others no two may do.
            let stuck = KEYS.map(|(name, measure)| (key(name), measure));
            let stuck = stuck.iter().filter(|(name, _)| case.single.iter().all(|one| one.input != *name));
            let stuck: Vec<(&Key, Vec<Input>)> =
                stuck.map(|(name, measure)| (name, case.others(name, *measure))).collect();
            for (index, (one, values)) in stuck.iter().enumerate() {
                for (other, others) in stuck.iter().skip(index + 1) {
                    for (to, too) in values.iter().flat_map(|to| others.iter().map(move |too| (to, too))) {
                        let both = [(*one, to), (*other, too)];
                        prop_assert!(!case.reaches(&both), "{:?} was not offered", both);
                    }
                }
            }
        }
    }
}
