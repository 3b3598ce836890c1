//! The API's description.

use axum::response::Response;
use http::HeaderMap;

use crate::answer::tagged_text;
use crate::error::ApiError;
use crate::table::{Table, routes};

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "service", security(()),
    extensions(("x-fenji-action" = json!("public"))),
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value), (status = 304)))]
async fn openapi(headers: HeaderMap) -> Result<Response, ApiError> {
    Ok(tagged_text(&headers, include_str!("../../openapi.json").into()))
}

/// The routes.
pub fn router() -> Table {
    Table::default().routes(routes!(openapi))
}
