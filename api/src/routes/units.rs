//! Units, as the admin manages them.

use shared::dto::page::{Page, PageQuery};
use shared::dto::unit::{Unit, UnitDraft};
use shared::id::UnitId;
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, IfMatch, Search};
use crate::services::units;
use crate::table::{Table, routes};

/// All units by name.
#[utoipa::path(get, path = "/units", tag = "units", params(PageQuery),
    extensions(("x-fenji-action" = json!("manage_units"))),
    responses((status = 200, body = Page<Unit>), (status = 403, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<Unit>>, ApiError> {
    Ok(Json(units::list(&ctx, &caller, &query).await?))
}

/// Makes a unit.
#[utoipa::path(post, path = "/units", tag = "units", request_body = UnitDraft,
    params(("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("manage_units"))),
    responses((status = 201, body = Unit), (status = 403, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn create(
    ctx: Ctx,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Body(draft): Body<UnitDraft>,
) -> Result<Saved<Unit>, ApiError> {
    let unit = units::create(&ctx, &caller, key, draft).await?;
    Ok(Saved::created(unit.version, &format!("/units/{}", unit.id), unit))
}

/// Changes a unit as a whole; closes it when `active` is false.
#[utoipa::path(put, path = "/units/{id}", tag = "units", request_body = UnitDraft,
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The ETag of the version changed")),
    extensions(("x-fenji-action" = json!("manage_units"))),
    responses((status = 200, body = Unit), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
        (status = 428, body = Problem)))]
#[worker::send]
async fn update(
    ctx: Ctx,
    caller: Caller,
    At(id): At<UnitId>,
    IfMatch(version): IfMatch,
    Body(draft): Body<UnitDraft>,
) -> Result<Saved<Unit>, ApiError> {
    let unit = units::update(&ctx, &caller, &id, version, draft).await?;
    Ok(Saved::at(unit.version, unit))
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(list, create)).routes(routes!(update))
}
