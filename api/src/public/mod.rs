//! The pages under `/s/`: what whoever has the address of a public link sees, without an account, a cookie or a
//! script. They are plain HTML, made here, for an old phone over a poor network.
//!
//! One page answers whatever opens nothing, with one status: an unknown address, a link that is over, closed or
//! used up, any path beneath and any other method.

mod asked;
mod html;
mod page;
mod sheet;
mod texts;
mod zip;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::header::{
    CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, RETRY_AFTER,
};
use http::{HeaderValue, Method, Request, StatusCode};
use shared::ledger::Lang;

use self::asked::Given;
use crate::context::Ctx;
use crate::error::{ApiError, Fault};
use crate::services::share::open::{Asked, Opened, Part, open};

/// Before the secret of a link.
pub const PREFIX: &str = "/s/";

/// No script, no image, nothing from anywhere else: one stylesheet, and forms that come back here.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Answers a request under [`PREFIX`].
pub async fn answer(ctx: &Ctx, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let head = parts.method == Method::HEAD;
    let mut given = Given::of(&parts);
    let mut response = match asked::secret(&parts) {
        Some(secret) => {
            if parts.method == Method::POST {
                given.add_form(&parts.headers, body).await;
            }
            let part = if head { Part::Head } else { given.part };
            let passcode = given.passcode.as_deref();
            match open(ctx, Asked { secret, passcode, part }).await {
                Ok(opened) => shown(&given, opened),
                Err(error) => failed(given.lang, error),
            }
        }
        None => html(StatusCode::NOT_FOUND, given.lang, page::dead(given.lang)),
    };
    if head {
        *response.body_mut() = Body::empty();
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    response
}

fn html(status: StatusCode, lang: Lang, text: String) -> Response {
    let kind = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_LANGUAGE, HeaderValue::from_static(texts::tag(lang))),
    ];
    (status, kind, text).into_response()
}

fn shown(given: &Given, opened: Opened) -> Response {
    let lang = given.lang;
    match opened {
        Opened::Dead => html(StatusCode::NOT_FOUND, lang, page::dead(lang)),
        Opened::Wait(seconds) => {
            let mut response = html(StatusCode::TOO_MANY_REQUESTS, lang, page::wait(lang, seconds));
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
            response
        }
        Opened::Passcode { wrong: false } => html(StatusCode::OK, lang, page::passcode(lang, false)),
        Opened::Passcode { wrong: true } => html(StatusCode::FORBIDDEN, lang, page::passcode(lang, true)),
        Opened::There => html(StatusCode::OK, lang, String::new()),
        Opened::Shown(shown) => match shown.page {
            Some(page) => html(StatusCode::OK, lang, page::shown(given, &shown, page)),
            None => match sheet::workbook(lang, &shown) {
                Some(bytes) => workbook(&shown.link.as_at.to_string(), bytes),
                None => failed(lang, ApiError::internal("a workbook of more than 4 GB")),
            },
        },
    }
}

/// A file to be kept, named by the day alone: the name of a file is seen by more people than what is in it.
fn workbook(day: &str, bytes: Vec<u8>) -> Response {
    const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let name = format!("attachment; filename=\"fenji-{day}.xlsx\"");
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    ([(CONTENT_TYPE, HeaderValue::from_static(KIND)), (CONTENT_DISPOSITION, name)], bytes).into_response()
}

/// A fault of ours: a page for the stranger, the cause for the log.
fn failed(lang: Lang, error: ApiError) -> Response {
    let told = error.into_response();
    let mut response = html(told.status(), lang, page::failed(lang));
    if let Some(fault) = told.extensions().get::<Fault>() {
        response.extensions_mut().insert(fault.clone());
    }
    response
}
