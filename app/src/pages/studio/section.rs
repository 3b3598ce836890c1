//! A chapter of the editor.

use leptos::prelude::*;

use crate::contexts::i18n::lang;
use crate::derive::policy_difference::Part;

/// The id of a chapter, to which the contents and the list of mistakes lead.
#[must_use]
pub const fn anchor(part: Part) -> &'static str {
    match part {
        Part::Head => "s-head",
        Part::Indicators => "s-indicators",
        Part::Gates => "s-gates",
        Part::Method => "s-method",
        Part::Tiers => "s-tiers",
        Part::Treatment => "s-treatment",
        Part::Facts => "s-facts",
        Part::Segments => "s-segments",
    }
}

/// The panel of a chapter; a note stands beside its heading.
#[component]
pub fn Section(
    part: Part,
    #[prop(optional, into)] note: Option<ViewFn>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="fj-panel fj-chapter" id=anchor(part) tabindex="-1" aria-labelledby=format!("{}-h", anchor(part))>
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id=format!("{}-h", anchor(part))>
                    {move || part.name(lang())}
                </h2>
                {note.map(|note| note.run())}
            </header>
            <div class="fj-panel__body fj-stack">{children()}</div>
        </section>
    }
}
