//! The quarterly look as its page shows and sends it.

use shared::calendar::Date;
use shared::dto::quarter::{NewMark, UnitQuarter};
use shared::grading::Measure;
use shared::id::{CustomerId, Note};
use shared::number::Fen;
use shared::problem::FieldProblem;
use shared::quarter::Quarter;
use shared::review::{Look, Mark, Stability};

use super::edit::Touched;
use super::measure;
use super::problem::{explain_in, field_problem, text_problem};
use crate::client::ApiError;
use crate::say;

/// How many quarters are offered, the present one among them.
const OFFERED: usize = 9;

/// The quarters to choose from, latest first.
#[must_use]
pub fn offered(today: Date) -> Vec<Quarter> {
    std::iter::successors(Some(Quarter::of(today)), |quarter| Some(quarter.before())).take(OFFERED).collect()
}

/// The quarter that a page of an address shows: the one before this, which is the one to be looked at.
#[must_use]
pub fn chosen(address: Option<&str>, today: Date) -> Quarter {
    address.and_then(|text| Quarter::parse(text).ok()).unwrap_or_else(|| Quarter::of(today).before())
}

/// The name of a quarter.
#[must_use]
pub fn name(quarter: Quarter) -> String {
    say!(quarter.name, quarter.year(), quarter.number())
}

/// How far a unit is with a quarter, in words.
#[must_use]
pub fn state(of: &UnitQuarter) -> &'static str {
    if of.closed_at.is_some() {
        say!(quarter.state.closed)
    } else if of.begun {
        say!(quarter.state.begun)
    } else {
        say!(quarter.state.none)
    }
}

/// How sales go, in words.
#[must_use]
pub fn stability(of: Stability) -> &'static str {
    match of {
        Stability::Rising => say!(quarter.stability.rising),
        Stability::Steady => say!(quarter.stability.steady),
        Stability::Wavering => say!(quarter.stability.wavering),
        Stability::Falling => say!(quarter.stability.falling),
    }
}

/// A mark in words.
#[must_use]
pub fn mark(of: Mark) -> &'static str {
    match of {
        Mark::Protect => say!(quarter.mark.protect),
        Mark::Support => say!(quarter.mark.support),
        Mark::LetGo => say!(quarter.mark.let_go),
    }
}

/// The texts of what is stored, by field.
#[must_use]
pub fn texts(look: &Look) -> Touched {
    let note = |note: &Option<Note>| note.as_ref().map(ToString::to_string).unwrap_or_default();
    let typed = look.typed.map(|fen| measure::field(Measure::Money, fen.get())).unwrap_or_default();
    let stability = look.stability.map(|one| one.code().to_owned()).unwrap_or_default();
    [
        ("look.typed", typed),
        ("look.stability", stability),
        ("look.cause", note(&look.cause)),
        ("look.room", note(&look.room)),
        ("look.conclusion", note(&look.conclusion)),
    ]
    .map(|(field, text)| (field.to_owned(), text))
    .into()
}

/// What a look is to say: what was typed over what is stored. Nobody types what a ledger gave.
///
/// # Errors
/// What is wrong with which field.
pub fn written(stored: &Look, said: &Touched, counted: bool) -> Result<Look, Vec<FieldProblem>> {
    let base = texts(stored);
    let text = |field: &str| said.get(field).or_else(|| base.get(field)).map_or("", |text| text.trim());
    let mut wrong = Vec::new();
    let mut note = |field: &str| {
        if text(field).is_empty() {
            return None;
        }
        Note::parse(text(field)).map_err(|bad| wrong.extend(text_problem(field, Some(bad)))).ok()
    };
    let (cause, room, conclusion) = (note("look.cause"), note("look.room"), note("look.conclusion"));
    let typed = match measure::parse(Measure::Money, text("look.typed")) {
        _ if counted => None,
        Ok(None) => None,
        Ok(Some(fen)) => Fen::new(fen).map_err(|_far| wrong.push(field_problem("look.typed", "range"))).ok(),
        Err(_unreadable) => {
            wrong.push(field_problem("look.typed", "amount"));
            None
        }
    };
    let stability = Stability::ALL.into_iter().find(|one| one.code() == text("look.stability"));
    if wrong.is_empty() { Ok(Look { typed, stability, cause, room, conclusion }) } else { Err(wrong) }
}

