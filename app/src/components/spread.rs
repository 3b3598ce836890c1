//! A ruled strip whose parts are as wide as they are many.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::id::Label;

use crate::derive::format::count;
use crate::derive::look::Look;
use crate::say;

/// Customers of one tier in a strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The tier; none for those without.
    pub tier: Option<Label>,
    /// How it looks.
    pub look: Look,
    /// How many.
    pub many: u64,
}

/// A strip with whose it is; parts of nobody are left out.
#[component]
pub fn Spread(
    #[prop(into)] name: TextProp,
    parts: Vec<Part>,
    /// Where the name leads.
    #[prop(optional_no_strip)]
    href: Option<String>,
) -> impl IntoView {
    let part = |Part { tier, look, many }: Part| {
        let label = move || tier.as_ref().map_or_else(|| say!(tier.none).to_owned(), ToString::to_string);
        view! {
            <li class=format!("fj-spread__part {}", look.class()) style:flex-grow=many.to_string()>
                <b>{label}</b>
                " "
                <span class="fj-num">{count(many)}</span>
            </li>
        }
    };
    let name = move || name.get();
    let name = match href {
        Some(href) => view! {
            <span class="fj-spread__name">
                <a class="fj-link fj-link--row" href=href>
                    {name}
                </a>
            </span>
        }
        .into_any(),
        None => view! { <span class="fj-spread__name">{name}</span> }.into_any(),
    };
    view! {
        <div class="fj-spread__row">
            {name}
            <ul class="fj-spread__parts">
                {parts.into_iter().filter(|part| part.many > 0).map(part).collect_view()}
            </ul>
        </div>
    }
}
