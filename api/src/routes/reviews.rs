//! The yearly review as a whole.

use shared::dto::page::{Page, PageQuery};
use shared::dto::review::{CycleOverview, CycleRow, MoveCycle, OpenCycle, ReviewStep, SeenAs};
use shared::id::CycleId;
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, IfMatch, Search};
use crate::services::{reviews, stand_ins};
use crate::table::{Table, routes};

/// Cycles, newest first.
#[utoipa::path(get, path = "/reviews", tag = "reviews", params(PageQuery),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = Page<CycleRow>), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<CycleRow>>, ApiError> {
    reviews::list(&ctx, &caller, &query).await.map(Json)
}

/// Opens the review of a year by the policy in force. Every customer gets its form in steps, which begin
/// the window's work when they are done. There is one at a time: 409 with the code `cycle_open` while
/// another is not published.
#[utoipa::path(post, path = "/reviews", tag = "reviews", request_body = OpenCycle,
    params(("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("run_review"))),
    responses((status = 201, body = CycleRow), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn open(
    ctx: Ctx,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Body(open): Body<OpenCycle>,
) -> Result<Saved<CycleRow>, ApiError> {
    let row = reviews::open(&ctx, &caller, key, &open).await?;
    Ok(Saved::created(row.version, &format!("/reviews/{}", row.cycle.id), row))
}

/// A cycle: how far it has come, how many forms stand where, what it yields.
#[utoipa::path(get, path = "/reviews/{id}", tag = "reviews", params(("id" = CycleId, Path), SeenAs),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = CycleOverview), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn get(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    Search(seen): Search<SeenAs>,
) -> Result<Saved<CycleOverview>, ApiError> {
    let caller = stand_ins::seen_as(&ctx, &caller, seen.stand_in.as_ref()).await?;
    let overview = reviews::get(&ctx, &caller, &id).await?;
    Ok(Saved::at(overview.version, overview))
}

/// Takes a step of a cycle. What a rule of the review refuses is answered with the rule as the field's
/// code.
#[utoipa::path(post, path = "/reviews/{id}/moves", tag = "reviews", request_body = MoveCycle,
    params(("id" = CycleId, Path), ("If-Match" = String, Header, description = "The ETag of the version seen")),
    extensions(("x-fenji-action" = json!("run_review"))),
    responses((status = 200, body = CycleOverview), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn make(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    IfMatch(version): IfMatch,
    Body(asked): Body<MoveCycle>,
) -> Result<Saved<CycleOverview>, ApiError> {
    let overview = reviews::make(&ctx, &caller, &id, version, &asked).await?;
    Ok(Saved::at(overview.version, overview))
}

/// Goes on with opening or publishing a cycle, at most 200 customers, and says how far it has come. A step
/// that somebody else has taken is not taken again, and none is taken before the day from which the
/// grades count: the answer is how far the cycle has come.
#[utoipa::path(post, path = "/reviews/{id}/step", tag = "reviews", request_body = ReviewStep,
    params(("id" = CycleId, Path)),
    extensions(("x-fenji-action" = json!("run_review"))),
    responses((status = 200, body = CycleRow), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn step(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    Body(step): Body<ReviewStep>,
) -> Result<Json<CycleRow>, ApiError> {
    reviews::steps::step(&ctx, &caller, &id, &step).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(list, open))
        .routes(routes!(get))
        .routes(routes!(make))
        .routes(routes!(step))
}
