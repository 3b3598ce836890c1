//! The page at its address.

use leptos::prelude::*;

use crate::components::page_header::PageHeader;
use crate::t;

/// The page.
#[component]
pub fn CustomersPage() -> impl IntoView {
    view! {
        <div class="fj-page fj-page--wide">
            <PageHeader title=t!(nav.customers) />
        </div>
    }
}
