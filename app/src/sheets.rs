//! The only code that talks to the spreadsheet module, which runs in a Web Worker of its own
//! and is fetched when it is first asked for something.

use js_sys::Uint8Array;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::File;

use crate::derive::sheet::Refusal;
use crate::download::save;
use shared::json;

#[wasm_bindgen]
extern "C" {
    /// Set by `main.ts`: answers text or bytes, or throws the refusal as JSON text.
    #[wasm_bindgen(catch, js_namespace = ["fenji", "sheets"])]
    async fn run(request: &str, file: &JsValue, progress: &JsValue) -> Result<JsValue, JsValue>;
}

fn refusal(cause: &JsValue) -> Refusal {
    let text = cause.as_string().unwrap_or_default();
    json::read(&text).unwrap_or_else(|_| Refusal { code: "unavailable".to_owned(), limit: None })
}

/// Asks for JSON text.
///
/// # Errors
/// [`Refusal`]; of the code `unavailable` when the module could not be fetched.
pub async fn text(
    request: &str,
    file: Option<&File>,
    progress: impl FnMut(f64, f64) + 'static,
) -> Result<String, Refusal> {
    let progress = Closure::<dyn FnMut(f64, f64)>::new(progress);
    let file = file.map_or(JsValue::UNDEFINED, |file| file.clone().into());
    match run(request, &file, progress.as_ref()).await {
        Ok(answer) => answer.as_string().ok_or_else(|| refusal(&JsValue::NULL)),
        Err(cause) => Err(refusal(&cause)),
    }
}

/// Asks for something typed.
///
/// # Errors
/// As [`text`].
pub async fn ask<T: DeserializeOwned>(request: &serde_json::Value) -> Result<T, Refusal> {
    let answer = text(&request.to_string(), None, |_, _| {}).await?;
    json::read(&answer).map_err(|_| refusal(&JsValue::NULL))
}

/// Asks for a file.
///
/// # Errors
/// As [`text`].
pub async fn file(request: &str) -> Result<Uint8Array, Refusal> {
    let answer = run(request, &JsValue::UNDEFINED, &JsValue::UNDEFINED).await;
    answer.map_err(|cause| refusal(&cause))?.dyn_into().map_err(|_| refusal(&JsValue::NULL))
}

/// Asks for a file that is the person's own, and hands it over under a name. What others said leaves by
/// [`crate::export`] alone.
///
/// # Errors
/// As [`text`].
pub async fn download(request: &serde_json::Value, name: &str) -> Result<(), Refusal> {
    let bytes = file(&request.to_string()).await?;
    save(&bytes, name).map_err(|_| refusal(&JsValue::NULL))
}
