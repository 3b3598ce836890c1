//! One input of a policy to be filled in: a number or a level, or that there is none.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::dto::figures::{Figure, Source};
use shared::grading::{Assessment, Input, Inputs, Measure};
use shared::id::Key;

use super::choose::Choose;
use crate::components::button::{Button, Weight};
use crate::components::field::FieldError;
use crate::contexts::i18n::lang;
use crate::derive::customer_form::{Fault, Typed, typed};
use crate::derive::measure::{self, points_short};
use crate::derive::spacing::tidy;
use crate::derive::what_if::{Control, ControlKind};
use crate::derive::{format, sentences};
use crate::{say, t};

/// What every entry of a form needs.
#[derive(Clone, Copy)]
pub struct Entries {
    /// What is filled in: only what differs from what is stored.
    pub touched: Memo<BTreeMap<Key, Typed>>,
    /// Fills an input in; `None` leaves it as it is stored.
    pub put: Callback<(Key, Option<Typed>)>,
    /// The inputs as stored.
    pub base: Memo<BTreeMap<Key, Input>>,
    /// Where an input comes from and what it was before, in words.
    pub origin: Callback<Key, Option<String>>,
    /// What stood there before anybody corrected it, where that can be had back.
    pub before: Option<Memo<BTreeMap<Key, Input>>>,
    /// What would be graded, with what is computed from the rest.
    pub graded: Memo<Inputs>,
    /// The grade of that.
    pub preview: Memo<Assessment>,
}

impl Entries {
    /// How an input stands in the form.
    fn typed(self, control: &Control) -> Typed {
        self.touched.with(|touched| self.base.with(|base| typed(control, touched, base)))
    }

    /// How it stands as stored.
    fn stored(self, control: &Control) -> Typed {
        self.base.with(|base| typed(control, &BTreeMap::new(), base))
    }

    /// How it stood before it was corrected, when it did and is corrected now.
    fn corrected(self, control: &Control) -> Option<Typed> {
        let before = self.before?.with(|before| before.get(&control.key).cloned());
        let before = before.filter(|before| *before != Input::Missing)?;
        (self.typed(control).input(control).as_ref() != Ok(&before)).then(|| Typed::of(control, &before))
    }
}

/// Where a figure comes from.
#[must_use]
pub fn source(figure: &Figure) -> String {
    let source = match figure.source {
        Source::Annual => say!(figures.source_annual),
        Source::Receivables => say!(figures.source_receivables),
        Source::Entered => say!(figures.source_entered),
    };
    say!(figures.source, source, figure.by, format::moment(figure.at))
}

/// One entry: a number or a level, or that there is none.
#[component]
pub fn Field(entries: Entries, control: Control) -> impl IntoView {
    let Entries { put, origin, graded, preview, .. } = entries;
    let id = format!("f-{}", control.key);
    let (measure, weight) = (control.measure, control.weight);
    let own = StoredValue::new(control.clone());
    let key = StoredValue::new(control.key.clone());
    let typed = Memo::new(move |_| own.with_value(|control| entries.typed(control)));
    let put = Callback::new(move |entry: Typed| {
        let same = own.with_value(|control| untrack(|| entries.stored(control)) == entry);
        put.run((key.get_value(), (!same).then_some(entry)));
    });
    let name = {
        let name = control.name.clone();
        move || sentences::local(lang(), &name).to_owned()
    };
    let asks = control.asks.clone().map(|asks| move || sentences::local(lang(), &asks).to_owned());
    let fault = Memo::new(move |_| own.with_value(|control| typed.with(|typed| typed.input(control).err())));
    let error = move || fault.get().map(|fault| wrong(fault, measure));
    // A figure left open may still be graded: growth and months follow from the rest.
    let automatic = Memo::new(move |_| {
        let open = own.with_value(|control| typed.with(|typed| typed.input(control) == Ok(Input::Missing)));
        let input = graded.with(|graded| key.with_value(|key| graded.get(key).clone()));
        (open && input != Input::Missing).then_some(input)
    });
    let from_the_rest = move || {
        let said = |input| say!(figures.automatic, sentences::input(lang(), measure, &input));
        automatic.get().map(said)
    };
    let computed = Memo::new(move |_| automatic.with(Option::is_some));
    let origin = move || origin.run(key.get_value());
    let corrected = Memo::new(move |_| own.with_value(|control| entries.corrected(control)));
    let undo = Callback::new(move |()| {
        if let Some(before) = corrected.get_untracked() {
            put.run(before);
        }
    });
    let points = weight.map(|weight| {
        let points = move || {
            preview.with(|all| {
                let line =
                    key.with_value(|key| all.lines.iter().find(|line| line.indicator == *key).cloned())?;
                Some(format::points(line.points))
            })
        };
        view! {
            <span class="fj-slider__points">
                <b>{points}</b>
                " / "
                {points_short(weight)}
            </span>
        }
    });
    let clause = (!control.clause.is_empty())
        .then(|| view! { <span class="fj-clause">{control.clause.clone()}</span> });
    let scaled = matches!(control.kind, ControlKind::Scale(_));
    let title = if scaled {
        view! {
            <label class="fj-field__label" id=id.clone() for=format!("{id}-n")>
                {name.clone()}
                " "
                {clause}
            </label>
        }
        .into_any()
    } else {
        view! { <span class="fj-field__label" id=id.clone()>{name.clone()} " " {clause}</span> }.into_any()
    };
    let body = match control.kind {
        ControlKind::Scale(_) => number(&id, measure, typed, put, fault, name.clone()).into_any(),
        ControlKind::Choice(choices) => {
            let input = Memo::new(move |_| {
                own.with_value(|control| typed.with(|typed| typed.input(control).unwrap_or(Input::Missing)))
            });
            let set = Callback::new(move |input: Input| {
                own.with_value(|control| put.run(Typed::of(control, &input)))
            });
            view! { <Choose id=id.clone() choices input set /> }.into_any()
        }
    };
    view! {
        <div class="fj-field fj-field--full">
            <div class="fj-slider__head">
                {title}
                {points}
            </div>
            {asks.map(|asks| view! { <p class="fj-field__hint">{asks}</p> })}
            {body}
            <FieldError id=id.clone() error=Signal::derive(error) />
            <States typed put scaled computed name=Callback::new(move |()| name()) />
            <p class="fj-field__hint" id=format!("{id}-h")>
                {move || from_the_rest().map(|text| format!("{text} "))}
                {origin}
            </p>
            <Show when=move || corrected.with(Option::is_some)>
                <div>
                    <Button
                        label=t!(review_form.restore)
                        weight=Weight::Quiet
                        icon="undo"
                        small=true
                        on_press=undo
                    />
                </div>
            </Show>
        </div>
    }
}

