//! Values of a measure as people read and type them. Digits only, the unit stands beside them.
//!
//! Money is shown and typed in 万元 (1 000 000 fen), ratios in per cent, the rest whole.

use shared::grading::Measure;
use shared::ledger::Lang;
use shared::number::{BasisPoints, Fen, MAX_SAFE, Points};

use super::format;
use crate::texts;

/// How many raw units make one shown unit, as a power of ten.
const fn places(measure: Measure) -> u32 {
    match measure {
        Measure::Money => 6,
        Measure::Ratio => 2,
        Measure::Days | Measure::Months | Measure::Count | Measure::Level => 0,
    }
}

fn trimmed(text: &str) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

/// Points as short as they are exact: `80`, `6.5`.
#[must_use]
pub fn points_short(points: Points) -> String {
    trimmed(&format::points(points))
}

/// A measured value for reading: money rounded to two decimals of 万元, everything else exact.
#[must_use]
pub fn value(measure: Measure, raw: i64) -> String {
    match measure {
        Measure::Money => trimmed(&format::ten_thousands(Fen::clamped(raw.into()))),
        Measure::Ratio => format::percent(BasisPoints::clamped(raw.into())),
        Measure::Days | Measure::Months | Measure::Count | Measure::Level => format::whole(raw),
    }
}

/// The unit that stands behind a value; empty for plain counts and levels.
#[must_use]
pub const fn unit(lang: Lang, measure: Measure) -> &'static str {
    match measure {
        Measure::Money => texts::measure::money(lang),
        Measure::Ratio => texts::measure::ratio(lang),
        Measure::Days => texts::measure::days(lang),
        Measure::Months => texts::measure::months(lang),
        Measure::Count | Measure::Level => "",
    }
}

/// A measured value with its unit: `1,286.4 万元`, `82 %`.
#[must_use]
pub fn with_unit(lang: Lang, measure: Measure, raw: i64) -> String {
    let unit = unit(lang, measure);
    if unit.is_empty() { value(measure, raw) } else { format!("{} {unit}", value(measure, raw)) }
}

/// A measured value for an input field: exact, ungrouped, with a plain minus.
#[must_use]
pub fn field(measure: Measure, raw: i64) -> String {
    let (places, sign) = (places(measure), if raw < 0 { "-" } else { "" });
    let unit = 10_u64.checked_pow(places).unwrap_or(1);
    let (whole, rest) = (raw.unsigned_abs() / unit, raw.unsigned_abs() % unit);
    if rest == 0 {
        format!("{sign}{whole}")
    } else {
        trimmed(&format!("{sign}{whole}.{rest:0width$}", width = places as usize))
    }
}

/// Why a typed number is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Not a number.
    NotANumber,
    /// More decimals than the measure has.
    TooFine,
    /// Too large to be kept exactly.
    TooLarge,
}

/// A number as one might be typed for a measure.
#[must_use]
pub const fn example(measure: Measure) -> &'static str {
    match measure {
        Measure::Money => "1286.4",
        Measure::Ratio => "85.5",
        Measure::Days => "30",
        Measure::Months => "6",
        Measure::Count | Measure::Level => "12",
    }
}

/// What is wrong with what was typed for a measure, with an example of what would not be.
#[must_use]
pub fn fault(lang: Lang, measure: Measure, fault: Unreadable, example: &str) -> String {
    match (fault, places(measure)) {
        (Unreadable::NotANumber, _) => texts::measure::not_a_number(lang, &example),
        (Unreadable::TooFine, 0) => texts::measure::whole_only(lang).to_owned(),
        (Unreadable::TooFine, places) => texts::measure::too_fine(lang, &places),
        (Unreadable::TooLarge, _) => texts::measure::too_large(lang).to_owned(),
    }
}

/// [`fault`] with an example of the measure itself.
#[must_use]
pub fn unreadable(lang: Lang, measure: Measure, why: Unreadable) -> String {
    fault(lang, measure, why, example(measure))
}

/// Reads what was typed for a measure: full-width digits, grouped thousands, and the unit behind
/// the number (`万元`, `万`, `元`, `%`, `天`, `个月`) are all understood. `None` for blank.
///
/// # Errors
/// [`Unreadable`]; a number is never rounded behind the person's back.
pub fn parse(measure: Measure, text: &str) -> Result<Option<i64>, Unreadable> {
    let folded: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    if folded.is_empty() {
        return Ok(None);
    }
    let units: &[(&str, u32)] = match measure {
        Measure::Money => &[("万元", 6), ("万", 6), ("元", 2)],
        Measure::Ratio => &[("%", 2)],
        Measure::Days => &[("天", 0), ("日", 0)],
        Measure::Months => &[("个月", 0), ("月", 0)],
        Measure::Count | Measure::Level => &[],
    };
    let (bare, places) = units
        .iter()
        .find_map(|(unit, places)| folded.strip_suffix(unit).map(|bare| (bare, *places)))
        .unwrap_or((&folded, places(measure)));
    exact(bare, places).map(Some)
}

