//! Policies in the style of published ones, each with cases worked out by hand.
//!
//! A policy is a file of `data/policies`; the file of cases beside it holds what a book comes to as a
//! cohort, what single values earn (`bounds`), and what customers get (`cases`). A number is measured, a
//! text judged, `null` missing, and `false` does not apply. Both sides of every bound must be among them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use shared::grading::method::Ask;
use shared::grading::{
    Assessment, Cohort, Indicator, Input, Inputs, Lack, Method, Placement, Policy, Scoring, Test, check,
    grade, parse,
};
use shared::id::{Key, Label};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    cohort: Option<Expected>,
    #[serde(default)]
    book: Vec<BTreeMap<String, Value>>,
    /// What every case and bound begins with.
    #[serde(default)]
    base: BTreeMap<String, Value>,
    #[serde(default)]
    bounds: Vec<Bound>,
    cases: Vec<Case>,
}

/// An indicator, a value of it, the hundredths of a point that it earns, and for which segment.
#[derive(Deserialize)]
#[serde(untagged)]
enum Bound {
    Common(String, Value, i64),
    Own(String, Value, i64, String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    ranked: Option<u64>,
    #[serde(default)]
    places: Vec<u64>,
    #[serde(default)]
    taken: Vec<u64>,
    /// Score, deciding value, and whether the score itself is enough, which it is if not said.
    #[serde(default)]
    bars: Vec<Vec<Value>>,
    #[serde(default)]
    bests: BTreeMap<String, i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    what: String,
    segment: Option<String>,
    inputs: BTreeMap<String, Value>,
    score: i64,
    tier: Option<String>,
    scored_tier: Option<String>,
    provisional: Option<bool>,
    before_limits: Option<i64>,
    range: Option<(i64, i64)>,
    #[serde(default, with = "said")]
    rule: Option<Option<String>>,
    #[serde(default)]
    lacks: BTreeMap<String, String>,
}

/// A key that may be said to be `null`: the last resort.
mod said {
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
        Option::<String>::deserialize(from).map(Some)
    }
}

fn key(text: &str) -> Key {
    Key::parse(text).unwrap()
}

fn input(value: &Value) -> Input {
    match value {
        Value::Null => Input::Missing,
        Value::Bool(_) => Input::NotApplicable,
        Value::String(level) => Input::Judged { level: Label::parse(level).unwrap() },
        number => Input::Measured { value: number.as_i64().unwrap() },
    }
}

fn inputs(segment: Option<&str>, parts: [&BTreeMap<String, Value>; 2]) -> Inputs {
    let values = parts.into_iter().flatten().map(|(name, value)| (key(name), input(value)));
    Inputs { segment: segment.map(|text| Label::parse(text).unwrap()), values: values.collect() }
}

fn policies() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("tests/data/policies");
    let mut found = vec![("default".to_owned(), root.join("policies/default.json"))];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".json").filter(|name| !name.ends_with(".cases")) {
            found.push((name.to_owned(), path));
        }
    }
    assert!(found.len() >= 11, "only {} policies were found", found.len());
    found
}

