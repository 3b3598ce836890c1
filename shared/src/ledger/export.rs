//! Texts on their way out into a spreadsheet.

use std::borrow::Cow;

/// A text that no spreadsheet takes for a formula: an apostrophe goes before a leading
/// `=` `+` `-` `@` (also in full width), tab or line break. Reading takes it off again.
///
/// For csv only; in a workbook a text cell is never a formula.
#[must_use]
pub fn formula_safe(text: &str) -> Cow<'_, str> {
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if text.starts_with(starts) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
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
}
