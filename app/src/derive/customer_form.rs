//! The evaluation figures of a year while they are being filled in: what is typed, what it means,
//! and what would be sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::calendar::Date;
use shared::dto::customer::Customer;
use shared::dto::figures::{Figure, YearView};
use shared::grading::{Background, Input, Inputs, derive};
use shared::id::Key;

use super::measure::{self, Unreadable};
use super::what_if::Control;

/// Why an entry is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It cannot be read as a number of its measure.
    Unreadable(Unreadable),
    /// A number that no figure of its measure can be, by the rule that the Worker holds it to.
    OutOfRange,
}

/// How an input is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Typed {
    /// A number as typed, readable or not; blank is missing.
    Number(String),
    /// A level.
    Level(shared::id::Label),
    /// Said to be missing.
    Missing,
    /// Said not to apply.
    NotApplicable,
}

impl Typed {
    /// An input as the form shows it.
    #[must_use]
    pub fn of(control: &Control, input: &Input) -> Self {
        match input {
            Input::Measured { value } => Self::Number(measure::field(control.measure, *value)),
            Input::Judged { level } => Self::Level(level.clone()),
            Input::Missing => Self::Missing,
            Input::NotApplicable => Self::NotApplicable,
        }
    }

    /// What it means.
    ///
    /// # Errors
    /// [`Fault`] for a number that cannot be taken.
    pub fn input(&self, control: &Control) -> Result<Input, Fault> {
        Ok(match self {
            Self::Number(text) => match measure::parse(control.measure, text).map_err(Fault::Unreadable)? {
                Some(value) if control.measure.range().is_none_or(|range| range.contains(&value)) => {
                    Input::Measured { value }
                }
                Some(_) => return Err(Fault::OutOfRange),
                None => Input::Missing,
            },
            Self::Level(level) => Input::Judged { level: level.clone() },
            Self::Missing => Input::Missing,
            Self::NotApplicable => Input::NotApplicable,
        })
    }
}

/// What is filled in for a year: only what the person touched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// By input.
    pub entries: Entries,
    /// Why.
    pub reason: String,
}

/// The figures of a year as stored.
#[must_use]
pub fn stored(view: Option<&YearView>) -> BTreeMap<Key, Input> {
    let figures = view.and_then(|view| view.detail.as_ref()).map(|detail| &detail.figures);
    figures
        .into_iter()
        .flatten()
        .map(|(key, figure): (&Key, &Figure)| (key.clone(), figure.input.clone()))
        .collect()
}

/// What is filled in, by input.
pub type Entries = BTreeMap<Key, Typed>;

/// How an input stands in a form: as it is filled in, or else as it is stored.
#[must_use]
pub fn typed(control: &Control, entries: &Entries, stored: &BTreeMap<Key, Input>) -> Typed {
    let as_stored = || Typed::of(control, stored.get(&control.key).unwrap_or(&Input::Missing));
    entries.get(&control.key).cloned().unwrap_or_else(as_stored)
}

/// The inputs that differ from the stored ones, and the entries that cannot be taken.
#[must_use]
pub fn changes(
    entries: &Entries,
    controls: &[Control],
    stored: &BTreeMap<Key, Input>,
) -> (BTreeMap<Key, Input>, BTreeMap<Key, Fault>) {
    let (mut changed, mut wrong) = (BTreeMap::new(), BTreeMap::new());
    for control in controls {
        let Some(typed) = entries.get(&control.key) else { continue };
        match typed.input(control) {
            Ok(input) if input == *stored.get(&control.key).unwrap_or(&Input::Missing) => {}
            Ok(input) => {
                changed.insert(control.key.clone(), input);
            }
            Err(fault) => {
                wrong.insert(control.key.clone(), fault);
            }
        }
    }
    (changed, wrong)
}

