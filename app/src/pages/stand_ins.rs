//! Who acts in whose place, and when: appointments made, those made for oneself, and, for whoever runs the
//! review or manages users, all of them.

mod appoint;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::export::ExportList;
use shared::dto::page::Page;
use shared::dto::review::{Appointment, Colleague};

use crate::client::{self, Answer};
use crate::components::button::{Button, Weight};
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::components::toggle::ToggleDialog;
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::export_lists::stand_ins as columns;
use crate::derive::format::moment;
use crate::derive::problem::explain;
use crate::derive::stand_ins::{Standing, Whose, standing, state as state_words, whose};
use crate::export::Asked;
use crate::{say, t};
use appoint::AppointDialog;

/// What lies over the list.
#[derive(Clone)]
enum Over {
    New,
    End(Box<Appointment>),
}

type Loaded = (Page<Appointment>, Vec<Colleague>);

fn page(cursor: Option<String>) -> client::Call {
    client::get(client::with_query("/stand-ins", &[("cursor", cursor)]))
}

async fn load() -> Answer<Loaded> {
    let first: Page<Appointment> = page(None).send().await?;
    Ok((first, client::all("/colleagues").await?))
}

/// The page.
#[component]
pub fn StandInsPage() -> impl IntoView {
    let data = LocalResource::new(load);
    let reload = Callback::new(move |()| data.refetch());
    view! {
        <div class="fj-page">
            <Load data whole_page=true let:loaded>
                <Body loaded reload />
            </Load>
        </div>
    }
}

#[component]
fn Body(loaded: Loaded, reload: Callback<()>) -> impl IntoView {
    let (first, people) = loaded;
    let session = use_session();
    let none = first.items.is_empty();
    let (all, next) = (RwSignal::new(first.items), RwSignal::new(first.next));
    let busy = RwSignal::new(false);
    let over = RwSignal::new(None::<Over>);
    let close = Callback::new(move |()| {
        over.try_set(None);
    });
    let saved = Callback::new(move |()| {
        toasts::success(say!(common.saved));
        over.try_set(None);
        reload.run(());
    });
    let more = Callback::new(move |()| {
        let call = page(next.get_untracked());
        busy.set(true);
        spawn_local(async move {
            match call.send::<Page<Appointment>>().await {
                Ok(page) => {
                    all.try_update(|all| all.extend(page.items));
                    next.try_set(page.next);
                }
                Err(error) => toasts::error(explain(&error)),
            }
            busy.try_set(false);
        });
    });
    let today = session.today;
    let ask: Ask =
        Arc::new(move || Asked::route(say!(stand_ins.title), "/stand-ins", columns(today).paged()));
    let user = session.user.clone();
    let groups = move || {
        let group = |of: Whose| {
            let rows = all.with(|all| {
                let own = all.iter().filter(|one| whose(one, &user) == of);
                own.cloned().collect::<Vec<_>>()
            });
            (!rows.is_empty()).then(|| view! { <Group of rows over /> })
        };
        Whose::ALL.map(group).into_iter().collect_view()
    };
    view! {
        <PageHeader title=t!(stand_ins.title) meta=t!(stand_ins.text)>
            <Export list=ExportList::StandIns ask />
            <Button
                label=t!(stand_ins.appoint)
                icon="plus"
                weight=Weight::Primary
                on_press=Callback::new(move |()| over.set(Some(Over::New)))
            />
        </PageHeader>
        {none
            .then(|| {
                view! {
                    <section class="fj-panel">
                        <div class="fj-panel__body">
                            <Empty icon="users" title=t!(stand_ins.none) text=t!(stand_ins.none_text) />
                        </div>
                    </section>
                }
            })}
        {groups}
        <Show when=move || next.with(Option::is_some)>
            <div class="fj-more">
                <Button label=t!(common.more) busy on_press=more />
            </div>
        </Show>
        {move || {
            over.get()
                .map(|what| match what {
                    Over::New => {
                        view! { <AppointDialog people=people.clone() on_saved=saved on_close=close /> }.into_any()
                    }
                    Over::End(one) => view! { <End one=*one reload on_saved=saved on_close=close /> }.into_any(),
                })
        }}
    }
}

/// The appointments of one kind.
#[component]
fn Group(of: Whose, rows: Vec<Appointment>, over: RwSignal<Option<Over>>) -> impl IntoView {
    let title = move || match of {
        Whose::Mine => say!(stand_ins.mine),
        Whose::ForMe => say!(stand_ins.for_me),
        Whose::Others => say!(stand_ins.others),
    };
    let id = match of {
        Whose::Mine => "stand-ins-mine",
        Whose::ForMe => "stand-ins-for-me",
        Whose::Others => "stand-ins-others",
    };
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby=id>
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id=id>
                    {title}
                </h2>
            </header>
            <div class="fj-table-wrap" role="group" aria-labelledby=id tabindex="0">
                <table class="fj-table fj-table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(stand_ins.absent)}</th>
                            <th scope="col">{t!(stand_ins.by)}</th>
                            <th scope="col">{t!(stand_ins.days)}</th>
                            <th scope="col">{t!(stand_ins.state)}</th>
                            <th scope="col">{t!(stand_ins.made)}</th>
                            <th scope="col">
                                <span class="fj-visually-hidden">{t!(common.actions)}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(|one| view! { <Row one over /> }).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

#[component]
fn Row(one: Appointment, over: RwSignal<Option<Over>>) -> impl IntoView {
    let now = standing(&one, use_session().today);
    let (from, until) = (one.from, one.until);
    let (made, by) = (moment(one.made_at), one.made_by.to_string());
    let ended = one.ended_at.map(moment).zip(one.ended_by.as_ref().map(ToString::to_string));
    let state = move || match (now, &ended) {
        (Standing::Ended, Some((at, by))) => say!(stand_ins.ended_by, by, at),
        (now, _) => state_words(now).to_owned(),
    };
    let (absent_name, by_name) = (one.absent_name.to_string(), one.by_name.to_string());
    let can = one.may_end && matches!(now, Standing::Now | Standing::Ahead);
    let end = Callback::new(move |()| over.set(Some(Over::End(Box::new(one.clone())))));
    view! {
        <tr>
            <th scope="row" data-label=t!(stand_ins.absent)>
                {absent_name}
            </th>
            <td data-label=t!(stand_ins.by)>{by_name}</td>
            <td class="fj-num" data-label=t!(stand_ins.days)>
                {move || say!(stand_ins.from_until, from, until)}
            </td>
            <td data-label=t!(stand_ins.state)>
                <span class="fj-badge" class:fj-badge--success=now == Standing::Now>
                    {state}
                </span>
            </td>
            <td data-label=t!(stand_ins.made)>{move || say!(stand_ins.made_by, by, made)}</td>
            <td class="fj-table__actions">
                {can
                    .then(|| {
                        view! { <Button label=t!(stand_ins.end) weight=Weight::Quiet small=true on_press=end /> }
                    })}
            </td>
        </tr>
    }
}

/// Ends an appointment, after a question.
#[component]
fn End(
    one: Appointment,
    reload: Callback<()>,
    on_saved: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let path = format!("/stand-ins/{}/end", one.id);
    let request = Callback::new(move |()| Some(client::post(path.clone(), &serde_json::json!({}))));
    let (absent, by) = (one.absent_name.to_string(), one.by_name.to_string());
    let text = move || say!(stand_ins.end_text, by, absent);
    view! {
        <ToggleDialog
            title=t!(stand_ins.end_title)
            text
            label=t!(stand_ins.end)
            on=false
            request
            on_changed=reload
            on_saved
            on_close
        />
    }
}
