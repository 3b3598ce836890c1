//! The fields of what is granted, and of choosing between a few.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::review::meeting::ItemKind;

use crate::components::area::AreaField;
use crate::components::field::{Entry, FieldError, TextField};
use crate::components::form::FormState;
use crate::derive::edit::Touched;
use crate::derive::meeting_item::explain_part;
use crate::{say, t};

/// What is typed, and what became of the last try to send it.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The texts by field.
    pub said: RwSignal<Touched>,
    /// The last try.
    pub state: FormState,
}

impl Sheet {
    /// Beginning with some texts.
    #[must_use]
    pub fn new(said: Touched) -> Self {
        Self { said: RwSignal::new(said), state: FormState::new() }
    }

    /// The text of a field.
    #[must_use]
    pub fn text(self, field: &'static str) -> Signal<String> {
        Signal::derive(move || self.said.with(|said| said.get(field).cloned().unwrap_or_default()))
    }

    /// What writes a field.
    #[must_use]
    pub fn set(self, field: &'static str) -> Callback<String> {
        Callback::new(move |text: String| {
            self.said.update(|said| {
                said.insert(field.to_owned(), text);
            });
        })
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(self, field: &'static str) -> Signal<Option<String>> {
        self.state.field_said(field, explain_part)
    }
}

/// One of a few, for a finger.
#[component]
pub fn Pick(
    id: &'static str,
    #[prop(into)] label: TextProp,
    sheet: Sheet,
    field: &'static str,
    /// Each its value and its text.
    #[prop(into)]
    choices: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    let (now, set, error) = (sheet.text(field), sheet.set(field), sheet.error(field));
    let option = move |(value, text): (String, String)| {
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
                <span class="fj-segmented__face">{text}</span>
            </label>
        }
    };
    view! {
        <fieldset class="fj-segmented" aria-describedby=move || error.with(Option::is_some).then(|| format!("{id}-e"))>
            <legend class="fj-segmented__legend">
                {move || label.get()} " " <span class="fj-field__mark">{t!(common.required)}</span>
            </legend>
            <div class="fj-segmented__options">
                {move || choices.get().into_iter().map(option).collect_view()}
            </div>
            <FieldError id error />
        </fieldset>
    }
}

/// The names and ids of the fields of one grant.
pub struct Names {
    /// In words.
    pub text: (&'static str, &'static str),
    /// The kind of settlement.
    pub terms: (&'static str, &'static str),
    /// Its days.
    pub days: (&'static str, &'static str),
    /// What was agreed of a special one.
    pub agreed: (&'static str, &'static str),
    /// The limit.
    pub limit: (&'static str, &'static str),
    /// From when on.
    pub from: (&'static str, &'static str),
    /// The last day.
    pub until: (&'static str, &'static str),
}

/// Of what is granted now.
pub const WAS: Names = Names {
    text: ("was.text", "was-text"),
    terms: ("was.terms", "was-terms"),
    days: ("was.terms.days", "was-days"),
    agreed: ("was.terms.agreed", "was-agreed"),
    limit: ("was.limit", "was-limit"),
    from: ("was.from", "was-from"),
    until: ("was.until", "was-until"),
};

/// Of what is to be granted.
pub const GRANTED: Names = Names {
    text: ("granted.text", "granted-text"),
    terms: ("granted.terms", "granted-terms"),
    days: ("granted.terms.days", "granted-days"),
    agreed: ("granted.terms.agreed", "granted-agreed"),
    limit: ("granted.limit", "granted-limit"),
    from: ("granted.from", "granted-from"),
    until: ("granted.until", "granted-until"),
};

/// The fields of a grant.
#[component]
pub fn GrantFields(kind: ItemKind, sheet: Sheet, names: &'static Names) -> impl IntoView {
    let settles = kind == ItemKind::Settlement;
    let words = move || match kind {
        ItemKind::SpecialPolicy => say!(meeting.item.policy_text),
        ItemKind::Settlement => say!(meeting.item.remark),
        ItemKind::Other => say!(meeting.item.matter_text),
    };
    let terms = Signal::derive(|| {
        [
            ("cash", say!(review_form.credit.cash)),
            ("days", say!(review_form.credit.days)),
            ("monthly", say!(review_form.credit.monthly)),
            ("special", say!(review_form.credit.special)),
        ]
        .map(|(value, text)| (value.to_owned(), text.to_owned()))
        .to_vec()
    });
    let chosen = sheet.text(names.terms.0);
    let of_days = Memo::new(move |_| chosen.with(|terms| terms == "days"));
    let special = Memo::new(move |_| chosen.with(|terms| terms == "special"));
    let day = move |(field, id): (&'static str, &'static str), label: TextProp| {
        view! {
            <TextField
                id=id
                label
                value=sheet.text(field)
                on_input=sheet.set(field)
                error=sheet.error(field)
                entry=Entry::Date
            />
        }
    };
    let settlement = settles.then(|| {
        view! {
            <Pick id=names.terms.1 label=t!(review_form.credit.terms) sheet field=names.terms.0 choices=terms />
            <Show when=move || of_days.get()>
                <TextField
                    id=names.days.1
                    label=t!(review_form.credit.day_count)
                    value=sheet.text(names.days.0)
                    on_input=sheet.set(names.days.0)
                    error=sheet.error(names.days.0)
                    entry=Entry::Whole
                    required=true
                />
            </Show>
            <Show when=move || special.get()>
                <Area id=names.agreed.1 label=t!(review_form.credit.agreed) sheet field=names.agreed.0 required=true />
            </Show>
            <TextField
                id=names.limit.1
                label=t!(review_form.credit.limit_unit)
                value=sheet.text(names.limit.0)
                on_input=sheet.set(names.limit.0)
                error=sheet.error(names.limit.0)
                required=true
            />
        }
    });
    let text = view! { <Area id=names.text.1 label=words sheet field=names.text.0 required=!settles /> };
    let (before, after) = if settles { (None, Some(text)) } else { (Some(text), None) };
    view! {
        {before}
        {settlement}
        <div class="fj-form-grid">
            {day(names.from, t!(meeting.item.from).into())} {day(names.until, t!(meeting.item.until).into())}
        </div>
        {after}
    }
}

/// A paragraph.
#[component]
pub fn Area(
    id: &'static str,
    #[prop(into)] label: TextProp,
    sheet: Sheet,
    field: &'static str,
    #[prop(into)] required: Signal<bool>,
) -> impl IntoView {
    let (value, set, error) = (sheet.text(field), sheet.set(field), sheet.error(field));
    view! { <AreaField id label value on_input=set error required /> }
}
