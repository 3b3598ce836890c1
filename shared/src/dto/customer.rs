//! Customers (客户): the list, the page, and changes of the master record.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::figures::YearView;
use super::review::GradedYear;
use crate::calendar::Date;
use crate::grading::Cohort;
use crate::id::{CustomerCode, CustomerId, Key, Label, Name, PolicyId, UnitId, UserId};
use crate::number::{BasisPoints, Fen, Points};

/// A row of the customer list: the customer and its latest graded year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerRow {
    /// Its id.
    pub id: CustomerId,
    /// The company's number for it.
    pub code: CustomerCode,
    /// Its name; the code again when a ledger brought no name.
    pub name: Name,
    /// Its unit.
    pub unit: UnitId,
    /// Its rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<UserId>,
    /// The year the figures below belong to; absent when there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The tier that counts: the one that the review published last or, until the first publication, the
    /// computed one; absent when there are no figures or too little evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Label>,
    /// What the latest figures give, where the review published another tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Label>,
    /// The tier before: of the publication before or, until then, of the year before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_tier: Option<Label>,
    /// Whether the grade is provisional.
    #[serde(default)]
    pub provisional: bool,
    /// Score; absent without figures and for roles that may not see them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Points>,
    /// Share of the weight that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<BasisPoints>,
    /// How many indicators are missing; absent without figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<u32>,
    /// Yearly sales; absent when missing or not for the reader's role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sales: Option<Fen>,
}

/// A page of the customer list, in the order asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerList {
    /// The rows.
    pub items: Vec<CustomerRow>,
    /// Pass as `cursor` to get the next page; absent on the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// On the first page: how many customers are in each tier, those without any left out. It counts
    /// what the reader may see of the unit and rep asked for; what else narrows the list does not
    /// narrow it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiers: Option<Vec<TierCount>>,
}

/// How many customers are in a tier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TierCount {
    /// The tier, of whatever policy it was given by; absent for the ungraded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Label>,
    /// How many.
    pub customers: u32,
}

/// How the customer list is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CustomerSort {
    /// Highest score first, ungraded last. Refused to roles that may not see figures.
    #[default]
    Score,
    /// Largest sales first, unknown last. Refused to roles that may not see figures.
    Sales,
    /// By the pinyin initials of the name.
    Name,
    /// By code.
    Code,
}

/// Which way a customer went since the tier before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Moved {
    /// To a better tier.
    Up,
    /// To a worse one.
    Down,
}

/// What the customer list shows. All conditions hold at once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct CustomerQuery {
    /// Part of the name, the code, or the pinyin initials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only this tier; `none` for ungraded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Only what had this tier before; `none` for what had none. Not beside a search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
    /// Only this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Only this rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<UserId>,
    /// Only customers with missing data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<bool>,
    /// Only customers that went this way, in the order of the policy in force. Not beside a search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
    /// Only customers whose latest grade lacks this indicator. Not beside a search.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lacks: Option<Key>,
    /// The order; when absent by score, or by name for roles that may not see figures. A search
    /// has an order of its own, whatever is said here: the customer of that very code, then names
    /// and initials that begin so, then codes that do, then the rest by name. Of very many only the
    /// first are put in this order; those after them follow as they were added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<CustomerSort>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// The master record of a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// The company's number for it, unique.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// Its unit.
    pub unit: UnitId,
    /// Its rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<UserId>,
    /// Its segment, where the policy has segments.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<Label>,
    /// Since when the company works with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// For If-Match.
    pub version: i64,
}

/// Makes a customer, or changes its master record as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CustomerDraft {
    /// The company's number for it, unique.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// Its unit.
    pub unit: UnitId,
    /// Its rep, who must belong to the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep: Option<UserId>,
    /// Its segment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<Label>,
    /// Since when the company works with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
}

/// Everything the customer page shows, in one answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerPage {
    /// The master record.
    pub customer: Customer,
    /// Graded years, latest first; at most ten.
    pub years: Vec<YearView>,
    /// What the cycles decided, latest first; at most ten. A decision that was taken back is not there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<GradedYear>,
    /// The policy version in force today, by which a new year would be graded.
    pub policy: PolicyId,
    /// The statistics of each year's cohort under that policy, in which the year would be graded now; a
    /// year that has none is graded without. Absent when the reader's role may not see figures.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cohorts: BTreeMap<i32, Cohort>,
    /// Whether the reader may enter figures.
    pub may_write_figures: bool,
    /// Whether the reader may change the master record.
    pub may_edit: bool,
}
