//! From the figures of a year to the inputs that are graded.

use std::collections::BTreeMap;

use super::{Input, Inputs};
use crate::calendar::Date;
use crate::id::{Key, Label};
use crate::number::ratio;

/// What is known of a customer besides the year's figures.
#[derive(Debug, Clone, Copy)]
pub struct Background<'a> {
    /// The figures of the year before.
    pub previous: Option<&'a BTreeMap<Key, Input>>,
    /// Since when the company works with the customer.
    pub since: Option<Date>,
    /// The customer's segment.
    pub segment: Option<&'a Label>,
    /// Today; cooperation is counted to the year's end or to today, whichever is earlier.
    pub today: Date,
}

/// The inputs of a year: its figures, and what follows from the rest where no figure says otherwise.
///
/// `potential` (6.1) is the growth of `annual_sales` over the year before, when both are measured and
/// that year had sales. `cooperation_months` are whole months since cooperation began (5.1.2-D).
#[must_use]
pub fn derive(figures: &BTreeMap<Key, Input>, year: i32, background: Background<'_>) -> Inputs {
    let mut values = figures.clone();
    let mut fill = |key: &str, value: Option<i64>| {
        if let (Ok(key), Some(value)) = (Key::parse(key), value) {
            let slot = values.entry(key).or_insert(Input::Missing);
            if *slot == Input::Missing {
                *slot = Input::Measured { value };
            }
        }
    };
    let growth = match (sales(Some(figures)), sales(background.previous)) {
        (Some(now), Some(before)) if before > 0 => {
            ratio(now.saturating_sub(before), before).map(crate::number::BasisPoints::get)
        }
        _ => None,
    };
    fill("potential", growth);
    let until = Date::year_end(year).map_or(background.today, |end| end.min(background.today));
    fill("cooperation_months", background.since.map(|since| since.months_until(until)));
    Inputs { segment: background.segment.cloned(), values: values.into_iter().collect() }
}

fn sales(figures: Option<&BTreeMap<Key, Input>>) -> Option<i64> {
    let key = Key::parse("annual_sales").ok()?;
    match figures?.get(&key)? {
        Input::Measured { value } => Some(*value),
        Input::Judged { .. } | Input::Missing | Input::NotApplicable => None,
    }
}
