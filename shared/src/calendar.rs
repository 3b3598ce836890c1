//! Business dates and instants. The business day is China Standard Time, a fixed +08:00.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

const CST_OFFSET_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// The text or the numbers name no date from 1900-01-01 to 2199-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADate;

impl std::fmt::Display for NotADate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("must be a date from 1900-01-01 to 2199-12-31, written YYYY-MM-DD")
    }
}

impl std::error::Error for NotADate {}

/// A civil date from 1900-01-01 to 2199-12-31, written `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
#[serde(try_from = "String", into = "String")]
pub struct Date(NaiveDate);

impl Date {
    /// The date of a year, month (1–12) and day (1–31).
    ///
    /// # Errors
    /// [`NotADate`] when there is no such day or the year is not 1900 to 2199.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, NotADate> {
        if !(1900..=2199).contains(&year) {
            return Err(NotADate);
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self).ok_or(NotADate)
    }

    /// Parses exactly `YYYY-MM-DD`; the many ways of ledgers are read by `ledger`.
    ///
    /// # Errors
    /// [`NotADate`].
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return Err(NotADate) };
        let number = |digits: &[u8]| {
            let digit = |byte: &u8| byte.is_ascii_digit().then(|| u32::from(*byte - b'0'));
            digits.iter().try_fold(0_u32, |number, byte| Some(number * 10 + digit(byte)?)).ok_or(NotADate)
        };
        let year = i32::try_from(number(&[y1, y2, y3, y4])?).map_err(|_| NotADate)?;
        Self::new(year, number(&[m1, m2])?, number(&[d1, d2])?)
    }

    /// The business day in China at an instant.
    ///
    /// # Errors
    /// [`NotADate`] for an instant outside 1900 to 2199.
    pub fn at(now: Millis) -> Result<Self, NotADate> {
        let days = now.saturating_add(CST_OFFSET_MS).div_euclid(DAY_MS);
        let days = i32::try_from(days).map_err(|_| NotADate)?;
        let date = NaiveDate::from_epoch_days(days).ok_or(NotADate)?;
        Self::new(date.year(), date.month(), date.day())
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// Days from `self` to `other`; negative when `other` is earlier.
    #[must_use]
    pub fn days_until(self, other: Self) -> i64 {
        other.0.signed_duration_since(self.0).num_days()
    }

    /// The date so many days later, kept within the range.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        self.0.checked_add_days(Days::new(days.into())).filter(|date| date.year() <= 2199).map_or(self, Self)
    }

    /// The date so many days earlier, kept within the range.
    #[must_use]
    pub fn minus_days(self, days: u32) -> Self {
        self.0.checked_sub_days(Days::new(days.into())).filter(|date| date.year() >= 1900).map_or(self, Self)
    }

    /// The first day on which so many whole months have passed, as [`Date::months_until`] counts them: where
    /// the month has no such day, the first of the next. Kept within the range.
    #[must_use]
    pub fn after_months(self, months: u32) -> Self {
        let first = self.0.with_day(1).and_then(|first| first.checked_add_months(Months::new(months)));
        let Some(first) = first else { return self };
        let same = first.with_day(self.day());
        same.or_else(|| first.checked_add_months(Months::new(1)))
            .filter(|date| date.year() <= 2199)
            .map_or(self, Self)
    }

    /// Whole months from `self` to `other`; 0 when `other` is earlier.
    #[must_use]
    pub fn months_until(self, other: Self) -> i64 {
        let months =
            i64::from(other.year() - self.year()) * 12 + i64::from(other.month()) - i64::from(self.month());
        let months = if other.day() < self.day() { months - 1 } else { months };
        months.max(0)
    }

    /// 31 December of a year.
    ///
    /// # Errors
    /// [`NotADate`] for a year outside 1900 to 2199.
    pub fn year_end(year: i32) -> Result<Self, NotADate> {
        Self::new(year, 12, 31)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;
    fn try_from(text: String) -> Result<Self, NotADate> {
        Self::parse(&text)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> String {
        date.to_string()
    }
}

/// The text names no time of day from 00:00 to 23:59.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotATime;

impl std::fmt::Display for NotATime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("must be a time from 00:00 to 23:59, written HH:MM")
    }
}

impl std::error::Error for NotATime {}

/// A time of the business day in China to the minute, written `HH:MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct Time(
    /// Minutes since midnight, below 1440.
    u16,
);

impl Time {
    /// Parses exactly `HH:MM`.
    ///
    /// # Errors
    /// [`NotATime`].
    pub fn parse(text: &str) -> Result<Self, NotATime> {
        let (hours, minutes) = text.split_once(':').ok_or(NotATime)?;
        let part = |text: &str, below: u16| {
            let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u16>().ok().filter(|number| digits && *number < below).ok_or(NotATime)
        };
        Ok(Self(part(hours, 24)? * 60 + part(minutes, 60)?))
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl TryFrom<String> for Time {
    type Error = NotATime;
    fn try_from(text: String) -> Result<Self, NotATime> {
        Self::parse(&text)
    }
}

impl From<Time> for String {
    fn from(time: Time) -> String {
        time.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_times_of_a_day_parse() {
        for bad in ["24:00", "09:60", "9:00", "09:5", "+9:00", "09:00:00", "0900", ""] {
            assert_eq!(Time::parse(bad), Err(NotATime), "{bad}");
        }
        for time in ["00:00", "09:05", "23:59"] {
            assert_eq!(Time::parse(time).map(String::from), Ok(time.to_owned()));
        }
        assert!(Time::parse("09:30").unwrap() < Time::parse("11:00").unwrap());
    }

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn only_real_days_parse() {
        for bad in ["2025-02-29", "2025-13-01", "2025-1-1", "1899-12-31", "+025-01-01", "2025-01-01-", ""] {
            assert_eq!(Date::parse(bad), Err(NotADate), "{bad}");
        }
        assert_eq!(date("2024-02-29").to_string(), "2024-02-29");
    }

    #[test]
    fn the_business_day_starts_at_16_00_utc() {
        let sixteen_utc = 1_774_368_000_000;
        assert_eq!(Date::at(sixteen_utc).unwrap(), date("2026-03-25"));
        assert_eq!(Date::at(sixteen_utc - 1).unwrap(), date("2026-03-24"));
    }

    #[test]
    fn so_many_months_have_passed_on_the_day_and_not_on_the_one_before() {
        assert_eq!(date("2025-09-26").after_months(6), date("2026-03-26"));
        assert_eq!(date("2025-08-31").after_months(6), date("2026-03-01"));
        assert_eq!(date("2023-08-29").after_months(6), date("2024-02-29"));
        assert_eq!(date("2199-12-01").after_months(6), date("2199-12-01"), "kept within the range");
        let mut day = date("2023-01-01");
        for _ in 0..1_500 {
            let due = day.after_months(6);
            assert_eq!((day.months_until(due), day.months_until(due.minus_days(1))), (6, 5), "{day}");
            day = day.plus_days(1);
        }
    }

    #[test]
    fn months_are_whole() {
        assert_eq!(date("2025-01-31").months_until(date("2025-07-30")), 5);
        assert_eq!(date("2025-01-31").months_until(date("2025-07-31")), 6);
        assert_eq!(date("2025-05-01").months_until(date("2025-01-01")), 0);
    }
}
