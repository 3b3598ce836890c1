//! Public links. What they show is not here: strangers come in by [`crate::public`].

use shared::dto::page::Page;
use shared::dto::share::{LinkQuery, LinkRow, LinkView, MadeLink, NewLink};
use shared::id::LinkId;
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, IfMatch, Search};
use crate::services::share;
use crate::table::{Table, routes};

/// Links, newest first: of a unit that the person may share or, without one, the person's own; everybody's for an
/// admin.
#[utoipa::path(get, path = "/links", tag = "links", params(LinkQuery),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = Page<LinkRow>), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<LinkQuery>,
) -> Result<Json<Page<LinkRow>>, ApiError> {
    share::list(&ctx, &caller, &query).await.map(Json)
}

/// Shares a unit as it stands on a day. The address is answered this once. Names need the right to read customers,
/// figures and ratings the right to read figures.
#[utoipa::path(post, path = "/links", tag = "links", request_body = NewLink,
    params(("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("share_unit"))),
    responses((status = 201, body = MadeLink), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem),
        (status = 428, body = Problem)))]
#[worker::send]
async fn make(
    ctx: Ctx,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Body(wanted): Body<NewLink>,
) -> Result<Saved<MadeLink>, ApiError> {
    let made = share::make(&ctx, &caller, key, &wanted).await?;
    Ok(Saved::created(made.link.version, &format!("/links/{}", made.link.id), made))
}

/// A link with how often it was opened on which days.
#[utoipa::path(get, path = "/links/{id}", tag = "links", params(("id" = LinkId, Path)),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = LinkView), (status = 401, body = Problem), (status = 404, body = Problem)))]
#[worker::send]
async fn get(ctx: Ctx, caller: Caller, At(id): At<LinkId>) -> Result<Saved<LinkView>, ApiError> {
    let view = share::get(&ctx, &caller, &id).await?;
    Ok(Saved::at(view.link.version, view))
}

/// Gives an open link another address, answered this once; the former one is dead at once.
#[utoipa::path(post, path = "/links/{id}/rotate", tag = "links",
    params(("id" = LinkId, Path), ("If-Match" = String, Header, description = "The ETag of the version")),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = MadeLink), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 428, body = Problem)))]
#[worker::send]
async fn rotate(
    ctx: Ctx,
    caller: Caller,
    At(id): At<LinkId>,
    IfMatch(version): IfMatch,
) -> Result<Saved<MadeLink>, ApiError> {
    let made = share::rotate(&ctx, &caller, &id, version).await?;
    Ok(Saved::at(made.link.version, made))
}

/// Closes a link at once and for good; what it showed is forgotten.
#[utoipa::path(post, path = "/links/{id}/revoke", tag = "links",
    params(("id" = LinkId, Path), ("If-Match" = String, Header, description = "The ETag of the version")),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = LinkRow), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 428, body = Problem)))]
#[worker::send]
async fn revoke(
    ctx: Ctx,
    caller: Caller,
    At(id): At<LinkId>,
    IfMatch(version): IfMatch,
) -> Result<Saved<LinkRow>, ApiError> {
    let link = share::revoke(&ctx, &caller, &id, version).await?;
    Ok(Saved::at(link.version, link))
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(list, make))
        .routes(routes!(get))
        .routes(routes!(rotate))
        .routes(routes!(revoke))
}
