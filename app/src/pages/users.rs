//! The users, for the administrator: who there is, new ones, changes, passwords, deactivation.

mod first_password;
mod form;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::query_signal;
use shared::dto::export::ExportList;
use shared::dto::user::{FirstPassword, User};
use shared::permission::Action;

use self::first_password::FirstPasswordDialog;
use self::form::UserDialog;
use crate::client::{self, Answer};
use crate::components::admin_tabs::AdminTabs;
use crate::components::button::{Button, Weight};
use crate::components::dialog::Confirm;
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::form::FormState;
use crate::components::guarded::Guarded;
use crate::components::icon::Icon;
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::components::toggle::ToggleDialog;
use crate::contexts::directory::{self, unit_name};
use crate::derive::edit::Form;
use crate::derive::export_lists::users as columns;
use crate::derive::format::moment;
use crate::derive::people::{UserForm, finds};
use crate::derive::words::role_name;
use crate::export::Asked;
use crate::{say, t};

/// What lies over the list.
#[derive(Clone)]
enum Over {
    New,
    Edit(User),
    Reset(User),
    Toggle(User),
    Password(FirstPassword),
}

/// The page.
#[component]
pub fn UsersPage() -> impl IntoView {
    view! {
        <Guarded action=Action::ManageUsers title=t!(users.title)>
            <Users />
        </Guarded>
    }
}

/// The list and what lies over it.
#[component]
fn Users() -> impl IntoView {
    let users = LocalResource::new(|| client::all::<User>("/users"));
    let over = RwSignal::new(None::<Over>);
    let (query, set_query) = query_signal::<String>("q");
    let add = Callback::new(move |()| over.set(Some(Over::New)));
    let ask: Ask = Arc::new(move || {
        let sought = query.get_untracked().unwrap_or_default();
        let found = {
            let sought = sought.clone();
            columns().only(move |user| finds(user, &sought))
        };
        let all = Asked::route(say!(users.title), "/users", found.paged());
        if sought.is_empty() { all } else { all.of("q", sought) }
    });
    view! {
        <div class="fj-page">
            <PageHeader title=t!(users.title)>
                <Export list=ExportList::Users ask />
                <Button label=t!(users.add) icon="plus" weight=Weight::Primary on_press=add />
            </PageHeader>
            <AdminTabs />
            <form class="fj-filter" role="search" on:submit=|event| event.prevent_default()>
                <div class="fj-filter__bar">
                    <label class="fj-search">
                        <span class="fj-visually-hidden">{t!(users.search)}</span>
                        <Icon name="search" />
                        <input
                            class="fj-search__input"
                            type="search"
                            placeholder=t!(users.search)
                            prop:value=move || query.get().unwrap_or_default()
                            on:input:target=move |event| {
                                set_query.set(Some(event.target().value()).filter(|text| !text.is_empty()));
                            }
                        />
                    </label>
                </div>
            </form>
            <section class="fj-panel fj-panel--flush" aria-label=t!(users.title)>
                <Load data=users let:all>
                    <UserTable all query over />
                </Load>
            </section>
        </div>
        {move || over.get().map(|what| view! { <OverList what over users /> })}
    }
}