fn number(
    id: &str,
    measure: Measure,
    typed: Memo<Typed>,
    put: Callback<Typed>,
    fault: Memo<Option<Fault>>,
    name: impl Fn() -> String + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let unit = move || measure::unit(lang(), measure);
    let own = id.to_owned();
    let described = move || {
        if fault.get().is_some() { format!("{own}-h {own}-e") } else { format!("{own}-h") }
    };
    let shown = move || match typed.get() {
        Typed::Number(text) => text,
        Typed::Level(_) | Typed::Missing | Typed::NotApplicable => String::new(),
    };
    view! {
        <span class="fj-affix">
            <input
                class="fj-input fj-input--number"
                id=format!("{id}-n")
                name=id.to_owned()
                inputmode="decimal"
                autocomplete="off"
                aria-label=move || {
                    let unit = unit();
                    if unit.is_empty() { name() } else { say!(what_if.with_unit, name(), unit) }
                }
                aria-describedby=described
                aria-invalid=move || fault.get().is_some().then_some("true")
                prop:value=shown
                on:input:target=move |event| put.run(Typed::Number(event.target().value()))
            />
            <span class="fj-affix__unit" aria-hidden="true">
                {unit}
            </span>
        </span>
    }
}

/// The two ways of having no value, said on purpose.
#[component]
fn States(
    typed: Memo<Typed>,
    put: Callback<Typed>,
    /// A level has its own choice for "not judged".
    scaled: bool,
    /// Whether it follows from other figures while it is left open: then nothing is missing.
    computed: Memo<bool>,
    name: Callback<(), String>,
) -> impl IntoView {
    let switch = move |to: Typed, text: fn(shared::ledger::Lang) -> &'static str| {
        let own = to.clone();
        let blank = matches!(to, Typed::Missing);
        let on = Memo::new(move |_| {
            let chosen = typed.with(|typed| {
                *typed == own || (blank && matches!(typed, Typed::Number(text) if text.trim().is_empty()))
            });
            chosen && !(blank && computed.get())
        });
        view! {
            <button
                type="button"
                class="fj-chip"
                aria-pressed=move || if on.get() { "true" } else { "false" }
                on:click=move |_| put.run(if on.get_untracked() { Typed::Number(String::new()) } else { to.clone() })
            >
                {move || text(lang())}
            </button>
        }
    };
    view! {
        <div class="fj-cluster fj-cluster--tight" role="group" aria-label=move || say!(figures.state, name.run(()))>
            {scaled.then(|| switch(Typed::Missing, crate::texts::figures::missing))}
            {switch(Typed::NotApplicable, crate::texts::figures::not_applicable)}
        </div>
    }
}

fn wrong(fault: Fault, measure: Measure) -> String {
    match fault {
        Fault::Unreadable(why) => measure::unreadable(lang(), measure, why),
        Fault::OutOfRange => {
            let (low, high) = measure.range().unwrap_or(0..=0).into_inner();
            let said = |raw| measure::with_unit(lang(), measure, raw);
            tidy(&say!(measure.out_of_range, said(low), said(high)))
        }
    }
}
