//! Yearly figures.

use shared::dto::figures::{SaveFigures, SavedFigures};
use shared::id::CustomerId;
use shared::problem::Problem;

use crate::answer::Saved;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IfMatch};
use crate::services::figures;
use crate::table::{Table, routes};

/// Saves figures of a year; keys that are not named stay as they are. The Worker grades the year by
/// the policy in force and says whether the browser's preview was the same to the byte.
#[utoipa::path(put, path = "/customers/{id}/years/{year}/figures", tag = "figures", request_body = SaveFigures,
    params(("id" = CustomerId, Path), ("year" = i32, Path),
        ("If-Match" = String, Header, description = "The year's version, `\"v0\"` when it has no figures yet")),
    extensions(("x-fenji-action" = json!("write_figures"))),
    responses((status = 200, body = SavedFigures), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 412, body = Problem), (status = 422, body = Problem),
        (status = 428, body = Problem)))]
#[worker::send]
async fn save(
    ctx: Ctx,
    caller: Caller,
    IfMatch(version): IfMatch,
    At((id, year)): At<(CustomerId, i32)>,
    Body(body): Body<SaveFigures>,
) -> Result<Saved<SavedFigures>, ApiError> {
    let saved = figures::save(&ctx, &caller, (&id, year), version, &body).await?;
    Ok(Saved::at(saved.year.version, saved))
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(save))
}
