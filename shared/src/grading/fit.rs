//! Whether a value can stand where a policy asks for it.

use std::fmt;
use std::ops::RangeInclusive;

use super::{Input, Measure, Policy, Scoring};
use crate::id::{Key, Label};
use crate::number::MAX_SAFE;

/// Why a value cannot stand under a key. Its text says in English what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// The policy asks nothing under the key.
    Unasked,
    /// A level where a number is asked for.
    NotANumber,
    /// A number where a level is asked for.
    NotALevel,
    /// A level that is none of these.
    UnknownLevel(Vec<Label>),
    /// A number outside of [`Measure::range`].
    OutOfRange(RangeInclusive<i64>),
}

impl Misfit {
    /// Its code in the error envelope of the API.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unasked | Self::UnknownLevel(_) => "unknown",
            Self::NotANumber | Self::NotALevel => "format",
            Self::OutOfRange(_) => "range",
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unasked => f.write_str("must be an indicator or a fact of the policy"),
            Self::NotANumber => f.write_str("must be a number, not a level"),
            Self::NotALevel => f.write_str("must be a level, not a number"),
            Self::UnknownLevel(levels) => {
                let levels: Vec<&str> = levels.iter().map(Label::as_str).collect();
                write!(f, "must be one of {}", levels.join(", "))
            }
            Self::OutOfRange(range) => write!(f, "must be from {} to {}", range.start(), range.end()),
        }
    }
}

impl Measure {
    /// The raw integers that a figure of the measure can be, wide enough for any company: a mistake of
    /// typing is found, a strange year is not refused. `None` for levels.
    #[must_use]
    pub const fn range(self) -> Option<RangeInclusive<i64>> {
        match self {
            Self::Money => Some(-MAX_SAFE..=MAX_SAFE),
            // From −1 000 % to 100 000 %.
            Self::Ratio => Some(-100_000..=10_000_000),
            // A hundred years.
            Self::Days => Some(0..=36_500),
            Self::Months => Some(0..=1_200),
            Self::Count => Some(0..=MAX_SAFE),
            Self::Level => None,
        }
    }
}

impl Policy {
    /// Whether an input can stand under a key, in any segment. What is missing or does not apply can
    /// stand under every key that the policy asks for.
    ///
    /// # Errors
    /// [`Misfit`].
    pub fn fit(&self, key: &Key, input: &Input) -> Result<(), Misfit> {
        let (measure, levels) = self.asked_under(key).ok_or(Misfit::Unasked)?;
        match input {
            Input::Missing | Input::NotApplicable => Ok(()),
            Input::Judged { level } if levels.contains(level) => Ok(()),
            Input::Judged { .. } if levels.is_empty() => Err(Misfit::NotANumber),
            Input::Judged { .. } => Err(Misfit::UnknownLevel(levels)),
            Input::Measured { value } => match measure.range() {
                None => Err(Misfit::NotALevel),
                Some(range) if range.contains(value) => Ok(()),
                Some(range) => Err(Misfit::OutOfRange(range)),
            },
        }
    }

    /// What is asked under a key: in which measure, and the levels of any segment.
    fn asked_under(&self, key: &Key) -> Option<(Measure, Vec<Label>)> {
        if let Some(indicator) = self.indicators.iter().find(|one| one.key == *key) {
            let scorings = std::iter::once(&indicator.scoring).chain(indicator.by_segment.values());
            let levels = scorings.filter_map(|scoring| match scoring {
                Scoring::Levels(levels) => Some(levels.levels.iter().map(|level| level.key.clone())),
                _ => None,
            });
            return Some((indicator.measure, levels.flatten().collect()));
        }
        let fact = self.facts.iter().find(|one| one.key == *key)?;
        Some((fact.measure, fact.levels.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::default_policy;
    use super::*;

    fn judged(level: &str) -> Input {
        Input::Judged { level: Label::parse(level).unwrap() }
    }

    #[test]
    fn a_value_must_fit_its_key() {
        let policy = default_policy().unwrap();
        for (name, input, expected) in [
            ("annual_sales", Input::Measured { value: 1 }, None),
            ("annual_sales", Input::Measured { value: MAX_SAFE + 1 }, Some("range")),
            ("annual_sales", judged("A"), Some("format")),
            ("loyalty", judged("A"), None),
            ("loyalty", judged("Z"), Some("unknown")),
            ("loyalty", Input::Measured { value: 1 }, Some("format")),
            ("loyalty", Input::Missing, None),
            ("credit_rating", judged("AAA"), None),
            ("credit_rating", judged("E"), Some("unknown")),
            ("overdue_days", Input::Measured { value: -1 }, Some("range")),
            ("overdue_days", Input::Measured { value: 0 }, None),
            ("overdue_days", Input::Measured { value: 36_500 }, None),
            ("overdue_days", Input::Measured { value: 36_501 }, Some("range")),
            ("price_level", Input::Measured { value: 10_000_000 }, None),
            ("price_level", Input::Measured { value: 10_000_001 }, Some("range")),
            ("colour", Input::Missing, Some("unknown")),
        ] {
            let found = policy.fit(&Key::parse(name).unwrap(), &input).map_err(|misfit| misfit.code());
            assert_eq!(found.err(), expected, "{name} {input:?}");
        }
    }

    #[test]
    fn a_misfit_says_what_was_expected() {
        let policy = default_policy().unwrap();
        let said =
            |name, input: &Input| policy.fit(&Key::parse(name).unwrap(), input).unwrap_err().to_string();
        assert_eq!(said("overdue_days", &Input::Measured { value: -1 }), "must be from 0 to 36500");
        assert_eq!(said("loyalty", &judged("Z")), "must be one of A, B, C");
    }
}
