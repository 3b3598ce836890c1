//! New customers (5.1.2-D): a provisional grade per deal while the cooperation is young, a full one once six
//! months have passed, and a state for every day in between, so that nothing provisional lasts by itself.

use serde::{Deserialize, Serialize};

use super::Ladder;
use crate::calendar::Date;
use crate::id::Label;

/// Whole months of cooperation after which a customer is graded in full.
pub const YOUNG_MONTHS: u32 = 6;
/// Days after that within which the full grade has to come.
pub const GRACE_DAYS: u32 = 30;

/// The day on which a customer that has been worked with since `since` is to be graded in full.
#[must_use]
pub fn due_on(since: Date) -> Date {
    since.after_months(YOUNG_MONTHS)
}

/// Whether a customer that is first written on a day is a new one. Whoever came long before, with a ledger of
/// many years, is for the yearly review.
#[must_use]
pub fn is_new(since: Date, today: Date) -> bool {
    Youth::of(Some(due_on(since)), today) != Youth::Overdue
}

/// Whether what a cycle publishes is the full grade of a customer that is due on a day: the cycle was opened
/// on it or later, so that the six months are in it.
#[must_use]
pub fn is_full(due_on: Date, opened_on: Date) -> bool {
    due_on <= opened_on
}

/// How a customer stands on a day. What there is to do follows from it, and the lists say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Youth {
    /// Less than six months: a grade per deal.
    Young,
    /// Six months are over: the chief and the promotion section are asked for a full grade.
    Due,
    /// More than thirty days later there is still none: no further grade per deal until there is.
    Overdue,
    /// A full grade was given, or the customer never was a new one.
    Graded,
}

impl Youth {
    /// Of a customer on a day: when it is due, which is kept until a full grade is published.
    #[must_use]
    pub fn of(due_on: Option<Date>, day: Date) -> Self {
        match due_on {
            None => Self::Graded,
            Some(due) if day < due => Self::Young,
            Some(due) if day <= due.plus_days(GRACE_DAYS) => Self::Due,
            Some(_) => Self::Overdue,
        }
    }

    /// The days on which those of a state are due, as seen on a day: from the first up to the last, each
    /// open where it is absent. `None` for those that are due on no day any more.
    #[must_use]
    pub fn due_between(self, day: Date) -> Option<(Option<Date>, Option<Date>)> {
        let earliest = day.minus_days(GRACE_DAYS);
        match self {
            Self::Young => Some((Some(day.plus_days(1)), None)),
            Self::Due => Some((Some(earliest), Some(day))),
            Self::Overdue => Some((None, Some(earliest.minus_days(1)))),
            Self::Graded => None,
        }
    }
}

/// Why a deal gets no grade of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealFault {
    /// The customer is no new one: its own grade counts.
    Graded,
    /// Its full grade is overdue, and comes first.
    Overdue,
    /// The policy in force has no such grade.
    Grade,
    /// The day lies before the cooperation or after today.
    Day,
}

impl DealFault {
    /// The part of the request that it is about.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Graded | Self::Overdue => "customer",
            Self::Grade => "grade",
            Self::Day => "day",
        }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Graded => "not_new",
            Self::Overdue => "overdue",
            Self::Grade => "unknown",
            Self::Day => "deal_day",
        }
    }
}

impl std::fmt::Display for DealFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Graded => "the customer has a grade of its own, which counts for every deal",
            Self::Overdue => "the customer is to be graded in full first",
            Self::Grade => "must be a grade of the policy in force",
            Self::Day => "must lie between the start of the cooperation and today",
        })
    }
}

/// Whether a deal of a day can be given a grade today.
///
/// # Errors
/// [`DealFault`], the first that holds in the order of its variants.
pub fn deal_grade(
    (since, due_on): (Option<Date>, Option<Date>),
    (deal, grade): (Date, &Label),
    ladder: &Ladder,
    today: Date,
) -> Result<(), DealFault> {
    match Youth::of(due_on, today) {
        Youth::Young | Youth::Due => {}
        Youth::Graded => return Err(DealFault::Graded),
        Youth::Overdue => return Err(DealFault::Overdue),
    }
    if !ladder.has(grade) {
        return Err(DealFault::Grade);
    }
    if deal > today || since.is_some_and(|since| deal < since) {
        return Err(DealFault::Day);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    const STATES: [Youth; 4] = [Youth::Young, Youth::Due, Youth::Overdue, Youth::Graded];

    #[test]
    fn a_customer_on_both_sides_of_each_bound() {
        let due = due_on(date("2025-09-26"));
        let of = |day: &str| Youth::of(Some(due), date(day));
        assert_eq!(of("2025-09-26"), Youth::Young);
        assert_eq!(of("2026-03-25"), Youth::Young);
        assert_eq!(of("2026-03-26"), Youth::Due);
        assert_eq!(of("2026-04-25"), Youth::Due);
        assert_eq!(of("2026-04-26"), Youth::Overdue);
        assert_eq!(Youth::of(None, date("2026-04-26")), Youth::Graded);
        assert!(is_new(date("2025-09-26"), date("2026-04-25")));
        assert!(!is_new(date("2025-09-26"), date("2026-04-26")));
        assert!(is_full(due, date("2026-03-26")) && !is_full(due, date("2026-03-25")));
    }

    #[test]
    fn it_grows_only_older_and_each_day_lies_in_the_range_of_its_state_alone() {
        let mut since = date("2023-01-01");
        for _ in 0..800 {
            let (due, mut age) = (due_on(since), 0);
            for days in 0..230 {
                let day = since.plus_days(days);
                let now = Youth::of(Some(due), day);
                let now_at = STATES.iter().position(|one| *one == now).unwrap();
                assert!(age <= now_at && now_at < 3, "{since} {day}");
                age = now_at;
                for state in STATES {
                    let within = state.due_between(day).is_some_and(|(from, until)| {
                        from.is_none_or(|from| from <= due) && until.is_none_or(|until| due <= until)
                    });
                    assert_eq!(within, state == now, "{since} {day} {state:?}");
                }
            }
            assert_eq!(age, 2, "{since} is overdue in the end");
            since = since.plus_days(1);
        }
    }

    #[test]
    fn a_deal_is_graded_while_the_customer_is_new_and_not_overdue() {
        let since = date("2025-09-26");
        let ladder = Ladder::new(["A", "B"].map(|tier| Label::parse(tier).unwrap()).to_vec());
        let give = |due: Option<Date>, deal: &str, grade: &str, today: &str| {
            let grade = Label::parse(grade).unwrap();
            deal_grade((Some(since), due), (date(deal), &grade), &ladder, date(today))
        };
        let due = Some(due_on(since));
        assert_eq!(give(due, "2026-01-01", "B", "2026-01-01"), Ok(()));
        assert_eq!(give(due, "2026-04-01", "B", "2026-04-25"), Ok(()));
        assert_eq!(give(due, "2026-04-01", "B", "2026-04-26"), Err(DealFault::Overdue));
        assert_eq!(give(None, "2026-01-01", "B", "2026-01-01"), Err(DealFault::Graded));
        assert_eq!(give(due, "2026-01-01", "C", "2026-01-01"), Err(DealFault::Grade));
        assert_eq!(give(due, "2026-01-02", "B", "2026-01-01"), Err(DealFault::Day));
        assert_eq!(give(due, "2025-09-25", "B", "2026-01-01"), Err(DealFault::Day));
        assert_eq!(give(due, "2025-09-26", "B", "2026-01-01"), Ok(()));
    }
}
