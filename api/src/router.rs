//! The one route table, and what happens around every request.

use std::sync::OnceLock;

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Request};
use shared::problem::Code;
use tower_service::Service;
use worker::Env;

use crate::answer;
use crate::auth::csrf;
use crate::context::Ctx;
use crate::error::{ApiError, Fault};
use crate::public;
use crate::routes;
use crate::services::{regrades, reviews};
use crate::table::Table;

/// Every route, below `/api/v1`.
#[must_use]
pub fn table() -> Table {
    let table = Table::default();
    #[cfg(not(target_arch = "wasm32"))]
    let table = table.merge(routes::openapi::router());
    table
        .merge(routes::health::router())
        .merge(routes::setup::router())
        .merge(routes::session::router())
        .merge(routes::directory::router())
        .merge(routes::units::router())
        .merge(routes::users::router())
        .merge(routes::audit::router())
        .merge(routes::customers::router())
        .merge(routes::figures::router())
        .merge(routes::policies::router())
        .merge(routes::drafts::router())
        .merge(routes::regrades::router())
        .merge(routes::assessments::router())
        .merge(routes::reviews::router())
        .merge(routes::forms::router())
        .merge(routes::meetings::router())
        .merge(routes::duties::router())
        .merge(routes::stand_ins::router())
        .merge(routes::newcomers::router())
        .merge(routes::quarters::router())
        .merge(routes::grades::router())
        .merge(routes::dashboard::router())
        .merge(routes::exports::router())
        .merge(routes::imports::router())
        .merge(routes::share::router())
}

/// The router natively, where only its description is of use.
#[cfg(not(target_arch = "wasm32"))]
fn v1() -> Router {
    Table::default().nest("/api/v1", table()).into()
}

#[cfg(target_arch = "wasm32")]
fn v1() -> Router {
    table().nested("/api/v1")
}

/// The router, built once per isolate.
fn service() -> &'static Router {
    static SERVICE: OnceLock<Router> = OnceLock::new();
    SERVICE.get_or_init(|| {
        v1().fallback(async || ApiError::not_found())
            .method_not_allowed_fallback(async || ApiError::new(Code::MethodNotAllowed, ""))
    })
}

/// Answers one request.
pub async fn answer(request: Request<Body>, env: Env) -> Response {
    let ctx = match Ctx::new(env, request.headers()) {
        Ok(ctx) => ctx,
        Err(error) => return error.into_response(),
    };
    // What stands behind the prefix is a secret, which no log may have.
    let is_public = request.uri().path().starts_with(public::PREFIX);
    let path = if is_public { public::PREFIX } else { request.uri().path() };
    let line = format!("{} {path}", request.method());
    let mut response = if is_public {
        // Nothing is changed here, and nobody is signed in: there is nothing that another site could do.
        public::answer(&ctx, request).await
    } else {
        match csrf::check(request.method(), request.headers()) {
            Ok(()) => route(&ctx, request).await,
            Err(error) => error.into_response(),
        }
    };
    log(&ctx, &line, &mut response);
    answer::finish(&ctx, response.headers_mut());
    response
}

/// Does what is due at a time, in milliseconds since 1970. Only a test's Worker believes the time.
pub async fn tick(env: Env, time: f64) {
    let mut headers = HeaderMap::new();
    if let Ok(time) = HeaderValue::from_str(&time.to_string()) {
        headers.insert("x-fenji-now", time);
    }
    let Ok(ctx) = Ctx::new(env, &headers) else { return };
    if let Err(error) = regrades::tick(&ctx).await {
        log(&ctx, "scheduled", &mut error.into_response());
    }
    ctx.db().allow(50);
    if let Err(error) = reviews::steps::tick(&ctx).await {
        log(&ctx, "scheduled", &mut error.into_response());
    }
}

/// Writes the chain of causes of a fault of ours to the log, where it can be found by the request's id.
fn log(ctx: &Ctx, line: &str, response: &mut Response) {
    if let Some(Fault(fault)) = response.extensions_mut().remove() {
        let entry = serde_json::json!({
            "level": "error",
            "request_id": ctx.request_id(),
            "request": line,
            "status": response.status().as_u16(),
            "fault": fault,
        });
        worker::console_error!("{entry}");
    }
}

async fn route(ctx: &Ctx, mut request: Request<Body>) -> Response {
    request.extensions_mut().insert(ctx.clone());
    match service().clone().call(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
