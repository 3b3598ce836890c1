//! What went wrong, in the person's language: what happened and what to do.

use shared::calendar::Date;
use shared::dto::session::PASSWORD_MIN;
use shared::grading::Measure;
use shared::id::BadText;
use shared::problem::{Code, FieldProblem, Problem};
use shared::review::Terms;

use super::measure;
use crate::client::ApiError;
use crate::say;

/// One or two sentences for a person.
#[must_use]
pub fn explain(error: &ApiError) -> String {
    let problem = match error {
        ApiError::Offline => return say!(problem.offline).to_owned(),
        ApiError::Unreadable(status) => return say!(problem.unreadable, status),
        ApiError::Problem(problem) => problem,
    };
    match problem.code {
        Code::Unauthenticated => say!(problem.unauthenticated),
        // Of a field it is said there; of a sign-in as a whole, so that nobody learns which half was right.
        Code::BadCredentials if problem.fields.is_empty() => say!(problem.bad_credentials),
        Code::Forbidden => say!(problem.forbidden),
        Code::CrossSite => say!(problem.cross_site),
        Code::PasswordChangeRequired => say!(problem.password_change_required),
        Code::NotFound => say!(problem.not_found),
        // What stands in the way is one thing, and has its own words.
        Code::Conflict => {
            return problem.fields.first().map_or_else(|| say!(problem.conflict).to_owned(), explain_field);
        }
        Code::Taken => say!(problem.taken),
        Code::VersionMismatch => say!(problem.version_mismatch),
        Code::TooLarge => say!(problem.too_large),
        Code::BadCredentials | Code::Invalid => say!(problem.invalid),
        Code::TooManyRequests => {
            return match problem.retry_after {
                Some(seconds) => say!(problem.too_many_requests, wait(seconds)),
                None => say!(problem.too_many_requests, say!(problem.a_while)),
            };
        }
        Code::MethodNotAllowed | Code::UnsupportedMedia | Code::PreconditionRequired | Code::Internal => {
            say!(problem.internal)
        }
        Code::Unavailable => say!(problem.unavailable),
    }
    .to_owned()
}

/// A wait in words: seconds up to two minutes, then whole minutes, rounded up.
fn wait(seconds: u32) -> String {
    if seconds <= 120 { say!(problem.seconds, seconds) } else { say!(problem.minutes, seconds.div_ceil(60)) }
}

/// The words that a form has for rules of its own, by their codes.
pub type Words = fn(&str) -> Option<&'static str>;

/// [`explain`], in the words of the rule where one of a form's own refused it.
#[must_use]
pub fn explain_in(words: Words, error: &ApiError) -> String {
    let rule = error.fields().iter().find_map(|wrong| words(&wrong.code));
    rule.map_or_else(|| explain(error), str::to_owned)
}

/// [`explain_field`], likewise.
#[must_use]
pub fn explain_field_in(words: Words, wrong: &FieldProblem) -> String {
    words(&wrong.code).map_or_else(|| explain_field(wrong), str::to_owned)
}

/// What is wrong with one field.
#[must_use]
pub fn explain_field(wrong: &FieldProblem) -> String {
    match wrong.code.as_str() {
        "empty" | "required" => say!(problem.field.required).to_owned(),
        "too_long" => say!(problem.field.too_long).to_owned(),
        "too_short" => say!(problem.field.too_short).to_owned(),
        "character" => say!(problem.field.character).to_owned(),
        "range" => match bounds(&wrong.expected) {
            Some((low, high)) => say!(measure.out_of_range, low, high),
            None => say!(problem.field.range).to_owned(),
        },
        "unknown" => say!(problem.field.unknown).to_owned(),
        "taken" => say!(problem.field.taken).to_owned(),
        "same" => say!(problem.field.same).to_owned(),
        "differs" => say!(problem.field.differs).to_owned(),
        "wrong" => say!(problem.field.wrong).to_owned(),
        "format" => say!(problem.field.format).to_owned(),
        "day" => say!(problem.field.day).to_owned(),
        "time" => say!(problem.field.time).to_owned(),
        "year" => say!(problem.field.year).to_owned(),
        "amount" => say!(measure.not_a_number, measure::example(Measure::Money)),
        "term_days" => say!(measure.out_of_range, 1, Terms::MAX_DAYS),
        "until" => say!(problem.field.until).to_owned(),
        "negative" => say!(problem.field.negative).to_owned(),
        "past" => say!(problem.field.past).to_owned(),
        "deal_day" => say!(problem.field.deal_day).to_owned(),
        // The day stands among what was expected.
        "too_early" => match wrong.expected.split(' ').find(|word| Date::parse(word).is_ok()) {
            Some(day) => say!(problem.field.too_early, day),
            None => say!(problem.field.range).to_owned(),
        },
        "last_admin" => say!(problem.field.last_admin).to_owned(),
        "unit_in_use" => say!(problem.field.unit_in_use).to_owned(),
        "unit_closed" => say!(problem.field.unit_closed).to_owned(),
        "rep_has_customers" => say!(problem.field.rep_has_customers).to_owned(),
        "rep_not_in_unit" => say!(problem.field.rep_not_in_unit).to_owned(),
        "regrade_running" => say!(problem.field.regrade_running).to_owned(),
        _ => wrong.expected.clone(),
    }
}

