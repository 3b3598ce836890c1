//! What signals lack.

use leptos::prelude::*;

/// Sets a signal to another value; the same one wakes nobody. What is gone by now is left alone.
pub fn put<S, T>(signal: S, now: T)
where
    S: WithUntracked<Value = T> + Set<Value = T>,
    T: PartialEq + 'static,
{
    if signal.try_with_untracked(|before| *before != now) == Some(true) {
        signal.try_set(now);
    }
}
