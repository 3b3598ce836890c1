//! What a handler fails with, and the one mapping to HTTP.
//!
//! A person is told what happened and what to do; the chain of causes of a fault of ours goes to
//! the log alone.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use shared::permission::Denied;
use shared::problem::{Code, FieldProblem, Problem};
use shared::review::Refused;
use shared::review::meeting::ItemRefused;

use crate::store::db::{Cause, DbError};
use crate::store::guard::Guard;

/// A refusal or a fault.
///
/// One word wide: nearly every function of the Worker hands one on.
#[derive(Debug, Clone)]
pub struct ApiError(Box<Told>);

/// What is told, and to whom.
#[derive(Debug, Clone)]
struct Told {
    problem: Problem,
    /// For the log.
    fault: Option<String>,
}

/// The chain of causes, carried on the response to where the request's id is known.
#[derive(Debug, Clone)]
pub struct Fault(pub String);

impl ApiError {
    fn of(problem: Problem, fault: Option<String>) -> Self {
        Self(Box::new(Told { problem, fault }))
    }

    /// A refusal.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self::of(Problem::new(code, detail), None)
    }

    /// 404, for what is not there and for what may not be known.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "")
    }

    /// 422 for one field.
    pub fn field(field: &str, code: &str, expected: impl Into<String>) -> Self {
        Self::fields(vec![problem_of(field, code, expected)])
    }

    /// 422 for several fields.
    #[must_use]
    pub fn fields(fields: Vec<FieldProblem>) -> Self {
        Self::with_fields(Code::Invalid, "", fields)
    }

    /// A refusal that names fields.
    pub fn with_fields(code: Code, detail: impl Into<String>, fields: Vec<FieldProblem>) -> Self {
        Self::of(Problem::new(code, detail).with_fields(fields), None)
    }

    /// 429: come back after some seconds.
    #[must_use]
    pub fn too_many(seconds: u32) -> Self {
        let mut error = Self::new(Code::TooManyRequests, format!("Try again in {seconds} seconds."));
        error.0.problem.retry_after = Some(seconds);
        error
    }

    /// 401: a field held another secret than the one that was asked for.
    #[must_use]
    pub fn wrong_secret(field: &str) -> Self {
        Self::with_fields(Code::BadCredentials, "", vec![problem_of(field, "wrong", "must be the right one")])
    }

    /// 500: says nothing to the client, the cause to the log.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self::of(Problem::new(Code::Internal, "The fault has been recorded."), Some(cause.to_string()))
    }

    /// What is answered, for an answer that holds several.
    #[must_use]
    pub fn problem(self) -> Problem {
        self.0.problem
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.0.problem.code
    }
}

/// One wrong field.
pub fn problem_of(field: &str, code: &str, expected: impl Into<String>) -> FieldProblem {
    FieldProblem { field: field.to_owned(), expected: expected.into(), code: code.to_owned() }
}

impl From<Denied> for ApiError {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Forbidden => Self::new(Code::Forbidden, ""),
            Denied::Hidden => Self::not_found(),
        }
    }
}

/// A step of the review that a rule refuses, as a problem of the part of the request that it is about; its
/// code is that of the rule.
impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        let field = match refused {
            Refused::Hidden => return Self::not_found(),
            Refused::StandIn { .. } => "stand_in",
            Refused::NoReason { .. } => "wanted.reason",
            Refused::UnknownGrade { .. } | Refused::TopRefused => "wanted.grade",
            Refused::Role { .. }
            | Refused::Stage { .. }
            | Refused::OtherCycle
            | Refused::Window { .. }
            | Refused::BeforeClose { .. }
            | Refused::NoMeeting
            | Refused::Frozen
            | Refused::NotPublishing
            | Refused::OwnStep { .. }
            | Refused::Open { .. }
            | Refused::Phase
            | Refused::Day { .. } => "wanted",
        };
        let detail = refused.to_string();
        Self::with_fields(refused.code(), detail.clone(), vec![problem_of(field, refused.rule(), detail)])
    }
}

/// A step of an item that a rule refuses, likewise.
impl From<ItemRefused> for ApiError {
    fn from(refused: ItemRefused) -> Self {
        match refused {
            ItemRefused::Review(Refused::Hidden) => Self::not_found(),
            refused => Self::with_fields(refused.code(), refused.to_string(), refused.fields()),
        }
    }
}

/// The refusal a guard stands for.
fn guarded(name: &str) -> Option<ApiError> {
    let guard = Guard::ALL.into_iter().find(|guard| guard.name() == name)?;
    let conflict = |field: &str, detail: &str| {
        ApiError::with_fields(Code::Conflict, detail, vec![problem_of(field, name, detail)])
    };
    Some(match guard {
        Guard::Version => ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."),
        Guard::State => ApiError::new(Code::Conflict, "Load it again: its state has changed."),
        Guard::NotSetUp => ApiError::new(Code::Conflict, "The company is already set up."),
        Guard::AdminLeft => conflict("role", "One active administrator must remain."),
        Guard::UnitUnused => {
            conflict("active", "People or customers still belong to the unit; move them first.")
        }
        Guard::UnitOpen => ApiError::field("unit", name, "must be a unit that exists and is open"),
        Guard::RepFree => conflict("unit", "The rep still looks after customers; hand them over first."),
        Guard::NoRegrade => {
            conflict("years", "The book is being graded anew; wait for the run to end, or stop it.")
        }
        Guard::NoCycle => {
            conflict("year", "The review that is open has to be published before another is opened.")
        }
        Guard::RepInUnit => ApiError::field("rep", name, "must be an active rep of the unit"),
    })
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        match error.cause() {
            Cause::Unique(columns) => {
                let first = columns.split(", ").next().unwrap_or_default();
                let field = first.rsplit('.').next().unwrap_or_default();
                Self::with_fields(
                    Code::Taken,
                    "",
                    vec![problem_of(field, "taken", "must not be taken already")],
                )
            }
            Cause::Named(name) => guarded(name).unwrap_or_else(|| Self::internal(&error)),
            Cause::ForeignKey => Self::new(Code::Conflict, "Something this refers to is not there."),
            Cause::Unavailable(why) => {
                Self::of(Problem::new(Code::Unavailable, "Try again in a moment."), Some(why.clone()))
            }
            Cause::Check(_) | Cause::Refused(_) | Cause::Other(_) => Self::internal(&error),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Told { problem, fault } = *self.0;
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = problem.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(fault) = fault {
            response.extensions_mut().insert(Fault(fault));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_guard_is_a_refusal_and_any_other_name_a_fault() {
        for guard in Guard::ALL {
            assert!(guarded(guard.name()).is_some_and(|error| error.0.problem.status < 500), "{guard:?}");
        }
        let fault = ApiError::from(DbError::from(Cause::Named("audit_append_only".to_owned())));
        assert_eq!(fault.code(), Code::Internal);
        assert!(!fault.0.problem.detail.contains("audit"));
    }

    #[test]
    fn a_taken_value_names_its_field() {
        let error = ApiError::from(DbError::from(Cause::Unique("customers.code".to_owned())));
        assert_eq!(error.code(), Code::Taken);
        assert_eq!(error.0.problem.fields[0].field, "code");
    }
}
