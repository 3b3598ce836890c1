//! The trial (试算): which inputs differ from the real ones, and the scales to move them on.
//! Nothing of it is ever sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::grading::{
    Cohort, Condition, Indicator, Input, Inputs, Localized, Measure, Policy, Scoring, Test,
};
use shared::id::{Key, Label};
use shared::number::{MAX_SAFE, Points, div_round};

/// The inputs that differ from the real ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    changed: BTreeMap<Key, Input>,
}

impl Trial {
    /// Puts an input; one equal to the real one is no change.
    pub fn set(&mut self, real: &Inputs, key: &Key, input: Input) {
        if *real.get(key) == input {
            self.changed.remove(key);
        } else {
            self.changed.insert(key.clone(), input);
        }
    }

    /// Puts the real input back.
    pub fn reset(&mut self, key: &Key) {
        self.changed.remove(key);
    }

    /// Whether an input differs.
    #[must_use]
    pub fn has(&self, key: &Key) -> bool {
        self.changed.contains_key(key)
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty()
    }

    /// The inputs to grade.
    #[must_use]
    pub fn applied(&self, real: &Inputs) -> Inputs {
        let mut inputs = real.clone();
        inputs.values.extend(self.changed.iter().map(|(key, input)| (key.clone(), input.clone())));
        inputs
    }

    /// Without the keys that the policy does not ask for, as a remembered trial may hold.
    #[must_use]
    pub fn known_to(mut self, controls: &[Control]) -> Self {
        self.changed.retain(|key, _| controls.iter().any(|control| control.key == *key));
        self
    }
}

/// One input of a policy and how to move it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The input.
    pub key: Key,
    /// Its name.
    pub name: Localized,
    /// What it asks; of an indicator.
    pub asks: Option<Localized>,
    /// The clause of an indicator; empty for a fact.
    pub clause: String,
    /// Its unit.
    pub measure: Measure,
    /// Full marks; absent for a fact, which only gates ask for.
    pub weight: Option<Points>,
    /// How to move it.
    pub kind: ControlKind,
}

/// How an input is moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ControlKind {
    /// On a scale.
    Scale(Scale),
    /// By choosing a level.
    Choice(Vec<Choice>),
}

/// A level to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The level.
    pub level: Label,
    /// What it means, where the policy says so.
    pub meaning: Option<Localized>,
    /// Points it earns, for an indicator.
    pub points: Option<Points>,
}

/// The inputs of a policy, indicators first, as it asks them of a customer of a segment.
#[must_use]
pub fn controls(policy: &Policy, real: &Inputs) -> Vec<Control> {
    let cohort = Cohort::default();
    let asked = policy.asked(&cohort);
    let indicators = policy.indicators.iter().map(|indicator| of_indicator(&asked, &cohort, indicator, real));
    let facts = policy.facts.iter().map(|fact| {
        let kind = if fact.measure == Measure::Level {
            let plain = |level: &Label| Choice { level: level.clone(), meaning: None, points: None };
            let named = fact.levels.iter().map(plain);
            let asked = asked_levels(&asked, &fact.key).map(plain);
            ControlKind::Choice(without_repeats(named.chain(asked)))
        } else {
            ControlKind::Scale(Scale::new(fact.measure, asked_bounds(&asked, &fact.key), real.get(&fact.key)))
        };
        Control {
            key: fact.key.clone(),
            name: fact.name.clone(),
            asks: None,
            clause: String::new(),
            measure: fact.measure,
            weight: None,
            kind,
        }
    });
    indicators.chain(facts).collect()
}

fn of_indicator(asked: &[Condition], cohort: &Cohort, indicator: &Indicator, real: &Inputs) -> Control {
    let kind = match indicator.scoring_for(real.segment.as_ref()) {
        Scoring::Levels(levels) => ControlKind::Choice(
            levels
                .levels
                .iter()
                .map(|level| Choice {
                    level: level.key.clone(),
                    meaning: Some(level.meaning.clone()),
                    points: Some(level.points),
                })
                .collect(),
        ),
        Scoring::Bands(_)
        | Scoring::Linear(_)
        | Scoring::Target(_)
        | Scoring::Best(_)
        | Scoring::Growth(_) => {
            let stops = asked_bounds(asked, &indicator.key).chain(indicator.stops(cohort, real));
            ControlKind::Scale(Scale::new(indicator.measure, stops, real.get(&indicator.key)))
        }
    };
    Control {
        key: indicator.key.clone(),
        name: indicator.name.clone(),
        asks: Some(indicator.asks.clone()),
        clause: indicator.clause.clone(),
        measure: indicator.measure,
        weight: Some(indicator.weight),
        kind,
    }
}

fn of_key<'a>(asked: &'a [Condition], key: &'a Key) -> impl Iterator<Item = &'a Condition> {
    asked.iter().filter(move |when| when.input == *key)
}

