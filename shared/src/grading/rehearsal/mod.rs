//! The rehearsal of a draft: who would move from what to what, why, and what it would cost.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod cause;

use cause::Causes;

use super::{Cohort, Compiled, Inputs, Policy};
use crate::id::{CustomerId, Key, Label, UnitId};
use crate::json::tagged;
use crate::number::{Points, div_round};

/// A customer to rehearse with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = RehearsedCustomer))]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// The customer.
    pub id: CustomerId,
    /// The unit that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// What is known of each year.
    pub years: BTreeMap<i32, Inputs>,
}

/// What a draft would change, year by year, the latest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rehearsal {
    /// The years.
    pub years: Vec<YearRehearsal>,
}

/// What a draft would change in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct YearRehearsal {
    /// The year.
    pub year: i32,
    /// Customers with inputs of that year.
    pub customers: u64,
    /// Those who would have another tier, in the order given.
    pub movers: Vec<Mover>,
    /// How many go from which tier to which, those who stay among them, by unit.
    pub shifts: Vec<Shift>,
    /// What the tiers are owed under the policy in force.
    pub current: Upkeep,
    /// What they would be owed under the draft.
    pub draft: Upkeep,
    /// The cohort under the draft, by which a customer is previewed.
    pub cohort: Cohort,
}

/// A customer who would have another tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mover {
    /// The customer.
    pub customer: CustomerId,
    /// Its unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The tier under the policy in force; absent without a grade.
    pub from: Option<Label>,
    /// The tier under the draft; absent without a grade.
    pub to: Option<Label>,
    /// Which way that is.
    pub way: Way,
    /// The score under the policy in force.
    pub score_from: Points,
    /// The score under the draft.
    pub score_to: Points,
    /// What moved it most.
    pub cause: Cause,
}

/// Which way a customer moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// To a better tier.
    Up,
    /// To a worse tier.
    Down,
    /// To a tier, having had none.
    Graded,
    /// To no tier, having had one.
    Ungraded,
    /// To a tier that cannot be compared, for the draft does not have the old one.
    Elsewhere,
}

/// What moved a customer most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cause {
    /// The points of an indicator.
    Indicator {
        /// The indicator.
        indicator: Key,
        /// Points more or fewer, on the draft's scale.
        points: Points,
    },
    /// A gate that decides under the draft, or no longer does.
    Gate {
        /// The gate.
        gate: Key,
        /// Whether it decides under the draft.
        holds: bool,
    },
    /// A rule of the draft, or its last resort when absent.
    Rule {
        /// The rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rule: Option<Key>,
    },
    /// The thresholds or cuts between the tiers.
    Tiers,
    /// Whether what is known is enough for a grade.
    Evidence,
}

tagged! { Cause, "kind": Indicator { indicator, points }, Gate { gate, holds }, Rule { rule }, Tiers, Evidence }

/// How many customers of a unit go from one tier to another, or stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shift {
    /// The unit; absent for customers without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The tier under the policy in force; absent without a grade.
    pub from: Option<Label>,
    /// The tier under the draft; absent without a grade.
    pub to: Option<Label>,
    /// How many.
    pub customers: u64,
}

/// What the tiers' customers are owed in a year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upkeep {
    /// Customers of each tier, best first, those without a grade last.
    pub tiers: Vec<TierUpkeep>,
    /// Customers by production priority, first before second; those without one are left out.
    pub priorities: Vec<Slots>,
    /// Visits a year that the tiers' cadences ask for.
    pub visits: u64,
}

/// What the customers of one tier are owed in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TierUpkeep {
    /// The tier; absent for customers without a grade.
    pub tier: Option<Label>,
    /// How many customers.
    pub customers: u64,
    /// Visits a year.
    pub visits: u64,
}

/// How many customers share a production priority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slots {
    /// The priority, 1 the first.
    pub priority: u32,
    /// How many.
    pub customers: u64,
}

/// Grades every customer under the policy in force and under the draft, year by year, each year's
/// customers being one cohort.
#[must_use]
pub fn simulate(draft: &Policy, current: &Policy, customers: &[Customer]) -> Rehearsal {
    let mut years: Vec<i32> = customers.iter().flat_map(|one| one.years.keys().copied()).collect();
    years.sort_unstable();
    years.dedup();
    Rehearsal {
        years: years.into_iter().rev().map(|year| of_year(draft, current, customers, year)).collect(),
    }
}

