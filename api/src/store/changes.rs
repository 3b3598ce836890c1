//! Everything that one request changes of customers and their years, as the statements of one batch.
//!
//! Whoever changes a customer, a person or an import, goes through here: the revisions that were
//! read are compared first, so that nothing is decided on what somebody else has changed since;
//! what is graded is summarised beside the customer; and the search follows.

use shared::calendar::Millis;
use shared::id::{CustomerId, PolicyId};
use shared::permission::Permit;

use super::bulk::bulk;
use super::customers::{self, Written};
use super::db::{DbError, Statement};
use super::figures::{self, Figures};
use super::guard::Guard;
use super::invoices::{self, Invoice};
use crate::assess::Graded;

/// What is to be changed.
#[derive(Debug, Default)]
pub struct Changes {
    /// Customers that existed, with the revision that was read.
    pub read: Vec<(CustomerId, i64)>,
    /// Customers to be added.
    pub added: Vec<Written>,
    /// Customers whose master record changes.
    pub changed: Vec<Written>,
    /// Figures as they become.
    pub figures: Vec<(CustomerId, i32, Figures)>,
    /// Invoices as they become.
    pub invoices: Vec<(CustomerId, Invoice)>,
    /// Years graded anew.
    pub graded: Vec<(CustomerId, Graded)>,
}

impl Changes {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.changed.is_empty()
            && self.figures.is_empty()
            && self.invoices.is_empty()
            && self.graded.is_empty()
    }

    /// The statements, for whoever was permitted to make the changes. A revision that has moved fails
    /// the batch with [`Guard::State`].
    ///
    /// # Errors
    /// When something cannot be serialized.
    pub fn statements(&self, _: &Permit, policy: &PolicyId, now: Millis) -> Result<Vec<Statement>, DbError> {
        let mut batch = Vec::new();
        for part in self.read.chunks(10_000) {
            batch.extend(bulk(customers::TOUCH, part)?);
            let count = i64::try_from(part.len()).unwrap_or(i64::MAX);
            batch.push(Guard::State.holds("changes() = ?").bind(count));
        }
        batch.extend(bulk(customers::INSERT, &self.added)?);
        batch.extend(bulk(customers::UPDATE, &self.changed)?);
        batch.extend(bulk(customers::INDEX, self.added.iter().chain(&self.changed))?);
        let figures =
            self.figures.iter().map(|(id, year, figures)| text(figures).map(|text| (id, year, text)));
        batch.extend(bulk(figures::WRITE, figures.collect::<Result<Vec<_>, _>>()?)?);
        batch.extend(bulk(invoices::WRITE, &self.invoices)?);
        let graded = self.graded.iter().map(|(id, graded)| row(id, graded, policy, now));
        batch.extend(bulk(figures::GRADE, graded.collect::<Result<Vec<_>, _>>()?)?);
        let mut ids: Vec<_> = self.graded.iter().map(|(id, _)| id).collect();
        ids.dedup();
        batch.extend(bulk(customers::SUMMARISE, ids)?);
        Ok(batch)
    }
}

fn text(value: &impl serde::Serialize) -> Result<String, DbError> {
    serde_json::to_string(value).map_err(|error| DbError::other(error.to_string()))
}

/// A graded year in the order of [`figures::GRADE`].
fn row<'a>(
    id: &'a CustomerId,
    graded: &'a Graded,
    policy: &'a PolicyId,
    now: Millis,
) -> Result<impl serde::Serialize + 'a, DbError> {
    let assessment = &graded.assessment;
    Ok((
        id,
        graded.year,
        policy,
        now,
        assessment.tier.as_ref().map_or("", |tier| tier.as_str()),
        i64::from(assessment.provisional),
        assessment.score,
        assessment.evidence.share,
        assessment.missing.len(),
        graded.sales(),
        text(&graded.inputs)?,
        &graded.explanation,
        graded.cohort,
    ))
}
