//! Successful answers: JSON with its version, and the headers every answer carries.

use axum::response::{IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, LOCATION,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;

use crate::context::Ctx;
use crate::error::ApiError;
use crate::random::sha256;

/// A body of JSON.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => text(body),
            Err(error) => ApiError::internal(error).into_response(),
        }
    }
}

/// A text that is JSON already.
fn text(body: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}

/// A resource in one version.
#[derive(Debug, Clone)]
pub struct Saved<T> {
    status: StatusCode,
    version: i64,
    location: Option<String>,
    body: T,
}

impl<T> Saved<T> {
    /// 200 with the version as ETag.
    pub const fn at(version: i64, body: T) -> Self {
        Self { status: StatusCode::OK, version, location: None, body }
    }

    /// 201 with the version as ETag, at a path below `/api/v1`.
    pub fn created(version: i64, path: &str, body: T) -> Self {
        Self { status: StatusCode::CREATED, version, location: Some(format!("/api/v1{path}")), body }
    }
}

impl<T: Serialize> IntoResponse for Saved<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.body).into_response();
        if response.status() == StatusCode::OK {
            *response.status_mut() = self.status;
        }
        set(response.headers_mut(), ETAG, &format!("\"v{}\"", self.version));
        if let Some(location) = self.location {
            set(response.headers_mut(), LOCATION, &location);
        }
        response
    }
}

/// JSON with an ETag of its content: 304 when the client has it already.
///
/// # Errors
/// When the value cannot be serialized.
pub fn tagged(request: &HeaderMap, value: &impl Serialize) -> Result<Response, ApiError> {
    Ok(tagged_text(request, serde_json::to_vec(value).map_err(ApiError::internal)?))
}

/// [`tagged`], whatever the text is of.
fn tagged_text(request: &HeaderMap, body: Vec<u8>) -> Response {
    let hash = sha256(&body);
    let tag = format!("\"{}\"", hash.get(..32).unwrap_or(&hash));
    let known = request.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same = known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag);
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { text(body) };
    set(response.headers_mut(), ETAG, &tag);
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Adds what every answer carries.
pub fn finish(ctx: &Ctx, headers: &mut HeaderMap) {
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    // What is shown as a page has a policy of its own.
    let policy = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in [(X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "no-referrer")] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    set(headers, HeaderName::from_static("x-request-id"), ctx.request_id());
    if ctx.is_test() {
        let (statements, rows_read) = ctx.db().cost();
        headers.insert("x-fenji-statements", HeaderValue::from(statements));
        headers.insert("x-fenji-rows-read", HeaderValue::from(rows_read));
    }
}
