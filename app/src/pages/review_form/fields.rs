//! The fields of the form while they are filled in or amended.

use leptos::prelude::*;
use shared::id::Key;
use shared::review::{Cooperation, Trend};

use super::desk::{Desk, Mode};
use crate::components::button::Button;
use crate::components::customer::entry::{Entries, Field, source};
use crate::components::customer::panels::ControlPanels;
use crate::components::edit::{Difference, Race};
use crate::components::notice::{Notice, NoticeTone, RestoredNotice};
use crate::contexts::i18n::{Lang, lang};
use crate::derive::problem::{explain_field, text_problem};
use crate::derive::review_form::{Clash, code, frozen};
use crate::derive::review_said::{self, COOPERATIONS, TRENDS};
use crate::derive::{format, sentences};
use crate::{say, t};

/// The fields and what is to be said of them.
#[component]
pub fn Fields(desk: Desk) -> impl IntoView {
    let Desk { draft, view, stored, inputs, preview, .. } = desk;
    let touched = Memo::new(move |_| draft.value.with(|written| written.entries.clone()));
    let base = Memo::new(move |_| stored.with(|stored| stored.inputs.clone()));
    let before = Memo::new(move |_| view.with(frozen));
    let entries = Entries {
        touched,
        put: Callback::new(move |entry| desk.put(entry)),
        base,
        origin: Callback::new(move |key: Key| origin(desk, &key)),
        before: Some(before),
        graded: inputs,
        preview,
    };
    let controls = desk.controls.get_value();
    view! {
        <div class="fj-stack fj-stack--loose" on:focusout=move |_| desk.settle(None)>
            <Acting desk />
            <RestoredNotice shown=draft.restored on_discard=Callback::new(move |()| draft.discard()) />
            <Overtaken desk />
            <ControlPanels controls apart=true let:control>
                <Field entries control />
            </ControlPanels>
            <Said desk />
        </div>
    }
}

/// Where a figure comes from: who corrected it and what it was, or how it came into the cycle.
fn origin(desk: Desk, key: &Key) -> Option<String> {
    desk.view.with(|view| {
        let figure = view.figures.get(key);
        let came = figure.map(source);
        let Some(correction) = view.content.values.get(key) else { return came };
        let said = say!(review_form.corrected, correction.by, format::moment(correction.at));
        let Some(figure) = figure else { return Some(said) };
        let policy = desk.policy.get_value();
        let was = review_said::input(lang(), &policy.policy, key, &figure.input);
        Some(format!("{said} · {}", say!(review_form.imported, was)))
    })
}

/// In whose place it is filled in, or that the meeting amends it.
#[component]
fn Acting(desk: Desk) -> impl IntoView {
    move || match desk.mode.get() {
        Mode::Fill(Some((_, name))) => {
            view! { <Notice tone=NoticeTone::Info title=move || say!(review_form.filling_for, name) /> }
                .into_any()
        }
        Mode::Amend(_) => {
            view! { <Notice tone=NoticeTone::Info title=t!(review_form.amending) /> }.into_any()
        }
        Mode::Fill(None) | Mode::Read => ().into_any(),
    }
}

/// Another person saved first: both sides where they meet; the rest is saved by itself.
#[component]
fn Overtaken(desk: Desk) -> impl IntoView {
    let differences = Signal::derive(move || {
        let policy = desk.policy.get_value();
        let lang = lang();
        let row = |clash: Clash| match clash {
            Clash::Input(one) => {
                let said = |input| review_said::input(lang, &policy.policy, &one.key, input);
                Difference {
                    name: sentences::name_of(lang, &policy.policy, &one.key),
                    mine: said(&one.mine),
                    theirs: said(&one.theirs),
                    field: format!("values.{}", one.key),
                }
            }
            Clash::Text(one) => Difference {
                name: review_said::name(lang, &policy.policy, &one.key),
                mine: review_said::text(lang, &one.key, &one.mine),
                theirs: review_said::text(lang, &one.key, &one.theirs),
                field: one.key,
            },
        };
        desk.clashes.get().into_iter().map(row).collect::<Vec<_>>()
    });
    let on_theirs = Callback::new(move |path: String| {
        desk.draft.value.update(|written| written.yield_to(&path));
    });
    let on_mine = Callback::new(move |()| {
        let stored = desk.stored.get_untracked();
        desk.draft.value.update(|written| written.insist(&stored));
        if desk.mode.with_untracked(|mode| matches!(mode, Mode::Fill(_))) {
            desk.save_now();
        }
    });
    let met = Memo::new(move |_| !desk.clashes.with(Vec::is_empty));
    view! {
        <Show when=move || met.get()>
            <Race title=t!(review_form.save.merged) differences on_theirs on_mine busy=Signal::stored(false) />
        </Show>
        <Show when=move || desk.overtaken.get() && !met.get()>
            <Notice tone=NoticeTone::Info title=t!(review_form.save.merged)>
                <p>{t!(race.elsewhere)}</p>
            </Notice>
        </Show>
    }
}

