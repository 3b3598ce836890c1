//! Names of units and reps.

use shared::dto::unit::Directory;
use shared::problem::Problem;

use crate::answer::Json;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::services::directory;
use crate::table::{Table, routes};

/// The units and reps the person can filter by.
#[utoipa::path(get, path = "/directory", tag = "directory",
    extensions(("x-fenji-action" = json!("read_directory"))),
    responses((status = 200, body = Directory), (status = 401, body = Problem)))]
#[worker::send]
async fn get(ctx: Ctx, caller: Caller) -> Result<Json<Directory>, ApiError> {
    directory::get(&ctx, &caller).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(get))
}