/// The table of those found.
#[component]
fn UserTable(all: Vec<User>, query: Memo<Option<String>>, over: RwSignal<Option<Over>>) -> impl IntoView {
    move || {
        let query = query.get().unwrap_or_default();
        let found: Vec<_> = all.iter().filter(|user| finds(user, &query)).cloned().collect();
        if found.is_empty() {
            return view! { <Empty icon="users" title=t!(users.none) /> }.into_any();
        }
        let rows = found.into_iter().map(|user| view! { <UserRow user over /> }).collect_view();
        view! {
            <div class="fj-table-wrap" role="group" aria-label=t!(users.title) tabindex="0">
                <table class="fj-table fj-table--cards">
                    <caption class="fj-visually-hidden">{t!(users.title)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t!(users.name)}</th>
                            <th scope="col">{t!(sign_in.login)}</th>
                            <th scope="col">{t!(users.role)}</th>
                            <th scope="col">{t!(users.unit)}</th>
                            <th scope="col">{t!(users.last)}</th>
                            <th scope="col">
                                <span class="fj-visually-hidden">{t!(common.actions)}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

/// One user.
#[component]
fn UserRow(user: User, over: RwSignal<Option<Over>>) -> impl IntoView {
    let (name, active, role, unit) = (user.name.to_string(), user.active, user.role, user.unit.clone());
    let badge = match (user.active, user.must_change_password) {
        (false, _) => Some(("fj-badge", crate::texts::users::inactive as fn(_) -> _)),
        (true, true) => Some(("fj-badge fj-badge--info", crate::texts::users::first as fn(_) -> _)),
        (true, false) => None,
    };
    let badge = badge.map(|(class, text)| {
        view! { <span class=class>{move || text(crate::contexts::i18n::lang())}</span> }
    });
    let last = user.last_sign_in.map_or_else(|| "—".to_owned(), moment);
    let open = |make: fn(User) -> Over| {
        let user = user.clone();
        Callback::new(move |()| over.set(Some(make(user.clone()))))
    };
    let (edit, reset, toggle) = (open(Over::Edit), open(Over::Reset), open(Over::Toggle));
    let toggle_label = move || if active { say!(users.deactivate) } else { say!(users.activate) };
    view! {
        <tr>
            <th scope="row" data-label=t!(users.name)>
                <span class="fj-cluster fj-cluster--tight">{name}{badge}</span>
            </th>
            <td class="fj-code" data-label=t!(sign_in.login)>
                {user.login.to_string()}
            </td>
            <td class="fj-nowrap" data-label=t!(users.role)>{move || role_name(role)}</td>
            <td class="fj-nowrap" data-label=t!(users.unit)>
                {move || unit.as_ref().map_or_else(|| "—".to_owned(), unit_name)}
            </td>
            <td class="fj-num" data-label=t!(users.last)>
                {last}
            </td>
            <td class="fj-table__actions">
                <Button label=t!(common.edit) weight=Weight::Quiet small=true on_press=edit />
                <Button label=t!(users.reset) weight=Weight::Quiet small=true on_press=reset />
                <Button label=toggle_label weight=Weight::Quiet small=true on_press=toggle />
            </td>
        </tr>
    }
}

/// The dialog that is asked for.
#[component]
fn OverList(
    what: Over,
    over: RwSignal<Option<Over>>,
    users: LocalResource<Answer<Vec<User>>>,
) -> impl IntoView {
    let close = Callback::new(move |()| {
        over.try_set(None);
    });
    let changed = Callback::new(move |()| {
        users.refetch();
        directory::reload();
    });
    let saved = Callback::new(move |password: Option<FirstPassword>| {
        changed.run(());
        over.try_set(password.map(Over::Password));
    });
    match what {
        Over::New => view! { <UserDialog user=None on_saved=saved on_close=close /> }.into_any(),
        Over::Edit(user) => view! { <UserDialog user=Some(user) on_saved=saved on_close=close /> }.into_any(),
        Over::Reset(user) => view! { <ResetDialog user on_saved=saved on_close=close /> }.into_any(),
        Over::Toggle(user) => view! { <Toggle user on_changed=changed on_close=close /> }.into_any(),
        Over::Password(first) => view! { <FirstPasswordDialog first on_close=close /> }.into_any(),
    }
}

/// A new first password, after a question.
#[component]
fn ResetDialog(
    user: User,
    on_saved: Callback<Option<FirstPassword>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let state = FormState::new();
    let (name, key) = (user.name.to_string(), client::fresh_key());
    let path = format!("/users/{}/password", user.id);
    let yes = Callback::new(move |()| {
        let call = client::post(path.clone(), &serde_json::json!({})).idempotent(&key);
        state.begin();
        spawn_local(async move {
            let answer = call.send::<FirstPassword>().await;
            state.end(answer.map(|first| on_saved.try_run(Some(first))).err());
        });
    });
    view! {
        <Confirm
            id="reset"
            title=t!(users.reset_title)
            text=t!(users.reset_text, name)
            yes=t!(users.reset)
            state
            on_yes=yes
            on_close
        />
    }
}

/// Deactivates or lets in again, after a question.
#[component]
fn Toggle(user: User, on_changed: Callback<()>, on_close: Callback<()>) -> impl IntoView {
    let (name, active) = (user.name.to_string(), user.active);
    let request = Callback::new(move |()| {
        let draft = UserForm::of(Some(&user)).changed(!active).ok()?;
        Some(client::put(format!("/users/{}", user.id), &draft).if_match(user.version))
    });
    let title = move || if active { say!(users.deactivate_title) } else { say!(users.activate_title) };
    let text =
        move || if active { say!(users.deactivate_text, name) } else { say!(users.activate_text, name) };
    let label = move || if active { say!(users.deactivate) } else { say!(users.activate) };
    view! { <ToggleDialog title text label on=!active request on_changed on_saved=on_close on_close /> }
}
