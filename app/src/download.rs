//! Files handed to the person.

use js_sys::{Array, Uint8Array};
use web_sys::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Hands bytes to the person as a file of that name.
///
/// # Errors
/// What the browser says when it takes no file.
pub fn save(bytes: &Uint8Array, name: &str) -> Result<(), JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(bytes))?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = leptos::prelude::document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser has taken hold of the file once the click is over; keep it a little for slow ones.
    gloo_timers::callback::Timeout::new(60_000, move || {
        Url::revoke_object_url(&url).ok();
    })
    .forget();
    Ok(())
}

/// Hands a text to the person as a file of that name, in UTF-8.
///
/// # Errors
/// As [`save`].
pub fn save_text(text: &str, name: &str) -> Result<(), JsValue> {
    save(&Uint8Array::from(text.as_bytes()), name)
}
