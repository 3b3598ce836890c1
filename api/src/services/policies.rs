//! Published policies and the one in force.

use shared::calendar::Date;
use shared::dto::page::{Page, PageQuery};
use shared::dto::policy::{PolicySummary, PublishedPolicy};
use shared::grading::{Policy, default_policy};
use shared::id::PolicyId;
use shared::permission::{Action, Target};

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging;
use crate::store::db::{Rows, nth};
use crate::store::policies::{self, PolicyRow};

/// The id of the version that the product comes with.
const FIRST: &str = "default-1";

/// A policy with the id it was published under.
#[derive(Debug, Clone)]
pub struct InForce {
    /// Its id.
    pub id: PolicyId,
    /// The policy itself.
    pub policy: Policy,
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
    let first = PolicyRow {
        id: PolicyId::parse(FIRST).map_err(ApiError::internal)?,
        version: 1,
        effective_from: Date::new(2000, 1, 1).map_err(ApiError::internal)?,
        published_at: ctx.now(),
        published_by: None,
        body: serde_json::to_string(&policy).map_err(ApiError::internal)?,
    };
    let rows = ctx.db().batch(&[policies::insert_first(&first), policies::in_force(ctx.today()?)]).await?;
    nth(&rows, 1)?.one()?.ok_or_else(|| ApiError::internal("no policy is in force"))
}

/// The policy in force today, parsed.
///
/// # Errors
/// As [`read_in_force`].
pub async fn parse_in_force(ctx: &Ctx, rows: &Rows) -> Result<InForce, ApiError> {
    let row = read_in_force(ctx, rows).await?;
    Ok(InForce { policy: row.policy()?, id: row.id })
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

/// Published versions, newest first.
///
/// # Errors
/// 403, 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<PolicySummary>, ApiError> {
    caller.may(Action::ReadPolicy, Target::Company)?;
    let limit = paging::limit(query.limit)?;
    let before: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let rows = ctx.db().run(policies::page(before, limit + 1)).await?;
    let mut items: Vec<PolicyRow> = rows.read()?;
    if items.is_empty() && before.is_none() {
        items.push(read_in_force(ctx, &rows).await?);
    }
    let page = paging::page(items, limit, |row| paging::cursor(&row.version))?;
    Ok(Page { items: page.items.iter().map(PolicyRow::summary).collect(), next: page.next })
}
