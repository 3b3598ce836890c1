//! By the score alone.

use serde::{Deserialize, Serialize};

use super::{Find, Standing};
use crate::grading::{Cohort, Condition, Placement, Policy};
use crate::number::Points;

/// The first tier whose `from` the score reaches; below every threshold the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Threshold {}

impl Find for Threshold {
    fn place(&self, standing: Standing<'_>) -> Option<usize> {
        let tiers = &standing.policy.tiers;
        let reached = |from: Points| standing.score >= from;
        let last = tiers.len().saturating_sub(1);
        Some(tiers.iter().position(|tier| tier.from.is_some_and(reached)).unwrap_or(last))
    }

    fn explain(&self, _: Standing<'_>) -> Option<Placement> {
        None
    }

    fn turns(&self, policy: &Policy, _: &Cohort, goal: usize) -> Vec<Points> {
        // Thresholds need not descend, so that a worse tier may stand in the way of none.
        policy.tiers.iter().take(goal.saturating_add(1)).filter_map(|tier| tier.from).collect()
    }

    fn is_by_score(&self) -> bool {
        true
    }

    fn asks(&self, _: &Cohort) -> Vec<Condition> {
        Vec::new()
    }
}
