//! The master record of a customer, changed as a whole.

use leptos::prelude::*;
use leptos::web_sys::SubmitEvent;
use shared::dto::customer::{Customer, CustomerPage};
use shared::id::{UnitId, UserId};

use crate::client::{self, Answer};
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::edit::{Edit, EditNotices};
use crate::components::field::{Entry, TextField};
use crate::components::select::{Choice, SelectField};
use crate::contexts::directory::{directory, rep_name, unit_name};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::master::{MasterForm, segment_name, segments};
use crate::derive::problem::invalid;
use crate::{say, t};

/// The dialog.
#[component]
pub fn EditDialog(
    customer: Customer,
    /// The one in force, whose segments there are to choose from.
    policy: Published,
    on_close: Callback<()>,
    on_saved: Callback<()>,
) -> impl IntoView {
    let stored_segment = customer.segment.clone();
    let name = format!("customer.{}", customer.id);
    let path = StoredValue::new(format!("/customers/{}", customer.id));
    let edit = Edit::<MasterForm>::new(&use_session().user, &name, Some(customer));
    let save = Callback::new(move |()| {
        let send = move |stored: Option<Customer>, form| {
            save(path.get_value(), stored.map_or(0, |stored| stored.version), form)
        };
        edit.save(
            send,
            move |_| fetch(path.get_value()),
            move |_| {
                toasts::success(say!(customer.edit_saved));
                on_saved.run(());
            },
        );
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save.run(());
    };
    let unit = edit.text("unit");
    let choose_unit = Callback::new(move |id| {
        edit.put("unit", id);
        edit.put("rep", String::new());
    });
    let words = {
        let policy = policy.clone();
        Callback::new(move |(field, text): (String, String)| match field.as_str() {
            "code" => (say!(customer.code).to_owned(), text),
            "unit" => {
                (say!(customer.unit).to_owned(), UnitId::parse(&text).map_or(text, |id| unit_name(&id)))
            }
            "rep" => {
                let rep = UserId::parse(&text);
                (
                    say!(customer.rep).to_owned(),
                    rep.map_or_else(|_| say!(customer.no_rep).to_owned(), |id| rep_name(&id)),
                )
            }
            "segment" => (say!(customer.segment).to_owned(), segment_name(lang(), &policy.policy, &text)),
            "since" => (say!(customer.since).to_owned(), text),
            _ => (say!(customer.name).to_owned(), text),
        })
    };
    let kinds = Signal::derive(move || segments(lang(), &policy.policy, stored_segment.as_ref()));
    view! {
        <Dialog id="edit-customer" title=t!(customer.edit_title) on_close>
            <div class="fj-dialog__body">
                <form class="fj-stack" id="edit-customer-form" on:submit=submit novalidate=true>
                    <EditNotices edit title=t!(race.customer) words on_save=save />
                    <TextField
                        id="edit-name"
                        label=t!(customer.name)
                        value=edit.text("name")
                        on_input=edit.set("name")
                        error=edit.error("name")
                        required=true
                    />
                    <TextField
                        id="edit-code"
                        label=t!(customer.code)
                        value=edit.text("code")
                        on_input=edit.set("code")
                        error=edit.error("code")
                        required=true
                    />
                    <SelectField
                        id="edit-unit"
                        label=t!(customer.unit)
                        value=unit
                        choices=Signal::derive(move || units(&unit.get()))
                        on_change=choose_unit
                        error=edit.error("unit")
                        required=true
                    />
                    <SelectField
                        id="edit-rep"
                        label=t!(customer.rep)
                        value=edit.text("rep")
                        choices=Signal::derive(move || reps(&unit.get()))
                        on_change=edit.set("rep")
                        error=edit.error("rep")
                    />
                    <Show when=move || !kinds.with(Vec::is_empty)>
                        <SelectField
                            id="edit-segment"
                            label=t!(customer.segment)
                            hint=t!(customer.segment_hint)
                            value=edit.text("segment")
                            choices=kinds
                            on_change=edit.set("segment")
                            error=edit.error("segment")
                        />
                    </Show>
                    <TextField
                        id="edit-since"
                        label=t!(customer.since)
                        hint=t!(customer.since_hint)
                        value=edit.text("since")
                        on_input=edit.set("since")
                        error=edit.error("since")
                        entry=Entry::Date
                    />
                </form>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.cancel) on_press=on_close />
                <Submit label=t!(common.save) busy=edit.state.busy form="edit-customer-form" />
            </footer>
        </Dialog>
    }
}

/// The open units, and the present one even when it is closed.
fn units(present: &str) -> Vec<Choice> {
    directory().with(|found| {
        let units = found.iter().flat_map(|found| &found.units);
        let units = units.filter(|unit| unit.active || unit.id.as_str() == present);
        units.map(|unit| (unit.id.to_string(), unit.name.to_string())).collect()
    })
}

/// Nobody, and the reps of a unit.
fn reps(unit: &str) -> Vec<Choice> {
    let mut all = vec![(String::new(), say!(customer.no_rep).to_owned())];
    directory().with(|found| {
        let reps = found.iter().flat_map(|found| &found.reps).filter(|rep| rep.unit.as_str() == unit);
        all.extend(reps.map(|rep| (rep.id.to_string(), rep.name.to_string())));
    });
    all
}

/// Sends the form.
async fn save(path: String, version: i64, form: MasterForm) -> Answer<Customer> {
    let draft = form.draft().map_err(|fields| invalid(fields.into_iter().map(Some)))?;
    client::put(path, &draft).if_match(version).send().await
}

/// What is stored now.
async fn fetch(path: String) -> Answer<Customer> {
    client::get(path).send::<CustomerPage>().await.map(|page| page.customer)
}
