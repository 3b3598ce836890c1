//! The only code that talks to the picture module, which is fetched when the first picture is to be seen.

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::derive::chart::Picture;

#[wasm_bindgen]
extern "C" {
    /// Set by `main.ts`; throws when the module does not come.
    #[wasm_bindgen(catch, js_namespace = ["fenji", "charts"], js_name = open)]
    async fn begin(element: &Element, follow: &JsValue) -> Result<JsValue, JsValue>;

    /// A picture in an element.
    type Chart;
    #[wasm_bindgen(method, catch)]
    fn draw(this: &Chart, picture: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Chart);
}

/// Nothing is drawn: the module did not come, or failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotDrawn;

/// A picture in an element, until it is dropped.
pub struct Drawn {
    chart: Chart,
    /// What the module calls.
    _follow: Closure<dyn FnMut(String)>,
}

impl Drawn {
    /// Shows something else in the same place.
    ///
    /// # Errors
    /// [`NotDrawn`].
    pub fn draw(&self, picture: &Picture) -> Result<(), NotDrawn> {
        let text = serde_json::to_string(picture).map_err(|_| NotDrawn)?;
        self.chart.draw(&text).map_err(|_| NotDrawn)
    }
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.chart.close();
    }
}

/// Begins a picture in an element, empty at first; `follow` is called with the address behind what is pressed.
///
/// # Errors
/// [`NotDrawn`].
pub async fn open(element: &Element, follow: impl FnMut(String) + 'static) -> Result<Drawn, NotDrawn> {
    let follow = Closure::<dyn FnMut(String)>::new(follow);
    let chart = begin(element, follow.as_ref()).await.map_err(|_| NotDrawn)?;
    Ok(Drawn { chart: chart.unchecked_into(), _follow: follow })
}
