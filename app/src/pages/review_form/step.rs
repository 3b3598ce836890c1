//! The dialog of a step: it asks for what the step has to be told, and nothing else. What is typed stays
//! when it fails, and over a reload.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::id::Label;
use shared::problem::Code;
use shared::review::{Hand, Ladder, Moment, Rating, Step};

use super::bar::label;
use super::desk::Desk;
use crate::clock::now;
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::field::{Entry, FieldError, TextField};
use crate::components::form::FormState;
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::drafts::Draft;
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::edit::Touched;
use crate::derive::problem::{explain_field, invalid};
use crate::derive::review_step::{
    Asker, Asks, Offer, beginning, explain, field, needs_reason, refusal, told,
};
use crate::{say, t};

/// What is typed into a step's dialog.
#[derive(Clone, Copy)]
struct Sheet {
    draft: Draft<Touched>,
    state: FormState,
}

impl Sheet {
    fn text(self, field: &'static str) -> Signal<String> {
        Signal::derive(move || self.draft.value.with(|said| said.get(field).cloned().unwrap_or_default()))
    }

    fn set(self, field: &'static str) -> Callback<String> {
        Callback::new(move |text: String| {
            self.draft.value.update(|said| {
                said.insert(field.to_owned(), text);
            });
        })
    }

    /// What is wrong with a field, in the words of the rule where a rule refused it.
    fn error(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.state.error.with(|error| {
                let wrong = error.as_ref()?.fields().iter().find(|wrong| wrong.field == field)?;
                Some(refusal(&wrong.code).map_or_else(|| explain_field(wrong), str::to_owned))
            })
        })
    }
}

/// The dialog of the step that was begun.
#[component]
pub fn StepDialog(desk: Desk) -> impl IntoView {
    move || desk.taking.get().map(|offer| view! { <Taking desk offer /> })
}

#[component]
fn Taking(desk: Desk, offer: Offer) -> impl IntoView {
    let session = use_session();
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
            .with_untracked(|said| told(&own.get_value(), said, required.get_untracked(), content));
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
    let title = move || label(&offer);
    view! {
        <Dialog id="form-step" title on_close>
            <form on:submit=submit novalidate=true>
                <div class="fj-dialog__body fj-stack">
                    <Failed sheet />
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
                    <Submit label=t!(review_form.step.confirm) busy=sheet.state.busy />
                </footer>
            </form>
        </Dialog>
    }
}

