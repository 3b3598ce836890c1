//! What changes by itself, of something that changes at every move.

use leptos::prelude::*;

use crate::signals::put;

type Show<W> = Box<dyn Fn(&W) + Send + Sync>;

/// Tells of the parts of a value one by one: a move wakes only what shows a part that it has changed. A memo for each
/// part would wake all that follows every one of them, some ninety effects, for them to find that nothing is new.
pub struct Parts<W: Send + Sync + 'static> {
    whole: Signal<W>,
    shown: StoredValue<Vec<Show<W>>>,
}

impl<W: Send + Sync + 'static> Clone for Parts<W> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W: Send + Sync + 'static> Copy for Parts<W> {}

impl<W: Send + Sync + 'static> Parts<W> {
    /// Of a value.
    pub fn of(whole: Signal<W>) -> Self {
        let shown = StoredValue::new(Vec::<Show<W>>::new());
        Effect::new(move || {
            whole.with(|whole| shown.with_value(|shown| shown.iter().for_each(|show| show(whole))));
        });
        Self { whole, shown }
    }

    /// One of its parts.
    pub fn part<T>(self, of: impl Fn(&W) -> T + Send + Sync + 'static) -> ReadSignal<T>
    where
        T: PartialEq + Send + Sync + 'static,
    {
        let part = RwSignal::new(self.whole.with_untracked(&of));
        self.shown.update_value(|shown| shown.push(Box::new(move |whole| put(part, of(whole)))));
        part.read_only()
    }
}
