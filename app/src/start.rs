//! Where the browser comes in.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use crate::app::App;
use crate::contexts::{i18n, network, theme};
use crate::pages::parts;

/// Mounts the app on the body.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| crash(&info.to_string())));
    i18n::start();
    theme::start();
    network::start();
    leptos::mount::mount_to_body(App);
}

/// After a panic nothing of this module may run again, so the page's own script is told to show
/// its reload screen. What was typed is in the drafts already.
fn crash(message: &str) {
    web_sys::console::error_1(&message.into());
    if let Ok(event) = web_sys::CustomEvent::new("fenji:crash") {
        document().dispatch_event(&event).ok();
    }
}

/// Grades as the page does, for programs that compare: the arguments and the answer are JSON. Without
/// the statistics of a cohort, none. Grading comes with the customer's part.
///
/// # Errors
/// What is wrong with the arguments, or that the part did not come.
#[wasm_bindgen]
pub async fn grade_json(policy: String, inputs: String, cohort: Option<String>) -> Result<String, String> {
    let cohort = cohort.unwrap_or_else(|| "{}".to_owned());
    parts::grade_text(policy, cohort, inputs).await.map_err(|error| format!("{error:?}"))?
}
