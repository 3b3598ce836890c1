//! Drafts of policies: begun from a version, saved with or without mistakes, published without any.

use serde_json::{Value, json};
use shared::calendar::{Date, Millis};
use shared::dto::audit::Verb;
use shared::dto::draft::{Draft, DraftSummary, MAX_MISTAKES, NewDraft, Publish};
use shared::dto::page::{Page, PageQuery};
use shared::dto::policy::{PolicySummary, PublishedPolicy};
use shared::grading::{Mistake, Policy, check, parse};
use shared::id::{DraftId, PolicyId};
use shared::json::{self, Mismatch};
use shared::permission::{Action, Target};
use shared::problem::{Code, FieldProblem};

use crate::auth::Caller;
use crate::context::Ctx;
use crate::diff::diff;
use crate::error::{ApiError, problem_of};
use crate::intake::name;
use crate::paging;
use crate::random;
use crate::store::audit::{self, Event};
use crate::store::db::nth;
use crate::store::drafts::{self as store, DraftRow};
use crate::store::idempotency::Once;
use crate::store::policies::{self, Last, PolicyRow};

/// Mistakes as problems of the field that carries the policy.
fn problems(mistakes: &[Mistake]) -> Vec<FieldProblem> {
    let problem = |mistake: &Mistake| {
        let dot = if mistake.path.is_empty() { "" } else { "." };
        problem_of(&format!("policy{dot}{}", mistake.path), &name(&mistake.kind), mistake.to_string())
    };
    mistakes.iter().take(MAX_MISTAKES).map(problem).collect()
}

/// A policy as it was sent; 422 with everything that has not the shape of one.
fn read(policy: &Value) -> Result<Policy, ApiError> {
    parse(&policy.to_string()).map_err(|mistakes| ApiError::fields(problems(&mistakes)))
}

/// What is wrong with a policy that has the shape of one.
fn mistakes(policy: &Policy) -> Vec<Mistake> {
    let mut found = check(policy);
    found.truncate(MAX_MISTAKES);
    found
}

/// What differs between a stored policy and another.
fn changes(before: &str, after: &Policy) -> Result<Value, Mismatch> {
    Ok(json!(diff(&json::parse(before)?, &json::value(after))))
}

/// Drafts, the one saved last first.
///
/// # Errors
/// 403, 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<DraftSummary>, ApiError> {
    caller.may(Action::EditPolicy, Target::Company)?;
    let limit = paging::limit(query.limit)?;
    let after: Option<(Millis, DraftId)> = query.cursor.as_deref().map(paging::place).transpose()?;
    let rows: Vec<DraftRow> = ctx.db().all(store::page(after.as_ref(), limit + 1)).await?;
    let drafts = rows.into_iter().map(DraftRow::summary).collect::<Result<Vec<_>, _>>()?;
    paging::page(drafts, limit, |last| paging::cursor(&(last.updated_at, &last.id)))
}

/// A draft.
///
/// # Errors
/// 403, 404.
pub async fn get(ctx: &Ctx, caller: &Caller, id: &DraftId) -> Result<Draft, ApiError> {
    caller.may(Action::EditPolicy, Target::Company)?;
    let row: DraftRow = ctx.db().first(store::find(id)).await?.ok_or_else(ApiError::not_found)?;
    let draft = row.draft()?;
    Ok(Draft { mistakes: mistakes(&draft.policy), ..draft })
}

/// Begins a draft from a version.
///
/// # Errors
/// 403, 409 when the key was used for something else, 422.
pub async fn create(
    ctx: &Ctx,
    caller: &Caller,
    key: String,
    new: &NewDraft<Value>,
) -> Result<Draft, ApiError> {
    let permit = caller.may(Action::EditPolicy, Target::Company)?;
    let once = Once::new(&caller.actor.user, key, "POST /policy-drafts", new)?;
    once.run(ctx, async {
        let unknown = || ApiError::field("based_on", "unknown", "must be a published version");
        let base: PolicyRow = ctx.db().first(policies::find(&new.based_on)).await?.ok_or_else(unknown)?;
        let policy = match &new.policy {
            Some(policy) => read(policy)?,
            None => base.policy()?,
        };
        let draft = Draft {
            id: DraftId::parse(&random::id()?).map_err(ApiError::internal)?,
            based_on: base.id,
            version: 1,
            updated_at: ctx.now(),
            updated_by: caller.name.clone(),
            mistakes: mistakes(&policy),
            policy,
        };
        let changes = changes(&base.body, &draft.policy).map_err(ApiError::internal)?;
        let detail = json!({ "based_on": draft.based_on, "changes": changes });
        let work = vec![once.remember(ctx, &draft)?, store::insert(&permit, &draft)?];
        let event = Event::new(Verb::DraftCreated, &draft.id, detail);
        audit::commit(ctx, &caller.author(), work, &[event]).await?;
        Ok(draft)
    })
    .await
}

