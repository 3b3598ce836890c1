//! The master record of a customer, changed as a whole.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::calendar::Date;
use shared::dto::customer::{Customer, CustomerDraft};
use shared::id::{BadText, CustomerCode, Name, UnitId, UserId};

use crate::client;
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::components::select::{Choice, SelectField};
use crate::contexts::directory::directory;
use crate::contexts::toasts;
use crate::derive::problem::{field_problem, invalid, text_problem};
use crate::{say, t};

/// The dialog.
#[component]
pub fn EditDialog(customer: Customer, on_close: Callback<()>, on_saved: Callback<()>) -> impl IntoView {
    let form = FormState::new();
    let code = RwSignal::new(customer.code.to_string());
    let name = RwSignal::new(customer.name.to_string());
    let unit = RwSignal::new(customer.unit.to_string());
    let rep = RwSignal::new(customer.rep.as_ref().map(ToString::to_string).unwrap_or_default());
    let since = RwSignal::new(customer.since.map(|since| since.to_string()).unwrap_or_default());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        let typed_since = since.get_untracked();
        let (new_code, new_name) =
            (CustomerCode::parse(&code.get_untracked()), Name::parse(&name.get_untracked()));
        let new_unit = UnitId::parse(&unit.get_untracked());
        let new_since = (!typed_since.is_empty()).then(|| Date::parse(&typed_since));
        let (Ok(new_code), Ok(new_name), Ok(new_unit), None | Some(Ok(_))) =
            (&new_code, &new_name, &new_unit, &new_since)
        else {
            let bad = |wrong: Option<&BadText>| wrong.copied();
            form.end(Some(invalid([
                text_problem("code", bad(new_code.as_ref().err())),
                text_problem("name", bad(new_name.as_ref().err())),
                text_problem("unit", bad(new_unit.as_ref().err())),
                matches!(new_since, Some(Err(_))).then(|| field_problem("since", "format")),
            ])));
            return;
        };
        let draft = CustomerDraft {
            code: new_code.clone(),
            name: new_name.clone(),
            unit: new_unit.clone(),
            rep: UserId::parse(&rep.get_untracked()).ok(),
            segment: customer.segment.clone(),
            since: new_since.and_then(Result::ok),
        };
        let call = client::put(format!("/customers/{}", customer.id), &draft).if_match(customer.version);
        form.begin();
        spawn_local(async move {
            match call.send::<Customer>().await {
                Ok(_) => {
                    form.end(None);
                    toasts::success(say!(customer.edit_saved));
                    on_saved.run(());
                }
                Err(error) => form.end(Some(error)),
            }
        });
    };
    let units = Signal::derive(move || {
        directory().with(|found| {
            let units = found.iter().flat_map(|found| &found.units);
            let units = units.filter(|one| one.active || unit.with(|unit| *unit == one.id.as_str()));
            units.map(|one| (one.id.to_string(), one.name.to_string())).collect::<Vec<Choice>>()
        })
    });
    let reps = Signal::derive(move || {
        let mut all = vec![(String::new(), say!(customer.no_rep).to_owned())];
        directory().with(|found| {
            let reps = found.iter().flat_map(|found| &found.reps);
            let reps = reps.filter(|rep| unit.with(|unit| *unit == rep.unit.as_str()));
            all.extend(reps.map(|rep| (rep.id.to_string(), rep.name.to_string())));
        });
        all
    });
    let set = |signal: RwSignal<String>| Callback::new(move |text| signal.set(text));
    view! {
        <Dialog id="edit-customer" title=t!(customer.edit_title) on_close>
            <div class="fj-dialog__body">
                <form class="fj-stack" id="edit-customer-form" on:submit=submit novalidate=true>
                    <FormError state=form />
                    <TextField
                        id="edit-name"
                        label=t!(customer.name)
                        value=name
                        on_input=set(name)
                        error=form.field("name")
                        required=true
                    />
                    <TextField
                        id="edit-code"
                        label=t!(customer.code)
                        value=code
                        on_input=set(code)
                        error=form.field("code")
                        required=true
                    />
                    <SelectField
                        id="edit-unit"
                        label=t!(customer.unit)
                        value=unit
                        choices=units
                        on_change=Callback::new(move |id| {
                            unit.set(id);
                            rep.set(String::new());
                        })
                        error=form.field("unit")
                        required=true
                    />
                    <SelectField
                        id="edit-rep"
                        label=t!(customer.rep)
                        value=rep
                        choices=reps
                        on_change=set(rep)
                        error=form.field("rep")
                    />
                    <TextField
                        id="edit-since"
                        label=t!(customer.since)
                        hint=t!(customer.since_hint)
                        value=since
                        on_input=set(since)
                        error=form.field("since")
                        entry=Entry::Date
                    />
                </form>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.cancel) on_press=on_close />
                <Submit label=t!(common.save) busy=form.busy form="edit-customer-form" />
            </footer>
        </Dialog>
    }
}
