//! The first admin, made once by whoever holds the set-up secret.

use serde::Deserialize;
use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::session::{Setup, SetupState};
use shared::dto::user::User;
use shared::id::UserId;
use shared::permission::Role;
use shared::problem::Code;

use super::session::{Begun, begin, session_of};
use crate::auth::password;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::random;
use crate::store::audit::{self, Author, Event};
use crate::store::db::nth;
use crate::store::throttle::{self, Blocked, Kind};
use crate::store::users;

/// The name of the secret.
const SECRET: &str = "SETUP_SECRET";
/// A secret shorter than this is taken as not set.
const SECRET_MIN: usize = 16;

#[derive(Deserialize)]
struct Any {}

/// Whether the first admin is still to be made.
///
/// # Errors
/// When the database does not answer.
pub async fn state(ctx: &Ctx) -> Result<SetupState, ApiError> {
    Ok(SetupState { needed: ctx.db().first::<Any>(users::any()).await?.is_none() })
}

/// Makes the first admin and signs in.
///
/// # Errors
/// 409 when there are users or no secret is set, 401 for a wrong secret, 422 for a weak password, 429.
pub async fn set_up(ctx: &Ctx, setup: &Setup) -> Result<Begun, ApiError> {
    let network = throttle::network(ctx.address());
    let counter = (Kind::Setup, network.as_str());
    let statements = [
        users::any(),
        throttle::blocked(counter, counter),
        throttle::count(Kind::Setup, &network, None, ctx.now()),
    ];
    let rows = ctx.db().batch(&statements).await?;
    if nth(&rows, 0)?.one::<Any>()?.is_some() {
        return Err(ApiError::new(Code::Conflict, "The company is already set up."));
    }
    if let Some(seconds) = nth(&rows, 1)?.one::<Blocked>()?.and_then(|blocked| blocked.seconds(ctx.now())) {
        return Err(ApiError::too_many(seconds));
    }
    let Some(secret) = ctx.secret(SECRET).filter(|secret| secret.len() >= SECRET_MIN) else {
        let detail = format!("Set the secret {SECRET}, {SECRET_MIN} characters or more, first.");
        return Err(ApiError::new(Code::Conflict, detail));
    };
    if !password::same_secret(&secret, &setup.secret) {
        return Err(ApiError::wrong_secret("secret"));
    }
    password::check("password", &setup.password, setup.login.as_str())?;

    let user = User {
        id: UserId::try_from(random::id()?).map_err(ApiError::internal)?,
        login: setup.login.clone(),
        name: setup.name.clone(),
        role: Role::Admin,
        unit: None,
        active: true,
        must_change_password: false,
        last_sign_in: Some(ctx.now()),
        version: 1,
    };
    let token = random::token()?;
    let mut work = users::insert_first(&user, &password::hash(&setup.password)?);
    work.extend(begin(ctx, &user, &token));
    work.push(throttle::clear(Kind::Setup, &network));
    let author = Author { user: Some(user.id.clone()), name: Some(user.name.clone()) };
    let event = Event::new(Verb::SetUp, &user.id, json!({ "login": user.login, "name": user.name }));
    audit::commit(ctx, &author, work, &[event]).await?;
    Ok(Begun { session: session_of(ctx, user)?, token })
}
