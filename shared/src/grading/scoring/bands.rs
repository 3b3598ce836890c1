//! Bands of a measured value, in either direction, each bound inclusive or exclusive.

use serde::{Deserialize, Serialize};

use super::{Context, Kind, Moves};
use crate::grading::{Bound, Input, Matched};
use crate::number::Points;

/// Points by the band in which a measured value falls; the first that holds it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// The bands, best first.
    pub bands: Vec<Band>,
}

/// A band; an absent bound is open. At most one lower and one upper bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// value ≥ this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i64>,
    /// value > this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<i64>,
    /// value ≤ this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<i64>,
    /// value < this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<i64>,
    /// Points earned in it.
    pub points: Points,
}

impl Band {
    /// The lower bound, the tighter where both are given.
    #[must_use]
    pub fn low(&self) -> Option<Bound> {
        match (self.at_least, self.above) {
            (Some(at_least), Some(above)) if at_least > above => {
                Some(Bound { value: at_least, inclusive: true })
            }
            (_, Some(value)) => Some(Bound { value, inclusive: false }),
            (Some(value), None) => Some(Bound { value, inclusive: true }),
            (None, None) => None,
        }
    }

    /// The upper bound, the tighter where both are given.
    #[must_use]
    pub fn high(&self) -> Option<Bound> {
        match (self.at_most, self.below) {
            (Some(at_most), Some(below)) if at_most < below => {
                Some(Bound { value: at_most, inclusive: true })
            }
            (_, Some(value)) => Some(Bound { value, inclusive: false }),
            (Some(value), None) => Some(Bound { value, inclusive: true }),
            (None, None) => None,
        }
    }

    /// The smallest and the largest integer in it.
    #[must_use]
    pub fn ends(&self) -> (i64, i64) {
        let low = self.low().map_or(i64::MIN, |bound| {
            if bound.inclusive { bound.value } else { bound.value.saturating_add(1) }
        });
        let high = self.high().map_or(i64::MAX, |bound| {
            if bound.inclusive { bound.value } else { bound.value.saturating_sub(1) }
        });
        (low, high)
    }

    /// Whether a value falls in it.
    #[must_use]
    pub fn holds(&self, value: i64) -> bool {
        self.at_least.is_none_or(|bound| value >= bound)
            && self.below.is_none_or(|bound| value < bound)
            && self.above.is_none_or(|bound| value > bound)
            && self.at_most.is_none_or(|bound| value <= bound)
    }
}

impl Bands {
    fn held(&self, input: &Input) -> Option<(usize, &Band)> {
        let value = input.value()?;
        self.bands.iter().enumerate().find(|(_, band)| band.holds(value))
    }

    fn bounds(&self) -> impl Iterator<Item = i64> + '_ {
        self.bands.iter().flat_map(|band| [band.low(), band.high()]).flatten().map(|bound| bound.value)
    }
}

impl Kind for Bands {
    fn points(&self, input: &Input, _: Context<'_>) -> Option<Points> {
        self.held(input).map(|(_, band)| band.points)
    }

    fn explained(&self, input: &Input, _: Context<'_>) -> Option<(Points, Matched)> {
        let (index, band) = self.held(input)?;
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        Some((band.points, Matched::Band { index, low: band.low(), high: band.high() }))
    }

    fn full(&self) -> Points {
        self.bands.iter().map(|band| band.points).max().unwrap_or_default()
    }

    fn least(&self) -> Points {
        self.bands.iter().map(|band| band.points).min().unwrap_or_default()
    }

    fn stops(&self, _: Context<'_>) -> Vec<i64> {
        self.bounds().collect()
    }

    fn moves(&self, _: Context<'_>) -> Moves {
        Moves::Stretches(self.bands.iter().map(Band::ends).filter(|(low, high)| low <= high).collect())
    }

    fn place(&self, input: &Input) -> Option<i64> {
        input.value()
    }

    /// The edge of the worst band.
    fn worst(&self, _: Context<'_>) -> i64 {
        let worst = self.bands.iter().min_by_key(|band| band.points);
        worst.map_or(0, |band| match (band.low(), band.high()) {
            (None, Some(_)) => band.ends().1,
            (Some(_), _) => band.ends().0,
            (None, None) => 0,
        })
    }

    /// From the lowest bound to the highest; with a single one, from nothing to it.
    fn span(&self, _: Context<'_>) -> u64 {
        match (self.bounds().min(), self.bounds().max()) {
            (Some(low), Some(high)) if low < high => high.abs_diff(low),
            (Some(only), _) => only.unsigned_abs(),
            _ => 1,
        }
    }
}
