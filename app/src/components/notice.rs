//! A message inside the page.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::button::{Button, Weight};
use super::icon::Icon;
use crate::t;

/// How serious it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeTone {
    /// Good to know.
    Info,
    /// It worked.
    Success,
    /// Look at this.
    Warning,
    /// It did not work.
    Error,
}

/// A message; what more there is to say comes as children.
#[component]
pub fn Notice(
    tone: NoticeTone,
    #[prop(into)] title: TextProp,
    #[prop(optional)] children: Option<Children>,
    #[prop(optional)] actions: Option<ViewFnOnce>,
) -> impl IntoView {
    let (class, icon, role) = match tone {
        NoticeTone::Info => ("fj-notice fj-notice--info", "info", "status"),
        NoticeTone::Success => ("fj-notice fj-notice--success", "check", "status"),
        NoticeTone::Warning => ("fj-notice fj-notice--warning", "alert", "status"),
        NoticeTone::Error => ("fj-notice fj-notice--error", "alert", "alert"),
    };
    view! {
        <div class=class role=role>
            <Icon name=icon />
            <div class="fj-notice__body">
                <p class="fj-notice__title">{move || title.get()}</p>
                {children.map(|children| children())}
            </div>
            {actions.map(|actions| view! { <div class="fj-notice__actions">{actions.run()}</div> })}
        </div>
    }
}

/// "Your unsaved entry was restored", with a way to throw it away.
#[component]
pub fn RestoredNotice(#[prop(into)] shown: Signal<bool>, on_discard: Callback<()>) -> impl IntoView {
    move || {
        shown.get().then(|| {
            view! {
                <div class="fj-notice fj-notice--info" role="status">
                    <Icon name="history" />
                    <div class="fj-notice__body">
                        <p class="fj-notice__title">{t!(common.restored)}</p>
                    </div>
                    <div class="fj-notice__actions">
                        <Button label=t!(common.discard) weight=Weight::Quiet small=true on_press=on_discard />
                    </div>
                </div>
            }
        })
    }
}
