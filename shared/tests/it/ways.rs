//! The nearest ways up of small policies, held against trying every value.
//!
//! The policies are well formed and their numbers few, so that all values of one input, and all of
//! two, can be tried: scored inputs with gates of their own, facts, floors, missing data, every kind of
//! scoring and every method. Rules give better tiers for better scores, as a policy's do.

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use shared::grading::method::{Ask, Quota, Rounding, Rule, Rules, Threshold, TieBreak, Ties};
use shared::grading::scoring::{Band, Bands, Best, Better, End, Goal, Growth, Level, Levels, Linear, Target};
use shared::grading::{
    Bar, BestOf, Change, Cohort, Compiled, Condition, Cut, Effect, Fact, Gate, Indicator, Input, Inputs,
    Localized, Marks, Measure, Method, Policy, Scoring, Test, Tier, grade,
};
use shared::id::{Key, Label};
use shared::number::{BasisPoints, Points};

/// Past every bound on both sides.
const NUMBERS: std::ops::RangeInclusive<i64> = -7..=25;
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

fn better() -> impl Strategy<Value = Better> {
    prop_oneof![Just(Better::Higher), Just(Better::Lower)]
}

/// In proportion to a target, to the best, or to growth; the target may be another input.
fn proportion() -> impl Strategy<Value = Scoring> {
    let goal = prop_oneof![
        3 => (1..10_i64).prop_map(Goal::Value),
        1 => prop::sample::select(vec!["days", "line"]).prop_map(|name| Goal::Input(key(name))),
    ];
    let target = (1..20_i64, goal, prop::option::of(0..=100_i64)).prop_map(|(full, target, more)| {
        let cap = more.map(|more| Points::new(full * (100 + more)).unwrap());
        Scoring::Target(Target { full: whole(full), target, cap })
    });
    let best =
        (1..20_i64, better()).prop_map(|(full, better)| Scoring::Best(Best { full: whole(full), better }));
    let each = prop_oneof![-500..-50_i64, 50..500_i64];
    let growth = (0..10_i64, 3..15_i64, 1..=3_i64, each, any::<bool>(), 0..=3_i64, 0..=3_i64).prop_map(
        |(base, origin, unit, each, whole_units, below, above)| {
            let at = |units: i64| Points::new(base * 100 + each.abs() * units).unwrap();
            Scoring::Growth(Growth {
                base: whole(base),
                origin,
                unit,
                per_unit: Points::new(each).unwrap(),
                whole_units,
                floor: at(-below),
                ceiling: at(above),
            })
        },
    );
    prop_oneof![target, best, growth]
}

fn number() -> impl Strategy<Value = Test> {
    prop_oneof![
        (0..20_i64).prop_map(Test::AtLeast),
        (0..20_i64).prop_map(Test::Above),
        (0..20_i64).prop_map(Test::AtMost),
        (0..20_i64).prop_map(Test::Below),
    ]
}

fn judged() -> impl Strategy<Value = Test> {
    let level = || vec(prop::sample::select(LEVELS.to_vec()).prop_map(label), 1..3);
    prop_oneof![level().prop_map(Test::OneOf), level().prop_map(Test::NoneOf)]
}

/// A question that fits the input it is asked of.
fn condition() -> impl Strategy<Value = Condition> {
    (prop::sample::select(KEYS.to_vec()), number(), judged()).prop_map(
        |((input, measure), number, judged)| Condition {
            input: key(input),
            test: if measure == Measure::Level { judged } else { number },
        },
    )
}

/// A method with the cohort that it needs, for tiers that begin at two scores.
fn method() -> impl Strategy<Value = (Bars, Method, Cohort)> {
    let ties = prop_oneof![
        Just(Ties::AllUp),
        (prop::sample::select(vec!["days", "line"]), better())
            .prop_map(|(input, better)| Ties::By(TieBreak { input: key(input), better })),
    ];
    let ask = || {
        let input = condition().prop_map(|one| Ask::Input { input: one.input, test: one.test });
        let bound = 0..60_i64;
        let score = (bound, any::<bool>()).prop_map(|(bound, inclusive)| Ask::Score {
            test: if inclusive { Test::AtLeast(bound * 100) } else { Test::Above(bound * 100) },
        });
        prop_oneof![input, score]
    };
    let rule = |name: &'static str, tier: &'static str| {
        (vec(ask(), 0..3), vec(ask(), 0..3)).prop_map(move |(all, any)| Rule {
            key: key(name),
            name: text(),
            clause: "1".to_owned(),
            all,
            any,
            tier: label(tier),
        })
    };
    let bars = (1..30_i64, 1..30_i64).prop_map(|(lower, more)| Bars { first: lower + more, second: lower });
    let bests = (prop::option::of(-2..15_i64), prop::option::of(1..15_i64));
    let threshold = Just(Method::Threshold(Threshold {}));
    let quota = ties.prop_map(|ties| Method::Quota(Quota { rounding: Rounding::Nearest, ties }));
    let rules =
        (rule("first", "T1"), rule("also", "T1"), rule("second", "T2")).prop_map(|(one, two, three)| {
            Method::Rules(Rules { rules: vec![one, two, three], otherwise: label("T3") })
        });
    let cut = (prop::option::of(0..20_i64), any::<bool>());
    (prop_oneof![2 => threshold, 1 => quota, 1 => rules], bars, bests, [cut.clone(), cut]).prop_map(
        |(method, bars, bests, cuts)| {
            let best = |(name, value): (&str, Option<i64>)| {
                Some(BestOf { indicator: key(name), segment: None, value: value?, customers: 1 })
            };
            let by = matches!(&method, Method::Quota(quota) if quota.ties != Ties::AllUp);
            let cut = |(tier, score, (tie, inclusive)): (&str, i64, (Option<i64>, bool))| Cut {
                tier: label(tier),
                places: 1,
                taken: 1,
                bar: Some(Bar { score: whole(score), inclusive, tie: tie.filter(|_| by) }),
            };
            let [first, second] = cuts;
            let cohort = Cohort {
                customers: 3,
                ranked: 3,
                bests: [("bands", bests.0), ("line", bests.1)].into_iter().filter_map(best).collect(),
                cuts: Some(vec![cut(("T1", bars.first, first)), cut(("T2", bars.second, second))]),
            };
            (bars, method, cohort)
        },
    )
}

