//! The scale on which a measured input is moved.

use shared::grading::{Input, Measure};
use shared::number::{MAX_SAFE, div_round};

/// A scale ruled by the bounds of a rule: every stretch between two bounds is equally long, so that
/// a band from 10 to 30 can be hit as well as one from 500 to 1,000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// The unit.
    pub measure: Measure,
    /// The ends and the bounds between them, ascending, at least two.
    stops: Vec<i64>,
    /// Positions from one stop to the next.
    per: i64,
}

impl Scale {
    /// The scale of some bounds, with a stretch beyond the outermost ones, wide enough for the
    /// real value.
    #[must_use]
    pub fn new(measure: Measure, bounds: impl IntoIterator<Item = i64>, real: &Input) -> Self {
        let mut stops: Vec<i64> = bounds.into_iter().map(|bound| bound.clamp(-MAX_SAFE, MAX_SAFE)).collect();
        stops.sort_unstable();
        stops.dedup();
        let fallback = match measure {
            Measure::Money => 1_000_000_000,
            Measure::Ratio => 10_000,
            Measure::Days => 180,
            Measure::Months => 24,
            Measure::Count | Measure::Level => 100,
        };
        let (first, last) = match (stops.first(), stops.last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => (0, fallback),
        };
        let gap = |pair: Option<(&i64, &i64)>| {
            pair.map_or(if first == 0 { fallback } else { first.saturating_abs() }, |(low, high)| high - low)
        };
        let second = stops.get(1);
        let below = first.saturating_sub(gap(stops.first().zip(second)));
        let above = last.saturating_add(gap(stops.iter().rev().nth(1).zip(stops.last())));
        // What has no negative values by its nature begins at zero.
        let below = if first >= 0 { below.max(0) } else { below };
        stops.extend([below, above]);
        if let Input::Measured { value } = real {
            let value = (*value).clamp(-MAX_SAFE, MAX_SAFE);
            if value < below || value > above {
                stops.push(value);
            }
        }
        stops.sort_unstable();
        stops.dedup();
        let stretches = i64::try_from(stops.len().saturating_sub(1)).unwrap_or(1).max(1);
        Self { measure, stops, per: (480 / stretches).clamp(40, 240) }
    }

    /// The last position; the first is 0.
    #[must_use]
    pub fn last(&self) -> i64 {
        i64::try_from(self.stops.len().saturating_sub(1)).unwrap_or(0).saturating_mul(self.per)
    }

    /// The value at a position, rounded to a step that reads well; exact at every stop.
    #[must_use]
    pub fn value_at(&self, position: i64) -> i64 {
        let position = position.clamp(0, self.last());
        let index = usize::try_from(position / self.per).unwrap_or(0);
        let (Some(low), within) = (self.stops.get(index), position % self.per) else { return 0 };
        let Some(high) = self.stops.get(index + 1) else { return *low };
        if within == 0 {
            return *low;
        }
        let step = self.step(i128::from(*high) - i128::from(*low));
        let exact = i128::from(*low) * i128::from(self.per)
            + (i128::from(*high) - i128::from(*low)) * i128::from(within);
        let steps = div_round(exact, i128::from(self.per) * step).unwrap_or(0);
        i64::try_from(steps * step).unwrap_or(*low).clamp(*low, *high)
    }

    /// The position nearest to a value.
    #[must_use]
    pub fn position_of(&self, value: i64) -> i64 {
        let mut base = 0;
        for (low, high) in self.stops.iter().zip(self.stops.iter().skip(1)) {
            if value < *high {
                let part = (i128::from(value) - i128::from(*low)) * i128::from(self.per);
                let within = div_round(part, i128::from(*high) - i128::from(*low)).unwrap_or(0);
                return base + i64::try_from(within).unwrap_or(0).clamp(0, self.per);
            }
            base += self.per;
        }
        self.last()
    }

    /// The positions of the bounds, the ends not among them.
    #[must_use]
    pub fn ticks(&self) -> Vec<i64> {
        let inner = self.stops.len().saturating_sub(2);
        (1..).take(inner).map(|index: i64| index * self.per).collect()
    }

    /// The largest of 1, 2, 5, 10, 20 … least steps that still moves at every position; money moves
    /// by whole yuan at least, a ratio by tenths of a per cent.
    fn step(&self, stretch: i128) -> i128 {
        let least: i128 = match self.measure {
            Measure::Money => 100,
            Measure::Ratio => 10,
            Measure::Days | Measure::Months | Measure::Count | Measure::Level => 1,
        };
        let most = stretch / i128::from(self.per);
        let (mut step, mut decade) = (least, least);
        while decade <= most {
            step =
                [decade, decade * 2, decade * 5].into_iter().filter(|one| *one <= most).max().unwrap_or(step);
            decade *= 10;
        }
        step
    }
}

#[cfg(test)]
mod tests {
    use shared::grading::{Cohort, Inputs, default_policy};
    use shared::id::Key;

    use super::super::what_if::{ControlKind, controls};
    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    fn measured(value: i64) -> Input {
        Input::Measured { value }
    }

    fn scale(text: &str, real: &Inputs) -> Scale {
        let policy = default_policy().unwrap();
        match controls(&policy, &Cohort::default(), real)
            .into_iter()
            .find(|control| control.key == key(text))
            .unwrap()
            .kind
        {
            ControlKind::Scale(scale) => scale,
            ControlKind::Choice(_) => panic!("{text} is chosen"),
        }
    }

    #[test]
    fn scales_are_ruled_by_the_bands() {
        let sales = scale("annual_sales", &Inputs::default());
        let wan = |raw: i64| raw / 1_000_000;
        let ruled: Vec<i64> = sales.ticks().into_iter().map(|at| wan(sales.value_at(at))).collect();
        assert_eq!(ruled, [10, 30, 80, 200, 500, 1_000]);
        assert_eq!((wan(sales.value_at(0)), wan(sales.value_at(sales.last()))), (0, 1_500));

        let collection = scale("collection", &Inputs::default());
        assert_eq!(collection.value_at(collection.last()), 10_000);
        let overdue = scale("overdue_days", &Inputs::default());
        assert_eq!((overdue.value_at(0), overdue.value_at(overdue.last())), (0, 180));
    }

    #[test]
    fn a_scale_reaches_the_real_value_and_finds_it() {
        let mut real = Inputs::default();
        real.values.insert(key("potential"), measured(-6_400));
        let growth = scale("potential", &real);
        assert_eq!(growth.value_at(0), -6_400);
        for scale in [growth, scale("annual_sales", &real), scale("price_level", &real)] {
            for position in 0..=scale.last() {
                let value = scale.value_at(position);
                assert!((scale.position_of(value) - position).abs() <= 1, "{position}: {value}");
            }
            assert!((1..=scale.last()).all(|at| scale.value_at(at) >= scale.value_at(at - 1)));
        }
    }

    #[test]
    fn any_bounds_make_a_scale() {
        for bounds in
            [vec![], vec![0], vec![-7], vec![5, 5], vec![MAX_SAFE, -MAX_SAFE], vec![i64::MIN, i64::MAX]]
        {
            for real in [Input::Missing, measured(i64::MAX), measured(0)] {
                let scale = Scale::new(Measure::Count, bounds.clone(), &real);
                assert!(scale.last() > 0);
                for at in [-1, 0, 1, scale.last() / 2, scale.last(), i64::MAX] {
                    assert!((0..=scale.last()).contains(&scale.position_of(scale.value_at(at))));
                }
            }
        }
    }
}