#[test]
fn every_policy_gives_what_its_cases_say() {
    for (name, path) in policies() {
        let policy =
            parse(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|all| panic!("{name}: {all:?}"));
        assert_eq!(check(&policy), [], "{name}");
        let path = format!("{}/tests/data/policies/{name}.cases.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|why| panic!("{path}: {why}"));
        let cases: Cases = serde_json::from_str(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
        let none = BTreeMap::new();
        let book: Vec<Inputs> = cases.book.iter().map(|one| inputs(None, [&cases.base, one])).collect();
        let cohort = Cohort::of(&policy, book.iter());
        if let Some(expected) = &cases.cohort {
            held_cohort(&name, &cohort, expected);
        }
        for bound in &cases.bounds {
            let (indicator, value, points, segment) = bound.parts();
            let mut given = inputs(segment, [&cases.base, &none]);
            given.values.insert(key(indicator), input(value));
            let all = grade(&policy, &cohort, &given);
            let line = all.lines.iter().find(|line| line.indicator == key(indicator)).unwrap();
            assert_eq!(line.points.get(), points, "{name}: {indicator} at {value} ({segment:?})");
            assert!(line.matched.is_some(), "{name}: {indicator} at {value}");
        }
        for case in &cases.cases {
            let given = inputs(case.segment.as_deref(), [&cases.base, &case.inputs]);
            held(&name, case, &grade(&policy, &cohort, &given));
        }
        covered(&name, &policy, &cases);
    }
}

impl Bound {
    fn parts(&self) -> (&str, &Value, i64, Option<&str>) {
        match self {
            Self::Common(indicator, value, points) => (indicator, value, *points, None),
            Self::Own(indicator, value, points, segment) => (indicator, value, *points, Some(segment)),
        }
    }
}

fn held_cohort(name: &str, cohort: &Cohort, expected: &Expected) {
    let cuts = cohort.cuts.clone().unwrap_or_default();
    if let Some(ranked) = expected.ranked {
        assert_eq!(cohort.ranked, ranked, "{name}");
    }
    assert_eq!(cuts.iter().map(|cut| cut.places).collect::<Vec<_>>(), expected.places, "{name}");
    assert_eq!(cuts.iter().map(|cut| cut.taken).collect::<Vec<_>>(), expected.taken, "{name}");
    for (cut, bar) in cuts.iter().zip(&expected.bars) {
        let own = cut.bar.as_ref().unwrap();
        assert_eq!(Some(own.score.get()), bar[0].as_i64(), "{name}: {}", cut.tier);
        assert_eq!(own.tie, bar[1].as_i64(), "{name}: {}", cut.tier);
        assert_eq!(own.inclusive, bar.get(2).is_none_or(|one| *one == true), "{name}: {}", cut.tier);
    }
    let bests = cohort.bests.iter().map(|one| (one.indicator.to_string(), one.value));
    assert_eq!(bests.collect::<BTreeMap<_, _>>(), expected.bests, "{name}");
}

fn held(name: &str, case: &Case, all: &Assessment) {
    let what = format!("{name}: {}: {}", case.what, all.to_json());
    assert_eq!(all.score.get(), case.score, "{what}");
    let tier = |tier: &Option<Label>| tier.as_ref().map(|tier| tier.to_string());
    assert_eq!(tier(&all.tier), case.tier, "{what}");
    assert_eq!(tier(&all.scored_tier), case.scored_tier.clone().or(case.tier.clone()), "{what}");
    assert_eq!(all.provisional, case.provisional.unwrap_or(false), "{what}");
    assert_eq!(all.before_limits.map(|points| points.get()), case.before_limits, "{what}");
    if let Some(range) = case.range {
        assert_eq!((all.range.low.get(), all.range.high.get()), range, "{what}");
    }
    if let Some(rule) = &case.rule {
        let found = match &all.placement {
            Some(Placement::Rule { rule, .. }) => Some(rule.to_string()),
            Some(Placement::LastResort) => None,
            other => panic!("{what}: {other:?}"),
        };
        assert_eq!(found, *rule, "{what}");
    }
    let lacks = all.lines.iter().filter_map(|line| {
        let word = match line.lacks.as_ref()? {
            Lack::Target { .. } => "target",
            Lack::Cohort => "cohort",
        };
        Some((line.indicator.to_string(), word.to_owned()))
    });
    assert_eq!(lacks.collect::<BTreeMap<_, _>>(), case.lacks, "{what}");
}

/// The two neighbours between which a question turns.
fn sides(test: &Test) -> Option<[i64; 2]> {
    match test {
        Test::AtLeast(bound) | Test::Below(bound) => Some([bound - 1, *bound]),
        Test::Above(bound) | Test::AtMost(bound) => Some([*bound, bound + 1]),
        Test::OneOf(_) | Test::NoneOf(_) => None,
    }
}

/// Both sides of every bound of a band, of a gate, of a rule and of a tier are among the cases.
fn covered(name: &str, policy: &Policy, cases: &Cases) {
    let given = |key: &Key, value: i64| {
        cases.cases.iter().any(|case| case.inputs.get(key.as_str()).and_then(Value::as_i64) == Some(value))
    };
    let scored = |score: i64| cases.cases.iter().any(|case| case.score == score);
    for gate in &policy.gates {
        for side in sides(&gate.when.test).into_iter().flatten() {
            assert!(given(&gate.when.input, side), "{name}: no case for {} at {side}", gate.key);
        }
    }
    if let Method::Rules(method) = &policy.method {
        for ask in method.rules.iter().flat_map(|rule| rule.all.iter().chain(&rule.any)) {
            match ask {
                Ask::Input { input, test } => sides(test)
                    .into_iter()
                    .flatten()
                    .for_each(|side| assert!(given(input, side), "{name}: no case for {input} at {side}")),
                Ask::Score { test } => sides(test)
                    .into_iter()
                    .flatten()
                    .for_each(|side| assert!(scored(side), "{name}: no case of {side}")),
            }
        }
    }
    for (tier, next) in policy.tiers.iter().zip(policy.tiers.iter().skip(1)) {
        let Some(from) = tier.from else { continue };
        let gives = |own: &Label, case: &Case| {
            case.scored_tier.as_ref().or(case.tier.as_ref()).is_some_and(|tier| tier == own.as_str())
        };
        let at = cases.cases.iter().any(|case| case.score == from.get() && gives(&tier.key, case));
        let below = cases.cases.iter().any(|case| case.score < from.get() && gives(&next.key, case));
        assert!(at && below, "{name}: no case on both sides of {}", tier.key);
    }
    // The bounds of the product's own policy have a table of their own.
    if name != "default" {
        policy.indicators.iter().for_each(|indicator| bands_covered(name, indicator, cases));
    }
}

fn bands_covered(name: &str, indicator: &Indicator, cases: &Cases) {
    let rules = indicator.by_segment.iter().map(|(segment, rule)| (Some(segment.as_str()), rule));
    for (own, rule) in rules.chain([(None, &indicator.scoring)]) {
        let Scoring::Bands(bands) = rule else { continue };
        let shared = |segment: &str| !indicator.by_segment.contains_key(&Label::parse(segment).unwrap());
        let tried = |value: i64| {
            cases.bounds.iter().map(Bound::parts).any(|(key, given, _, segment)| {
                let by_rule = segment == own || (own.is_none() && segment.is_some_and(shared));
                key == indicator.key.as_str() && given.as_i64() == Some(value) && by_rule
            })
        };
        for band in &bands.bands {
            let low = band
                .low()
                .map(|one| if one.inclusive { Test::AtLeast(one.value) } else { Test::Above(one.value) });
            let high = band
                .high()
                .map(|one| if one.inclusive { Test::AtMost(one.value) } else { Test::Below(one.value) });
            for side in [low, high].into_iter().flatten().filter_map(|test| sides(&test)).flatten() {
                assert!(tried(side), "{name}: {} has no row for {side} ({own:?})", indicator.key);
            }
        }
    }
}
