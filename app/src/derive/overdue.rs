//! What is overdue, as the page tells it: one line a thing, with the units that are late.

use shared::book::{Overdue, OverdueKind};
use shared::calendar::Date;
use shared::id::UnitId;

use super::quarter;
use super::review::FormsView;
use super::review_words;
use crate::say;

/// One thing that is overdue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The first of its rows: all that its words follow from.
    pub what: Overdue,
    /// How many of all units.
    pub count: u64,
    /// The first day on which one of them was overdue.
    pub since: Date,
    /// Each unit that is late, in how many cases, and their list.
    pub units: Vec<(UnitId, u64, String)>,
}

/// Rows as lines, in the order of their first rows.
#[must_use]
pub fn lines(rows: &[Overdue]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for row in rows {
        let part = (row.unit.clone(), row.count, address(row));
        let same = |line: &&mut Line| {
            let of = &line.what;
            (of.kind, &of.cycle, of.stage, of.quarter) == (row.kind, &row.cycle, row.stage, row.quarter)
        };
        match lines.iter_mut().find(same) {
            Some(line) => {
                line.count = line.count.saturating_add(row.count);
                line.since = line.since.min(row.since);
                line.units.push(part);
            }
            None => {
                lines.push(Line { what: row.clone(), count: row.count, since: row.since, units: vec![part] })
            }
        }
    }
    lines
}

/// The list with exactly the rows that are counted.
fn address(row: &Overdue) -> String {
    let unit = &row.unit;
    match (row.kind, &row.cycle, row.quarter) {
        (OverdueKind::Forms | OverdueKind::Decisions, Some(cycle), _) => {
            FormsView { unit: Some(unit.clone()), stage: row.stage, ..FormsView::default() }.address(cycle)
        }
        (OverdueKind::Quarters, _, Some(quarter)) => format!("/quarters?quarter={quarter}&unit={unit}"),
        (OverdueKind::Newcomers, ..) => format!("/newcomers?state=overdue&unit={unit}"),
        // No row is so: the Worker tells of which cycle and which quarter.
        (OverdueKind::Forms | OverdueKind::Decisions | OverdueKind::Quarters, ..) => "/review".to_owned(),
    }
}

/// What is overdue, in words.
#[must_use]
pub fn words(of: &Overdue) -> String {
    match of.kind {
        OverdueKind::Forms => say!(dashboard.late.forms).to_owned(),
        OverdueKind::Decisions => {
            say!(dashboard.late.decisions, of.stage.map(review_words::stage).unwrap_or_default())
        }
        OverdueKind::Newcomers => say!(dashboard.late.newcomers).to_owned(),
        OverdueKind::Quarters => {
            say!(dashboard.late.quarters, of.quarter.map(quarter::name).unwrap_or_default())
        }
    }
}

#[cfg(test)]
mod tests {
    use shared::id::CycleId;
    use shared::quarter::Quarter;
    use shared::review::Stage;

    use super::*;

    #[test]
    fn units_stand_together_and_each_opens_its_own_rows() {
        let row = |kind, unit: &str, count, since: &str, stage: Option<Stage>| Overdue {
            kind,
            unit: UnitId::parse(unit).unwrap(),
            count,
            since: Date::parse(since).unwrap(),
            cycle: stage.and_then(|_| CycleId::parse("c").ok()),
            stage,
            quarter: Quarter::parse("2025Q4").ok().filter(|_| kind == OverdueKind::Quarters),
        };
        let rows = [
            row(OverdueKind::Quarters, "one", 1, "2026-02-01", None),
            row(OverdueKind::Quarters, "two", 1, "2026-02-01", None),
            row(OverdueKind::Newcomers, "one", 2, "2026-03-09", None),
            row(OverdueKind::Newcomers, "two", 3, "2026-03-02", None),
            row(OverdueKind::Decisions, "one", 4, "2026-03-31", Some(Stage::Submitted)),
            row(OverdueKind::Decisions, "one", 5, "2026-03-31", Some(Stage::InReview)),
        ];
        let lines = lines(&rows);
        let told: Vec<_> = lines
            .iter()
            .map(|line| (words(&line.what), line.count, line.since.to_string(), line.units.len()))
            .collect();
        let line = |text: &str, count, since: &str, units| (text.to_owned(), count, since.to_owned(), units);
        assert_eq!(
            told,
            [
                line("2025 年第 4 季度分析未完成", 2, "2026-02-01", 2),
                line("新客户逾期未评", 5, "2026-03-02", 2),
                line("未决定（已提交）", 4, "2026-03-31", 1),
                line("未决定（复评中）", 5, "2026-03-31", 1),
            ]
        );
        let links: Vec<_> =
            lines.iter().filter_map(|line| line.units.last()).map(|(.., href)| href.as_str()).collect();
        assert_eq!(
            links,
            [
                "/quarters?quarter=2025Q4&unit=two",
                "/newcomers?state=overdue&unit=two",
                "/reviews/c/forms?stage=submitted&unit=one",
                "/reviews/c/forms?stage=in_review&unit=one",
            ]
        );
    }
}
