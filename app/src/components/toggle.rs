//! Switching something off or on again, after a question.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use serde::de::IgnoredAny;
use shared::problem::Code;

use super::dialog::Confirm;
use super::form::FormState;
use crate::client::Call;
use crate::contexts::toasts;
use crate::say;

/// The question, and the request that a yes sends. When another person was first, the dialog closes, for
/// what it asked about is no longer what the list shows.
#[component]
pub fn ToggleDialog(
    #[prop(into)] title: TextProp,
    #[prop(into)] text: TextProp,
    /// The button that does it.
    #[prop(into)]
    label: TextProp,
    /// Whether it switches on, which takes nothing away.
    on: bool,
    /// The request, under the version shown; nothing when what is shown cannot be sent.
    request: Callback<(), Option<Call>>,
    /// Loads the list anew.
    on_changed: Callback<()>,
    on_saved: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let state = FormState::new();
    let yes = Callback::new(move |()| {
        let Some(call) = request.run(()) else { return };
        state.begin();
        spawn_local(async move {
            state.end(match call.send::<IgnoredAny>().await {
                Ok(_) => {
                    on_changed.try_run(());
                    on_saved.try_run(());
                    None
                }
                Err(error) if error.code() == Some(Code::VersionMismatch) => {
                    on_changed.try_run(());
                    on_close.try_run(());
                    toasts::error(say!(race.list).to_owned());
                    None
                }
                Err(error) => Some(error),
            });
        });
    });
    view! { <Confirm id="toggle" title text yes=label state on_yes=yes on_close harmless=on /> }
}
