//! Dates as ledgers write them.

use super::{DateOrder, Fault, cell::folded};
use crate::calendar::Date;

/// Plain numbers taken for day counts in a column of dates: 1954-10-04 to 2118-10-11.
const SERIALS: std::ops::RangeInclusive<i64> = 20_000..=79_908;

/// The date of a workbook's day count. The 1900 system counts a 29 February 1900 that never
/// was (day 60), which names no date; the 1904 system begins with day 0.
#[must_use]
pub fn from_serial(days: i64, epoch_1904: bool) -> Option<Date> {
    let (year, month, day, offset) = match days {
        0.. if epoch_1904 => (1904, 1, 1, days),
        1..=59 => (1900, 1, 1, days - 1),
        61.. => (1900, 3, 1, days - 61),
        _ => return None,
    };
    let start = Date::new(year, month, day).ok()?;
    let date = start.plus_days(u32::try_from(offset).ok()?);
    (start.days_until(date) == offset).then_some(date)
}

/// A plain number in a column of dates: a day count, or `20250301`.
#[must_use]
pub fn from_number(number: i64, epoch_1904: bool) -> Option<Date> {
    if SERIALS.contains(&number) {
        return from_serial(number, epoch_1904);
    }
    let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
    Date::new(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?).ok()
}

/// What a text says of a date before the order of day and month is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A date whatever the order.
    Sure(Date),
    /// `a/b/year`: two numbers of which one is the day.
    Open {
        /// The first number.
        first: u32,
        /// The second number.
        second: u32,
        /// The year.
        year: i32,
    },
}

