//! The API's description, generated from the types and the routes. It is kept as `openapi.json`, which
//! the Worker serves; a test holds the file against what is generated.

use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};

use crate::router;
use crate::table::Table;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fenji",
        description = "Customer grading (客户分级管理). Every error is a problem+json with a stable code. \
            Unsafe requests carry the header `x-fenji: 1`; creations an `Idempotency-Key`; changes of a versioned \
            resource `If-Match` with its ETag.",
        contact(name = "Fenji"),
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    // Types that only parameters name are not found by themselves.
    components(schemas(
        shared::problem::Problem,
        shared::dto::customer::CustomerSort,
        shared::dto::customer::Moved
    )),
    security(("session" = [])),
    modifiers(&Session)
)]
struct Frame;

struct Session;

impl utoipa::Modify for Session {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let cookie = ApiKeyValue::with_description("__Host-fenji", "Set by POST /api/v1/session.");
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// Makes the operations' ids unique: a handler's name is so only within its resource.
fn name_operations(document: &mut utoipa::openapi::OpenApi) {
    for item in document.paths.paths.values_mut() {
        for operation in [&mut item.get, &mut item.put, &mut item.post, &mut item.delete]
            .into_iter()
            .filter_map(Option::as_mut)
        {
            let tag = operation.tags.iter().flatten().next().map_or("api", String::as_str);
            let name = operation.operation_id.as_deref().unwrap_or("operation");
            operation.operation_id = Some(format!("{tag}_{name}"));
        }
    }
}

/// The whole description.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    let frame = Table::with_openapi(Frame::openapi());
    let (_, mut document) = frame.nest("/api/v1", router::table()).split_for_parts();
    name_operations(&mut document);
    document
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn every_route_says_whom_it_lets_in() {
        let document = serde_json::to_value(document()).unwrap();
        let mut seen = 0;
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let action = operation["x-fenji-action"].as_str();
                let known = action.is_some_and(|action| {
                    ["public", "signed_in"].contains(&action)
                        || serde_json::from_value::<shared::permission::Action>(Value::String(
                            action.to_owned(),
                        ))
                        .is_ok()
                });
                assert!(known, "{method} {path}: {action:?}");
                assert!(path.starts_with("/api/v1/"), "{path}");
                seen += 1;
            }
        }
        assert!(seen > 10);
    }

    #[test]
    fn every_reference_leads_somewhere_and_every_operation_has_its_own_id() {
        let document = serde_json::to_value(document()).unwrap();
        let text = document.to_string();
        for part in text.split("\"#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(document["components"]["schemas"][name].is_object(), "{name}");
        }
        let mut ids: Vec<&str> = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|item| item.as_object().unwrap().values())
            .map(|operation| operation["operationId"].as_str().unwrap())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{ids:?}");
    }

    #[test]
    fn the_file_is_what_is_generated() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
        let generated = serde_json::to_string_pretty(&document()).unwrap() + "\n";
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(file, &generated).unwrap();
        }
        let kept = std::fs::read_to_string(file).unwrap();
        assert!(kept == generated, "rerun with UPDATE_GOLDEN=1 after agreeing on the change");
    }

    #[test]
    fn the_document_is_ours() {
        let document = serde_json::to_value(document()).unwrap();
        assert_eq!(document["info"]["title"], "Fenji");
        assert_eq!(document["info"]["license"]["identifier"], "Apache-2.0");
        assert!(document["components"]["schemas"]["Problem"].is_object());
    }
}
