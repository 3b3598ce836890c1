//! A line of values to move along, which earns no fewer points with any step.

use super::mover::Move;

/// From where a customer stands to the best end.
pub(super) struct Line {
    pub(super) here: i64,
    end: i64,
    /// The values on it that are asked about, the nearest first.
    stops: Vec<i64>,
}

/// What is looked for on a line: the first value for which the answer is yes.
pub(super) struct Question<'q> {
    /// The heights at which the answer may turn, ascending.
    pub(super) turns: &'q [i128],
    /// The height at a value.
    pub(super) height: &'q dyn Fn(i64) -> i128,
    pub(super) yes: &'q dyn Fn(i64) -> bool,
    /// Whether the height never falls along the line, so that it may be guessed where it is reached. Where
    /// two indicators of a policy with mistakes share an input, it may.
    pub(super) is_even: bool,
}

impl Line {
    pub(super) fn new(here: i64, end: i64, asked: impl Iterator<Item = i64>) -> Self {
        let on = here.min(end)..=here.max(end);
        let mut stops: Vec<i64> = asked.filter(|stop| on.contains(stop)).collect();
        stops.sort_by_key(|stop| stop.abs_diff(here));
        Self { here, end, stops }
    }

    /// The value so many steps along, and no farther than the end.
    pub(super) fn at(&self, steps: u64) -> i64 {
        let steps = steps.min(self.end.abs_diff(self.here));
        if self.here <= self.end {
            self.here.saturating_add_unsigned(steps)
        } else {
            self.here.saturating_sub_unsigned(steps)
        }
    }

    /// Ends it short of the move that reaches the goal alone. The new end is worth trying unless that
    /// move leads elsewhere and is nearer than the end was.
    pub(super) fn shorten(&mut self, alone: Option<&Move<'_>>) -> Option<i64> {
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
    /// are asked about, only the height changes, never downwards, so that the answer can turn only where one
    /// of the heights at which it may is reached.
    pub(super) fn first(&self, steps: u64, question: &Question<'_>) -> Option<i64> {
        let Question { turns, height, yes, .. } = question;
        let end = self.at(steps);
        let on_the_way = |stop: &i64| stop.abs_diff(self.here) < end.abs_diff(self.here);
        let mut start = self.here;
        for stop in self.stops.iter().copied().take_while(on_the_way).chain([end]) {
            if yes(start) {
                return Some(start);
            }
            let (low, high) = (height(start), height(stop));
            for turn in turns.iter().filter(|turn| low < **turn && **turn <= high) {
                let value = question.reached((start, low), (stop, high), *turn);
                if yes(value) {
                    return Some(value);
                }
            }
            start = stop;
        }
        Some(end).filter(|end| yes(*end))
    }
}

impl Question<'_> {
    /// The first value at which a height is reached, on the way from one below it to one that is not. Points
    /// are nearly in proportion to values, so that the first guess is where a straight line would reach it;
    /// from there it is steps that double, and halves of what is left.
    fn reached(&self, (start, low): (i64, i128), (stop, high): (i64, i128), height: i128) -> i64 {
        let (mut below, mut found) = (i128::from(start), i128::from(stop));
        // Heights are rounded: half of one below is enough.
        let part = (found - below).saturating_mul((height - low).saturating_mul(2).saturating_sub(1));
        let mut guess = below + part.checked_div(high.saturating_sub(low).saturating_mul(2)).unwrap_or(0);
        let mut step = (found - below).signum();
        while (found - below).abs() > 1 {
            let inside = below.min(found) < guess && guess < below.max(found);
            let next = if inside && self.is_even { guess } else { below + (found - below) / 2 };
            match i64::try_from(next) {
                Ok(value) if (self.height)(value) >= height => (found, guess) = (next, next - step),
                _ => (below, guess) = (next, next + step),
            }
            step = step.saturating_mul(2);
        }
        i64::try_from(found).unwrap_or(stop)
    }
}
