//! The names that lists are filtered and customers assigned by.

use shared::dto::unit::{Directory, RepName, Unit};
use shared::permission::{Action, Scope, Target};

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::store::db::nth;
use crate::store::directory::{self, RepRow};
use crate::store::share;

/// The units and reps whose customers the person may see; all of them for the roles that see no
/// customers but manage people.
///
/// # Errors
/// 403.
pub async fn get(ctx: &Ctx, caller: &Caller) -> Result<Directory, ApiError> {
    caller.may(Action::ReadDirectory, Target::Company)?;
    let scope = shared::permission::scope(&caller.actor, Action::ReadCustomer).unwrap_or(Scope::All);
    let batch = [directory::units(&scope), directory::reps(&scope), share::shared(&scope, ctx.today()?)];
    let rows = ctx.db().batch(&batch).await?;
    let units: Vec<Unit> = nth(&rows, 0)?.json()?.unwrap_or_default();
    let reps: Vec<RepRow> = nth(&rows, 1)?.json()?.unwrap_or_default();
    let reps = reps
        .into_iter()
        .map(|rep| RepName { id: rep.id, login: rep.login, name: rep.name, unit: rep.unit })
        .collect();
    let shared = nth(&rows, 2)?.json()?.unwrap_or_default();
    Ok(Directory { units, reps, shared })
}
