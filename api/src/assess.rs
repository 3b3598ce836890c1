//! From a year's figures to the assessment that is stored with them. Nothing here asks anything of the
//! database.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use shared::calendar::Date;
use shared::gather;
use shared::grading::{Assessment, Background, Cohort, Compiled, Input, Inputs, Policy, derive};
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

/// Of years that no cohort is kept of.
static NOBODY: LazyLock<Cohort> = LazyLock::new(Cohort::default);

/// A policy with what the grade of each year takes from all other customers, made ready once for many.
pub struct Grader<'a> {
    cohorts: &'a Cohorts,
    of_year: Vec<(i32, Compiled<'a>)>,
    of_others: Compiled<'a>,
}

impl<'a> Grader<'a> {
    /// Makes a policy ready.
    #[must_use]
    pub fn new(policy: &'a Policy, cohorts: &'a Cohorts) -> Self {
        let of_year = cohorts.iter().map(|(year, kept)| (*year, Compiled::new(policy, &kept.cohort)));
        Self { cohorts, of_year: of_year.collect(), of_others: Compiled::new(policy, &NOBODY) }
    }

    /// Grades a year's inputs in its cohort.
    #[must_use]
    pub fn graded(&self, year: i32, inputs: Inputs) -> Graded {
        let ready =
            self.of_year.iter().find(|(of, _)| *of == year).map_or(&self.of_others, |(_, ready)| ready);
        let assessment = ready.grade(&inputs);
        let explanation = assessment.to_json();
        let cohort = self.cohorts.get(&year).map(|kept| kept.id);
        Graded { year, inputs, assessment, explanation, cohort }
    }
}

/// What the grade of a customer's year depends on besides its figures.
#[derive(Clone, Copy)]
pub struct Grounds<'a, 'p> {
    /// The policy to grade by.
    pub grader: &'a Grader<'p>,
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
pub fn assess(grounds: Grounds<'_, '_>, year: i32, figures: &Figures, previous: Option<&Figures>) -> Graded {
    let previous = previous.map(inputs);
    let background = Background {
        previous: previous.as_ref(),
        since: grounds.since,
        segment: grounds.segment,
        today: grounds.today,
    };
    grounds.grader.graded(year, derive(&inputs(figures), year, background))
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