/// The inputs that would be graded if these changes were saved, by the Worker's own rule.
#[must_use]
pub fn inputs(
    customer: &Customer,
    years: &[YearView],
    year: i32,
    changed: &BTreeMap<Key, Input>,
    today: Date,
) -> Inputs {
    let of = |year: i32| stored(years.iter().find(|view| view.year == year));
    let mut figures = of(year);
    figures.extend(changed.iter().map(|(key, input)| (key.clone(), input.clone())));
    let previous = of(year.saturating_sub(1));
    let background = Background {
        previous: (!previous.is_empty()).then_some(&previous),
        since: customer.since,
        segment: customer.segment.as_ref(),
        today,
    };
    derive(&figures, year, background)
}

/// The years to choose from: those with figures, and the business years before and of today.
#[must_use]
pub fn years(views: &[YearView], today: Date) -> Vec<i32> {
    let mut all: Vec<i32> = views.iter().map(|view| view.year).collect();
    all.extend([today.year(), today.year() - 1]);
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.dedup();
    all
}

/// The year that a form opens with: the latest with figures, or else the business year before today.
#[must_use]
pub fn first_year(views: &[YearView], today: Date) -> i32 {
    views.iter().map(|view| view.year).max().unwrap_or_else(|| today.year() - 1)
}

#[cfg(test)]
mod tests {
    use shared::grading::{Cohort, default_policy};
    use shared::id::Label;

    use super::super::what_if::controls;
    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    fn measured(value: i64) -> Input {
        Input::Measured { value }
    }

    fn all() -> Vec<Control> {
        controls(&default_policy().unwrap(), &Cohort::default(), &Inputs::default())
    }

    #[test]
    fn only_what_differs_is_sent() {
        let stored: BTreeMap<Key, Input> =
            [(key("collection"), measured(8_200)), (key("price_level"), measured(9_700))].into();
        let mut form = Entries::new();
        form.insert(key("collection"), Typed::Number("82".into()));
        form.insert(key("price_level"), Typed::Number(" ".into()));
        form.insert(key("annual_sales"), Typed::Number("1,286.4 万".into()));
        form.insert(key("loyalty"), Typed::Level(Label::parse("B").unwrap()));
        form.insert(key("potential"), Typed::NotApplicable);
        form.insert(key("overdue_days"), Typed::Number("九十".into()));
        form.insert(key("cooperation_months"), Typed::Number("1201".into()));
        form.insert(key("not_of_this_policy"), Typed::Missing);
        let (changed, wrong) = changes(&form, &all(), &stored);
        assert_eq!(
            changed,
            [
                (key("annual_sales"), measured(1_286_400_000)),
                (key("loyalty"), Input::Judged { level: Label::parse("B").unwrap() }),
                (key("potential"), Input::NotApplicable),
                (key("price_level"), Input::Missing),
            ]
            .into()
        );
        assert_eq!(
            wrong,
            [
                (key("cooperation_months"), Fault::OutOfRange),
                (key("overdue_days"), Fault::Unreadable(Unreadable::NotANumber)),
            ]
            .into()
        );
    }

    #[test]
    fn what_is_stored_shows_until_touched() {
        let stored: BTreeMap<Key, Input> = [(key("collection"), measured(8_250))].into();
        let all = all();
        let collection = all.iter().find(|one| one.key == key("collection")).unwrap();
        let mut form = Entries::new();
        assert_eq!(typed(collection, &form, &stored), Typed::Number("82.5".into()));
        form.insert(key("collection"), Typed::Number("8".into()));
        assert_eq!(typed(collection, &form, &stored), Typed::Number("8".into()));
        assert_eq!(typed(collection, &form, &BTreeMap::new()), Typed::Number("8".into()));
    }

    #[test]
    fn the_years_offered_end_with_this_one() {
        let today = Date::new(2026, 3, 25).unwrap();
        assert_eq!(years(&[], today), [2026, 2025]);
        assert_eq!(first_year(&[], today), 2025);
    }
}
