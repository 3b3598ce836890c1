//! Public links as a person sees them, and the form of a new one.

use shared::calendar::Date;
use shared::dto::share::{LinkRow, NewLink};
use shared::id::UnitId;
use shared::problem::FieldProblem;
use shared::share::{LinkState, check};

use super::edit::Touched;
use super::format::count;
use super::problem::{explain_field, field_problem, parse_day};
use crate::say;

/// Days for which a link is proposed to be open.
const PROPOSED_DAYS: u32 = 30;

/// The form as it begins on a day.
#[must_use]
pub fn begun(unit: Option<&UnitId>, today: Date) -> Touched {
    let unit = unit.map(ToString::to_string).unwrap_or_default();
    let until = today.plus_days(PROPOSED_DAYS).to_string();
    let said = [("unit", unit), ("as_at", today.to_string()), ("until", until)];
    said.map(|(field, text)| (field.to_owned(), text)).into()
}

/// Whether a box of the form is ticked.
#[must_use]
pub fn ticked(said: &Touched, field: &str) -> bool {
    said.get(field).is_some_and(|text| text == "true")
}

/// What is sent for a new link.
///
/// # Errors
/// What is wrong with which field; the Worker refuses by the same rule.
pub fn asked(said: &Touched, today: Date) -> Result<NewLink, Vec<FieldProblem>> {
    let text = |field: &str| said.get(field).map_or("", |text| text.trim());
    let mut wrong = Vec::new();
    let unit =
        UnitId::parse(text("unit")).map_err(|_empty| wrong.push(field_problem("unit", "required"))).ok();
    let mut day = |field: &str| parse_day(field, text(field)).map_err(|no_day| wrong.push(no_day)).ok();
    let (as_at, until) = (day("as_at"), day("until"));
    let most = text("max_views");
    let max_views = most.parse().ok();
    if !most.is_empty() && max_views.is_none() {
        wrong.push(field_problem("max_views", "range"));
    }
    // A passcode is what was typed, blanks and all.
    let passcode = said.get("passcode").filter(|text| !text.is_empty()).cloned();
    let (Some(unit), Some(as_at), Some(until), true) = (unit, as_at, until, wrong.is_empty()) else {
        return Err(wrong);
    };
    let [names, figures, credit, sheet] =
        ["names", "figures", "credit", "sheet"].map(|field| ticked(said, field));
    let link = NewLink { unit, as_at, names, figures, credit, sheet, until, max_views, passcode };
    let faults = check(&link, today);
    if faults.is_empty() {
        return Ok(link);
    }
    Err(faults.into_iter().map(|fault| field_problem(fault.field(), fault.code())).collect())
}

/// What is wrong with a field of the form.
#[must_use]
pub fn refusal(wrong: &FieldProblem) -> String {
    match (wrong.field.as_str(), wrong.code.as_str()) {
        ("as_at", "range") => say!(share.refused.as_at).to_owned(),
        ("until", "range") => say!(share.refused.until).to_owned(),
        ("max_views", _) => say!(share.refused.most).to_owned(),
        ("passcode", "length") => say!(share.refused.length).to_owned(),
        ("passcode", _) => say!(share.refused.common).to_owned(),
        ("unit", "too_many") => say!(share.refused.many).to_owned(),
        _ => explain_field(wrong),
    }
}

/// What anybody with the address of a link will see, sentence by sentence.
#[must_use]
pub fn sees(link: &NewLink, unit: &str) -> Vec<String> {
    let &NewLink { as_at: day, names, figures, credit, sheet, .. } = link;
    let said = [
        (true, say!(share.sees.counts, unit, day)),
        (names, say!(share.sees.names).to_owned()),
        (figures, say!(share.sees.totals).to_owned()),
        (figures && names, say!(share.sees.figures).to_owned()),
        (credit, say!(share.sees.ratings).to_owned()),
        (credit && names, say!(share.sees.credit).to_owned()),
        (sheet, say!(share.sees.sheet).to_owned()),
    ];
    said.into_iter().filter_map(|(holds, text)| holds.then_some(text)).collect()
}

/// Under which terms.
#[must_use]
pub fn terms(link: &NewLink) -> Vec<String> {
    let most = link
        .max_views
        .map_or_else(|| say!(share.terms.always).to_owned(), |most| say!(share.terms.most, count(most)));
    let passcode = match &link.passcode {
        Some(_) => say!(share.terms.passcode),
        None => say!(share.terms.no_passcode),
    };
    vec![say!(share.terms.until, link.until), most, passcode.to_owned(), say!(share.terms.fixed).to_owned()]
}

