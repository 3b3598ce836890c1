//! What waits for a person.

use shared::dto::review::Duties;
use shared::problem::Problem;

use crate::answer::Json;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::services::duties;
use crate::table::{Table, routes};

/// What waits for the person, or for those the person stands in for, by what is asked: how many, until when,
/// and the first of them.
#[utoipa::path(get, path = "/duties", tag = "duties",
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = Duties), (status = 401, body = Problem)))]
#[worker::send]
async fn list(ctx: Ctx, caller: Caller) -> Result<Json<Duties>, ApiError> {
    duties::list(&ctx, &caller).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(list))
}
