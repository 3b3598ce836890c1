//! The form of a unit, new or present.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::unit::Unit;

use crate::client::{self, ApiError};
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::field::TextField;
use crate::components::form::{FormError, FormState};
use crate::components::notice::RestoredNotice;
use crate::components::select::SelectField;
use crate::contexts::drafts::Draft;
use crate::contexts::session::use_session;
use crate::derive::people::UnitForm;
use crate::derive::problem::invalid;
use crate::{say, t};

const OFFICE: &str = "office";
const SECTION: &str = "section";

/// The dialog.
#[component]
pub fn UnitDialog(unit: Option<Unit>, on_saved: Callback<()>, on_close: Callback<()>) -> impl IntoView {
    let form = FormState::new();
    let name = unit.as_ref().map_or_else(|| "unit.new".to_owned(), |unit| format!("unit.{}", unit.id));
    let draft = Draft::of(&use_session().user, &name, UnitForm::of(unit.as_ref()));
    let value = draft.value;
    let present = StoredValue::new(unit);
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
                Ok(_) => {
                    form.end(None);
                    draft.saved(typed);
                    on_saved.run(());
                }
                Err(error) => form.end(Some(error)),
            }
        });
    };
    let title = move || if fresh { say!(units.add) } else { say!(units.edit) };
    let kinds = || {
        vec![
            (SECTION.to_owned(), say!(unit_kind.section).to_owned()),
            (OFFICE.to_owned(), say!(unit_kind.office).to_owned()),
        ]
    };
    let kind = move || if value.with(|form| form.office) { OFFICE } else { SECTION }.to_owned();
    view! {
        <Dialog id="unit" title on_close>
            <div class="fj-dialog__body">
                <form id="unit-form" class="fj-stack" on:submit=submit novalidate=true>
                    <RestoredNotice shown=draft.restored on_discard=Callback::new(move |()| draft.discard()) />
                    <FormError state=form />
                    <div class="fj-form-grid">
                        <TextField
                            id="unit-name"
                            label=t!(units.name)
                            value=Signal::derive(move || value.with(|form| form.name.clone()))
                            on_input=Callback::new(move |text| value.update(|form| form.name = text))
                            error=form.field("name")
                            required=true
                        />
                        <SelectField
                            id="unit-kind"
                            label=t!(units.kind)
                            value=Signal::derive(kind)
                            on_change=Callback::new(move |text| value.update(|form| form.office = text == OFFICE))
                            choices=Signal::derive(kinds)
                        />
                    </div>
                </form>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.cancel) on_press=on_close />
                <Submit label=t!(common.save) busy=form.busy form="unit-form" />
            </footer>
        </Dialog>
    }
}

/// Sends the form.
async fn save(form: FormState, unit: Option<Unit>, typed: &UnitForm) -> Result<Unit, ApiError> {
    let active = unit.as_ref().is_none_or(|unit| unit.active);
    let draft = typed.draft(active).map_err(|fields| invalid(fields.into_iter().map(Some)))?;
    match unit {
        None => client::post("/units", &draft).idempotent(&form.key(&draft)).send().await,
        Some(unit) => client::put(format!("/units/{}", unit.id), &draft).if_match(unit.version).send().await,
    }
}
