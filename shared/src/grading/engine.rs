//! The engine: total for any policy and any inputs, exact, and the same bytes everywhere.

use super::gate;
use super::ways::ways_up;
use super::{Assessment, Evidence, GateOutcome, Indicator, Input, Inputs, Line, Policy, Range, Scoring};
use crate::id::{Key, Label};
use crate::number::{BasisPoints, Points, div_round};

/// Grades one customer's year and explains the grade (clauses 3.1, 3.2).
///
/// Missing data earns nothing. What does not apply leaves the denominator: the points earned are
/// scaled to the full marks. With less evidence than the policy's floor there is no tier.
#[must_use]
pub fn grade(policy: &Policy, inputs: &Inputs) -> Assessment {
    let mut assessment = grade_plain(policy, inputs);
    if let (true, Some(tier)) = (assessment.evidence.enough, &assessment.tier) {
        assessment.ways_up = ways_up(policy, inputs, gate::rank(policy, tier));
    }
    assessment
}

/// [`grade`] without the ways up.
#[must_use]
pub fn grade_plain(policy: &Policy, inputs: &Inputs) -> Assessment {
    let lines: Vec<Line> = policy.indicators.iter().map(|indicator| line(indicator, inputs)).collect();
    let sums = Sums::of(policy, inputs);
    let evidence = sums.evidence(policy.evidence_floor);
    let score = sums.score();
    let scored = tier_of(policy, score);
    let bounded = gate::bounded(policy, scored, |key| inputs.get(key));
    let tier = |position: usize| -> Option<Label> {
        let tier = policy.tiers.get(position)?;
        evidence.enough.then(|| tier.key.clone())
    };
    let gates: Vec<GateOutcome> = policy
        .gates
        .iter()
        .map(|gate| {
            let input = inputs.get(&gate.when.input);
            let state = gate.state(input);
            GateOutcome {
                gate: gate.key.clone(),
                clause: gate.clause.clone(),
                input: input.clone(),
                state,
                effect: gate.effect.clone(),
                decisive: evidence.enough && gate.acts(state) && bounded.decided_by(policy, gate),
            }
        })
        .collect();
    let provisional = policy
        .gates
        .iter()
        .zip(&gates)
        .any(|(gate, outcome)| gate.effect == super::Effect::Provisional && gate.acts(outcome.state));
    Assessment {
        tier: tier(bounded.last),
        scored_tier: tier(scored),
        provisional,
        score,
        full: sums.full(),
        range: Range { low: score, high: sums.best() },
        missing: lines
            .iter()
            .filter(|line| line.input == Input::Missing)
            .map(|line| line.indicator.clone())
            .collect(),
        evidence,
        lines,
        gates,
        ways_up: super::WaysUp::default(),
    }
}

/// An input as an indicator takes it: one of the wrong sort, or one that falls through the rule, is
/// missing data to it.
fn line(indicator: &Indicator, inputs: &Inputs) -> Line {
    let input = inputs.get(&indicator.key);
    let scored = indicator.scoring_for(inputs.segment.as_ref()).kind().score(input);
    let (points, matched) = match scored {
        Some((points, matched)) => (points, Some(matched)),
        None => (Points::ZERO, None),
    };
    let input = match (input, &matched) {
        (Input::Measured { .. } | Input::Judged { .. }, None) => Input::Missing,
        _ => input.clone(),
    };
    let share = crate::number::ratio(points.get(), indicator.weight.get()).unwrap_or_default();
    Line {
        indicator: indicator.key.clone(),
        clause: indicator.clause.clone(),
        weight: indicator.weight,
        input,
        matched,
        points,
        share,
    }
}

impl Indicator {
    /// The scoring for a customer of a segment.
    #[must_use]
    pub fn scoring_for(&self, segment: Option<&Label>) -> &Scoring {
        segment.and_then(|segment| self.by_segment.get(segment)).unwrap_or(&self.scoring)
    }
}

/// The position of the tier that a score gives; below every threshold it is the last.
pub(super) fn tier_of(policy: &Policy, score: Points) -> usize {
    let last = policy.tiers.len().saturating_sub(1);
    policy.tiers.iter().position(|tier| score >= tier.from).unwrap_or(last)
}

/// What an indicator adds to the sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Part {
    weight: i128,
    known: i128,
    applicable: i128,
    earned: i128,
    best: i128,
}

impl Part {
    pub(super) fn of(indicator: &Indicator, segment: Option<&Label>, input: &Input) -> Self {
        let weight = i128::from(indicator.weight.get());
        let kind = indicator.scoring_for(segment).kind();
        match (kind.score(input), input) {
            (_, Input::NotApplicable) => Self { weight, ..Self::default() },
            (Some((points, _)), _) => {
                let earned = i128::from(points.get());
                Self { weight, known: weight, applicable: weight, earned, best: earned }
            }
            (None, _) => Self {
                weight,
                known: 0,
                applicable: weight,
                earned: 0,
                best: i128::from(kind.full().get().max(0)),
            },
        }
    }
}

/// Sums over the indicators; a part can be exchanged without adding up again.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    weight: i128,
    known: i128,
    applicable: i128,
    earned: i128,
    best: i128,
}

impl Sums {
    pub(super) fn of(policy: &Policy, inputs: &Inputs) -> Self {
        policy.indicators.iter().fold(Self::default(), |sums, indicator| {
            let part = Part::of(indicator, inputs.segment.as_ref(), inputs.get(&indicator.key));
            sums.exchange(Part::default(), part)
        })
    }

    pub(super) const fn exchange(self, out: Part, into: Part) -> Self {
        Self {
            weight: self.weight - out.weight + into.weight,
            known: self.known - out.known + into.known,
            applicable: self.applicable - out.applicable + into.applicable,
            earned: self.earned - out.earned + into.earned,
            best: self.best - out.best + into.best,
        }
    }

    /// The score on the scale of the full marks.
    pub(super) fn score(self) -> Points {
        self.scaled(self.earned)
    }

    fn best(self) -> Points {
        self.scaled(self.best)
    }

    fn full(self) -> Points {
        Points::clamped(self.weight)
    }

    fn scaled(self, points: i128) -> Points {
        if self.weight == self.applicable {
            return Points::clamped(points);
        }
        // Sums of 2^53 each leave room for their product.
        Points::clamped(div_round(points.saturating_mul(self.weight), self.applicable).unwrap_or(0))
    }

    pub(super) fn evidence(self, floor: BasisPoints) -> Evidence {
        let share = div_round(self.known.saturating_mul(10_000), self.applicable).unwrap_or(0);
        // Compared exactly: a share that only rounds up to the floor is not enough.
        let enough = self.applicable > 0
            && self.known.saturating_mul(10_000) >= i128::from(floor.get()).saturating_mul(self.applicable);
        Evidence {
            known: Points::clamped(self.known),
            applicable: Points::clamped(self.applicable),
            share: BasisPoints::clamped(share),
            floor,
            enough,
        }
    }
}

/// Every key that a policy asks for: indicators, facts, and what gates look at, each once.
pub(super) fn keys(policy: &Policy) -> Vec<&Key> {
    let mut keys: Vec<&Key> = Vec::new();
    let all = policy.indicators.iter().map(|one| &one.key);
    let all = all.chain(policy.facts.iter().map(|one| &one.key));
    for key in all.chain(policy.gates.iter().map(|one| &one.when.input)) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}
