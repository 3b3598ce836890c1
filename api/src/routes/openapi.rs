//! The API's description.

use axum::response::Response;
use http::HeaderMap;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::tagged;
use crate::error::ApiError;
use crate::openapi::document;

/// This description.
#[utoipa::path(get, path = "/openapi.json", tag = "service", security(()),
    extensions(("x-fenji-action" = json!("public"))),
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value), (status = 304)))]
async fn openapi(headers: HeaderMap) -> Result<Response, ApiError> {
    tagged(&headers, document())
}

/// The routes.
pub fn router() -> OpenApiRouter {
    OpenApiRouter::default().routes(routes!(openapi))
}
