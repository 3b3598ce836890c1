//! Chunks of an import: each is checked, decided and written as a whole, or not at all. Longer than most
//! files, as one chunk is one path from its rows to its batch.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use shared::calendar::Date;
use shared::dto::audit::Verb;
use shared::dto::import::{ChunkResult, Counts, ImportState, MAX_CHUNK_ROWS, MAX_CHUNK_YEARS, Rows};
use shared::grading::Policy;
use shared::id::{CustomerCode, CustomerId, ImportId, Key};
use shared::ledger::{AnnualRow, Fault, Field, Row, RowFault, Shape};
use shared::permission::{Action, Permit, Target};
use shared::problem::{Code, FieldProblem};

use super::figures::{grade_after, grade_before, misfit};
use super::policies::{self, InForce};
use crate::assess::{Grounds, assess};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::intake::{self, Known, Names, Outcome, Stamp};
use crate::random::{self, sha256};
use crate::store::audit::{self, Event};
use crate::store::changes::Changes;
use crate::store::customers::{self, CustomerRow, Written};
use crate::store::db::nth;
use crate::store::figures::YearsRow;
use crate::store::imports::{self as store, ChunkRow, ImportRow};
use crate::store::invoices::InvoicesRow;
use crate::store::policies::in_force;
use crate::store::{directory, figures, invoices};

/// Tries at a chunk while others change its customers.
const ATTEMPTS: u32 = 3;
/// Most problems that an answer lists.
const MAX_PROBLEMS: usize = 200;

/// Writes a chunk. The same rows again give the same answer.
///
/// # Errors
/// 403, 404, 409 when other rows were sent as this chunk or others keep changing its customers, 422 with
/// every wrong row.
pub async fn write(
    ctx: &Ctx,
    caller: &Caller,
    (id, n): (&ImportId, u32),
    rows: &Rows,
) -> Result<ChunkResult, ApiError> {
    let permit = caller.may(Action::Import, Target::Company)?;
    let digest = sha256(serde_json::to_vec(rows).map_err(ApiError::internal)?);
    let mut attempt = 1;
    loop {
        let done = match rows {
            Rows::Annual(rows) => once(ctx, caller, &permit, (id, n), &digest, rows, intake::annual).await,
            Rows::Receivables(rows) => {
                once(ctx, caller, &permit, (id, n), &digest, rows, intake::receivables).await
            }
        };
        match done {
            // Somebody changed one of the customers, or wrote this chunk: decide anew on what is there now.
            Err(Failure::Moved(_)) if attempt < ATTEMPTS => {
                attempt += 1;
                ctx.db().allow(50);
            }
            Err(Failure::Moved(error) | Failure::Refused(error)) => return Err(error),
            Ok(result) => return Ok(result),
        }
    }
}

/// Whether trying again may help.
enum Failure {
    Moved(ApiError),
    Refused(ApiError),
}

impl<E: Into<ApiError>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

/// How rows of a shape are merged into one customer.
type Merge<R> =
    fn(Stamp<'_>, &CustomerCode, Option<&Known>, &[(usize, &R)]) -> Result<Outcome, (usize, RowFault)>;

/// Rows by customer, with their places in the chunk.
type ByCode<'a, R> = BTreeMap<&'a CustomerCode, Vec<(usize, &'a R)>>;

/// Every problem of the rows by themselves, and the rows by customer.
fn sorted<'a, R: Checked>(
    rows: &'a [R],
    names: &Names,
    policy: &Policy,
    today: Date,
) -> Result<ByCode<'a, R>, ApiError> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    let mut seen: BTreeMap<R::Id, &R> = BTreeMap::new();
    let mut by_code: ByCode<'a, R> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let (unit, rep) = row.references();
        let mut wrong = |fault: RowFault| problems.push(intake::problem(at, fault));
        if let Err(fault) = row.check() {
            wrong(fault);
        }
        if row.year() > today.year() {
            wrong(RowFault { field: Some(R::YEAR), code: Fault::OutOfRange });
        }
        if let Err(fault) = names.check(unit, rep) {
            wrong(fault);
        }
        if seen.insert(row.id(), row).is_some_and(|other| other != row) {
            wrong(RowFault { field: None, code: Fault::Conflict });
        }
        problems.extend(
            row.misfits(policy)
                .into_iter()
                .map(|(key, code, expected)| problem_of(&format!("rows.{at}.values.{key}"), code, expected)),
        );
        by_code.entry(row.customer()).or_default().push((at, row));
    }
    if problems.is_empty() {
        return Ok(by_code);
    }
    problems.truncate(MAX_PROBLEMS);
    Err(ApiError::fields(problems))
}

