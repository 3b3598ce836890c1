//! What one customer's grade takes from all the others: the best of the book and the cuts of a quota.
//!
//! It is computed once per run, in at most two passes over the book, and kept with the run, so that one
//! customer is graded alike alone, in the browser, and among all.

mod tally;

pub use tally::{Bests, Ranking};

use serde::{Deserialize, Serialize};

use super::{Indicator, Inputs, Policy};
use crate::id::{Key, Label};
use crate::number::Points;

/// The statistics of a book of customers of one year under one policy. The empty one, as by default,
/// knows nothing: what is measured by the best is missing then, and quotas give no tier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Cohort {
    /// Customers of the book.
    #[serde(default)]
    pub customers: u64,
    /// Those of them with enough evidence to be ranked; zero when the policy ranks nobody.
    #[serde(default)]
    pub ranked: u64,
    /// The best of every indicator that is scored by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bests: Vec<BestOf>,
    /// Where the ranking is cut: one for each tier but the last, best first. Absent when nobody was ranked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cuts: Option<Vec<Cut>>,
}

/// The best value of an indicator among those who are scored by one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BestOf {
    /// The indicator.
    pub indicator: Key,
    /// The segment whose own rule it is; absent for the rule of all others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<Label>,
    /// The best value, in the indicator's measure.
    pub value: i64,
    /// Of how many.
    pub customers: u64,
}

/// Where one tier ends in the ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Cut {
    /// The tier.
    pub tier: Label,
    /// Places in it and the tiers above, by the shares.
    pub places: u64,
    /// Customers who stand at or above the bar.
    pub taken: u64,
    /// What must be reached; absent when there is no place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bar: Option<Bar>,
}

/// What must be reached to stand above a cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// The score.
    pub score: Points,
    /// Whether that score itself is enough.
    pub inclusive: bool,
    /// At that score: the least good value of the deciding input that is enough; absent when any is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tie: Option<i64>,
}

impl Cohort {
    /// The statistics of a book that can be gone through twice.
    #[must_use]
    pub fn of<'a>(policy: &Policy, book: impl Iterator<Item = &'a Inputs> + Clone) -> Self {
        let mut bests = Bests::default();
        book.clone().for_each(|inputs| bests.add(policy, inputs));
        let first = bests.cohort();
        let mut ranking = Ranking::default();
        if ranking.wanted(policy) {
            book.for_each(|inputs| ranking.add(policy, &first, inputs));
        }
        ranking.cohort(policy, first)
    }

    /// The best of an indicator among those who are scored by the same rule.
    pub(super) fn best(&self, indicator: &Indicator, segment: Option<&Label>) -> Option<i64> {
        let own = indicator.own_segment(segment);
        let found =
            self.bests.iter().find(|one| one.indicator == indicator.key && one.segment.as_ref() == own);
        found.map(|one| one.value)
    }
}

impl Indicator {
    /// The segment of a customer, where it has scoring of its own.
    pub(super) fn own_segment<'a>(&self, segment: Option<&'a Label>) -> Option<&'a Label> {
        segment.filter(|segment| self.by_segment.contains_key(*segment))
    }
}
