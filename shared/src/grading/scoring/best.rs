//! In proportion to the best of the cohort.

use serde::{Deserialize, Serialize};

use super::{Context, Kind, Moves};
use crate::grading::{Input, Lack, Matched};
use crate::number::{Points, div_round, least_rounded, nearest};

/// Full marks × value ÷ best where higher is better, full marks × best ÷ value where lower is, rounded to
/// the hundredth by [`div_round`] and within zero and full marks. Without the cohort's best the value is
/// as good as missing.
///
/// The best stays what the cohort's was: a better value, in a trial, earns full marks. Where nobody has
/// anything, the best being zero or less, a value at or below zero has no share in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Best {
    /// Full marks: the points of the best.
    pub full: Points,
    /// Which values are better.
    pub better: Better,
}

/// Which of two values is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// The higher one.
    Higher,
    /// The lower one.
    Lower,
}

impl Better {
    /// The better of two values.
    #[must_use]
    pub fn of(self, one: i64, other: i64) -> i64 {
        match self {
            Self::Higher => one.max(other),
            Self::Lower => one.min(other),
        }
    }

    /// A value turned so that greater is better; the same again turns it back.
    #[must_use]
    pub const fn rank(self, value: i64) -> i64 {
        match self {
            Self::Higher => value,
            // Reverses the order of all integers, as negation does but for the least of them.
            Self::Lower => !value,
        }
    }
}

impl Best {
    fn exact(&self, value: i64, best: i64) -> i128 {
        let full = i128::from(self.full.get());
        let part = match self.better {
            Better::Higher if best <= 0 => None,
            Better::Higher => div_round(full * i128::from(value), best.into()),
            Better::Lower if value <= best => Some(full),
            Better::Lower if best <= 0 => None,
            Better::Lower => div_round(full * i128::from(best), value.into()),
        };
        part.unwrap_or(0)
    }
}

impl Kind for Best {
    fn points(&self, input: &Input, context: Context<'_>) -> Option<Points> {
        let exact = self.exact(input.value()?, context.best?);
        Some(Points::clamped(exact).min(self.full).max(Points::ZERO))
    }

    fn explained(&self, input: &Input, context: Context<'_>) -> Option<(Points, Matched)> {
        let points = self.points(input, context)?;
        let (value, best) = (input.value()?, context.best?);
        let beyond = self.better.of(value, best) != best;
        Some((points, Matched::Best { best, clamped: beyond || self.exact(value, best) < 0 }))
    }

    fn lacks(&self, context: Context<'_>) -> Option<Lack> {
        context.best.is_none().then_some(Lack::Cohort)
    }

    fn full(&self) -> Points {
        self.full.max(Points::ZERO)
    }

    fn least(&self) -> Points {
        Points::ZERO
    }

    fn is_worth(&self, weight: Points) -> bool {
        self.full == weight
    }

    fn stops(&self, context: Context<'_>) -> Vec<i64> {
        context.best.map_or_else(Vec::new, |best| vec![0, best])
    }

    fn first_with(&self, points: i64, context: Context<'_>) -> Option<i64> {
        let best = context.best.filter(|_| 0 < points && points <= self.full.get())?;
        let (full, wanted) = (i128::from(self.full.get()), i128::from(points));
        match self.better {
            Better::Higher => least_rounded(wanted, full, best.into()).map(nearest),
            Better::Lower if best <= 0 => Some(best),
            Better::Lower => (full * i128::from(best) * 2).checked_div(wanted * 2 - 1).map(nearest),
        }
    }

    fn moves(&self, context: Context<'_>) -> Moves {
        Moves::Towards(context.best)
    }

    fn place(&self, input: &Input) -> Option<i64> {
        input.value()
    }

    /// Nothing, or where lower is better, so much that it earns nothing.
    fn worst(&self, context: Context<'_>) -> i64 {
        let best = i128::from(context.best.unwrap_or(0));
        match self.better {
            Better::Higher => 0,
            Better::Lower => nearest((best * i128::from(self.full.get()) * 2).max(best) + 1),
        }
    }

    /// As much as the best itself, whichever way.
    fn span(&self, context: Context<'_>) -> u64 {
        context.best.unwrap_or(1).unsigned_abs()
    }
}
