//! The Worker: authoritative for everything. Routes decode and encode, services authorize, load,
//! decide and persist, the store holds all SQL.

pub mod answer;
pub mod assess;
pub mod auth;
pub mod context;
pub mod diff;
pub mod error;
pub mod extract;
pub mod intake;
#[cfg(not(target_arch = "wasm32"))]
pub mod openapi;
pub mod paging;
pub mod public;
pub mod random;
pub mod router;
pub mod routes;
pub mod search;
pub mod services;
pub mod store;
pub mod table;

#[cfg(target_arch = "wasm32")]
#[worker::event(scheduled)]
async fn scheduled(event: worker::ScheduledEvent, env: worker::Env, _: worker::ScheduleContext) {
    router::tick(env, event.schedule()).await;
}

#[cfg(target_arch = "wasm32")]
#[worker::event(fetch)]
async fn fetch(
    request: worker::HttpRequest,
    env: worker::Env,
    _: worker::Context,
) -> worker::Result<http::Response<axum::body::Body>> {
    Ok(router::answer(request.map(axum::body::Body::new), env).await)
}
