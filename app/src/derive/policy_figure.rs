//! Figures of a policy as people type them: 万元, %, 天, 个月, 分, 小时.

use shared::grading::Measure;
use shared::ledger::Lang;

use super::measure::{self, Unreadable};
use crate::texts;

/// What a typed figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// A value of an input.
    Of(Measure),
    /// Points, to the hundredth.
    Points,
    /// Hours.
    Hours,
    /// A place in an order, 1 the first.
    Rank,
}

impl Figure {
    /// The measure whose digits it is written in.
    const fn digits(self) -> Measure {
        match self {
            Self::Of(measure) => measure,
            Self::Points => Measure::Ratio,
            Self::Hours | Self::Rank => Measure::Count,
        }
    }

    /// What may stand around the digits besides a measure's own unit.
    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Of(_) => &[],
            Self::Points => &["分", "points", "point"],
            Self::Hours => &["小时", "hours", "hour", "h"],
            Self::Rank => &["第", "位", "级"],
        }
    }

    /// The unit that stands behind the field; empty for a plain number.
    #[must_use]
    pub const fn unit(self, lang: Lang) -> &'static str {
        match self {
            Self::Of(of) => measure::unit(lang, of),
            Self::Points => texts::score::unit(lang),
            Self::Hours => texts::studio::unit::hours(lang),
            Self::Rank => "",
        }
    }

    /// The raw integer as it stands in the field: exact, ungrouped.
    #[must_use]
    pub fn field(self, raw: i64) -> String {
        measure::field(self.digits(), raw)
    }

    /// Reads what was typed; `None` for blank.
    ///
    /// # Errors
    /// [`Unreadable`]; nothing is rounded.
    pub fn parse(self, text: &str) -> Result<Option<i64>, Unreadable> {
        let mut bare = text.trim();
        for word in self.words() {
            bare = bare.strip_prefix(word).or_else(|| bare.strip_suffix(word)).unwrap_or(bare).trim();
        }
        if self == Self::Points && bare.contains(['%', '％']) {
            return Err(Unreadable::NotANumber);
        }
        measure::parse(self.digits(), bare)
    }

    /// A number as one might be typed.
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::Of(measure) => measure::example(measure),
            Self::Points => "12.5",
            Self::Hours => "4",
            Self::Rank => "1",
        }
    }

    /// What is wrong with what was typed.
    #[must_use]
    pub fn fault(self, lang: Lang, fault: Unreadable) -> String {
        measure::fault(lang, self.digits(), fault, self.example())
    }
}

/// A raw value that shows the same digits in another measure: 95 % becomes 95 万元.
#[must_use]
pub fn redigited(raw: i64, from: Measure, to: Measure) -> i64 {
    measure::parse(to, &measure::field(from, raw)).ok().flatten().unwrap_or(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_typed_as_they_are_said() {
        for (figure, text, expected) in [
            (Figure::Points, "30 分", Ok(Some(3_000))),
            (Figure::Points, "６．５", Ok(Some(650))),
            (Figure::Points, "-2.25", Ok(Some(-225))),
            (Figure::Points, "30%", Err(Unreadable::NotANumber)),
            (Figure::Points, "1.005", Err(Unreadable::TooFine)),
            (Figure::Hours, "4 小时", Ok(Some(4))),
            (Figure::Hours, "4.5", Err(Unreadable::TooFine)),
            (Figure::Rank, "第 1 位", Ok(Some(1))),
            (Figure::Of(Measure::Money), "500 万元", Ok(Some(500_000_000))),
            (Figure::Of(Measure::Months), "6 个月", Ok(Some(6))),
            (Figure::Of(Measure::Ratio), "  ", Ok(None)),
        ] {
            assert_eq!(figure.parse(text), expected, "{text}");
        }
    }

    #[test]
    fn an_example_would_be_taken() {
        for figure in [Figure::Points, Figure::Hours, Figure::Rank, Figure::Of(Measure::Ratio)] {
            let example = figure.example();
            assert!(matches!(figure.parse(example), Ok(Some(_))), "{figure:?}");
            assert!(figure.fault(Lang::Zh, Unreadable::NotANumber).ends_with(example), "{figure:?}");
        }
    }

    #[test]
    fn what_stands_in_a_field_reads_back() {
        for figure in [Figure::Points, Figure::Hours, Figure::Rank, Figure::Of(Measure::Money)] {
            for raw in [0, 1, -225, 3_000, 1_234_567] {
                assert_eq!(figure.parse(&figure.field(raw)), Ok(Some(raw)), "{figure:?} {raw}");
            }
        }
    }

    #[test]
    fn another_measure_keeps_the_digits() {
        assert_eq!(redigited(9_500, Measure::Ratio, Measure::Money), 95_000_000);
        assert_eq!(redigited(95_000_000, Measure::Money, Measure::Days), 95);
        // What the other measure cannot write stays as it is.
        assert_eq!(redigited(9_550, Measure::Ratio, Measure::Days), 9_550);
    }
}
