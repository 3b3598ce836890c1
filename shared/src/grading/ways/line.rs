//! A line of values to move along, which earns no fewer points with any step.

use super::mover::Move;

/// From where a customer stands to the best end.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) here: i64,
    pub(super) end: i64,
}

impl Line {
    /// The value on it that is nearest to one.
    pub(super) fn nearest(self, value: i64) -> i64 {
        value.clamp(self.here.min(self.end), self.here.max(self.end))
    }

    /// The value so many steps along, and no farther than the end.
    fn at(self, steps: u64) -> i64 {
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
        let leads_there = alone.to.value().is_some_and(|value| self.nearest(value) == value);
        let before = self.end;
        self.end = self.at(alone.apart.steps.saturating_sub(1));
        (leads_there || self.end == before).then_some(self.end)
    }
}
