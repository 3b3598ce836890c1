//! The kinds of scoring to choose from, and what of a scoring is kept when its kind changes.

use shared::grading::scoring::{Band, Bands, Best, Better, End, Goal, Growth, Level, Levels, Linear, Target};
use shared::grading::{Indicator, Localized, Measure, Scoring};
use shared::id::Label;
use shared::number::{Points, div_round};

/// A kind of scoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Points by band.
    Bands,
    /// Points by judged level.
    Levels,
    /// On a line between two points.
    Linear,
    /// In proportion to a target.
    Target,
    /// In proportion to the best of all.
    Best,
    /// Per unit of growth.
    Growth,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Bands, Self::Levels, Self::Linear, Self::Target, Self::Best, Self::Growth];

    /// The kind of a scoring.
    #[must_use]
    pub const fn of(scoring: &Scoring) -> Self {
        match scoring {
            Scoring::Bands(_) => Self::Bands,
            Scoring::Levels(_) => Self::Levels,
            Scoring::Linear(_) => Self::Linear,
            Scoring::Target(_) => Self::Target,
            Scoring::Best(_) => Self::Best,
            Scoring::Growth(_) => Self::Growth,
        }
    }

    /// Its name on the wire and in a `select`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bands => "bands",
            Self::Levels => "levels",
            Self::Linear => "linear",
            Self::Target => "target",
            Self::Best => "best",
            Self::Growth => "growth",
        }
    }

    /// The kind of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether inputs of a measure can be scored so: judged ones by level, measured ones otherwise.
    #[must_use]
    pub fn fits(self, measure: Measure) -> bool {
        (self == Self::Levels) == (measure == Measure::Level)
    }
}

/// A value that a measure's scales commonly reach: where a rule has none yet.
#[must_use]
pub const fn common_value(measure: Measure) -> i64 {
    match measure {
        Measure::Money => 100_000_000,
        Measure::Ratio => 10_000,
        Measure::Days => 90,
        Measure::Months => 12,
        Measure::Count | Measure::Level => 10,
    }
}

/// The scoring of an indicator in another kind. What both kinds can say is kept: full marks, the ends of
/// the scale, the better direction, the points of levels.
#[must_use]
pub fn converted(indicator: &Indicator, scoring: &Scoring, kind: Kind) -> Scoring {
    if Kind::of(scoring) == kind {
        return scoring.clone();
    }
    let outline = Outline::of(scoring, indicator);
    let full = outline.most;
    match kind {
        Kind::Bands => Scoring::Bands(outline.bands()),
        Kind::Levels => Scoring::Levels(outline.levels()),
        Kind::Linear => Scoring::Linear(Linear {
            from: End { value: outline.worst, points: outline.least },
            to: End { value: outline.best, points: full },
        }),
        Kind::Target => {
            let target = Goal::Value(outline.best.max(1));
            Scoring::Target(Target { full, target, cap: None })
        }
        Kind::Best => {
            let better = if outline.rises() { Better::Higher } else { Better::Lower };
            Scoring::Best(Best { full, better })
        }
        Kind::Growth => Scoring::Growth(outline.growth()),
    }
}

/// What any scoring says of itself: where least and most is earned.
struct Outline {
    worst: i64,
    best: i64,
    least: Points,
    most: Points,
    /// The points of its steps, best first.
    steps: Vec<Points>,
}

impl Outline {
    fn of(scoring: &Scoring, indicator: &Indicator) -> Self {
        let whole = common_value(indicator.measure);
        let (zero, weight) = (Points::ZERO, indicator.weight);
        let plain = |worst, best, least, most| Self { worst, best, least, most, steps: Vec::new() };
        match scoring {
            Scoring::Bands(rule) => {
                let points = || rule.bands.iter().map(|band| band.points);
                let best = rule.bands.iter().max_by_key(|band| band.points);
                let worst = rule.bands.iter().min_by_key(|band| band.points);
                let edge = |band: Option<&Band>| {
                    let band = band?;
                    band.low().or_else(|| band.high()).map(|bound| bound.value)
                };
                Self {
                    worst: edge(worst).unwrap_or(0),
                    best: edge(best).unwrap_or(whole),
                    least: points().min().unwrap_or(zero),
                    most: points().max().unwrap_or(weight),
                    steps: points().collect(),
                }
                .apart(whole)
            }
            Scoring::Levels(rule) => {
                let points: Vec<Points> = rule.levels.iter().map(|level| level.points).collect();
                let least = points.iter().min().copied().unwrap_or(zero);
                let most = points.iter().max().copied().unwrap_or(weight);
                Self { worst: 0, best: whole, least, most, steps: points }
            }
            Scoring::Linear(rule) => {
                let rising = rule.from.points <= rule.to.points;
                let (low, high) = if rising { (rule.from, rule.to) } else { (rule.to, rule.from) };
                plain(low.value, high.value, low.points, high.points)
            }
            Scoring::Target(rule) => {
                let goal = match rule.target {
                    Goal::Value(value) => value,
                    Goal::Input(_) => whole,
                };
                plain(0, goal, zero, rule.full).apart(whole)
            }
            Scoring::Best(rule) => match rule.better {
                Better::Higher => plain(0, whole, zero, rule.full),
                Better::Lower => plain(whole, 0, zero, rule.full),
            },
            Scoring::Growth(rule) => {
                let reach = |points: Points| {
                    let short = i128::from(points.get()) - i128::from(rule.base.get());
                    let units = div_round(short * i128::from(rule.unit), rule.per_unit.get().into());
                    let value = units.unwrap_or(0).saturating_add(rule.origin.into());
                    i64::try_from(value).unwrap_or(rule.origin)
                };
                plain(reach(rule.floor), reach(rule.ceiling), rule.floor, rule.ceiling).apart(whole)
            }
        }
    }

