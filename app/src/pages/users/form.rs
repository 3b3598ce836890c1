//! The form of a user, new or present.

use leptos::prelude::*;
use leptos::web_sys::SubmitEvent;
use shared::dto::user::{FirstPassword, User};
use shared::id::UnitId;
use shared::permission::Role;

use crate::client::{self, Answer};
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::edit::{Edit, EditNotices};
use crate::components::field::TextField;
use crate::components::form::FormState;
use crate::components::select::{Choice, SelectField};
use crate::contexts::directory::{directory, unit_name};
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::people::UserForm;
use crate::derive::problem::invalid;
use crate::derive::words::role_name;
use crate::{say, t};

/// The roles to choose from.
fn roles() -> Vec<Choice> {
    Role::ALL.map(|role| (role.code().to_owned(), role_name(role).to_owned())).to_vec()
}

/// The open units to choose from, and the present one even when it is closed.
fn units(present: &str) -> Vec<Choice> {
    let none = (String::new(), say!(users.no_unit).to_owned());
    let open = directory().with(|found| {
        let units = found.iter().flat_map(|found| &found.units);
        units
            .filter(|unit| unit.active || unit.id.as_str() == present)
            .map(|unit| (unit.id.to_string(), unit.name.to_string()))
            .collect::<Vec<_>>()
    });
    std::iter::once(none).chain(open).collect()
}

/// The dialog. A new user comes back with a first password.
#[component]
pub fn UserDialog(
    user: Option<User>,
    on_saved: Callback<Option<FirstPassword>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let name = user.as_ref().map_or_else(|| "user.new".to_owned(), |user| format!("user.{}", user.id));
    let fresh = user.is_none();
    let edit = Edit::<UserForm>::new(&use_session().user, &name, user);
    let save = Callback::new(move |()| {
        let fetch = |old: User| client::one("/users", move |user: &User| user.id == old.id);
        edit.save(
            move |user, form| save(edit.state, user, form),
            fetch,
            move |first| {
                toasts::success(say!(common.saved));
                on_saved.run(first);
            },
        );
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save.run(());
    };
    let title = move || if fresh { say!(users.add) } else { say!(users.edit) };
    let unit_label = move || {
        if edit.form().role().needs_unit() { say!(users.unit) } else { say!(users.unit_optional) }
    };
    let words = Callback::new(|(field, text): (String, String)| match field.as_str() {
        "role" => {
            let role = Role::from_code(&text).map_or_else(|| text.clone(), |role| role_name(role).to_owned());
            (say!(users.role).to_owned(), role)
        }
        "unit" => {
            let unit =
                UnitId::parse(&text).map_or_else(|_| say!(users.no_unit).to_owned(), |id| unit_name(&id));
            (say!(users.unit).to_owned(), unit)
        }
        "login" => (say!(sign_in.login).to_owned(), text),
        _ => (say!(users.name).to_owned(), text),
    });
    view! {
        <Dialog id="user" title on_close>
            <div class="fj-dialog__body">
                <form id="user-form" class="fj-stack" on:submit=submit novalidate=true>
                    <EditNotices edit title=t!(race.user) words on_save=save />
                    <div class="fj-form-grid">
                        <TextField
                            id="user-name"
                            label=t!(users.name)
                            value=edit.text("name")
                            on_input=edit.set("name")
                            error=edit.error("name")
                            required=true
                        />
                        <TextField
                            id="user-login"
                            label=t!(sign_in.login)
                            hint=t!(users.login_hint)
                            value=edit.text("login")
                            on_input=edit.set("login")
                            error=edit.error("login")
                            required=fresh
                            readonly=!fresh
                        />
                        <SelectField
                            id="user-role"
                            label=t!(users.role)
                            value=edit.text("role")
                            on_change=edit.set("role")
                            choices=Signal::derive(roles)
                            error=edit.error("role")
                        />
                        <SelectField
                            id="user-unit"
                            label=unit_label
                            value=edit.text("unit")
                            on_change=edit.set("unit")
                            choices=Signal::derive(move || units(&edit.text("unit").get()))
                            error=edit.error("unit")
                        />
                    </div>
                    {fresh.then(|| view! { <p class="fj-muted">{t!(users.first_hint)}</p> })}
                </form>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.cancel) on_press=on_close />
                <Submit label=t!(common.save) busy=edit.state.busy form="user-form" />
            </footer>
        </Dialog>
    }
}

/// Sends the form: a new user brings a first password.
async fn save(state: FormState, user: Option<User>, form: UserForm) -> Answer<Option<FirstPassword>> {
    let wrong = |fields: Vec<_>| invalid(fields.into_iter().map(Some));
    match user {
        None => {
            let new = form.created().map_err(wrong)?;
            let call = client::post("/users", &new).idempotent(&state.key(&new));
            call.send::<FirstPassword>().await.map(Some)
        }
        Some(user) => {
            let draft = form.changed(user.active).map_err(wrong)?;
            let call = client::put(format!("/users/{}", user.id), &draft).if_match(user.version);
            call.send::<User>().await.map(|_| None)
        }
    }
}
