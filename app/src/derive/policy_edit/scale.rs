//! Another weight or another measure, with all that is written in it.

use shared::grading::scoring::Goal;
use shared::grading::{Indicator, Measure, Policy, Scoring, Test};
use shared::number::{Points, div_round};

use super::rename::each_test;
use crate::derive::policy_figure::redigited;
use crate::derive::policy_scoring::{Kind, converted};

/// The indicator with another weight, all its points in proportion. Of one without weight only what
/// names full marks can follow.
#[must_use]
pub fn reweighted(indicator: &Indicator, weight: Points) -> Indicator {
    let mut next = indicator.clone();
    next.weight = weight;
    let (from, to) = (i128::from(indicator.weight.get()), i128::from(weight.get()));
    let scaled = |points: &mut Points| {
        if let Some(exact) = div_round(i128::from(points.get()) * to, from) {
            *points = Points::clamped(exact);
        }
    };
    for scoring in std::iter::once(&mut next.scoring).chain(next.by_segment.values_mut()) {
        match scoring {
            Scoring::Bands(rule) => rule.bands.iter_mut().for_each(|band| scaled(&mut band.points)),
            Scoring::Levels(rule) => rule.levels.iter_mut().for_each(|level| scaled(&mut level.points)),
            Scoring::Linear(rule) => {
                scaled(&mut rule.from.points);
                scaled(&mut rule.to.points);
            }
            Scoring::Target(rule) => {
                if from == 0 {
                    rule.full = weight;
                }
                scaled(&mut rule.full);
                if let Some(cap) = &mut rule.cap {
                    scaled(cap);
                }
            }
            Scoring::Best(rule) => {
                if from == 0 {
                    rule.full = weight;
                }
                scaled(&mut rule.full);
            }
            Scoring::Growth(rule) => {
                for points in [&mut rule.base, &mut rule.per_unit, &mut rule.floor, &mut rule.ceiling] {
                    scaled(points);
                }
            }
        }
    }
    next
}

/// Gives an indicator another measure. Its figures keep their digits, in its scoring and in what is
/// asked of it; where the kind of scoring does not fit any more, it changes too.
pub fn set_measure(policy: &mut Policy, at: usize, measure: Measure) {
    let Some(indicator) = policy.indicators.get_mut(at) else { return };
    let (was, key) = (indicator.measure, indicator.key.clone());
    if was == measure {
        return;
    }
    indicator.measure = measure;
    let fitting = if measure == Measure::Level { Kind::Levels } else { Kind::Bands };
    let own = indicator.clone();
    for scoring in std::iter::once(&mut indicator.scoring).chain(indicator.by_segment.values_mut()) {
        if Kind::of(scoring).fits(measure) {
            values(scoring, |raw| *raw = redigited(*raw, was, measure));
        } else {
            *scoring = converted(&own, scoring, fitting);
        }
    }
    each_test(policy, &key, |test| match test {
        Test::AtLeast(raw) | Test::Above(raw) | Test::AtMost(raw) | Test::Below(raw) => {
            *raw = redigited(*raw, was, measure);
        }
        Test::OneOf(_) | Test::NoneOf(_) => {}
    });
}

/// Every figure of a scoring that is in the indicator's measure.
fn values(scoring: &mut Scoring, mut change: impl FnMut(&mut i64)) {
    match scoring {
        Scoring::Bands(rule) => {
            for band in &mut rule.bands {
                let bounds = [&mut band.at_least, &mut band.above, &mut band.at_most, &mut band.below];
                bounds.into_iter().flatten().for_each(&mut change);
            }
        }
        Scoring::Linear(rule) => {
            change(&mut rule.from.value);
            change(&mut rule.to.value);
        }
        Scoring::Target(rule) => {
            if let Goal::Value(value) = &mut rule.target {
                change(value);
            }
        }
        Scoring::Growth(rule) => {
            change(&mut rule.origin);
            change(&mut rule.unit);
        }
        Scoring::Levels(_) | Scoring::Best(_) => {}
    }
}
