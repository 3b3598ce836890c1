//! Judged levels.

use serde::{Deserialize, Serialize};

use super::{Kind, Moves, WHOLE, distance};
use crate::grading::{Input, Localized, Matched};
use crate::id::Label;
use crate::number::{BasisPoints, Points};

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

    fn effort(&self, from: &Input, to: &Input) -> BasisPoints {
        let position = |input: &Input| match input {
            Input::Judged { level } => self.position(level),
            Input::Measured { .. } | Input::Missing | Input::NotApplicable => None,
        };
        match (position(from), position(to)) {
            (Some(from), Some(to)) => distance(from, to, self.levels.len().saturating_sub(1) as i128),
            _ => BasisPoints::clamped(WHOLE),
        }
    }
}
