//! The stamp of a grade that moves.

use leptos::prelude::*;
use shared::id::Label;

use super::grade_words;
use crate::components::stamp::{StampSize, stamp_class, stamp_text};
use crate::contexts::policies::Published;
use crate::derive::look::Look;

/// The same stamp all along: what changes is changed in place.
#[component]
pub fn GradeStamp(
    size: StampSize,
    /// The tier, and whether it is provisional.
    #[prop(into)]
    graded: Signal<(Option<Label>, bool)>,
    policy: Published,
) -> impl IntoView {
    let class = move || {
        graded.with(|(tier, provisional)| {
            let look = Look::of(&policy.policy.tiers, tier.as_ref());
            stamp_class(size, tier.as_ref().map(Label::as_str), look, *provisional)
        })
    };
    let label = move || graded.with(|(tier, provisional)| grade_words(tier.as_ref(), *provisional));
    let text = move || graded.with(|(tier, _)| stamp_text(tier.as_ref().map(Label::as_str)).to_owned());
    view! {
        <span class=class role="img" aria-label=label>
            {text}
        </span>
    }
}
