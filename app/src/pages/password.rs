//! Changing the own password, freely or because it is a first one.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use leptos_router::hooks::use_navigate;
use shared::dto::session::{ChangePassword, PASSWORD_MIN, Session};
use shared::problem::FieldProblem;

use super::sign_in::AuthSheet;
use crate::client::{self, ApiError};
use crate::components::button::{Button, Submit, Weight};
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::components::page_header::PageHeader;
use crate::contexts::{session, toasts};
use crate::derive::problem::{field_problem, invalid, password_problem};
use crate::{say, t};

/// A first password must be changed before anything else.
#[component]
pub fn FirstPasswordPage() -> impl IntoView {
    let leave = Callback::new(|()| {
        spawn_local(async {
            session::sign_out(false).await.ok();
        });
    });
    view! {
        <AuthSheet lead=t!(password.first)>
            <PasswordForm on_done=Callback::new(session::adopt) />
            <Button label=t!(shell.sign_out) weight=Weight::Quiet on_press=leave />
        </AuthSheet>
    }
}

/// The page in the shell.
#[component]
pub fn PasswordPage() -> impl IntoView {
    let navigate = use_navigate();
    let done = Callback::new(move |_| {
        toasts::success(say!(password.done));
        navigate("/", leptos_router::NavigateOptions::default());
    });
    view! {
        <div class="fj-page fj-page--narrow">
            <PageHeader title=t!(password.title) />
            <section class="fj-panel">
                <div class="fj-panel__body">
                    <PasswordForm on_done=done />
                </div>
            </section>
        </div>
    }
}

/// Present password, new one, new one again.
#[component]
fn PasswordForm(on_done: Callback<Session>) -> impl IntoView {
    let form = FormState::new();
    let [current, new, again] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        let change = ChangePassword { current: current.get_untracked(), new: new.get_untracked() };
        if let Some(error) = check(&change, &again.get_untracked()) {
            form.end(Some(error));
            return;
        }
        form.begin();
        spawn_local(async move {
            let changed = client::put("/session/password", &change).send::<serde_json::Value>().await;
            let outcome = match changed {
                Ok(_) => client::get("/session").send::<Session>().await,
                Err(error) => Err(error),
            };
            match outcome {
                Ok(session) => {
                    form.end(None);
                    on_done.try_run(session);
                }
                Err(error) => form.end(Some(error)),
            }
        });
    };
    let set = |signal: RwSignal<String>| Callback::new(move |text| signal.set(text));
    view! {
        <form class="fj-stack" on:submit=submit novalidate=true>
            <FormError state=form />
            <TextField
                id="current"
                label=t!(password.current)
                value=current
                on_input=set(current)
                error=form.field("current")
                entry=Entry::Password
                autocomplete="current-password"
                required=true
            />
            <TextField
                id="new"
                label=t!(password.new)
                hint=t!(password.hint, PASSWORD_MIN)
                value=new
                on_input=set(new)
                error=form.field("new")
                entry=Entry::Password
                autocomplete="new-password"
                required=true
            />
            <TextField
                id="repeat"
                label=t!(password.repeat)
                value=again
                on_input=set(again)
                error=form.field("repeat")
                entry=Entry::Password
                autocomplete="new-password"
                required=true
            />
            <Submit label=t!(password.submit) busy=form.busy block=true />
        </form>
    }
}

/// What can be seen to be wrong without the Worker.
fn check(change: &ChangePassword, again: &str) -> Option<ApiError> {
    let wrong: [Option<FieldProblem>; 4] = [
        change.current.is_empty().then(|| field_problem("current", "required")),
        password_problem("new", &change.new),
        (change.new == change.current && !change.new.is_empty()).then(|| field_problem("new", "same")),
        (change.new != again).then(|| field_problem("repeat", "differs")),
    ];
    wrong.iter().any(Option::is_some).then(|| invalid(wrong))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(current: &str, new: &str, again: &str) -> Vec<String> {
        let change = ChangePassword { current: current.into(), new: new.into() };
        let error = check(&change, again);
        error.iter().flat_map(|error| error.fields()).map(|field| field.code.clone()).collect()
    }

    #[test]
    fn the_new_password_is_long_new_and_typed_twice() {
        assert!(wrong("old password", "new password", "new password").is_empty());
        assert_eq!(wrong("", "new password", "new password"), ["required"]);
        assert_eq!(wrong("old", "short", "short"), ["too_short"]);
        assert_eq!(wrong("old", "", ""), ["required"]);
        assert_eq!(wrong("same password", "same password", "same password"), ["same"]);
        assert_eq!(wrong("old password", "new password", "new passwort"), ["differs"]);
    }
}
