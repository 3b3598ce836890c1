//! The fields that a step may ask for.

use leptos::prelude::*;
use shared::review::Rating;

use super::super::desk::Desk;
use crate::components::area::AreaField;
use crate::components::field::{Entry, FieldError, TextField};
use crate::components::form::FormState;
use crate::contexts::drafts::Draft;
use crate::derive::edit::Touched;
use crate::derive::problem::explain_field_in;
use crate::derive::review_step::{field, refusal};
use crate::{say, t};

/// What is typed into a step's dialog.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    pub(super) draft: Draft<Touched>,
    pub(super) state: FormState,
}

impl Sheet {
    pub(super) fn text(self, field: &'static str) -> Signal<String> {
        Signal::derive(move || self.draft.value.with(|said| said.get(field).cloned().unwrap_or_default()))
    }

    pub(super) fn set(self, field: &'static str) -> Callback<String> {
        Callback::new(move |text: String| {
            self.draft.value.update(|said| {
                said.insert(field.to_owned(), text);
            });
        })
    }

    /// What is wrong with a field, in the words of the rule where a rule refused it.
    pub(super) fn error(self, field: &'static str) -> Signal<Option<String>> {
        self.state.field_said(field, |wrong| explain_field_in(refusal, wrong))
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
pub(super) fn GradeField(desk: Desk, sheet: Sheet) -> impl IntoView {
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
pub(super) fn PlanFields(sheet: Sheet) -> impl IntoView {
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
pub(super) fn CreditFields(sheet: Sheet) -> impl IntoView {
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
pub(super) fn Area(
    id: &'static str,
    #[prop(into)] label: leptos::text_prop::TextProp,
    sheet: Sheet,
    field: &'static str,
    /// Most characters.
    most: u32,
    #[prop(into)] required: Signal<bool>,
) -> impl IntoView {
    let (value, set, error) = (sheet.text(field), sheet.set(field), sheet.error(field));
    view! { <AreaField id label value on_input=set error required most /> }
}
