//! Lists taken away as files.

use http::StatusCode;
use shared::dto::export::NewExport;
use shared::problem::Problem;

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::Body;
use crate::services::exports;
use crate::table::{Table, routes};

/// Keeps in the audit trail that a list is taken away, before it is. The rows come from the list's own route.
/// Besides the right to export it takes the right to read the list.
#[utoipa::path(post, path = "/exports", tag = "exports", request_body = NewExport,
    extensions(("x-fenji-action" = json!("export"))),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn record(ctx: Ctx, caller: Caller, Body(asked): Body<NewExport>) -> Result<StatusCode, ApiError> {
    exports::record(&ctx, &caller, &asked).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(record))
}
