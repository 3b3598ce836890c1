//! The cells of a sheet as exact text.

use std::borrow::Cow;

use smol_str::SmolStr;

use crate::calendar::Date;

/// One cell. Most texts of a ledger are short: they lie in the cell itself, not somewhere in the heap.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text as it stands in the file.
    Text(SmolStr),
    /// A number as the shortest decimal text that names it, such as `-50.39`.
    Number(SmolStr),
    /// A number shown as a percentage, times one hundred: `92.5` for 92.5 %.
    Percent(SmolStr),
    /// A cell the workbook itself holds for a date; its time of day is dropped.
    Date(Date),
    /// A truth value.
    Bool(bool),
    /// An error value such as `#REF!`.
    Error(SmolStr),
}

impl Cell {
    /// What a person would read in the cell, untrimmed.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Number(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Percent(text) => Cow::Owned(format!("{text}%")),
            Self::Date(date) => Cow::Owned(date.to_string()),
            Self::Bool(true) => Cow::Borrowed("TRUE"),
            Self::Bool(false) => Cow::Borrowed("FALSE"),
        }
    }

    /// Whether there is nothing to read in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(|c| fold(c).is_none_or(char::is_whitespace)),
            _ => false,
        }
    }
}

/// One sheet. Rows may have different lengths; what lies past the end of a row is empty.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The rows, the first of which is line 1 of the sheet.
    pub rows: Vec<Vec<Cell>>,
    /// The names of the file and the sheet, in which a year is looked for.
    pub title: String,
    /// Whether the workbook counts days from 1904-01-01.
    pub epoch_1904: bool,
}

impl Grid {
    /// A row's cells; none past the last row.
    #[must_use]
    pub fn row(&self, index: usize) -> &[Cell] {
        self.rows.get(index).map_or(&[], Vec::as_slice)
    }

    /// The texts of a row, trimmed, without the empty ones at its end.
    #[must_use]
    pub fn headings(&self, row: u32) -> Vec<String> {
        let cells = self.row(row as usize);
        let filled = cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
        cells.iter().take(filled).map(|cell| cell.text().trim().to_owned()).collect()
    }
}

/// The letters of a column counted from 0: `A`, `Z`, `AA`.
#[must_use]
pub fn column_letters(index: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(index) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The character a full-width form or odd space stands for; `None` for one that shows nothing.
#[must_use]
pub const fn fold(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        '\u{3000}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\t' | '\r' | '\n' => {
            Some(' ')
        }
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        '\u{ffe5}' => Some('¥'),
        '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => Some('-'),
        '\u{3001}' => Some(','),
        '\u{2032}' | '\u{2019}' => Some('\''),
        _ => Some(c),
    }
}

/// The text with every character folded, trimmed.
#[must_use]
pub fn folded(text: &str) -> String {
    // Most are of printable ASCII, which stands for itself.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.trim().to_owned();
    }
    text.chars().filter_map(fold).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (index, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_letters(index), letters);
        }
        assert_eq!(column_letters(u32::MAX), "MWLQKWV");
    }

    #[test]
    fn full_width_is_folded() {
        assert_eq!(folded("　（１２，３４５．６７％）\u{200b} "), "(12,345.67%)");
        assert_eq!(folded("￥−５"), "¥-5");
        assert_eq!(folded("东方封头"), "东方封头");
    }

    #[test]
    fn blank_is_blank() {
        assert!(Cell::Text("\u{3000}\u{feff}\n".into()).is_blank());
        assert!(!Cell::Text("0".into()).is_blank());
        assert!(!Cell::Bool(false).is_blank());
    }
}
