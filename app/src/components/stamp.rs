//! The stamp of a tier: its form and colour follow the rank, its text is the policy's.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

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

/// The class of a tier's rank, 1 the best; `None` for no tier.
#[must_use]
pub fn tier_class(rank: Option<usize>) -> String {
    match rank {
        Some(rank @ 1..=8) => format!("fj-tier--{rank}"),
        Some(_) => "fj-tier--n".to_owned(),
        None => String::new(),
    }
}

/// A tier's stamp; a dash without a tier. With a label it speaks for itself, without one it is
/// the picture of a text beside it.
#[component]
pub fn Stamp(
    size: StampSize,
    /// The tier's own name.
    tier: Option<String>,
    /// Its rank, 1 the best.
    rank: Option<usize>,
    #[prop(optional)] provisional: bool,
    #[prop(optional, into)] label: Option<TextProp>,
) -> impl IntoView {
    let mut class = String::from(match size {
        StampSize::S => "fj-stamp fj-stamp--s",
        StampSize::M => "fj-stamp fj-stamp--m",
        StampSize::L => "fj-stamp fj-stamp--l",
        StampSize::Xl => "fj-stamp fj-stamp--xl",
    });
    let text = tier.unwrap_or_else(|| "—".to_owned());
    match rank {
        Some(_) => {
            class.push(' ');
            class.push_str(&tier_class(rank));
        }
        None => class.push_str(" fj-stamp--none"),
    }
    if text.chars().count() > 1 {
        class.push_str(" fj-stamp--wide");
    }
    if provisional {
        class.push_str(" fj-stamp--provisional");
    }
    let named = label.is_some();
    view! {
        <span
            class=class
            role=named.then_some("img")
            aria-hidden=(!named).then_some("true")
            aria-label=move || label.as_ref().map(TextProp::get)
        >
            {text}
        </span>
    }
}
