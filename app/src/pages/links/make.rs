//! A new link: first its terms, then, before anything is shared, exactly what whoever has it will see.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use leptos::web_sys::SubmitEvent;
use shared::dto::share::{MadeLink, NewLink};
use shared::id::UnitId;
use shared::permission::Action;

use crate::client;
use crate::components::button::{Button, Submit, Weight};
use crate::components::dialog::Dialog;
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::components::select::{Choice, SelectField};
use crate::contexts::directory::{directory, unit_name};
use crate::contexts::session::{may, use_session};
use crate::derive::edit::Touched;
use crate::derive::problem::invalid;
use crate::derive::share::{asked, begun, refusal, sees, terms, ticked};
use crate::{say, t};

/// The dialog.
#[component]
pub fn MakeDialog(
    unit: Option<UnitId>,
    on_made: Callback<(MadeLink, bool)>,
    on_close: Callback<()>,
) -> impl IntoView {
    let today = use_session().today;
    let said = RwSignal::new(begun(unit.as_ref(), today));
    let state = FormState::new();
    // What is to be confirmed; nothing while the terms are written.
    let wanted = RwSignal::new(None::<NewLink>);
    let next = Callback::new(move |()| match said.with_untracked(|said| asked(said, today)) {
        Ok(link) => {
            state.end(None);
            wanted.set(Some(link));
        }
        Err(wrong) => state.end(Some(invalid(wrong.into_iter().map(Some)))),
    });
    let share = Callback::new(move |link: NewLink| {
        let call = client::post("/links", &link).idempotent(&state.key(&link));
        state.begin();
        spawn_local(async move {
            match call.send::<MadeLink>().await {
                Ok(made) => {
                    state.end(None);
                    on_made.try_run((made, false));
                }
                Err(error) => {
                    state.end(Some(error));
                    wanted.try_set(None);
                }
            }
        });
    });
    let title = move || if wanted.with(Option::is_some) { say!(share.confirm) } else { say!(share.new) };
    view! {
        <Dialog id="link-new" title on_close>
            {move || match wanted.get() {
                None => view! { <Terms said state on_next=next on_close /> }.into_any(),
                Some(link) => {
                    let back = Callback::new(move |()| wanted.set(None));
                    view! { <Sure link state on_yes=share on_back=back /> }.into_any()
                }
            }}
        </Dialog>
    }
}

/// The units that the person may share: those of the directory are those that the person knows.
fn units() -> Vec<Choice> {
    let mut all = vec![(String::new(), say!(share.choose).to_owned())];
    directory().with(|found| {
        let open = found.iter().flat_map(|found| &found.units).filter(|unit| unit.active);
        all.extend(open.map(|unit| (unit.id.to_string(), unit.name.to_string())));
    });
    all
}

/// The terms.
#[component]
fn Terms(
    said: RwSignal<Touched>,
    state: FormState,
    on_next: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let text = move |field: &'static str| {
        Signal::derive(move || said.with(|said| said.get(field).cloned().unwrap_or_default()))
    };
    let set = move |field: &'static str| {
        Callback::new(move |text: String| {
            said.update(|said| {
                said.insert(field.to_owned(), text);
            });
        })
    };
    let error = move |field: &'static str| state.field_said(field, refusal);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_next.run(());
    };
    view! {
        <form on:submit=submit novalidate=true>
            <div class="fj-dialog__body fj-stack">
                <FormError state />
                <SelectField
                    id="unit"
                    label=t!(share.unit)
                    value=text("unit")
                    on_change=set("unit")
                    choices=Signal::derive(units)
                    error=error("unit")
                    required=true
                />
                <Fields said />
                <div class="fj-form-grid">
                    <TextField
                        id="as_at"
                        label=t!(share.as_at)
                        hint=t!(share.as_at_hint)
                        value=text("as_at")
                        on_input=set("as_at")
                        error=error("as_at")
                        entry=Entry::Date
                        required=true
                    />
                    <TextField
                        id="until"
                        label=t!(share.until)
                        hint=t!(share.until_hint)
                        value=text("until")
                        on_input=set("until")
                        error=error("until")
                        entry=Entry::Date
                        required=true
                    />
                    <TextField
                        id="passcode"
                        label=t!(share.passcode)
                        hint=t!(share.passcode_hint)
                        value=text("passcode")
                        on_input=set("passcode")
                        error=error("passcode")
                    />
                    <TextField
                        id="max_views"
                        label=t!(share.most)
                        hint=t!(share.most_hint)
                        value=text("max_views")
                        on_input=set("max_views")
                        error=error("max_views")
                        entry=Entry::Whole
                    />
                </div>
            </div>
            <footer class="fj-dialog__footer">
                <Button label=t!(common.cancel) on_press=on_close />
                <Submit label=t!(share.next) busy=state.busy />
            </footer>
        </form>
    }
}

/// What is shown besides the counts: only what the person may see can be ticked.
#[component]
fn Fields(said: RwSignal<Touched>) -> impl IntoView {
    let session = use_session();
    let boxes: [(&'static str, TextProp, Option<TextProp>, bool); 4] = [
        (
            "names",
            t!(share.names).into(),
            Some(t!(share.names_hint).into()),
            may(&session, Action::ReadCustomer),
        ),
        (
            "figures",
            t!(share.figures).into(),
            Some(t!(share.figures_hint).into()),
            may(&session, Action::ReadFigures),
        ),
        (
            "credit",
            t!(share.credit).into(),
            Some(t!(share.credit_hint).into()),
            may(&session, Action::ReadFigures),
        ),
        ("sheet", t!(share.sheet_tick).into(), None, true),
    ];
    let tick = move |(field, label, hint, _): (&'static str, TextProp, Option<TextProp>, bool)| {
        view! {
            <label class="fj-check">
                <input
                    class="fj-check__box"
                    type="checkbox"
                    name=field
                    prop:checked=move || said.with(|said| ticked(said, field))
                    on:change:target=move |event| {
                        let on = event.target().checked().to_string();
                        said.update(|said| {
                            said.insert(field.to_owned(), on);
                        });
                    }
                />
                <span class="fj-check__text">
                    {move || label.get()}
                    {hint.map(|hint| view! { <span class="fj-share__sub">{move || hint.get()}</span> })}
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="fj-share__boxes">
            <legend class="fj-field__label">{t!(share.also)}</legend>
            {boxes.into_iter().filter(|(.., may)| *may).map(tick).collect_view()}
        </fieldset>
    }
}

/// The question: what anybody with the address will see, and under which terms.
#[component]
fn Sure(link: NewLink, state: FormState, on_yes: Callback<NewLink>, on_back: Callback<()>) -> impl IntoView {
    let kept = StoredValue::new(link);
    let lines = |lines: Vec<String>| lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
    let seen = move || kept.with_value(|link| lines(sees(link, &unit_name(&link.unit))));
    let bound = move || kept.with_value(|link| lines(terms(link)));
    let yes = Callback::new(move |()| on_yes.run(kept.get_value()));
    view! {
        <div class="fj-dialog__body fj-stack">
            <p>
                <b>{t!(share.confirm_text)}</b>
            </p>
            <ul class="fj-share__list">{seen}</ul>
            <ul class="fj-share__list fj-share__list--terms">{bound}</ul>
        </div>
        <footer class="fj-dialog__footer">
            <Button label=t!(share.back) on_press=on_back />
            <Button label=t!(share.yes) weight=Weight::Primary busy=state.busy on_press=yes />
        </footer>
    }
}
