//! Stand-ins.

use shared::dto::page::{Page, PageQuery};
use shared::dto::review::{Appoint, Appointment, Colleague};
use shared::id::StandInId;
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, Search};
use crate::services::stand_ins;
use crate::table::{Table, routes};

/// Appointments, newest first: one's own and those under which one acts; all of them for whoever runs the
/// review or manages users.
#[utoipa::path(get, path = "/stand-ins", tag = "stand_ins", params(PageQuery),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = Page<Appointment>), (status = 401, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<Appointment>>, ApiError> {
    stand_ins::list(&ctx, &caller, &query).await.map(Json)
}

/// Appoints somebody to act in one's place for some days; an admin does it for another who cannot.
#[utoipa::path(post, path = "/stand-ins", tag = "stand_ins", request_body = Appoint,
    params(("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 201, body = Appointment), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn appoint(
    ctx: Ctx,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Body(asked): Body<Appoint>,
) -> Result<Saved<Appointment>, ApiError> {
    let made = stand_ins::appoint(&ctx, &caller, key, &asked).await?;
    Ok(Saved::created(1, "/stand-ins", made))
}

/// Everybody who works here, in no particular order, to choose a stand-in from.
#[utoipa::path(get, path = "/colleagues", tag = "stand_ins", params(PageQuery),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = Page<Colleague>), (status = 401, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn colleagues(
    ctx: Ctx,
    _: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<Colleague>>, ApiError> {
    stand_ins::colleagues(&ctx, &query).await.map(Json)
}

/// Ends an appointment before its last day: the absent person does, or an admin.
#[utoipa::path(post, path = "/stand-ins/{id}/end", tag = "stand_ins", params(("id" = StandInId, Path)),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = Appointment), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
#[worker::send]
async fn end(ctx: Ctx, caller: Caller, At(id): At<StandInId>) -> Result<Json<Appointment>, ApiError> {
    stand_ins::end(&ctx, &caller, &id).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(list, appoint)).routes(routes!(end)).routes(routes!(colleagues))
}
