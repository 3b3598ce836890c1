//! Per unit of growth, between a floor and a ceiling.

use serde::{Deserialize, Serialize};

use super::{Context, Kind, Moves, div_away};
use crate::grading::{Input, Matched};
use crate::number::{Points, div_ceil, div_round, least_rounded, nearest};

/// Base points at the origin, and so many more for every unit that the value lies above it, fewer for
/// every unit below, from the floor to the ceiling.
///
/// Of whole units only those completed count, upwards and downwards alike; parts of a unit count in
/// proportion otherwise, rounded to the hundredth by [`div_round`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Growth {
    /// The points at the origin.
    pub base: Points,
    /// The value that earns the base, in the indicator's measure.
    pub origin: i64,
    /// The length of a unit, above zero, in the indicator's measure: 100 is one per cent of a ratio.
    pub unit: i64,
    /// The points for each unit; below zero where less is better.
    pub per_unit: Points,
    /// Whether only whole units count.
    pub whole_units: bool,
    /// The fewest points.
    pub floor: Points,
    /// The most points.
    pub ceiling: Points,
}

impl Growth {
    fn limited(&self, exact: i128) -> Points {
        Points::clamped(exact).max(self.floor).min(self.ceiling)
    }

    /// The points before floor and ceiling.
    fn exact(&self, value: i64) -> Option<i128> {
        let above = i128::from(value) - i128::from(self.origin);
        let (unit, each) = (i128::from(self.unit), i128::from(self.per_unit.get()));
        let earned = match self.whole_units {
            _ if self.unit <= 0 => return None,
            true => above / unit * each,
            false => div_round(above * each, unit)?,
        };
        Some(earned.saturating_add(self.base.get().into()))
    }

    /// The first value, going from the origin, by which so many points are reached in whole units.
    fn reaches(&self, points: Points) -> i64 {
        let short = i128::from(points.get()) - i128::from(self.base.get());
        let units = div_away(short, self.per_unit.get().into()).unwrap_or(0);
        nearest(units.saturating_mul(self.unit.into()).saturating_add(self.origin.into()))
    }
}

impl Kind for Growth {
    fn points(&self, input: &Input, _: Context<'_>) -> Option<Points> {
        self.exact(input.value()?).map(|exact| self.limited(exact))
    }

    fn explained(&self, input: &Input, _: Context<'_>) -> Option<(Points, Matched)> {
        let value = input.value()?;
        let exact = self.exact(value)?;
        let above = i128::from(value) - i128::from(self.origin);
        let unit = i128::from(self.unit);
        let hundredths = if self.whole_units { above / unit * 100 } else { div_round(above * 100, unit)? };
        let points = self.limited(exact);
        let clamped = i128::from(points.get()) != exact;
        Some((points, Matched::Growth { units: nearest(hundredths), clamped }))
    }

    fn full(&self) -> Points {
        if self.per_unit == Points::ZERO { self.limited(self.base.get().into()) } else { self.ceiling }
    }

    fn least(&self) -> Points {
        if self.per_unit == Points::ZERO {
            self.limited(self.base.get().into())
        } else {
            self.floor.min(self.ceiling)
        }
    }

    /// What the origin earns, where growth is extra, or the most there is.
    fn is_worth(&self, weight: Points) -> bool {
        weight == self.base || weight == self.full()
    }

    fn stops(&self, _: Context<'_>) -> Vec<i64> {
        vec![self.reaches(self.floor), self.origin, self.reaches(self.ceiling)]
    }

    fn first_with(&self, points: i64, _: Context<'_>) -> Option<i64> {
        let (least, most) = (self.floor.min(self.ceiling).get(), self.ceiling.get());
        if points <= least || points > most || self.unit <= 0 || self.per_unit == Points::ZERO {
            return None;
        }
        let (unit, each) = (i128::from(self.unit), i128::from(self.per_unit.get()));
        let wanted = i128::from(points) - i128::from(self.base.get());
        let above = if self.whole_units {
            let units = div_ceil(wanted, each.abs());
            // Below the origin a unit counts only when it is completed.
            if units > 0 { units * unit } else { (units - 1) * unit + 1 }
        } else {
            least_rounded(wanted, each.abs(), unit)?
        };
        Some(nearest(i128::from(self.origin) + above * each.signum()))
    }

    fn moves(&self, _: Context<'_>) -> Moves {
        Moves::Towards(Some(self.reaches(self.ceiling)))
    }

    fn place(&self, input: &Input) -> Option<i64> {
        input.value()
    }

    fn worst(&self, _: Context<'_>) -> i64 {
        self.reaches(self.floor)
    }

    /// From the floor to the ceiling.
    fn span(&self, _: Context<'_>) -> u64 {
        self.reaches(self.ceiling).abs_diff(self.reaches(self.floor))
    }
}
