//! The book at a glance.

use shared::book::Overdue;
use shared::dto::dashboard::{Dashboard, DashboardQuery, Recount, Recounted};
use shared::problem::Problem;

use crate::answer::Json;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{Body, Search};
use crate::services::dashboard;
use crate::table::{Table, routes};

/// Sums over the customers of the units that the person sees as a whole, kept as customers change: none for a
/// rep. What each of them is of, `GET /customers` lists.
#[utoipa::path(get, path = "/dashboard", tag = "dashboard", params(DashboardQuery),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = Dashboard), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn get(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<DashboardQuery>,
) -> Result<Json<Dashboard>, ApiError> {
    dashboard::get(&ctx, &caller, &query).await.map(Json)
}

/// What the units that the person sees as a whole have not done by its last day, the longest first: none for a
/// rep.
#[utoipa::path(get, path = "/dashboard/overdue", tag = "dashboard", params(DashboardQuery),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = Vec<Overdue>), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn overdue(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<DashboardQuery>,
) -> Result<Json<Vec<Overdue>>, ApiError> {
    dashboard::overdue(&ctx, &caller, &query).await.map(Json)
}

/// Counts a unit's customers anew, says how many sums were wrong, and puts them right.
#[utoipa::path(post, path = "/dashboard/recount", tag = "dashboard", request_body = Recount,
    extensions(("x-fenji-action" = json!("regrade"))),
    responses((status = 200, body = Recounted), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn recount(ctx: Ctx, caller: Caller, Body(body): Body<Recount>) -> Result<Json<Recounted>, ApiError> {
    dashboard::recount(&ctx, &caller, &body).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(get)).routes(routes!(overdue)).routes(routes!(recount))
}
