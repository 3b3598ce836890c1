//! What a draft is rehearsed with: the live customers, as they are graded.

use serde::{Deserialize, Serialize};

use crate::grading::Customer;
use crate::id::{CustomerCode, Name};

/// Most customers of a page.
pub const REHEARSAL_ROWS: u32 = 2_000;

/// A page of the book, in the order in which the customers were added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RehearsalPage {
    /// The years that are rehearsed: this one and the last, descending.
    pub years: Vec<i32>,
    /// The customers, those without figures of these years among them.
    pub customers: Vec<Rehearsed>,
    /// Pass as `cursor` for the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A customer to rehearse with, under the name by which people know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rehearsed {
    /// The company's number for it.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// What [`simulate`](crate::grading::simulate) takes: its unit, and the inputs of every year as
    /// they would be graded today.
    pub customer: Customer,
}

/// Where a page begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct RehearsalQuery {
    /// Where to go on, from a former page's `next`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}