    /// With two different ends, as every scale needs.
    fn apart(mut self, whole: i64) -> Self {
        if self.worst == self.best {
            self.worst = self.best.saturating_sub(whole);
        }
        self
    }

    fn rises(&self) -> bool {
        self.best >= self.worst
    }

    /// Three bands between the ends, or as many as there were steps.
    fn bands(&self) -> Bands {
        let steps = if self.steps.len() >= 2 {
            self.steps.clone()
        } else {
            let middle = div_round(i128::from(self.least.get()) + i128::from(self.most.get()), 2);
            vec![self.most, Points::clamped(middle.unwrap_or(0)), self.least]
        };
        let cuts = steps.len().saturating_sub(1);
        let at = |cut: usize| {
            let (cut, parts) = (i128::try_from(cut).unwrap_or(0), i128::try_from(cuts).unwrap_or(1));
            let run = i128::from(self.worst) - i128::from(self.best);
            let value = div_round(run * cut, parts.max(1)).unwrap_or(0) + i128::from(self.best);
            i64::try_from(value).unwrap_or(self.best)
        };
        let band = |(index, points): (usize, &Points)| {
            let inner = (index < cuts).then(|| at(index));
            let outer = index.checked_sub(1).map(at);
            let empty = Band { at_least: None, above: None, at_most: None, below: None, points: *points };
            if self.rises() {
                Band { at_least: inner, below: outer, ..empty }
            } else {
                Band { at_most: inner, above: outer, ..empty }
            }
        };
        Bands { bands: steps.iter().enumerate().map(band).collect() }
    }

    fn levels(&self) -> Levels {
        let steps = if self.steps.len() >= 2 { self.steps.clone() } else { vec![self.most, self.least] };
        let nothing = Localized { zh: String::new(), en: String::new() };
        let level = |(index, points): (usize, &Points)| {
            let key = Label::parse(&letter(index)).ok()?;
            Some(Level { key, points: *points, meaning: nothing.clone() })
        };
        Levels { levels: steps.iter().enumerate().filter_map(level).collect() }
    }

    /// A straight growth from the worst end to the best one, in ten units.
    fn growth(&self) -> Growth {
        let run = (i128::from(self.best) - i128::from(self.worst)).abs();
        let unit = i64::try_from(run / 10).unwrap_or(1).max(1);
        let rise = i128::from(self.most.get()) - i128::from(self.least.get());
        let each = div_round(rise * i128::from(unit), run).unwrap_or(0);
        let per_unit = Points::clamped(if self.rises() { each } else { -each });
        Growth {
            base: self.least,
            origin: self.worst,
            unit,
            per_unit,
            whole_units: false,
            floor: self.least,
            ceiling: self.most,
        }
    }
}

/// The key of the level at a position: `A` to `Z`, then numbers.
#[must_use]
pub fn letter(position: usize) -> String {
    u8::try_from(position)
        .ok()
        .and_then(|at| b'A'.checked_add(at))
        .filter(u8::is_ascii_uppercase)
        .map_or_else(|| position.saturating_add(1).to_string(), |letter| char::from(letter).to_string())
}

#[cfg(test)]
mod tests {
    use shared::grading::{check, default_policy};

    use super::*;

    #[test]
    fn every_change_of_kind_keeps_full_marks_and_is_no_mistake() {
        let policy = default_policy().unwrap();
        for (index, indicator) in policy.indicators.iter().enumerate() {
            for first in Kind::ALL {
                for second in Kind::ALL.into_iter().filter(|kind| kind.fits(Measure::Ratio)) {
                    let mut changed = policy.clone();
                    let own = &mut changed.indicators[index];
                    own.measure = Measure::Ratio;
                    own.scoring = converted(own, &converted(own, &indicator.scoring, first), second);
                    let path = format!("indicators.{index}.");
                    let wrong: Vec<_> =
                        check(&changed).into_iter().filter(|one| one.path.starts_with(&path)).collect();
                    assert!(wrong.is_empty(), "{} {first:?} {second:?}: {wrong:?}", indicator.key);
                }
            }
        }
    }

    #[test]
    fn what_can_be_kept_is_kept() {
        let policy = default_policy().unwrap();
        let collection = policy.indicators.iter().find(|one| one.key.as_str() == "collection").unwrap();
        let Scoring::Linear(line) = converted(collection, &collection.scoring, Kind::Linear) else {
            panic!("a line")
        };
        assert_eq!((line.to.value, line.to.points.get()), (9_500, 2_000));
        assert_eq!(line.from.points.get(), 0);
        let loyalty = policy.indicators.iter().find(|one| one.key.as_str() == "loyalty").unwrap();
        let Scoring::Bands(bands) = converted(loyalty, &loyalty.scoring, Kind::Bands) else {
            panic!("bands")
        };
        let Scoring::Levels(levels) = &loyalty.scoring else { panic!("levels") };
        let points = |all: Vec<Points>| all;
        assert_eq!(
            points(bands.bands.iter().map(|one| one.points).collect()),
            points(levels.levels.iter().map(|one| one.points).collect())
        );
    }

    #[test]
    fn levels_are_lettered() {
        assert_eq!([letter(0), letter(25), letter(26), letter(300)], ["A", "Z", "27", "301"]);
    }
}