/// What a link shows and how, in a word each.
#[must_use]
pub fn shows(row: &LinkRow) -> Vec<&'static str> {
    let said = [
        (true, say!(share.counts)),
        (row.names, say!(share.names)),
        (row.figures, say!(share.figures)),
        (row.credit, say!(share.credit)),
        (row.sheet, say!(share.sheet)),
        (row.passcode, say!(share.locked)),
    ];
    said.into_iter().filter_map(|(holds, text)| holds.then_some(text)).collect()
}

/// How often a link was opened, and of how many.
#[must_use]
pub fn opened(row: &LinkRow) -> String {
    match row.max_views {
        Some(most) => say!(share.times_of, count(row.views), count(most)),
        None => say!(share.times, count(row.views)),
    }
}

/// How a link stands.
#[must_use]
pub fn standing(state: LinkState) -> &'static str {
    match state {
        LinkState::Open => say!(share.open),
        LinkState::Expired => say!(share.expired),
        LinkState::Exhausted => say!(share.exhausted),
        LinkState::Revoked => say!(share.revoked),
    }
}

/// The squares of a code that a phone scans, as the outline of a drawing whose unit is a square; with the side of
/// the drawing, its quiet zone of four squares included. `None` for a text that no code can hold.
#[must_use]
pub fn code(text: &str) -> Option<(String, usize)> {
    use std::fmt::Write as _;
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (row, line) in code.to_colors().chunks(width).enumerate() {
        let mut at = 0;
        for run in line.chunk_by(|one, other| one == other) {
            if run.first() == Some(&qrcode::Color::Dark) {
                write!(path, "M{} {}h{}v1h-{}z", at + 4, row + 4, run.len(), run.len()).ok()?;
            }
            at += run.len();
        }
    }
    Some((path, width + 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn said(pairs: &[(&str, &str)]) -> Touched {
        let mut said = begun(UnitId::parse("u1").ok().as_ref(), day("2026-03-26"));
        said.extend(pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())));
        said
    }

    #[test]
    fn a_form_begins_as_a_link_that_can_be_made() {
        let link = asked(&said(&[]), day("2026-03-26")).unwrap();
        assert_eq!(
            (link.until, link.names, link.max_views, link.passcode),
            (day("2026-04-25"), false, None, None)
        );
        let link = asked(
            &said(&[("names", "true"), ("max_views", " 20 "), ("passcode", " 2948 ")]),
            day("2026-03-26"),
        );
        let link = link.unwrap();
        assert_eq!((link.names, link.max_views, link.passcode.as_deref()), (true, Some(20), Some(" 2948 ")));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_its_field() {
        let fields = |pairs: &[(&str, &str)]| -> Vec<String> {
            let wrong = asked(&said(pairs), day("2026-03-26")).unwrap_err();
            for one in &wrong {
                assert!(!refusal(one).is_empty());
            }
            wrong.into_iter().map(|one| one.field).collect()
        };
        assert_eq!(
            fields(&[("unit", ""), ("as_at", "x"), ("max_views", "many")]),
            ["unit", "as_at", "max_views"]
        );
        assert_eq!(
            fields(&[
                ("as_at", "2026-03-27"),
                ("until", "2028-01-01"),
                ("max_views", "0"),
                ("passcode", "123456")
            ]),
            ["as_at", "until", "max_views", "passcode"]
        );
    }

    #[test]
    fn what_is_confirmed_is_what_is_shown() {
        let lines =
            |pairs: &[(&str, &str)]| sees(&asked(&said(pairs), day("2026-03-26")).unwrap(), "销售一科").len();
        assert_eq!(lines(&[]), 1);
        assert_eq!(lines(&[("figures", "true"), ("credit", "true")]), 3);
        let all = [("names", "true"), ("figures", "true"), ("credit", "true"), ("sheet", "true")];
        assert_eq!(lines(&all), 7);
    }

    /// Which squares a drawing fills.
    fn squares(path: &str) -> Vec<(usize, usize)> {
        let run = |run: &str| {
            let (x, rest) = run.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let length: usize = rest.split_once('v').unwrap().0.parse().unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            (x..x + length).map(move |x| (x, y))
        };
        path.split('M').skip(1).flat_map(run).collect()
    }

    #[test]
    fn a_code_reads_as_the_address_that_it_was_drawn_of() {
        let address = "https://fenji.example/s/hi9nbfftsfeniayqd4ptfy3xv5wiyhrnvqe9mbwh8cfdnp7gv7qa";
        let (path, side) = code(address).unwrap();
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        let dark = squares(&path);
        // As a camera would see it, four pixels to a square.
        let pixel = |x: usize, y: usize| if dark.contains(&(x / 4, y / 4)) { 0 } else { 255 };
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, pixel);
        let grids = seen.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().unwrap().1, address);
        assert_eq!(code(&"x".repeat(5_000)), None);
    }
}
