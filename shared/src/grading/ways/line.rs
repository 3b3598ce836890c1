//! A line of values to move along, which earns no fewer points with any step.

use super::mover::Move;
use crate::number::Points;

/// From where a customer stands to the best end.
pub(super) struct Line {
    pub(super) here: i64,
    end: i64,
    /// The values on it that are asked about, the nearest first.
    stops: Vec<i64>,
}

impl Line {
    pub(super) fn new(here: i64, end: i64, asked: impl Iterator<Item = i64>) -> Self {
        let on = here.min(end)..=here.max(end);
        let mut stops: Vec<i64> = asked.filter(|stop| on.contains(stop)).collect();
        stops.sort_by_key(|stop| stop.abs_diff(here));
        Self { here, end, stops }
    }

    /// The value so many steps along, and no farther than the end.
    fn at(&self, steps: u128) -> i64 {
        let length = self.end.abs_diff(self.here);
        let steps = u64::try_from(steps).map_or(length, |steps| steps.min(length));
        if self.here <= self.end {
            self.here.saturating_add_unsigned(steps)
        } else {
            self.here.saturating_sub_unsigned(steps)
        }
    }

    /// Ends it short of the move that reaches the goal alone. The new end is worth trying unless that
    /// move leads elsewhere and is nearer than the end was.
    pub(super) fn shorten(&mut self, alone: Option<&Move>) -> Option<i64> {
        let Some(alone) = alone else {
            return Some(self.end);
        };
        let on = self.here.min(self.end)..=self.here.max(self.end);
        let leads_there = alone.to.value().is_some_and(|value| on.contains(&value));
        let before = self.end;
        self.end = self.at(alone.apart.steps.saturating_sub(1));
        (leads_there || self.end == before).then_some(self.end)
    }

    /// The first value, within so many steps, for which a question is answered yes. Between the values that
    /// are asked about, only the score changes, never downwards, so that the answer can turn only where one
    /// of the scores at which the method turns is reached.
    pub(super) fn first(
        &self,
        steps: u128,
        turns: &[Points],
        score: impl Fn(i64) -> Points,
        yes: impl Fn(i64) -> bool,
    ) -> Option<i64> {
        let end = self.at(steps);
        let on_the_way = |stop: &i64| stop.abs_diff(self.here) < end.abs_diff(self.here);
        let mut start = self.here;
        for stop in self.stops.iter().copied().take_while(on_the_way).chain([end]) {
            if yes(start) {
                return Some(start);
            }
            let (low, high) = (score(start), score(stop));
            for turn in turns.iter().filter(|turn| low < **turn && **turn <= high) {
                let value = first_between(start, stop, |value| score(value) >= *turn);
                if yes(value) {
                    return Some(value);
                }
            }
            start = stop;
        }
        Some(end).filter(|end| yes(*end))
    }
}

/// The value nearest to one where a question is answered no, on the way to one where it is answered yes,
/// from which on the answer is yes.
fn first_between(no: i64, yes: i64, question: impl Fn(i64) -> bool) -> i64 {
    let (mut no, mut found) = (i128::from(no), i128::from(yes));
    while (found - no).abs() > 1 {
        let middle = no + (found - no) / 2;
        match i64::try_from(middle) {
            Ok(value) if question(value) => found = middle,
            _ => no = middle,
        }
    }
    i64::try_from(found).unwrap_or(yes)
}
