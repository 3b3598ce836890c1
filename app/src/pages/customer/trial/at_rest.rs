//! What follows the hand later than what it moves.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// A value as it was when it last stood still for so long.
pub fn at_rest<T: Clone + Send + Sync + 'static>(moving: Signal<T>, pause_ms: u32) -> ReadSignal<T> {
    let (rested, rest) = signal(moving.get_untracked());
    let waiting = StoredValue::new_local(None::<Timeout>);
    Effect::watch(
        move || moving.track(),
        move |(), _, _| {
            // The timer before it is dropped, and so never rings.
            waiting.set_value(Some(Timeout::new(pause_ms, move || {
                if let Some(value) = moving.try_get_untracked() {
                    rest.try_set(value);
                }
            })));
        },
        false,
    );
    rested
}
