//! What follows the hand only once it rests.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// Longer than between two moves of a drag, shorter than anybody waits for.
const PAUSE_MS: u32 = 120;

/// A value as it was when it last stood still: for what is too much to do at every move.
pub fn at_rest<T: Clone + Send + Sync + 'static>(moving: RwSignal<T>) -> ReadSignal<T> {
    let (rested, rest) = signal(moving.get_untracked());
    let waiting = StoredValue::new_local(None::<Timeout>);
    Effect::watch(
        move || moving.track(),
        move |(), _, _| {
            // The timer before it is dropped, and so never rings.
            waiting.set_value(Some(Timeout::new(PAUSE_MS, move || {
                if let Some(value) = moving.try_get_untracked() {
                    rest.try_set(value);
                }
            })));
        },
        false,
    );
    rested
}
