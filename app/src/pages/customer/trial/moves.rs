//! The inputs to move, each in its own way.

use leptos::prelude::*;
use shared::grading::{Assessment, Input};

use super::Bench;
use crate::components::customer::choose::Choose;
use crate::components::customer::score::delta;
use crate::components::field::FieldError;
use crate::contexts::i18n::lang;
use crate::derive::measure::{self, points_short, style_percent};
use crate::derive::scale::Scale;
use crate::derive::what_if::{Control, ControlKind};
use crate::derive::{format, sentences};
use crate::{say, t};

/// One input to move.
#[component]
pub fn Move(bench: Bench, control: Control) -> impl IntoView {
    let Bench { hand, draft, trial, real, graded, now } = bench;
    let key = StoredValue::new(control.key.clone());
    let changed = {
        let key = control.key.clone();
        trial.part(move |trial| trial.has(&key))
    };
    let at = {
        let key = control.key.clone();
        trial.part(move |trial| real.with_value(|real| trial.input(real, &key).clone()))
    };
    let set = Callback::new(move |input| key.with_value(|key| hand.put(key, input)));
    let name = {
        let name = control.name.clone();
        move || sentences::local(lang(), &name).to_owned()
    };
    let points = control.weight.map(|weight| {
        let key = control.key.clone();
        let earned = move |all: &Assessment| {
            all.lines.iter().find(|line| line.indicator == key).map(|line| line.points)
        };
        let before = now.with_value(&earned);
        let own = graded.part(earned);
        let points = move || own.get().map(format::points);
        let moved = move || {
            let gained = own.get()?.minus(before?);
            (gained.get() != 0).then(|| delta(gained))
        };
        view! {
            <span class="fj-slider__points">
                <b>{points}</b>
                " / "
                {points_short(weight)}
            </span>
            {moved}
        }
    });
    let reset = {
        let name = name.clone();
        move || {
            let name = name.clone();
            changed.get().then(|| {
                view! {
                    <button
                        type="button"
                        class="fj-button fj-button--quiet fj-button--small"
                        aria-label=move || say!(what_if.reset_one, name())
                        on:click=move |_| key.with_value(|key| draft.value.update(|trial| trial.reset(key)))
                    >
                        {t!(what_if.reset)}
                    </button>
                }
            })
        }
    };
    let origin = real.with_value(|real| real.get(&control.key).clone());
    let measure = control.measure;
    let present = {
        let origin = origin.clone();
        move || match &origin {
            Input::Missing => say!(what_if.now_missing).to_owned(),
            Input::NotApplicable => say!(what_if.now_na).to_owned(),
            input => say!(what_if.now, sentences::input(lang(), measure, input)),
        }
    };
    let id = format!("w-{}", control.key);
    match control.kind {
        ControlKind::Scale(scale) => view! {
            <div class="fj-slider" class:fj-slider--changed=move || changed.get()>
                <div class="fj-slider__head">
                    <label class="fj-slider__label" for=id.clone()>
                        {name.clone()}
                    </label>
                    {points}
                    {reset}
                </div>
                <Slide id=id.clone() scale origin at set name=Callback::new(move |()| name()) />
                <p class="fj-slider__hint" id=format!("{id}-h")>
                    {present}
                </p>
            </div>
        }
        .into_any(),
        ControlKind::Choice(choices) => view! {
            <div class="fj-slider" class:fj-slider--changed=move || changed.get()>
                <div class="fj-slider__head">
                    <span class="fj-slider__label" id=id.clone()>
                        {name}
                    </span>
                    {points}
                    {reset}
                </div>
                <Choose id choices input=at set />
                <p class="fj-slider__hint">{present}</p>
            </div>
        }
        .into_any(),
    }
}

/// A scale with its number.
#[component]
fn Slide(
    id: String,
    scale: Scale,
    origin: Input,
    /// Where it stands.
    at: ReadSignal<Input>,
    set: Callback<Input>,
    name: Callback<(), String>,
) -> impl IntoView {
    let measure = scale.measure;
    let last = scale.last();
    let ticks = scale.ticks();
    let origin = match origin {
        Input::Measured { value } => Some(scale.position_of(value)),
        Input::Judged { .. } | Input::Missing | Input::NotApplicable => None,
    };
    let scale = StoredValue::new(scale);
    let position = Memo::new(move |_| {
        let value = at.with(Input::value);
        value.map_or(0, |value| scale.with_value(|scale| scale.position_of(value)))
    });
    let editing = RwSignal::new(None::<String>);
    let shown = move || {
        // Rounded for reading; what is graded stays exact until a number is typed.
        let read = |value| measure::value(measure, value).replace(',', "").replace('\u{2212}', "-");
        editing.get().unwrap_or_else(|| at.with(Input::value).map(read).unwrap_or_default())
    };
    let wrong = Memo::new(move |_| {
        let why = editing.with(|text| text.as_ref().and_then(|text| measure::parse(measure, text).err()))?;
        Some(measure::unreadable(lang(), measure, why))
    });
    let unit = move || measure::unit(lang(), measure);
    let along = move |position: i64| style_percent(position, last);
    view! {
        <div class="fj-slider__row">
            <span class="fj-slider__track">
                <input
                    class="fj-slider__range"
                    id=id.clone()
                    type="range"
                    min="0"
                    max=last
                    step="1"
                    aria-describedby=format!("{id}-h")
                    aria-valuetext=move || at.with(|at| sentences::input(lang(), measure, at))
                    prop:value=move || position.get().to_string()
                    on:input:target=move |event| {
                        // Most often there is nothing typed to forget, and nobody to be told.
                        if editing.with_untracked(Option::is_some) {
                            editing.set(None);
                        }
                        if let Ok(position) = event.target().value().parse() {
                            set.run(Input::Measured { value: scale.with_value(|scale| scale.value_at(position)) });
                        }
                    }
                />
                <span class="fj-slider__ticks" aria-hidden="true">
                    {ticks.into_iter().map(|tick| view! { <i class="fj-slider__tick" style:--at=along(tick)></i> }).collect_view()}
                    {origin.map(|origin| view! { <i class="fj-slider__origin" style:--at=along(origin)></i> })}
                </span>
            </span>
            <span class="fj-affix fj-slider__number">
                <input
                    class="fj-input fj-input--number"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-label=move || {
                        let unit = unit();
                        if unit.is_empty() { name.run(()) } else { say!(what_if.with_unit, name.run(()), unit) }
                    }
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    aria-describedby=format!("{id}-e")
                    prop:value=shown
                    on:input:target=move |event| {
                        let text = event.target().value();
                        if let Ok(value) = measure::parse(measure, &text) {
                            set.run(value.map_or(Input::Missing, |value| Input::Measured { value }));
                        }
                        editing.set(Some(text));
                    }
                    on:blur=move |_| editing.set(None)
                />
                <span class="fj-affix__unit" aria-hidden="true">
                    {unit}
                </span>
            </span>
        </div>
        <FieldError id error=wrong />
    }
}
