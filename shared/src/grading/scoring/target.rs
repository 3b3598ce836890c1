//! In proportion to a target.

use serde::{Deserialize, Serialize};

use super::{Context, Kind, Moves, div_away};
use crate::grading::{Input, Lack, Matched};
use crate::id::Key;
use crate::number::{Points, div_round, least_rounded, nearest};

/// Full marks × value ÷ target, rounded to the hundredth by [`div_round`]; never below zero and never
/// above the cap. Without a target above zero the value is as good as missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Full marks: the points at the target.
    pub full: Points,
    /// The target.
    pub target: Goal,
    /// The most points, for more than the target; full marks when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Points>,
}

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// The same for everybody, in the indicator's measure.
    Value(i64),
    /// Each customer's own, as another input says.
    Input(Key),
}

impl Target {
    /// The target, when there is one above zero.
    fn target(&self, context: Context<'_>) -> Option<i64> {
        let target = match &self.target {
            Goal::Value(value) => Some(*value),
            Goal::Input(key) => context.inputs.get(key).value(),
        };
        target.filter(|target| *target > 0)
    }

    /// The points of an input before floor and cap, and by which target.
    fn exact(&self, input: &Input, context: Context<'_>) -> Option<(i128, i64)> {
        let (value, target) = (input.value()?, self.target(context)?);
        Some((div_round(i128::from(self.full.get()) * i128::from(value), target.into())?, target))
    }

    fn cap(&self) -> Points {
        self.cap.unwrap_or(self.full).max(Points::ZERO)
    }

    /// The first value that earns the cap.
    fn end(&self, context: Context<'_>) -> i64 {
        let exact =
            |target| div_away(i128::from(self.cap().get()) * i128::from(target), i128::from(self.full.get()));
        self.target(context).and_then(exact).map_or(0, nearest).max(0)
    }
}

impl Kind for Target {
    fn points(&self, input: &Input, context: Context<'_>) -> Option<Points> {
        let (exact, _) = self.exact(input, context)?;
        Some(Points::clamped(exact).min(self.cap()).max(Points::ZERO))
    }

    fn explained(&self, input: &Input, context: Context<'_>) -> Option<(Points, Matched)> {
        let points = self.points(input, context)?;
        let (exact, target) = self.exact(input, context)?;
        let input = match &self.target {
            Goal::Value(_) => None,
            Goal::Input(key) => Some(key.clone()),
        };
        let clamped = !(0..=i128::from(self.cap().get())).contains(&exact);
        Some((points, Matched::Target { target, input, clamped }))
    }

    fn lacks(&self, context: Context<'_>) -> Option<Lack> {
        let input = match &self.target {
            Goal::Value(_) => None,
            Goal::Input(key) => Some(key.clone()),
        };
        self.target(context).is_none().then_some(Lack::Target { input })
    }

    fn full(&self) -> Points {
        self.cap()
    }

    fn least(&self) -> Points {
        Points::ZERO
    }

    fn is_worth(&self, weight: Points) -> bool {
        self.full == weight
    }

    fn stops(&self, context: Context<'_>) -> Vec<i64> {
        let target = self.target(context);
        target.map_or_else(Vec::new, |target| vec![0, target, self.end(context)])
    }

    fn first_with(&self, points: i64, context: Context<'_>) -> Option<i64> {
        let target = self.target(context).filter(|_| 0 < points && points <= self.cap().get())?;
        least_rounded(points.into(), self.full.get().into(), target.into()).map(nearest)
    }

    fn moves(&self, context: Context<'_>) -> Moves {
        Moves::Towards(Some(self.end(context)))
    }

    fn place(&self, input: &Input) -> Option<i64> {
        input.value()
    }

    fn worst(&self, _: Context<'_>) -> i64 {
        0
    }

    fn span(&self, context: Context<'_>) -> u64 {
        self.end(context).unsigned_abs()
    }
}
