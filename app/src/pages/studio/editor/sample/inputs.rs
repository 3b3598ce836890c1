//! The inputs of the customer that a draft is tried on, each to be changed.

use leptos::prelude::*;
use shared::grading::Input;
use shared::id::Label;

use super::{Sample, year};
use crate::components::select::{Choice as Option_, options};
use crate::contexts::cohorts;
use crate::contexts::i18n::lang;
use crate::derive::customer_form::Typed;
use crate::derive::what_if::{Control, ControlKind, controls};
use crate::derive::{measure, sentences};
use crate::pages::studio::store::Studio;
use crate::{say, t};

/// One field for each input that the draft asks, and the segment where it has some.
#[component]
pub fn InputFields(studio: Studio, sample: RwSignal<Sample>) -> impl IntoView {
    let segment = Memo::new(move |_| sample.with(|sample| sample.inputs.segment.clone()));
    // What is asked and how, apart from what is answered: fields stay while one types in them.
    let asked = Memo::new(move |_| {
        let inputs = shared::grading::Inputs { segment: segment.get(), ..Default::default() };
        let cohort = cohorts::of_draft(year(sample));
        studio.with(|policy| controls(policy, &cohort, &inputs))
    });
    let segments = studio.memo(|policy| policy.segments.clone());
    view! {
        <div class="fj-stack fj-stack--tight">
            {move || {
                let all = segments.get();
                (!all.is_empty())
                    .then(|| {
                        let own = Signal::derive(move || segment.get().map(String::from).unwrap_or_default());
                        let none = (String::new(), "—".to_owned());
                        let named = all.iter().map(|one| (one.key.to_string(), sentences::local(lang(), &one.name).to_owned()));
                        let choices: Vec<Option_> = std::iter::once(none).chain(named).collect();
                        view! {
                            <div class="fj-field">
                                <label class="fj-field__label" for="sample-segment">
                                    {t!(studio.part.segments)}
                                </label>
                                <span class="fj-select">
                                    <select
                                        class="fj-input"
                                        id="sample-segment"
                                        on:change:target=move |event| {
                                            let chosen = Label::parse(&event.target().value()).ok();
                                            sample.update(|sample| sample.inputs.segment = chosen);
                                        }
                                    >
                                        {options(choices, own)}
                                    </select>
                                </span>
                            </div>
                        }
                    })
            }}
            <For
                each=move || asked.get()
                key=|control| {
                    let levels = match &control.kind {
                        ControlKind::Choice(levels) => levels.iter().map(|one| one.level.to_string()).collect(),
                        ControlKind::Scale(_) => String::new(),
                    };
                    (control.key.clone(), control.measure as u8, levels)
                }
                let:control
            >
                <Field sample control />
            </For>
        </div>
    }
}

#[component]
fn Field(sample: RwSignal<Sample>, control: Control) -> impl IntoView {
    let key = control.key.clone();
    let id = format!("sample-{key}");
    let now = {
        let key = key.clone();
        Memo::new(move |_| sample.with(|sample| sample.inputs.get(&key).clone()))
    };
    let put = move |input: Input| {
        sample.update(|sample| {
            sample.inputs.values.insert(key.clone(), input);
        })
    };
    let name = control.name.clone();
    let label = move || sentences::local(lang(), &name).to_owned();
    let (measured, own) = (control.measure, control.clone());
    let field = match control.kind {
        ControlKind::Choice(levels) => {
            let value = Signal::derive(move || match now.get() {
                Input::Judged { level } => format!("={level}"),
                Input::NotApplicable => "na".to_owned(),
                Input::Measured { .. } | Input::Missing => String::new(),
            });
            let choices = move || {
                let plain = [
                    (String::new(), say!(state.missing).to_owned()),
                    ("na".to_owned(), say!(state.not_applicable).to_owned()),
                ];
                let level = |one: &crate::derive::what_if::Choice| {
                    let meaning =
                        one.meaning.as_ref().map(|meaning| sentences::local(lang(), meaning).to_owned());
                    let text = match meaning.filter(|meaning| !meaning.is_empty()) {
                        Some(meaning) => format!("{} · {meaning}", one.level),
                        None => one.level.to_string(),
                    };
                    (format!("={}", one.level), text)
                };
                let mut all: Vec<Option_> = levels.iter().map(level).collect();
                all.extend(plain);
                all
            };
            view! {
                <span class="fj-select">
                    <select
                        class="fj-input"
                        id=id.clone()
                        on:change:target=move |event| {
                            let chosen = event.target().value();
                            let level = chosen.strip_prefix('=').and_then(|level| Label::parse(level).ok());
                            put(match level {
                                Some(level) => Input::Judged { level },
                                None if chosen == "na" => Input::NotApplicable,
                                None => Input::Missing,
                            });
                        }
                    >
                        {move || options(choices(), value)}
                    </select>
                </span>
            }
            .into_any()
        }
        ControlKind::Scale(_) => {
            let typed = RwSignal::new(None::<String>);
            let unreadable = Memo::new(move |_| {
                typed.with(|typed| {
                    typed.as_ref().is_some_and(|typed| measure::parse(measured, typed).is_err())
                })
            });
            let shown = move || {
                typed.get().unwrap_or_else(|| match now.get() {
                    Input::Measured { value } => measure::field(measured, value),
                    Input::Judged { .. } | Input::Missing | Input::NotApplicable => String::new(),
                })
            };
            view! {
                <span class="fj-affix">
                    <input
                        class="fj-input fj-input--number"
                        id=id.clone()
                        inputmode="decimal"
                        autocomplete="off"
                        placeholder=t!(state.missing)
                        aria-invalid=move || unreadable.get().then_some("true")
                        prop:value=shown
                        on:input:target=move |event| {
                            let text = event.target().value();
                            if let Ok(input) = Typed::Number(text.clone()).input(&own) {
                                put(input);
                            }
                            typed.set(Some(text));
                        }
                        on:blur=move |_| {
                            if !unreadable.get_untracked() {
                                typed.set(None);
                            }
                        }
                    />
                    {move || {
                        let unit = measure::unit(lang(), measured);
                        (!unit.is_empty())
                            .then(|| view! { <span class="fj-affix__unit" aria-hidden="true">{unit}</span> })
                    }}
                </span>
            }
            .into_any()
        }
    };
    view! {
        <div class="fj-field fj-field--row">
            <label class="fj-field__label" for=id>
                {label}
            </label>
            {field}
        </div>
    }
}
