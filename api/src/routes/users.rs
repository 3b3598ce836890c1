//! Users, as the admin manages them.

use shared::dto::page::{Page, PageQuery};
use shared::dto::user::{FirstPassword, NewUser, User, UserDraft};
use shared::id::UserId;
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, IfMatch, Search};
use crate::services::users;
use crate::table::{Table, routes};

/// All users by login.
#[utoipa::path(get, path = "/users", tag = "users", params(PageQuery),
    extensions(("x-fenji-action" = json!("manage_users"))),
    responses((status = 200, body = Page<User>), (status = 403, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<User>>, ApiError> {
    Ok(Json(users::list(&ctx, &caller, &query).await?))
}

/// Makes a user with a first password, which is answered this once.
#[utoipa::path(post, path = "/users", tag = "users", request_body = NewUser,
    params(("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("manage_users"))),
    responses((status = 201, body = FirstPassword), (status = 403, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn create(
    ctx: Ctx,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Body(draft): Body<NewUser>,
) -> Result<Saved<FirstPassword>, ApiError> {
    let made = users::create(&ctx, &caller, key, draft).await?;
    Ok(Saved::created(made.user.version, &format!("/users/{}", made.user.id), made))
}

/// Changes a user as a whole; switches off and signs out when `active` is false.
#[utoipa::path(put, path = "/users/{id}", tag = "users", request_body = UserDraft,
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The ETag of the version changed")),
    extensions(("x-fenji-action" = json!("manage_users"))),
    responses((status = 200, body = User), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
        (status = 428, body = Problem)))]
#[worker::send]
async fn update(
    ctx: Ctx,
    caller: Caller,
    At(id): At<UserId>,
    IfMatch(version): IfMatch,
    Body(draft): Body<UserDraft>,
) -> Result<Saved<User>, ApiError> {
    let user = users::update(&ctx, &caller, &id, version, draft).await?;
    Ok(Saved::at(user.version, user))
}

/// Gives a user a new first password, answered this once, and ends their sessions.
#[utoipa::path(post, path = "/users/{id}/password", tag = "users",
    params(("id" = String, Path),
        ("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("manage_users"))),
    responses((status = 200, body = FirstPassword), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn reset_password(
    ctx: Ctx,
    caller: Caller,
    At(id): At<UserId>,
    IdempotencyKey(key): IdempotencyKey,
) -> Result<Saved<FirstPassword>, ApiError> {
    let reset = users::reset_password(&ctx, &caller, key, &id).await?;
    Ok(Saved::at(reset.user.version, reset))
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(list, create)).routes(routes!(update)).routes(routes!(reset_password))
}
