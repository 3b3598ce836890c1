//! The list that a person works through: the forms of a cycle as they were listed last, so that one leads
//! to the next. Each tab has its own, which a reload leaves as it was.

use shared::id::{CustomerId, CycleId};

use super::storage::{self, Store};

/// Under which it is kept.
const KEY: &str = "fenji.worklist";

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
pub fn set(cycle: &CycleId, customers: &[CustomerId]) {
    storage::write(Store::Tab, KEY, &text(cycle, customers));
}

/// Who stands around a customer; `None` when the list is of another cycle or does not hold it.
#[must_use]
pub fn around(cycle: &CycleId, customer: &CustomerId) -> Option<Around> {
    within(&storage::read(Store::Tab, KEY)?, cycle, customer)
}

/// The cycle and the customers, with spaces between: no id has any.
fn text(cycle: &CycleId, customers: &[CustomerId]) -> String {
    let mut text = cycle.to_string();
    for customer in customers {
        text.push(' ');
        text.push_str(customer.as_str());
    }
    text
}

fn within(text: &str, cycle: &CycleId, customer: &CustomerId) -> Option<Around> {
    let listed = text.strip_prefix(cycle.as_str())?.strip_prefix(' ')?;
    let customers: Vec<&str> = listed.split(' ').collect();
    let at = customers.iter().position(|one| *one == customer.as_str())?;
    let id = |at: usize| CustomerId::parse(customers.get(at)?).ok();
    Some(Around {
        previous: at.checked_sub(1).and_then(id),
        following: id(at + 1),
        position: at + 1,
        total: customers.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_leads_to_the_next_within_the_list_of_its_cycle() {
        let id = |text| CustomerId::parse(text).unwrap();
        let cycle = |text| CycleId::parse(text).unwrap();
        let text = text(&cycle("y1"), &[id("a"), id("b"), id("c")]);
        let around = |year, customer| within(&text, &cycle(year), &id(customer));
        let middle = Around { previous: Some(id("a")), following: Some(id("c")), position: 2, total: 3 };
        assert_eq!(around("y1", "b"), Some(middle));
        assert_eq!(around("y1", "a").and_then(|one| one.previous), None);
        assert_eq!(around("y1", "c").and_then(|one| one.following), None);
        assert_eq!(around("y1", "x"), None);
        assert_eq!(around("y2", "b"), None);
        // The name of one cycle may begin with that of another.
        assert_eq!(around("y", "b"), None);
    }
}
