//! An address that leads nowhere.

use leptos::prelude::*;

use crate::components::empty::Empty;
use crate::t;

/// Says so and leads back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <div class="fj-page fj-page--narrow">
            <Empty icon="search" title=t!(common.not_found) text=t!(common.not_found_text) whole_page=true>
                <a class="fj-button fj-button--secondary" href="/">
                    {t!(common.to_start)}
                </a>
            </Empty>
        </div>
    }
}
