//! The engine: total for any policy and any inputs, exact, and the same bytes everywhere.

use super::compiled::{Scored, Watched};
use super::context::Context;
use super::evidence::evidence;
use super::gate::Room;
use super::method::Standing;
use super::sums::Sums;
use super::{
    Assessment, Cohort, Compiled, Condition, Effect, GateOutcome, Indicator, Input, Inputs, Line, Policy,
    Range, Scoring, WaysUp,
};
use crate::id::{Key, Label};

/// Grades one customer's year and explains the grade (clauses 3.1, 3.2); for many, see [`Compiled::grade`].
#[must_use]
pub fn grade(policy: &Policy, cohort: &Cohort, inputs: &Inputs) -> Assessment {
    Compiled::new(policy, cohort).grade(inputs)
}

/// [`grade`] without the ways up.
#[must_use]
pub fn grade_plain(policy: &Policy, cohort: &Cohort, inputs: &Inputs) -> Assessment {
    Compiled::new(policy, cohort).grade_plain(inputs)
}

impl Compiled<'_> {
    /// Grades one customer's year and explains the grade (clauses 3.1, 3.2).
    ///
    /// Missing data earns nothing. With weights, what does not apply leaves the denominator: the points
    /// earned are scaled to the full marks. With less evidence than the policy's floor there is no tier,
    /// and none by rank without the statistics of a cohort.
    #[must_use]
    pub fn grade(&self, inputs: &Inputs) -> Assessment {
        self.explain(inputs, true)
    }

    /// [`Compiled::grade`] without the ways up.
    #[must_use]
    pub fn grade_plain(&self, inputs: &Inputs) -> Assessment {
        self.explain(inputs, false)
    }

    fn explain(&self, inputs: &Inputs, with_ways: bool) -> Assessment {
        let (policy, found) = (self.policy, self.find(inputs));
        let mut sums = Sums::NOTHING;
        // What the missing data could earn, and what it could deduct.
        let (mut most, mut least) = (0_i128, 0_i128);
        let scored = &self.form(inputs.segment.as_ref()).scored;
        let mut lines = Vec::with_capacity(scored.len());
        for one in scored {
            let given = found.at(one.place);
            let line = line(one, given, inputs);
            let points = line.matched.as_ref().map(|_| line.points);
            sums.add(line.weight, given, points);
            if points.is_none() && !matches!(given, Input::NotApplicable) {
                most += i128::from(one.kind.full().get().max(0));
                least += i128::from(one.kind.least().get().min(0));
            }
            lines.push(line);
        }
        let (mut room, mut provisional) = (Room::ALL, false);
        let mut gates = Vec::with_capacity(self.gates.len());
        for one in &self.gates {
            let outcome = outcome(one, found.at(one.place));
            room = room.and(one.room(outcome.state));
            provisional |= one.gate.acts(outcome.state) && matches!(outcome.effect, Effect::Provisional);
            gates.push(outcome);
        }
        let score = sums.score(policy);
        let with = |more| if more == 0 { score.limited } else { sums.score_with(policy, more) };
        let look = |key: &Key| inputs.get(key);
        let standing = Standing { policy, cohort: self.cohort, score: score.limited, look: &look };
        let evidence = evidence(policy, sums, &self.asked, look);
        let place = self.method.place(standing).filter(|_| evidence.enough);
        let bounded = place.map(|place| room.bound(place));
        if let Some(bounded) = bounded {
            for (outcome, one) in gates.iter_mut().zip(&self.gates) {
                outcome.decisive = one.gate.acts(outcome.state) && bounded.decided_by(one.room);
            }
        }
        let ways_up = match bounded.filter(|_| with_ways) {
            Some(bounded) => self.ways_up(&found, &lines, &gates, sums, bounded.last),
            None => WaysUp::default(),
        };
        let tier = |position: Option<usize>| Some(policy.tiers.get(position?)?.key.clone());
        let missing = lines.iter().filter(|line| matches!(line.input, Input::Missing));
        Assessment {
            tier: tier(bounded.map(|bounded| bounded.last)),
            scored_tier: tier(place),
            provisional,
            score: score.limited,
            before_limits: (score.exact != score.limited).then_some(score.exact),
            full: sums.full(),
            range: Range { low: with(least), high: with(most) },
            placement: evidence.enough.then(|| self.method.explain(standing)).flatten(),
            missing: missing.map(|line| line.indicator.clone()).collect(),
            evidence,
            lines,
            gates,
            ways_up,
        }
    }
}

/// An input as an indicator takes it: one of the wrong sort, one that falls through the rule, or one
/// whose target or cohort is not known is missing data to it.
#[inline]
fn line(one: &Scored<'_>, given: &Input, inputs: &Inputs) -> Line {
    let kind = one.kind;
    let (points, matched) = kind.explained(given, one.context(inputs)).unzip();
    let wanting = points.is_none() && matches!(given, Input::Measured { .. } | Input::Judged { .. });
    let earned = points.unwrap_or_default();
    Line {
        indicator: one.key.clone(),
        clause: one.clause.clone(),
        weight: one.weight,
        matched,
        lacks: if wanting { kind.lacks(one.context(inputs)) } else { None },
        input: if wanting { Input::Missing } else { given.clone() },
        points: earned,
        share: crate::number::ratio(earned.get(), one.weight.get()).unwrap_or_default(),
    }
}

/// What a gate says of an input; whether it is decisive is not known before all gates have spoken.
fn outcome(one: &Watched<'_>, input: &Input) -> GateOutcome {
    let gate = one.gate;
    GateOutcome {
        gate: gate.key.clone(),
        clause: one.clause.clone(),
        input: input.clone(),
        state: gate.state(input),
        effect: gate.effect.clone(),
        decisive: false,
    }
}

impl Indicator {
    /// The values at which this indicator's points begin, end or turn for a customer: what a scale to
    /// move it on is ruled by.
    #[must_use]
    pub fn stops(&self, cohort: &Cohort, inputs: &Inputs) -> Vec<i64> {
        let segment = inputs.segment.as_ref();
        let context = Context { inputs, best: cohort.best(self, segment) };
        self.scoring_for(segment).kind().stops(context)
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
}