/// What checking a row needs besides `shared::ledger::Row`.
pub trait Checked: Row {
    /// The field that says which year it counts in.
    const YEAR: Field;
    /// Unit and rep as written.
    fn references(&self) -> (Option<&String>, Option<&String>);
    /// Values that do not fit what the policy asks under their keys; other keys are kept for later ones.
    fn misfits(&self, policy: &Policy) -> Vec<(String, &'static str, String)>;
}

impl Checked for AnnualRow {
    const YEAR: Field = Field::Year;

    fn references(&self) -> (Option<&String>, Option<&String>) {
        (self.unit.as_ref(), self.rep.as_ref())
    }

    fn misfits(&self, policy: &Policy) -> Vec<(String, &'static str, String)> {
        let asked = |key: &Key| {
            policy.indicators.iter().any(|one| one.key == *key)
                || policy.facts.iter().any(|one| one.key == *key)
        };
        let values = self.values.iter().filter(|(key, _)| asked(key));
        values
            .filter_map(|(key, input)| {
                misfit(policy, key, input).map(|(code, expected)| (key.to_string(), code, expected))
            })
            .collect()
    }
}

impl Checked for shared::ledger::InvoiceRow {
    const YEAR: Field = Field::Issued;

    fn references(&self) -> (Option<&String>, Option<&String>) {
        (self.unit.as_ref(), self.rep.as_ref())
    }

