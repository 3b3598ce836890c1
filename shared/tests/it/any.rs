//! Any policy, any cohort and any inputs: few keys, so that they meet; small numbers, bounds, and the
//! ends of the range.

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;
use shared::grading::method::{Ask, Quota, Rounding, Rule, Rules, Threshold, TieBreak, Ties};
use shared::grading::scoring::{Band, Bands, Best, Better, End, Goal, Growth, Level, Levels, Linear, Target};
use shared::grading::{
    Bar, BestOf, Cohort, Condition, Cut, Effect, Fact, Gate, Indicator, Input, Inputs, Localized, Marks,
    Measure, Method, Policy, Scoring, Test, Tier, Treatment,
};
use shared::id::{Key, Label};
use shared::number::{BasisPoints, MAX_SAFE, Points};

pub fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

pub fn label(text: &str) -> Label {
    Label::parse(text).unwrap()
}

pub fn text() -> Localized {
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
    let bound = || of(number());
    let band = (bound(), bound(), bound(), bound(), points()).prop_map(
        |(at_least, above, at_most, below, points)| Band { at_least, above, at_most, below, points },
    );
    let level = (level(), points()).prop_map(|(key, points)| Level { key, points, meaning: text() });
    let goal = prop_oneof![number().prop_map(Goal::Value), name().prop_map(Goal::Input)];
    let end = || (number(), points()).prop_map(|(value, points)| End { value, points });
    prop_oneof![
        vec(band, 0..5).prop_map(|bands| Scoring::Bands(Bands { bands })),
        vec(level, 0..5).prop_map(|levels| Scoring::Levels(Levels { levels })),
        (end(), end()).prop_map(|(from, to)| Scoring::Linear(Linear { from, to })),
        (points(), goal, of(points())).prop_map(|(full, target, cap)| Scoring::Target(Target {
            full,
            target,
            cap
        })),
        (points(), better()).prop_map(|(full, better)| Scoring::Best(Best { full, better })),
        (points(), number(), number(), points(), any::<bool>(), points(), points()).prop_map(
            |(base, origin, unit, per_unit, whole_units, floor, ceiling)| {
                Scoring::Growth(Growth { base, origin, unit, per_unit, whole_units, floor, ceiling })
            }
        ),
    ]
}

fn better() -> impl Strategy<Value = Better> {
    prop_oneof![Just(Better::Higher), Just(Better::Lower)]
}

fn test() -> impl Strategy<Value = Test> {
    prop_oneof![
        number().prop_map(Test::AtLeast),
        number().prop_map(Test::Above),
        number().prop_map(Test::AtMost),
        number().prop_map(Test::Below),
        vec(level(), 0..3).prop_map(Test::OneOf),
        vec(level(), 0..3).prop_map(Test::NoneOf),
    ]
}

fn method() -> impl Strategy<Value = Method> {
    let ties = prop_oneof![
        Just(Ties::AllUp),
        Just(Ties::AllDown),
        (name(), better()).prop_map(|(input, better)| Ties::By(TieBreak { input, better })),
    ];
    let rounding = prop_oneof![Just(Rounding::Nearest), Just(Rounding::Up), Just(Rounding::Down)];
    let ask = || {
        prop_oneof![
            (name(), test()).prop_map(|(input, test)| Ask::Input { input, test }),
            test().prop_map(|test| Ask::Score { test }),
        ]
    };
    let rule = (name(), vec(ask(), 0..3), vec(ask(), 0..3), level()).prop_map(|(key, all, any, tier)| Rule {
        key,
        name: text(),
        clause: "1".to_owned(),
        all,
        any,
        tier,
    });
    prop_oneof![
        Just(Method::Threshold(Threshold {})),
        (rounding, ties).prop_map(|(rounding, ties)| Method::Quota(Quota { rounding, ties })),
        (vec(rule, 0..4), level()).prop_map(|(rules, otherwise)| Method::Rules(Rules { rules, otherwise })),
    ]
}

pub fn cohort() -> impl Strategy<Value = Cohort> {
    let best = (name(), of(level()), number(), any::<u64>())
        .prop_map(|(indicator, segment, value, customers)| BestOf { indicator, segment, value, customers });
    let bar = (points(), any::<bool>(), of(number())).prop_map(|(score, inclusive, tie)| Bar {
        score,
        inclusive,
        tie,
    });
    let cut = (level(), any::<u64>(), any::<u64>(), of(bar)).prop_map(|(tier, places, taken, bar)| Cut {
        tier,
        places,
        taken,
        bar,
    });
    (any::<u64>(), any::<u64>(), vec(best, 0..4), of(vec(cut, 0..5)))
        .prop_map(|(customers, ranked, bests, cuts)| Cohort { customers, ranked, bests, cuts })
}

fn gate() -> impl Strategy<Value = Gate> {
    let effect = prop_oneof![
        level().prop_map(|tier| Effect::Cap { tier }),
        level().prop_map(|tier| Effect::Floor { tier }),
        level().prop_map(|tier| Effect::Require { tier }),
        Just(Effect::Provisional),
    ];
    (name(), name(), test(), effect).prop_map(|(key, input, test, effect)| Gate {
        key,
        name: text(),
        clause: "1".to_owned(),
        when: Condition { input, test },
        effect,
    })
}

fn indicator() -> impl Strategy<Value = Indicator> {
    let own = btree_map(level(), scoring(), 0..2);
    (name(), points(), scoring(), own).prop_map(|(key, weight, scoring, by_segment)| Indicator {
        key,
        name: text(),
        asks: text(),
        clause: "1".to_owned(),
        measure: Measure::Count,
        weight,
        scoring,
        by_segment,
    })
}

pub fn policy() -> impl Strategy<Value = Policy> {
    let tier = (level(), of(points()), of(number())).prop_map(|(key, from, share)| Tier {
        key,
        name: text(),
        from,
        share: share.map(|raw| BasisPoints::clamped(raw.into())),
        colour: None,
        treatment: Treatment::default(),
    });
    let fact = name().prop_map(|key| Fact {
        key,
        name: text(),
        measure: Measure::Level,
        levels: vec![label("A"), label("D")],
    });
    let marks = prop_oneof![points().prop_map(|total| Marks::Weights { total }), Just(Marks::Points)];
    let limits = (number(), of(points()), of(points()));
    let lists = (vec(indicator(), 0..5), vec(gate(), 0..4), vec(tier, 0..4), vec(fact, 0..2));
    (lists, limits, marks, method()).prop_map(
        |((indicators, gates, tiers, facts), (evidence, score_floor, score_ceiling), marks, method)| Policy {
            title: text(),
            document: "1".to_owned(),
            evidence_floor: BasisPoints::clamped(evidence.into()),
            marks,
            score_floor,
            score_ceiling,
            segments: Vec::new(),
            indicators,
            facts,
            gates,
            method,
            tiers,
        },
    )
}

pub fn inputs() -> impl Strategy<Value = Inputs> {
    (of(level()), btree_map(name(), input(), 0..4))
        .prop_map(|(segment, values)| Inputs { segment, values: values.into_iter().collect() })
}
