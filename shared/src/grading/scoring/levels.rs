//! Judged levels.

use serde::{Deserialize, Serialize};

use super::{Kind, Moves};
use crate::grading::{Input, Localized, Matched};
use crate::id::Label;
use crate::number::Points;

/// Points by the level that a person judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Levels {
    /// The levels, best first.
    pub levels: Vec<Level>,
}

/// A judged level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    fn position(&self, key: &Label) -> Option<i64> {
        self.levels.iter().position(|level| level.key == *key).and_then(|index| i64::try_from(index).ok())
    }
}

impl Kind for Levels {
    fn score(&self, input: &Input) -> Option<(Points, Matched)> {
        let Input::Judged { level: key } = input else {
            return None;
        };
        let level = self.levels.iter().find(|level| level.key == *key)?;
        Some((level.points, Matched::Level { level: key.clone() }))
    }

    fn full(&self) -> Points {
        self.levels.iter().map(|level| level.points).max().unwrap_or_default()
    }

    fn moves(&self, from: &Input) -> Moves {
        let each = self.levels.iter().map(|level| Input::Judged { level: level.key.clone() });
        Moves::Each(each.filter(|to| to != from).collect())
    }

    fn place(&self, input: &Input) -> Option<i64> {
        match input {
            Input::Judged { level } => self.position(level),
            Input::Measured { .. } | Input::Missing | Input::NotApplicable => None,
        }
    }

    fn worst(&self) -> i64 {
        let worst = self.levels.iter().min_by_key(|level| level.points);
        worst.and_then(|level| self.position(&level.key)).unwrap_or(0)
    }

    fn span(&self) -> i128 {
        self.levels.len().saturating_sub(1) as i128
    }
}
