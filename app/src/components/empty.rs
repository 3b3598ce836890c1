//! Nothing to show, and why.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::icon::sprite;

/// An empty place: an icon, what it means, and what to do, as children.
#[component]
pub fn Empty(
    icon: &'static str,
    #[prop(into)] title: TextProp,
    #[prop(optional, into)] text: Option<TextProp>,
    /// Whether it is all there is on the page, so that its title is the page's.
    #[prop(optional)]
    whole_page: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let title = move || title.get();
    let title = if whole_page {
        view! { <h1 class="fj-empty__title">{title}</h1> }.into_any()
    } else {
        view! { <h2 class="fj-empty__title">{title}</h2> }.into_any()
    };
    view! {
        <div class="fj-empty">
            {sprite("fj-empty__icon", icon)} {title}
            {text.map(|text| view! { <p class="fj-empty__text">{move || text.get()}</p> })}
            {children.map(|children| view! { <div class="fj-empty__actions">{children()}</div> })}
        </div>
    }
}
