//! The trial (试算): which inputs differ from the real ones, and how each is moved.
//! Nothing of it is ever sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::grading::{
    Cohort, Condition, Indicator, Input, Inputs, Localized, Measure, Policy, Scoring, Test,
};
use shared::id::{Key, Label};
use shared::number::Points;

use super::scale::Scale;

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

    /// An input as it is to be graded.
    #[must_use]
    pub fn input<'a>(&'a self, real: &'a Inputs, key: &Key) -> &'a Input {
        self.changed.get(key).unwrap_or_else(|| real.get(key))
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

/// The inputs of a policy, indicators first, as it asks them of a customer of a segment and a cohort.
#[must_use]
pub fn controls(policy: &Policy, cohort: &Cohort, real: &Inputs) -> Vec<Control> {
    let asked = policy.asked(cohort);
    let indicators = policy.indicators.iter().map(|indicator| of_indicator(&asked, cohort, indicator, real));
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

/// The kinds of input, in the order in which they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Indicators with a number.
    Measured,
    /// Indicators with a level.
    Judged,
    /// What earns nothing but is looked at.
    Facts,
}

impl Control {
    /// Where it belongs.
    #[must_use]
    pub const fn group(&self) -> Group {
        match (self.weight, &self.kind) {
            (None, _) => Group::Facts,
            (Some(_), ControlKind::Scale(_)) => Group::Measured,
            (Some(_), ControlKind::Choice(_)) => Group::Judged,
        }
    }
}

/// The inputs by kind, in their own order within each; a kind without any is left out.
#[must_use]
pub fn groups(controls: Vec<Control>) -> Vec<(Group, Vec<Control>)> {
    let mut groups = [Group::Measured, Group::Judged, Group::Facts].map(|group| (group, Vec::new()));
    for control in controls {
        let own = control.group();
        if let Some((_, of)) = groups.iter_mut().find(|(group, _)| *group == own) {
            of.push(control);
        }
    }
    groups.into_iter().filter(|(_, of)| !of.is_empty()).collect()
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

#[cfg(test)]
mod tests {
    use shared::grading::{default_policy, grade};

    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    fn measured(value: i64) -> Input {
        Input::Measured { value }
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
        let applied = trial.applied(&real);
        for name in ["collection", "loyalty", "potential"].map(key) {
            assert_eq!(trial.input(&real, &name), applied.get(&name));
        }
        trial.set(&real, &key("loyalty"), Input::Missing);
        assert!(trial.is_empty());
    }

    #[test]
    fn every_input_of_the_policy_has_its_control() {
        let policy = default_policy().unwrap();
        let all = controls(&policy, &Cohort::default(), &Inputs::default());
        assert_eq!(all.len(), policy.indicators.len() + policy.facts.len());
        let rating = all.iter().find(|control| control.key == key("credit_rating")).unwrap();
        let ControlKind::Choice(levels) = &rating.kind else { panic!("a rating is chosen") };
        assert_eq!(levels.len(), 6);
    }

    #[test]
    fn every_input_is_in_one_group() {
        let all = controls(&default_policy().unwrap(), &Cohort::default(), &Inputs::default());
        let grouped = groups(all.clone());
        assert_eq!(
            grouped.iter().map(|(group, _)| *group).collect::<Vec<_>>(),
            [Group::Measured, Group::Judged, Group::Facts]
        );
        assert_eq!(grouped.iter().map(|(_, of)| of.len()).sum::<usize>(), all.len());
        assert!(grouped.iter().all(|(group, of)| of.iter().all(|one| one.group() == *group)));
        let facts: Vec<Control> = all.into_iter().filter(|one| one.weight.is_none()).collect();
        assert_eq!(groups(facts).len(), 1, "a group without any is left out");
    }
}
