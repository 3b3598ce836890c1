//! The dialog of a step: it asks for what the step has to be told, and nothing else. What is typed stays
//! when it fails, and over a reload.

mod fields;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::id::Label;
use shared::problem::Code;
use shared::review::{Hand, Ladder, Moment, Step};

use super::bar::label;
use super::desk::Desk;
use crate::clock::now;
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::field::TextField;
use crate::components::form::FormState;
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::drafts::Draft;
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::problem::invalid;
use crate::derive::review_step::{Asker, Asks, Offer, beginning, explain, field, needs_reason, told};
use crate::{say, t};
use fields::{Area, CreditFields, GradeField, PlanFields, Sheet};

/// The dialog of the step that was begun.
#[component]
pub fn StepDialog(desk: Desk) -> impl IntoView {
    move || desk.taking.get().map(|offer| view! { <Taking desk offer /> })
}

#[component]
fn Taking(desk: Desk, offer: Offer) -> impl IntoView {
    let session = use_session();
    let today = session.today;
    let asks = Asks::of(offer.step);
    let (place, begun) = desk.view.with_untracked(|view| {
        let computed = desk.preview.with_untracked(|all| all.tier.clone());
        let place = format!("step.{}.{}.{}", view.form.cycle, view.form.customer, offer.step.code());
        (place, beginning(offer.step, view, computed.as_ref()))
    });
    let sheet = Sheet { draft: Draft::of(&session.user, &place, begun), state: FormState::new() };
    let asker = Moment::new(now()).ok().map(|now| Asker {
        hand: Hand { user: session.user.clone(), on_behalf_of: None, role: session.role },
        now,
        ladder: Ladder::of(&desk.policy.get_value().policy),
    });
    let step = offer.step;
    let required = Memo::new(move |_| {
        let grade = sheet.text(field::GRADE).with(|grade| Label::parse(grade).ok());
        let computed = desk.preview.with(|all| all.tier.clone());
        asker.as_ref().is_some_and(|asker| {
            desk.view.with(|view| needs_reason(step, grade.as_ref(), view, computed.as_ref(), asker))
        })
    });
    let changed = if step == Step::Amend { desk.reading.with_untracked(|one| one.changes()) } else { 0 };
    let on_close = Callback::new(move |()| desk.taking.set(None));
    let own = StoredValue::new(offer.clone());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if sheet.state.busy.get_untracked() {
            return;
        }
        let content = (changed > 0).then(|| desk.writing.get_untracked());
        let told = sheet
            .draft
            .value
            .with_untracked(|said| told(&own.get_value(), said, today, required.get_untracked(), content));
        let body = match told {
            Ok(body) => body,
            Err(wrong) => {
                sheet.state.end(Some(invalid(wrong.into_iter().map(Some))));
                return;
            }
        };
        sheet.state.begin();
        spawn_local(async move {
            match desk.go(body).await {
                Ok(()) => {
                    sheet.state.end(None);
                    sheet.draft.discard();
                    toasts::success(say!(review_form.step.done, crate::derive::review_words::step(step)));
                    desk.taking.try_set(None);
                    to_heading();
                }
                Err(error) => {
                    let raced = error.code() == Some(Code::VersionMismatch);
                    if (raced || error.code() == Some(Code::Conflict)) && desk.fetch().await.is_ok() {
                        let offered = own.try_get_value().is_some_and(|own| {
                            untrack(|| desk.view.with(crate::derive::review_step::offers)).contains(&own)
                        });
                        if !offered {
                            toasts::error(say!(review_form.step.gone));
                            desk.taking.try_set(None);
                            return;
                        }
                    }
                    sheet.state.end(Some(error));
                }
            }
        });
    };
    let acting = offer.acting.as_ref().map(|(_, name)| name.to_string());
    // Over a list, nothing else says whose form it is.
    let (code, name_of) = desk.view.with_untracked(|view| (view.code.to_string(), view.name.to_string()));
    let title = {
        let offer = offer.clone();
        move || label(&offer)
    };
    let name = move || label(&offer);
    view! {
        <Dialog id="form-step" title on_close>
            <form on:submit=submit novalidate=true>
                <div class="fj-dialog__body fj-stack">
                    <Failed sheet />
                    <p>
                        <b>{name_of}</b>
                        " "
                        <span class="fj-code">{code}</span>
                    </p>
                    <p>{move || purpose(step)}</p>
                    {acting
                        .map(|name| view! { <p class="fj-muted">{move || say!(review_form.step.for_whom, name)}</p> })}
                    {(changed > 0)
                        .then(|| view! { <p>{move || say!(review_form.step.amount, changed)}</p> })}
                    {asks.grade.then(|| view! { <GradeField desk sheet /> })}
                    {asks
                        .raised_by
                        .then(|| {
                            view! {
                                <TextField
                                    id="raised-by"
                                    label=t!(review_form.step.raised_by)
                                    hint=t!(review_form.step.raised_hint)
                                    value=sheet.text(field::RAISED_BY)
                                    on_input=sheet.set(field::RAISED_BY)
                                    error=sheet.error(field::RAISED_BY)
                                    required=true
                                />
                            }
                        })}
                    {asks.plan.then(|| view! { <PlanFields sheet /> })}
                    {asks.credit.then(|| view! { <CreditFields sheet /> })}
                    {asks
                        .reason
                        .then(|| {
                            view! {
                                <Area
                                    id="reason"
                                    label=move || {
                                        if required.get() {
                                            say!(review_form.step.reason)
                                        } else {
                                            say!(review_form.step.remark)
                                        }
                                    }
                                    sheet
                                    field=field::REASON
                                    most=500
                                    required
                                />
                            }
                        })}
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) on_press=on_close />
                    <Submit label=name busy=sheet.state.busy />
                </footer>
            </form>
        </Dialog>
    }
}

/// The button that was pressed is gone: the focus goes to the name, and what follows is read from there.
fn to_heading() {
    request_animation_frame(|| {
        use web_sys::wasm_bindgen::JsCast;
        // Where the form is not the page, the page itself.
        let document = document();
        let heading = document.get_element_by_id("form-name").or_else(|| document.get_element_by_id("main"));
        if let Some(heading) = heading.and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
            heading.focus().ok();
        }
    });
}

/// What a step does.
fn purpose(step: Step) -> &'static str {
    match step {
        Step::Submit => say!(review_form.step.submit),
        Step::Admit => say!(review_form.step.admit),
        Step::SetAside => say!(review_form.step.set_aside),
        Step::TakeUp => say!(review_form.step.take_up),
        Step::Amend => say!(review_form.step.amend),
        Step::Decide => say!(review_form.step.decide),
        Step::Apply => say!(review_form.step.apply),
        Step::Review => say!(review_form.step.review),
        Step::Approve => say!(review_form.step.approve),
        Step::Refuse => say!(review_form.step.refuse),
        Step::Return => say!(review_form.step.hand_back),
        Step::Withdraw => say!(review_form.step.withdraw),
        Step::Rate => say!(review_form.step.rate),
        Step::Fill | Step::Publish => "",
    }
}

/// What went wrong as a whole; what another person changed meanwhile is already shown behind the dialog.
#[component]
fn Failed(sheet: Sheet) -> impl IntoView {
    move || {
        sheet.state.error.get().map(|error| {
            let raced = error.code() == Some(Code::VersionMismatch);
            let title = move || {
                if raced { say!(review_form.step.overtaken).to_owned() } else { explain(&error) }
            };
            let tone = if raced { NoticeTone::Warning } else { NoticeTone::Error };
            view! { <Notice tone title /> }
        })
    }
}
