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
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="fj-empty">
            {sprite("fj-empty__icon", icon)} <h2 class="fj-empty__title">{move || title.get()}</h2>
            {text.map(|text| view! { <p class="fj-empty__text">{move || text.get()}</p> })}
            {children.map(|children| view! { <div class="fj-empty__actions">{children()}</div> })}
        </div>
    }
}
