//! The one error envelope of the API, problem+json (RFC 9457).

use serde::{Deserialize, Serialize};

/// What went wrong, as a stable code that the app translates and programs match on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// 401: nobody is signed in, or the session has ended.
    Unauthenticated,
    /// 401: wrong login or password; which of them is not said.
    BadCredentials,
    /// 403: the role never may.
    Forbidden,
    /// 403: the request came from another site.
    CrossSite,
    /// 403: a first password must be changed before anything else.
    PasswordChangeRequired,
    /// 404: there is no such thing, or it may not be known.
    NotFound,
    /// 405: the path exists, the method does not.
    MethodNotAllowed,
    /// 409: the state does not allow it, or a repeated key came with another body.
    Conflict,
    /// 409: the name, code or login is taken.
    Taken,
    /// 412: somebody else saved in the meantime.
    VersionMismatch,
    /// 413: the body is larger than allowed.
    TooLarge,
    /// 415: the body is not JSON.
    UnsupportedMedia,
    /// 422: one or more fields are wrong; see `fields`.
    Invalid,
    /// 428: the request must carry If-Match or Idempotency-Key.
    PreconditionRequired,
    /// 429: too many tries; `retry_after` seconds.
    TooManyRequests,
    /// 500: a fault of ours; the log holds the chain.
    Internal,
    /// 503: the database did not answer.
    Unavailable,
}

impl Code {
    /// Every code.
    pub const ALL: [Self; 17] = [
        Self::Unauthenticated,
        Self::BadCredentials,
        Self::Forbidden,
        Self::CrossSite,
        Self::PasswordChangeRequired,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Conflict,
        Self::Taken,
        Self::VersionMismatch,
        Self::TooLarge,
        Self::UnsupportedMedia,
        Self::Invalid,
        Self::PreconditionRequired,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The HTTP status it is answered with.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::Unauthenticated | Self::BadCredentials => 401,
            Self::Forbidden | Self::CrossSite | Self::PasswordChangeRequired => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Conflict | Self::Taken => 409,
            Self::VersionMismatch => 412,
            Self::TooLarge => 413,
            Self::UnsupportedMedia => 415,
            Self::Invalid => 422,
            Self::PreconditionRequired => 428,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// A short English title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Unauthenticated => "Sign in first",
            Self::BadCredentials => "Wrong login or password",
            Self::Forbidden => "Your role may not do this",
            Self::CrossSite => "The request came from another site",
            Self::PasswordChangeRequired => "Change your first password before going on",
            Self::NotFound => "Not found",
            Self::MethodNotAllowed => "Method not allowed",
            Self::Conflict => "The present state does not allow this",
            Self::Taken => "Already taken",
            Self::VersionMismatch => "Somebody else saved in the meantime",
            Self::TooLarge => "The request is too large",
            Self::UnsupportedMedia => "The body must be JSON",
            Self::Invalid => "Some fields are wrong",
            Self::PreconditionRequired => "A precondition header is required",
            Self::TooManyRequests => "Too many tries",
            Self::Internal => "A fault on our side",
            Self::Unavailable => "The database did not answer",
        }
    }
}

/// One wrong field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// Where, as a path: `name`, `values.collection`, `rows.17.amount`.
    pub field: String,
    /// What was expected, in English; the app translates by `code`.
    pub expected: String,
    /// Stable code of the kind of mistake: `empty`, `too_long`, `character`, `range`, `unknown`, `required`, `format`.
    pub code: String,
}

/// The body of every answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`; `code` is what tells problems apart.
    #[serde(rename = "type")]
    pub kind: String,
    /// [`Code::title`].
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The stable code.
    pub code: Code,
    /// What happened and what to do, in English.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// The wrong fields, for [`Code::Invalid`] and [`Code::Taken`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// Seconds to wait, for [`Code::TooManyRequests`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

impl Problem {
    /// A problem of a code, with its title and status.
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank".to_owned(),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: detail.into(),
            fields: Vec::new(),
            retry_after: None,
        }
    }

    /// The same with the wrong fields.
    #[must_use]
    pub fn with_fields(mut self, fields: Vec<FieldProblem>) -> Self {
        self.fields = fields;
        self
    }
}
