//! Published grades.

use shared::dto::page::{Page, PageQuery};
use shared::dto::review::PublishedGrade;
use shared::id::CustomerId;
use shared::problem::Problem;

use crate::answer::Json;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Search};
use crate::services::grades;
use crate::table::{Table, routes};

/// A customer's published grades, newest first.
#[utoipa::path(get, path = "/customers/{id}/grades", tag = "grades",
    params(("id" = CustomerId, Path), PageQuery),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = Page<PublishedGrade>), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CustomerId>,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<PublishedGrade>>, ApiError> {
    grades::list(&ctx, &caller, &id, &query).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(list))
}
