//! Another way to find the tier, with what the present way says.

use shared::grading::method::{Ask, Quota, Rounding, Rule, Rules, Threshold, Ties};
use shared::grading::{Localized, Method, Policy, Test};
use shared::id::Key;
use shared::ledger::Lang;
use shared::number::{BasisPoints, Points, div_round};

use super::total;
use crate::texts::tier::label;

/// A way to find the tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodKind {
    /// By the score.
    Threshold,
    /// By rank.
    Quota,
    /// By rules.
    Rules,
}

impl MethodKind {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Threshold, Self::Quota, Self::Rules];

    /// The kind of a method.
    #[must_use]
    pub const fn of(method: &Method) -> Self {
        match method {
            Method::Threshold(_) => Self::Threshold,
            Method::Quota(_) => Self::Quota,
            Method::Rules(_) => Self::Rules,
        }
    }
}

/// Finds tiers in another way. Thresholds become rules about the score and the other way round; shares
/// begin equal. What the new way has no use for goes, as it would be a mistake.
pub fn set_method(policy: &mut Policy, kind: MethodKind) {
    if MethodKind::of(&policy.method) == kind {
        return;
    }
    let thresholds = thresholds(policy);
    match kind {
        MethodKind::Threshold => {
            for (tier, from) in policy.tiers.iter_mut().zip(thresholds) {
                (tier.from, tier.share) = (Some(from), None);
            }
            policy.method = Method::Threshold(Threshold {});
        }
        MethodKind::Quota => {
            let count = i64::try_from(policy.tiers.len()).unwrap_or(1).max(1);
            for (at, tier) in (0_i64..).zip(&mut policy.tiers) {
                // The parts of 100 % that round to it exactly: what all before have is rounded once.
                let until = |at: i64| div_round(i128::from(at) * 10_000, count.into()).unwrap_or(0);
                let share = BasisPoints::clamped(until(at.saturating_add(1)) - until(at));
                (tier.from, tier.share) = (None, Some(share));
            }
            policy.method = Method::Quota(Quota { rounding: Rounding::Nearest, ties: Ties::AllUp });
        }
        MethodKind::Rules => {
            let Some(last) = policy.tiers.last().map(|tier| tier.key.clone()) else { return };
            let named = policy.tiers.iter().zip(thresholds).zip(1_u32..);
            let rules =
                named.filter(|((_, from), _)| *from > Points::ZERO).filter_map(|((tier, from), at)| {
                    Some(Rule {
                        key: Key::parse(&format!("rule_{at}")).ok()?,
                        name: Localized { zh: label(Lang::Zh, &tier.key), en: label(Lang::En, &tier.key) },
                        clause: String::new(),
                        all: vec![Ask::Score { test: Test::AtLeast(from.get()) }],
                        any: Vec::new(),
                        tier: tier.key.clone(),
                    })
                });
            policy.method = Method::Rules(Rules { rules: rules.collect(), otherwise: last });
            for tier in &mut policy.tiers {
                (tier.from, tier.share) = (None, None);
            }
        }
    }
}

/// The thresholds of the tiers as far as the present method tells them, evenly spread otherwise.
fn thresholds(policy: &Policy) -> Vec<Points> {
    let told: Option<Vec<Points>> = match &policy.method {
        Method::Threshold(_) => policy.tiers.iter().map(|tier| tier.from).collect(),
        Method::Quota(_) => None,
        Method::Rules(rules) => policy
            .tiers
            .iter()
            .map(|tier| {
                let rule = rules.rules.iter().find(|rule| rule.tier == tier.key);
                match rule.map(|rule| (rule.all.as_slice(), rule.any.as_slice())) {
                    Some(([Ask::Score { test: Test::AtLeast(bound) }], [])) => Points::new(*bound).ok(),
                    None if tier.key == rules.otherwise => Some(Points::ZERO),
                    _ => None,
                }
            })
            .collect(),
    };
    told.unwrap_or_else(|| {
        let full = i128::from(total(policy).0.get());
        let count = i128::try_from(policy.tiers.len()).unwrap_or(1).max(1);
        // Whole points, descending to nothing.
        (1..=count)
            .map(|at| Points::clamped(div_round(full * (count - at), count * 100).unwrap_or(0) * 100))
            .collect()
    })
}