fn asked_bounds<'a>(asked: &'a [Condition], key: &'a Key) -> impl Iterator<Item = i64> + 'a {
    of_key(asked, key).filter_map(|when| match when.test {
        Test::AtLeast(bound) | Test::Above(bound) | Test::AtMost(bound) | Test::Below(bound) => Some(bound),
        Test::OneOf(_) | Test::NoneOf(_) => None,
    })
}

fn asked_levels<'a>(asked: &'a [Condition], key: &'a Key) -> impl Iterator<Item = &'a Label> {
    of_key(asked, key).flat_map(|when| match &when.test {
        Test::OneOf(levels) | Test::NoneOf(levels) => levels.as_slice(),
        Test::AtLeast(_) | Test::Above(_) | Test::AtMost(_) | Test::Below(_) => &[],
    })
}

fn without_repeats(choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    let mut out: Vec<Choice> = Vec::new();
    for choice in choices {
        if out.iter().all(|one| one.level != choice.level) {
            out.push(choice);
        }
    }
    out
}

/// A scale ruled by the bounds of a rule: every stretch between two bounds is equally long, so that
/// a band from 10 to 30 can be hit as well as one from 500 to 1,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The unit.
    pub measure: Measure,
    /// The ends and the bounds between them, ascending, at least two.
    stops: Vec<i64>,
    /// Positions from one stop to the next.
    per: i64,
}

impl Scale {
    /// The scale of some bounds, with a stretch beyond the outermost ones, wide enough for the
    /// real value.
    #[must_use]
    pub fn new(measure: Measure, bounds: impl IntoIterator<Item = i64>, real: &Input) -> Self {
        let mut stops: Vec<i64> = bounds.into_iter().map(|bound| bound.clamp(-MAX_SAFE, MAX_SAFE)).collect();
        stops.sort_unstable();
        stops.dedup();
        let fallback = match measure {
            Measure::Money => 1_000_000_000,
            Measure::Ratio => 10_000,
            Measure::Days => 180,
            Measure::Months => 24,
            Measure::Count | Measure::Level => 100,
        };
        let (first, last) = match (stops.first(), stops.last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => (0, fallback),
        };
        let gap = |pair: Option<(&i64, &i64)>| {
            pair.map_or(if first == 0 { fallback } else { first.saturating_abs() }, |(low, high)| high - low)
        };
        let second = stops.get(1);
        let below = first.saturating_sub(gap(stops.first().zip(second)));
        let above = last.saturating_add(gap(stops.iter().rev().nth(1).zip(stops.last())));
        // What has no negative values by its nature begins at zero.
        let below = if first >= 0 { below.max(0) } else { below };
        stops.extend([below, above]);
        if let Input::Measured { value } = real {
            let value = (*value).clamp(-MAX_SAFE, MAX_SAFE);
            if value < below || value > above {
                stops.push(value);
            }
        }
        stops.sort_unstable();
        stops.dedup();
        let stretches = i64::try_from(stops.len().saturating_sub(1)).unwrap_or(1).max(1);
        Self { measure, stops, per: (480 / stretches).clamp(40, 240) }
    }

    /// The last position; the first is 0.
    #[must_use]
    pub fn last(&self) -> i64 {
        i64::try_from(self.stops.len().saturating_sub(1)).unwrap_or(0).saturating_mul(self.per)
    }

    /// The value at a position, rounded to a step that reads well; exact at every stop.
    #[must_use]
    pub fn value_at(&self, position: i64) -> i64 {
        let position = position.clamp(0, self.last());
        let index = usize::try_from(position / self.per).unwrap_or(0);
        let (Some(low), within) = (self.stops.get(index), position % self.per) else { return 0 };
        let Some(high) = self.stops.get(index + 1) else { return *low };
        if within == 0 {
            return *low;
        }
        let step = self.step(i128::from(*high) - i128::from(*low));
        let exact = i128::from(*low) * i128::from(self.per)
            + (i128::from(*high) - i128::from(*low)) * i128::from(within);
        let steps = div_round(exact, i128::from(self.per) * step).unwrap_or(0);
        i64::try_from(steps * step).unwrap_or(*low).clamp(*low, *high)
    }

    /// The position nearest to a value.
    #[must_use]
    pub fn position_of(&self, value: i64) -> i64 {
        let mut base = 0;
        for (low, high) in self.stops.iter().zip(self.stops.iter().skip(1)) {
            if value < *high {
                let part = (i128::from(value) - i128::from(*low)) * i128::from(self.per);
                let within = div_round(part, i128::from(*high) - i128::from(*low)).unwrap_or(0);
                return base + i64::try_from(within).unwrap_or(0).clamp(0, self.per);
            }
            base += self.per;
        }
        self.last()
    }

