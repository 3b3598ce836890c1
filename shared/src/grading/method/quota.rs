//! By rank: each tier takes its share of the cohort, best first.

use serde::{Deserialize, Serialize};

use super::{Find, Standing};
use crate::grading::scoring::Better;
use crate::grading::{Bar, Cohort, Condition, Cut, Input, Placement, Policy, Test};
use crate::id::Key;
use crate::number::Points;

/// The best share of the cohort gets the first tier, the next share the second, and so on; the last
/// tier takes the rest.
///
/// Those with enough evidence are ranked by score. Places are counted from the top: the first `n` tiers
/// together have the sum of their shares of all ranked customers, rounded once. Gates apply afterwards
/// and free no place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// How a share of the cohort becomes whole customers.
    #[serde(default)]
    pub rounding: Rounding,
    /// What becomes of customers who stand alike on both sides of a cut.
    pub ties: Ties,
}

/// How a share of the cohort becomes whole customers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest, a half upwards.
    #[default]
    Nearest,
    /// Upwards.
    Up,
    /// Downwards.
    Down,
}

/// What becomes of customers who stand alike on both sides of a cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ties {
    /// All of them get the better tier; it may be overfull.
    AllUp,
    /// All of them get the worse tier; the better one may have places left.
    AllDown,
    /// A further input decides, one that is missing last; those still alike all get the better tier.
    By(TieBreak),
}

/// The input that decides between equal scores.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TieBreak {
    /// The input.
    pub input: Key,
    /// Which of its values is better.
    pub better: Better,
}

impl Quota {
    /// The value by which a customer stands among those of one score, higher before lower; `None` is last.
    pub(in crate::grading) fn tie<'a>(&self, look: impl FnOnce(&Key) -> &'a Input) -> Option<i64> {
        match &self.ties {
            Ties::By(TieBreak { input, better }) => look(input).value().map(|value| better.rank(value)),
            Ties::AllUp | Ties::AllDown => None,
        }
    }

    /// The value of the deciding input as it is known.
    fn known(&self, standing: Standing<'_>) -> Option<i64> {
        match &self.ties {
            Ties::By(TieBreak { input, .. }) => (standing.look)(input).value(),
            Ties::AllUp | Ties::AllDown => None,
        }
    }

    fn passes(&self, bar: &Bar, standing: Standing<'_>) -> bool {
        if standing.score != bar.score {
            return standing.score > bar.score;
        }
        let needed = match &self.ties {
            Ties::By(TieBreak { better, .. }) => bar.tie.map(|value| better.rank(value)),
            Ties::AllUp | Ties::AllDown => None,
        };
        bar.inclusive && self.tie(standing.look) >= needed
    }

    fn passed(&self, cuts: &[Cut], standing: Standing<'_>) -> Option<usize> {
        cuts.iter().position(|cut| cut.bar.as_ref().is_some_and(|bar| self.passes(bar, standing)))
    }
}

impl Find for Quota {
    fn place(&self, standing: Standing<'_>) -> Option<usize> {
        let cuts = standing.cohort.cuts.as_deref()?;
        let last = standing.policy.tiers.len().saturating_sub(1);
        Some(self.passed(cuts, standing).map_or(last, |position| position.min(last)))
    }

    fn explain(&self, standing: Standing<'_>) -> Option<Placement> {
        let Some(cuts) = standing.cohort.cuts.as_deref() else {
            return Some(Placement::Unranked);
        };
        let passed = self.passed(cuts, standing);
        let missed = passed.unwrap_or(cuts.len()).checked_sub(1);
        let at = |index: Option<usize>| index.and_then(|index| cuts.get(index)).cloned();
        Some(Placement::Quota {
            ranked: standing.cohort.ranked,
            passed: at(passed),
            missed: at(missed),
            tie: self.known(standing),
        })
    }

    fn turns(&self, _: &Policy, cohort: &Cohort, goal: usize) -> Vec<Points> {
        let cuts = cohort.cuts.iter().flatten().take(goal.saturating_add(1));
        let bars = cuts.filter_map(|cut| cut.bar.as_ref());
        bars.flat_map(|bar| [bar.score, bar.score.plus(Points::clamped(1))]).collect()
    }

    fn is_by_score(&self) -> bool {
        !matches!(self.ties, Ties::By(_))
    }

    fn asks(&self, cohort: &Cohort) -> Vec<Condition> {
        let Ties::By(TieBreak { input, better }) = &self.ties else {
            return Vec::new();
        };
        let bars = cohort.cuts.iter().flatten().filter_map(|cut| cut.bar.as_ref()?.tie);
        let test = |value: i64| match better {
            Better::Higher => Test::AtLeast(value),
            Better::Lower => Test::AtMost(value),
        };
        bars.map(|value| Condition { input: input.clone(), test: test(value) }).collect()
    }
}
