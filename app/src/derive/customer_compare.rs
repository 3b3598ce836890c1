//! A year beside the year before: points won and lost by indicator, and the values behind them.

use shared::dto::figures::YearDetail;
use shared::grading::Input;
use shared::id::Key;
use shared::number::Points;

/// One indicator in two years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The indicator.
    pub key: Key,
    /// The year before; absent when its policy had no such indicator.
    pub before: Option<Side>,
    /// The year itself.
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
}

/// All indicators of two years, in the order of the later one, those that are gone at the end.
#[must_use]
pub fn rows(before: &YearDetail, now: &YearDetail) -> Vec<Row> {
    let side = |detail: &YearDetail, key: &Key| {
        let line = detail.assessment.lines.iter().find(|line| line.indicator == *key)?;
        Some(Side { input: line.input.clone(), points: line.points })
    };
    let mut keys: Vec<&Key> = now.assessment.lines.iter().map(|line| &line.indicator).collect();
    for line in &before.assessment.lines {
        if !keys.contains(&&line.indicator) {
            keys.push(&line.indicator);
        }
    }
    keys.into_iter()
        .map(|key| {
            let (before, now) = (side(before, key), side(now, key));
            let gained = match (&before, &now) {
                (Some(before), Some(now))
                    if before.input != Input::NotApplicable && now.input != Input::NotApplicable =>
                {
                    Some(now.points.minus(before.points))
                }
                _ => None,
            };
            Row { key: key.clone(), before, now, gained }
        })
        .collect()
}

/// Points won and points lost over all indicators; the second is not negative.
#[must_use]
pub fn sums(rows: &[Row]) -> (Points, Points) {
    rows.iter().filter_map(|row| row.gained).fold((Points::ZERO, Points::ZERO), |(won, lost), one| {
        if one < Points::ZERO { (won, lost.minus(one)) } else { (won.plus(one), lost) }
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use shared::grading::{Cohort, Inputs, default_policy, grade};

    use super::*;

    fn year(values: &[(&str, Input)]) -> YearDetail {
        let values: BTreeMap<Key, Input> =
            values.iter().map(|(key, input)| (Key::parse(key).unwrap(), input.clone())).collect();
        let inputs = Inputs { segment: None, values };
        let assessment = grade(&default_policy().unwrap(), &Cohort::default(), &inputs);
        YearDetail { figures: BTreeMap::new(), inputs, assessment, cohort: None }
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
        let rows = rows(&before, &now);
        let gained = |text: &str| rows.iter().find(|row| row.key.as_str() == text).unwrap().gained;
        assert_eq!(gained("collection"), Some(Points::clamped(-700)));
        assert_eq!(gained("price_level"), Some(Points::clamped(400)));
        assert_eq!(gained("potential"), None);
        assert_eq!(gained("loyalty"), Some(Points::ZERO));
        assert_eq!(sums(&rows), (Points::clamped(400), Points::clamped(700)));
    }

    #[test]
    fn an_indicator_of_one_year_only_stays_in_sight() {
        let (mut before, now) = (year(&[]), year(&[]));
        before.assessment.lines.first_mut().unwrap().indicator = Key::parse("retired").unwrap();
        let rows = rows(&before, &now);
        assert_eq!(rows.len(), now.assessment.lines.len() + 1);
        let last = rows.last().unwrap();
        assert!(last.key.as_str() == "retired" && last.now.is_none() && last.gained.is_none());
    }
}