/// How the cooperation goes, where the business goes, and anything else.
#[component]
fn Said(desk: Desk) -> impl IntoView {
    let cooperation = COOPERATIONS.map(|one| (code(&one), Word::Cooperation(one)));
    let trend = TRENDS.map(|one| (code(&one), Word::Trend(one)));
    let notes = desk.text("notes");
    let error = move || {
        let wrong = text_problem("notes", desk.reading.with(|reading| reading.notes));
        wrong.map(|wrong| explain_field(&wrong))
    };
    view! {
        <section class="fj-panel" aria-labelledby="p-said">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-said">
                    {t!(review_form.said)}
                </h2>
            </header>
            <div class="fj-panel__body fj-stack fj-stack--loose">
                <Words desk field="cooperation" title=crate::texts::review_form::cooperation::title words=cooperation.to_vec() />
                <Words desk field="trend" title=crate::texts::review_form::trend::title words=trend.to_vec() />
                <div class="fj-field fj-field--full">
                    <label class="fj-field__label" for="notes">
                        {t!(review_form.notes)}
                    </label>
                    <textarea
                        class="fj-input fj-input--area"
                        id="notes"
                        name="notes"
                        rows="3"
                        maxlength="2000"
                        aria-describedby="notes-e"
                        aria-invalid=move || error().is_some().then_some("true")
                        prop:value=move || notes.get()
                        on:input:target=move |event| desk.write("notes", event.target().value())
                    ></textarea>
                    <p class="fj-field__error" id="notes-e" hidden=move || error().is_none()>
                        {error}
                    </p>
                </div>
            </div>
        </section>
    }
}

/// A word to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Cooperation(Cooperation),
    Trend(Trend),
}

impl Word {
    const fn said(self, lang: Lang) -> &'static str {
        match self {
            Self::Cooperation(one) => review_said::cooperation(lang, one),
            Self::Trend(one) => review_said::trend(lang, one),
        }
    }
}

/// One word out of several, and none.
#[component]
fn Words(
    desk: Desk,
    field: &'static str,
    title: fn(Lang) -> &'static str,
    words: Vec<(String, Word)>,
) -> impl IntoView {
    let now = desk.text(field);
    let option = move |code: String, text: Signal<String>| {
        let (own, to) = (code.clone(), code.clone());
        view! {
            <label class="fj-segmented__option">
                <input
                    class="fj-segmented__input"
                    type="radio"
                    name=field
                    value=code
                    prop:checked=move || now.with(|now| *now == own)
                    on:change=move |_| desk.write(field, to.clone())
                />
                <span class="fj-segmented__face">{move || text.get()}</span>
            </label>
        }
    };
    let none = option(String::new(), Signal::derive(|| say!(review_form.not_said).to_owned()));
    let words = words
        .into_iter()
        .map(|(code, word)| option(code, Signal::derive(move || word.said(lang()).to_owned())))
        .collect_view();
    view! {
        <fieldset class="fj-segmented">
            <legend class="fj-segmented__legend">{move || title(lang())}</legend>
            <div class="fj-segmented__options">{words} {none}</div>
        </fieldset>
    }
}

/// What is done with an amendment that is not to be.
#[component]
pub fn StopAmending(desk: Desk) -> impl IntoView {
    view! {
        <Button
            label=t!(review_form.bar.stop_amending)
            on_press=Callback::new(move |()| desk.stop_amending())
        />
    }
}
