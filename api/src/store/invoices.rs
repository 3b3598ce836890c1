//! The receivables ledger.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use shared::calendar::Date;
use shared::gather;
use shared::id::{CustomerCode, CustomerId, InvoiceNumber};
use shared::json;
use shared::ledger::InvoiceRow;
use shared::number::Fen;

use super::db::{DbError, Statement, sql};

/// An invoice as it is stored, in the order number, issued, due, amount, settled, disputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice(
    pub InvoiceNumber,
    pub Date,
    pub Option<Date>,
    pub Fen,
    pub Option<Date>,
    #[serde(with = "disputed")] pub Option<bool>,
);

/// The database has 0 and 1 for false and true.
mod disputed {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(value: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
        value.map(u8::from).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
        Ok(Option::<u8>::deserialize(deserializer)?.map(|number| number != 0))
    }
}

impl Invoice {
    /// What a row of a ledger says about the invoice itself.
    #[must_use]
    pub fn of(row: &InvoiceRow) -> Self {
        Self(row.number.clone(), row.issued, row.due, row.amount, row.settled, row.disputed)
    }

    /// The same as a row that says nothing about the customer.
    #[must_use]
    pub fn row(&self, code: &CustomerCode) -> InvoiceRow {
        InvoiceRow {
            code: code.clone(),
            number: self.0.clone(),
            name: None,
            unit: None,
            rep: None,
            issued: self.1,
            due: self.2,
            amount: self.3,
            settled: self.4,
            disputed: self.5,
        }
    }
}

/// A customer's invoices.
#[derive(Debug, Deserialize)]
pub struct InvoicesRow {
    /// Whose.
    pub customer: CustomerId,
    invoices: String,
}

impl InvoicesRow {
    /// The invoices by number, as rows that say nothing about the customer.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn invoices(&self, code: &CustomerCode) -> Result<BTreeMap<InvoiceNumber, InvoiceRow>, DbError> {
        let wrong = |error| DbError::other(format!("invoices of {}: {error}", self.customer));
        let invoices: Vec<Invoice> = json::read(&self.invoices).map_err(wrong)?;
        Ok(gather::map(invoices.iter().map(|invoice| (invoice.0.clone(), invoice.row(code)))))
    }
}

/// All invoices of some customers, a row each; customers without any are left out.
///
/// # Errors
/// When the ids cannot be serialized.
pub fn of_customers(ids: &[&CustomerId]) -> Result<Statement, DbError> {
    sql("SELECT i.customer_id AS customer, \
         json_group_array(json_array(i.number, i.issued, i.due, i.amount, i.settled, i.disputed)) AS invoices \
         FROM json_each(?) j CROSS JOIN invoices i ON i.customer_id = j.value GROUP BY i.customer_id")
    .bind_json(&ids)
}

/// Writes invoices: customer and [`Invoice`].
pub(super) const WRITE: &str = "INSERT INTO invoices (customer_id, number, issued, due, amount, settled, disputed) \
    SELECT value->>0, value->1->>0, value->1->>1, value->1->>2, value->1->>3, value->1->>4, value->1->>5 \
    FROM json_each(?) WHERE true ON CONFLICT (customer_id, number) DO UPDATE SET issued = excluded.issued, \
    due = excluded.due, amount = excluded.amount, settled = excluded.settled, disputed = excluded.disputed";
