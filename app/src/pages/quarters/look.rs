//! A section's look at a quarter: written by its chief, read by the others, and closed once.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::quarter::{QuarterView, WriteQuarter};
use shared::problem::Code;
use shared::review::Stability;

use super::customers::Customers;
use crate::client;
use crate::components::area::AreaField;
use crate::components::button::{Button, Submit, Weight};
use crate::components::dialog::Confirm;
use crate::components::field::TextField;
use crate::components::form::{FormError, FormState};
use crate::components::select::{Choice, SelectField};
use crate::contexts::drafts::Draft;
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::edit::Touched;
use crate::derive::format::{moment, ten_thousands};
use crate::derive::problem::{explain_field_in, invalid};
use crate::derive::quarter::{explain, marks, name, refusal, stability, texts, written};
use crate::{say, t};

/// What is typed over what is stored.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// What is typed, by field.
    pub draft: Draft<Touched>,
    state: FormState,
    stored: StoredValue<Touched>,
}

impl Sheet {
    fn text(self, field: &'static str) -> Signal<String> {
        Signal::derive(move || {
            self.draft.value.with(|said| {
                said.get(field).cloned().unwrap_or_else(|| {
                    self.stored.with_value(|stored| stored.get(field).cloned().unwrap_or_default())
                })
            })
        })
    }

    fn set(self, field: &'static str) -> Callback<String> {
        Callback::new(move |text: String| {
            self.draft.value.update(|said| {
                said.insert(field.to_owned(), text);
            });
        })
    }

    fn error(self, field: &'static str) -> Signal<Option<String>> {
        self.state.field_said(field, |wrong| explain_field_in(refusal, wrong))
    }
}

/// The look, and the customers.
#[component]
pub fn LookView(view: QuarterView, reload: Callback<()>) -> impl IntoView {
    let session = use_session();
    let place = format!("quarter.{}.{}", view.standing.unit, view.quarter);
    let sheet = Sheet {
        draft: Draft::of(&session.user, &place, Touched::new()),
        state: FormState::new(),
        stored: StoredValue::new(texts(&view.look)),
    };
    let closing = RwSignal::new(false);
    let over = view.quarter.is_over_by(session.today);
    let path = format!("/quarters/{}/units/{}", view.quarter, view.standing.unit);
    // What is to be sent; `None` with the reasons shown where it cannot be.
    let read = {
        let view = view.clone();
        Callback::new(move |close: bool| {
            let said = sheet.draft.value.get_untracked();
            let body = written(&view.look, &said, view.standing.counted)
                .and_then(|look| Ok(WriteQuarter { look, marks: marks(&said)?, close }));
            let wrong = body.as_ref().err().cloned();
            sheet.state.end(wrong.map(|wrong| invalid(wrong.into_iter().map(Some))));
            body.ok()
        })
    };
    let send = {
        let version = view.version;
        Callback::new(move |close: bool| {
            if sheet.state.busy.get_untracked() {
                return;
            }
            let Some(body) = read.run(close) else {
                closing.set(false);
                return;
            };
            let call = client::put(path.clone(), &body).if_match(version);
            let sent = sheet.draft.value.get_untracked();
            sheet.state.begin();
            spawn_local(async move {
                // Where it is loaded anew this form stays busy to its end: what is pressed would go with it.
                match call.send::<QuarterView>().await {
                    Ok(_) => {
                        // What was typed meanwhile stays.
                        sheet
                            .draft
                            .value
                            .try_update(|said| said.retain(|field, text| sent.get(field) != Some(text)));
                        toasts::success(if close { say!(quarter.state.closed) } else { say!(common.saved) });
                        reload.try_run(());
                    }
                    // What the other person wrote comes; what is typed here stays over it.
                    Err(error) if error.code() == Some(Code::VersionMismatch) => {
                        toasts::error(explain(&error));
                        reload.try_run(());
                    }
                    Err(error) => sheet.state.end(Some(error)),
                }
                closing.try_set(false);
            });
        })
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        send.run(false);
    };
    let (unit, quarter, writes) = (view.standing.name.to_string(), view.quarter, view.may_write);
    let title = move || format!("{unit} · {}", name(quarter));
    let closed = view.standing.closed_at.map(moment).zip(view.closed_by.as_ref().map(ToString::to_string));
    let body = if writes {
        view! { <Fields sheet view=view.clone() /> }.into_any()
    } else {
        view! { <Read view=view.clone() /> }.into_any()
    };
    view! {
        <form class="fj-stack fj-stack--loose" on:submit=submit novalidate=true>
            <section class="fj-panel" aria-labelledby="p-look">
                <header class="fj-panel__header">
                    <h2 class="fj-panel__title" id="p-look">
                        {title}
                    </h2>
                    {closed
                        .map(|(at, by)| {
                            view! { <p class="fj-panel__note">{move || say!(quarter.closed_by, by, at)}</p> }
                        })}
                </header>
                <div class="fj-panel__body fj-stack">
                    <FormError state=sheet.state explain />
                    {body}
                </div>
                {writes
                    .then(|| {
                        view! {
                            <footer class="fj-panel__footer">
                                <Submit label=t!(common.save) busy=sheet.state.busy />
                                {over
                                    .then(|| {
                                        view! {
                                            <Button
                                                label=t!(quarter.close)
                                                weight=Weight::Secondary
                                                disabled=sheet.state.busy
                                                on_press=Callback::new(move |()| closing.set(read.run(true).is_some()))
                                            />
                                        }
                                    })}
                            </footer>
                        }
                    })}
            </section>
            <Customers sheet view />
        </form>
        <Show when=move || closing.get()>
            <Confirm
                id="close-quarter"
                title=t!(quarter.close_title)
                text=t!(quarter.close_text)
                yes=t!(quarter.close)
                state=sheet.state
                explain
                on_yes=Callback::new(move |()| send.run(true))
                on_close=Callback::new(move |()| closing.set(false))
            />
        </Show>
    }
}

