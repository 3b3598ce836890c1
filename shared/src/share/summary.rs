//! What a link shows of a unit as a whole. It is added up from counts that are kept with the link.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::grading::Policy;
use crate::id::{CustomerCode, Label, Name};
use crate::number::{BasisPoints, Fen};
use crate::review::Rating;

/// A grade of the policy that was in force on the day, best first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Its key.
    pub tier: Label,
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
}

impl Rung {
    /// The grades of a policy.
    #[must_use]
    pub fn all(policy: &Policy) -> Vec<Self> {
        let rung = |tier: &crate::grading::Tier| Self {
            tier: tier.key.clone(),
            zh: tier.name.zh.clone(),
            en: tier.name.en.clone(),
        };
        policy.tiers.iter().map(rung).collect()
    }
}

/// Customers of a unit that are alike in all that is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The grade in force on the day; absent without one.
    #[serde(default)]
    pub tier: Option<Label>,
    /// The grade of the year before; absent without one.
    #[serde(default)]
    pub before: Option<Label>,
    /// The credit rating, where the link shows it; absent without one.
    #[serde(default)]
    pub rating: Option<Label>,
    /// How many.
    pub customers: u32,
    /// Their yearly sales together, where the link shows figures; absent when none of them has any.
    #[serde(default)]
    pub sales: Option<Fen>,
    /// How many of them have no yearly sales.
    #[serde(default)]
    pub lacking: u32,
}

/// A customer as a link shows it; what was not ticked is absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedRow {
    /// Its name.
    pub name: Name,
    /// The company's number for it.
    pub code: CustomerCode,
    /// The grade in force on the day.
    #[serde(default)]
    pub tier: Option<Label>,
    /// The grade of the year before.
    #[serde(default)]
    pub before: Option<Label>,
    /// Yearly sales.
    #[serde(default)]
    pub sales: Option<Fen>,
    /// The on-time collection rate.
    #[serde(default)]
    pub collection: Option<BasisPoints>,
    /// The credit rating.
    #[serde(default)]
    pub rating: Option<Label>,
}

/// A grade with its customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierLine {
    /// The grade, with its names where the policy has it; absent for those without one.
    pub tier: Option<Rung>,
    /// How many have it.
    pub customers: u32,
    /// How many of the unit's customers had it the year before.
    pub before: u32,
    /// Yearly sales of those who have it; absent when none of them has any.
    pub sales: Option<Fen>,
    /// How many of those who have it have no yearly sales.
    pub lacking: u32,
}

impl TierLine {
    const fn of(tier: Option<Rung>) -> Self {
        Self { tier, customers: 0, before: 0, sales: None, lacking: 0 }
    }

    fn key(&self) -> Option<&Label> {
        self.tier.as_ref().map(|rung| &rung.tier)
    }
}

/// A credit rating with its customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingLine {
    /// The rating; absent for those without one.
    pub rating: Option<Label>,
    /// How many have it.
    pub customers: u32,
}

/// How grades have changed since the year before. Together these are all customers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moves {
    /// To a better grade.
    pub up: u32,
    /// To a worse one.
    pub down: u32,
    /// The same, or none in either year.
    pub same: u32,
    /// A grade now and none before.
    pub fresh: u32,
    /// A grade before and none now.
    pub lost: u32,
    /// From or to a grade that the policy no longer has, so that neither is better.
    pub other: u32,
}

/// What a link shows of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Every grade of the policy, best first; then others that customers have; those without one last.
    pub tiers: Vec<TierLine>,
    /// Every credit rating that some have, best first; those without one last.
    pub ratings: Vec<RatingLine>,
    /// Since the year before.
    pub moves: Moves,
    /// All customers.
    pub customers: u32,
}

impl Summary {
    /// Adds up what is kept of a unit, by the grades of the policy.
    #[must_use]
    pub fn of(ladder: &[Rung], groups: &[Group]) -> Self {
        let known = ladder.iter().map(|rung| TierLine::of(Some(rung.clone()))).collect();
        let mut summary = Self { tiers: known, ..Self::default() };
        for group in groups {
            summary.add(ladder, group);
        }
        summary.tiers.sort_by(|one, other| by_place(ladder, one.key(), other.key()));
        summary.ratings.sort_by(|one, other| by_rating(one.rating.as_ref(), other.rating.as_ref()));
        summary
    }

    fn add(&mut self, ladder: &[Rung], group: &Group) {
        let count = group.customers;
        self.customers = self.customers.saturating_add(count);
        self.know(group.tier.as_ref());
        // Nobody is told how many had no grade in a year in which nobody was a customer yet.
        if group.before.is_some() {
            self.know(group.before.as_ref());
        }
        for line in &mut self.tiers {
            if line.key() == group.tier.as_ref() {
                line.customers = line.customers.saturating_add(count);
                line.lacking = line.lacking.saturating_add(group.lacking);
                line.sales = match (line.sales, group.sales) {
                    (Some(sales), Some(more)) => Some(sales.plus(more)),
                    (sales, more) => sales.or(more),
                };
            }
            if group.before.is_some() && line.key() == group.before.as_ref() {
                line.before = line.before.saturating_add(count);
            }
        }
        let moves = &mut self.moves;
        let counted = match (&group.before, &group.tier) {
            (None, Some(_)) => &mut moves.fresh,
            (Some(_), None) => &mut moves.lost,
            (before, tier) if before == tier => &mut moves.same,
            (before, tier) => match (place(ladder, before.as_ref()), place(ladder, tier.as_ref())) {
                (Some(before), Some(now)) if now < before => &mut moves.up,
                (Some(_), Some(_)) => &mut moves.down,
                _ => &mut moves.other,
            },
        };
        *counted = counted.saturating_add(count);
        if let Some(line) = self.ratings.iter_mut().find(|line| line.rating == group.rating) {
            line.customers = line.customers.saturating_add(count);
        } else {
            self.ratings.push(RatingLine { rating: group.rating.clone(), customers: count });
        }
    }

    /// Adds a line for a grade that has none: one of a former policy, which is called by its key.
    fn know(&mut self, tier: Option<&Label>) {
        if self.tiers.iter().all(|line| line.key() != tier) {
            let rung = |key: &Label| Rung { tier: key.clone(), zh: key.to_string(), en: key.to_string() };
            self.tiers.push(TierLine::of(tier.map(rung)));
        }
    }

    /// The pages that the list of names takes.
    #[must_use]
    pub const fn pages(&self) -> u32 {
        self.customers.div_ceil(super::PAGE_CUSTOMERS)
    }
}

fn place(ladder: &[Rung], tier: Option<&Label>) -> Option<usize> {
    ladder.iter().position(|rung| Some(&rung.tier) == tier)
}

/// Grades of the policy as they stand in it, then others by their key, then none.
fn by_place(ladder: &[Rung], one: Option<&Label>, other: Option<&Label>) -> Ordering {
    let key = |tier: Option<&Label>| (tier.is_none(), place(ladder, tier).unwrap_or(usize::MAX));
    key(one).cmp(&key(other)).then_with(|| one.cmp(&other))
}

/// Ratings best first, then others by their key, then none.
fn by_rating(one: Option<&Label>, other: Option<&Label>) -> Ordering {
    let key = |rating: Option<&Label>| {
        let known = Rating::ALL.iter().position(|known| Some(known.code()) == rating.map(Label::as_str));
        (rating.is_none(), known.unwrap_or(usize::MAX))
    };
    key(one).cmp(&key(other)).then_with(|| one.cmp(&other))
}