/// The scores at which the two better tiers begin.
#[derive(Debug, Clone, Copy)]
struct Bars {
    first: i64,
    second: i64,
}

fn levels() -> impl Strategy<Value = Scoring> {
    vec(0..20_i64, 3).prop_map(|points| {
        let level =
            |(key, points): (&str, i64)| Level { key: label(key), points: whole(points), meaning: text() };
        Scoring::Levels(Levels { levels: LEVELS.into_iter().zip(points).map(level).collect() })
    })
}

fn gate() -> impl Strategy<Value = Gate> {
    let tier = || prop::sample::select(vec!["T1", "T2", "T3"]).prop_map(label);
    let effect = prop_oneof![
        tier().prop_map(|tier| Effect::Cap { tier }),
        tier().prop_map(|tier| Effect::Floor { tier }),
        tier().prop_map(|tier| Effect::Require { tier }),
        Just(Effect::Provisional),
    ];
    (condition(), effect).prop_map(|(when, effect)| Gate {
        key: key("gate"),
        name: text(),
        clause: "1".to_owned(),
        when,
        effect,
    })
}

fn policy() -> impl Strategy<Value = (Policy, Cohort)> {
    let scorings = (prop_oneof![bands(), line(), proportion()], prop_oneof![line(), proportion()], levels());
    let marks = prop_oneof![Just(Marks::default()), Just(Marks::Points)];
    let limit = prop::option::of((0..60_i64).prop_map(whole));
    (scorings, vec(gate(), 0..4), method(), 0..8_000_i64, marks, limit).prop_map(
        |((first, second, third), gates, (bars, method, cohort), floor, marks, score_ceiling)| {
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
            let policy = Policy {
                title: text(),
                document: "1".to_owned(),
                evidence_floor: BasisPoints::new(floor).unwrap(),
                marks,
                score_floor: None,
                score_ceiling,
                segments: Vec::new(),
                indicators: indicators.map(indicator).collect(),
                facts: KEYS.into_iter().skip(3).map(fact).collect(),
                gates,
                method,
                tiers: vec![tier("T1", bars.first), tier("T2", bars.second), tier("T3", 0)],
            };
            (policy, cohort)
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
    compiled: Compiled<'a>,
    /// By which others are measured: not for a customer to move.
    fixed: Vec<Key>,
    inputs: &'a Inputs,
    goal: usize,
    single: Vec<Change>,
    pair: Vec<Change>,
}

impl<'a> Case<'a> {
    fn new(policy: &'a Policy, cohort: &'a Cohort, inputs: &'a Inputs) -> Option<Self> {
        let assessment = grade(policy, cohort, inputs);
        let target = assessment.ways_up.target?;
        let goal = policy.tiers.iter().position(|tier| tier.key == target)?;
        let (single, pair) = (assessment.ways_up.single, assessment.ways_up.pair);
        let targets = policy.indicators.iter().filter_map(|one| match &one.scoring {
            Scoring::Target(Target { target: Goal::Input(key), .. }) => Some(key.clone()),
            _ => None,
        });
        let (compiled, fixed) = (Compiled::new(policy, cohort), targets.collect());
        Some(Self { compiled, fixed, inputs, goal, single, pair })
    }

    fn reaches(&self, changes: &[(&Key, &Input)]) -> bool {
        let mut changed = self.inputs.clone();
        for (key, input) in changes {
            changed.values.insert((*key).clone(), (*input).clone());
        }
        // Held against the plain engine elsewhere.
        self.compiled.grade_fast(&changed).tier.is_some_and(|tier| tier <= self.goal)
    }

    /// Every other input that a key could have.
    fn others(&self, key: &Key, measure: Measure) -> Vec<Input> {
        let from = self.inputs.get(key);
        let all: Vec<Input> = match measure {
            _ if *from == Input::NotApplicable || self.fixed.contains(key) => Vec::new(),
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
        (policy, cohort) in policy(), inputs in inputs()
    ) {
        let case = Case::new(&policy, &cohort, &inputs);
        prop_assume!(case.is_some());
        let case = case.unwrap();
        for (name, measure) in KEYS {
            let name = key(name);
            let offered = case.single.iter().find(|change| change.input == name);
            let leading: Vec<Input> = case.others(&name, measure).into_iter()
                .filter(|to| case.reaches(&[(&name, to)])).collect();
            prop_assert!(offered.is_some() || leading.is_empty(), "{} has {:?}", name, leading);
            if let Some(change) = offered {
                prop_assert!(case.reaches(&[(&name, &change.to)]), "{:?} leads nowhere", change);
                let least = leading.iter().filter_map(|to| steps(&change.from, to)).min();
                // A target of its own may ask for more than was tried.
                let tried = change.to.value().is_none_or(|value| NUMBERS.contains(&value));
                let own = steps(&change.from, &change.to);
                prop_assert!(own == least || !tried, "{:?} in {:?}", change, leading);
            }
        }
    }

    #[test]
    fn a_way_of_two_changes_needs_both_and_is_offered_whenever_there_is_one(
        (policy, cohort) in policy(), inputs in inputs()
    ) {
        let case = Case::new(&policy, &cohort, &inputs);
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
