//! What happened to a customer, newest first, as sentences, a page at a time.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::page::Page;

use super::load::Loaded;
use crate::client::{self, ApiError};
use crate::components::button::{Button, Weight};
use crate::components::icon::Icon;
use crate::components::skeleton::Skeleton;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::customer_history::{changes, tier, title};
use crate::derive::format;
use crate::derive::look::Look;
use crate::derive::problem::explain;
use crate::{say, t};

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
    let tier = tier(&event);
    let look = Look::of(&policy.policy.tiers, tier.as_ref());
    let mark = match tier {
        Some(tier) => view! { <Stamp size=StampSize::S tier=Some(tier.to_string()) look /> }.into_any(),
        None => {
            let name = match event.verb {
                Verb::CustomerCreated => "plus",
                Verb::FiguresImported => "upload",
                Verb::FormMoved | Verb::FormAdded => "sheet",
                _ => "pencil",
            };
            view! { <Icon name /> }.into_any()
        }
    };
    let time = format::moment(event.at);
    let reason = event.reason.clone();
    let event = StoredValue::new(event);
    let title = {
        let policy = policy.clone();
        move || event.with_value(|event| title(lang(), &policy.policy, event))
    };
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
