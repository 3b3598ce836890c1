//! Everything a person can ask for.

use serde::{Deserialize, Serialize};

/// One kind of request. A route names exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// See that a customer exists, its unit, rep, grade and history.
    ReadCustomer,
    /// See a customer's yearly figures and the explanation of its grade.
    ReadFigures,
    /// Add a customer or change its name, unit, rep, segment or start of cooperation.
    EditCustomer,
    /// Enter or correct a customer's yearly figures and judged levels.
    WriteFigures,
    /// Import ledgers.
    Import,
    /// Read published policies.
    ReadPolicy,
    /// Grade made-up inputs under any policy.
    TryPolicy,
    /// Write drafts of policies and rehearse them with all customers.
    EditPolicy,
    /// Publish a draft, withdraw a version that has not taken effect.
    PublishPolicy,
    /// Grade the book anew.
    Regrade,
    /// See the names of units and reps.
    ReadDirectory,
    /// Add and change units.
    ManageUnits,
    /// Add and change users, reset their passwords.
    ManageUsers,
    /// Read the company-wide audit trail.
    ReadAudit,
    /// Write in a customer's evaluation form (5.1.1).
    FillForm,
    /// Submit a form, apply for an A, and take either back (5.1.1, 5.1.3).
    SubmitForm,
    /// Set a customer's credit rating in the review (5.1.2-C).
    RateCredit,
    /// Open the yearly review, hold its meeting, record what it decides, publish (5.1.2, 5.1.4).
    RunReview,
    /// Review an application for an A (5.1.3).
    ReviewApplication,
    /// Give the final approval of an A (5.1.3).
    ApproveApplication,
    /// Share a unit by a public link.
    ShareUnit,
    /// See and close the public links of everybody.
    OverseeLinks,
    /// Take a list that one reads away as a file.
    Export,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 23] = [
        Self::ReadCustomer,
        Self::ReadFigures,
        Self::EditCustomer,
        Self::WriteFigures,
        Self::Import,
        Self::ReadPolicy,
        Self::TryPolicy,
        Self::EditPolicy,
        Self::PublishPolicy,
        Self::Regrade,
        Self::ReadDirectory,
        Self::ManageUnits,
        Self::ManageUsers,
        Self::ReadAudit,
        Self::FillForm,
        Self::SubmitForm,
        Self::RateCredit,
        Self::RunReview,
        Self::ReviewApplication,
        Self::ApproveApplication,
        Self::ShareUnit,
        Self::OverseeLinks,
        Self::Export,
    ];
}
