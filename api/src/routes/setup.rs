//! Setting the company up.

use axum::response::Response;
use http::StatusCode;
use shared::dto::session::{Session, Setup, SetupState};
use shared::problem::Problem;

use super::session::with_cookie;
use crate::answer::Json;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::Body;
use crate::services::setup;
use crate::table::{Table, routes};

/// Whether the first admin is still to be made.
#[utoipa::path(get, path = "/setup", tag = "session", security(()),
    extensions(("x-fenji-action" = json!("public"))),
    responses((status = 200, body = SetupState)))]
#[worker::send]
async fn state(ctx: Ctx) -> Result<Json<SetupState>, ApiError> {
    Ok(Json(setup::state(&ctx).await?))
}

/// Makes the first admin and signs in.
#[utoipa::path(post, path = "/setup", tag = "session", security(()), request_body = Setup,
    extensions(("x-fenji-action" = json!("public"))),
    responses((status = 201, body = Session), (status = 401, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem)))]
#[worker::send]
async fn set_up(ctx: Ctx, Body(given): Body<Setup>) -> Result<Response, ApiError> {
    Ok(with_cookie(StatusCode::CREATED, setup::set_up(&ctx, &given).await?))
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(state, set_up))
}
