//! Signing in and out, and the own password.

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::session::{ChangePassword, Session, SignIn};
use shared::dto::user::User;
use shared::id::Login;
use shared::problem::Code;

use crate::auth::{Caller, password};
use crate::context::Ctx;
use crate::error::ApiError;
use crate::random::{self, sha256};
use crate::store::audit::{self, Author, Event};
use crate::store::db::{Statement, nth};
use crate::store::throttle::{self, Blocked, Kind};
use crate::store::users::Credential;
use crate::store::{idempotency, sessions, share, users};

/// A session just begun, with the token that only the browser keeps.
pub struct Begun {
    /// Who is signed in.
    pub session: Session,
    /// For the cookie.
    pub token: String,
}

/// Signs a person in.
///
/// # Errors
/// 401 `bad_credentials`, saying neither which was wrong nor by its time; 429 after too many tries.
pub async fn sign_in(ctx: &Ctx, given: &SignIn) -> Result<Begun, ApiError> {
    let login = Login::parse(&given.login.to_lowercase()).ok();
    let credential = checked(ctx, login.as_ref(), &given.password).await?;
    let token = random::token()?;
    let Credential { user, password } = credential;
    let user = User::from(user);
    let mut work = users::signed_in(&user.id, &password, ctx.now());
    work.extend(begin(ctx, &user, &token));
    work.push(throttle::clear(Kind::Account, user.login.as_str()));
    work.push(throttle::forgive(Kind::Address, &throttle::network(ctx.address())));
    work.extend([sessions::sweep(ctx.now()), throttle::sweep(ctx.now()), idempotency::sweep(ctx.now())]);
    work.extend(share::sweep(ctx.today()?));
    let author = Author { user: Some(user.id.clone()), name: Some(user.name.clone()) };
    let event = Event::new(Verb::SignedIn, &user.id, json!({}));
    match audit::commit(ctx, &author, work, &[event]).await {
        // The password was changed or the person switched off in this very moment.
        Err(error) if error.code() == Code::Conflict => Err(bad_credentials()),
        Err(error) => Err(error),
        Ok(_) => Ok(Begun { session: session_of(ctx, user)?, token }),
    }
}

/// The statements that begin a session under a token.
pub(super) fn begin(ctx: &Ctx, user: &User, token: &str) -> Vec<Statement> {
    vec![sessions::insert(&sha256(token), &user.id, ctx.now())]
}

/// The session just begun by a person.
pub(super) fn session_of(ctx: &Ctx, user: User) -> Result<Session, ApiError> {
    Ok(Session {
        user: user.id,
        login: user.login,
        name: user.name,
        role: user.role,
        unit: user.unit,
        must_change_password: user.must_change_password,
        expires_at: sessions::expiry(ctx.now(), ctx.now()),
        today: ctx.today()?,
    })
}

fn bad_credentials() -> ApiError {
    ApiError::new(Code::BadCredentials, "")
}

/// Counts a try and judges it.
async fn checked(ctx: &Ctx, login: Option<&Login>, given: &str) -> Result<Credential, ApiError> {
    let network = throttle::network(ctx.address());
    let address = (Kind::Address, network.as_str());
    // What cannot be a login is no account to protect; the address counts all the same.
    let account = login.map(|login| (Kind::Account, login.as_str()));
    let mut statements = vec![throttle::blocked(account.unwrap_or(address), address)];
    if let Some(login) = login {
        statements.push(users::credential(login));
        statements.push(throttle::count(Kind::Account, login.as_str(), Some(address), ctx.now()));
    }
    statements.push(throttle::count(Kind::Address, &network, None, ctx.now()));
    let rows = ctx.db().batch(&statements).await?;
    if let Some(seconds) = nth(&rows, 0)?.one::<Blocked>()?.and_then(|blocked| blocked.seconds(ctx.now())) {
        return Err(ApiError::too_many(seconds));
    }
    let credential = match login {
        Some(_) => nth(&rows, 1)?.one::<Credential>()?,
        None => None,
    };
    let right = password::verify(given, credential.as_ref().map(|known| known.password.as_str()))?;
    credential.filter(|_| right).ok_or_else(bad_credentials)
}

/// Who is signed in.
///
/// # Errors
/// When the clock is out of range.
pub fn current(ctx: &Ctx, caller: Caller) -> Result<Session, ApiError> {
    Ok(Session {
        user: caller.actor.user,
        login: caller.login,
        name: caller.name,
        role: caller.actor.role,
        unit: caller.actor.unit,
        must_change_password: caller.must_change_password,
        expires_at: caller.expires_at,
        today: ctx.today()?,
    })
}

/// Ends this session.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out(ctx: &Ctx, caller: &Caller) -> Result<(), ApiError> {
    ctx.db().run(sessions::delete(&caller.session)).await?;
    Ok(())
}

/// Ends every session of the person.
///
/// # Errors
/// When the database does not answer.
pub async fn sign_out_everywhere(ctx: &Ctx, caller: &Caller) -> Result<(), ApiError> {
    let work = vec![sessions::delete_of(&caller.actor.user, None)];
    let event = Event::new(Verb::SignedOutEverywhere, &caller.actor.user, json!({}));
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(())
}

/// Changes the own password and ends the person's other sessions.
///
/// # Errors
/// 422 for a new one that will not do; 401 `bad_credentials` for a wrong present one; 429.
pub async fn change_password(ctx: &Ctx, caller: &Caller, change: &ChangePassword) -> Result<(), ApiError> {
    password::check("new", &change.new, caller.login.as_str())?;
    if change.new == change.current {
        return Err(ApiError::field("new", "same", "must differ from the present one"));
    }
    let known = match checked(ctx, Some(&caller.login), &change.current).await {
        Err(error) if error.code() == Code::BadCredentials => return Err(ApiError::wrong_secret("current")),
        known => known?,
    };
    let user = &caller.actor.user;
    let mut work = users::change_password(user, &known.password, &password::hash(&change.new)?);
    work.push(sessions::delete_of(user, Some(&caller.session)));
    work.push(throttle::clear(Kind::Account, caller.login.as_str()));
    work.push(throttle::forgive(Kind::Address, &throttle::network(ctx.address())));
    let event = Event::new(Verb::PasswordChanged, user, json!({}));
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(())
}
