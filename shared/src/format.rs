//! Quantities as text, for the page and for what the Worker shows itself. Numbers look the same in both languages.

use crate::calendar::{Date, Millis};
use crate::number::{BasisPoints, Fen, Points, div_round};

/// Digits with thousands separators and so many decimals.
fn decimal(raw: i128, decimals: usize) -> String {
    let digits = format!("{:0>width$}", raw.unsigned_abs(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let mut text = String::from(if raw < 0 { "−" } else { "" });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if decimals > 0 {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// Points with two decimals: `77.00`.
#[must_use]
pub fn points(points: Points) -> String {
    decimal(points.get().into(), 2)
}

/// A ratio in percent, without a fraction that is zero: `82`, `82.5`, `82.25`; the sign is not included.
#[must_use]
pub fn percent(ratio: BasisPoints) -> String {
    let text = decimal(ratio.get().into(), 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A ratio in percent with two decimals, under others like it: `82.00`.
#[must_use]
pub fn percent_in_column(ratio: BasisPoints) -> String {
    decimal(ratio.get().into(), 2)
}

/// Money in 万元 with two decimals, rounded: `1,286.40`.
#[must_use]
pub fn ten_thousands(amount: Fen) -> String {
    decimal(div_round(amount.get().into(), 10_000).unwrap_or_default(), 2)
}

/// Money in yuan to the fen: `12,345.67`.
#[must_use]
pub fn yuan(amount: Fen) -> String {
    decimal(amount.get().into(), 2)
}

/// A whole number with separators: `2,466`.
#[must_use]
pub fn whole(number: i64) -> String {
    decimal(number.into(), 0)
}

/// A count with separators, whatever it was counted in.
#[must_use]
pub fn count(of: impl TryInto<i64>) -> String {
    whole(of.try_into().unwrap_or(i64::MAX))
}

/// An instant as China's date and time: `2026-03-28 09:05`.
#[must_use]
pub fn moment(at: Millis) -> String {
    let minutes = at.div_euclid(60_000).saturating_add(8 * 60).rem_euclid(24 * 60);
    let Ok(date) = Date::at(at) else { return "—".to_owned() };
    format!("{date} {:02}:{:02}", minutes / 60, minutes % 60)
}

/// The day of an instant in China: `2026-03-28`.
#[must_use]
pub fn day(at: Millis) -> String {
    Date::at(at).map_or_else(|_| "—".to_owned(), |date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_exact() {
        let cases = [(0, "0.00"), (5, "0.05"), (100_000, "1,000.00"), (-123_456_789, "−1,234,567.89")];
        for (raw, text) in cases {
            assert_eq!(points(Points::new(raw).unwrap()), text);
        }
        assert_eq!(whole(999), "999");
        assert_eq!(whole(1_234_567), "1,234,567");
    }

    #[test]
    fn percents_drop_what_says_nothing() {
        for (raw, text) in [(8200, "82"), (8250, "82.5"), (8225, "82.25"), (10_000, "100"), (0, "0")] {
            assert_eq!(percent(BasisPoints::new(raw).unwrap()), text);
        }
        assert_eq!(percent_in_column(BasisPoints::new(8200).unwrap()), "82.00");
    }

    #[test]
    fn ten_thousands_are_rounded() {
        assert_eq!(ten_thousands(Fen::new(1_286_404_999).unwrap()), "1,286.40");
        assert_eq!(ten_thousands(Fen::new(1_286_405_000).unwrap()), "1,286.41");
    }

    #[test]
    fn moments_are_china_time() {
        assert_eq!(moment(1_774_368_000_000), "2026-03-25 00:00");
        assert_eq!(moment(1_774_367_999_999), "2026-03-24 23:59");
    }
}
