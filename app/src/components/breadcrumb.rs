//! Where a page of the policy stands.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::t;

/// The way back to the policy, and the name of this page.
#[component]
pub fn Breadcrumb(#[prop(into)] here: TextProp) -> impl IntoView {
    view! {
        <nav class="fj-breadcrumb fj-no-print" aria-label=t!(studio.place)>
            <ol class="fj-breadcrumb__list">
                <li class="fj-breadcrumb__item">
                    <a class="fj-link" href="/policy">
                        {t!(policy.title)}
                    </a>
                </li>
                <li class="fj-breadcrumb__item" aria-current="page">
                    {move || here.get()}
                </li>
            </ol>
        </nav>
    }
}
