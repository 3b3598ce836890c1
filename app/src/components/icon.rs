//! A picture out of `icons.svg`, always beside text or in a labelled button.
//!
//! The sprite is a part of the page: of a file of its own the browser would read each icon anew that appears,
//! which takes longer than a frame has.

use leptos::prelude::*;

/// How large it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IconSize {
    /// Beside small text.
    Small,
    /// Beside text.
    #[default]
    Normal,
    /// Alone.
    Large,
}

/// An icon by its name in the sprite.
#[component]
pub fn Icon(name: &'static str, #[prop(optional)] size: IconSize) -> impl IntoView {
    let class = match size {
        IconSize::Small => "fj-icon fj-icon--small",
        IconSize::Normal => "fj-icon",
        IconSize::Large => "fj-icon fj-icon--large",
    };
    sprite(class, name)
}

/// The mark of the product.
#[component]
pub fn BrandMark() -> impl IntoView {
    sprite("fj-brand__mark", "brand")
}

/// A picture of the sprite under any class.
pub fn sprite(class: &'static str, name: &'static str) -> impl IntoView {
    view! {
        <svg class=class aria-hidden="true">
            <use_ href=format!("#icon-{name}")></use_>
        </svg>
    }
}
