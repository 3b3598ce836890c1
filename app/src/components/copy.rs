//! A value to be carried elsewhere.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::button::Button;
use crate::t;

/// The value, selectable, with a button that copies it.
#[component]
pub fn Copy(value: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let text = value.clone();
    let copy = Callback::new(move |()| {
        let text = text.clone();
        spawn_local(async move {
            let done = JsFuture::from(window().navigator().clipboard().write_text(&text)).await;
            copied.try_set(done.is_ok());
        });
    });
    let label = move || if copied.get() { t!(common.copied)() } else { t!(common.copy)() };
    view! {
        <div class="fj-cluster">
            <output class="fj-code fj-code--long">{value}</output>
            <Button label small=true icon="file" on_press=copy />
        </div>
    }
}
