//! The picture of a scoring: points over values, on an axis whose stretches between two bounds are
//! equally long, so that 10 to 30 is seen as well as 500 to 1,000.

use shared::grading::scoring::{Bands, Better, Goal, Growth, Levels};
use shared::grading::{Measure, Scoring};
use shared::ledger::Lang;
use shared::number::{Points, div_round};

use super::measure::{points_short, value};
use crate::texts;

/// The width of the picture's own units.
pub const WIDTH: i64 = 320;
/// Its height, without the labels under it.
pub const HEIGHT: i64 = 80;
/// Room over the highest point and under the lowest.
const MARGIN: i64 = 8;

/// What is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Curve {
    /// Lines, as the `d` of an SVG path.
    pub path: String,
    /// Ends of steps: whether the value itself belongs to the step.
    pub dots: Vec<Dot>,
    /// Columns of judged levels: left edge, width, top.
    pub columns: Vec<(i64, i64, i64)>,
    /// Marks of the axis.
    pub ticks: Vec<Tick>,
    /// The height of no points.
    pub zero: i64,
    /// The most points, and the fewest where they are below nothing, with their heights.
    pub marks: Vec<Tick>,
}

/// An end of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dot {
    /// From the left.
    pub x: i64,
    /// From the top.
    pub y: i64,
    /// Whether it belongs to the step.
    pub closed: bool,
}

/// A mark with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// From the left, or from the top.
    pub at: i64,
    /// What stands there.
    pub text: String,
}

/// The picture of a scoring. What is compared with the best, or with each customer's own target, is
/// drawn over parts of it.
#[must_use]
pub fn curve(lang: Lang, measure: Measure, scoring: &Scoring) -> Curve {
    match scoring {
        Scoring::Bands(rule) => bands(measure, rule),
        Scoring::Levels(rule) => levels(rule),
        Scoring::Linear(rule) => {
            let ends = [(rule.from.value, rule.from.points), (rule.to.value, rule.to.points)];
            line(&ends, |raw| value(measure, raw))
        }
        Scoring::Target(rule) => {
            let cap = rule.cap.unwrap_or(rule.full);
            let (goal, name): (i64, fn(i64) -> i64) = match rule.target {
                Goal::Value(goal) if goal > 0 => (goal, |raw| raw),
                Goal::Value(_) | Goal::Input(_) => (10_000, |raw| raw),
            };
            let reach = div_round(i128::from(goal) * i128::from(cap.get()), rule.full.get().into());
            let reach = reach.and_then(|reach| i64::try_from(reach).ok()).unwrap_or(goal);
            let mut ends = vec![(0, Points::ZERO), (goal, rule.full), (reach, cap)];
            ends.dedup_by_key(|end| end.0);
            let own = matches!(rule.target, Goal::Input(_));
            line(&ends, |raw| {
                if own { format!("{} %", value(Measure::Ratio, name(raw))) } else { value(measure, raw) }
            })
        }
        Scoring::Best(rule) => {
            let ends = match rule.better {
                Better::Higher => [(0, Points::ZERO), (1, rule.full)],
                Better::Lower => [(0, rule.full), (1, Points::ZERO)],
            };
            let best = texts::studio::curve::best(lang);
            let is_best = |raw: i64| (raw == 1) == (rule.better == Better::Higher);
            line(&ends, |raw| if is_best(raw) { best.to_owned() } else { String::new() })
        }
        Scoring::Growth(rule) => growth(measure, rule),
    }
}

/// Heights: the most points near the top, nothing or the fewest near the bottom.
struct Heights {
    low: i64,
    high: i64,
}

impl Heights {
    fn of(points: impl Iterator<Item = Points> + Clone) -> Self {
        let low = points.clone().map(Points::get).min().unwrap_or(0).min(0);
        Self { low, high: points.map(Points::get).max().unwrap_or(0).max(low.saturating_add(1)) }
    }

    fn of_points(&self, points: Points) -> i64 {
        let (run, whole) =
            (i128::from(self.high) - i128::from(points.get()), i128::from(self.high) - i128::from(self.low));
        let down = div_round(run * i128::from(HEIGHT - 2 * MARGIN), whole).unwrap_or(0);
        i64::try_from(down).unwrap_or(0).saturating_add(MARGIN)
    }

    fn marks(&self) -> Vec<Tick> {
        let mark = |raw: i64| {
            let points = Points::clamped(raw.into());
            Tick { at: self.of_points(points), text: points_short(points) }
        };
        let mut all = vec![mark(self.high)];
        if self.low < 0 {
            all.push(mark(self.low));
        }
        all
    }

    fn curve(&self) -> Curve {
        Curve { zero: self.of_points(Points::ZERO), marks: self.marks(), ..Curve::default() }
    }
}

/// Places: the stops at equal distances, and a stretch beyond the outermost ones.
struct Places(Vec<i64>);

