//! The company's audit trail.

use shared::dto::audit::{AuditEvent, AuditVerdict};
use shared::dto::page::{Page, PageQuery};
use shared::problem::Problem;

use crate::answer::Json;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::Search;
use crate::services::audit;
use crate::table::{Table, routes};

/// Events, newest first.
#[utoipa::path(get, path = "/audit", tag = "audit", params(PageQuery),
    extensions(("x-fenji-action" = json!("read_audit"))),
    responses((status = 200, body = Page<AuditEvent>), (status = 403, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<AuditEvent>>, ApiError> {
    Ok(Json(audit::list(&ctx, &caller, &query).await?))
}

/// Recomputes a stretch of the chain, oldest first; `limit` has no meaning here.
#[utoipa::path(get, path = "/audit/verify", tag = "audit", params(PageQuery),
    extensions(("x-fenji-action" = json!("read_audit"))),
    responses((status = 200, body = AuditVerdict), (status = 403, body = Problem)))]
#[worker::send]
async fn verify(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<AuditVerdict>, ApiError> {
    Ok(Json(audit::verify(&ctx, &caller, &query).await?))
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(list)).routes(routes!(verify))
}
