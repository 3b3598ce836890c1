//! What is overdue, of every kind in one list. A kind joins by a variant of [`OverdueKind`] and one of [`Open`],
//! which says from what its last day follows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::id::{CycleId, UnitId};
use crate::quarter::Quarter;
use crate::review::{Cycle, GRACE_DAYS, Stage};

/// What a duty is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OverdueKind {
    /// Forms that were not handed in by the close (5.1.1).
    Forms,
    /// Forms that were handed in and not decided by the close (5.1.2).
    Decisions,
    /// New customers without a full grade after the days of grace (5.1.2-D).
    Newcomers,
    /// A section's look at a quarter, not closed in the month after it (3.1).
    Quarters,
}

/// What a unit has not done by its last day. Which of the last fields are there follows from the kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overdue {
    /// What it is about.
    pub kind: OverdueKind,
    /// Whose it is.
    pub unit: UnitId,
    /// How many, at least one.
    pub count: u64,
    /// The first day on which one of them was overdue.
    pub since: Date,
    /// Of which cycle the forms are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<CycleId>,
    /// With which `stage` all of the forms are listed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// Which quarter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quarter: Option<Quarter>,
}

/// Something of a unit that is still to be done, as it is counted.
#[derive(Debug, Clone, Copy)]
pub enum Open<'a> {
    /// Forms of a cycle at a stage.
    Forms(&'a Cycle, Stage),
    /// New customers without a full grade, the first of whom was to have it from a day on.
    Newcomers(Date),
    /// The look at a quarter.
    Quarter(Quarter),
}

impl Open<'_> {
    /// What it is about and the last day for it; `None` for what nobody is late with.
    fn due(self) -> Option<(OverdueKind, Date)> {
        Some(match self {
            Open::Forms(cycle, Stage::Draft) => (OverdueKind::Forms, cycle.closes),
            Open::Forms(_, stage) if stage.is_decided() => return None,
            Open::Forms(cycle, _) => (OverdueKind::Decisions, cycle.closes),
            Open::Newcomers(due_on) => (OverdueKind::Newcomers, due_on.plus_days(GRACE_DAYS)),
            Open::Quarter(quarter) => (OverdueKind::Quarters, quarter.look_is_due()?.1),
        })
    }
}

/// What is overdue on a day of what is open, the longest first.
#[must_use]
pub fn overdue<'a>(open: impl IntoIterator<Item = (UnitId, u64, Open<'a>)>, today: Date) -> Vec<Overdue> {
    let mut sums: BTreeMap<_, Overdue> = BTreeMap::new();
    for (unit, count, open) in open {
        let Some((kind, last)) = open.due().filter(|(_, last)| count > 0 && *last < today) else { continue };
        let (cycle, stage, quarter) = match open {
            Open::Forms(cycle, stage) => (Some(cycle.id.clone()), Some(stage), None),
            Open::Newcomers(_) => (None, None, None),
            Open::Quarter(quarter) => (None, None, Some(quarter)),
        };
        let row = Overdue { kind, unit, count: 0, since: last.plus_days(1), cycle, stage, quarter };
        let sum = sums.entry((row.since, kind, stage, row.unit.clone())).or_insert(row);
        sum.count = sum.count.saturating_add(count);
    }
    sums.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::PolicyId;
    use crate::review::{CycleKind, Phase, Youth};

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn cycle() -> Cycle {
        Cycle {
            id: CycleId::parse("c").unwrap(),
            kind: CycleKind::Yearly,
            year: 2025,
            policy: PolicyId::parse("p").unwrap(),
            opens: day("2026-03-25"),
            closes: day("2026-03-30"),
            phase: Phase::Gathering,
        }
    }

    fn unit(id: &str) -> UnitId {
        UnitId::parse(id).unwrap()
    }

    fn on(open: Open<'_>, today: &str) -> Option<(OverdueKind, String)> {
        let rows = overdue([(unit("u"), 1, open)], day(today));
        rows.first().map(|row| (row.kind, row.since.to_string()))
    }

    #[test]
    fn each_kind_on_both_sides_of_its_last_day() {
        let cycle = cycle();
        let quarter = Quarter::parse("2025Q4").unwrap();
        for (open, last, first, kind) in [
            (Open::Forms(&cycle, Stage::Draft), "2026-03-30", "2026-03-31", OverdueKind::Forms),
            (Open::Forms(&cycle, Stage::InReview), "2026-03-30", "2026-03-31", OverdueKind::Decisions),
            (Open::Newcomers(day("2026-02-01")), "2026-03-03", "2026-03-04", OverdueKind::Newcomers),
            (Open::Quarter(quarter), "2026-01-31", "2026-02-01", OverdueKind::Quarters),
        ] {
            assert_eq!(on(open, last), None, "{kind:?}");
            assert_eq!(on(open, first), Some((kind, first.to_owned())));
            assert_eq!(
                on(open, "2026-12-31"),
                Some((kind, first.to_owned())),
                "it was so since the same day"
            );
        }
    }

    #[test]
    fn every_stage_is_handed_in_late_decided_late_or_neither() {
        let cycle = cycle();
        for stage in Stage::ALL {
            let expected = match stage {
                Stage::Draft => Some(OverdueKind::Forms),
                Stage::Submitted | Stage::InReview | Stage::Refused => Some(OverdueKind::Decisions),
                _ => None,
            };
            assert_eq!(
                on(Open::Forms(&cycle, stage), "2026-04-01").map(|(kind, _)| kind),
                expected,
                "{stage}"
            );
        }
    }

    #[test]
    fn a_new_customer_is_overdue_here_on_the_day_on_which_its_list_says_so() {
        let due = day("2026-02-01");
        for days in 0..60 {
            let today = due.plus_days(days);
            let here = !overdue([(unit("u"), 1, Open::Newcomers(due))], today).is_empty();
            assert_eq!(here, Youth::of(Some(due), today) == Youth::Overdue, "{today}");
        }
    }

    #[test]
    fn counts_of_one_thing_are_one_row_and_nothing_is_none() {
        let cycle = cycle();
        let draft = Open::Forms(&cycle, Stage::Draft);
        let open = [
            (unit("two"), 3, draft),
            (unit("one"), 4, draft),
            (unit("two"), 5, draft),
            (unit("two"), 1, Open::Forms(&cycle, Stage::Submitted)),
            (unit("two"), 2, Open::Forms(&cycle, Stage::InReview)),
            (unit("three"), 0, draft),
            (unit("one"), 1, Open::Quarter(Quarter::parse("2025Q4").unwrap())),
        ];
        let rows = overdue(open, day("2026-04-01"));
        let told: Vec<_> =
            rows.iter().map(|row| (row.kind, row.unit.as_str(), row.stage, row.count)).collect();
        assert_eq!(
            told,
            [
                (OverdueKind::Quarters, "one", None, 1),
                (OverdueKind::Forms, "one", Some(Stage::Draft), 4),
                (OverdueKind::Forms, "two", Some(Stage::Draft), 8),
                (OverdueKind::Decisions, "two", Some(Stage::Submitted), 1),
                (OverdueKind::Decisions, "two", Some(Stage::InReview), 2),
            ]
        );
    }
}
