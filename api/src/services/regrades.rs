//! Grading the book anew: begun, listed, stopped. Steps are taken in [`super::passes`].

use serde_json::json;
use shared::calendar::Millis;
use shared::dto::audit::Verb;
use shared::dto::page::{Page, PageQuery};
use shared::dto::regrade::{MAX_REGRADE_YEARS, Regrade, RegradePhase, StartRegrade};
use shared::id::RegradeId;
use shared::permission::{Action, Permit, Target};
use shared::problem::Code;

use super::passes;
use super::policies::{self, InForce};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging;
use crate::random;
use crate::store::audit::{self, Author, Event};
use crate::store::book;
use crate::store::db::nth;
use crate::store::idempotency::Once;
use crate::store::policies::in_force;
use crate::store::regrades::{self as store, RegradeRow, Run};

/// Tries at a step or a stop while others change the same customers or take steps.
const ATTEMPTS: u32 = 3;
/// The earliest year that is graded.
const FIRST_YEAR: i32 = 2000;
/// Steps that the clock takes at a time.
const STEPS_A_TICK: u32 = 10;

/// Runs, newest first.
///
/// # Errors
/// 403, 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<Regrade>, ApiError> {
    caller.may(Action::ReadPolicy, Target::Company)?;
    let limit = paging::limit(query.limit)?;
    let after: Option<(Millis, RegradeId)> = query.cursor.as_deref().map(paging::place).transpose()?;
    let rows: Vec<RegradeRow> = ctx.db().all(store::page(after.as_ref(), limit + 1)).await?;
    let states = rows.into_iter().map(|row| row.run().map(|run| run.state)).collect::<Result<Vec<_>, _>>()?;
    paging::page(states, limit, |last| paging::cursor(&(last.started_at, &last.id)))
}

async fn find(ctx: &Ctx, id: &RegradeId) -> Result<Run, ApiError> {
    let row: RegradeRow = ctx.db().first(store::find(id)).await?.ok_or_else(ApiError::not_found)?;
    Ok(row.run()?)
}

/// How far a run has come.
///
/// # Errors
/// 403, 404.
pub async fn get(ctx: &Ctx, caller: &Caller, id: &RegradeId) -> Result<Regrade, ApiError> {
    caller.may(Action::ReadPolicy, Target::Company)?;
    Ok(find(ctx, id).await?.state)
}

/// Begins a run by the policy in force.
///
/// # Errors
/// 403, 409 while another is open or when the key was used for something else, 422.
pub async fn start(
    ctx: &Ctx,
    caller: &Caller,
    key: String,
    start: &StartRegrade,
) -> Result<Regrade, ApiError> {
    let permit = caller.may(Action::Regrade, Target::Company)?;
    let mut years = start.years.clone();
    years.sort_unstable();
    years.dedup();
    let this_year = ctx.today()?.year();
    if years.is_empty() || years.len() > MAX_REGRADE_YEARS {
        return Err(ApiError::field("years", "range", format!("must be 1 to {MAX_REGRADE_YEARS} years")));
    }
    if years.iter().any(|year| !(FIRST_YEAR..=this_year).contains(year)) {
        return Err(ApiError::field("years", "range", format!("must be from {FIRST_YEAR} to {this_year}")));
    }
    let once = Once::new(&caller.actor.user, key, "POST /regrades", start)?;
    once.run(ctx, begin(ctx, &permit, &caller.author(), years, Some(&once))).await
}

/// Begins a run on somebody's behalf, or the clock's.
async fn begin(
    ctx: &Ctx,
    permit: &Permit,
    author: &Author,
    years: Vec<i32>,
    once: Option<&Once>,
) -> Result<Regrade, ApiError> {
    let rows = ctx.db().batch(&[in_force(ctx.today()?), book::length()]).await?;
    let policy = policies::parse_in_force(ctx, nth(&rows, 0)?).await?;
    let customers: u64 = nth(&rows, 1)?.json()?.unwrap_or_default();
    let phases = passes::phases(&policy.policy);
    let run = Regrade {
        id: RegradeId::parse(&random::id()?).map_err(ApiError::internal)?,
        policy: policy.id,
        years,
        phase: phases.first().copied().unwrap_or(RegradePhase::Grade),
        position: 0,
        done: 0,
        total: phases.iter().fold(0, |total, _| total + customers),
        changed: 0,
        started_at: ctx.now(),
        started_by: author.name.clone(),
        finished_at: None,
    };
    // First what tells a repetition, which would find the run that it began.
    let mut work: Vec<_> = once.map(|once| once.remember(ctx, &run)).transpose()?.into_iter().collect();
    work.extend(store::insert(permit, &run)?);
    let detail = json!({ "policy": run.policy, "years": run.years, "customers": customers });
    let event = Event::new(Verb::RegradeStarted, &run.id, detail);
    audit::commit(ctx, author, work, &[event]).await?;
    Ok(run)
}

