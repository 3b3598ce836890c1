//! A customer's yearly figures and the grade they give.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Millis;
use crate::grading::{Assessment, Cohort, Input, Inputs};
use crate::id::{Key, Label, Name, PolicyId};
use crate::number::Points;

/// A customer's year: its grade, and, for roles that may see them, the figures and the explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct YearView {
    /// The year.
    pub year: i32,
    /// The tier; absent with too little evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Label>,
    /// Whether the grade is provisional.
    pub provisional: bool,
    /// The score; absent when the reader's role may not see figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Points>,
    /// The policy version it was graded under.
    pub policy: PolicyId,
    /// When it was last graded.
    pub graded_at: Millis,
    /// For If-Match when saving figures.
    pub version: i64,
    /// Absent when the reader's role may not see figures: hidden, not missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<YearDetail>,
}

/// The figures of a year and what they gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct YearDetail {
    /// What was imported or entered, by input key.
    pub figures: BTreeMap<Key, Figure>,
    /// What was graded: the figures with what is derived from them (growth, months of cooperation).
    pub inputs: Inputs,
    /// The saved explanation.
    pub assessment: Assessment,
    /// The statistics of the cohort it was graded in; absent when it takes nothing from other customers.
    /// The policy version, these and the inputs give the explanation again, to the byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<Cohort>,
}

/// One figure and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// Its value or state.
    pub input: Input,
    /// Where it came from.
    pub source: Source,
    /// When it was last changed.
    pub at: Millis,
    /// Who changed it.
    pub by: Name,
}

/// Where a figure came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// An import of annual figures.
    Annual,
    /// Computed from an imported receivables ledger.
    Receivables,
    /// Entered by a person.
    Entered,
}

/// Saves figures of one year. Keys not named stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveFigures {
    /// The changed figures, by input key.
    pub values: BTreeMap<Key, Input>,
    /// The assessment the browser computed, as its canonical JSON, to be compared byte by byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<String>,
    /// Why, kept in the audit trail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// How the browser's preview compared with the Worker's own result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// The same to the byte.
    Confirmed,
    /// Different: the Worker's result was saved and the difference is an error to report.
    Differs,
    /// No preview was sent.
    Unchecked,
}

/// The saved year and whether the preview agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SavedFigures {
    /// The year as saved.
    pub year: YearView,
    /// Whether the preview agreed.
    pub agreement: Agreement,
}
