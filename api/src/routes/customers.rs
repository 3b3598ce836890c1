//! Customers.

use axum::response::Response;
use http::HeaderMap;
use shared::dto::audit::AuditEvent;
use shared::dto::customer::{Customer, CustomerDraft, CustomerList, CustomerPage, CustomerQuery};
use shared::dto::page::{Page, PageQuery};
use shared::id::CustomerId;
use shared::problem::Problem;

use crate::answer::{Json, Saved, tagged};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, IfMatch, Search};
use crate::services::customers;
use crate::table::{Table, routes};

/// The customers that the person may see, a page at a time; the first page says how many are in each
/// tier. A page may be short and still have a `next`, where several conditions meet or a search goes on
/// from what was most likely meant to the rest.
#[utoipa::path(get, path = "/customers", tag = "customers", params(CustomerQuery),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = CustomerList), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<CustomerQuery>,
) -> Result<Json<CustomerList>, ApiError> {
    customers::list(&ctx, &caller, &query).await.map(Json)
}

/// Adds a customer.
#[utoipa::path(post, path = "/customers", tag = "customers", request_body = CustomerDraft,
    params(("Idempotency-Key" = String, Header, description = "Random; the same when the request is repeated")),
    extensions(("x-fenji-action" = json!("edit_customer"))),
    responses((status = 201, body = Customer), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn create(
    ctx: Ctx,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Body(draft): Body<CustomerDraft>,
) -> Result<Saved<Customer>, ApiError> {
    let customer = customers::create(&ctx, &caller, key, &draft).await?;
    Ok(Saved::created(customer.version, &format!("/customers/{}", customer.id), customer))
}

/// Everything about a customer in one answer. The ETag is of the whole page; to change the master
/// record send If-Match with the customer's own version, `"v3"`.
#[utoipa::path(get, path = "/customers/{id}", tag = "customers", params(("id" = CustomerId, Path)),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = CustomerPage), (status = 304), (status = 401, body = Problem),
        (status = 404, body = Problem)))]
#[worker::send]
async fn get(
    ctx: Ctx,
    caller: Caller,
    headers: HeaderMap,
    At(id): At<CustomerId>,
) -> Result<Response, ApiError> {
    tagged(&headers, &customers::page(&ctx, &caller, &id).await?)
}

/// Changes a customer's master record as a whole.
#[utoipa::path(put, path = "/customers/{id}", tag = "customers", request_body = CustomerDraft,
    params(("id" = CustomerId, Path), ("If-Match" = String, Header, description = "The customer's version, `\"v3\"`")),
    extensions(("x-fenji-action" = json!("edit_customer"))),
    responses((status = 200, body = Customer), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn update(
    ctx: Ctx,
    caller: Caller,
    IfMatch(version): IfMatch,
    At(id): At<CustomerId>,
    Body(draft): Body<CustomerDraft>,
) -> Result<Saved<Customer>, ApiError> {
    let customer = customers::update(&ctx, &caller, &id, version, &draft).await?;
    Ok(Saved::at(customer.version, customer))
}

/// What happened to a customer, newest first.
#[utoipa::path(get, path = "/customers/{id}/history", tag = "customers", params(("id" = CustomerId, Path), PageQuery),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = Page<AuditEvent>), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn history(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CustomerId>,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<AuditEvent>>, ApiError> {
    customers::history(&ctx, &caller, &id, &query).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(list, create)).routes(routes!(get, update)).routes(routes!(history))
}
