//! From a year's figures to the assessment that is stored with them. Nothing here asks anything of the
//! database.

use std::collections::BTreeMap;

use shared::calendar::Date;
use shared::gather;
use shared::grading::{Assessment, Background, Cohort, Input, Inputs, Policy, derive, grade};
use shared::id::{Key, Label};
use shared::ledger::key;

use crate::store::book::BookRow;
use crate::store::cohorts::Cohorts;
use crate::store::db::DbError;
use crate::store::figures::Figures;

/// A year, graded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graded {
    /// The year.
    pub year: i32,
    /// What was graded.
    pub inputs: Inputs,
    /// What came of it.
    pub assessment: Assessment,
    /// The same as canonical JSON, which is what is stored and compared.
    pub explanation: String,
    /// The cohort it was graded in, when there is one.
    pub cohort: Option<i64>,
}

impl Graded {
    /// Yearly sales in fen, when they are measured.
    #[must_use]
    pub fn sales(&self) -> Option<i64> {
        let sales = Key::parse(key::ANNUAL_SALES).ok()?;
        match self.inputs.get(&sales) {
            Input::Measured { value } => Some(*value),
            Input::Judged { .. } | Input::Missing | Input::NotApplicable => None,
        }
    }
}

/// What the grade of a customer's year depends on besides its figures.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// The policy to grade by.
    pub policy: &'a Policy,
    /// What the grade of each year takes from all other customers.
    pub cohorts: &'a Cohorts,
    /// Since when the company works with the customer.
    pub since: Option<Date>,
    /// The customer's segment.
    pub segment: Option<&'a Label>,
    /// Today.
    pub today: Date,
}

/// The inputs of some figures, without where they came from.
#[must_use]
pub fn inputs(figures: &Figures) -> BTreeMap<Key, Input> {
    gather::map(figures.iter().map(|(key, figure)| (key.clone(), figure.input.clone())))
}

/// Grades a year; growth comes from the figures of the year before.
#[must_use]
pub fn assess(grounds: Grounds<'_>, year: i32, figures: &Figures, previous: Option<&Figures>) -> Graded {
    let previous = previous.map(inputs);
    let background = Background {
        previous: previous.as_ref(),
        since: grounds.since,
        segment: grounds.segment,
        today: grounds.today,
    };
    graded(grounds.policy, grounds.cohorts, year, derive(&inputs(figures), year, background))
}

/// Grades a year's inputs in its cohort.
#[must_use]
pub fn graded(policy: &Policy, cohorts: &Cohorts, year: i32, inputs: Inputs) -> Graded {
    let kept = cohorts.get(&year);
    let assessment = match kept {
        Some(kept) => grade(policy, &kept.cohort, &inputs),
        None => grade(policy, &Cohort::default(), &inputs),
    };
    let explanation = assessment.to_json();
    Graded { year, inputs, assessment, explanation, cohort: kept.map(|kept| kept.id) }
}

/// A customer's inputs of some years as they are graded on a day; years without figures are left out.
///
/// # Errors
/// When what is stored has another shape.
pub fn inputs_of(customer: &BookRow, years: &[i32], today: Date) -> Result<BTreeMap<i32, Inputs>, DbError> {
    let known = customer.years()?;
    let inputs = |year: &i32| {
        let background = Background {
            previous: known.get(&(year - 1)),
            since: customer.since,
            segment: customer.segment.as_ref(),
            today,
        };
        Some((*year, derive(known.get(year)?, *year, background)))
    };
    Ok(gather::map(years.iter().filter_map(inputs)))
}
