//! Grading the book anew.

use shared::dto::page::{Page, PageQuery};
use shared::dto::regrade::{Regrade, StartRegrade, StepRegrade};
use shared::id::RegradeId;
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, Search};
use crate::services::regrades;
use crate::table::{Table, routes};

/// Runs, newest first.
#[utoipa::path(get, path = "/regrades", tag = "regrades", params(PageQuery),
    extensions(("x-fenji-action" = json!("read_policy"))),
    responses((status = 200, body = Page<Regrade>), (status = 401, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<Regrade>>, ApiError> {
    regrades::list(&ctx, &caller, &query).await.map(Json)
}

/// Begins a run by the policy in force. There is one at a time: 409 with the code `regrade_running`
/// while another is open.
#[utoipa::path(post, path = "/regrades", tag = "regrades", request_body = StartRegrade,
    params(("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("regrade"))),
    responses((status = 201, body = Regrade), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn start(
    ctx: Ctx,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Body(start): Body<StartRegrade>,
) -> Result<Saved<Regrade>, ApiError> {
    let run = regrades::start(&ctx, &caller, key, &start).await?;
    Ok(Saved::created(i64::from(run.position), &format!("/regrades/{}", run.id), run))
}

/// How far a run has come.
#[utoipa::path(get, path = "/regrades/{id}", tag = "regrades", params(("id" = RegradeId, Path)),
    extensions(("x-fenji-action" = json!("read_policy"))),
    responses((status = 200, body = Regrade), (status = 401, body = Problem), (status = 404, body = Problem)))]
#[worker::send]
async fn get(ctx: Ctx, caller: Caller, At(id): At<RegradeId>) -> Result<Json<Regrade>, ApiError> {
    regrades::get(&ctx, &caller, &id).await.map(Json)
}

/// Takes the next step of a run, at most 200 customers, and says how far it has come. A step that
/// somebody else has taken, or of a run that is over, is not taken again: the answer is how far the run
/// has come. A run whose policy is no longer in force is cancelled instead.
#[utoipa::path(post, path = "/regrades/{id}/step", tag = "regrades", request_body = StepRegrade,
    params(("id" = RegradeId, Path)),
    extensions(("x-fenji-action" = json!("regrade"))),
    responses((status = 200, body = Regrade), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn step(
    ctx: Ctx,
    caller: Caller,
    At(id): At<RegradeId>,
    Body(step): Body<StepRegrade>,
) -> Result<Json<Regrade>, ApiError> {
    regrades::step(&ctx, &caller, &id, step.at).await.map(Json)
}

/// Stops a run; what it has graded stays. One that is over stays as it is.
#[utoipa::path(post, path = "/regrades/{id}/cancel", tag = "regrades", params(("id" = RegradeId, Path)),
    extensions(("x-fenji-action" = json!("regrade"))),
    responses((status = 200, body = Regrade), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
#[worker::send]
async fn cancel(ctx: Ctx, caller: Caller, At(id): At<RegradeId>) -> Result<Json<Regrade>, ApiError> {
    regrades::cancel(&ctx, &caller, &id).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(list, start))
        .routes(routes!(get))
        .routes(routes!(step))
        .routes(routes!(cancel))
}
