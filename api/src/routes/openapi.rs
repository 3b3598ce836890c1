//! The API's description. It is a file of the page's assets, which are asked before the Worker: nothing that
//! never changes takes room in the Worker's script. Only natively is there a route, to be described.

use crate::error::ApiError;
use crate::table::{Table, routes};

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "service", security(()),
    extensions(("x-fenji-action" = json!("public"))),
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value), (status = 304)))]
async fn openapi() -> ApiError {
    ApiError::not_found()
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(openapi))
}
