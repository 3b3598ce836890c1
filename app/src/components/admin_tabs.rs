//! The tabs over the pages of the administrator.

use leptos::prelude::*;
use leptos_router::components::A;

use crate::t;

/// Users, units, public links.
#[component]
pub fn AdminTabs() -> impl IntoView {
    view! {
        <nav class="fj-tabs" aria-label=t!(users.tabs)>
            <A href="/users" attr:class="fj-tabs__tab">
                {t!(nav.users)}
            </A>
            <A href="/units" attr:class="fj-tabs__tab">
                {t!(nav.units)}
            </A>
            <A href="/links" attr:class="fj-tabs__tab">
                {t!(share.title)}
            </A>
        </nav>
    }
}