/// The button that was pressed is gone: the focus goes to the name, and what follows is read from there.
fn to_heading() {
    request_animation_frame(|| {
        use web_sys::wasm_bindgen::JsCast;
        let heading = document().get_element_by_id("form-name");
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

/// A choice of one out of several, for a finger.
#[component]
fn Choice(
    id: &'static str,
    #[prop(into)] label: leptos::text_prop::TextProp,
    sheet: Sheet,
    field: &'static str,
    /// Each its value, its key and its text, the last two of which may be empty.
    #[prop(into)]
    choices: Signal<Vec<(String, String, String)>>,
) -> impl IntoView {
    let (now, set, error) = (sheet.text(field), sheet.set(field), sheet.error(field));
    let option = move |(value, key, text): (String, String, String)| {
        let (own, to) = (value.clone(), value.clone());
        view! {
            <label class="fj-segmented__option">
                <input
                    class="fj-segmented__input"
                    type="radio"
                    name=id
                    value=value
                    prop:checked=move || now.with(|now| *now == own)
                    on:change=move |_| set.run(to.clone())
                />
                <span class="fj-segmented__face">
                    {(!key.is_empty()).then(|| view! { <b class="fj-segmented__key">{key.clone()}</b> })}
                    <span class="fj-segmented__text">{text}</span>
                </span>
            </label>
        }
    };
    view! {
        <fieldset class="fj-segmented" aria-describedby=move || error.with(Option::is_some).then(|| format!("{id}-e"))>
            <legend class="fj-segmented__legend">
                {move || label.get()} <span class="fj-field__mark">{t!(common.required)}</span>
            </legend>
            <div class="fj-segmented__options">
                {move || choices.get().into_iter().map(option).collect_view()}
            </div>
            <FieldError id error />
        </fieldset>
    }
}

/// The grade, with the one that the policy yields marked.
#[component]
fn GradeField(desk: Desk, sheet: Sheet) -> impl IntoView {
    let choices = Signal::derive(move || {
        let computed = desk.preview.with(|all| all.tier.clone());
        let policy = desk.policy.get_value();
        let tiers = policy.policy.tiers.iter().map(|tier| {
            let by_policy = computed.as_ref() == Some(&tier.key);
            let text = if by_policy { say!(review_form.step.computed) } else { "" };
            (tier.key.to_string(), tier.key.to_string(), text.to_owned())
        });
        tiers.collect::<Vec<_>>()
    });
    let hint = move || match desk.preview.with(|all| all.tier.clone()) {
        Some(grade) => say!(review_form.step.grade_hint, grade),
        None => say!(review_form.step.grade_none).to_owned(),
    };
    view! {
        <Choice id="grade" label=t!(review_form.step.grade) sheet field=field::GRADE choices />
        <p class="fj-field__hint">{hint}</p>
    }
}

/// What the company undertakes for an A customer.
#[component]
fn PlanFields(sheet: Sheet) -> impl IntoView {
    let required = Signal::stored(true);
    view! {
        <p class="fj-field__hint">{t!(review_form.step.plan)}</p>
        <Area id="service" label=t!(review_form.proposal.service) sheet field=field::SERVICE most=2000 required />
        <Area
            id="production"
            label=t!(review_form.proposal.production)
            sheet
            field=field::PRODUCTION
            most=2000
            required
        />
        <Area id="sales" label=t!(review_form.proposal.sales) sheet field=field::SALES most=2000 required />
    }
}

/// Rating, limit, settlement, and until when.
#[component]
fn CreditFields(sheet: Sheet) -> impl IntoView {
    let ratings = Signal::derive(|| {
        Rating::ALL.map(|one| (one.code().to_owned(), one.code().to_owned(), String::new())).to_vec()
    });
    let terms = Signal::derive(|| {
        [
            ("cash", say!(review_form.credit.cash)),
            ("days", say!(review_form.credit.days)),
            ("monthly", say!(review_form.credit.monthly)),
            ("special", say!(review_form.credit.special)),
        ]
        .map(|(value, text)| (value.to_owned(), String::new(), text.to_owned()))
        .to_vec()
    });
    let kind = sheet.text(field::TERMS);
    let of_days = Memo::new(move |_| kind.with(|kind| kind == "days"));
    let special = Memo::new(move |_| kind.with(|kind| kind == "special"));
    view! {
        <Choice id="rating" label=t!(review_form.credit.rating) sheet field=field::RATING choices=ratings />
        <TextField
            id="limit"
            label=t!(review_form.credit.limit_unit)
            value=sheet.text(field::LIMIT)
            on_input=sheet.set(field::LIMIT)
            error=sheet.error(field::LIMIT)
            required=true
        />
        <Choice id="terms" label=t!(review_form.credit.terms) sheet field=field::TERMS choices=terms />
        <Show when=move || of_days.get()>
            <TextField
                id="days"
                label=t!(review_form.credit.day_count)
                value=sheet.text(field::DAYS)
                on_input=sheet.set(field::DAYS)
                error=sheet.error(field::DAYS)
                entry=Entry::Whole
                required=true
            />
        </Show>
        <Show when=move || special.get()>
            <Area
                id="agreed"
                label=t!(review_form.credit.agreed)
                sheet
                field=field::AGREED
                most=2000
                required=Signal::stored(true)
            />
        </Show>
        <TextField
            id="until"
            label=t!(review_form.credit.until)
            hint=t!(review_form.credit.until_hint)
            value=sheet.text(field::UNTIL)
            on_input=sheet.set(field::UNTIL)
            error=sheet.error(field::UNTIL)
            entry=Entry::Date
        />
    }
}

/// A paragraph.
#[component]
fn Area(
    id: &'static str,
    #[prop(into)] label: leptos::text_prop::TextProp,
    sheet: Sheet,
    field: &'static str,
    /// Most characters.
    most: u32,
    #[prop(into)] required: Signal<bool>,
) -> impl IntoView {
    let (value, set, error) = (sheet.text(field), sheet.set(field), sheet.error(field));
    view! {
        <div class="fj-field fj-field--full">
            <label class="fj-field__label" for=id>
                {move || label.get()}
                {move || required.get().then(|| view! { <span class="fj-field__mark">{t!(common.required)}</span> })}
            </label>
            <textarea
                class="fj-input fj-input--area"
                id=id
                rows="2"
                maxlength=most
                aria-required=move || required.get().then_some("true")
                aria-describedby=move || error.with(Option::is_some).then(|| format!("{id}-e"))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=move || value.get()
                on:input:target=move |event| set.run(event.target().value())
            ></textarea>
            <FieldError id error />
        </div>
    }
}
