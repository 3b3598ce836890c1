//! Signing in and out.

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::SET_COOKIE;
use shared::dto::session::{ChangePassword, Session, SignIn};
use shared::problem::Problem;

use crate::answer::Json;
use crate::auth::{AnyCaller, cookie};
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::Body;
use crate::services::session::{self, Begun};
use crate::table::{Table, routes};

/// A session with its cookie.
pub(super) fn with_cookie(status: StatusCode, begun: Begun) -> Response {
    (status, [(SET_COOKIE, cookie::set(&begun.token))], Json(begun.session)).into_response()
}

fn without_cookie() -> Response {
    (StatusCode::NO_CONTENT, [(SET_COOKIE, cookie::clear())]).into_response()
}

/// Signs in.
#[utoipa::path(post, path = "/session", tag = "session", security(()), request_body = SignIn,
    extensions(("x-fenji-action" = json!("public"))),
    responses((status = 200, body = Session), (status = 401, body = Problem), (status = 429, body = Problem)))]
#[worker::send]
async fn sign_in(ctx: Ctx, Body(given): Body<SignIn>) -> Result<Response, ApiError> {
    Ok(with_cookie(StatusCode::OK, session::sign_in(&ctx, &given).await?))
}

/// Who is signed in.
#[utoipa::path(get, path = "/session", tag = "session",
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = Session), (status = 401, body = Problem)))]
async fn current(ctx: Ctx, AnyCaller(caller): AnyCaller) -> Result<Json<Session>, ApiError> {
    Ok(Json(session::current(&ctx, caller)?))
}

/// Signs out.
#[utoipa::path(delete, path = "/session", tag = "session",
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 204), (status = 401, body = Problem)))]
#[worker::send]
async fn sign_out(ctx: Ctx, AnyCaller(caller): AnyCaller) -> Result<Response, ApiError> {
    session::sign_out(&ctx, &caller).await?;
    Ok(without_cookie())
}

/// Signs out everywhere.
#[utoipa::path(delete, path = "/sessions", tag = "session",
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 204), (status = 401, body = Problem)))]
#[worker::send]
async fn sign_out_everywhere(ctx: Ctx, AnyCaller(caller): AnyCaller) -> Result<Response, ApiError> {
    session::sign_out_everywhere(&ctx, &caller).await?;
    Ok(without_cookie())
}

/// Changes the own password and ends the other sessions.
#[utoipa::path(put, path = "/session/password", tag = "session", request_body = ChangePassword,
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 204), (status = 401, body = Problem), (status = 422, body = Problem),
        (status = 429, body = Problem)))]
#[worker::send]
async fn change_password(
    ctx: Ctx,
    AnyCaller(caller): AnyCaller,
    Body(change): Body<ChangePassword>,
) -> Result<StatusCode, ApiError> {
    session::change_password(&ctx, &caller, &change).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(sign_in, current, sign_out))
        .routes(routes!(sign_out_everywhere))
        .routes(routes!(change_password))
}