fn of_year(draft: &Policy, current: &Policy, customers: &[Customer], year: i32) -> YearRehearsal {
    let book = || customers.iter().filter_map(|one| Some((one, one.years.get(&year)?)));
    let cohort = |policy: &Policy| Cohort::of(policy, book().map(|(_, inputs)| inputs));
    let (now, then) = (cohort(current), cohort(draft));
    let (old, new) = (Compiled::new(current, &now), Compiled::new(draft, &then));
    let cause = Causes { old: &old, new: &new };
    let mut tally = Tally::default();
    let (mut movers, mut count) = (Vec::new(), 0_u64);
    for (customer, inputs) in book() {
        count = count.saturating_add(1);
        let (from, to) = (old.grade_fast(inputs), new.grade_fast(inputs));
        let (was, will) = (tier(current, from.tier), tier(draft, to.tier));
        tally.add(customer.unit.as_ref(), from.tier, to.tier);
        if was != will {
            movers.push(Mover {
                customer: customer.id.clone(),
                unit: customer.unit.clone(),
                from: was.cloned(),
                to: will.cloned(),
                way: way(draft, was, will),
                score_from: from.score,
                score_to: to.score,
                cause: cause.of(inputs),
            });
        }
    }
    YearRehearsal {
        year,
        customers: count,
        movers,
        shifts: tally.shifts(current, draft),
        current: upkeep(current, &tally.before),
        draft: upkeep(draft, &tally.after),
        cohort: then,
    }
}

fn tier(policy: &Policy, position: Option<usize>) -> Option<&Label> {
    policy.tiers.get(position?).map(|tier| &tier.key)
}

/// Which way a move goes by the order of the draft's tiers.
fn way(draft: &Policy, from: Option<&Label>, to: Option<&Label>) -> Way {
    let rank = |tier: &Label| draft.tiers.iter().position(|one| one.key == *tier);
    match (from, to) {
        (None, _) => Way::Graded,
        (_, None) => Way::Ungraded,
        (Some(from), Some(to)) => match (rank(from), rank(to)) {
            (Some(from), Some(to)) if to < from => Way::Up,
            (Some(_), Some(_)) => Way::Down,
            (None, _) | (_, None) => Way::Elsewhere,
        },
    }
}

/// How many customers go from where to where.
#[derive(Default)]
struct Tally<'a> {
    moves: BTreeMap<(Option<&'a UnitId>, Place, Place), u64>,
    before: BTreeMap<Place, u64>,
    after: BTreeMap<Place, u64>,
}

/// A tier's position; those without a grade come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Tier(usize),
    None,
}

impl<'a> Tally<'a> {
    fn add(&mut self, unit: Option<&'a UnitId>, from: Option<usize>, to: Option<usize>) {
        let place = |position: Option<usize>| position.map_or(Place::None, Place::Tier);
        let (from, to) = (place(from), place(to));
        for count in [
            self.moves.entry((unit, from, to)).or_default(),
            self.before.entry(from).or_default(),
            self.after.entry(to).or_default(),
        ] {
            *count = count.saturating_add(1);
        }
    }

    fn shifts(&self, current: &Policy, draft: &Policy) -> Vec<Shift> {
        let shift = |((unit, from, to), customers): (&(Option<&UnitId>, Place, Place), &u64)| Shift {
            unit: unit.cloned(),
            from: from.tier(current),
            to: to.tier(draft),
            customers: *customers,
        };
        self.moves.iter().map(shift).collect()
    }
}

impl Place {
    fn tier(self, policy: &Policy) -> Option<Label> {
        match self {
            Self::Tier(position) => tier(policy, Some(position)).cloned(),
            Self::None => None,
        }
    }
}

/// What the tiers are owed in a year, for so many customers in each.
fn upkeep(policy: &Policy, counts: &BTreeMap<Place, u64>) -> Upkeep {
    let count = |place: Place| counts.get(&place).copied().unwrap_or(0);
    let mut upkeep = Upkeep::default();
    let mut slots: BTreeMap<u32, u64> = BTreeMap::new();
    for (position, tier) in policy.tiers.iter().enumerate() {
        let customers = count(Place::Tier(position));
        let visits = tier.treatment.visit_days.map_or(0, |days| visits(customers, days));
        if let Some(priority) = tier.treatment.production_priority {
            let slot = slots.entry(priority).or_default();
            *slot = slot.saturating_add(customers);
        }
        upkeep.visits = upkeep.visits.saturating_add(visits);
        upkeep.tiers.push(TierUpkeep { tier: Some(tier.key.clone()), customers, visits });
    }
    upkeep.tiers.push(TierUpkeep { tier: None, customers: count(Place::None), visits: 0 });
    upkeep.priorities =
        slots.into_iter().map(|(priority, customers)| Slots { priority, customers }).collect();
    upkeep
}

/// The visits that so many customers are owed in a year of 365 days, rounded once for all of them.
fn visits(customers: u64, days: u32) -> u64 {
    let exact = div_round(i128::from(customers) * 365, days.into()).unwrap_or(0);
    u64::try_from(exact).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
