//! Published policies and the one in force.

use serde_json::json;
use shared::calendar::Date;
use shared::dto::audit::Verb;
use shared::dto::page::{Page, PageQuery};
use shared::dto::policy::{PolicyState, PolicyVersion, PublishedPolicy, Retirement};
use shared::grading::{Cohort, Policy, default_policy};
use shared::id::{PolicyId, Reason};
use shared::permission::{Action, Target};
use shared::problem::Code;

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging;
use crate::store::audit::{self, Event};
use crate::store::cohorts::{self, Cohorts};
use crate::store::db::{Rows, nth};
use crate::store::policies::{self, PolicyRow, VersionRow};

/// The id of the version that the product comes with.
const FIRST: &str = "default-1";

/// A policy with the id it was published under.
#[derive(Debug, Clone)]
pub struct InForce {
    /// Its id.
    pub id: PolicyId,
    /// The policy itself.
    pub policy: Policy,
    /// What its grades take from all customers of a year.
    pub cohorts: Cohorts,
}

/// The policy in force today out of the answer to [`policies::in_force`]. The very first time there
/// is none yet, and the one the product comes with is published.
///
/// # Errors
/// When the database does not answer.
pub async fn read_in_force(ctx: &Ctx, rows: &Rows) -> Result<PolicyRow, ApiError> {
    if let Some(row) = rows.one::<PolicyRow>()? {
        return Ok(row);
    }
    let policy = default_policy().map_err(ApiError::internal)?;
    let first = PolicyRow::first(
        PolicyId::parse(FIRST).map_err(ApiError::internal)?,
        Date::new(2000, 1, 1).map_err(ApiError::internal)?,
        ctx.now(),
        serde_json::to_string(&policy).map_err(ApiError::internal)?,
    );
    let rows = ctx.db().batch(&[policies::insert_first(&first), policies::in_force(ctx.today()?)]).await?;
    nth(&rows, 1)?.one()?.ok_or_else(|| ApiError::internal("no policy is in force"))
}

/// The policy in force today, parsed.
///
/// # Errors
/// As [`read_in_force`].
pub async fn parse_in_force(ctx: &Ctx, rows: &Rows) -> Result<InForce, ApiError> {
    let row = read_in_force(ctx, rows).await?;
    Ok(InForce { policy: row.policy()?, cohorts: row.cohorts()?, id: row.id })
}

/// The policy in force today.
///
/// # Errors
/// 403.
pub async fn current(ctx: &Ctx, caller: &Caller) -> Result<PublishedPolicy, ApiError> {
    caller.may(Action::ReadPolicy, Target::Company)?;
    let rows = ctx.db().run(policies::in_force(ctx.today()?)).await?;
    let row = read_in_force(ctx, &rows).await?;
    Ok(PublishedPolicy { summary: row.summary(), policy: row.policy()? })
}

/// A published version.
///
/// # Errors
/// 403, 404.
pub async fn get(ctx: &Ctx, caller: &Caller, id: &PolicyId) -> Result<PublishedPolicy, ApiError> {
    caller.may(Action::ReadPolicy, Target::Company)?;
    let row: PolicyRow = ctx.db().first(policies::find(id)).await?.ok_or_else(ApiError::not_found)?;
    Ok(PublishedPolicy { summary: row.summary(), policy: row.policy()? })
}

/// Published versions, newest first, with what has become of each.
///
/// # Errors
/// 403, 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<PolicyVersion>, ApiError> {
    caller.may(Action::ReadPolicy, Target::Company)?;
    let limit = paging::limit(query.limit)?;
    let before: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let today = ctx.today()?;
    let batch = [policies::page(today, before, limit + 1), policies::in_force(today)];
    let rows = ctx.db().batch(&batch).await?;
    let mut items: Vec<VersionRow> = nth(&rows, 0)?.read()?;
    if items.is_empty() && before.is_none() {
        let first = read_in_force(ctx, nth(&rows, 1)?).await?;
        items = ctx.db().all(policies::version(today, &first.id)).await?;
    }
    let page = paging::page(items, limit, |row| paging::cursor(&row.number()))?;
    let items = page.items.into_iter().map(|row| row.version(today)).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// Withdraws a version that has not taken effect.
///
/// # Errors
/// 403, 404, 409 when it has, or was withdrawn before.
pub async fn retire(
    ctx: &Ctx,
    caller: &Caller,
    id: &PolicyId,
    reason: Reason,
) -> Result<PolicyVersion, ApiError> {
    let permit = caller.may(Action::PublishPolicy, Target::Company)?;
    let today = ctx.today()?;
    let row: VersionRow =
        ctx.db().first(policies::version(today, id)).await?.ok_or_else(ApiError::not_found)?;
    let version = row.version(today)?;
    if version.state != PolicyState::Scheduled {
        let detail = "Only a version that has not taken effect can be withdrawn.";
        return Err(ApiError::new(Code::Conflict, detail));
    }
    let retirement = Retirement { at: ctx.now(), by: caller.name.clone(), reason };
    let detail =
        json!({ "version": version.summary.version, "effective_from": version.summary.effective_from });
    let event =
        Event::new(Verb::PolicyRetired, id, detail).because(Some(retirement.reason.as_str().to_owned()));
    let work = policies::retire(&permit, id, &retirement).into();
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(PolicyVersion { state: PolicyState::Retired, retirement: Some(retirement), ..version })
}

/// The newest statistics of a year's cohort under a version.
///
/// # Errors
/// 403, 404 when there are none.
pub async fn cohort(ctx: &Ctx, caller: &Caller, id: &PolicyId, year: i32) -> Result<Cohort, ApiError> {
    caller.may(Action::ReadFigures, Target::Company)?;
    ctx.db().run(cohorts::newest(id, year)).await?.json()?.ok_or_else(ApiError::not_found)
}
