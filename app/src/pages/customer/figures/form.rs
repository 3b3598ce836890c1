//! The form of one year: what is typed, previewed, kept and saved.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::customer::CustomerPage;
use shared::dto::figures::{SaveFigures, SavedFigures, YearView};
use shared::grading::{Assessment, Input, Policy, grade};
use shared::id::Key;
use shared::problem::Code;

use super::said::{Foot, Mark, Outcome, agreed, failed};
use crate::client;
use crate::components::customer::entry::{Entries, Field, source};
use crate::components::customer::gates::Gates;
use crate::components::customer::panels::ControlPanels;
use crate::components::customer::score::ScoreHead;
use crate::components::edit::{Difference, Race};
use crate::components::notice::RestoredNotice;
use crate::contexts::drafts::Draft;
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::contexts::session::use_session;
use crate::derive::customer_form::{self, Filled, Typed, inputs, stored};
use crate::derive::edit::conflicts;
use crate::derive::sentences;
use crate::derive::what_if::{Control, controls};
use crate::{say, t};

/// The form of one year.
#[component]
pub fn YearForm(page: CustomerPage, policy: Published, year: i32) -> impl IntoView {
    let session = use_session();
    let id = page.customer.id.to_string();
    let draft = Draft::of(&session.user, &format!("figures.{id}.{year}"), Filled::default());
    let of_year = move |page: &CustomerPage| page.years.iter().find(|view| view.year == year).cloned();
    let page = RwSignal::new(page);
    let view = Memo::new(move |_| page.with(of_year));
    let base = Memo::new(move |_| view.with(|view| stored(view.as_ref())));
    // What the form was begun on, until the person has seen what another changed.
    let begun = RwSignal::new(base.get_untracked());
    // The cohort in which the Worker would grade the year now.
    let cohort = move || page.with(|page| page.cohorts.get(&year).cloned().unwrap_or_default());
    let all: Vec<Control> = {
        let real = page.with_untracked(|page| {
            inputs(&page.customer, &page.years, year, &Default::default(), session.today)
        });
        controls(&policy.policy, &untrack(cohort), &real)
    };
    let controls = StoredValue::new(all.clone());
    let changes = Memo::new(move |_| {
        draft.value.with(|filled| {
            base.with(|base| {
                controls.with_value(|controls| customer_form::changes(&filled.entries, controls, base))
            })
        })
    });
    let graded_inputs = Memo::new(move |_| {
        page.with(|page| {
            changes.with(|(changed, _)| inputs(&page.customer, &page.years, year, changed, session.today))
        })
    });
    let preview = {
        let policy = policy.clone();
        Memo::new(move |_| graded_inputs.with(|inputs| grade(&policy.policy, &cohort(), inputs)))
    };
    let outcome = RwSignal::new(Outcome::Open);
    let busy = RwSignal::new(false);
    let save = move |over: bool| {
        let (changed, wrong) = changes.get_untracked();
        if busy.get_untracked()
            || !wrong.is_empty()
            || (changed.is_empty() && view.with_untracked(Option::is_some))
        {
            return;
        }
        let sent = draft.value.get_untracked();
        let reason = sent.reason.trim().to_owned();
        let body = SaveFigures {
            values: changed,
            preview: Some(preview.with_untracked(Assessment::to_json)),
            reason: (!reason.is_empty()).then_some(reason),
        };
        let version = view.with_untracked(|view| view.as_ref().map_or(0, |view| view.version));
        let call = client::put(format!("/customers/{id}/years/{year}/figures"), &body).if_match(version);
        let id = id.clone();
        busy.set(true);
        if !over {
            outcome.set(Outcome::Open);
        }
        spawn_local(async move {
            match call.send::<SavedFigures>().await {
                Ok(saved) => {
                    let agreement = saved.agreement;
                    page.try_update(|page| put(page, saved.year));
                    begun.try_set(base.try_get_untracked().unwrap_or_default());
                    draft.saved(&sent, Filled::default());
                    outcome.try_set(Outcome::Saved(agreement));
                }
                Err(error) if error.code() == Some(Code::VersionMismatch) => {
                    // What the other person saved is fetched; what this one filled in is not touched.
                    match client::get(format!("/customers/{id}")).send::<CustomerPage>().await {
                        Ok(fresh) => {
                            page.try_set(fresh);
                            outcome.try_set(Outcome::Overtaken);
                        }
                        Err(error) => {
                            outcome.try_set(Outcome::Failed(error));
                        }
                    }
                }
                Err(error) => {
                    outcome.try_set(Outcome::Failed(error));
                }
            }
            busy.try_set(false);
        });
    };
    let save = StoredValue::new(save);
    let put = Callback::new(move |(key, entry): (Key, Option<Typed>)| {
        draft.value.update(|filled| match entry {
            Some(entry) => {
                filled.entries.insert(key, entry);
            }
            None => {
                filled.entries.remove(&key);
            }
        });
    });
    let origin = {
        let policy = policy.clone();
        Callback::new(move |key: Key| {
            let figure = view.with(|view| view.as_ref()?.detail.as_ref()?.figures.get(&key).cloned())?;
            let said = source(&figure);
            if !draft.value.with(|filled| filled.entries.contains_key(&key)) {
                return Some(said);
            }
            let measure = sentences::measure_of(&policy.policy, &key);
            let before = sentences::input(lang(), measure, &figure.input);
            Some(format!("{} · {said}", say!(figures.was, before)))
        })
    };
    let touched = Memo::new(move |_| draft.value.with(|filled| filled.entries.clone()));
    let entries = Entries { touched, put, base, origin, before: None, graded: graded_inputs, preview };
    // What became of the save is brought into sight: on a phone it would lie below the fold.
    Effect::new(move || {
        if outcome.get() != Outcome::Open {
            request_animation_frame(|| {
                if let Some(said) = document().get_element_by_id("figures-said") {
                    said.scroll_into_view_with_bool(true);
                }
            });
        }
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        save.with_value(|save| save(false));
    };
    let said = {
        let policy = policy.clone();
        move || match outcome.get() {
            Outcome::Open => ().into_any(),
            Outcome::Saved(agreement) => agreed(agreement).into_any(),
            Outcome::Overtaken => {
                let policy = policy.clone();
                let differences = Signal::derive(move || {
                    let mine = changes.with(|(changed, _)| changed.clone());
                    begun.with(|begun| base.with(|base| differences(&policy.policy, begun, &mine, base)))
                });
                let on_theirs = Callback::new(move |field: String| {
                    draft.value.update(|filled| filled.entries.retain(|key, _| key.as_str() != field));
                });
                let on_mine = Callback::new(move |()| {
                    begun.set(base.get_untracked());
                    save.with_value(|save| save(true));
                });
                view! { <Race title=t!(race.customer) differences on_theirs on_mine busy /> }.into_any()
            }
            Outcome::Failed(error) => failed(&policy, error).into_any(),
        }
    };
    view! {
        <form class="fj-stack fj-stack--loose" on:submit=submit novalidate=true>
            <RestoredNotice shown=draft.restored on_discard=Callback::new(move |()| draft.discard()) />
            <div class="fj-split">
                <div class="fj-split__main fj-stack fj-stack--loose">
                    <ControlPanels controls=all apart=true let:control>
                        <Field entries control />
                    </ControlPanels>
                    <Reason draft />
                    <div id="figures-said">{said}</div>
                    <Foot policy=policy.clone() view preview changes busy />
                </div>
                <div class="fj-split__aside">
                    <section class="fj-panel fj-panel--sheet" aria-label=t!(customer.grade)>
                        <div class="fj-panel__body fj-stack">
                            <ScoreHead policy=policy.clone() all=preview />
                            <Mark changes outcome />
                            <Gates policy all=preview />
                        </div>
                    </section>
                </div>
            </div>
        </form>
    }
}

/// Why it is changed, for the audit trail.
#[component]
fn Reason(draft: Draft<Filled>) -> impl IntoView {
    view! {
        <section class="fj-panel">
            <div class="fj-panel__body">
                <div class="fj-field fj-field--full">
                    <label class="fj-field__label" for="reason">
                        {t!(figures.reason)}
                    </label>
                    <p class="fj-field__hint" id="reason-h">
                        {t!(figures.reason_hint)}
                    </p>
                    <textarea
                        class="fj-input fj-input--area"
                        id="reason"
                        rows="2"
                        maxlength="500"
                        aria-describedby="reason-h"
                        prop:value=move || draft.value.with(|filled| filled.reason.clone())
                        on:input:target=move |event| {
                            let text = event.target().value();
                            draft.value.update(|filled| filled.reason = text);
                        }
                    ></textarea>
                </div>
            </div>
        </section>
    }
}

/// What two people filled in differently, in words.
fn differences(
    policy: &Policy,
    begun: &BTreeMap<Key, Input>,
    mine: &BTreeMap<Key, Input>,
    theirs: &BTreeMap<Key, Input>,
) -> Vec<Difference> {
    let met = conflicts(begun, mine, theirs, &Input::Missing);
    met.into_iter()
        .map(|one| {
            let measure = sentences::measure_of(policy, &one.key);
            let said = |input: &Input| sentences::input(lang(), measure, input);
            Difference {
                name: sentences::name_of(lang(), policy, &one.key),
                mine: said(&one.mine),
                theirs: said(&one.theirs),
                field: one.key.into(),
            }
        })
        .collect()
}

/// Puts a saved year into the page.
fn put(page: &mut CustomerPage, saved: YearView) {
    page.years.retain(|view| view.year != saved.year);
    page.years.push(saved);
    page.years.sort_by_key(|view| std::cmp::Reverse(view.year));
}
