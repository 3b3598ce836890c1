//! What handlers take out of a request, each with its own refusal.

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, IF_MATCH};
use http::request::Parts;
use serde::de::{DeserializeOwned, Error as _};
use shared::json::{self, Mismatch};
use shared::problem::{Code, FieldProblem};

use crate::error::{ApiError, problem_of};

/// Most bytes of a body, unless a route says otherwise.
pub const BODY_BYTES: usize = 1_000_000;

/// A JSON body of at most `LIMIT` bytes.
#[derive(Debug, Clone)]
pub struct Body<T, const LIMIT: usize = BODY_BYTES>(pub T);

impl<S: Sync, T: DeserializeOwned, const LIMIT: usize> FromRequest<S> for Body<T, LIMIT> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        parse(&text(request, LIMIT).await?).map(Self)
    }
}

/// The text of a body, whatever is to be read in it.
async fn text(request: Request, limit: usize) -> Result<String, ApiError> {
    let (parts, body) = request.into_parts();
    let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let kind = header(CONTENT_TYPE).and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(ApiError::new(Code::UnsupportedMedia, "Send application/json."));
    }
    let too_large = || ApiError::new(Code::TooLarge, format!("A body may have {limit} bytes."));
    let announced = header(CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    // A failure to read is either the limit or a client that went away, who reads no answer.
    let bytes = axum::body::to_bytes(body, limit).await.map_err(|_| too_large())?;
    String::from_utf8(bytes.into()).map_err(|error| mismatch(&Mismatch::custom(error)))
}

/// Parses JSON, naming the field that is wrong.
fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    json::read_exactly(text).map_err(|error| mismatch(&error))
}

/// The refusal of what does not fit.
fn mismatch(mismatch: &Mismatch) -> ApiError {
    ApiError::fields(vec![field_problem(mismatch.path(), mismatch.message())])
}

/// Turns serde's message into a field, a code and what was expected.
fn field_problem(path: &str, message: &str) -> FieldProblem {
    let message = message.split(" at line ").next().unwrap_or(message);
    if let Some(name) = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        let field = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        return problem_of(&field, "required", "is required");
    }
    let code = [
        ("must not be empty", "empty"),
        ("must have at most", "too_long"),
        ("must not contain", "character"),
        ("unknown ", "unknown"),
        ("invalid value: integer", "range"),
    ]
    .into_iter()
    .find_map(|(start, code)| message.starts_with(start).then_some(code));
    problem_of(path, code.unwrap_or("format"), message)
}

/// The parameters of the query.
#[derive(Debug, Clone)]
pub struct Search<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Search<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let query = parts.uri.query().unwrap_or_default().as_bytes();
        let pairs: Vec<_> = form_urlencoded::parse(query).collect();
        json::pairs(pairs.iter().map(|(name, text)| (&**name, &**text)))
            .map(Self)
            .map_err(|error| mismatch(&error))
    }
}

/// The parameters of the path; one that cannot be an id names nothing that exists.
#[derive(Debug, Clone)]
pub struct At<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for At<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let Path(value) = Path::from_request_parts(parts, state).await.map_err(|_| ApiError::not_found())?;
        Ok(Self(value))
    }
}

/// The version a change was made from, out of `If-Match: "v3"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub i64);

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(IF_MATCH) else {
            return Err(ApiError::new(
                Code::PreconditionRequired,
                "Send If-Match with the ETag of the version that was changed.",
            ));
        };
        value
            .to_str()
            .ok()
            .and_then(version)
            .map(Self)
            .ok_or_else(|| ApiError::new(Code::VersionMismatch, "If-Match must be one ETag as it was given."))
    }
}

/// The version of one strong tag `"v3"`.
fn version(tag: &str) -> Option<i64> {
    let digits = tag.trim().strip_prefix("\"v")?.strip_suffix('"')?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// The key under which a creation may be sent again, 1 to 100 printable ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub String);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get("idempotency-key") else {
            return Err(ApiError::new(
                Code::PreconditionRequired,
                "Send an Idempotency-Key, a random text; the same again when the request is repeated.",
            ));
        };
        match value.to_str().map(str::trim) {
            Ok(key) if (1..=100).contains(&key.len()) => Ok(Self(key.to_owned())),
            _ => Err(ApiError::field("idempotency-key", "format", "1 to 100 printable ASCII characters")),
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::dto::page::PageQuery;
    use shared::dto::unit::UnitDraft;

    use super::*;

    fn wrong(body: &str) -> (String, String) {
        let error = parse::<UnitDraft>(body).unwrap_err();
        let problem = axum::response::IntoResponse::into_response(error);
        assert_eq!(problem.status(), 422);
        let body = futures_body(problem);
        let problem: shared::problem::Problem = serde_json::from_slice(&body).unwrap();
        (problem.fields[0].field.clone(), problem.fields[0].code.clone())
    }

    fn futures_body(response: axum::response::Response) -> Vec<u8> {
        use std::task::{Context, Poll, Waker};
        let mut reading = std::pin::pin!(axum::body::to_bytes(response.into_body(), 10_000));
        match reading.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(bytes) => bytes.unwrap().to_vec(),
            Poll::Pending => panic!("a body in memory is ready"),
        }
    }

    #[test]
    fn a_wrong_field_is_named() {
        for (body, field, code) in [
            (r#"{"name":"","kind":"section"}"#, "name", "empty"),
            (r#"{"name":"a\u202eb","kind":"section"}"#, "name", "character"),
            (r#"{"name":"x","kind":"castle"}"#, "kind", "unknown"),
            (r#"{"name":"x","kind":"section","colour":"red"}"#, "colour", "unknown"),
            (r#"{"kind":"section"}"#, "name", "required"),
            (r#"{"name":7,"kind":"section"}"#, "name", "format"),
            ("{", "", "format"),
            (r#"{"name":"x","kind":"section"} 1"#, "", "format"),
        ] {
            assert_eq!(wrong(body), (field.to_owned(), code.to_owned()), "{body}");
        }
    }

    #[test]
    fn tags_are_strong_and_exact() {
        assert_eq!(version("\"v3\""), Some(3));
        for bad in [
            "v3",
            "W/\"v3\"",
            "*",
            "\"v\"",
            "\"v-1\"",
            "\"v+1\"",
            "\"v3\", \"v4\"",
            "\"v99999999999999999999\"",
        ] {
            assert_eq!(version(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_query_is_read_or_its_field_named() {
        let read = |uri: &str| {
            let mut parts = http::Request::builder().uri(uri).body(()).unwrap().into_parts().0;
            let mut reading = std::pin::pin!(Search::<PageQuery>::from_request_parts(&mut parts, &()));
            let waker = std::task::Waker::noop();
            match reading.as_mut().poll(&mut std::task::Context::from_waker(waker)) {
                std::task::Poll::Ready(read) => read.map(|Search(query)| query.limit),
                std::task::Poll::Pending => panic!("nothing to wait for"),
            }
        };
        assert_eq!(read("/x?limit=7").unwrap(), Some(7));
        for uri in ["/x?limit=many", "/x?colour=red"] {
            let error = read(uri).unwrap_err();
            assert_eq!(error.code(), Code::Invalid, "{uri}");
        }
    }
}
