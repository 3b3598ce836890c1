//! The switches of language and appearance.

use leptos::prelude::*;

use super::icon::Icon;
use crate::contexts::i18n::{self, Lang};
use crate::contexts::theme::{self, Theme};
use crate::t;

fn pressed(yes: bool) -> &'static str {
    if yes { "true" } else { "false" }
}

/// 中 or EN; each is named in its own language.
#[component]
pub fn LanguageToggle() -> impl IntoView {
    let option = |lang: Lang, text: &'static str, name: &'static str| {
        view! {
            <button
                type="button"
                class="fj-toggle__option"
                lang=i18n::tag(lang)
                aria-label=name
                aria-pressed=move || pressed(i18n::lang() == lang)
                on:click=move |_| i18n::choose(lang)
            >
                {text}
            </button>
        }
    };
    view! {
        <div class="fj-toggle" role="group" aria-label=t!(common.language)>
            {option(Lang::Zh, "中", "中文")}
            {option(Lang::En, "EN", "English (EN)")}
        </div>
    }
}

/// As the system, light, or dark.
#[component]
pub fn ThemeToggle() -> impl IntoView {
    let option = |choice: Theme| {
        let (icon, label) = match choice {
            Theme::System => ("auto", crate::texts::common::theme_system as fn(Lang) -> &'static str),
            Theme::Light => ("sun", crate::texts::common::theme_light as fn(Lang) -> &'static str),
            Theme::Dark => ("moon", crate::texts::common::theme_dark as fn(Lang) -> &'static str),
        };
        view! {
            <button
                type="button"
                class="fj-toggle__option"
                aria-label=move || label(i18n::lang())
                title=move || label(i18n::lang())
                aria-pressed=move || pressed(theme::theme() == choice)
                on:click=move |_| theme::choose(choice)
            >
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <div class="fj-toggle" role="group" aria-label=t!(common.theme)>
            {Theme::ALL.map(option).collect_view()}
        </div>
    }
}
