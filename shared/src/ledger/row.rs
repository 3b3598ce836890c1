//! The typed rows of the two shapes of ledger: what a file is read into, what an import sends,
//! and what the Worker checks again.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Fault, Field};
use crate::calendar::Date;
use crate::grading::{Input, Measure};
use crate::id::{CustomerCode, InvoiceNumber, Key, Label, Name};
use crate::number::{Fen, MAX_SAFE};

/// Which of the two ledgers a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One row per customer and year: figures and judgements.
    Annual,
    /// One row per invoice, aggregated per customer and year.
    Receivables,
}

/// Most values an annual row may carry.
pub const VALUES_LIMIT: usize = 100;

/// One customer's figures of one year. A row says only what its ledger has columns for:
/// an absent field leaves what is stored as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnnualRow {
    /// The company's number for the customer.
    pub code: CustomerCode,
    /// The year the figures are of, 1900 to 2199.
    pub year: i32,
    /// The customer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The unit (销售科 / 代表处) by its code or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The representative (销售员) by login or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
    /// The segment some bands depend on: city class, product line, customer type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<Label>,
    /// First day of cooperation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// Inputs by key: amounts in fen, ratios in basis points, days, months, judged levels.
    #[serde(default)]
    pub values: BTreeMap<Key, Input>,
    /// Of a row already known: the keys whose value a person entered. A ledger cannot say so, and in a
    /// row that is imported it means nothing.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub entered: BTreeSet<Key>,
}

/// One invoice of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvoiceRow {
    /// The company's number for the customer.
    pub code: CustomerCode,
    /// The invoice's number, unique within its customer.
    pub number: InvoiceNumber,
    /// The customer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The unit (销售科 / 代表处) by its code or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The representative (销售员) by login or name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<String>,
    /// The day it was issued; its year is the year it counts in.
    pub issued: Date,
    /// The day payment is due, when the ledger has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The amount in fen; negative for a credit note.
    pub amount: Fen,
    /// The day it was settled; absent while open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<Date>,
    /// Whether the customer disputes it; absent when the ledger does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disputed: Option<bool>,
}

/// What is wrong with a row, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RowFault {
    /// The field at fault; absent when it is the row as a whole.
    pub field: Option<Field>,
    /// What is wrong.
    pub code: Fault,
}

impl RowFault {
    const fn at(field: Field, code: Fault) -> Self {
        Self { field: Some(field), code }
    }
}

/// A unit or representative as written: what could be a [`Name`], trimmed.
fn check_reference(text: Option<&String>, field: Field) -> Result<(), RowFault> {
    match text {
        Some(text) if Name::parse(text).map(String::from).as_deref() != Ok(text) => {
            Err(RowFault::at(field, Fault::BadText))
        }
        _ => Ok(()),
    }
}

impl AnnualRow {
    /// Checks what the types of the fields do not: the year, the references, the values' ranges.
    ///
    /// # Errors
    /// The first [`RowFault`] found.
    pub fn check(&self) -> Result<(), RowFault> {
        if Date::year_end(self.year).is_err() {
            return Err(RowFault::at(Field::Year, Fault::BadYear));
        }
        check_reference(self.unit.as_ref(), Field::Unit)?;
        check_reference(self.rep.as_ref(), Field::Rep)?;
        if self.values.len() > VALUES_LIMIT {
            return Err(RowFault { field: None, code: Fault::TooMany });
        }
        for (key, input) in &self.values {
            let field = Field::of_key(key.as_str());
            let range = field.and_then(Field::measure).and_then(Measure::range);
            if let Input::Measured { value } = input
                && !range.unwrap_or(-MAX_SAFE..=MAX_SAFE).contains(value)
            {
                return Err(RowFault { field, code: Fault::OutOfRange });
            }
            if let Some(field) = field
                && !field.accepts(input)
            {
                return Err(RowFault::at(field, Fault::WrongKind));
            }
        }
        Ok(())
    }
}

impl InvoiceRow {
    /// Checks what the types of the fields do not: the references.
    ///
    /// # Errors
    /// The first [`RowFault`] found.
    pub fn check(&self) -> Result<(), RowFault> {
        check_reference(self.unit.as_ref(), Field::Unit)?;
        check_reference(self.rep.as_ref(), Field::Rep)
    }
}
