//! Where a page stands.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::t;

/// The pages above this one, outermost first, each its address and name, and the name of this one.
#[component]
pub fn Breadcrumb(above: Vec<(String, TextProp)>, #[prop(into)] here: TextProp) -> impl IntoView {
    let item = |(href, name): (String, TextProp)| {
        view! {
            <li class="fj-breadcrumb__item">
                <a class="fj-link" href=href>
                    {move || name.get()}
                </a>
            </li>
        }
    };
    view! {
        <nav class="fj-breadcrumb fj-no-print" aria-label=t!(common.position)>
            <ol class="fj-breadcrumb__list">
                {above.into_iter().map(item).collect_view()}
                <li class="fj-breadcrumb__item" aria-current="page">
                    {move || here.get()}
                </li>
            </ol>
        </nav>
    }
}
