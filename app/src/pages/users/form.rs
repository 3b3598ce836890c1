//! The form of a user, new or present.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::user::{FirstPassword, User};
use shared::permission::Role;

use crate::client::{self, ApiError};
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::field::TextField;
use crate::components::form::{FormError, FormState};
use crate::components::notice::RestoredNotice;
use crate::components::select::{Choice, SelectField};
use crate::contexts::directory::directory;
use crate::contexts::drafts::Draft;
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
    let form = FormState::new();
    let name = user.as_ref().map_or_else(|| "user.new".to_owned(), |user| format!("user.{}", user.id));
    let initial = user.as_ref().map_or_else(UserForm::empty, UserForm::of);
    let draft = Draft::of(&use_session().user, &name, initial);
    let value = draft.value;
    let present = StoredValue::new(user);
    let fresh = present.with_value(Option::is_none);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        form.begin();
        spawn_local(async move {
            let typed = value.get_untracked();
            match save(form, present.get_value(), &typed).await {
                Ok(first) => {
                    form.end(None);
                    draft.saved(typed);
                    toasts::success(say!(common.saved));
                    on_saved.run(first);
                }
                Err(error) => form.end(Some(error)),
            }
        });
    };
    let on =
        move |set: fn(&mut UserForm, String)| Callback::new(move |text| value.update(|form| set(form, text)));
    let part =
        move |get: fn(&UserForm) -> &String| Signal::derive(move || value.with(|form| get(form).clone()));
    let title = move || if fresh { say!(users.add) } else { say!(users.edit) };
    let unit_label = move || {
        if value.with(|form| form.role().needs_unit()) { say!(users.unit) } else { say!(users.unit_optional) }
    };
    view! {
        <Dialog id="user" title on_close>
            <div class="fj-dialog__body">
                <form id="user-form" class="fj-stack" on:submit=submit novalidate=true>
                    <RestoredNotice shown=draft.restored on_discard=Callback::new(move |()| draft.discard()) />
                    <FormError state=form />
                    <div class="fj-form-grid">
                        <TextField
                            id="user-name"
                            label=t!(users.name)
                            value=part(|form| &form.name)
                            on_input=on(|form, text| form.name = text)
                            error=form.field("name")
                            required=true
                        />
                        <TextField
                            id="user-login"
                            label=t!(sign_in.login)
                            hint=t!(users.login_hint)
                            value=part(|form| &form.login)
                            on_input=on(|form, text| form.login = text)
                            error=form.field("login")
                            required=fresh
                            readonly=!fresh
                        />
                        <SelectField
                            id="user-role"
                            label=t!(users.role)
                            value=part(|form| &form.role)
                            on_change=on(|form, text| form.role = text)
                            choices=Signal::derive(roles)
                            error=form.field("role")
                        />
                        <SelectField
                            id="user-unit"
                            label=unit_label
                            value=part(|form| &form.unit)
                            on_change=on(|form, text| form.unit = text)
                            choices=Signal::derive(move || units(&value.with(|form| form.unit.clone())))
                            error=form.field("unit")
                        />
                    </div>
                    {fresh.then(|| view! { <p class="fj-muted">{t!(users.first_hint)}</p> })}
                </form>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.cancel) on_press=on_close />
                <Submit label=t!(common.save) busy=form.busy form="user-form" />
            </footer>
        </Dialog>
    }
}

/// Sends the form: a new user brings a first password.
async fn save(
    form: FormState,
    user: Option<User>,
    typed: &UserForm,
) -> Result<Option<FirstPassword>, ApiError> {
    let wrong = |fields: Vec<_>| invalid(fields.into_iter().map(Some));
    match user {
        None => {
            let new = typed.created().map_err(wrong)?;
            let call = client::post("/users", &new).idempotent(&form.key(&new));
            call.send::<FirstPassword>().await.map(Some)
        }
        Some(user) => {
            let draft = typed.changed(user.active).map_err(wrong)?;
            let call = client::put(format!("/users/{}", user.id), &draft).if_match(user.version);
            call.send::<User>().await.map(|_| None)
        }
    }
}
