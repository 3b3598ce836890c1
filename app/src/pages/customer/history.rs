//! What happened to a customer, newest first, as sentences, a page at a time.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::page::Page;
use shared::grading::{Input, Policy};
use shared::id::{Key, Label};
use shared::ledger::Lang;

use super::load::Loaded;
use crate::client::{self, ApiError};
use crate::components::button::{Button, Weight};
use crate::components::customer::rank;
use crate::components::icon::Icon;
use crate::components::skeleton::Skeleton;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::format;
use crate::derive::problem::explain;
use crate::derive::sentences;
use crate::{say, t, texts};

/// The events loaded so far.
#[component]
pub fn History(loaded: Loaded) -> impl IntoView {
    let id = loaded.page.customer.id.to_string();
    let Some(policy) = loaded.policy(&loaded.page.policy) else { return ().into_any() };
    let events = RwSignal::new(Vec::<AuditEvent>::new());
    let next = RwSignal::new(None::<String>);
    let busy = RwSignal::new(true);
    let error = RwSignal::new(None::<ApiError>);
    let load = Callback::new(move |cursor: Option<String>| {
        let path = client::with_query(
            &format!("/customers/{id}/history"),
            &[("cursor", cursor), ("limit", Some("10".to_owned()))],
        );
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            match client::get(path).send::<Page<AuditEvent>>().await {
                Ok(page) => {
                    events.try_update(|events| events.extend(page.items));
                    next.try_set(page.next);
                }
                Err(why) => {
                    error.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    });
    load.run(None);
    view! {
        <ol class="fj-timeline">
            <For each=move || events.get() key=|event| event.seq let:event>
                <Item event policy=policy.clone() />
            </For>
        </ol>
        {move || {
            let empty = events.with(Vec::is_empty);
            match (error.get(), busy.get()) {
                (Some(why), _) => view! { <p role="alert">{move || explain(&why)}</p> }.into_any(),
                (None, true) if empty => view! { <Skeleton /> }.into_any(),
                (None, false) if empty => view! { <p>{t!(customer.history_empty)}</p> }.into_any(),
                _ => ().into_any(),
            }
        }}
        <Show when=move || next.with(Option::is_some)>
            <Button
                label=t!(customer.history_more)
                weight=Weight::Quiet
                small=true
                busy
                on_press=Callback::new(move |()| load.run(next.get_untracked()))
            />
        </Show>
    }
    .into_any()
}

#[component]
fn Item(event: AuditEvent, policy: Published) -> impl IntoView {
    let tier = grades(&event.detail).last().and_then(|(_, grade)| tier_of(grade, "after"));
    let at = rank(&policy.policy, tier.as_ref());
    let mark = match tier {
        Some(tier) => view! { <Stamp size=StampSize::S tier=Some(tier.to_string()) rank=at /> }.into_any(),
        None => {
            let name = match event.verb {
                Verb::CustomerCreated => "plus",
                Verb::FiguresImported => "upload",
                _ => "pencil",
            };
            view! { <Icon name /> }.into_any()
        }
    };
    let time = format::moment(event.at);
    let reason = event.reason.clone();
    let event = StoredValue::new(event);
    let title = move || event.with_value(|event| title(lang(), event));
    let changes = {
        let policy = policy.clone();
        move || {
            event.with_value(|event| {
                let lines = changes(lang(), &policy.policy, &event.detail);
                lines.into_iter().map(|line| view! { <p class="fj-timeline__note">{line}</p> }).collect_view()
            })
        }
    };
    view! {
        <li class="fj-timeline__item">
            {mark}
            <div class="fj-timeline__body">
                <p class="fj-timeline__title">{title}</p>
                <p class="fj-timeline__meta">
                    <time>{time}</time>
                </p>
                {changes}
                {reason
                    .map(|reason| {
                        view! { <p class="fj-timeline__note">{move || say!(event.reason, reason)}</p> }
                    })}
            </div>
        </li>
    }
}

fn title(lang: Lang, event: &AuditEvent) -> String {
    let who =
        event.actor_name.as_ref().map_or_else(|| texts::event::someone(lang).to_owned(), ToString::to_string);
    let years: Vec<String> = grades(&event.detail).into_iter().map(|(year, _)| year).collect();
    let years = years.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    });
    match event.verb {
        Verb::CustomerCreated => texts::event::created(lang, &who),
        Verb::CustomerChanged => texts::event::changed(lang, &who),
        Verb::FiguresSaved if years.is_empty() => texts::event::saved_plain(lang, &who),
        Verb::FiguresSaved => texts::event::saved(lang, &who, &years),
        Verb::FiguresImported if years.is_empty() => texts::event::imported_plain(lang, &who),
        Verb::FiguresImported => texts::event::imported(lang, &who, &years),
        _ => texts::event::other(lang, &who),
    }
}

/// What an event changed: figures by name, and each grade that moved.
fn changes(lang: Lang, policy: &Policy, detail: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    let of =
        |value: Option<&Value>| value.and_then(|value| serde_json::from_value::<Input>(value.clone()).ok());
    for (key, change) in detail.get("changes").and_then(Value::as_object).into_iter().flatten() {
        let Ok(key) = Key::parse(key) else { continue };
        let measure = sentences::measure_of(policy, &key);
        let said = |input: Option<Input>| {
            input.map_or_else(
                || texts::event::nothing(lang).to_owned(),
                |input| sentences::input(lang, measure, &input),
            )
        };
        let (before, after) = (said(of(change.get("before"))), said(of(change.get("after"))));
        if before != after {
            lines.push(texts::event::figure(lang, &sentences::name_of(lang, policy, &key), &before, &after));
        }
    }
    for (year, grade) in grades(detail) {
        let (before, after) = (tier_of(grade, "before"), tier_of(grade, "after"));
        if before != after {
            let said =
                |tier: Option<Label>| tier.map_or_else(|| texts::tier::none(lang).to_owned(), String::from);
            lines.push(texts::event::graded(lang, &year, &said(before), &said(after)));
        }
    }
    lines
}

/// The years that an event graded, earliest first, with what each was before and after. A save names
/// its year and perhaps the one that follows from it; an import names any number.
fn grades(detail: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    if let (Some(year), Some(grade)) = (detail.get("year"), detail.get("grade")) {
        found.push((year.to_string(), grade));
    }
    for (year, one) in detail.get("years").and_then(Value::as_object).into_iter().flatten() {
        found.extend(one.get("grade").map(|grade| (year.clone(), grade)));
    }
    found
}

fn tier_of(grade: &Value, when: &str) -> Option<Label> {
    grade.get(when)?.get("tier")?.as_str().and_then(|tier| Label::parse(tier).ok())
}
