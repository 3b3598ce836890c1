//! What stands in for content that is still coming.

use leptos::prelude::*;

use crate::t;

/// A few grey lines.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <p class="fj-visually-hidden" role="status">{t!(common.loading)}</p>
        <div class="fj-skeleton" aria-hidden="true">
            <span class="fj-skeleton__line fj-skeleton__line--title"></span>
            <span class="fj-skeleton__line"></span>
            <span class="fj-skeleton__line"></span>
            <span class="fj-skeleton__line"></span>
        </div>
    }
}

/// Grey rows, for lists and tables.
#[component]
pub fn SkeletonRows(#[prop(default = 8)] count: usize) -> impl IntoView {
    view! {
        <p class="fj-visually-hidden" role="status">{t!(common.loading)}</p>
        <div class="fj-skeleton fj-skeleton--rows" aria-hidden="true">
            {(0..count).map(|_| view! { <span class="fj-skeleton__row"></span> }).collect_view()}
        </div>
    }
}
