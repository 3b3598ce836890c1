//! Quarters of a year, by which every section looks at its customers (3.1).

use serde::{Deserialize, Serialize};

use crate::calendar::Date;

/// The text names no quarter from `1900Q1` to `2199Q4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAQuarter;

impl std::fmt::Display for NotAQuarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("must be a quarter from 1900Q1 to 2199Q4")
    }
}

impl std::error::Error for NotAQuarter {}

/// A quarter of a calendar year from 1900 to 2199, written `2026Q1`. Earlier ones come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Quarter(
    /// Quarters since the first of year 0.
    i32,
);

/// The years in which there are quarters, as there are days.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

impl Quarter {
    /// Parses exactly `YYYYQn`.
    ///
    /// # Errors
    /// [`NotAQuarter`].
    pub fn parse(text: &str) -> Result<Self, NotAQuarter> {
        let (year, number) = text.split_once('Q').ok_or(NotAQuarter)?;
        let digits = |text: &str, len: usize| text.len() == len && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(number, 1) {
            return Err(NotAQuarter);
        }
        let (year, number) =
            (year.parse().map_err(|_| NotAQuarter)?, number.parse().map_err(|_| NotAQuarter)?);
        let fits = YEARS.contains(&year) && (1..=4).contains(&number);
        if fits { Ok(Self::new(year, number)) } else { Err(NotAQuarter) }
    }

    /// A quarter, 1 to 4, of one of the years.
    const fn new(year: i32, number: i32) -> Self {
        Self(year * 4 + number - 1)
    }

    /// The quarter of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        let number = match day.month() {
            ..=3 => 1,
            4..=6 => 2,
            7..=9 => 3,
            10.. => 4,
        };
        Self::new(day.year(), number)
    }

    /// The four of a year; none outside 1900 to 2199.
    #[must_use]
    pub fn of_year(year: i32) -> Vec<Self> {
        if !YEARS.contains(&year) {
            return Vec::new();
        }
        (1..=4).map(|number| Self::new(year, number)).collect()
    }

    /// Its year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.div_euclid(4)
    }

    /// 1 to 4.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0.rem_euclid(4) + 1
    }

    /// The one before; the first of all is before itself.
    #[must_use]
    pub const fn before(self) -> Self {
        if self.0 == 1900 * 4 { self } else { Self(self.0 - 1) }
    }

    /// Whether it has begun by a day.
    #[must_use]
    pub fn has_begun_by(self, day: Date) -> bool {
        self <= Self::of(day)
    }

    /// From and until which day a section's look at it is due (3.1): the first month after it. `None` for the
    /// last quarter of all.
    #[must_use]
    pub fn look_is_due(self) -> Option<(Date, Date)> {
        let next = Self(self.0 + 1);
        let month = u32::try_from(next.number() * 3 - 2).ok()?;
        let from = Date::new(next.year(), month, 1).ok()?;
        let after = Date::new(next.year(), month + 1, 1).ok()?;
        Some((from, after.minus_days(1)))
    }

    /// The newest whose look was to be closed before a day; those before it are of the past. `None` where there
    /// is none.
    #[must_use]
    pub fn overdue_on(day: Date) -> Option<Self> {
        let last = Self::of(day).before();
        let late = |quarter: &Self| quarter.look_is_due().is_some_and(|(_, until)| until < day);
        [last, last.before()].into_iter().find(late)
    }

    /// Whether its last day has passed before a day.
    #[must_use]
    pub fn is_over_by(self, day: Date) -> bool {
        self < Self::of(day)
    }
}

impl std::fmt::Display for Quarter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}Q{}", self.year(), self.number())
    }
}

impl TryFrom<String> for Quarter {
    type Error = NotAQuarter;
    fn try_from(text: String) -> Result<Self, NotAQuarter> {
        Self::parse(&text)
    }
}

impl From<Quarter> for String {
    fn from(quarter: Quarter) -> String {
        quarter.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_quarters_parse_and_come_back_as_they_were_written() {
        for bad in ["", "2026", "2026Q0", "2026Q5", "1899Q4", "2200Q1", "26Q1", "2026q1", "2026Q01", "+026Q1"]
        {
            assert_eq!(Quarter::parse(bad), Err(NotAQuarter), "{bad}");
        }
        assert_eq!(Quarter::parse("2026Q1").map(String::from), Ok("2026Q1".to_owned()));
    }

    #[test]
    fn each_day_lies_in_the_three_months_of_its_quarter() {
        let mut day = Date::parse("2024-01-01").unwrap();
        for _ in 0..800 {
            let quarter = Quarter::of(day);
            let first =
                Date::new(quarter.year(), u32::try_from(quarter.number() * 3 - 2).unwrap(), 1).unwrap();
            assert!(first <= day && first.months_until(day) < 3, "{day}");
            assert!(quarter.has_begun_by(day) && !quarter.is_over_by(day), "{day}");
            assert!(quarter.before() < quarter && quarter.before().is_over_by(day), "{day}");
            day = day.plus_days(1);
        }
        let due =
            |text| Quarter::parse(text).unwrap().look_is_due().map(|(one, other)| format!("{one} {other}"));
        assert_eq!(due("2025Q4").as_deref(), Some("2026-01-01 2026-01-31"));
        assert_eq!(due("2026Q1").as_deref(), Some("2026-04-01 2026-04-30"));
        assert_eq!(due("2199Q4"), None);
        let overdue = |day| Quarter::overdue_on(Date::parse(day).unwrap()).map(String::from);
        assert_eq!(overdue("2026-01-31").as_deref(), Some("2025Q3"));
        assert_eq!(overdue("2026-02-01").as_deref(), Some("2025Q4"));
        assert_eq!(overdue("2026-04-30").as_deref(), Some("2025Q4"));
        assert_eq!(overdue("2026-05-01").as_deref(), Some("2026Q1"));
        assert_eq!(overdue("1900-01-01"), None);
        let first = Quarter::parse("1900Q1").unwrap();
        assert_eq!(first.before(), first);
        assert_eq!(Quarter::of_year(2025).len(), 4);
        assert!(Quarter::of_year(1899).is_empty());
    }
}
