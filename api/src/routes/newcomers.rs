//! New customers (5.1.2-D).

use shared::dto::page::{Page, PageQuery};
use shared::dto::review::{DealGrade, NewDealGrade, Newcomer, NewcomerQuery, NewcomerRow};
use shared::id::CustomerId;
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, Search};
use crate::services::newcomers;
use crate::table::{Table, routes};

/// The new customers of a state that the person may see, in the order in which they are due.
#[utoipa::path(get, path = "/newcomers", tag = "newcomers", params(NewcomerQuery),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = Page<NewcomerRow>), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<NewcomerQuery>,
) -> Result<Json<Page<NewcomerRow>>, ApiError> {
    newcomers::list(&ctx, &caller, &query).await.map(Json)
}

/// How a customer stands as a new one.
#[utoipa::path(get, path = "/customers/{id}/newcomer", tag = "newcomers", params(("id" = CustomerId, Path)),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = Newcomer), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
#[worker::send]
async fn get(ctx: Ctx, caller: Caller, At(id): At<CustomerId>) -> Result<Json<Newcomer>, ApiError> {
    newcomers::get(&ctx, &caller, &id).await.map(Json)
}

/// The provisional grades of a customer's deals, newest first.
#[utoipa::path(get, path = "/customers/{id}/deal-grades", tag = "newcomers",
    params(("id" = CustomerId, Path), PageQuery),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = Page<DealGrade>), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn deals(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CustomerId>,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<DealGrade>>, ApiError> {
    newcomers::deals(&ctx, &caller, &id, &query).await.map(Json)
}

/// Gives a deal of a new customer a provisional grade. What stands in the way is answered with its code: 409
/// `not_new` or `overdue`.
#[utoipa::path(post, path = "/customers/{id}/deal-grades", tag = "newcomers", request_body = NewDealGrade,
    params(("id" = CustomerId, Path),
        ("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("submit_form"))),
    responses((status = 201, body = DealGrade), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem),
        (status = 428, body = Problem)))]
#[worker::send]
async fn give(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CustomerId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(given): Body<NewDealGrade>,
) -> Result<Saved<DealGrade>, ApiError> {
    let made = newcomers::give(&ctx, &caller, (&id, key), &given).await?;
    Ok(Saved::created(1, &format!("/customers/{id}/deal-grades"), made))
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(list)).routes(routes!(get)).routes(routes!(deals, give))
}
