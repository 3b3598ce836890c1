//! The list that a person works through: the forms of a cycle as they were listed last, so that one leads
//! to the next. Nothing of it outlives the page.

use std::cell::RefCell;

use shared::id::{CustomerId, CycleId};

thread_local! {
    static LIST: RefCell<Option<(CycleId, Vec<CustomerId>)>> = const { RefCell::new(None) };
}

/// Where a customer stands in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// Who comes before.
    pub previous: Option<CustomerId>,
    /// Who comes after.
    pub following: Option<CustomerId>,
    /// 1, 2, 3 …
    pub position: usize,
    /// How many there are.
    pub total: usize,
}

/// Keeps the customers of a list, in its order.
pub fn set(cycle: CycleId, customers: Vec<CustomerId>) {
    LIST.set(Some((cycle, customers)));
}

/// Who stands around a customer; `None` when the list is of another cycle or does not hold it.
#[must_use]
pub fn around(cycle: &CycleId, customer: &CustomerId) -> Option<Around> {
    LIST.with_borrow(|list| {
        let (_, customers) = list.as_ref().filter(|(own, _)| own == cycle)?;
        let at = customers.iter().position(|one| one == customer)?;
        Some(Around {
            previous: at.checked_sub(1).and_then(|at| customers.get(at)).cloned(),
            following: customers.get(at + 1).cloned(),
            position: at + 1,
            total: customers.len(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_leads_to_the_next_within_the_list_of_its_cycle() {
        let id = |text| CustomerId::parse(text).unwrap();
        let cycle = |text| CycleId::parse(text).unwrap();
        assert_eq!(around(&cycle("y1"), &id("a")), None);
        set(cycle("y1"), vec![id("a"), id("b"), id("c")]);
        let middle = Around { previous: Some(id("a")), following: Some(id("c")), position: 2, total: 3 };
        assert_eq!(around(&cycle("y1"), &id("b")), Some(middle));
        assert_eq!(around(&cycle("y1"), &id("a")).and_then(|one| one.previous), None);
        assert_eq!(around(&cycle("y1"), &id("c")).and_then(|one| one.following), None);
        assert_eq!(around(&cycle("y1"), &id("x")), None);
        assert_eq!(around(&cycle("y2"), &id("b")), None);
    }
}
