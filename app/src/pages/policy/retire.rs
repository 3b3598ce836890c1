//! A version that has not taken effect is withdrawn, with a reason.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::policy::{PolicyVersion, Retire};
use shared::id::Reason;

use crate::client;
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::field::TextField;
use crate::components::form::{FormError, FormState};
use crate::contexts::toasts;
use crate::derive::problem::{invalid, text_problem};
use crate::{say, t};

/// The question and the reason.
#[component]
pub fn RetireDialog(version: PolicyVersion, on_close: Callback<()>, on_done: Callback<()>) -> impl IntoView {
    let form = FormState::new();
    let reason = RwSignal::new(String::new());
    let (id, number) = (version.summary.id.clone(), version.summary.version);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        let parsed = Reason::parse(&reason.get_untracked());
        let Ok(reason) = parsed else {
            form.end(Some(invalid([text_problem("reason", parsed.err())])));
            return;
        };
        let call = client::post(format!("/policies/{id}/retire"), &Retire { reason });
        form.begin();
        spawn_local(async move {
            match call.send::<PolicyVersion>().await {
                Ok(_) => {
                    form.end(None);
                    toasts::success(say!(studio.versions.retire_done, number));
                    on_done.try_run(());
                }
                Err(error) => form.end(Some(error)),
            }
        });
    };
    view! {
        <Dialog id="retire" title=move || say!(studio.versions.retire_title, number) on_close>
            <form on:submit=submit novalidate>
                <div class="fj-dialog__body fj-stack">
                    <p>{t!(studio.versions.retire_text)}</p>
                    <FormError state=form />
                    <TextField
                        id="retire-reason"
                        label=t!(studio.versions.reason)
                        value=reason
                        on_input=Callback::new(move |text| reason.set(text))
                        error=form.field("reason")
                        required=true
                        autofocus=true
                    />
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) on_press=on_close />
                    <Submit label=t!(studio.versions.retire) busy=form.busy />
                </footer>
            </form>
        </Dialog>
    }
}
