//! Exact decimal numbers as ledgers write them.

use super::Fault;
use crate::number::{MAX_SAFE, div_round};

/// Digits kept. What lies further behind the point cannot change how a number rounds:
/// halves go away from zero, so cutting never moves a value across a half.
const DIGITS: u32 = 30;

/// An exact decimal: `mantissa` ÷ 10^`scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// `10^exponent`, `None` past what fits.
fn power(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

impl Decimal {
    /// Parses digits with an optional sign, point and exponent; nothing else.
    ///
    /// # Errors
    /// `None` for any other text; [`Fault::OutOfRange`] inside for more than 30 digits before the point.
    #[must_use]
    pub fn parse(text: &str) -> Option<Result<Self, Fault>> {
        let (text, exponent) = match text.split_once(['e', 'E']) {
            Some((head, tail)) => (head, exponent(tail)?),
            None => (text, 0),
        };
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && part.is_empty()
            || !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit())
        {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let point = i64::try_from(whole.len()).unwrap_or(i64::MAX).saturating_add(exponent);
        let significant = format!("{whole}{part}");
        let significant = significant.trim_end_matches('0');
        if significant.trim_start_matches('0').is_empty() {
            return Some(Ok(Self { mantissa: 0, scale: 0 }));
        }
        // The number is 0.significant × 10^point.
        if point > i64::from(DIGITS) {
            return Some(Err(Fault::OutOfRange));
        }
        let keep = i64::from(DIGITS).min(point.saturating_add(i64::from(DIGITS) / 2)).max(0);
        let kept: String = significant.chars().take(usize::try_from(keep).unwrap_or(0)).collect();
        let magnitude: i128 = if kept.is_empty() { 0 } else { kept.parse().ok()? };
        let scale = i64::try_from(kept.len()).unwrap_or(i64::MAX) - point;
        let (mantissa, scale) = match u32::try_from(scale) {
            Ok(scale) => (magnitude, scale),
            Err(_) => {
                let up = power(u32::try_from(-scale).ok()?);
                match up.and_then(|up| magnitude.checked_mul(up)) {
                    Some(mantissa) => (mantissa, 0),
                    None => return Some(Err(Fault::OutOfRange)),
                }
            }
        };
        Some(Ok(Self { mantissa: if negative { -mantissa } else { mantissa }, scale }))
    }

    /// The number times `factor`, rounded to a whole by [`div_round`].
    ///
    /// # Errors
    /// [`Fault::OutOfRange`] past ±(2^53 − 1).
    pub fn times(self, factor: i64) -> Result<i64, Fault> {
        // More than 38 places behind the point: the number is less than any half.
        let Some(divisor) = power(self.scale) else { return Ok(0) };
        let product = self.mantissa.checked_mul(factor.into()).ok_or(Fault::OutOfRange)?;
        let rounded = div_round(product, divisor).ok_or(Fault::OutOfRange)?;
        i64::try_from(rounded)
            .ok()
            .filter(|value| value.unsigned_abs() <= MAX_SAFE.unsigned_abs())
            .ok_or(Fault::OutOfRange)
    }

    /// The number as a whole; `None` when it has a fraction.
    #[must_use]
    pub fn whole(self) -> Option<i128> {
        let divisor = power(self.scale)?;
        (self.mantissa % divisor == 0).then_some(self.mantissa / divisor)
    }

    /// Whether its magnitude is above a whole bound.
    #[must_use]
    pub fn exceeds(self, bound: u32) -> bool {
        power(self.scale)
            .and_then(|divisor| divisor.checked_mul(bound.into()))
            .is_some_and(|limit| self.mantissa.unsigned_abs() > limit.unsigned_abs())
    }
}

/// A signed exponent of at most four digits; more cannot name an amount.
fn exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: i64 = digits.parse().ok()?;
    Some(if text.starts_with('-') { -value } else { value })
}

/// Takes the separators out of a folded number: groups of three digits behind `,` `'` or a
/// space, or of four as in 1,2345; with `decimal_comma` the point groups and the comma divides.
///
/// Returns `None` when the groups are uneven, so that `1,5` is never read as fifteen.
#[must_use]
pub fn ungrouped(text: &str, decimal_comma: bool) -> Option<String> {
    let (group, point) = if decimal_comma { ('.', ',') } else { (',', '.') };
    let (sign, digits) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.get(..1).unwrap_or(""), rest.trim_start()),
        None => ("", text),
    };
    let (whole, part) = match digits.split_once(point) {
        Some((whole, part)) => (whole, Some(part)),
        None => (digits, None),
    };
    let mut groups = whole.split([group, ' ', '\'']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let size = rest.first().map_or(0, |group| group.len());
    let even = rest.is_empty()
        || ((size == 3 || size == 4)
            && !first.is_empty()
            && first.len() <= size
            && rest.iter().all(|group| group.len() == size));
    if !even {
        return None;
    }
    let mut plain = format!("{sign}{first}{}", rest.concat());
    if let Some(part) = part {
        plain.push('.');
        plain.push_str(part);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(text: &str, factor: i64) -> Option<Result<i64, Fault>> {
        Decimal::parse(text).map(|number| number.and_then(|number| number.times(factor)))
    }

    #[test]
    fn numbers_are_exact() {
        for (text, fen) in [
            ("50.39", 5039),
            ("50.390000000000001", 5039),
            ("-0.005", -1),
            ("0.00499999999999999999999999999999999999999999", 0),
            ("0.005000", 1),
            (".5", 50),
            ("5.", 500),
            ("1E+05", 10_000_000),
            ("1.5e3", 150_000),
            ("12345e-2", 12_345),
            ("000", 0),
            ("0.000000000000000000000000000000000000001", 0),
            ("1e-9999", 0),
            ("0e9999", 0),
            ("+7", 700),
        ] {
            assert_eq!(times(text, 100), Some(Ok(fen)), "{text}");
        }
    }

    #[test]
    fn what_is_too_large_says_so() {
        assert_eq!(times("90071992547409.91", 100), Some(Ok(MAX_SAFE)));
        for text in ["90071992547409.92", "1e40", "9e9999", &"9".repeat(400), "-1e30"] {
            assert_eq!(times(text, 100), Some(Err(Fault::OutOfRange)), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", ".", "-", "1.2.3", "0x10", "1e", "e5", "--1", "NaN", "inf", "一", "1e99999", "1 2"]
        {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn groups_must_be_even() {
        for (text, comma, plain) in [
            ("1,234,567.89", false, Some("1234567.89")),
            ("1 234 567", false, Some("1234567")),
            ("1'234.5", false, Some("1234.5")),
            ("12,3456", false, Some("123456")),
            ("-1,234", false, Some("-1234")),
            ("1,5", false, None),
            ("1,23,456", false, None),
            (",123", false, None),
            ("1234,567", false, None),
            ("1.234,56", true, Some("1234.56")),
            ("1,5", true, Some("1.5")),
            ("1.5", true, None),
        ] {
            assert_eq!(ungrouped(text, comma).as_deref(), plain, "{text}");
        }
    }

    #[test]
    fn a_whole_has_no_fraction() {
        let whole = |text: &str| Decimal::parse(text).and_then(Result::ok).and_then(Decimal::whole);
        assert_eq!(whole("45.0"), Some(45));
        assert_eq!(whole("-4e2"), Some(-400));
        assert_eq!(whole("45.5"), None);
    }
}
