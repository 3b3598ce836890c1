//! Who moved, and what each tier and unit comes to.

use std::collections::BTreeMap;

use super::Cell;
use crate::grading::Policy;
use crate::id::{Label, UnitId};
use crate::number::Fen;

/// The order of tiers, best first. Tiers of another policy have no place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Order(Vec<Label>);

impl Order {
    /// That of a policy.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        Self(policy.tiers.iter().map(|tier| tier.key.clone()).collect())
    }

    /// The place of a tier, 0 the best.
    #[must_use]
    pub fn place(&self, tier: &Label) -> Option<usize> {
        self.0.iter().position(|known| known == tier)
    }

    /// What is in a book in its order: the policy's tiers, then any others by name, then those without.
    #[must_use]
    pub fn sorted<'a>(&self, tiers: impl Iterator<Item = &'a Option<Label>>) -> Vec<Option<Label>> {
        let mut tiers: Vec<Option<Label>> = tiers.cloned().collect();
        tiers.sort_by_key(|tier| {
            (tier.is_none(), tier.as_ref().map(|tier| self.place(tier).unwrap_or(usize::MAX)), tier.clone())
        });
        tiers.dedup();
        tiers
    }

    /// Every tier before with every tier now between which the way is this one.
    #[must_use]
    pub fn pairs(&self, way: Way) -> Vec<(&Label, &Label)> {
        let now = |before| self.0.iter().map(move |now| (before, now));
        let all = self.0.iter().flat_map(now);
        all.filter(|(before, now)| Way::of(self, Some(before), Some(now)) == way).collect()
    }
}

/// Which way a customer went since the tier before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To a better tier.
    Up,
    /// To a worse one.
    Down,
    /// Nowhere.
    Same,
    /// Had none and has one.
    Gained,
    /// Had one and has none.
    Lost,
    /// Has none and had none.
    Ungraded,
    /// Between tiers of which one is not the policy's: neither up nor down.
    Other,
}

impl Way {
    /// From a tier to another, each absent where there is none.
    #[must_use]
    pub fn of(order: &Order, before: Option<&Label>, now: Option<&Label>) -> Self {
        match (before, now) {
            (None, None) => Self::Ungraded,
            (None, Some(_)) => Self::Gained,
            (Some(_), None) => Self::Lost,
            (Some(before), Some(now)) if before == now => Self::Same,
            (Some(before), Some(now)) => match order.place(before).zip(order.place(now)) {
                Some((before, now)) if now < before => Self::Up,
                Some(_) => Self::Down,
                None => Self::Other,
            },
        }
    }
}

/// How many customers went which way since the tier before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Movement {
    /// To a better tier.
    pub up: u64,
    /// To a worse one.
    pub down: u64,
    /// Nowhere.
    pub same: u64,
    /// Had none and have one.
    pub gained: u64,
    /// Had one and have none.
    pub lost: u64,
    /// Have none and had none.
    pub ungraded: u64,
    /// Between tiers of which one is not the policy's: neither up nor down.
    pub other: u64,
}

impl Movement {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        [self.up, self.down, self.same, self.gained, self.lost, self.ungraded, self.other]
            .into_iter()
            .fold(0, u64::saturating_add)
    }
}

/// Sorts the customers of some cells by the way they went.
#[must_use]
pub fn movement<'a>(order: &Order, cells: impl IntoIterator<Item = &'a Cell>) -> Movement {
    let mut movement = Movement::default();
    for cell in cells {
        let way = match Way::of(order, cell.previous.as_ref(), cell.tier.as_ref()) {
            Way::Up => &mut movement.up,
            Way::Down => &mut movement.down,
            Way::Same => &mut movement.same,
            Way::Gained => &mut movement.gained,
            Way::Lost => &mut movement.lost,
            Way::Ungraded => &mut movement.ungraded,
            Way::Other => &mut movement.other,
        };
        *way = way.saturating_add(cell.customers);
    }
    movement
}

/// What some customers come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub customers: u64,
    /// How many of them have missing data.
    pub lacking: u64,
    /// Of how many of them the sales are known.
    pub sold: u64,
    /// Their yearly sales in all.
    pub sales: Fen,
}

impl Sum {
    fn add(&mut self, cell: &Cell) {
        self.customers = self.customers.saturating_add(cell.customers);
        self.lacking = self.lacking.saturating_add(cell.lacking);
        self.sold = self.sold.saturating_add(cell.sold);
        self.sales = self.sales.plus(cell.sales);
    }
}

/// What the customers of some cells come to in all.
#[must_use]
pub fn total<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> Sum {
    let mut sum = Sum::default();
    for cell in cells {
        sum.add(cell);
    }
    sum
}

fn summed<'a, K: Ord>(
    cells: impl IntoIterator<Item = &'a Cell>,
    key: impl Fn(&Cell) -> K,
) -> BTreeMap<K, Sum> {
    let mut sums: BTreeMap<K, Sum> = BTreeMap::new();
    for cell in cells {
        sums.entry(key(cell)).or_default().add(cell);
    }
    sums
}

/// The customers of some cells by the tier that counts.
#[must_use]
pub fn by_tier<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> BTreeMap<Option<Label>, Sum> {
    summed(cells, |cell| cell.tier.clone())
}

/// The same by unit.
#[must_use]
pub fn by_unit<'a>(cells: impl IntoIterator<Item = &'a Cell>) -> BTreeMap<UnitId, Sum> {
    summed(cells, |cell| cell.unit.clone())
}

/// The same by the tier before and the tier that counts.
#[must_use]
pub fn by_move<'a>(
    cells: impl IntoIterator<Item = &'a Cell>,
) -> BTreeMap<(Option<Label>, Option<Label>), Sum> {
    summed(cells, |cell| (cell.previous.clone(), cell.tier.clone()))
}
