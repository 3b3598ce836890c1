//! Who is signed in, and signing in again over a page that is half filled.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use leptos::prelude::*;
use shared::dto::session::{Session, SetupState, SignIn};
use shared::permission::{Action, Reach, reach};
use shared::problem::Code;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::client::{self, Answer, ApiError};

/// What the app shows at the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Not known yet.
    Loading,
    /// The Worker gave no answer.
    Failed(ApiError),
    /// The first admin is still to be made.
    Setup,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is.
    SignedIn(Session),
}

thread_local! {
    static STATE: ArcRwSignal<State> = ArcRwSignal::new(State::Loading);
    static ASKING: ArcRwSignal<bool> = ArcRwSignal::new(false);
    static WAITING: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// The state, as a signal.
#[must_use]
pub fn state() -> ArcRwSignal<State> {
    STATE.with(Clone::clone)
}

/// Whether the sign-in dialog is to lie over the page.
#[must_use]
pub fn asking() -> ArcRwSignal<bool> {
    ASKING.with(Clone::clone)
}

/// Who is signed in, on any page inside the shell.
#[must_use]
pub fn use_session() -> Session {
    expect_context::<Session>()
}

/// Whether the person may ever do this; used only to hide what would be refused.
#[must_use]
pub fn may(session: &Session, action: Action) -> bool {
    reach(session.role, action) != Reach::None
}

/// Whether the person sees the figures of whole units, and so what they add up to.
#[must_use]
pub fn sees_units(session: &Session) -> bool {
    matches!(reach(session.role, Action::ReadFigures), Reach::Unit | Reach::All)
}

/// Asks the Worker who is signed in.
pub async fn load() {
    state().set(State::Loading);
    let found = match client::get("/session").quietly().send::<Session>().await {
        Ok(session) => State::SignedIn(session),
        Err(error) if error.code() == Some(Code::Unauthenticated) => {
            match client::get("/setup").quietly().send::<SetupState>().await {
                Ok(SetupState { needed: true }) => State::Setup,
                Ok(SetupState { needed: false }) | Err(ApiError::Problem(_)) => State::SignedOut,
                Err(error) => State::Failed(error),
            }
        }
        Err(error) => State::Failed(error),
    };
    state().set(found);
}

/// Signs in. The same person keeps the page; another one starts anew.
///
/// # Errors
/// [`ApiError`], with [`Code::BadCredentials`] for a wrong login or password.
pub async fn sign_in(credentials: &SignIn) -> Answer<()> {
    let session: Session = client::post("/session", credentials).quietly().send().await?;
    let same =
        state().with_untracked(|state| matches!(state, State::SignedIn(old) if old.user == session.user));
    if !same {
        state().set(State::SignedIn(session));
    }
    answer_waiting(true);
    Ok(())
}

/// Signs out, here or everywhere.
///
/// # Errors
/// [`ApiError`] when the Worker could not be told; the person is still signed in then.
pub async fn sign_out(everywhere: bool) -> Answer<()> {
    let path = if everywhere { "/sessions" } else { "/session" };
    match client::delete(path).quietly().send::<()>().await {
        Err(error) if error.code() != Some(Code::Unauthenticated) => Err(error),
        _ => {
            leave();
            Ok(())
        }
    }
}

/// Shows the sign-in page. Drafts stay with their owner.
pub fn leave() {
    state().set(State::SignedOut);
    answer_waiting(false);
}

/// The session now is this one.
pub fn adopt(session: Session) {
    state().set(State::SignedIn(session));
}

/// Notes that the first password must be changed before anything else.
pub fn password_must_change() {
    state().update(|state| {
        if let State::SignedIn(session) = state {
            session.must_change_password = true;
        }
    });
}

/// Opens the dialog and waits: whether the person signed in again.
pub async fn sign_in_again() -> bool {
    let answer = Promise::new(&mut |resolve, _| WAITING.with_borrow_mut(|waiting| waiting.push(resolve)));
    asking().set(true);
    JsFuture::from(answer).await.is_ok_and(|answer| answer.is_truthy())
}

fn answer_waiting(signed_in: bool) {
    asking().set(false);
    for resolve in WAITING.with_borrow_mut(std::mem::take) {
        resolve.call1(&JsValue::NULL, &signed_in.into()).ok();
    }
}
