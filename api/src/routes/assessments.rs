//! The calculator.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use shared::dto::policy::TryPolicy;
use shared::grading::Assessment;
use shared::problem::Problem;

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::Body;
use crate::services::assessments;
use crate::table::{Table, routes};

/// Grades made-up inputs under any policy; the answer is the assessment's canonical JSON, byte for
/// byte what the browser computes.
#[utoipa::path(post, path = "/assessments/preview", tag = "policies", request_body = TryPolicy,
    extensions(("x-fenji-action" = json!("try_policy"))),
    responses((status = 200, body = Assessment), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn preview(ctx: Ctx, caller: Caller, Body(asked): Body<TryPolicy>) -> Result<Response, ApiError> {
    let canonical = assessments::preview(&ctx, &caller, &asked).await?;
    Ok(([(CONTENT_TYPE, "application/json")], canonical).into_response())
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(preview))
}
