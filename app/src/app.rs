//! The routes, and what is shown instead of them while nobody is signed in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::{Outlet, ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::path;
use shared::dto::session::Session;
use shared::permission::Action;

use crate::client::ApiError;
use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::icon::BrandMark;
use crate::components::load::Failure;
use crate::components::toasts::Toasts;
use crate::contexts::network;
use crate::contexts::session::{self, State, may, use_session};
use crate::pages::customers::CustomersPage;
use crate::pages::import::Desk;
use crate::pages::not_found::NotFoundPage;
use crate::pages::parts::{
    LazyAList, LazyCompare, LazyCustomer, LazyDashboard, LazyEditor, LazyFigures, LazyFirstPassword,
    LazyForms, LazyHome, LazyImport, LazyLinks, LazyMeeting, LazyMinutes, LazyNewcomers, LazyPassword,
    LazyPolicy, LazyQuarters, LazyRehearsal, LazyReview, LazyReviewForm, LazySetup, LazyStandIns, LazyUnits,
    LazyUsers,
};
use crate::pages::shell::Shell;
use crate::pages::sign_in::SignInPage;
use crate::{say, t};

/// What is to be shown, apart from details of the session that change without changing the page.
#[derive(Clone, PartialEq)]
enum Phase {
    Loading,
    Failed(ApiError),
    Setup,
    SignedOut,
    FirstPassword(Session),
    In(Session),
}

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    spawn_local(session::load());
    let phase = Memo::new(|_| match session::state().get() {
        State::Loading => Phase::Loading,
        State::Failed(error) => Phase::Failed(error),
        State::Setup => Phase::Setup,
        State::SignedOut => Phase::SignedOut,
        State::SignedIn(session) if session.must_change_password => Phase::FirstPassword(session),
        State::SignedIn(session) => Phase::In(session),
    });
    Effect::new(|| document().set_title(say!(brand.title)));
    view! {
        {move || match phase.get() {
            Phase::Loading => view! { <p class="fj-visually-hidden" role="status">{t!(common.loading)}</p> }.into_any(),
            Phase::Failed(ApiError::Offline) => view! { <Unreached /> }.into_any(),
            Phase::Failed(error) => {
                view! {
                    <main class="fj-auth" id="main">
                        <Failure error retry=Callback::new(|()| spawn_local(session::load())) whole_page=true />
                    </main>
                }
                    .into_any()
            }
            Phase::Setup => view! { <LazySetup /> }.into_any(),
            Phase::SignedOut => view! { <SignInPage /> }.into_any(),
            Phase::FirstPassword(session) => {
                provide_context(session);
                view! { <LazyFirstPassword /> }.into_any()
            }
            Phase::In(session) => {
                provide_context(session);
                view! { <SignedIn /> }.into_any()
            }
        }}
        <Toasts />
    }
}

/// Opened without a network: nobody knows yet who is there. It goes on as soon as the network is back.
#[component]
fn Unreached() -> impl IntoView {
    let retry = Callback::new(|()| spawn_local(session::load()));
    let offline = network::offline();
    Effect::new(move |before: Option<bool>| {
        let now = offline.get();
        if before == Some(true) && !now {
            retry.run(());
        }
        now
    });
    view! {
        <div class="fj-app fj-app--bare">
            <header class="fj-topbar">
                <span class="fj-brand">
                    <BrandMark />
                    <span class="fj-brand__name">{t!(brand.name)}</span>
                    <span class="fj-brand__org">{t!(brand.org)}</span>
                </span>
            </header>
            <main class="fj-main" id="main" tabindex="-1">
                <div class="fj-page fj-page--narrow">
                    <section class="fj-panel" role="status">
                        <Empty icon="offline" title=t!(offline.title) text=t!(offline.text) whole_page=true>
                            <Button label=t!(common.retry) icon="refresh" on_press=retry />
                        </Empty>
                    </section>
                </div>
            </main>
        </div>
    }
}

/// The routes of the signed-in.
#[component]
fn SignedIn() -> impl IntoView {
    let session = use_session();
    provide_context(Desk::new(session.clone()));
    view! {
        <Router>
            <Routes fallback=|| view! { <Shell><NotFoundPage /></Shell> }>
                <ParentRoute path=path!("") view=|| view! { <Shell><Outlet /></Shell> }>
                    <Route path=path!("") view=move || begin(&session) />
                    <Route path=path!("sign-in") view=|| view! { <Redirect path="/" /> } />
                    <Route path=path!("setup") view=|| view! { <Redirect path="/" /> } />
                    <Route path=path!("customers") view=CustomersPage />
                    <Route path=path!("customers/:id") view=LazyCustomer />
                    <Route path=path!("customers/:id/figures") view=LazyFigures />
                    <Route path=path!("dashboard") view=LazyDashboard />
                    <Route path=path!("review") view=LazyReview />
                    <Route path=path!("reviews/:cycle/forms") view=LazyForms />
                    <Route path=path!("reviews/:cycle/meeting") view=LazyMeeting />
                    <Route path=path!("reviews/:cycle/minutes") view=LazyMinutes />
                    <Route path=path!("reviews/:cycle/a-list") view=LazyAList />
                    <Route path=path!("policy") view=LazyPolicy />
                    <Route path=path!("policy/versions/:version") view=LazyPolicy />
                    <Route path=path!("policy/compare") view=LazyCompare />
                    <Route path=path!("policy/drafts/:id") view=LazyEditor />
                    <Route path=path!("policy/drafts/:id/rehearsal") view=LazyRehearsal />
                    <Route path=path!("reviews/:cycle/forms/:customer") view=LazyReviewForm />
                    <Route path=path!("import") view=LazyImport />
                    <Route path=path!("users") view=LazyUsers />
                    <Route path=path!("units") view=LazyUnits />
                    <Route path=path!("links") view=LazyLinks />
                    <Route path=path!("newcomers") view=LazyNewcomers />
                    <Route path=path!("quarters") view=LazyQuarters />
                    <Route path=path!("stand-ins") view=LazyStandIns />
                    <Route path=path!("password") view=LazyPassword />
                    <Route path=path!("*any") view=NotFoundPage />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// Where a person begins: with what waits or, without a right to see any customer, with the users.
fn begin(session: &Session) -> AnyView {
    if may(session, Action::ReadCustomer) {
        view! { <LazyHome /> }.into_any()
    } else if may(session, Action::ManageUsers) {
        view! { <Redirect path="/users" /> }.into_any()
    } else {
        view! { <Redirect path="/policy" /> }.into_any()
    }
}
