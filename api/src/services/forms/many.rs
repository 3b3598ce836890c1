//! A step with each of many forms: each is decided by itself, and those that pass are written in one batch.

use std::collections::BTreeMap;

use shared::dto::review::{MAX_FORM_MOVES, MoveForms, MoveOutcome, OneMove, Outcome};
use shared::gather;
use shared::id::{CustomerId, CycleId};
use shared::problem::Code;
use shared::review::{Acting, Step, step};

use super::{Desk, steps};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::services::stand_ins;
use crate::store::audit;
use crate::store::cycles;
use crate::store::db::nth;
use crate::store::form_writes::{self, Taken};
use crate::store::forms::{self as store, PathRow};
use crate::store::guard::Guard;

/// Tries at writing while others move the same forms.
const ATTEMPTS: u32 = 4;

/// Takes a step with each of some forms. Each is answered as it would be by itself.
///
/// # Errors
/// 404 for the cycle, 409 when others keep moving the same forms, 422.
pub async fn take(
    ctx: &Ctx,
    caller: &Caller,
    id: &CycleId,
    body: &MoveForms,
) -> Result<Vec<MoveOutcome>, ApiError> {
    let asked = gather::map(body.moves.iter().map(|one| (&one.customer, one)));
    if body.moves.is_empty() || body.moves.len() > MAX_FORM_MOVES {
        return Err(ApiError::field("moves", "range", format!("must be 1 to {MAX_FORM_MOVES}")));
    }
    if asked.len() < body.moves.len() {
        return Err(ApiError::field("moves", "taken", "must each be of another customer"));
    }
    let stand_in = stand_ins::named(ctx, body.stand_in.as_ref()).await?;
    let by = Acting { actor: &caller.actor, stand_in: stand_in.as_ref() };
    let mut attempt = 1;
    loop {
        match once(ctx, caller, by, id, &asked).await {
            // Another form than was read, or another cycle: who was late is told so in the next round.
            Err(error) if error.code() == Code::Conflict && attempt < ATTEMPTS => {
                attempt += 1;
                ctx.db().allow(20);
            }
            Err(error) => return Err(error),
            Ok(mut outcomes) => {
                let outcome = |one: &OneMove| {
                    let outcome = outcomes.remove(&one.customer)?;
                    Some(MoveOutcome { customer: one.customer.clone(), outcome })
                };
                return Ok(body.moves.iter().filter_map(outcome).collect());
            }
        }
    }
}

async fn once(
    ctx: &Ctx,
    caller: &Caller,
    by: Acting<'_>,
    id: &CycleId,
    asked: &BTreeMap<&CustomerId, &OneMove>,
) -> Result<BTreeMap<CustomerId, Outcome>, ApiError> {
    let ids: Vec<&CustomerId> = asked.keys().copied().collect();
    let batch = [cycles::find(id), cycles::policy(id), store::of_customers(id, &ids)?];
    let rows = ctx.db().batch(&batch).await?;
    let desk = Desk::read(ctx, nth(&rows, 0)?, nth(&rows, 1)?)?;
    let found: Vec<PathRow> = nth(&rows, 2)?.read()?;
    let found = gather::map(found.iter().map(|row| (&row.customer_id, row)));
    let mut outcomes = BTreeMap::new();
    let mut taken = Vec::new();
    for one in asked.values() {
        let decided = match found.get(&one.customer) {
            Some(row) => decide(&desk, by, row, one)?,
            None => Err(ApiError::not_found()),
        };
        let outcome = match decided {
            Ok(step) => {
                let stage = step.next.form.state.stage();
                taken.push(step);
                Outcome::Done { stage, version: one.version + 1 }
            }
            Err(error) => Outcome::Refused { problem: error.problem() },
        };
        outcomes.insert(one.customer.clone(), outcome);
    }
    if !taken.is_empty() {
        let events: Vec<_> = taken.iter().map(|one| steps::event(id, one)).collect();
        let mut work = vec![cycles::unmoved(&desk.kept)];
        work.extend(form_writes::take(id, &taken, Guard::State)?);
        audit::commit(ctx, &caller.author(), work, &events).await?;
    }
    Ok(outcomes)
}

/// What one step makes of a form, or its refusal; in the order in which a step by itself is refused.
fn decide(
    desk: &Desk,
    by: Acting<'_>,
    row: &PathRow,
    one: &OneMove,
) -> Result<Result<Taken, ApiError>, ApiError> {
    let computed = row.computed()?;
    let answer = step(&row.form()?, &one.wanted, by, &desk.scene(computed.as_ref()));
    if let Err(refused) = &answer
        && matches!(refused.code(), Code::Forbidden | Code::NotFound)
    {
        return Ok(Err(refused.clone().into()));
    }
    if row.version != one.version {
        return Ok(Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change.")));
    }
    if matches!(one.wanted.step(), Step::Fill | Step::Rate) {
        return Ok(Err(ApiError::field("wanted", "unknown", "must not change what the form says")));
    }
    let changes = steps::undertaken(&one.wanted).into_iter().collect();
    let taken = |next| Taken { next, version: one.version, said: None, changes };
    Ok(answer.map(taken).map_err(ApiError::from))
}
