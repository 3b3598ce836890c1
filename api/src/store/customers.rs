//! Customers: the master record and the latest graded year beside it.

use serde::{Deserialize, Serialize};
use shared::calendar::Date;
use shared::dto::customer::{Customer, CustomerDraft};
use shared::id::{CustomerCode, CustomerId, Label, Name, UnitId, UserId};
use shared::review::{due_on, is_new};

use super::db::{DbError, Statement, sql};
use super::guard::Guard;
use crate::search;

/// A customer's master record as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct CustomerRow {
    /// Its id.
    pub id: CustomerId,
    /// The company's number for it.
    pub code: CustomerCode,
    /// Its name.
    pub name: Name,
    /// Its unit.
    pub unit_id: UnitId,
    /// Its rep.
    pub rep_id: Option<UserId>,
    /// Its segment.
    pub segment: Option<Label>,
    /// Since when the company works with it.
    pub since: Option<Date>,
    /// Of the master record.
    pub version: i64,
    /// Of everything about it.
    pub revision: i64,
}

impl CustomerRow {
    /// The customer as it is answered.
    #[must_use]
    pub fn customer(&self) -> Customer {
        Customer {
            id: self.id.clone(),
            code: self.code.clone(),
            name: self.name.clone(),
            unit: self.unit_id.clone(),
            rep: self.rep_id.clone(),
            segment: self.segment.clone(),
            since: self.since,
            version: self.version,
        }
    }

    /// What a person can change of it.
    #[must_use]
    pub fn draft(&self) -> CustomerDraft {
        CustomerDraft {
            code: self.code.clone(),
            name: self.name.clone(),
            unit: self.unit_id.clone(),
            rep: self.rep_id.clone(),
            segment: self.segment.clone(),
            since: self.since,
        }
    }
}

/// A customer by its id.
pub fn find(id: &CustomerId) -> Statement {
    sql("SELECT id, code, name, unit_id, rep_id, segment, since, version, revision FROM customers WHERE id = ?").bind(id)
}

/// The customers of some codes, one row each.
///
/// # Errors
/// When the codes cannot be serialized.
pub fn of_codes(codes: &[&CustomerCode]) -> Result<Statement, DbError> {
    sql("SELECT c.id, c.code, c.name, c.unit_id, c.rep_id, c.segment, c.since, c.version, c.revision \
         FROM json_each(?) j CROSS JOIN customers c ON c.code = j.value")
    .bind_json(&codes)
}

/// Fails the batch unless the unit is open.
pub fn unit_is_open(unit: &UnitId) -> Statement {
    Guard::UnitOpen.holds("EXISTS (SELECT 1 FROM units WHERE id = ? AND active = 1)").bind(unit)
}

/// Fails the batch unless somebody is an active rep of the unit.
pub fn rep_in_unit(rep: &UserId, unit: &UnitId) -> Statement {
    Guard::RepInUnit
        .holds("EXISTS (SELECT 1 FROM users WHERE id = ? AND unit = ? AND role = 'rep' AND active = 1)")
        .bind(rep)
        .bind(unit)
}

/// A customer to be written, with what follows from its name and code.
#[derive(Debug, Clone, Serialize)]
pub struct Written {
    id: CustomerId,
    #[serde(flatten)]
    draft: CustomerDraft,
    initials: String,
    document: String,
    /// When it is to be graded in full, if it is a new one.
    due_on: Option<Date>,
    /// Whether it is a new one by what is written now; one that is already stays one.
    is_new: bool,
}

impl Written {
    /// A customer under an id, as it is written on a day.
    #[must_use]
    pub fn new(id: CustomerId, draft: CustomerDraft, today: Date) -> Self {
        let due_on = draft.since.map(due_on);
        let is_new = draft.since.is_some_and(|since| is_new(since, today));
        let initials = search::initials(draft.name.as_str());
        let document = search::document(draft.name.as_str(), draft.code.as_str());
        Self { id, draft, initials, document, due_on, is_new }
    }

    /// Whose it is.
    #[must_use]
    pub const fn id(&self) -> &CustomerId {
        &self.id
    }
}

/// Adds customers.
pub(super) const INSERT: &str = "INSERT INTO customers (id, code, name, initials, unit_id, rep_id, segment, since, due_on) \
    SELECT value->>'id', value->>'code', value->>'name', value->>'initials', value->>'unit', value->>'rep', \
    value->>'segment', value->>'since', iif(value->>'is_new', value->>'due_on', NULL) \
    FROM json_each(?) ORDER BY key";

/// Changes master records.
pub(super) const UPDATE: &str = "UPDATE customers SET code = j.value->>'code', name = j.value->>'name', \
    initials = j.value->>'initials', unit_id = j.value->>'unit', rep_id = j.value->>'rep', \
    segment = j.value->>'segment', since = j.value->>'since', \
    due_on = iif(due_on IS NOT NULL OR (since IS NOT j.value->>'since' AND j.value->>'is_new'), \
        j.value->>'due_on', NULL), version = version + 1 \
    FROM json_each(?) j WHERE customers.id = j.value->>'id'";

/// Writes by what customers are found, after they themselves are written.
pub(super) const INDEX: &str = "INSERT OR REPLACE INTO customer_search (rowid, text, scope) \
    SELECT c.seq, j.value->>'document', c.scope FROM json_each(?) j CROSS JOIN customers c ON c.id = j.value->>'id'";

/// Says which revisions were read; the guard after it counts them.
pub(super) const TOUCH: &str = "UPDATE customers SET revision = revision + 1 \
    FROM json_each(?) j WHERE customers.id = j.value->>0 AND customers.revision = j.value->>1";

/// Copies the latest graded year beside the master record. The tier that counts follows the computed one
/// only until the review has published one.
pub(super) const SUMMARISE: &str = "UPDATE customers SET \
    (year, computed_tier, tier, previous_tier, provisional, score, evidence, missing, sales, lacks) = ( \
        SELECT a.year, a.tier, iif(customers.published_cycle IS NULL, a.tier, customers.tier), \
            iif(customers.published_cycle IS NULL, (SELECT nullif(b.tier, '') FROM assessments b \
                WHERE b.customer_id = a.customer_id AND b.year = a.year - 1), customers.previous_tier), \
            a.provisional, a.score, a.evidence, a.missing, a.sales, a.explanation->'$.missing' \
        FROM assessments a WHERE a.customer_id = customers.id ORDER BY a.year DESC LIMIT 1) \
    WHERE id IN (SELECT value FROM json_each(?)) \
        AND EXISTS (SELECT 1 FROM assessments a WHERE a.customer_id = customers.id)";
