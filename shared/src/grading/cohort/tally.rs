//! Counting a book: customer by customer, in parts that can be merged, stored and gone on with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Bar, BestOf, Cohort, Cut};
use crate::grading::compiled::Compiled;
use crate::grading::method::{Method, Quota, Rounding, Ties};
use crate::grading::scoring::{Better, Scoring};
use crate::grading::{Input, Inputs, Policy};
use crate::number::{Points, div_round};

/// The first pass: the best of every indicator that is scored by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bests {
    customers: u64,
    found: Vec<Found>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Found {
    best: BestOf,
    better: Better,
}

impl Bests {
    /// Counts a customer.
    pub fn add(&mut self, policy: &Policy, inputs: &Inputs) {
        self.customers = self.customers.saturating_add(1);
        let segment = inputs.segment.as_ref();
        for indicator in &policy.indicators {
            if let (Scoring::Best(rule), Input::Measured { value }) =
                (indicator.scoring_for(segment), inputs.get(&indicator.key))
            {
                let best = BestOf {
                    indicator: indicator.key.clone(),
                    segment: indicator.own_segment(segment).cloned(),
                    value: *value,
                    customers: 1,
                };
                self.put(Found { best, better: rule.better });
            }
        }
    }

    /// Adds what another part of the book came to.
    pub fn merge(&mut self, other: Self) {
        self.customers = self.customers.saturating_add(other.customers);
        other.found.into_iter().for_each(|one| self.put(one));
    }

    fn put(&mut self, one: Found) {
        let same = |own: &&mut Found| {
            own.best.indicator == one.best.indicator && own.best.segment == one.best.segment
        };
        match self.found.iter_mut().find(same) {
            Some(own) => {
                own.best.value = one.better.of(own.best.value, one.best.value);
                own.best.customers = own.best.customers.saturating_add(one.best.customers);
            }
            None => self.found.push(one),
        }
    }

    /// What the first pass came to: enough to score every customer, not yet to rank them.
    #[must_use]
    pub fn cohort(&self) -> Cohort {
        let mut bests: Vec<BestOf> = self.found.iter().map(|one| one.best.clone()).collect();
        // In an order that does not depend on how the book was split.
        bests.sort_unstable_by(|one, other| {
            (&one.indicator, &one.segment).cmp(&(&other.indicator, &other.segment))
        });
        Cohort { customers: self.customers, bests, ..Cohort::default() }
    }
}

/// The second pass: how many stand where, for the cuts of a quota.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ranking {
    #[serde(with = "as_list")]
    places: BTreeMap<Place, u64>,
}

/// A place in the ranking; greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Place {
    score: Points,
    /// The value of the deciding input, turned so that greater is better.
    tie: Option<i64>,
}

impl Ranking {
    /// Whether a policy ranks customers at all.
    #[must_use]
    pub fn wanted(&self, policy: &Policy) -> bool {
        matches!(policy.method, Method::Quota(_))
    }

    /// Counts a customer, whom the statistics of the first pass score.
    pub fn add(&mut self, policy: &Policy, first: &Cohort, inputs: &Inputs) {
        self.add_by(&Compiled::new(policy, first), inputs);
    }

    /// [`Ranking::add`] for many customers, by a policy compiled once with the first pass's statistics.
    pub fn add_by(&mut self, compiled: &Compiled<'_>, inputs: &Inputs) {
        let Method::Quota(quota) = &compiled.policy().method else {
            return;
        };
        let fast = compiled.grade_fast(inputs);
        if fast.enough {
            let place = Place { score: fast.score, tie: quota.tie(|key| inputs.get(key)) };
            let count = self.places.entry(place).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Adds what another part of the book came to.
    pub fn merge(&mut self, other: Self) {
        for (place, customers) in other.places {
            let count = self.places.entry(place).or_default();
            *count = count.saturating_add(customers);
        }
    }

    /// The statistics of both passes.
    #[must_use]
    pub fn cohort(&self, policy: &Policy, first: Cohort) -> Cohort {
        let Method::Quota(quota) = &policy.method else {
            return first;
        };
        let ranked = self.places.values().fold(0_u64, |sum, count| sum.saturating_add(*count));
        let mut shares = 0_i128;
        let cut = policy.tiers.iter().take(policy.tiers.len().saturating_sub(1)).map(|tier| {
            shares += tier.share.map_or(0, |share| i128::from(share.get().clamp(0, 10_000)));
            let places = quota.rounding.of(shares, ranked);
            let (taken, bar) = self.bar(quota, places);
            Cut { tier: tier.key.clone(), places, taken, bar }
        });
        let cuts = Some(cut.collect());
        Cohort { ranked, cuts, ..first }
    }

    /// Who stands above a cut that leaves so many places: how many, and what the last of them has.
    fn bar(&self, quota: &Quota, places: u64) -> (u64, Option<Bar>) {
        if places == 0 {
            return (0, None);
        }
        let mut above = 0_u64;
        let mut last = None;
        for (place, customers) in self.places.iter().rev() {
            let with = above.saturating_add(*customers);
            last = Some(*place);
            if with > places && quota.ties == Ties::AllDown {
                return (above, Some(Bar { score: place.score, inclusive: false, tie: None }));
            }
            above = with;
            if above >= places {
                break;
            }
        }
        let known = |tie: i64| match &quota.ties {
            Ties::By(by) => by.better.rank(tie),
            Ties::AllUp | Ties::AllDown => tie,
        };
        let bar = last.map(|place| Bar { score: place.score, inclusive: true, tie: place.tie.map(known) });
        (above, bar)
    }
}

impl Rounding {
    /// So many of the ranked as a share in basis points comes to.
    fn of(self, share: i128, ranked: u64) -> u64 {
        let exact = share.clamp(0, 10_000) * i128::from(ranked);
        let whole = match self {
            Self::Nearest => div_round(exact, 10_000).unwrap_or(0),
            Self::Up => (exact + 9_999) / 10_000,
            Self::Down => exact / 10_000,
        };
        u64::try_from(whole).unwrap_or(u64::MAX)
    }
}

/// JSON has no maps with such keys.
mod as_list {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Place;

    pub(super) fn serialize<S: Serializer>(places: &BTreeMap<Place, u64>, to: S) -> Result<S::Ok, S::Error> {
        places.iter().collect::<Vec<_>>().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<Place, u64>, D::Error> {
        Ok(Vec::<(Place, u64)>::deserialize(from)?.into_iter().collect())
    }
}
