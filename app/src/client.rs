//! The only network code: typed requests to `/api/v1`, problems decoded, an ended session renewed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::dto::page::{MAX_LIMIT, Page};
use shared::json;
use shared::problem::{Code, FieldProblem, Problem};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, RequestInit, Response};

use crate::contexts::{network, session};

const BASE: &str = "/api/v1";
const TIMEOUT_MS: u32 = 30_000;

/// Why a request gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// The Worker said why.
    Problem(Problem),
    /// There was no answer: no network, or none in time.
    Offline,
    /// An answer that is none of ours, with its status.
    Unreadable(u16),
}

impl ApiError {
    /// The stable code, when the Worker gave one.
    #[must_use]
    pub const fn code(&self) -> Option<Code> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            Self::Offline | Self::Unreadable(_) => None,
        }
    }

    /// The wrong fields, when the Worker named any.
    #[must_use]
    pub fn fields(&self) -> &[FieldProblem] {
        match self {
            Self::Problem(problem) => &problem.fields,
            Self::Offline | Self::Unreadable(_) => &[],
        }
    }

    /// Whether the same request may well succeed a little later.
    #[must_use]
    pub const fn passes(&self) -> bool {
        matches!(
            self,
            Self::Offline
                | Self::Unreadable(502..=504)
                | Self::Problem(Problem { code: Code::Unavailable | Code::TooManyRequests, .. })
        )
    }
}

/// What a request gives.
pub type Answer<T> = Result<T, ApiError>;

/// A request to be sent. Built by [`get`], [`post`], [`put`] or [`delete`].
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Call {
    method: &'static str,
    path: String,
    body: Option<String>,
    if_match: Option<i64>,
    key: Option<String>,
    timeout_ms: u32,
    renews: bool,
}

impl Call {
    fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            body: None,
            if_match: None,
            key: None,
            timeout_ms: TIMEOUT_MS,
            renews: true,
        }
    }

    fn raw(mut self, json: String) -> Self {
        self.body = Some(json);
        self
    }

    fn json(mut self, body: &impl Serialize) -> Self {
        // Our own types always serialise; an empty body would be refused by the Worker.
        self.body = Some(serde_json::to_string(body).unwrap_or_default());
        self
    }

    /// Only if the version is still this one.
    pub const fn if_match(mut self, version: i64) -> Self {
        self.if_match = Some(version);
        self
    }

    /// Sending it twice under one key does it once.
    pub fn idempotent(mut self, key: &str) -> Self {
        self.key = Some(key.to_owned());
        self
    }

    /// Waits that long instead of 30 seconds.
    pub const fn within_ms(mut self, timeout_ms: u32) -> Self {
        self.timeout_ms = timeout_ms;
        self
    }

    /// Takes a 401 as the answer instead of asking to sign in again.
    pub const fn quietly(mut self) -> Self {
        self.renews = false;
        self
    }

    /// Sends it. When the session has ended, the sign-in dialog opens over the page, and after
    /// signing in the request goes out again.
    ///
    /// # Errors
    /// [`ApiError`]; [`Code::Unauthenticated`] when the person did not sign in again.
    pub async fn send<T: DeserializeOwned>(self) -> Answer<T> {
        let body = self.text().await?;
        json::read(&body).map_err(|_| ApiError::Unreadable(200))
    }

    /// The same, the answer as the JSON text it is; `null` when there is none.
    ///
    /// # Errors
    /// As [`Call::send`].
    pub async fn text(self) -> Answer<String> {
        loop {
            match self.once().await {
                Err(error) if self.renews && error.code() == Some(Code::Unauthenticated) => {
                    if !session::sign_in_again().await {
                        return Err(error);
                    }
                }
                Err(error) => {
                    if error.code() == Some(Code::PasswordChangeRequired) {
                        session::password_must_change();
                    }
                    return Err(error);
                }
                Ok(body) => return Ok(body),
            }
        }
    }

    /// One try: the body of a success, `null` when it has none.
    async fn once(&self) -> Answer<String> {
        let heard = network::asked();
        let response = self.fetch().await;
        heard(response.is_ok());
        let response: Response = response.map_err(|_| ApiError::Offline)?;
        let text = match response.text() {
            Ok(text) => JsFuture::from(text).await.map_err(|_| ApiError::Offline)?,
            Err(_) => return Err(ApiError::Unreadable(response.status())),
        };
        let text = text.as_string().unwrap_or_default();
        if response.ok() {
            return Ok(if text.is_empty() { "null".to_owned() } else { text });
        }
        Err(json::read(&text).map_or(ApiError::Unreadable(response.status()), ApiError::Problem))
    }

    async fn fetch(&self) -> Result<Response, JsValue> {
        let headers = Headers::new()?;
        headers.set("accept", "application/json")?;
        headers.set("x-fenji", "1")?;
        if let Some(version) = self.if_match {
            headers.set("if-match", &format!("\"v{version}\""))?;
        }
        if let Some(key) = &self.key {
            headers.set("idempotency-key", key)?;
        }
        let init = RequestInit::new();
        init.set_method(self.method);
        if let Some(body) = &self.body {
            headers.set("content-type", "application/json")?;
            init.set_body(&JsValue::from_str(body));
        }
        init.set_headers(&headers);
        init.set_signal(Some(&AbortSignal::timeout_with_u32(self.timeout_ms)));
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let url = format!("{BASE}{}", self.path);
        JsFuture::from(window.fetch_with_str_and_init(&url, &init)).await?.dyn_into()
    }
}

