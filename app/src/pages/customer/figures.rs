//! The evaluation figures of a year: entered, previewed while typing, kept on this device until the
//! Worker has them, and held against what the Worker itself computes.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use shared::dto::customer::CustomerPage;
use shared::dto::figures::{Agreement, SaveFigures, SavedFigures, YearView};
use shared::grading::{Assessment, Cohort, Input, grade};
use shared::id::{Key, Label};
use shared::problem::Code;

use super::fields::{Conflicts, Field, Form};
use super::load::{Loaded, resource};
use crate::client::{self, ApiError};
use crate::components::button::Submit;
use crate::components::customer::gates::Gates;
use crate::components::customer::score::{ScoreHead, delta};
use crate::components::customer::{grade_words, rank};
use crate::components::icon::{Icon, IconSize};
use crate::components::load::Load;
use crate::components::notice::{Notice, NoticeTone, RestoredNotice};
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::drafts::Draft;
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::contexts::session::use_session;
use crate::derive::customer_form::{Filled, first_year, inputs, stored, years};
use crate::derive::format;
use crate::derive::measure::Unreadable;
use crate::derive::problem::{explain, explain_field};
use crate::derive::sentences;
use crate::derive::what_if::{Control, ControlKind, controls};
use crate::{say, t, texts};

/// The page.
#[component]
pub fn FiguresPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let asked =
        Memo::new(move |_| query.with(|query| query.get("year").and_then(|year| year.parse::<i32>().ok())));
    let data = resource(id);
    view! {
        <div class="fj-page">
            <Load data let:loaded>
                <Years loaded asked />
            </Load>
        </div>
    }
}

/// The head with the choice of the year, and the form of the chosen one.
#[component]
fn Years(loaded: Loaded, asked: Memo<Option<i32>>) -> impl IntoView {
    let today = use_session().today;
    let page = loaded.page.clone();
    let Some(policy) = loaded.policy(&page.policy) else { return ().into_any() };
    let (id, name) = (page.customer.id.to_string(), page.customer.name.to_string());
    let all = years(&page.years, today);
    let first = first_year(&page.years, today);
    let known = all.clone();
    let year = Memo::new(move |_| asked.get().filter(|year| known.contains(year)).unwrap_or(first));
    let navigate = use_navigate();
    let own = id.clone();
    let go = move |year: String| {
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&format!("/customers/{own}/figures?year={year}"), options);
    };
    let has = page.years.iter().map(|view| view.year).collect::<Vec<_>>();
    let option = move |one: i32| {
        let new = !has.contains(&one);
        let text = move || if new { say!(figures.new_year, one) } else { say!(customer.year_label, one) };
        view! {
            <option value=one prop:selected=move || year.get() == one>
                {text}
            </option>
        }
    };
    let version = policy.summary.version;
    let tab = name.clone();
    Effect::new(move || document().set_title(&format!("{} · {tab} · Fenji", say!(figures.title))));
    view! {
        <header class="fj-page-header">
            <nav class="fj-breadcrumb" aria-label=t!(customer.position)>
                <ol class="fj-breadcrumb__list">
                    <li class="fj-breadcrumb__item">
                        <a class="fj-link" href=super::super::customers::last_address()>
                            {t!(customers.title)}
                        </a>
                    </li>
                    <li class="fj-breadcrumb__item">
                        <a class="fj-link" href=format!("/customers/{id}")>
                            {name}
                        </a>
                    </li>
                    <li class="fj-breadcrumb__item" aria-current="page">
                        {t!(figures.title)}
                    </li>
                </ol>
            </nav>
            <div class="fj-page-header__row">
                <h1 class="fj-page-header__title">{t!(figures.title)}</h1>
                <p class="fj-page-header__meta">{move || say!(figures.lead, year.get(), version)}</p>
                <div class="fj-page-header__actions">
                    <span class="fj-select">
                        <select
                            class="fj-input"
                            aria-label=t!(figures.year)
                            on:change:target=move |event| go(event.target().value())
                        >
                            {all.into_iter().map(option).collect_view()}
                        </select>
                    </span>
                </div>
            </div>
        </header>
        {move || view! { <YearForm page=(*page).clone() policy=policy.clone() year=year.get() /> }}
    }
    .into_any()
}

/// What differs from what is stored, and what cannot be read.
type Changes = (BTreeMap<Key, Input>, BTreeMap<Key, Unreadable>);

/// What became of the last try to save.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// None yet.
    Open,
    /// Saved, and how it compared.
    Saved(Agreement),
    /// Somebody else saved since.
    Overtaken,
    /// Not saved.
    Failed(ApiError),
}