impl Places {
    fn of(mut stops: Vec<i64>) -> Self {
        stops.sort_unstable();
        stops.dedup();
        Self(stops)
    }

    fn stretch(&self, number: usize) -> i64 {
        let all = i64::try_from(self.0.len()).unwrap_or(0).saturating_add(1);
        i64::try_from(number).unwrap_or(0).saturating_mul(WIDTH) / all.max(1)
    }

    /// The place of a value, between two stops in proportion.
    fn of_value(&self, value: i64) -> i64 {
        let above = self.0.iter().position(|stop| *stop >= value).unwrap_or(self.0.len());
        let (Some(low), Some(high)) = (above.checked_sub(1).and_then(|at| self.0.get(at)), self.0.get(above))
        else {
            let first = self.0.first().is_some_and(|first| value <= *first);
            return if first { self.stretch(1) } else { self.stretch(self.0.len()) };
        };
        let (from, to) = (self.stretch(above), self.stretch(above.saturating_add(1)));
        let part = (i128::from(value) - i128::from(*low)) * i128::from(to - from);
        let inside = div_round(part, i128::from(*high) - i128::from(*low)).unwrap_or(0);
        from.saturating_add(i64::try_from(inside).unwrap_or(0))
    }

    fn ticks(&self, text: impl Fn(i64) -> String) -> Vec<Tick> {
        // Too many labels would lie over each other; every one of them stands in the table as well.
        let step = self.0.len().div_ceil(6).max(1);
        let shown = self.0.iter().step_by(step);
        shown.map(|stop| Tick { at: self.of_value(*stop), text: text(*stop) }).collect()
    }
}

fn bands(measure: Measure, rule: &Bands) -> Curve {
    let heights = Heights::of(rule.bands.iter().map(|band| band.points));
    let bounds = rule.bands.iter().flat_map(|band| [band.low(), band.high()]).flatten();
    let places = Places::of(bounds.map(|bound| bound.value).collect());
    let mut curve = heights.curve();
    for band in &rule.bands {
        let y = heights.of_points(band.points);
        let (low, high) = (band.low(), band.high());
        let from = low.map_or(0, |bound| places.of_value(bound.value));
        let to = high.map_or(WIDTH, |bound| places.of_value(bound.value));
        if from > to {
            continue;
        }
        curve.path.push_str(&format!("M{from} {y}H{to}"));
        let dot = |bound: shared::grading::Bound| Dot {
            x: places.of_value(bound.value),
            y,
            closed: bound.inclusive,
        };
        curve.dots.extend(low.into_iter().chain(high).map(dot));
    }
    curve.ticks = places.ticks(|raw| value(measure, raw));
    curve
}

fn levels(rule: &Levels) -> Curve {
    let heights = Heights::of(rule.levels.iter().map(|level| level.points));
    let count = i64::try_from(rule.levels.len()).unwrap_or(1).max(1);
    let each = WIDTH / count;
    let mut curve = heights.curve();
    for (at, level) in (0_i64..).zip(&rule.levels) {
        let left = at * each;
        curve.columns.push((left + each / 6, each * 2 / 3, heights.of_points(level.points)));
        curve.ticks.push(Tick { at: left + each / 2, text: level.key.to_string() });
    }
    curve
}

/// A line through some points, flat beyond the ends.
fn line(ends: &[(i64, Points)], text: impl Fn(i64) -> String) -> Curve {
    let mut ends = ends.to_vec();
    ends.sort_by_key(|end| end.0);
    let heights = Heights::of(ends.iter().map(|end| end.1));
    let places = Places::of(ends.iter().map(|end| end.0).collect());
    let mut curve = heights.curve();
    if let (Some(first), Some(last)) = (ends.first(), ends.last()) {
        curve.path.push_str(&format!("M0 {}", heights.of_points(first.1)));
        for (raw, points) in &ends {
            let (x, y) = (places.of_value(*raw), heights.of_points(*points));
            curve.path.push_str(&format!("L{x} {y}"));
            curve.dots.push(Dot { x, y, closed: true });
        }
        curve.path.push_str(&format!("L{WIDTH} {}", heights.of_points(last.1)));
    }
    curve.ticks = places.ticks(text);
    curve
}

/// Most steps that are drawn one by one.
const STEPS: i128 = 24;

