//! A straight line between two points, flat outside them.

use serde::{Deserialize, Serialize};

use super::{Context, Kind, Moves};
use crate::grading::{Input, Matched};
use crate::number::{Points, div_round, least_rounded, nearest};

/// Points on the line between two ends, rounded to the hundredth by [`div_round`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Linear {
    /// One end.
    pub from: End,
    /// The other end, at another value.
    pub to: End,
}

/// An end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct End {
    /// The input, in the indicator's measure.
    pub value: i64,
    /// The points there.
    pub points: Points,
}

impl Linear {
    /// The ends by value, lower first.
    fn ends(&self) -> (End, End) {
        if self.from.value <= self.to.value { (self.from, self.to) } else { (self.to, self.from) }
    }
}

impl Kind for Linear {
    fn points(&self, input: &Input, _: Context<'_>) -> Option<Points> {
        let (low, high) = self.ends();
        let inside = input.value()?.clamp(low.value, high.value);
        let run = i128::from(high.value) - i128::from(low.value);
        let rise = i128::from(high.points.get()) - i128::from(low.points.get());
        let step = i128::from(inside) - i128::from(low.value);
        let gained = div_round(step * rise, run).unwrap_or(0);
        Some(Points::clamped(i128::from(low.points.get()) + gained))
    }

    fn explained(&self, input: &Input, context: Context<'_>) -> Option<(Points, Matched)> {
        let (low, high) = self.ends();
        let inside = low.value..=high.value;
        let clamped = !inside.contains(&input.value()?);
        Some((self.points(input, context)?, Matched::Linear { clamped }))
    }

    fn full(&self) -> Points {
        self.from.points.max(self.to.points)
    }

    fn least(&self) -> Points {
        self.from.points.min(self.to.points)
    }

    fn stops(&self, _: Context<'_>) -> Vec<i64> {
        vec![self.from.value, self.to.value]
    }

    fn first_with(&self, points: i64, _: Context<'_>) -> Option<i64> {
        let (low, high) = self.ends();
        let run = i128::from(high.value) - i128::from(low.value);
        let rise = i128::from(high.points.get()) - i128::from(low.points.get());
        let wanted = i128::from(points) - i128::from(low.points.get());
        let steps = if 0 < wanted && wanted <= rise {
            least_rounded(wanted, rise, run)?
        } else if rise < wanted && wanted <= 0 {
            // Downwards it is the last that has not lost too much.
            least_rounded(1 - wanted, -rise, run)? - 1
        } else {
            return None;
        };
        Some(nearest(i128::from(low.value) + steps))
    }

    fn moves(&self, _: Context<'_>) -> Moves {
        let best = if self.from.points <= self.to.points { self.to } else { self.from };
        Moves::Towards(Some(best.value))
    }

    fn place(&self, input: &Input) -> Option<i64> {
        input.value()
    }

    fn worst(&self, _: Context<'_>) -> i64 {
        if self.from.points <= self.to.points { self.from.value } else { self.to.value }
    }

    fn span(&self, _: Context<'_>) -> u64 {
        self.to.value.abs_diff(self.from.value)
    }
}
