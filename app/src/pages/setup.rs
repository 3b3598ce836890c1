//! The first admin, made once with the one-time secret.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::session::{PASSWORD_MIN, Session, Setup};
use shared::id::{Login, Name};

use super::sign_in::AuthSheet;
use crate::client;
use crate::components::button::Submit;
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::contexts::session;
use crate::derive::problem::{field_problem, invalid, password_problem, text_problem};
use crate::t;

/// The set-up page.
#[component]
pub fn SetupPage() -> impl IntoView {
    let form = FormState::new();
    let [secret, login, name, password] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        let (secret, password) = (secret.get_untracked(), password.get_untracked());
        let no_secret = secret.is_empty().then(|| field_problem("secret", "required"));
        let bad_password = password_problem("password", &password);
        let setup = match (Login::parse(&login.get_untracked()), Name::parse(&name.get_untracked())) {
            (Ok(login), Ok(name)) if no_secret.is_none() && bad_password.is_none() => {
                Setup { secret, login, name, password }
            }
            (login, name) => {
                let (login, name) = (text_problem("login", login.err()), text_problem("name", name.err()));
                form.end(Some(invalid([no_secret, name, login, bad_password])));
                return;
            }
        };
        form.begin();
        spawn_local(async move {
            match client::post("/setup", &setup).quietly().send::<Session>().await {
                Ok(session) => session::adopt(session),
                Err(error) => form.end(Some(error)),
            }
        });
    };
    let set = |signal: RwSignal<String>| Callback::new(move |text| signal.set(text));
    view! {
        <AuthSheet lead=t!(setup.lead)>
            <form class="fj-stack" on:submit=submit novalidate=true>
                <FormError state=form />
                <TextField
                    id="secret"
                    label=t!(setup.secret)
                    hint=t!(setup.secret_hint)
                    value=secret
                    on_input=set(secret)
                    error=form.field("secret")
                    entry=Entry::Password
                    required=true
                />
                <TextField
                    id="name"
                    label=t!(setup.name)
                    value=name
                    on_input=set(name)
                    error=form.field("name")
                    autocomplete="name"
                    required=true
                />
                <TextField
                    id="login"
                    label=t!(sign_in.login)
                    hint=t!(users.login_hint)
                    value=login
                    on_input=set(login)
                    error=form.field("login")
                    autocomplete="username"
                    required=true
                />
                <TextField
                    id="password"
                    label=t!(sign_in.password)
                    hint=t!(password.hint, PASSWORD_MIN)
                    value=password
                    on_input=set(password)
                    error=form.field("password")
                    entry=Entry::Password
                    autocomplete="new-password"
                    required=true
                />
                <Submit label=t!(setup.submit) busy=form.busy block=true />
            </form>
        </AuthSheet>
    }
}
