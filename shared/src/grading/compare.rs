//! One year beside another: points won and lost by indicator (3.2), each year by its own policy.

use super::{Assessment, Input, Line};
use crate::id::Key;
use crate::number::Points;

/// Two assessments of a customer, indicator by indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The indicators in the order of the later assessment, those that are gone at the end.
    pub rows: Vec<Compared>,
    /// Points won over all indicators that can be compared.
    pub won: Points,
    /// Points lost over them; not negative.
    pub lost: Points,
    /// The change of the score; absent unless both years had evidence enough for a grade.
    pub change: Option<Points>,
}

/// One indicator in two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The indicator.
    pub key: Key,
    /// The earlier year; absent when its policy had no such indicator.
    pub before: Option<Side>,
    /// The later year; absent when its policy has no such indicator any more.
    pub now: Option<Side>,
    /// Points won, or lost when negative; absent unless the indicator applied in both years.
    pub gained: Option<Points>,
}

/// An indicator in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// What was known.
    pub input: Input,
    /// Points earned.
    pub points: Points,
    /// Full marks.
    pub weight: Points,
}

impl Side {
    fn of(all: &Assessment, key: &Key) -> Option<Self> {
        let line = all.lines.iter().find(|line| line.indicator == *key)?;
        Some(Self { input: line.input.clone(), points: line.points, weight: line.weight })
    }

    fn applies(&self) -> bool {
        self.input != Input::NotApplicable
    }
}

/// Sets a year against an earlier one. Points are those of each year's own policy: nothing is rescaled.
#[must_use]
pub fn compare(before: &Assessment, now: &Assessment) -> Comparison {
    let kept = |line: &&Line| now.lines.iter().any(|one| one.indicator == line.indicator);
    let gone = before.lines.iter().filter(|line| !kept(line));
    let rows: Vec<Compared> = now
        .lines
        .iter()
        .chain(gone)
        .map(|line| {
            let key = line.indicator.clone();
            let (before, now) = (Side::of(before, &key), Side::of(now, &key));
            let gained = match (&before, &now) {
                (Some(before), Some(now)) if before.applies() && now.applies() => {
                    Some(now.points.minus(before.points))
                }
                _ => None,
            };
            Compared { key, before, now, gained }
        })
        .collect();
    let gains = rows.iter().filter_map(|row| row.gained);
    let (won, lost) = gains.fold((Points::ZERO, Points::ZERO), |(won, lost), one| {
        if one < Points::ZERO { (won, lost.minus(one)) } else { (won.plus(one), lost) }
    });
    let both = before.evidence.enough && now.evidence.enough;
    Comparison { rows, won, lost, change: both.then(|| now.score.minus(before.score)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grading::{Cohort, Inputs, default_policy, grade};

    fn year(values: &[(&str, Input)]) -> Assessment {
        let values = values.iter().map(|(key, input)| (Key::parse(key).unwrap(), input.clone())).collect();
        grade(&default_policy().unwrap(), &Cohort::default(), &Inputs { segment: None, values })
    }

    #[test]
    fn points_are_won_and_lost_one_by_one() {
        let measured = |value| Input::Measured { value };
        let before = year(&[
            ("collection", measured(9_500)),
            ("price_level", measured(9_400)),
            ("potential", Input::NotApplicable),
        ]);
        let now = year(&[
            ("collection", measured(8_200)),
            ("price_level", measured(9_700)),
            ("potential", measured(0)),
        ]);
        let found = compare(&before, &now);
        let gained = |text: &str| found.rows.iter().find(|row| row.key.as_str() == text).unwrap().gained;
        assert_eq!(gained("collection"), Some(Points::clamped(-700)));
        assert_eq!(gained("price_level"), Some(Points::clamped(400)));
        assert_eq!(gained("potential"), None);
        assert_eq!(gained("loyalty"), Some(Points::ZERO));
        assert_eq!((found.won, found.lost), (Points::clamped(400), Points::clamped(700)));
        assert_eq!(found.change, None, "neither year has evidence enough");
    }

    #[test]
    fn an_indicator_of_one_policy_only_stays_in_sight() {
        let (mut before, now) = (year(&[]), year(&[]));
        before.lines.first_mut().unwrap().indicator = Key::parse("retired").unwrap();
        let found = compare(&before, &now);
        assert_eq!(found.rows.len(), now.lines.len() + 1);
        let first = found.rows.first().unwrap();
        assert!(first.before.is_none() && first.now.is_some() && first.gained.is_none());
        let last = found.rows.last().unwrap();
        assert!(last.key.as_str() == "retired" && last.now.is_none() && last.gained.is_none());
    }

    #[test]
    fn the_score_changes_where_both_years_have_one() {
        let mut before = year(&[]);
        let mut now = year(&[]);
        (before.evidence.enough, now.evidence.enough) = (true, true);
        (before.score, now.score) = (Points::clamped(7_000), Points::clamped(6_150));
        assert_eq!(compare(&before, &now).change, Some(Points::clamped(-850)));
    }
}