fn growth(measure: Measure, rule: &Growth) -> Curve {
    let text = |raw: i64| value(measure, raw);
    let (unit, each) = (i128::from(rule.unit), i128::from(rule.per_unit.get()));
    let reach = |points: Points| {
        let short = i128::from(points.get()) - i128::from(rule.base.get());
        let run = div_round(short * unit, each)?;
        i64::try_from(run.saturating_add(rule.origin.into())).ok()
    };
    let ends = [
        (reach(rule.floor), rule.floor),
        (reach(rule.ceiling), rule.ceiling),
        (Some(rule.origin), rule.base),
    ];
    let mut ends: Vec<(i64, Points)> =
        ends.into_iter().filter_map(|(value, points)| Some((value?, points))).collect();
    ends.sort_by_key(|end| end.0);
    ends.dedup_by_key(|end| end.0);
    let run =
        ends.first().zip(ends.last()).map_or(0, |(first, last)| i128::from(last.0) - i128::from(first.0));
    if !rule.whole_units || unit <= 0 || run / unit > STEPS {
        return line(&ends, text);
    }
    // A staircase: a unit counts when it is completed, away from the origin on both sides.
    let heights = Heights::of(ends.iter().map(|end| end.1));
    let places = Places::of(ends.iter().map(|end| end.0).collect());
    let mut curve = heights.curve();
    let at = |value: i64| {
        let units = (i128::from(value) - i128::from(rule.origin)) / unit;
        let earned = Points::clamped(units * each + i128::from(rule.base.get()));
        heights.of_points(earned.max(rule.floor).min(rule.ceiling))
    };
    let (first, last) = (ends.first().map_or(0, |end| end.0), ends.last().map_or(0, |end| end.0));
    curve.path.push_str(&format!("M0 {}", at(first)));
    let mut value = first;
    while value <= last {
        curve.path.push_str(&format!("H{}V{}", places.of_value(value), at(value)));
        let Some(next) = value.checked_add(rule.unit) else { break };
        value = next;
    }
    curve.path.push_str(&format!("H{WIDTH}"));
    curve.ticks = places.ticks(text);
    curve
}

#[cfg(test)]
mod tests {
    use shared::grading::default_policy;

    use super::*;
    use crate::derive::policy_difference::tests::rich;

    fn drawn(key: &str) -> Curve {
        let policy = default_policy().unwrap();
        let one = policy.indicators.iter().find(|one| one.key.as_str() == key).unwrap();
        curve(Lang::Zh, one.measure, &one.scoring)
    }

    #[test]
    fn bands_are_steps_whose_ends_say_what_belongs_to_them() {
        let sales = drawn("annual_sales");
        // Six bounds, seven stretches of equal length.
        let texts: Vec<&str> = sales.ticks.iter().map(|tick| tick.text.as_str()).collect();
        assert_eq!(texts, ["10", "30", "80", "200", "500", "1,000"]);
        assert_eq!(sales.ticks[0].at, WIDTH / 7);
        assert_eq!(sales.path.matches('M').count(), 7);
        assert!(sales.path.starts_with(&format!("M274 {MARGIN}H{WIDTH}")), "{}", sales.path);
        assert_eq!(sales.dots.iter().filter(|dot| dot.closed).count(), 6);
        assert_eq!(sales.dots.iter().filter(|dot| !dot.closed).count(), 6);
        assert_eq!((sales.zero, sales.marks[0].text.as_str()), (HEIGHT - MARGIN, "30"));
    }

    #[test]
    fn lines_are_flat_beyond_their_ends() {
        let potential = drawn("potential");
        assert_eq!(potential.path, format!("M0 72L{} 72L{} 8L{WIDTH} 8", WIDTH / 3, WIDTH * 2 / 3));
        assert_eq!(potential.ticks[0].text, "\u{2212}10");
    }

    #[test]
    fn levels_are_columns() {
        let loyalty = drawn("loyalty");
        assert_eq!((loyalty.columns.len(), loyalty.path.as_str()), (3, ""));
        assert!(loyalty.columns[0].2 < loyalty.columns[2].2);
    }

    #[test]
    fn every_kind_stays_in_its_frame() {
        for indicator in rich().indicators {
            for scoring in std::iter::once(&indicator.scoring).chain(indicator.by_segment.values()) {
                let curve = curve(Lang::En, indicator.measure, scoring);
                assert!(!curve.path.is_empty() || !curve.columns.is_empty(), "{}", indicator.key);
                assert!(
                    curve
                        .dots
                        .iter()
                        .all(|dot| (0..=WIDTH).contains(&dot.x) && (0..=HEIGHT).contains(&dot.y))
                );
                assert!(curve.ticks.iter().all(|tick| (0..=WIDTH).contains(&tick.at)));
            }
        }
    }

    #[test]
    fn a_staircase_has_a_step_for_every_unit() {
        let rule = Growth {
            base: Points::ZERO,
            origin: 0,
            unit: 100,
            per_unit: Points::clamped(100),
            whole_units: true,
            floor: Points::ZERO,
            ceiling: Points::clamped(500),
        };
        let drawn = growth(Measure::Ratio, &rule);
        assert_eq!(drawn.path.matches('V').count(), 6);
        let wild = Growth { unit: 0, per_unit: Points::ZERO, origin: i64::MAX, ..rule };
        assert!(growth(Measure::Ratio, &wild).ticks.len() <= 1);
    }
}
