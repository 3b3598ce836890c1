//! The stamp of a tier: its form and colour follow the rank, its text is the policy's.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::grading::Colour;

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

/// The class of a colour that a policy chose instead of its rank's.
#[must_use]
pub const fn colour_class(colour: Colour) -> &'static str {
    match colour {
        Colour::Vermilion => "fj-colour--vermilion",
        Colour::Prussian => "fj-colour--prussian",
        Colour::Slate => "fj-colour--slate",
        Colour::Pine => "fj-colour--pine",
        Colour::Ochre => "fj-colour--ochre",
        Colour::Plum => "fj-colour--plum",
        Colour::Teal => "fj-colour--teal",
        Colour::Umber => "fj-colour--umber",
        Colour::Plain => "fj-colour--plain",
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
    /// The colour that the policy chose; its rank's when absent.
    #[prop(optional_no_strip)]
    colour: Option<Colour>,
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
    if let Some(colour) = colour {
        class.push(' ');
        class.push_str(colour_class(colour));
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