/// The form of one year.
#[component]
fn YearForm(page: CustomerPage, policy: Published, year: i32) -> impl IntoView {
    let session = use_session();
    let id = page.customer.id.to_string();
    let draft = Draft::of(&session.user, &format!("figures.{id}.{year}"), Filled::default());
    let of_year = move |page: &CustomerPage| page.years.iter().find(|view| view.year == year).cloned();
    let page = RwSignal::new(page);
    let view = Memo::new(move |_| page.with(of_year));
    let base = Memo::new(move |_| view.with(|view| stored(view.as_ref())));
    // What the form was begun on, until the person has seen what another changed.
    let begun = RwSignal::new(base.get_untracked());
    let all: Vec<Control> = {
        let real = page.with_untracked(|page| {
            inputs(&page.customer, &page.years, year, &Default::default(), session.today)
        });
        controls(&policy.policy, &real)
    };
    let controls = StoredValue::new(all.clone());
    let changes = Memo::new(move |_| {
        draft
            .value
            .with(|filled| base.with(|base| controls.with_value(|controls| filled.changes(controls, base))))
    });
    let graded_inputs = Memo::new(move |_| {
        page.with(|page| {
            changes.with(|(changed, _)| inputs(&page.customer, &page.years, year, changed, session.today))
        })
    });
    let preview = {
        let policy = policy.clone();
        Memo::new(move |_| graded_inputs.with(|inputs| grade(&policy.policy, &Cohort::default(), inputs)))
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
        let reason = draft.value.with_untracked(|filled| filled.reason.trim().to_owned());
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
                    draft.saved(Filled::default());
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
    let form = Form { draft, base, view, graded: graded_inputs, preview };
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
    let group = move |title: fn(shared::ledger::Lang) -> &'static str, of: Vec<Control>| {
        (!of.is_empty()).then(|| {
            view! {
                <section class="fj-panel">
                    <header class="fj-panel__header">
                        <h2 class="fj-panel__title">{move || title(lang())}</h2>
                    </header>
                    <div class="fj-panel__body fj-stack fj-stack--loose">
                        {of.into_iter().map(|control| view! { <Field form control /> }).collect_view()}
                    </div>
                </section>
            }
        })
    };
    let (facts, indicators): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.weight.is_none());
    let (measured, judged): (Vec<_>, Vec<_>) =
        indicators.into_iter().partition(|one| matches!(one.kind, ControlKind::Scale(_)));
    let said = {
        let policy = policy.clone();
        move || match outcome.get() {
            Outcome::Open => ().into_any(),
            Outcome::Saved(agreement) => agreed(agreement).into_any(),
            Outcome::Overtaken => {
                let keep = Callback::new(move |()| {
                    begun.set(base.get_untracked());
                    save.with_value(|save| save(true));
                });
                let mine = Signal::derive(move || changes.with(|(changed, _)| changed.clone()));
                view! { <Conflicts policy=policy.clone() draft begun base mine keep busy /> }.into_any()
            }
            Outcome::Failed(error) => failed(&policy, error).into_any(),
        }
    };
    view! {
        <form class="fj-stack fj-stack--loose" on:submit=submit novalidate=true>
            <RestoredNotice shown=draft.restored on_discard=Callback::new(move |()| draft.discard()) />
            <section class="fj-panel fj-panel--sheet" aria-label=t!(customer.grade)>
                <div class="fj-panel__body fj-stack">
                    <ScoreHead policy=policy.clone() all=preview />
                    <Mark changes outcome />
                    <Gates policy=policy.clone() all=preview />
                </div>
            </section>
            {group(texts::figures::measured, measured)}
            {group(texts::figures::judged, judged)}
            {group(texts::figures::facts, facts)}
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
            <div id="figures-said">{said}</div>
            <Foot policy view preview changes busy />
        </form>
    }
}

/// Puts a saved year into the page.
fn put(page: &mut CustomerPage, saved: YearView) {
    page.years.retain(|view| view.year != saved.year);
    page.years.push(saved);
    page.years.sort_by_key(|view| std::cmp::Reverse(view.year));
}

