//! The head of a page.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Title, a line beside it, and the page's actions as children. It names the browser's tab too.
#[component]
pub fn PageHeader(
    #[prop(into)] title: TextProp,
    #[prop(optional, into)] meta: Option<TextProp>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let tab = title.clone();
    Effect::new(move || document().set_title(&format!("{} · Fenji", tab.get())));
    view! {
        <header class="fj-page-header">
            <div class="fj-page-header__row">
                <h1 class="fj-page-header__title">{move || title.get()}</h1>
                {meta.map(|meta| view! { <p class="fj-page-header__meta">{move || meta.get()}</p> })}
                {children.map(|children| view! { <div class="fj-page-header__actions">{children()}</div> })}
            </div>
        </header>
    }
}