impl Written {
    /// The order the text itself proves: one of its numbers is no month.
    #[must_use]
    pub const fn proves(self) -> Option<DateOrder> {
        match self {
            Self::Open { first: 13.., second: ..13, .. } => Some(DateOrder::DayFirst),
            Self::Open { first: ..13, second: 13.., .. } => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether it is a different date in the other order.
    #[must_use]
    pub const fn is_ambiguous(self) -> bool {
        matches!(self, Self::Open { first: ..13, second: ..13, .. })
            && !matches!(self, Self::Open { first, second, .. } if first == second)
    }

    /// The date in the column's order.
    ///
    /// # Errors
    /// [`Fault::Unanswered`] when it could be two dates and the order is unknown,
    /// [`Fault::DateOrder`] when it is a date in the other order alone, else [`Fault::BadDate`].
    pub fn resolve(self, order: Option<DateOrder>) -> Result<Date, Fault> {
        let (first, second, year) = match self {
            Self::Sure(date) => return Ok(date),
            Self::Open { first, second, year } => (first, second, year),
        };
        let day_first = Date::new(year, second, first);
        let month_first = Date::new(year, first, second);
        let (wanted, other) = match order {
            Some(DateOrder::DayFirst) => (day_first, month_first),
            Some(DateOrder::MonthFirst) => (month_first, day_first),
            None if self.is_ambiguous() => return Err(Fault::Unanswered),
            None => return day_first.or(month_first).map_err(|_| Fault::BadDate),
        };
        match (wanted, other) {
            (Ok(date), _) => Ok(date),
            (Err(_), Ok(_)) => Err(Fault::DateOrder),
            (Err(_), Err(_)) => Err(Fault::BadDate),
        }
    }
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The month of an English name or its first three letters.
fn month_name(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    u32::try_from(at + 1).ok()
}

/// Whether a text is a time of day and nothing else, such as `08:30:00.000Z` or `上午8时`.
fn is_time(text: &str) -> bool {
    let text = text.trim().trim_end_matches(['Z', 'z']);
    let named = ["上午", "下午", "AM", "PM", "am", "pm", "时", "分", "秒", "点"];
    let rest = named.iter().fold(text.to_owned(), |rest, word| rest.replace(word, ":"));
    rest.contains(':')
        && rest.contains(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | ' '))
}

/// The date without the time of day behind it.
fn without_time(text: &str) -> &str {
    let cut = text.char_indices().find_map(|(at, c)| {
        let tail = text.get(at..)?;
        let split = c == ' ' || c == 'T' && at >= 8;
        (split && is_time(tail.get(1..)?)).then_some(at)
    });
    cut.and_then(|at| text.get(..at)).unwrap_or(text).trim()
}

/// A number of one or two digits (or four, for a year).
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    (digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Reads a text as a date; `None` when it names none from 1900 to 2199.
///
/// Years have four digits: `3/1/25` says too little to be taken for a date.
#[must_use]
pub fn parse(text: &str, epoch_1904: bool) -> Option<Written> {
    // As programs write it, and so most dates of most ledgers: read without looking for anything else.
    if let Ok(day) = Date::parse(text) {
        return Some(Written::Sure(day));
    }
    let text = folded(text);
    let text = without_time(&text);
    if text.bytes().all(|b| b.is_ascii_digit()) {
        let day = match text.len() {
            5 | 8 => text,
            14 => text.get(..8)?,
            _ => return None,
        };
        return from_number(day.parse().ok()?, epoch_1904).map(Written::Sure);
    }
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ',', ' ', '年', '月', '日', '号'])
        .filter(|part| !part.is_empty())
        .collect();
    let [one, two, three] = parts.as_slice() else { return None };
    let sure = |year: Option<u32>, month: Option<u32>, day: Option<u32>| {
        Date::new(i32::try_from(year?).ok()?, month?, day?).ok().map(Written::Sure)
    };
    if one.len() == 4 {
        let month = number(two, 1..=2).or_else(|| month_name(two));
        return sure(number(one, 4..=4), month, number(three, 1..=2));
    }
    let year = number(three, 4..=4);
    match (number(one, 1..=2), number(two, 1..=2)) {
        (Some(first), Some(second)) => {
            let open = Written::Open { first, second, year: i32::try_from(year?).ok()? };
            (open.resolve(Some(DateOrder::DayFirst)).is_ok()
                || open.resolve(Some(DateOrder::MonthFirst)).is_ok())
            .then_some(open)
        }
        (Some(day), None) => sure(year, month_name(two), Some(day)),
        (None, Some(day)) => sure(year, month_name(one), Some(day)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: Option<DateOrder>) -> Result<String, Fault> {
        parse(text, false).ok_or(Fault::BadDate)?.resolve(order).map(|date| date.to_string())
    }

    #[test]
    fn every_way_of_writing_a_day() {
        for text in [
            "2025-03-01",
            "2025/3/1",
            "2025.3.1",
            "20250301",
            "2025年3月1日",
            "2025年03月01号",
            "２０２５－０３－０１",
            "2025-03-01 08:30",
            "2025-03-01T08:30:00.000Z",
            "2025/3/1 下午 3:05:00",
            "2025/3/1 3:05 PM",
            "2025年3月1日 8时30分",
            "20250301083000",
            "1-Mar-2025",
            "March 1, 2025",
            "1 march 2025",
            "2025-Mar-01",
            "45717",
            " 2025-3-1 ",
        ] {
            assert_eq!(read(text, None).as_deref(), Ok("2025-03-01"), "{text}");
        }
    }

    #[test]
    fn the_order_matters_only_where_the_year_is_last() {
        let (day_first, month_first) = (Some(DateOrder::DayFirst), Some(DateOrder::MonthFirst));
        assert_eq!(read("31/12/2012", day_first).as_deref(), Ok("2012-12-31"));
        assert_eq!(read("31/12/2012", None).as_deref(), Ok("2012-12-31"));
        assert_eq!(read("31/12/2012", month_first), Err(Fault::DateOrder));
        assert_eq!(read("03/01/2012", day_first).as_deref(), Ok("2012-01-03"));
        assert_eq!(read("03/01/2012", month_first).as_deref(), Ok("2012-03-01"));
        assert_eq!(read("03/01/2012", None), Err(Fault::Unanswered));
        assert_eq!(read("05/05/2012", None).as_deref(), Ok("2012-05-05"));
        assert_eq!(read("12/13/2012 00:00", month_first).as_deref(), Ok("2012-12-13"));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "-",
            "2025-13-01",
            "2025-02-29",
            "31/31/2012",
            "29/02/2013",
            "3/1/25",
            "1899-12-31",
            "12345678901",
            "2025-03",
            "2025",
            "三月一日",
            "2025-03-01-02",
            "99999",
            "2025-03-01 abc",
            "//2025",
            "0/0/2025",
            "Foo 1 2025",
        ] {
            assert_eq!(read(text, None), Err(Fault::BadDate), "{text}");
        }
    }

    #[test]
    fn day_counts_know_the_false_leap_day() {
        let serial = |days, epoch| from_serial(days, epoch).map(|date| date.to_string());
        assert_eq!(serial(1, false).as_deref(), Some("1900-01-01"));
        assert_eq!(serial(59, false).as_deref(), Some("1900-02-28"));
        assert_eq!(serial(60, false), None);
        assert_eq!(serial(61, false).as_deref(), Some("1900-03-01"));
        assert_eq!(serial(45_717, false).as_deref(), Some("2025-03-01"));
        assert_eq!(serial(44_255, true).as_deref(), Some("2025-03-01"));
        assert_eq!(serial(0, true).as_deref(), Some("1904-01-01"));
        assert_eq!(serial(109_574, false).as_deref(), Some("2199-12-31"));
        for (days, epoch) in [(0, false), (-1, true), (109_575, false), (i64::MAX, false), (i64::MIN, true)] {
            assert_eq!(serial(days, epoch), None, "{days}");
        }
    }
}
