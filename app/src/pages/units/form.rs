//! The form of a unit, new or present.

use leptos::prelude::*;
use leptos::web_sys::SubmitEvent;
use shared::dto::unit::Unit;

use crate::client::{self, Answer};
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::edit::{Edit, EditNotices};
use crate::components::field::TextField;
use crate::components::form::FormState;
use crate::components::select::{Choice, SelectField};
use crate::contexts::session::use_session;
use crate::derive::people::{KINDS, UnitForm, kind_code, kind_of};
use crate::derive::problem::invalid;
use crate::derive::words::unit_kind;
use crate::{say, t};

/// The dialog.
#[component]
pub fn UnitDialog(unit: Option<Unit>, on_saved: Callback<()>, on_close: Callback<()>) -> impl IntoView {
    let name = unit.as_ref().map_or_else(|| "unit.new".to_owned(), |unit| format!("unit.{}", unit.id));
    let fresh = unit.is_none();
    let edit = Edit::<UnitForm>::new(&use_session().user, &name, unit);
    let save = Callback::new(move |()| {
        let fetch = |old: Unit| client::one("/units", move |unit: &Unit| unit.id == old.id);
        edit.save(move |unit, form| save(edit.state, unit, form), fetch, move |_| on_saved.run(()));
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save.run(());
    };
    let title = move || if fresh { say!(units.add) } else { say!(units.edit) };
    let kinds = || -> Vec<Choice> {
        KINDS.map(|kind| (kind_code(kind).to_owned(), unit_kind(kind).to_owned())).to_vec()
    };
    let words = Callback::new(|(field, text): (String, String)| match field.as_str() {
        "kind" => (say!(units.kind).to_owned(), unit_kind(kind_of(&text)).to_owned()),
        _ => (say!(units.name).to_owned(), text),
    });
    view! {
        <Dialog id="unit" title on_close>
            <div class="fj-dialog__body">
                <form id="unit-form" class="fj-stack" on:submit=submit novalidate=true>
                    <EditNotices edit title=t!(race.unit) words on_save=save />
                    <div class="fj-form-grid">
                        <TextField
                            id="unit-name"
                            label=t!(units.name)
                            value=edit.text("name")
                            on_input=edit.set("name")
                            error=edit.error("name")
                            required=true
                        />
                        <SelectField
                            id="unit-kind"
                            label=t!(units.kind)
                            value=edit.text("kind")
                            on_change=edit.set("kind")
                            choices=Signal::derive(kinds)
                        />
                    </div>
                </form>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.cancel) on_press=on_close />
                <Submit label=t!(common.save) busy=edit.state.busy form="unit-form" />
            </footer>
        </Dialog>
    }
}

/// Sends the form.
async fn save(state: FormState, unit: Option<Unit>, form: UnitForm) -> Answer<Unit> {
    let active = unit.as_ref().is_none_or(|unit| unit.active);
    let draft = form.draft(active).map_err(|fields| invalid(fields.into_iter().map(Some)))?;
    match unit {
        None => client::post("/units", &draft).idempotent(&state.key(&draft)).send().await,
        Some(unit) => client::put(format!("/units/{}", unit.id), &draft).if_match(unit.version).send().await,
    }
}