/// Whether what is shown is stored, previewed, or stored and confirmed.
#[component]
fn Mark(changes: Memo<Changes>, outcome: RwSignal<Outcome>) -> impl IntoView {
    move || {
        let changed = changes.with(|(changed, wrong)| changed.len() + wrong.len());
        let mark = |class: &'static str, icon: &'static str, text: String| {
            view! {
                <p class=class role="status">
                    <Icon name=icon size=IconSize::Small />
                    {text}
                </p>
            }
        };
        match outcome.get() {
            _ if changed > 0 => Some(mark(
                "fj-mark fj-mark--local",
                "pencil",
                format!("{} · {}", say!(figures.preview), say!(figures.changed_count, changed)),
            )),
            Outcome::Saved(Agreement::Confirmed) => {
                Some(mark("fj-mark fj-mark--confirmed", "check", say!(figures.confirmed).to_owned()))
            }
            Outcome::Saved(Agreement::Differs) => {
                Some(mark("fj-mark fj-mark--differs", "alert", say!(figures.differs).to_owned()))
            }
            Outcome::Saved(Agreement::Unchecked) => {
                Some(mark("fj-mark fj-mark--pending", "clock", say!(figures.unchecked).to_owned()))
            }
            Outcome::Open | Outcome::Overtaken | Outcome::Failed(_) => None,
        }
    }
}

fn agreed(agreement: Agreement) -> impl IntoView {
    match agreement {
        Agreement::Confirmed => view! {
            <Notice tone=NoticeTone::Success title=t!(figures.saved)>
                <p>{t!(figures.confirmed)}</p>
            </Notice>
        }
        .into_any(),
        Agreement::Differs => view! {
            <Notice tone=NoticeTone::Error title=t!(figures.saved)>
                <p>{t!(figures.differs)}</p>
            </Notice>
        }
        .into_any(),
        Agreement::Unchecked => {
            view! { <Notice tone=NoticeTone::Success title=t!(figures.unchecked) /> }.into_any()
        }
    }
}

/// Why it was not saved; what was filled in is still there.
fn failed(policy: &Published, error: ApiError) -> impl IntoView {
    let offline = error == ApiError::Offline;
    let fields: Vec<String> = error
        .fields()
        .iter()
        .map(|wrong| {
            let key = wrong.field.strip_prefix("values.").and_then(|key| Key::parse(key).ok());
            let name = key
                .map_or_else(|| wrong.field.clone(), |key| sentences::name_of(lang(), &policy.policy, &key));
            format!("{name}：{}", explain_field(wrong))
        })
        .collect();
    view! {
        <Notice tone=NoticeTone::Error title=t!(figures.not_saved)>
            <p>{move || if offline { say!(figures.offline).to_owned() } else { explain(&error) }}</p>
            {fields.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </Notice>
    }
}

/// What the form comes to, and the button that saves it.
#[component]
fn Foot(
    policy: Published,
    view: Memo<Option<YearView>>,
    preview: Memo<Assessment>,
    changes: Memo<Changes>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let stamp = move |size: StampSize, tier: Option<Label>, provisional: bool| {
        let rank = rank(&policy.policy, tier.as_ref());
        let name = tier.clone().map(String::from);
        view! { <Stamp size tier=name rank provisional label=move || grade_words(tier.as_ref(), provisional) /> }
    };
    let before = {
        let stamp = stamp.clone();
        move || {
            view.with(|view| {
                stamp(
                    StampSize::S,
                    view.as_ref().and_then(|view| view.tier.clone()),
                    view.as_ref().is_some_and(|view| view.provisional),
                )
            })
        }
    };
    let graded = Memo::new(move |_| preview.with(|all| (all.tier.clone(), all.provisional)));
    let after = move || {
        let (tier, provisional) = graded.get();
        stamp(StampSize::M, tier, provisional)
    };
    let moved = move || {
        let before = view.with(|view| view.as_ref().and_then(|view| view.score))?;
        let gained = preview.with(|all| all.score).minus(before);
        (gained.get() != 0).then(|| delta(gained))
    };
    let idle = Signal::derive(move || {
        changes
            .with(|(changed, wrong)| !wrong.is_empty() || (changed.is_empty() && view.with(Option::is_some)))
    });
    let text = move || {
        changes.with(|(changed, wrong)| match (changed.len(), wrong.len()) {
            (_, wrong) if wrong > 0 => say!(figures.wrong, wrong),
            (0, _) => say!(figures.nothing).to_owned(),
            (changed, _) => say!(figures.changed_count, changed),
        })
    };
    view! {
        <output class="fj-outcome fj-outcome--same" aria-live="polite">
            {before}
            <Icon name="arrow-right" />
            {after}
            <span class="fj-outcome__figure">{move || preview.with(|all| format::points(all.score))} " " {moved}</span>
            <span class="fj-outcome__actions">
                <Submit label=t!(figures.save) busy disabled=idle />
            </span>
            <span class="fj-outcome__text">{text}</span>
        </output>
    }
}
