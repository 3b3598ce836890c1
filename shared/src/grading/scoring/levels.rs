//! Judged levels.

use serde::{Deserialize, Serialize};

use super::{Context, Kind, Moves};
use crate::grading::{Input, Localized, Matched};
use crate::id::Label;
use crate::number::Points;

/// Points by the level that a person judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// The levels, best first.
    pub levels: Vec<Level>,
}

/// A judged level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Its key, `A`.
    pub key: Label,
    /// Points it earns.
    pub points: Points,
    /// What it means.
    pub meaning: Localized,
}

impl Levels {
    fn judged(&self, input: &Input) -> Option<&Level> {
        match input {
            Input::Judged { level: key } => self.levels.iter().find(|level| level.key == *key),
            Input::Measured { .. } | Input::Missing | Input::NotApplicable => None,
        }
    }

    fn position(&self, key: &Label) -> Option<i64> {
        self.levels.iter().position(|level| level.key == *key).and_then(|index| i64::try_from(index).ok())
    }
}

impl Kind for Levels {
    fn points(&self, input: &Input, _: Context<'_>) -> Option<Points> {
        self.judged(input).map(|level| level.points)
    }

    fn explained(&self, input: &Input, _: Context<'_>) -> Option<(Points, Matched)> {
        self.judged(input).map(|level| (level.points, Matched::Level { level: level.key.clone() }))
    }

    fn full(&self) -> Points {
        self.levels.iter().map(|level| level.points).max().unwrap_or_default()
    }

    fn least(&self) -> Points {
        self.levels.iter().map(|level| level.points).min().unwrap_or_default()
    }

    fn stops(&self, _: Context<'_>) -> Vec<i64> {
        Vec::new()
    }

    fn moves(&self, _: Context<'_>) -> Moves {
        Moves::Levels(self.levels.iter().map(|level| level.key.clone()).collect())
    }

    fn place(&self, input: &Input) -> Option<i64> {
        match input {
            Input::Judged { level } => self.position(level),
            Input::Measured { .. } | Input::Missing | Input::NotApplicable => None,
        }
    }

    fn worst(&self, _: Context<'_>) -> i64 {
        let worst = self.levels.iter().min_by_key(|level| level.points);
        worst.and_then(|level| self.position(&level.key)).unwrap_or(0)
    }

    fn span(&self, _: Context<'_>) -> u64 {
        self.levels.len().saturating_sub(1) as u64
    }
}
