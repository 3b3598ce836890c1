//! By an ordered list of rules.

use serde::{Deserialize, Serialize};

use super::{Find, Standing};
use crate::grading::{Cohort, Condition, Input, Localized, Placement, Policy, Test, gate};
use crate::id::{Key, Label};
use crate::json::tagged;
use crate::number::Points;

/// The first rule that holds decides; when none does, the last resort.
///
/// A rule about an input of which nothing is known does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The rules, in the order they are asked.
    pub rules: Vec<Rule>,
    /// The tier when no rule holds.
    pub otherwise: Label,
}

/// A rule that gives a tier: it holds when all of one list hold and, unless it is empty, any of the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its key.
    pub key: Key,
    /// Its name, as shown when it decides.
    pub name: Localized,
    /// The clause of the paper policy.
    pub clause: String,
    /// What must hold, all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<Ask>,
    /// Of which one must hold, unless there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<Ask>,
    /// The tier it gives.
    pub tier: Label,
}

/// A question of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// About an input, of an indicator or a fact.
    Input {
        /// The input asked about.
        input: Key,
        /// The question.
        test: Test,
    },
    /// About the score, in hundredths of a point.
    Score {
        /// The question.
        test: Test,
    },
}

tagged! { exact Ask, "of": Input { input, test }, Score { test } }

impl Ask {
    fn holds(&self, standing: Standing<'_>) -> bool {
        match self {
            Self::Input { input, test } => test.holds((standing.look)(input)),
            Self::Score { test } => test.holds(&Input::Measured { value: standing.score.get() }),
        }
        .unwrap_or(false)
    }
}

impl Rule {
    /// Every question, of both lists.
    pub(in crate::grading) fn asks(&self) -> impl Iterator<Item = &Ask> {
        self.all.iter().chain(&self.any)
    }

    fn holds(&self, standing: Standing<'_>) -> bool {
        self.all.iter().all(|ask| ask.holds(standing))
            && (self.any.is_empty() || self.any.iter().any(|ask| ask.holds(standing)))
    }
}

impl Rules {
    fn decides(&self, standing: Standing<'_>) -> Option<(usize, &Rule)> {
        self.rules.iter().enumerate().find(|(_, rule)| rule.holds(standing))
    }
}

impl Find for Rules {
    fn place(&self, standing: Standing<'_>) -> Option<usize> {
        let tier = self.decides(standing).map_or(&self.otherwise, |(_, rule)| &rule.tier);
        let last = standing.policy.tiers.len().saturating_sub(1);
        Some(gate::rank(standing.policy, tier).min(last))
    }

    fn explain(&self, standing: Standing<'_>) -> Option<Placement> {
        Some(match self.decides(standing) {
            Some((index, rule)) => Placement::Rule {
                index: u32::try_from(index).unwrap_or(u32::MAX),
                rule: rule.key.clone(),
                clause: rule.clause.as_str().into(),
            },
            None => Placement::LastResort,
        })
    }

    fn turns(&self, _: &Policy, _: &Cohort, _: usize) -> Vec<Points> {
        let asks = self.rules.iter().flat_map(Rule::asks);
        let bounds = asks.filter_map(|ask| match ask {
            Ask::Score { test } => test.bound(),
            Ask::Input { .. } => None,
        });
        let sides = |bound: i64| [bound, bound.saturating_add(1)];
        bounds.flat_map(sides).map(|raw| Points::clamped(raw.into())).collect()
    }

    fn is_by_score(&self) -> bool {
        false
    }

    fn asks(&self, _: &Cohort) -> Vec<Condition> {
        let asks = self.rules.iter().flat_map(Rule::asks);
        let of_inputs = asks.filter_map(|ask| match ask {
            Ask::Input { input, test } => Some(Condition { input: input.clone(), test: test.clone() }),
            Ask::Score { .. } => None,
        });
        of_inputs.collect()
    }

    fn asked(&self) -> Vec<&Key> {
        let mut keys: Vec<&Key> = Vec::new();
        for ask in self.rules.iter().flat_map(Rule::asks) {
            match ask {
                Ask::Input { input, .. } if !keys.contains(&input) => keys.push(input),
                Ask::Input { .. } | Ask::Score { .. } => {}
            }
        }
        keys
    }
}
