//! A new appointment: who acts, in whose place, and on which days.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::review::{Appointment, Colleague};
use shared::permission::Action;

use crate::client;
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::components::select::{Choice, SelectField};
use crate::contexts::drafts::Draft;
use crate::contexts::session::{may, use_session};
use crate::derive::edit::Touched;
use crate::derive::problem::{explain_field_in, invalid};
use crate::derive::stand_ins::{appoint, choices, refusal};
use crate::t;

/// The dialog. An admin chooses whose place it is; for everybody else it is their own.
#[component]
pub fn AppointDialog(
    people: Vec<Colleague>,
    on_saved: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let chooses = may(&session, Action::ManageUsers);
    let (own, today) = (session.user.to_string(), session.today.to_string());
    let begun = [("from", today.clone()), ("until", today)];
    let begun: Touched = begun.map(|(field, text)| (field.to_owned(), text)).into();
    let draft = Draft::of(&session.user, "stand_in.new", begun);
    let state = FormState::new();
    let text = move |field: &'static str| {
        Signal::derive(move || draft.value.with(|said| said.get(field).cloned().unwrap_or_default()))
    };
    let set = move |field: &'static str| {
        Callback::new(move |text: String| {
            draft.value.update(|said| {
                said.insert(field.to_owned(), text);
            });
        })
    };
    let error = move |field: &'static str| state.field_said(field, |wrong| explain_field_in(refusal, wrong));
    let people = StoredValue::new(people);
    let options = move |but: Vec<String>| -> Vec<Choice> {
        let but: Vec<&str> = but.iter().map(String::as_str).collect();
        let all = people.with_value(|people| choices(people, &but));
        let none = (String::new(), t!(stand_ins.choose)().to_owned());
        std::iter::once(none).chain(all.into_iter().map(|(id, name)| (id.to_string(), name))).collect()
    };
    let absent = Signal::derive(move || options(Vec::new()));
    let by = Signal::derive(move || {
        // Nobody acts in their own place, and nobody appoints themselves.
        let place = text("absent").get();
        options(vec![own.clone(), place])
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if state.busy.get_untracked() {
            return;
        }
        let body = match draft.value.with_untracked(|said| appoint(said, chooses)) {
            Ok(body) => body,
            Err(wrong) => {
                state.end(Some(invalid(wrong.into_iter().map(Some))));
                return;
            }
        };
        let call = client::post("/stand-ins", &body).idempotent(&state.key(&body));
        state.begin();
        spawn_local(async move {
            match call.send::<Appointment>().await {
                Ok(_) => {
                    state.end(None);
                    draft.discard();
                    on_saved.try_run(());
                }
                Err(error) => state.end(Some(error)),
            }
        });
    };
    view! {
        <Dialog id="stand-in" title=t!(stand_ins.appoint) on_close>
            <form on:submit=submit novalidate=true>
                <div class="fj-dialog__body fj-stack">
                    <FormError state />
                    <p>{t!(stand_ins.appoint_text)}</p>
                    {chooses
                        .then(|| {
                            view! {
                                <SelectField
                                    id="absent"
                                    label=t!(stand_ins.absent)
                                    value=text("absent")
                                    on_change=set("absent")
                                    choices=absent
                                    error=error("absent")
                                    required=true
                                />
                            }
                        })}
                    <SelectField
                        id="by"
                        label=t!(stand_ins.by)
                        value=text("by")
                        on_change=set("by")
                        choices=by
                        error=error("by")
                        required=true
                    />
                    <div class="fj-form-grid">
                        <TextField
                            id="from"
                            label=t!(stand_ins.from)
                            value=text("from")
                            on_input=set("from")
                            error=error("from")
                            entry=Entry::Date
                            required=true
                        />
                        <TextField
                            id="until"
                            label=t!(stand_ins.until)
                            value=text("until")
                            on_input=set("until")
                            error=error("until")
                            entry=Entry::Date
                            required=true
                        />
                    </div>
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) on_press=on_close />
                    <Submit label=t!(stand_ins.appoint) busy=state.busy />
                </footer>
            </form>
        </Dialog>
    }
}