    /// The positions of the bounds, the ends not among them.
    #[must_use]
    pub fn ticks(&self) -> Vec<i64> {
        let inner = self.stops.len().saturating_sub(2);
        (1..).take(inner).map(|index: i64| index * self.per).collect()
    }

    /// The largest of 1, 2, 5, 10, 20 … least steps that still moves at every position; money moves
    /// by whole yuan at least, a ratio by tenths of a per cent.
    fn step(&self, stretch: i128) -> i128 {
        let least: i128 = match self.measure {
            Measure::Money => 100,
            Measure::Ratio => 10,
            Measure::Days | Measure::Months | Measure::Count | Measure::Level => 1,
        };
        let most = stretch / i128::from(self.per);
        let (mut step, mut decade) = (least, least);
        while decade <= most {
            step =
                [decade, decade * 2, decade * 5].into_iter().filter(|one| *one <= most).max().unwrap_or(step);
            decade *= 10;
        }
        step
    }
}

#[cfg(test)]
mod tests {
    use shared::grading::{Cohort, default_policy, grade};

    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    fn measured(value: i64) -> Input {
        Input::Measured { value }
    }

    fn scale(text: &str, real: &Inputs) -> Scale {
        let policy = default_policy().unwrap();
        match controls(&policy, real).into_iter().find(|control| control.key == key(text)).unwrap().kind {
            ControlKind::Scale(scale) => scale,
            ControlKind::Choice(_) => panic!("{text} is chosen"),
        }
    }

    #[test]
    fn scales_are_ruled_by_the_bands() {
        let sales = scale("annual_sales", &Inputs::default());
        let wan = |raw: i64| raw / 1_000_000;
        let ruled: Vec<i64> = sales.ticks().into_iter().map(|at| wan(sales.value_at(at))).collect();
        assert_eq!(ruled, [10, 30, 80, 200, 500, 1_000]);
        assert_eq!((wan(sales.value_at(0)), wan(sales.value_at(sales.last()))), (0, 1_500));

        let collection = scale("collection", &Inputs::default());
        assert_eq!(collection.value_at(collection.last()), 10_000);
        let overdue = scale("overdue_days", &Inputs::default());
        assert_eq!((overdue.value_at(0), overdue.value_at(overdue.last())), (0, 180));
    }

    #[test]
    fn a_scale_reaches_the_real_value_and_finds_it() {
        let mut real = Inputs::default();
        real.values.insert(key("potential"), measured(-6_400));
        let growth = scale("potential", &real);
        assert_eq!(growth.value_at(0), -6_400);
        for scale in [growth, scale("annual_sales", &real), scale("price_level", &real)] {
            for position in 0..=scale.last() {
                let value = scale.value_at(position);
                assert!((scale.position_of(value) - position).abs() <= 1, "{position}: {value}");
            }
            assert!((1..=scale.last()).all(|at| scale.value_at(at) >= scale.value_at(at - 1)));
        }
    }

    #[test]
    fn any_bounds_make_a_scale() {
        for bounds in
            [vec![], vec![0], vec![-7], vec![5, 5], vec![MAX_SAFE, -MAX_SAFE], vec![i64::MIN, i64::MAX]]
        {
            for real in [Input::Missing, measured(i64::MAX), measured(0)] {
                let scale = Scale::new(Measure::Count, bounds.clone(), &real);
                assert!(scale.last() > 0);
                for at in [-1, 0, 1, scale.last() / 2, scale.last(), i64::MAX] {
                    assert!((0..=scale.last()).contains(&scale.position_of(scale.value_at(at))));
                }
            }
        }
    }

    #[test]
    fn a_trial_holds_only_what_differs() {
        let policy = default_policy().unwrap();
        let mut real = Inputs::default();
        real.values.insert(key("collection"), measured(8_200));
        let mut trial = Trial::default();
        trial.set(&real, &key("collection"), measured(9_000));
        trial.set(&real, &key("loyalty"), Input::Judged { level: Label::parse("A").unwrap() });
        assert_eq!(grade(&policy, &Cohort::default(), &trial.applied(&real)).score.get(), 1_700 + 500);
        trial.set(&real, &key("collection"), measured(8_200));
        assert!(!trial.has(&key("collection")) && trial.has(&key("loyalty")));
        trial.set(&real, &key("loyalty"), Input::Missing);
        assert!(trial.is_empty());
    }

    #[test]
    fn every_input_of_the_policy_has_its_control() {
        let policy = default_policy().unwrap();
        let all = controls(&policy, &Inputs::default());
        assert_eq!(all.len(), policy.indicators.len() + policy.facts.len());
        let rating = all.iter().find(|control| control.key == key("credit_rating")).unwrap();
        let ControlKind::Choice(levels) = &rating.kind else { panic!("a rating is chosen") };
        assert_eq!(levels.len(), 6);
    }
}