/// A decimal number as an integer of 10^-`places`.
fn exact(text: &str, places: u32) -> Result<i64, Unreadable> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let rest = rest.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let evenly =
        groups.next().is_some_and(|first| !first.is_empty() && (first.len() <= 3 || !whole.contains(',')))
            && groups.all(|group| group.len() == 3);
    let whole = whole.replace(',', "");
    if !evenly || !digits(&whole) || !digits(rest) {
        return Err(Unreadable::NotANumber);
    }
    if rest.len() > places as usize {
        return Err(Unreadable::TooFine);
    }
    let number = format!("{whole}{rest:0<width$}", width = places as usize);
    let raw: i64 = number.parse().map_err(|_| Unreadable::TooLarge)?;
    match raw {
        _ if raw > MAX_SAFE => Err(Unreadable::TooLarge),
        _ if negative => Ok(-raw),
        _ => Ok(raw),
    }
}

/// A character of a full-width keyboard as the one it stands for, and the minus signs as one.
#[must_use]
pub fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{2212}' | '\u{2013}' => '-',
        other => other,
    }
}

/// A part of a whole as a plain number 0–100 with at most two decimals, as the custom properties
/// of the style take it: `82.5`.
#[must_use]
pub fn style_percent(part: i64, whole: i64) -> String {
    let share = shared::number::ratio(part, whole).map_or(0, |share| share.get().clamp(0, 10_000));
    field(Measure::Ratio, share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_as_short_as_they_are_exact() {
        assert_eq!(value(Measure::Ratio, 8_200), "82");
        assert_eq!(value(Measure::Ratio, -1_050), "\u{2212}10.5");
        assert_eq!(value(Measure::Money, 1_000_000_000), "1,000");
        assert_eq!(value(Measure::Money, 1_286_404_999), "1,286.4");
        assert_eq!(value(Measure::Days, 118), "118");
        assert_eq!(points_short(Points::clamped(650)), "6.5");
        assert_eq!(points_short(Points::clamped(8_000)), "80");
        assert_eq!(with_unit(Lang::Zh, Measure::Money, 1_286_400_000), "1,286.4 万元");
    }

    #[test]
    fn what_is_shown_in_a_field_reads_back() {
        for measure in [Measure::Money, Measure::Ratio, Measure::Days, Measure::Months, Measure::Count] {
            for raw in [0, 1, -1, 99, 1_234_567_890_123, -5_000_000, MAX_SAFE, -MAX_SAFE] {
                assert_eq!(parse(measure, &field(measure, raw)), Ok(Some(raw)), "{measure:?} {raw}");
            }
        }
    }

    #[test]
    fn typing_is_forgiving_about_form_and_strict_about_value() {
        for (measure, text, expected) in [
            (Measure::Money, " １，２８６．４ 万元 ", Ok(Some(1_286_400_000))),
            (Measure::Money, "12,864,000元", Ok(Some(1_286_400_000))),
            (Measure::Money, "1286.4", Ok(Some(1_286_400_000))),
            (Measure::Ratio, "82.5%", Ok(Some(8_250))),
            (Measure::Ratio, "\u{2212}3", Ok(Some(-300))),
            (Measure::Ratio, "82.555", Err(Unreadable::TooFine)),
            (Measure::Ratio, "82.500", Ok(Some(8_250))),
            (Measure::Days, "9.5", Err(Unreadable::TooFine)),
            (Measure::Days, "九十", Err(Unreadable::NotANumber)),
            (Measure::Days, "1e3", Err(Unreadable::NotANumber)),
            (Measure::Count, "1,5", Err(Unreadable::NotANumber)),
            (Measure::Count, "-", Err(Unreadable::NotANumber)),
            (Measure::Ratio, ".5", Err(Unreadable::NotANumber)),
            (Measure::Ratio, "5.", Ok(Some(500))),
            (Measure::Money, "99999999999999", Err(Unreadable::TooLarge)),
            (Measure::Money, "  ", Ok(None)),
        ] {
            assert_eq!(parse(measure, text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_answered_by_an_example_of_its_own_unit() {
        for (measure, expected) in [
            (Measure::Money, "请填数字，例如 1286.4"),
            (Measure::Ratio, "请填数字，例如 85.5"),
            (Measure::Days, "请填数字，例如 30"),
            (Measure::Months, "请填数字，例如 6"),
            (Measure::Count, "请填数字，例如 12"),
        ] {
            let example = example(measure);
            assert!(matches!(parse(measure, example), Ok(Some(_))), "{measure:?}");
            assert_eq!(fault(Lang::Zh, measure, Unreadable::NotANumber, example), expected);
        }
        let fine = |measure| fault(Lang::Zh, measure, Unreadable::TooFine, "");
        assert_eq!(
            [Measure::Money, Measure::Ratio, Measure::Days].map(fine),
            ["最多 6 位小数", "最多 2 位小数", "请填整数"]
        );
    }

    #[test]
    fn style_numbers_stay_on_the_scale() {
        assert_eq!(style_percent(1, 3), "33.33");
        assert_eq!(style_percent(5, 0), "0");
        assert_eq!(style_percent(-1, 3), "0");
        assert_eq!(style_percent(7, 3), "100");
    }
}
