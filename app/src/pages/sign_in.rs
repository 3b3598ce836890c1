//! Signing in: as a page of its own, and as a dialog over a page whose session has ended.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::session::SignIn;

use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::components::icon::BrandMark;
use crate::components::toggles::{LanguageToggle, ThemeToggle};
use crate::contexts::session::{self, use_session};
use crate::t;

/// The frame of the pages before the shell: the mark, a line, the content, the switches.
#[component]
pub fn AuthSheet(
    /// The line under the name.
    #[prop(into)]
    lead: leptos::text_prop::TextProp,
    children: Children,
) -> impl IntoView {
    view! {
        <main class="fj-auth" id="main">
            <div class="fj-auth__sheet">
                <div class="fj-auth__brand">
                    <BrandMark />
                    <h1 class="fj-auth__title">{t!(brand.full)}</h1>
                </div>
                <p class="fj-auth__lead">{move || lead.get()}</p>
                {children()}
                <div class="fj-auth__foot">
                    <LanguageToggle />
                    <ThemeToggle />
                </div>
            </div>
        </main>
    }
}

/// The sign-in page. Whatever address was asked for is shown afterwards.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! {
        <AuthSheet lead=t!(brand.motto)>
            <SignInForm login=String::new() fixed=false />
        </AuthSheet>
    }
}

/// The dialog over the page: the same person signs in again and goes on, or the page is left.
#[component]
pub fn SignInDialog() -> impl IntoView {
    let login = StoredValue::new(use_session().login.to_string());
    let asking = session::asking();
    let leave = Callback::new(|()| session::leave());
    move || {
        asking.get().then(|| {
            view! {
                <Dialog id="again" title=t!(sign_in.again) on_close=leave>
                    <div class="fj-dialog__body">
                        <div class="fj-stack">
                            <p>{t!(sign_in.again_text)}</p>
                            <SignInForm login=login.get_value() fixed=true />
                            <Button
                                label=t!(sign_in.other)
                                weight=crate::components::button::Weight::Quiet
                                on_press=leave
                            />
                        </div>
                    </div>
                </Dialog>
            }
        })
    }
}

/// Login and password.
#[component]
fn SignInForm(login: String, fixed: bool) -> impl IntoView {
    let form = FormState::new();
    let login = RwSignal::new(login);
    let password = RwSignal::new(String::new());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        let credentials = SignIn { login: login.get_untracked(), password: password.get_untracked() };
        form.begin();
        spawn_local(async move {
            let outcome = session::sign_in(&credentials).await;
            form.end(outcome.err());
        });
    };
    let incomplete = Signal::derive(move || login.with(String::is_empty) || password.with(String::is_empty));
    view! {
        <form class="fj-stack" on:submit=submit novalidate=true>
            <FormError state=form />
            <TextField
                id="login"
                label=t!(sign_in.login)
                value=login
                on_input=Callback::new(move |text| login.set(text))
                autocomplete="username"
                readonly=fixed
            />
            <TextField
                id="password"
                label=t!(sign_in.password)
                value=password
                on_input=Callback::new(move |text| password.set(text))
                entry=Entry::Password
                autocomplete="current-password"
                autofocus=fixed
            />
            <Submit label=t!(sign_in.submit) busy=form.busy disabled=incomplete block=true />
        </form>
    }
}
