//! The stamp of a tier: its form follows the rank, its colour too unless the policy chose one, its text is the
//! policy's.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::derive::look::Look;

/// How large a stamp is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StampSize {
    /// 28 px.
    S,
    /// 40 px.
    M,
    /// 64 px.
    L,
    /// 96 px.
    Xl,
}

/// What it is drawn by.
#[must_use]
pub fn stamp_class(size: StampSize, tier: Option<&str>, look: Look, provisional: bool) -> String {
    let mut class = String::from(match size {
        StampSize::S => "fj-stamp fj-stamp--s ",
        StampSize::M => "fj-stamp fj-stamp--m ",
        StampSize::L => "fj-stamp fj-stamp--l ",
        StampSize::Xl => "fj-stamp fj-stamp--xl ",
    });
    class.push_str(&if look.rank.is_some() { look.class() } else { "fj-stamp--none".to_owned() });
    if stamp_text(tier).chars().count() > 1 {
        class.push_str(" fj-stamp--wide");
    }
    if provisional {
        class.push_str(" fj-stamp--provisional");
    }
    class
}

/// What is written on it: a tier's own name, a dash without a tier.
#[must_use]
pub fn stamp_text(tier: Option<&str>) -> &str {
    tier.unwrap_or("—")
}

/// A tier's stamp. With a label it speaks for itself, without one it is the picture of a text beside it.
#[component]
pub fn Stamp(
    size: StampSize,
    /// The tier's own name.
    tier: Option<String>,
    look: Look,
    #[prop(optional)] provisional: bool,
    #[prop(optional, into)] label: Option<TextProp>,
) -> impl IntoView {
    let tier = tier.as_deref();
    let named = label.is_some();
    view! {
        <span
            class=stamp_class(size, tier, look, provisional)
            role=named.then_some("img")
            aria-hidden=(!named).then_some("true")
            aria-label=move || label.as_ref().map(TextProp::get)
        >
            {stamp_text(tier).to_owned()}
        </span>
    }
}