/// The two whole numbers that stand in what was expected, such as "must be from 2000 to 2026".
fn bounds(expected: &str) -> Option<(i64, i64)> {
    let mut numbers = expected.split(' ').filter_map(|word| word.parse().ok());
    let both = (numbers.next()?, numbers.next()?);
    numbers.next().is_none().then_some(both)
}

/// A wrong field found without the Worker.
#[must_use]
pub fn field_problem(field: &str, code: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), expected: String::new(), code: code.to_owned() }
}

/// What is wrong with a new password, found without the Worker.
#[must_use]
pub fn password_problem(field: &str, password: &str) -> Option<FieldProblem> {
    match password.chars().count() {
        0 => Some(field_problem(field, "required")),
        1..PASSWORD_MIN => Some(field_problem(field, "too_short")),
        _ => None,
    }
}

/// A wrong text found without the Worker.
#[must_use]
pub fn text_problem(field: &str, wrong: Option<BadText>) -> Option<FieldProblem> {
    let code = match wrong? {
        BadText::Empty => "required",
        BadText::TooLong(_) => "too_long",
        BadText::Character(_) => "character",
    };
    Some(field_problem(field, code))
}

/// A day as it is typed, `2026-03-26`.
///
/// # Errors
/// The field, when it holds none.
pub fn parse_day(field: &str, text: &str) -> Result<Date, FieldProblem> {
    Date::parse(text).map_err(|_no_day| field_problem(field, "day"))
}

/// The error that a form shows when it was found wrong without the Worker.
#[must_use]
pub fn invalid(wrong: impl IntoIterator<Item = Option<FieldProblem>>) -> ApiError {
    ApiError::Problem(Problem::new(Code::Invalid, "").with_fields(wrong.into_iter().flatten().collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a field that the Worker refused.
    fn said(code: &str, expected: &str) -> String {
        explain_field(&FieldProblem { expected: expected.to_owned(), ..field_problem("field", code) })
    }

    #[test]
    fn every_code_has_its_words() {
        for code in Code::ALL {
            assert!(!explain(&ApiError::Problem(Problem::new(code, "detail"))).is_empty(), "{code:?}");
        }
    }

    #[test]
    fn a_day_that_is_too_early_says_which_would_do() {
        assert_eq!(said("too_early", "must be 2027-01-01 or later"), "不能早于 2027-01-01");
        assert_eq!(said("too_early", "must be later"), "超出允许的范围");
    }

    #[test]
    fn what_is_out_of_range_says_between_what_it_should_be() {
        assert_eq!(said("range", "must be from 2000 to 2026"), "应在 2000 到 2026 之间");
        assert_eq!(said("range", "must be below 7"), "超出允许的范围");
    }

    #[test]
    fn a_day_is_read_or_its_field_is_named() {
        assert_eq!(parse_day("until", "2026-03-26"), Ok(Date::parse("2026-03-26").unwrap()));
        for text in ["", "2026-02-30", "26.3.2026"] {
            assert_eq!(parse_day("until", text), Err(field_problem("until", "day")), "{text}");
        }
    }

    #[test]
    fn waits_are_rounded_up() {
        let mut problem = Problem::new(Code::TooManyRequests, "");
        problem.retry_after = Some(121);
        assert!(explain(&ApiError::Problem(problem)).contains("3 分钟"));
    }
}
