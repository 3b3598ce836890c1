//! Other names for keys, followed by everything that refers to them.

use shared::grading::method::{Ask, Method, Ties};
use shared::grading::scoring::Goal;
use shared::grading::{Condition, Effect, Policy, Scoring, Test};
use shared::id::{Key, Label};

/// Gives the input at a key another key, in all that asks for it.
pub fn rename_input(policy: &mut Policy, from: &Key, to: &Key) {
    let swap = |key: &mut Key| {
        if key == from {
            *key = to.clone();
        }
    };
    for indicator in &mut policy.indicators {
        swap(&mut indicator.key);
        for scoring in std::iter::once(&mut indicator.scoring).chain(indicator.by_segment.values_mut()) {
            if let Scoring::Target(rule) = scoring
                && let Goal::Input(key) = &mut rule.target
            {
                swap(key);
            }
        }
    }
    policy.facts.iter_mut().for_each(|fact| swap(&mut fact.key));
    policy.gates.iter_mut().for_each(|gate| swap(&mut gate.when.input));
    match &mut policy.method {
        Method::Threshold(_) => {}
        Method::Quota(quota) => {
            if let Ties::By(tie) = &mut quota.ties {
                swap(&mut tie.input);
            }
        }
        Method::Rules(rules) => {
            for ask in rules.rules.iter_mut().flat_map(|rule| rule.all.iter_mut().chain(&mut rule.any)) {
                if let Ask::Input { input, .. } = ask {
                    swap(input);
                }
            }
        }
    }
}

/// Gives a tier another key, in all that speaks of it.
pub fn rename_tier(policy: &mut Policy, from: &Label, to: &Label) {
    let swap = |label: &mut Label| {
        if label == from {
            *label = to.clone();
        }
    };
    policy.tiers.iter_mut().for_each(|tier| swap(&mut tier.key));
    for gate in &mut policy.gates {
        match &mut gate.effect {
            Effect::Cap { tier } | Effect::Floor { tier } | Effect::Require { tier } => swap(tier),
            Effect::Provisional => {}
        }
    }
    if let Method::Rules(rules) = &mut policy.method {
        rules.rules.iter_mut().for_each(|rule| swap(&mut rule.tier));
        swap(&mut rules.otherwise);
    }
}

/// Gives a segment another key, with the scoring that is its own.
pub fn rename_segment(policy: &mut Policy, from: &Label, to: &Label) {
    for segment in policy.segments.iter_mut().filter(|one| one.key == *from) {
        segment.key = to.clone();
    }
    for indicator in &mut policy.indicators {
        // One that has scoring of that name already keeps it: nothing is overwritten.
        if !indicator.by_segment.contains_key(to)
            && let Some(own) = indicator.by_segment.remove(from)
        {
            indicator.by_segment.insert(to.clone(), own);
        }
    }
}

/// Gives a level of an input another key, in the questions about it.
pub fn rename_level(policy: &mut Policy, input: &Key, from: &Label, to: &Label) {
    let swap = |label: &mut Label| {
        if label == from {
            *label = to.clone();
        }
    };
    if let Some(indicator) = policy.indicators.iter_mut().find(|one| one.key == *input) {
        for scoring in std::iter::once(&mut indicator.scoring).chain(indicator.by_segment.values_mut()) {
            if let Scoring::Levels(rule) = scoring {
                rule.levels.iter_mut().for_each(|level| swap(&mut level.key));
            }
        }
    }
    each_test(policy, input, |test| {
        if let Test::OneOf(levels) | Test::NoneOf(levels) = test {
            levels.iter_mut().for_each(swap);
        }
    });
}

/// Every question of gates and rules about an input.
pub(super) fn each_test(policy: &mut Policy, about: &Key, mut change: impl FnMut(&mut Test)) {
    for gate in &mut policy.gates {
        let Condition { input, test } = &mut gate.when;
        if input == about {
            change(test);
        }
    }
    if let Method::Rules(rules) = &mut policy.method {
        for ask in rules.rules.iter_mut().flat_map(|rule| rule.all.iter_mut().chain(&mut rule.any)) {
            if let Ask::Input { input, test } = ask
                && input == about
            {
                change(test);
            }
        }
    }
}