/// The sales, as a ledger gave them or to be typed, and what the chief makes of them.
#[component]
fn Fields(sheet: Sheet, view: QuarterView) -> impl IntoView {
    let kinds = Signal::derive(|| -> Vec<Choice> {
        let none = (String::new(), say!(stand_ins.choose).to_owned());
        let all = Stability::ALL.map(|one| (one.code().to_owned(), stability(one).to_owned()));
        std::iter::once(none).chain(all).collect()
    });
    let counted = view.standing.sales.filter(|_| view.standing.counted);
    let sales = match counted {
        Some(sales) => view! {
            <p>{move || say!(quarter.counted, ten_thousands(sales))}</p>
        }
        .into_any(),
        None => view! {
            <TextField
                id="typed"
                label=t!(quarter.typed)
                hint=t!(quarter.typed_hint)
                value=sheet.text("look.typed")
                on_input=sheet.set("look.typed")
                error=sheet.error("look.typed")
            />
        }
        .into_any(),
    };
    view! {
        {sales}
        <SelectField
            id="stability"
            label=t!(quarter.stability_label)
            value=sheet.text("look.stability")
            on_change=sheet.set("look.stability")
            choices=kinds
            error=sheet.error("look.stability")
        />
        <Area id="cause" label=t!(quarter.cause) sheet field="look.cause" />
        <Area id="room" label=t!(quarter.room) sheet field="look.room" />
        <Area id="conclusion" label=t!(quarter.conclusion) sheet field="look.conclusion" />
    }
}

/// A paragraph.
#[component]
fn Area(
    id: &'static str,
    #[prop(into)] label: leptos::text_prop::TextProp,
    sheet: Sheet,
    field: &'static str,
) -> impl IntoView {
    let (value, set, error) = (sheet.text(field), sheet.set(field), sheet.error(field));
    view! { <AreaField id label value on_input=set error most=2000_u32 /> }
}

/// What was written, to be read.
#[component]
fn Read(view: QuarterView) -> impl IntoView {
    let look = view.look;
    let sales = view.standing.sales.map_or_else(|| "—".to_owned(), ten_thousands);
    let kind = look.stability;
    let said = |note: Option<shared::id::Note>| note.map_or_else(|| "—".to_owned(), String::from);
    let cell = |label: leptos::text_prop::TextProp, text: AnyView| {
        view! {
            <div class="fj-titleblock__cell fj-titleblock__cell--wide">
                <dt class="fj-titleblock__label">{move || label.get()}</dt>
                <dd class="fj-titleblock__value fj-prose">{text}</dd>
            </div>
        }
    };
    view! {
        <dl class="fj-titleblock">
            {cell(t!(quarter.sales).into(), sales.into_any())}
            {cell(
                t!(quarter.stability_label).into(),
                (move || kind.map_or("—", stability)).into_any(),
            )}
            {cell(t!(quarter.cause).into(), said(look.cause).into_any())}
            {cell(t!(quarter.room).into(), said(look.room).into_any())}
            {cell(t!(quarter.conclusion).into(), said(look.conclusion).into_any())}
        </dl>
    }
}
