//! Users, as the admin manages them.

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::page::{Page, PageQuery};
use shared::dto::user::{FirstPassword, NewUser, User, UserDraft};
use shared::id::{UnitId, UserId};
use shared::permission::{Action, Role, Target};
use shared::problem::Code;

use crate::auth::{Caller, password};
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging::{cursor, limit, page, place};
use crate::random;
use crate::store::audit::{self, Event};
use crate::store::idempotency::Once;
use crate::store::throttle::{self, Kind};
use crate::store::users::{self, UserRow};
use crate::store::{sessions, units};

/// A page of all users by login.
///
/// # Errors
/// 403; 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<User>, ApiError> {
    caller.may(Action::ManageUsers, Target::Company)?;
    let limit = limit(query.limit)?;
    let after: String = query.cursor.as_deref().map(place).transpose()?.unwrap_or_default();
    let rows: Vec<UserRow> = ctx.db().all(users::page(&after, limit + 1)).await?;
    page(rows.into_iter().map(User::from).collect(), limit, |user| cursor(&user.login))
}

fn check_unit(role: Role, unit: Option<&UnitId>) -> Result<(), ApiError> {
    if role.needs_unit() && unit.is_none() {
        return Err(ApiError::field("unit", "required", "a rep or section chief belongs to a unit"));
    }
    Ok(())
}

async fn load(ctx: &Ctx, id: &UserId) -> Result<User, ApiError> {
    let row: UserRow = ctx.db().first(users::find(id)).await?.ok_or_else(ApiError::not_found)?;
    Ok(User::from(row))
}

/// Makes a user with a first password, which is answered this once.
///
/// # Errors
/// 403; 409 when the login is taken or the key was used for something else; 422.
pub async fn create(
    ctx: &Ctx,
    caller: &Caller,
    key: String,
    draft: NewUser,
) -> Result<FirstPassword, ApiError> {
    let permit = caller.may(Action::ManageUsers, Target::Company)?;
    check_unit(draft.role, draft.unit.as_ref())?;
    let once = Once::new(&caller.actor.user, key, "POST /users", &draft)?;
    let user = User {
        id: UserId::try_from(random::id()?).map_err(ApiError::internal)?,
        login: draft.login,
        name: draft.name,
        role: draft.role,
        unit: draft.unit,
        active: true,
        must_change_password: true,
        last_sign_in: None,
        version: 1,
    };
    once.run(ctx, async {
        let first = random::first_password()?;
        let mut work: Vec<_> = user.unit.as_ref().map(units::must_be_open).into_iter().collect();
        work.push(users::insert(&permit, &user, &password::hash(&first)?));
        work.push(once.remember(ctx, &FirstPassword { user: user.clone(), password: None })?);
        let event = Event::new(Verb::UserCreated, &user.id, json!({ "after": user }));
        audit::commit(ctx, &caller.author(), work, &[event]).await?;
        Ok(FirstPassword { user: user.clone(), password: Some(first) })
    })
    .await
}

/// Changes a user as a whole. Whoever is switched off is signed out at once.
///
/// # Errors
/// 403, 404, 412, 422; 409 when no active admin would remain, or a rep who looks after customers
/// would change unit or role.
pub async fn update(
    ctx: &Ctx,
    caller: &Caller,
    id: &UserId,
    version: i64,
    draft: UserDraft,
) -> Result<User, ApiError> {
    let permit = caller.may(Action::ManageUsers, Target::Company)?;
    check_unit(draft.role, draft.unit.as_ref())?;
    let before = load(ctx, id).await?;
    if before.version != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }
    let moved = draft.unit != before.unit;
    let mut work = Vec::new();
    if moved || (draft.active && !before.active) {
        work.extend(draft.unit.as_ref().map(units::must_be_open));
    }
    work.extend(users::update(&permit, id, version, &draft));
    if before.role == Role::Rep && (moved || draft.role != Role::Rep) {
        work.push(users::must_have_no_customers(id));
    }
    if !draft.active {
        work.push(sessions::delete_of(id, None));
    }
    let after = User {
        name: draft.name,
        role: draft.role,
        unit: draft.unit,
        active: draft.active,
        version: version + 1,
        ..before.clone()
    };
    let event = Event::new(Verb::UserChanged, id, json!({ "before": before, "after": after }));
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(after)
}

/// Gives a user a new first password, answered this once, and ends their sessions.
///
/// # Errors
/// 403, 404; 409 when somebody changes the user at this moment or the key was used for something else.
pub async fn reset_password(
    ctx: &Ctx,
    caller: &Caller,
    key: String,
    id: &UserId,
) -> Result<FirstPassword, ApiError> {
    let permit = caller.may(Action::ManageUsers, Target::Company)?;
    let once = Once::new(&caller.actor.user, key, "POST /users/{id}/password", id)?;
    once.run(ctx, async {
        let before = load(ctx, id).await?;
        let version = before.version;
        let user = User { must_change_password: true, version: version + 1, ..before };
        let first = random::first_password()?;
        let mut work = users::reset_password(&permit, id, version, &password::hash(&first)?);
        work.push(sessions::delete_of(id, None));
        work.push(throttle::clear(Kind::Account, user.login.as_str()));
        work.push(once.remember(ctx, &FirstPassword { user: user.clone(), password: None })?);
        let event = Event::new(Verb::PasswordReset, id, json!({}));
        audit::commit(ctx, &caller.author(), work, &[event]).await?;
        Ok(FirstPassword { user, password: Some(first) })
    })
    .await
}
