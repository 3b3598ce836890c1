//! Floats of a workbook as exact decimal text; the only place where a float is seen.

/// The shortest decimal text that names the float; `None` for infinities and what is no number.
#[must_use]
pub fn text(value: f64) -> Option<String> {
    value.is_finite().then(|| format!("{value}"))
}

/// A decimal text times one hundred, by moving its point.
#[must_use]
pub fn hundredfold(text: &str) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let part = format!("{part:0<2}");
    let (moved, rest) = part.split_at_checked(2).unwrap_or((&part, ""));
    let joined = format!("{whole}{moved}");
    let whole = joined.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_written_shortest() {
        for (value, expected) in
            [(50.39, "50.39"), (1.0, "1"), (-0.1, "-0.1"), (1e21, "1000000000000000000000")]
        {
            assert_eq!(text(value).as_deref(), Some(expected));
        }
        assert_eq!(text(f64::NAN), None);
        assert_eq!(text(0.1 + 0.2).as_deref(), Some("0.30000000000000004"));
    }

    #[test]
    fn the_point_moves_two_places() {
        for (text, expected) in [
            ("0.925", "92.5"),
            ("1", "100"),
            ("-0.03", "-3"),
            ("0", "0"),
            ("0.0007", "0.07"),
            ("12.345", "1234.5"),
        ] {
            assert_eq!(hundredfold(text), expected);
        }
    }
}
