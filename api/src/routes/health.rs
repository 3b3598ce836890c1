//! Whether the Worker and its database answer.

use serde::Serialize;

use crate::answer::Json;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::table::{Table, routes};

/// That it answers.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Health {
    /// `ok`.
    pub status: &'static str,
    /// The product's version.
    pub version: &'static str,
}

/// Whether the Worker and its database answer.
#[utoipa::path(get, path = "/health", tag = "service", security(()),
    extensions(("x-fenji-action" = json!("public"))),
    responses((status = 200, body = Health), (status = 503, body = shared::problem::Problem)))]
#[worker::send]
async fn health(ctx: Ctx) -> Result<Json<Health>, ApiError> {
    ctx.db().ping().await?;
    Ok(Json(Health { status: "ok", version: env!("CARGO_PKG_VERSION") }))
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(health))
}