/// A request that reads.
pub fn get(path: impl Into<String>) -> Call {
    Call::new("GET", path)
}

/// Every item of a list that is known to be short, page by page.
///
/// # Errors
/// As [`Call::send`].
pub async fn all<T: DeserializeOwned>(path: &str) -> Answer<Vec<T>> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let page: Page<T> =
            get(with_query(path, &[("limit", Some(MAX_LIMIT.to_string())), ("cursor", cursor)]))
                .send()
                .await?;
        all.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}

/// The item of such a list that is meant.
///
/// # Errors
/// As [`Call::send`]; [`Code::NotFound`] when it is not there.
pub async fn one<T: DeserializeOwned>(path: &str, meant: impl Fn(&T) -> bool) -> Answer<T> {
    let found = all(path).await?.into_iter().find(meant);
    found.ok_or_else(|| ApiError::Problem(Problem::new(Code::NotFound, "")))
}

/// A request that makes something.
pub fn post(path: impl Into<String>, body: &impl Serialize) -> Call {
    Call::new("POST", path).json(body)
}

/// A request that replaces something.
pub fn put(path: impl Into<String>, body: &impl Serialize) -> Call {
    Call::new("PUT", path).json(body)
}

/// A request that replaces something with a JSON text that is there already.
pub fn put_raw(path: impl Into<String>, json: String) -> Call {
    Call::new("PUT", path).raw(json)
}

/// A request that removes something.
pub fn delete(path: impl Into<String>) -> Call {
    Call::new("DELETE", path)
}

/// A fresh random key of 32 hexadecimal digits, for an `Idempotency-Key` or an id the browser chooses.
#[must_use]
pub fn fresh_key() -> String {
    let random = || (js_sys::Math::random() * f64::from(u32::MAX)) as u32;
    (0..4).map(|_| format!("{:08x}", random())).collect()
}

/// A path with a query string; absent values are left out, the others are escaped.
#[must_use]
pub fn with_query(path: &str, pairs: &[(&str, Option<String>)]) -> String {
    let mut url = path.to_owned();
    let mut mark = if path.contains('?') { '&' } else { '?' };
    for (name, value) in pairs {
        if let Some(value) = value {
            url.push(mark);
            url.push_str(name);
            url.push('=');
            url.push_str(&String::from(js_sys::encode_uri_component(value)));
            mark = '&';
        }
    }
    url
}
