//! The device's clock. Only for what this device shows and keeps; what is stored is dated by the Worker.

use shared::calendar::{Date, Millis};

/// This moment.
#[must_use]
pub fn now() -> Millis {
    // Whole milliseconds, far below 2^53.
    js_sys::Date::now() as Millis
}

/// The company's day; nothing when the device is outside the years that a date can name.
#[must_use]
pub fn today() -> Option<Date> {
    Date::at(now()).ok()
}
