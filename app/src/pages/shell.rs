//! The frame of every page behind the sign-in: top bar, navigation, the page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;
use shared::dto::session::Session;
use shared::permission::Action;

use super::sign_in::SignInDialog;
use crate::clock::now;
use crate::components::icon::{BrandMark, Icon, IconSize};
use crate::components::menu::{Menu, MenuItem};
use crate::components::toggles::{LanguageToggle, ThemeToggle};
use crate::contexts::session::{may, sees_units, use_session};
use crate::contexts::{directory, i18n::Lang, network, session, toasts};
use crate::derive::format::moment;
use crate::derive::problem::explain;
use crate::derive::words::role_name;
use crate::{say, t, texts};

const DASHBOARD: &str = "/dashboard";

/// An entry of the navigation.
struct Entry {
    href: &'static str,
    icon: &'static str,
    label: fn(Lang) -> &'static str,
}

/// What a person can go to.
fn entries(session: &Session) -> Vec<Entry> {
    let units = sees_units(session);
    let all = [
        (Action::ReadCustomer, "/", "home", texts::nav::home as fn(Lang) -> &'static str),
        (Action::ReadCustomer, "/customers", "users", texts::nav::customers),
        (Action::ReadCustomer, "/review", "seal", texts::nav::review),
        (Action::ReadFigures, DASHBOARD, "chart", texts::nav::dashboard),
        (Action::Import, "/import", "upload", texts::nav::import),
        (Action::ReadPolicy, "/policy", "policy", texts::nav::policy),
        (Action::ManageUsers, "/users", "user", texts::nav::users),
        (Action::ManageUnits, "/units", "unit", texts::nav::units),
    ];
    all.into_iter()
        .filter(|(action, href, ..)| may(session, *action) && (units || *href != DASHBOARD))
        .map(|(_, href, icon, label)| Entry { href, icon, label })
        .collect()
}

/// The shell around a page.
#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let session = use_session();
    let offline = RwSignal::from(network::offline());
    directory::clear();
    directory::reload();
    let printed_by = session.name.to_string();
    let items = entries(&session)
        .into_iter()
        .map(|Entry { href, icon, label }| {
            view! {
                <li class="fj-nav__item">
                    <A href=href exact=href == "/" attr:class="fj-nav__link">
                        <Icon name=icon />
                        <span class="fj-nav__label">{move || label(crate::contexts::i18n::lang())}</span>
                    </A>
                </li>
            }
        })
        .collect_view();
    view! {
        <a class="fj-skip" href="#main" rel="external">
            {t!(shell.skip)}
        </a>
        <div class="fj-app">
            <header class="fj-topbar">
                <A href="/" attr:class="fj-brand">
                    <BrandMark />
                    <span class="fj-brand__name">{t!(brand.name)}</span>
                    <span class="fj-brand__org">{t!(brand.org)}</span>
                </A>
                <Show when=move || offline.get()>
                    <p class="fj-topbar__note fj-topbar__note--offline" role="status">
                        <Icon name="offline" size=IconSize::Small />
                        {t!(offline.note)}
                    </p>
                </Show>
                <div class="fj-topbar__actions">
                    <UserMenu session />
                </div>
            </header>
            <nav class="fj-nav" aria-label=t!(shell.navigation)>
                <ul class="fj-nav__list">{items}</ul>
            </nav>
            <main class="fj-main" id="main" tabindex="-1">
                {children()}
                <Printed name=printed_by />
            </main>
        </div>
        <SignInDialog />
    }
}

/// On paper alone, under every page: when it was printed, and by whom.
#[component]
fn Printed(name: String) -> impl IntoView {
    let at = RwSignal::new(now());
    let heard = window_event_listener_untyped("beforeprint", move |_| at.set(now()));
    on_cleanup(move || heard.remove());
    view! { <p class="fj-only-print fj-printed">{move || say!(shell.printed, moment(at.get()), name)}</p> }
}

/// Who is signed in, the switches, and the ways out.
#[component]
fn UserMenu(session: Session) -> impl IntoView {
    let navigate = use_navigate();
    let go = move |path: &'static str| {
        let navigate = navigate.clone();
        Callback::new(move |()| navigate(path, leptos_router::NavigateOptions::default()))
    };
    let (change, stand_ins, links) = (go("/password"), go("/stand-ins"), go("/links"));
    let shares = may(&session, Action::ShareUnit);
    let leave = |everywhere: bool| {
        Callback::new(move |()| {
            spawn_local(async move {
                if let Err(error) = session::sign_out(everywhere).await {
                    toasts::error(explain(&error));
                }
            });
        })
    };
    let (name, role, login) = (session.name.to_string(), session.role, session.login.to_string());
    let label = {
        let name = name.clone();
        move || name.clone()
    };
    let face = move || {
        let name = name.clone();
        view! {
            <span class="fj-user__name">{name}</span>
            <span class="fj-user__role">{move || role_name(role)}</span>
            <Icon name="chevron-down" size=IconSize::Small />
        }
    };
    let head = move || {
        view! {
            <p class="fj-menu__title">{login.clone()}</p>
            <div class="fj-menu__title">
                <div class="fj-cluster fj-cluster--between">
                    <LanguageToggle />
                    <ThemeToggle />
                </div>
            </div>
            <hr class="fj-menu__rule" />
        }
    };
    view! {
        <Menu id="user-menu" button_class="fj-user" label face head>
            <MenuItem icon="users" label=t!(stand_ins.title) on_press=stand_ins />
            {shares.then(|| view! { <MenuItem icon="globe" label=t!(share.title) on_press=links /> })}
            <MenuItem icon="key" label=t!(password.title) on_press=change />
            <MenuItem icon="logout" label=t!(shell.sign_out) on_press=leave(false) />
            <MenuItem icon="logout" label=t!(shell.sign_out_everywhere) danger=true on_press=leave(true) />
        </Menu>
    }
}