/// The names under which a customer's mark and note are typed.
#[must_use]
pub fn mark_fields(customer: &CustomerId) -> (String, String) {
    (format!("mark.{customer}"), format!("note.{customer}"))
}

/// The marks that were touched.
///
/// # Errors
/// What is wrong with which field.
pub fn marks(said: &Touched) -> Result<Vec<NewMark>, Vec<FieldProblem>> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for (field, code) in said {
        let Some(customer) = field.strip_prefix("mark.").and_then(|id| CustomerId::parse(id).ok()) else {
            continue;
        };
        let (_, noted) = mark_fields(&customer);
        let text = said.get(&noted).map_or("", |text| text.trim());
        let note = if text.is_empty() { Ok(None) } else { Note::parse(text).map(Some) };
        match note {
            Ok(note) => {
                let mark = Mark::ALL.into_iter().find(|one| one.code() == code);
                found.push(NewMark { customer, mark, note });
            }
            Err(bad) => wrong.extend(text_problem(&noted, Some(bad))),
        }
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// Why a look is refused, by the code at its field; `None` for any other.
#[must_use]
pub fn refusal(code: &str) -> Option<&'static str> {
    Some(match code {
        "ahead" => say!(quarter.refused.ahead),
        "closed" => say!(quarter.refused.closed),
        "counted" => say!(quarter.refused.counted),
        "not_over" => say!(quarter.refused.not_over),
        _ => return None,
    })
}

/// What went wrong with a look, in the words of the rule where a rule refused it.
#[must_use]
pub fn explain(error: &ApiError) -> String {
    explain_in(refusal, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&str, &str)]) -> Touched {
        pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn the_quarter_before_this_is_looked_at_unless_another_is_named() {
        let today = Date::parse("2026-03-26").unwrap();
        assert_eq!(chosen(None, today).to_string(), "2025Q4");
        assert_eq!(chosen(Some("2026Q1"), today).to_string(), "2026Q1");
        assert_eq!(chosen(Some("x"), today).to_string(), "2025Q4");
        let all = offered(today);
        assert_eq!(
            (all.len(), all[0].to_string(), all[8].to_string()),
            (9, "2026Q1".into(), "2024Q1".into())
        );
    }

    #[test]
    fn what_was_typed_lies_over_what_is_stored_and_comes_back_as_it_was() {
        let stored = Look {
            typed: Fen::new(5_000_000).ok(),
            stability: Some(Stability::Steady),
            cause: Note::parse("老客户").ok(),
            room: None,
            conclusion: Note::parse("保A").ok(),
        };
        assert_eq!(written(&stored, &Touched::new(), false), Ok(stored.clone()));
        let typed = said(&[("look.cause", " "), ("look.typed", "7.5"), ("look.stability", "falling")]);
        let expected = Look {
            typed: Fen::new(7_500_000).ok(),
            stability: Some(Stability::Falling),
            cause: None,
            ..stored.clone()
        };
        assert_eq!(written(&stored, &typed, false), Ok(expected));
        assert_eq!(written(&stored, &typed, true).map(|look| look.typed), Ok(None));
        let wrong = written(&stored, &said(&[("look.typed", "x")]), false).unwrap_err();
        assert_eq!(wrong[0].field, "look.typed");
    }

    #[test]
    fn marks_are_those_that_were_touched() {
        let typed = said(&[
            ("look.cause", "x"),
            ("mark.k1", "let_go"),
            ("note.k1", "无订单"),
            ("mark.k2", ""),
            ("note.k2", ""),
        ]);
        let found = marks(&typed).unwrap();
        let all: Vec<_> =
            found.iter().map(|one| (one.customer.as_str(), one.mark, one.note.is_some())).collect();
        assert_eq!(all, [("k1", Some(Mark::LetGo), true), ("k2", None, false)]);
    }
}