/// Takes the step after `at`.
///
/// # Errors
/// 403, 404, 409 when others keep changing the same customers.
pub async fn step(ctx: &Ctx, caller: &Caller, id: &RegradeId, at: u32) -> Result<Regrade, ApiError> {
    let permit = caller.may(Action::Regrade, Target::Company)?;
    take(ctx, &permit, &caller.author(), id, at).await
}

/// Takes the step after `at` on somebody's behalf, or the clock's; a run that is elsewhere or over stays
/// as it is, and one whose policy is no longer in force is stopped.
async fn take(
    ctx: &Ctx,
    permit: &Permit,
    author: &Author,
    id: &RegradeId,
    at: u32,
) -> Result<Regrade, ApiError> {
    let mut attempt = 1;
    loop {
        let rows = ctx.db().batch(&[store::find(id), in_force(ctx.today()?)]).await?;
        let run = nth(&rows, 0)?.one::<RegradeRow>()?.ok_or_else(ApiError::not_found)?.run()?;
        if run.state.position != at || !run.state.phase.is_open() {
            return Ok(run.state);
        }
        let policy: InForce = policies::parse_in_force(ctx, nth(&rows, 1)?).await?;
        let taken = if policy.id == run.state.policy {
            passes::step(ctx, permit, author, &policy, run).await
        } else {
            stop(ctx, permit, author, run).await
        };
        match taken {
            // Somebody took the step, or changed one of its customers: see what is there now.
            Err(error) if error.code() == Code::Conflict && attempt < ATTEMPTS => {
                attempt += 1;
                ctx.db().allow(50);
            }
            done => return done,
        }
    }
}

/// Stops a run; what it has graded stays.
///
/// # Errors
/// 403, 404, 409 when others keep taking steps of it.
pub async fn cancel(ctx: &Ctx, caller: &Caller, id: &RegradeId) -> Result<Regrade, ApiError> {
    let permit = caller.may(Action::Regrade, Target::Company)?;
    let mut attempt = 1;
    loop {
        let run = find(ctx, id).await?;
        if !run.state.phase.is_open() {
            return Ok(run.state);
        }
        match stop(ctx, &permit, &caller.author(), run).await {
            Err(error) if error.code() == Code::Conflict && attempt < ATTEMPTS => attempt += 1,
            done => return done,
        }
    }
}

async fn stop(ctx: &Ctx, permit: &Permit, author: &Author, mut run: Run) -> Result<Regrade, ApiError> {
    let detail = json!({ "phase": run.state.phase, "done": run.state.done, "changed": run.state.changed });
    let event = Event::new(Verb::RegradeCancelled, &run.state.id, detail);
    run.state.phase = RegradePhase::Cancelled;
    run.state.position += 1;
    run.state.finished_at = Some(ctx.now());
    let mut work = store::advance(permit, &run)?.to_vec();
    work.push(store::forget_tallies(permit, &run.state.id));
    audit::commit(ctx, author, work, &[event]).await?;
    Ok(run.state)
}

/// What the clock does each minute: it goes on with the run that is open, or begins one over this year
/// and the last when a version has come into force by which the book was never graded.
///
/// # Errors
/// When the database does not answer, or others keep changing the same customers.
pub async fn tick(ctx: &Ctx) -> Result<(), ApiError> {
    let (permit, nobody) = (Permit::of_the_clock(), Author::default());
    let today = ctx.today()?;
    let rows = ctx.db().batch(&[store::open(), in_force(today)]).await?;
    let mut run = match nth(&rows, 0)?.one::<RegradeRow>()? {
        Some(row) => row.run()?.state,
        None => {
            let policy = policies::read_in_force(ctx, nth(&rows, 1)?).await?;
            // Everything was graded by the first version from the beginning.
            let known = policy.version == 1 || {
                ctx.db().first::<RegradeRow>(store::of_policy(&policy.id)).await?.is_some()
            };
            if known {
                return Ok(());
            }
            begin(ctx, &permit, &nobody, vec![today.year() - 1, today.year()], None).await?
        }
    };
    for _ in 0..STEPS_A_TICK {
        if !run.phase.is_open() {
            break;
        }
        // Each step has the allowance of a request.
        ctx.db().allow(50);
        run = take(ctx, &permit, &nobody, &run.id, run.position).await?;
    }
    Ok(())
}
