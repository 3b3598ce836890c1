//! How the tier is found, before the gates: a closed family, one file per method.
//!
//! A new method is a file with a type that implements [`Find`] and a line in the list below.

mod quota;
mod rules;
mod threshold;

pub use quota::{Quota, Rounding, TieBreak, Ties};
pub use rules::{Ask, Rule, Rules};
pub use threshold::Threshold;

use serde::Serialize;

use super::{Cohort, Condition, Input, Placement, Policy};
use crate::id::Key;
use crate::json::tagged;
use crate::number::Points;

/// What a tier is found by.
#[derive(Clone, Copy)]
pub(super) struct Standing<'a> {
    pub(super) policy: &'a Policy,
    pub(super) cohort: &'a Cohort,
    pub(super) score: Points,
    pub(super) look: &'a dyn Fn(&Key) -> &'a Input,
}

/// What every method can do. All of it is total: any policy, any cohort, any score and inputs.
pub(super) trait Find: Sync {
    /// The position of the tier, best first; `None` when it cannot be told.
    fn place(&self, standing: Standing<'_>) -> Option<usize>;

    /// How that was found; `None` where the score and the policy say it all.
    fn explain(&self, standing: Standing<'_>) -> Option<Placement>;

    /// The scores at which it may begin to be told otherwise whether the tier is at least the goal.
    fn turns(&self, policy: &Policy, cohort: &Cohort, goal: usize) -> Vec<Points>;

    /// Whether it looks at nothing but the score, of which a better one never gives a worse tier.
    fn is_by_score(&self) -> bool;

    /// What it asks of inputs.
    fn asks(&self, cohort: &Cohort) -> Vec<Condition>;

    /// The inputs by which it decides without any points, each once: the evidence of a policy whose
    /// indicators have no weight.
    fn asked(&self) -> Vec<&Key> {
        Vec::new()
    }
}

macro_rules! methods {
    ($($name:ident),+ $(,)?) => {
        /// How the tier is found.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Method {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
        }

        tagged! { exact Method, "kind": $($name(_)),+ }

        impl Method {
            pub(super) fn kind(&self) -> &dyn Find {
                match self {
                    $(Self::$name(kind) => kind,)+
                }
            }
        }
    };
}

methods! { Threshold, Quota, Rules }

impl Default for Method {
    fn default() -> Self {
        Self::Threshold(Threshold {})
    }
}
