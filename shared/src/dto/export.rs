//! Lists that are taken away as files. The file is made in the browser, out of what the list's own route
//! answers; what is said here is kept in the audit trail before there is one.

use serde::{Deserialize, Serialize};

use crate::id::{CustomerId, Note};
use crate::permission::Action;

/// What is taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportList {
    /// Customers with their latest grade.
    Customers,
    /// The history of a customer.
    History,
    /// The evaluation forms of a cycle.
    Forms,
    /// A customer's evaluation form, as the paper looks (9.0).
    Form,
    /// The minutes of a review meeting (5.1.2).
    Minutes,
    /// The A list (5.1.2-A).
    AList,
    /// New customers.
    Newcomers,
    /// How far the units are with a quarter (3.1).
    Quarters,
    /// The customers of a unit in a quarter.
    QuarterCustomers,
    /// Public links.
    Links,
    /// How often a public link was opened.
    LinkViews,
    /// Imports.
    Imports,
    /// Who would move under a draft of a policy.
    Rehearsal,
    /// Users.
    Users,
    /// Units.
    Units,
    /// Stand-ins.
    StandIns,
}

impl ExportList {
    /// What somebody may do who reads it at all; the rows are as many as the list's own route shows. Of what
    /// may be read in an absent person's place that route alone decides.
    #[must_use]
    pub const fn read_by(self) -> Action {
        match self {
            Self::Customers | Self::History | Self::Newcomers => Action::ReadCustomer,
            Self::Form | Self::Quarters | Self::QuarterCustomers => Action::ReadFigures,
            Self::Forms | Self::Minutes | Self::AList | Self::StandIns => Action::ReadDirectory,
            Self::Links | Self::LinkViews => Action::ShareUnit,
            Self::Imports => Action::Import,
            Self::Rehearsal => Action::EditPolicy,
            Self::Users => Action::ManageUsers,
            Self::Units => Action::ManageUnits,
        }
    }

    /// Whether it is of one customer, who has to be named.
    #[must_use]
    pub const fn is_of_a_customer(self) -> bool {
        matches!(self, Self::History | Self::Form)
    }
}

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// A workbook.
    Xlsx,
    /// Comma-separated values.
    Csv,
}

impl ExportFormat {
    /// As a file's name ends, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }
}

/// Says that a list is about to be taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewExport {
    /// Which.
    pub list: ExportList,
    /// As what.
    pub format: ExportFormat,
    /// How many rows the file has.
    pub rows: u32,
    /// What narrowed the list, as its address says it to the person; absent for the whole list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Note>,
    /// Whose it is; only for what is of one customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
}
