//! What the rows of a chunk come to, gathered customer by customer and written in one batch.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::calendar::Date;
use shared::dto::audit::Verb;
use shared::dto::import::{ChunkResult, Counts, ImportState};
use shared::id::{CustomerId, ImportId};
use shared::permission::Permit;
use shared::problem::Code;

use super::super::figures::{grade_after, grade_before};
use super::super::policies::InForce;
use super::Failure;
use crate::assess::{Grader, Grounds, assess};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::intake::{Known, Outcome};
use crate::random;
use crate::store::audit::{self, Event};
use crate::store::changes::Changes;
use crate::store::customers::Written;
use crate::store::imports as store;

/// A chunk on its way into the database.
pub(super) struct Chunk<'a> {
    import: &'a ImportId,
    n: u32,
    counts: Counts,
    added: u32,
    changes: Changes,
    events: Vec<Event>,
}

impl<'a> Chunk<'a> {
    /// An empty one.
    pub(super) fn new(import: &'a ImportId, n: u32) -> Self {
        let (changes, events) = (Changes::default(), Vec::new());
        Self { import, n, counts: Counts::default(), added: 0, changes, events }
    }

    /// Adds what the rows of one customer came to.
    ///
    /// # Errors
    /// 500.
    pub(super) fn add(
        &mut self,
        policy: &InForce,
        grader: &Grader<'_>,
        today: Date,
        known: Option<&Known>,
        outcome: Outcome,
    ) -> Result<(), ApiError> {
        for (_, verdict) in &outcome.verdicts {
            self.counts.add(*verdict);
        }
        if outcome.is_empty() {
            return Ok(());
        }
        let id = match known {
            Some(known) => known.customer.id.clone(),
            None => CustomerId::parse(&random::id()?).map_err(ApiError::internal)?,
        };
        let written = outcome.is_changed.then(|| Written::new(id.clone(), outcome.draft.clone(), today));
        let origin = json!({ "import": self.import, "chunk": self.n });
        match known {
            None => {
                self.added += 1;
                self.changes.added.extend(written);
                let detail = json!({ "after": outcome.draft, "origin": origin });
                self.events.push(Event::new(Verb::CustomerCreated, &id, detail));
            }
            Some(known) => {
                self.changes.read.push((id.clone(), known.customer.revision));
                if let Some(written) = written {
                    self.changes.changed.push(written);
                    let before = known.customer.draft();
                    let detail = json!({ "before": before, "after": outcome.draft, "origin": origin });
                    self.events.push(Event::new(Verb::CustomerChanged, &id, detail));
                }
            }
        }
        let years = self.grade(policy, grader, today, known, &id, &outcome);
        if !years.is_empty() || !outcome.invoices.is_empty() {
            let detail = json!({ "origin": origin, "years": years, "invoices": outcome.invoices.len() });
            self.events.push(Event::new(Verb::FiguresImported, &id, detail));
        }
        for year in outcome.changes.keys() {
            let figures = outcome.years.get(year).cloned().unwrap_or_default();
            self.changes.figures.push((id.clone(), *year, figures));
        }
        self.changes.invoices.extend(outcome.invoices.into_iter().map(|invoice| (id.clone(), invoice)));
        Ok(())
    }

    /// Grades the years of a customer that are to be graded; what the audit trail keeps of each.
    fn grade(
        &mut self,
        policy: &InForce,
        grader: &Grader<'_>,
        today: Date,
        known: Option<&Known>,
        id: &CustomerId,
        outcome: &Outcome,
    ) -> BTreeMap<i32, Value> {
        let grounds =
            Grounds { grader, since: outcome.draft.since, segment: outcome.draft.segment.as_ref(), today };
        let mut told = BTreeMap::new();
        for year in &outcome.regrade {
            let Some(figures) = outcome.years.get(year) else { continue };
            let graded = assess(grounds, *year, figures, outcome.years.get(&(year - 1)));
            let before = known.and_then(|known| known.years.get(year)).map(grade_before);
            let detail = json!({
                "changes": outcome.changes.get(year),
                "policy": policy.id,
                "grade": { "before": before, "after": grade_after(&graded) },
            });
            told.insert(*year, detail);
            self.changes.graded.push((id.clone(), graded));
        }
        told
    }

    /// Writes everything in one batch.
    ///
    /// # Errors
    /// [`Failure::Moved`] when others change the same customers.
    pub(super) async fn commit(
        mut self,
        ctx: &Ctx,
        caller: &Caller,
        permit: &Permit,
        policy: &InForce,
        import: &ImportState,
        digest: &str,
    ) -> Result<ChunkResult, Failure> {
        let received = import.received.len() + 1;
        let complete = u32::try_from(received).is_ok_and(|received| received >= import.chunks);
        let result = ChunkResult {
            chunk: self.n,
            counts: self.counts,
            customers_added: self.added,
            graded: u32::try_from(self.changes.graded.len()).unwrap_or(u32::MAX),
            complete,
        };
        let mut batch = self.changes.statements(permit, &policy.id, ctx.now())?;
        batch.extend(store::insert_chunk(permit, self.import, digest, &result, received)?);
        self.events.push(Event::new(Verb::ImportChunk, self.import, json!(result)));
        if complete {
            batch.push(store::complete(self.import, ctx.now()));
            self.events.push(Event::new(Verb::ImportCompleted, self.import, json!({ "rows": import.rows })));
        }
        match audit::commit(ctx, &caller.author(), batch, &self.events).await {
            Ok(_) => Ok(result),
            Err(error) if matches!(error.code(), Code::Conflict | Code::Taken) => {
                let detail = "Others are changing the same customers; send it again.";
                Err(Failure::Moved(ApiError::new(Code::Conflict, detail)))
            }
            Err(error) => Err(Failure::Refused(error)),
        }
    }
}
