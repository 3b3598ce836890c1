//! What moved a customer most: an indicator, a gate, a rule, or where the tiers begin.

use super::Cause;
use crate::grading::method::Standing;
use crate::grading::{Assessment, Compiled, GateOutcome, Inputs, Placement};
use crate::id::{Key, Label};
use crate::number::{Points, div_round};

/// The two policies to look for a cause in, the one in force and the draft.
pub(super) struct Causes<'s, 'a> {
    pub(super) old: &'s Compiled<'a>,
    pub(super) new: &'s Compiled<'a>,
}

impl Causes<'_, '_> {
    /// What moved a customer who has another tier under the draft.
    ///
    /// Whether there is a grade at all comes first. Where the two methods find the same tier, it is a gate.
    /// Where the draft's method finds the new tier for the old score as well, it is the method; otherwise
    /// it is the indicator whose points changed most in the direction of the score.
    pub(super) fn of(&self, inputs: &Inputs) -> Cause {
        let old = self.old.grade_plain(inputs);
        let new = self.new.grade_plain(inputs);
        if old.evidence.enough != new.evidence.enough {
            return Cause::Evidence;
        }
        if old.scored_tier == new.scored_tier
            && let Some(gate) = gate(&old, &new)
        {
            return gate;
        }
        let scale = Scale { from: old.full, to: new.full };
        if self.found(inputs, scale.of(old.score)) == new.scored_tier.as_ref() {
            return by_method(&new);
        }
        indicator(&old, &new, scale).unwrap_or_else(|| by_method(&new))
    }

    /// The tier that the draft's method finds for a score.
    fn found(&self, inputs: &Inputs, score: Points) -> Option<&Label> {
        let look = |key: &Key| inputs.get(key);
        let Compiled { policy, cohort, method, .. } = *self.new;
        let position = method.place(Standing { policy, cohort, score, look: &look })?;
        policy.tiers.get(position).map(|tier| &tier.key)
    }
}

/// From the points of one policy to those of another.
#[derive(Clone, Copy)]
struct Scale {
    from: Points,
    to: Points,
}

impl Scale {
    fn of(self, points: Points) -> Points {
        if self.from == self.to {
            return points;
        }
        let exact = i128::from(points.get()) * i128::from(self.to.get());
        div_round(exact, self.from.get().into()).map_or(points, Points::clamped)
    }
}

/// The gate that decides under only one of the two, the draft's before the other's.
fn gate(old: &Assessment, new: &Assessment) -> Option<Cause> {
    let decides = |all: &Assessment, key: &Key| all.gates.iter().any(|one| one.decisive && one.gate == *key);
    let alone = |one: &&GateOutcome, other: &Assessment| one.decisive && !decides(other, &one.gate);
    let held = new.gates.iter().find(|one| alone(one, old)).map(|one| (one, true));
    let freed = || old.gates.iter().find(|one| alone(one, new)).map(|one| (one, false));
    // One that decides under both may give another tier than it did.
    let kept = || new.gates.iter().find(|one| one.decisive).map(|one| (one, true));
    let (gate, holds) = held.or_else(freed).or_else(kept)?;
    Some(Cause::Gate { gate: gate.gate.clone(), holds })
}

fn by_method(new: &Assessment) -> Cause {
    match &new.placement {
        Some(Placement::Rule { rule, .. }) => Cause::Rule { rule: Some(rule.clone()) },
        Some(Placement::LastResort) => Cause::Rule { rule: None },
        Some(Placement::Quota { .. } | Placement::Unranked) | None => Cause::Tiers,
    }
}

/// The indicator whose points changed most in the direction in which the score did.
fn indicator(old: &Assessment, new: &Assessment, scale: Scale) -> Option<Cause> {
    let earned = |all: &Assessment, key: &Key| {
        all.lines.iter().find(|line| line.indicator == *key).map_or(Points::ZERO, |line| line.points)
    };
    let sign = new.score.minus(scale.of(old.score)).get().signum();
    let gone = old.lines.iter().filter(|line| new.lines.iter().all(|one| one.indicator != line.indicator));
    let keys = new.lines.iter().chain(gone).map(|line| &line.indicator);
    let changes = keys.map(|key| (key, earned(new, key).minus(scale.of(earned(old, key)))));
    let with = changes.filter(|(_, change)| change.get() != 0 && change.get().signum() == sign);
    let size = |(_, change): (&Key, Points)| change.get().unsigned_abs();
    // The first of those that changed alike.
    let most = with.reduce(|most, one| if size(one) > size(most) { one } else { most })?;
    Some(Cause::Indicator { indicator: most.0.clone(), points: most.1 })
}
