//! Tables on their way out into a spreadsheet.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::number::Fen;

/// A text that no spreadsheet takes for a formula: an apostrophe goes before a leading
/// `=` `+` `-` `@` (also in full width), tab or line break. Reading takes it off again.
///
/// For csv only; in a workbook a text cell is never a formula.
#[must_use]
pub fn formula_safe(text: &str) -> Cow<'_, str> {
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if text.starts_with(starts) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// An exact decimal number as text: `-5`, `1286.40`. It keeps the decimals it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure(String);

impl Figure {
    /// Takes a text that is a number: digits, perhaps a sign in front and decimals behind a point.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let fits = match unsigned.split_once('.') {
            Some((whole, decimals)) => digits(whole) && digits(decimals),
            None => digits(unsigned),
        };
        fits.then(|| Self(text.to_owned()))
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self(number.to_string())
    }

    /// A number counted in hundredths, with its two decimals: fen as yuan, points, ratios in percent.
    #[must_use]
    pub fn hundredths(number: i64) -> Self {
        let sign = if number < 0 { "-" } else { "" };
        let all = number.unsigned_abs();
        Self(format!("{sign}{}.{:02}", all / 100, all % 100))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How many decimals it has.
    #[must_use]
    pub fn decimals(&self) -> usize {
        self.0.split_once('.').map_or(0, |(_, decimals)| decimals.len())
    }
}

/// A cell of a table. On the wire one text, whose first letter says the kind (`t`, `n`, `d`); empty for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum TableCell {
    /// Nothing.
    #[default]
    Empty,
    /// A text, whatever it looks like.
    Text(String),
    /// A number.
    Number(Figure),
    /// A day.
    Date(Date),
}

impl TableCell {
    /// A text; nothing when there is none.
    #[must_use]
    pub fn text(text: impl ToString) -> Self {
        let text = text.to_string();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: impl Into<i64>) -> Self {
        Self::Number(Figure::whole(number.into()))
    }

    /// Points, or a ratio in percent: what is counted in hundredths.
    #[must_use]
    pub fn hundredths(number: impl Into<i64>) -> Self {
        Self::Number(Figure::hundredths(number.into()))
    }

    /// Money in yuan.
    #[must_use]
    pub fn yuan(amount: Fen) -> Self {
        Self::hundredths(amount)
    }

    /// The cell of something that may be missing.
    #[must_use]
    pub fn of<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }
}

impl From<TableCell> for String {
    fn from(cell: TableCell) -> Self {
        match cell {
            TableCell::Empty => Self::new(),
            TableCell::Text(text) => format!("t{text}"),
            TableCell::Number(figure) => format!("n{}", figure.as_str()),
            TableCell::Date(date) => format!("d{date}"),
        }
    }
}

impl TryFrom<String> for TableCell {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut rest = text.chars();
        match (rest.next(), rest.as_str()) {
            (None, _) => Ok(Self::Empty),
            (Some('t'), text) => Ok(Self::Text(text.to_owned())),
            (Some('n'), digits) => Figure::parse(digits).map(Self::Number).ok_or("must be a number"),
            (Some('d'), day) => Date::parse(day).map(Self::Date).map_err(|_| "must be a day"),
            _ => Err("must begin with t, n or d"),
        }
    }
}

/// Headings, and rows as wide as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What stands above each column.
    pub headings: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<TableCell>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::value::plain;

    #[test]
    fn formulas_are_defused_and_come_back() {
        for text in ["=1+1", "+86", "-5", "@SUM(A1)"] {
            assert_eq!(formula_safe(text), format!("'{text}"));
            assert_eq!(plain(&formula_safe(text)), text);
        }
        for text in ["东方", "a=b", "", "'x"] {
            assert_eq!(formula_safe(text), text);
        }
        assert_eq!(formula_safe("\t=1"), "'\t=1");
    }

    #[test]
    fn figures_are_exact_and_keep_their_decimals() {
        for (hundredths, text) in [
            (0, "0.00"),
            (5, "0.05"),
            (-5, "-0.05"),
            (128_640, "1286.40"),
            (i64::MIN, "-92233720368547758.08"),
        ] {
            let figure = Figure::hundredths(hundredths);
            assert_eq!((figure.as_str(), figure.decimals()), (text, 2));
            assert_eq!(Figure::parse(text), Some(figure));
        }
        assert_eq!((Figure::whole(-7).as_str(), Figure::whole(7).decimals()), ("-7", 0));
        for bad in ["", "-", ".5", "5.", "1,000", "+5", "--5", "1e5", "1.2.3", "=5", "五"] {
            assert_eq!(Figure::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_cell_survives_the_wire() {
        let cells = [
            TableCell::Empty,
            TableCell::text("=cmd"),
            TableCell::text("n5"),
            TableCell::whole(2025),
            TableCell::yuan(Fen::clamped(-1)),
            TableCell::Date(Date::new(2026, 3, 26).unwrap()),
        ];
        for cell in cells {
            assert_eq!(TableCell::try_from(String::from(cell.clone())), Ok(cell));
        }
        for bad in ["x", "n", "n=1", "d2026-02-30", "5"] {
            assert!(TableCell::try_from(bad.to_owned()).is_err(), "{bad}");
        }
        assert_eq!(TableCell::text(""), TableCell::Empty);
    }
}
