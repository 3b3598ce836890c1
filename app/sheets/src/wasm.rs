//! The workbench in a Web Worker.

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{TextDecoder, TextDecoderOptions};

use crate::error::{FILE_LIMIT, SheetError};
use crate::workbench::{Answer, Request};
use shared::json;

/// One workbench; the Worker's script holds the only one.
#[wasm_bindgen(js_name = Workbench)]
#[derive(Default)]
pub struct Bench(crate::Workbench);

fn gb18030(bytes: &[u8]) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options("gb18030", &options).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

#[wasm_bindgen(js_class = Workbench)]
impl Bench {
    /// An empty workbench.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Most bytes of a file, so that the page need not read a larger one.
    pub fn file_limit() -> f64 {
        FILE_LIMIT as f64
    }

    /// Does what a request (JSON text) asks; `progress` is called with what is done and the total.
    /// Answers JSON text or bytes, or throws JSON text with a `code`.
    ///
    /// # Errors
    /// The refusal as JSON text.
    pub fn run(
        &mut self,
        request: &str,
        bytes: Option<Vec<u8>>,
        progress: &Function,
    ) -> Result<JsValue, JsValue> {
        let mut report = |done: u64, total: u64| {
            // A page that no longer listens is no reason to stop.
            let _ = progress.call2(&JsValue::NULL, &JsValue::from(done as f64), &JsValue::from(total as f64));
        };
        let answer = json::read::<Request>(request)
            .map_err(SheetError::bad)
            .and_then(|request| self.0.run(request, bytes, gb18030, &mut report));
        match answer {
            Ok(Answer::Json(text)) => Ok(text.into()),
            Ok(Answer::Bytes(bytes)) => Ok(Uint8Array::from(bytes.as_slice()).into()),
            Err(refusal) => Err(serde_json::to_string(&refusal).unwrap_or_default().into()),
        }
    }
}