/// The draft, unless it is no longer at a version.
fn at(row: Option<DraftRow>, version: i64) -> Result<DraftRow, ApiError> {
    let row = row.ok_or_else(ApiError::not_found)?;
    if row.version == version {
        return Ok(row);
    }
    Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."))
}

/// Saves a draft as a whole.
///
/// # Errors
/// 403, 404, 412, 422 for what has not the shape of a policy.
pub async fn save(
    ctx: &Ctx,
    caller: &Caller,
    id: &DraftId,
    version: i64,
    policy: &Value,
) -> Result<Draft, ApiError> {
    let permit = caller.may(Action::EditPolicy, Target::Company)?;
    let before = at(ctx.db().first(store::find(id)).await?, version)?;
    let policy = read(policy)?;
    let changes = changes(&before.body, &policy).map_err(ApiError::internal)?;
    let draft = Draft {
        id: before.id,
        based_on: before.based_on,
        version: version + 1,
        updated_at: ctx.now(),
        updated_by: caller.name.clone(),
        mistakes: mistakes(&policy),
        policy,
    };
    let detail = json!({ "version": draft.version, "changes": changes });
    let event = Event::new(Verb::DraftSaved, id, detail);
    audit::commit(ctx, &caller.author(), store::update(&permit, &draft)?.into(), &[event]).await?;
    Ok(draft)
}

/// Throws a draft away.
///
/// # Errors
/// 403, 404, 412.
pub async fn discard(ctx: &Ctx, caller: &Caller, id: &DraftId, version: i64) -> Result<(), ApiError> {
    let permit = caller.may(Action::EditPolicy, Target::Company)?;
    let before = at(ctx.db().first(store::find(id)).await?, version)?;
    let detail = json!({ "version": version, "based_on": before.based_on });
    let event = Event::new(Verb::DraftDiscarded, id, detail);
    audit::commit(ctx, &caller.author(), store::remove(&permit, id, version).into(), &[event]).await?;
    Ok(())
}

/// Makes a draft the next version, in one batch with the draft's end.
///
/// # Errors
/// 403, 404, 409 when somebody else published meanwhile, 412, 422 with every mistake.
pub async fn publish(
    ctx: &Ctx,
    caller: &Caller,
    (id, version): (&DraftId, i64),
    key: String,
    publish: &Publish,
) -> Result<PublishedPolicy, ApiError> {
    let permit = caller.may(Action::PublishPolicy, Target::Company)?;
    let once = Once::new(&caller.actor.user, key, "POST /policy-drafts/publish", &(id, publish))?;
    once.run(ctx, async {
        let rows = ctx.db().batch(&[store::find(id), policies::of_draft(id), policies::last()]).await?;
        let draft = at(nth(&rows, 0)?.one()?, version)?.draft()?;
        let absent = || ApiError::internal("a draft without the version it is based on");
        let base: PolicyRow = nth(&rows, 1)?.one()?.ok_or_else(absent)?;
        let last: Last = nth(&rows, 2)?.one()?.ok_or_else(absent)?;
        fits(&draft.policy, publish.effective_from, ctx.today()?.max(last.effective_from))?;
        let summary = PolicySummary {
            id: PolicyId::parse(&random::id()?).map_err(ApiError::internal)?,
            version: last.version + 1,
            effective_from: publish.effective_from,
            published_at: ctx.now(),
            published_by: Some(caller.name.clone()),
            reason: Some(publish.reason.clone()),
        };
        let detail = json!({
            "version": summary.version,
            "effective_from": summary.effective_from,
            "draft": id,
            "based_on": base.id,
            "changes": changes(&base.body, &draft.policy).map_err(ApiError::internal)?,
        });
        let event = Event::new(Verb::PolicyPublished, &summary.id, detail)
            .because(Some(publish.reason.as_str().to_owned()));
        let published = PublishedPolicy { summary, policy: draft.policy };
        let mut work = vec![once.remember(ctx, &published)?];
        work.extend(store::remove(&permit, id, version));
        work.extend(policies::insert(&permit, &published.summary, &published.policy)?);
        audit::commit(ctx, &caller.author(), work, &[event]).await?;
        Ok(published)
    })
    .await
}

/// That a policy has no mistakes and does not take effect before a day.
fn fits(policy: &Policy, effective_from: Date, earliest: Date) -> Result<(), ApiError> {
    let mut wrong = problems(&check(policy));
    if effective_from < earliest {
        wrong.push(problem_of("effective_from", "too_early", format!("must be {earliest} or later")));
    }
    if wrong.is_empty() { Ok(()) } else { Err(ApiError::fields(wrong)) }
}
