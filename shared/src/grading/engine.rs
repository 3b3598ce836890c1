//! The engine: total for any policy and any inputs, exact, and the same bytes everywhere.

use super::context::Context;
use super::evidence::evidence;
use super::gate;
use super::method::Standing;
use super::scorer::Scorer;
use super::sums::Sums;
use super::ways::ways_up;
use super::{
    Assessment, Cohort, Condition, GateOutcome, Indicator, Input, Inputs, Line, Policy, Range, Scoring,
};
use crate::id::{Key, Label};
use crate::number::Points;

/// Grades one customer's year and explains the grade (clauses 3.1, 3.2).
///
/// Missing data earns nothing. With weights, what does not apply leaves the denominator: the points
/// earned are scaled to the full marks. With less evidence than the policy's floor there is no tier, and
/// none by rank without the statistics of a cohort.
#[must_use]
pub fn grade(policy: &Policy, cohort: &Cohort, inputs: &Inputs) -> Assessment {
    let mut assessment = grade_plain(policy, cohort, inputs);
    if let (true, Some(tier)) = (assessment.evidence.enough, &assessment.tier) {
        assessment.ways_up = ways_up(policy, cohort, inputs, gate::rank(policy, tier));
    }
    assessment
}

/// [`grade`] without the ways up.
#[must_use]
pub fn grade_plain(policy: &Policy, cohort: &Cohort, inputs: &Inputs) -> Assessment {
    let mut sums = Sums::NOTHING;
    // What the missing data could earn, and what it could deduct.
    let (mut most, mut least) = (0_i128, 0_i128);
    let mut lines = Vec::with_capacity(policy.indicators.len());
    for indicator in &policy.indicators {
        let (scorer, given) = (Scorer::of(indicator, cohort, inputs), inputs.get(&indicator.key));
        let points = scorer.points(given);
        sums = sums.plus(Sums::one(indicator.weight, given, points));
        if points.is_none() && *given != Input::NotApplicable {
            most += i128::from(scorer.kind.full().get().max(0));
            least += i128::from(scorer.kind.least().get().min(0));
        }
        lines.push(line(scorer, given, points));
    }
    let score = sums.score(policy);
    let look = |key: &Key| inputs.get(key);
    let standing = Standing { policy, cohort, score: score.limited, look: &look };
    let method = policy.method.kind();
    let evidence = evidence(policy, sums, &method.asked(), look);
    let scored = method.place(standing).filter(|_| evidence.enough);
    let bounded = scored.map(|scored| gate::bounded(policy, scored, look));
    let tier = |position: Option<usize>| Some(policy.tiers.get(position?)?.key.clone());
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
                decisive: gate.acts(state) && bounded.is_some_and(|bounded| bounded.decided_by(policy, gate)),
            }
        })
        .collect();
    Assessment {
        tier: tier(bounded.map(|bounded| bounded.last)),
        scored_tier: tier(scored),
        provisional: policy.is_provisional(look),
        score: score.limited,
        before_limits: (score.exact != score.limited).then_some(score.exact),
        full: sums.full(),
        range: Range { low: sums.score_with(policy, least), high: sums.score_with(policy, most) },
        placement: evidence.enough.then(|| method.explain(standing)).flatten(),
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

/// An input as an indicator takes it: one of the wrong sort, one that falls through the rule, or one
/// whose target or cohort is not known is missing data to it.
fn line(scorer: Scorer<'_>, given: &Input, points: Option<Points>) -> Line {
    let Scorer { indicator, kind, context } = scorer;
    let known = matches!(given, Input::Measured { .. } | Input::Judged { .. });
    let input = if known && points.is_none() { Input::Missing } else { given.clone() };
    let earned = points.unwrap_or_default();
    let share = crate::number::ratio(earned.get(), indicator.weight.get()).unwrap_or_default();
    Line {
        indicator: indicator.key.clone(),
        clause: indicator.clause.clone(),
        weight: indicator.weight,
        matched: points.and_then(|_| kind.matched(given, context)),
        lacks: if known && points.is_none() { kind.lacks(context) } else { None },
        input,
        points: earned,
        share,
    }
}

impl Indicator {
    /// The values at which this indicator's points begin, end or turn for a customer: what a scale to
    /// move it on is ruled by.
    #[must_use]
    pub fn stops(&self, cohort: &Cohort, inputs: &Inputs) -> Vec<i64> {
        let context = Context::of(self, cohort, inputs);
        self.scoring_for(inputs.segment.as_ref()).kind().stops(context)
    }

    /// The scoring for a customer of a segment.
    #[must_use]
    pub fn scoring_for(&self, segment: Option<&Label>) -> &Scoring {
        segment.and_then(|segment| self.by_segment.get(segment)).unwrap_or(&self.scoring)
    }
}

impl Policy {
    /// Everything that gates and the method ask of inputs, given the cuts of a cohort.
    #[must_use]
    pub fn asked(&self, cohort: &Cohort) -> Vec<Condition> {
        let gates = self.gates.iter().map(|gate| gate.when.clone());
        gates.chain(self.method.kind().asks(cohort)).collect()
    }

    /// Whether a gate makes a grade provisional.
    pub(super) fn is_provisional<'a>(&self, look: impl Fn(&Key) -> &'a Input) -> bool {
        let mut gates = self.gates.iter().filter(|gate| gate.effect == super::Effect::Provisional);
        gates.any(|gate| gate.acts(gate.state(look(&gate.when.input))))
    }
}
