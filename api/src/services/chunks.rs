//! Chunks of an import: each is checked, decided and written as a whole, or not at all.

mod batch;
mod check;

use std::collections::BTreeMap;

use shared::dto::import::{ChunkResult, ImportState, Rows};
use shared::gather;
use shared::id::{CustomerCode, CustomerId, ImportId};
use shared::json;
use shared::ledger::{Row, RowFault, Shape};
use shared::permission::{Action, Permit, Target};
use shared::problem::Code;

use super::policies;
use crate::assess::Grader;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::intake::{self, Known, Names, Outcome, Stamp};
use crate::random::sha256;
use crate::store::customers::{self, CustomerRow};
use crate::store::db::nth;
use crate::store::figures::YearsRow;
use crate::store::imports::{self as store, ChunkRow, ImportRow};
use crate::store::invoices::InvoicesRow;
use crate::store::policies::in_force;
use crate::store::{directory, figures, invoices};
use batch::Chunk;
use check::{Checked, bounds, sorted};

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
    let codes: Vec<&CustomerCode> = gather::set(rows.iter().map(Row::customer)).into_iter().collect();
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
    let grader = Grader::new(&policy.policy, &policy.cohorts);
    for (code, rows) in by_code {
        let known = known.get(code);
        match merge(stamp, code, known, &rows) {
            Ok(outcome) => chunk.add(&policy, &grader, today, known, outcome)?,
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
    let result: ChunkResult = json::read(&written.result).map_err(ApiError::internal)?;
    Ok(ChunkResult { complete: import.completed_at.is_some(), ..result })
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
