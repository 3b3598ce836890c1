//! A straight line between two points, flat outside them.

use serde::{Deserialize, Serialize};

use super::{Kind, Moves};
use crate::grading::{Input, Matched};
use crate::number::{Points, div_round};

/// Points on the line between two ends, rounded to the hundredth by [`div_round`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    fn score(&self, input: &Input) -> Option<(Points, Matched)> {
        let Input::Measured { value } = input else {
            return None;
        };
        let (low, high) = self.ends();
        let inside = (*value).clamp(low.value, high.value);
        let run = i128::from(high.value) - i128::from(low.value);
        let rise = i128::from(high.points.get()) - i128::from(low.points.get());
        let step = i128::from(inside) - i128::from(low.value);
        let gained = div_round(step * rise, run).unwrap_or(0);
        let points = Points::clamped(i128::from(low.points.get()) + gained);
        Some((points, Matched::Linear { clamped: inside != *value }))
    }

    fn full(&self) -> Points {
        self.from.points.max(self.to.points)
    }

    fn moves(&self, from: &Input) -> Moves {
        let best = if self.from.points <= self.to.points { self.to } else { self.from };
        Moves::Towards(from.value().unwrap_or(self.worst()), best.value)
    }

    fn place(&self, input: &Input) -> Option<i64> {
        input.value()
    }

    fn worst(&self) -> i64 {
        if self.from.points <= self.to.points { self.from.value } else { self.to.value }
    }

    fn span(&self) -> i128 {
        let (low, high) = self.ends();
        i128::from(high.value) - i128::from(low.value)
    }
}
