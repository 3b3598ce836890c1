//! Drafts of policies, and what they are rehearsed with.

use http::StatusCode;
use serde_json::Value;
use shared::dto::draft::{Draft, DraftSummary, MAX_POLICY_BYTES, NewDraft, Publish, SaveDraft};
use shared::dto::page::{Page, PageQuery};
use shared::dto::policy::PublishedPolicy;
use shared::dto::rehearsal::{RehearsalPage, RehearsalQuery};
use shared::grading::Policy;
use shared::id::DraftId;
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, IfMatch, Search};
use crate::services::{drafts, rehearsal};
use crate::table::{Table, routes};

/// Drafts, the one saved last first.
#[utoipa::path(get, path = "/policy-drafts", tag = "drafts", params(PageQuery),
    extensions(("x-fenji-action" = json!("edit_policy"))),
    responses((status = 200, body = Page<DraftSummary>), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<DraftSummary>>, ApiError> {
    drafts::list(&ctx, &caller, &query).await.map(Json)
}

/// Begins a draft from a version. What of the policy has not the shape of one is named field by field;
/// what is wrong with it otherwise is answered with the draft.
#[utoipa::path(post, path = "/policy-drafts", tag = "drafts", request_body = NewDraft<Policy>,
    params(("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("edit_policy"))),
    responses((status = 201, body = Draft), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 413, body = Problem), (status = 422, body = Problem),
        (status = 428, body = Problem)))]
#[worker::send]
async fn create(
    ctx: Ctx,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Body(new): Body<NewDraft<Value>, MAX_POLICY_BYTES>,
) -> Result<Saved<Draft>, ApiError> {
    let draft = drafts::create(&ctx, &caller, key, &new).await?;
    Ok(Saved::created(draft.version, &format!("/policy-drafts/{}", draft.id), draft))
}

/// A draft.
#[utoipa::path(get, path = "/policy-drafts/{id}", tag = "drafts", params(("id" = DraftId, Path)),
    extensions(("x-fenji-action" = json!("edit_policy"))),
    responses((status = 200, body = Draft), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
#[worker::send]
async fn get(ctx: Ctx, caller: Caller, At(id): At<DraftId>) -> Result<Saved<Draft>, ApiError> {
    let draft = drafts::get(&ctx, &caller, &id).await?;
    Ok(Saved::at(draft.version, draft))
}

/// Saves a draft as a whole.
#[utoipa::path(put, path = "/policy-drafts/{id}", tag = "drafts", request_body = SaveDraft<Policy>,
    params(("id" = DraftId, Path), ("If-Match" = String, Header, description = "The ETag of the version changed")),
    extensions(("x-fenji-action" = json!("edit_policy"))),
    responses((status = 200, body = Draft), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 412, body = Problem), (status = 413, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn save(
    ctx: Ctx,
    caller: Caller,
    At(id): At<DraftId>,
    IfMatch(version): IfMatch,
    Body(body): Body<SaveDraft<Value>, MAX_POLICY_BYTES>,
) -> Result<Saved<Draft>, ApiError> {
    let draft = drafts::save(&ctx, &caller, &id, version, &body.policy).await?;
    Ok(Saved::at(draft.version, draft))
}

/// Throws a draft away.
#[utoipa::path(delete, path = "/policy-drafts/{id}", tag = "drafts",
    params(("id" = DraftId, Path), ("If-Match" = String, Header, description = "The ETag of the version seen")),
    extensions(("x-fenji-action" = json!("edit_policy"))),
    responses((status = 204), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 412, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn discard(
    ctx: Ctx,
    caller: Caller,
    At(id): At<DraftId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, ApiError> {
    drafts::discard(&ctx, &caller, &id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Makes a draft the next version; the draft is gone then. Every mistake of the policy is named as a
/// field, `policy.` before its path, with its kind as the code.
#[utoipa::path(post, path = "/policy-drafts/{id}/publish", tag = "drafts", request_body = Publish,
    params(("id" = DraftId, Path), ("If-Match" = String, Header, description = "The ETag of the version seen"),
        ("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("publish_policy"))),
    responses((status = 201, body = PublishedPolicy), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn publish(
    ctx: Ctx,
    caller: Caller,
    At(id): At<DraftId>,
    IfMatch(version): IfMatch,
    IdempotencyKey(key): IdempotencyKey,
    Body(publish): Body<Publish>,
) -> Result<Saved<PublishedPolicy>, ApiError> {
    let published = drafts::publish(&ctx, &caller, (&id, version), key, &publish).await?;
    Ok(Saved::created(published.summary.version, &format!("/policies/{}", published.summary.id), published))
}

/// The live customers with this year's and last year's inputs as they would be graded today, for the
/// browser to rehearse a draft with.
#[utoipa::path(get, path = "/rehearsal", tag = "drafts", params(RehearsalQuery),
    extensions(("x-fenji-action" = json!("edit_policy"))),
    responses((status = 200, body = RehearsalPage), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn book(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<RehearsalQuery>,
) -> Result<Json<RehearsalPage>, ApiError> {
    rehearsal::page(&ctx, &caller, &query).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(list, create))
        .routes(routes!(get, save, discard))
        .routes(routes!(publish))
        .routes(routes!(book))
}
