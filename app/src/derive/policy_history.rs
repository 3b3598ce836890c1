//! Undo and redo of a draft: whole states, typing in one field being one step.

use std::collections::VecDeque;

/// Most steps that can be taken back.
const LIMIT: usize = 200;

/// How long after a keystroke the next one in the same field still belongs to it, in milliseconds.
const TOGETHER_MS: i64 = 1_500;

/// A state, those before it and those after it.
#[derive(Debug, Clone)]
pub struct History<T> {
    past: VecDeque<T>,
    present: T,
    future: Vec<T>,
    /// The field of the last change, and when that was.
    last: Option<(String, i64)>,
}

impl<T: Clone + PartialEq> History<T> {
    /// One state, nothing to take back.
    #[must_use]
    pub const fn new(present: T) -> Self {
        Self { past: VecDeque::new(), present, future: Vec::new(), last: None }
    }

    /// The state as it is.
    #[must_use]
    pub const fn present(&self) -> &T {
        &self.present
    }

    /// A field was changed at a time (milliseconds). What was taken back can no longer be done again.
    pub fn change(&mut self, next: T, field: &str, at: i64) {
        if next == self.present {
            return;
        }
        let together = self
            .last
            .as_ref()
            .is_some_and(|(last, then)| last == field && at.saturating_sub(*then) < TOGETHER_MS);
        let before = std::mem::replace(&mut self.present, next);
        if !together {
            self.past.push_back(before);
            if self.past.len() > LIMIT {
                self.past.pop_front();
            }
        }
        self.future.clear();
        self.last = Some((field.to_owned(), at));
    }

    /// The next change is a step of its own, whatever its field.
    pub fn settle(&mut self) {
        self.last = None;
    }

    /// Whether there is something to take back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether something was taken back.
    #[must_use]
    pub const fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// Takes the last step back.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop_back() {
            self.future.push(std::mem::replace(&mut self.present, before));
            self.last = None;
        }
    }

    /// Does it again.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past.push_back(std::mem::replace(&mut self.present, after));
            self.last = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_in_one_field_is_one_step() {
        let mut history = History::new(0);
        history.change(1, "weight", 0);
        history.change(12, "weight", 300);
        history.change(125, "weight", 900);
        history.change(7, "name", 1_000);
        history.undo();
        assert_eq!(*history.present(), 125);
        history.undo();
        assert_eq!((*history.present(), history.can_undo()), (0, false));
        history.redo();
        history.redo();
        assert_eq!((*history.present(), history.can_redo()), (7, false));
    }

    #[test]
    fn a_pause_or_leaving_the_field_ends_a_step() {
        let mut history = History::new(0);
        history.change(1, "weight", 0);
        history.change(2, "weight", TOGETHER_MS);
        history.settle();
        history.change(3, "weight", TOGETHER_MS + 1);
        history.undo();
        assert_eq!(*history.present(), 2);
        history.undo();
        assert_eq!(*history.present(), 1);
    }

    #[test]
    fn a_change_after_undo_forgets_what_was_undone() {
        let mut history = History::new('a');
        history.change('b', "x", 0);
        history.undo();
        history.change('c', "x", 1);
        assert!(!history.can_redo());
        history.redo();
        assert_eq!(*history.present(), 'c');
        history.change('c', "y", 2);
        history.undo();
        assert_eq!(*history.present(), 'a');
        history.undo();
        assert_eq!(*history.present(), 'a');
    }

    #[test]
    fn the_past_is_bounded() {
        let mut history = History::new(0);
        (1..=300).for_each(|at| history.change(at, &at.to_string(), i64::from(at)));
        (0..300).for_each(|_| history.undo());
        assert_eq!(*history.present(), 100);
    }
}
