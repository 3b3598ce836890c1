//! The dashboard: sums that are kept, and the count that proves or mends them.

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::dashboard::{Dashboard, DashboardQuery, Recount, Recounted};
use shared::permission::{Action, Scope, Target};

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::store::audit::{self, Event};
use crate::store::dashboard as store;
use crate::store::db::nth;
use crate::store::units::{self, UnitRow};

/// The sums of the units that the person sees as a whole: none for a rep, and none of another unit.
///
/// # Errors
/// 403.
pub async fn get(ctx: &Ctx, caller: &Caller, query: &DashboardQuery) -> Result<Dashboard, ApiError> {
    let unit = match (caller.scope(Action::ReadFigures)?, query.unit.clone()) {
        (Scope::All, asked) => asked,
        (Scope::Unit(own), asked) if asked.as_ref().is_none_or(|asked| *asked == own) => Some(own),
        (Scope::Unit(_) | Scope::Rep(_), _) => return Ok(Dashboard::default()),
    };
    let rows = ctx.db().batch(&[store::cells(unit.as_ref()), store::sizes(unit.as_ref())]).await?;
    Ok(Dashboard {
        cells: nth(&rows, 0)?.json()?.unwrap_or_default(),
        sizes: nth(&rows, 1)?.json()?.unwrap_or_default(),
    })
}

/// Counts a unit's customers and puts what they come to in the place of the sums that are kept. It reads them
/// all: no page asks for it.
///
/// # Errors
/// 403, 404.
pub async fn recount(ctx: &Ctx, caller: &Caller, body: &Recount) -> Result<Recounted, ApiError> {
    let permit = caller.may(Action::Regrade, Target::Company)?;
    let unit = &body.unit;
    ctx.db().first::<UnitRow>(units::find(unit)).await?.ok_or_else(ApiError::not_found)?;
    let wrong: u64 = ctx.db().run(store::wrong(unit)).await?.json()?.unwrap_or_default();
    let event = Event::new(Verb::BookRecounted, unit, json!({ "wrong": wrong }));
    audit::commit(ctx, &caller.author(), store::recount(&permit, unit).into(), &[event]).await?;
    Ok(Recounted { wrong })
}
