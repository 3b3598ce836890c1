//! Units, as the admin manages them.

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::page::{Page, PageQuery};
use shared::dto::unit::{Unit, UnitDraft};
use shared::id::UnitId;
use shared::permission::{Action, Target};
use shared::problem::Code;

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging::{cursor, limit, page, place};
use crate::random;
use crate::store::audit::{self, Event};
use crate::store::idempotency::Once;
use crate::store::units::{self, UnitRow};

/// A page of all units by name.
///
/// # Errors
/// 403; 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<Unit>, ApiError> {
    caller.may(Action::ManageUnits, Target::Company)?;
    let limit = limit(query.limit)?;
    let after: String = query.cursor.as_deref().map(place).transpose()?.unwrap_or_default();
    let rows: Vec<UnitRow> = ctx.db().all(units::page(&after, limit + 1)).await?;
    page(rows.into_iter().map(Unit::from).collect(), limit, |unit| cursor(&unit.name))
}

/// Makes a unit.
///
/// # Errors
/// 403; 409 when the name is taken or the key was used for something else.
pub async fn create(ctx: &Ctx, caller: &Caller, key: String, draft: UnitDraft) -> Result<Unit, ApiError> {
    let permit = caller.may(Action::ManageUnits, Target::Company)?;
    let once = Once::new(&caller.actor.user, key, "POST /units", &draft)?;
    let id = UnitId::try_from(random::id()?).map_err(ApiError::internal)?;
    let unit = Unit { id, name: draft.name, kind: draft.kind, active: draft.active, version: 1 };
    once.run(ctx, async {
        let work = vec![units::insert(&permit, &unit), once.remember(ctx, &unit)?];
        let event = Event::new(Verb::UnitCreated, &unit.id, json!({ "after": unit }));
        audit::commit(ctx, &caller.author(), work, &[event]).await?;
        Ok(unit.clone())
    })
    .await
}

/// Changes a unit as a whole.
///
/// # Errors
/// 403, 404; 409 when the name is taken or a unit to be closed is in use; 412.
pub async fn update(
    ctx: &Ctx,
    caller: &Caller,
    id: &UnitId,
    version: i64,
    draft: UnitDraft,
) -> Result<Unit, ApiError> {
    let permit = caller.may(Action::ManageUnits, Target::Company)?;
    let before: UnitRow = ctx.db().first(units::find(id)).await?.ok_or_else(ApiError::not_found)?;
    let before = Unit::from(before);
    if before.version != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }
    let work = units::update(&permit, id, version, &draft);
    let after = Unit {
        id: id.clone(),
        name: draft.name,
        kind: draft.kind,
        active: draft.active,
        version: version + 1,
    };
    let event = Event::new(Verb::UnitChanged, id, json!({ "before": before, "after": after }));
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(after)
}
