//! A code that a phone scans.

use leptos::prelude::*;

use crate::derive::share::code;
use crate::t;

/// The code of an address; nothing for one that is too long for any.
#[component]
pub fn Code(value: String) -> impl IntoView {
    code(&value).map(|(path, side)| {
        view! {
            <figure class="fj-share__code">
                <svg
                    class="fj-share__face"
                    viewBox=format!("0 0 {side} {side}")
                    role="img"
                    aria-label=t!(share.code)
                    shape-rendering="crispEdges"
                >
                    <rect class="fj-share__ground" width=side height=side />
                    <path d=path />
                </svg>
                <figcaption>{t!(share.code)}</figcaption>
            </figure>
        }
    })
}