    fn misfits(&self, _: &Policy) -> Vec<(String, &'static str, String)> {
        Vec::new()
    }
}

async fn once<R: Checked>(
    ctx: &Ctx,
    caller: &Caller,
    permit: &Permit,
    (id, n): (&ImportId, u32),
    digest: &str,
    rows: &[R],
    merge: Merge<R>,
) -> Result<ChunkResult, Failure> {
    let today = ctx.today()?;
    let codes: BTreeSet<&CustomerCode> = rows.iter().map(Row::customer).collect();
    let codes: Vec<&CustomerCode> = codes.into_iter().collect();
    let all = shared::permission::Scope::All;
    let loaded = ctx
        .db()
        .batch(&[
            store::find(id),
            store::chunk(id, n),
            directory::units(&all),
            directory::reps(&all),
            in_force(today),
            customers::of_codes(&codes)?,
        ])
        .await?;
    let import = nth(&loaded, 0)?.one::<ImportRow>()?.ok_or_else(ApiError::not_found)?.state()?;
    if let Some(written) = nth(&loaded, 1)?.one::<ChunkRow>()? {
        return Ok(repeated(&import, digest, &written)?);
    }
    bounds(&import, n, R::SHAPE, rows)?;
    let names = Names {
        units: nth(&loaded, 2)?.json()?.unwrap_or_default(),
        reps: nth(&loaded, 3)?.json()?.unwrap_or_default(),
    };
    let policy = policies::parse_in_force(ctx, nth(&loaded, 4)?).await?;
    let by_code = sorted(rows, &names, &policy.policy, today)?;
    let known = load(ctx, R::SHAPE, nth(&loaded, 5)?.read()?).await?;

    let stamp = Stamp {
        at: ctx.now(),
        by: &caller.name,
        as_of: import.as_of,
        default_unit: &import.default_unit,
        names: &names,
    };
    let mut chunk = Chunk::new(id, n);
    let mut problems = Vec::new();
    for (code, rows) in by_code {
        let known = known.get(code);
        match merge(stamp, code, known, &rows) {
            Ok(outcome) => chunk.add(&policy, today, known, outcome)?,
            Err((row, fault)) => problems.push(intake::problem(row, fault)),
        }
    }
    if !problems.is_empty() {
        problems.truncate(MAX_PROBLEMS);
        return Err(ApiError::fields(problems).into());
    }
    chunk.commit(ctx, caller, permit, &policy, &import, digest).await
}

/// The answer to a chunk that was written before.
fn repeated(import: &ImportState, digest: &str, written: &ChunkRow) -> Result<ChunkResult, ApiError> {
    if written.digest != digest {
        return Err(ApiError::new(Code::Conflict, "Other rows were written as this chunk."));
    }
    let result: ChunkResult = serde_json::from_str(&written.result).map_err(ApiError::internal)?;
    Ok(ChunkResult { complete: import.completed_at.is_some(), ..result })
}

fn bounds<R: Row>(import: &ImportState, n: u32, shape: Shape, rows: &[R]) -> Result<(), ApiError> {
    if import.shape != shape {
        return Err(ApiError::field("shape", "unknown", "must be the shape of the import"));
    }
    if n >= import.chunks {
        return Err(ApiError::field("n", "range", format!("must be below {}", import.chunks)));
    }
    if rows.is_empty() || rows.len() > MAX_CHUNK_ROWS {
        return Err(ApiError::field("rows", "range", format!("must be 1 to {MAX_CHUNK_ROWS} rows")));
    }
    let years: BTreeSet<_> = rows.iter().map(|row| (row.customer(), row.year())).collect();
    if years.len() > MAX_CHUNK_YEARS {
        let expected = format!("must belong to at most {MAX_CHUNK_YEARS} customers and years");
        return Err(ApiError::field("rows", "range", expected));
    }
    Ok(())
}

/// The chunk's customers with all that is stored of them.
async fn load(
    ctx: &Ctx,
    shape: Shape,
    stored: Vec<CustomerRow>,
) -> Result<BTreeMap<CustomerCode, Known>, ApiError> {
    if stored.is_empty() {
        return Ok(BTreeMap::new());
    }
    let ids: Vec<&CustomerId> = stored.iter().map(|customer| &customer.id).collect();
    let mut batch = vec![figures::of_customers(&ids)?];
    if shape == Shape::Receivables {
        batch.push(invoices::of_customers(&ids)?);
    }
    let rows = ctx.db().batch(&batch).await?;
    let mut years = BTreeMap::new();
    for row in nth(&rows, 0)?.read::<YearsRow>()? {
        years.insert(row.customer.clone(), row.years()?);
    }
    let mut invoices: BTreeMap<CustomerId, InvoicesRow> = BTreeMap::new();
    if let Some(rows) = rows.get(1) {
        invoices.extend(rows.read::<InvoicesRow>()?.into_iter().map(|row| (row.customer.clone(), row)));
    }
    let mut known = BTreeMap::new();
    for customer in stored {
        let invoices = match invoices.get(&customer.id) {
            Some(row) => row.invoices(&customer.code)?,
            None => BTreeMap::new(),
        };
        let years = years.remove(&customer.id).unwrap_or_default();
        known.insert(customer.code.clone(), Known { customer, years, invoices });
    }
    Ok(known)
}

/// A chunk on its way into the database.
struct Chunk<'a> {
    import: &'a ImportId,
    n: u32,
    counts: Counts,
    added: u32,
    changes: Changes,
    events: Vec<Event>,
}

impl<'a> Chunk<'a> {
    fn new(import: &'a ImportId, n: u32) -> Self {
        let (changes, events) = (Changes::default(), Vec::new());
        Self { import, n, counts: Counts::default(), added: 0, changes, events }
    }

    /// Adds what the rows of one customer came to.
    fn add(
        &mut self,
        policy: &InForce,
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
        let written = outcome.is_changed.then(|| Written::new(id.clone(), outcome.draft.clone()));
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
        let years = self.grade(policy, today, known, &id, &outcome);
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
        today: Date,
        known: Option<&Known>,
        id: &CustomerId,
        outcome: &Outcome,
    ) -> BTreeMap<i32, Value> {
        let grounds = Grounds {
            policy: &policy.policy,
            cohorts: &policy.cohorts,
            since: outcome.draft.since,
            segment: outcome.draft.segment.as_ref(),
            today,
        };
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
    async fn commit(
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
