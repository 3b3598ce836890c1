//! Published policies.

use axum::response::Response;
use http::header::CACHE_CONTROL;
use http::{HeaderMap, HeaderValue};
use shared::dto::page::{Page, PageQuery};
use shared::dto::policy::{CohortQuery, PolicyVersion, PublishedPolicy, Retire};
use shared::grading::Cohort;
use shared::id::PolicyId;
use shared::problem::Problem;

use crate::answer::{Json, tagged};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, Search};
use crate::services::policies;
use crate::table::{Table, routes};

/// Published versions, newest first, with what has become of each.
#[utoipa::path(get, path = "/policies", tag = "policies", params(PageQuery),
    extensions(("x-fenji-action" = json!("read_policy"))),
    responses((status = 200, body = Page<PolicyVersion>), (status = 401, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<PolicyVersion>>, ApiError> {
    policies::list(&ctx, &caller, &query).await.map(Json)
}

/// The version in force today.
#[utoipa::path(get, path = "/policies/current", tag = "policies",
    extensions(("x-fenji-action" = json!("read_policy"))),
    responses((status = 200, body = PublishedPolicy), (status = 304), (status = 401, body = Problem)))]
#[worker::send]
async fn current(ctx: Ctx, caller: Caller, headers: HeaderMap) -> Result<Response, ApiError> {
    tagged(&headers, &policies::current(&ctx, &caller).await?)
}

/// A published version. It never changes, so a browser may keep it.
#[utoipa::path(get, path = "/policies/{id}", tag = "policies", params(("id" = PolicyId, Path)),
    extensions(("x-fenji-action" = json!("read_policy"))),
    responses((status = 200, body = PublishedPolicy), (status = 304), (status = 401, body = Problem),
        (status = 404, body = Problem)))]
#[worker::send]
async fn get(
    ctx: Ctx,
    caller: Caller,
    headers: HeaderMap,
    At(id): At<PolicyId>,
) -> Result<Response, ApiError> {
    let mut response = tagged(&headers, &policies::get(&ctx, &caller, &id).await?)?;
    let kept = HeaderValue::from_static("private, max-age=31536000, immutable");
    response.headers_mut().insert(CACHE_CONTROL, kept);
    Ok(response)
}

/// Withdraws a version that has not taken effect. It stays in the list as what it was.
#[utoipa::path(post, path = "/policies/{id}/retire", tag = "policies", request_body = Retire,
    params(("id" = PolicyId, Path)),
    extensions(("x-fenji-action" = json!("publish_policy"))),
    responses((status = 200, body = PolicyVersion), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn retire(
    ctx: Ctx,
    caller: Caller,
    At(id): At<PolicyId>,
    Body(retire): Body<Retire>,
) -> Result<Json<PolicyVersion>, ApiError> {
    policies::retire(&ctx, &caller, &id, retire.reason).await.map(Json)
}

/// The statistics of a year's cohort under a version, as the last run found them: what customers of
/// that year are graded in now. 404 when there are none, and customers are graded without.
#[utoipa::path(get, path = "/policies/{id}/cohort", tag = "policies",
    params(("id" = PolicyId, Path), CohortQuery),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = Cohort), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn cohort(
    ctx: Ctx,
    caller: Caller,
    At(id): At<PolicyId>,
    Search(query): Search<CohortQuery>,
) -> Result<Json<Cohort>, ApiError> {
    policies::cohort(&ctx, &caller, &id, query.year).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(list))
        .routes(routes!(current))
        .routes(routes!(get))
        .routes(routes!(retire))
        .routes(routes!(cohort))
}
