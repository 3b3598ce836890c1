//! What a request knows about itself: its clock, its id, the database, where it came from.

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::request::Parts;
use shared::calendar::{Date, Millis};
use worker::Env;

use crate::error::ApiError;
use crate::random;
use crate::store::audit::Head;
use crate::store::db::Db;

/// The context of one request; cheap to clone.
#[derive(Clone)]
pub struct Ctx(Arc<Inner>);

struct Inner {
    env: Env,
    db: Db,
    now: Millis,
    test: bool,
    request_id: String,
    address: String,
    head: Mutex<Option<Head>>,
}

impl Ctx {
    /// The context of a request with these headers.
    ///
    /// # Errors
    /// When there is no source of randomness.
    pub fn new(env: Env, headers: &HeaderMap) -> Result<Self, ApiError> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let number = |text: &str| text.parse::<Millis>().ok();
        // Only tests set TEST_NOW; without it the header that moves the clock means nothing.
        let fixed = env.var("TEST_NOW").ok().and_then(|text| number(&text.to_string()));
        let now = match fixed {
            Some(fixed) => header("x-fenji-now").and_then(number).unwrap_or(fixed),
            None => i64::try_from(worker::Date::now().as_millis()).map_err(ApiError::internal)?,
        };
        Ok(Self(Arc::new(Inner {
            db: Db::new(env.d1("DB").ok()),
            now,
            test: fixed.is_some(),
            request_id: random::id()?,
            address: header("cf-connecting-ip").unwrap_or("local").to_owned(),
            head: Mutex::new(None),
            env,
        })))
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The time of the request.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.0.now
    }

    /// Today's business date.
    ///
    /// # Errors
    /// When the clock is outside 1900 to 2199.
    pub fn today(&self) -> Result<Date, ApiError> {
        Date::at(self.0.now).map_err(ApiError::internal)
    }

    /// Whether a test runs the Worker.
    #[must_use]
    pub fn is_test(&self) -> bool {
        self.0.test
    }

    /// The id under which the log knows this request.
    #[must_use]
    pub fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// The client's address as Cloudflare saw it.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// A secret or variable of the Worker.
    #[must_use]
    pub fn secret(&self, name: &str) -> Option<String> {
        self.0.env.var(name).ok().map(|value| value.to_string())
    }

    /// Remembers the head of the audit chain, read along with the session.
    pub fn set_head(&self, head: Head) {
        *self.0.head.lock().unwrap_or_else(PoisonError::into_inner) = Some(head);
    }

    /// Takes the remembered head; there is none a second time, as it may have moved.
    #[must_use]
    pub fn take_head(&self) -> Option<Head> {
        self.0.head.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl<S: Sync> FromRequestParts<S> for Ctx {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts.extensions.get().cloned().ok_or_else(|| ApiError::internal("a request without context"))
    }
}
