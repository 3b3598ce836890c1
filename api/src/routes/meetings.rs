//! The review meeting of a cycle: its record, its items, its minutes.

use serde::Deserialize;
use shared::dto::page::Page;
use shared::dto::review::{
    ItemQuery, ItemRow, ItemStanding, KeepRecord, MeetingView, MinutesView, MoveItem, ProposeItem, SeenAs,
    WriteMinutes,
};
use shared::id::{CustomerId, CycleId, ItemId, StandInId};
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IdempotencyKey, IfMatch, Search};
use crate::services::{meetings, stand_ins};
use crate::table::{Table, routes};

/// The meeting with its record, what the person could do, and the newest rows of its trail.
#[utoipa::path(get, path = "/reviews/{id}/meeting", tag = "meetings", params(("id" = CycleId, Path), SeenAs),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = MeetingView), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn get(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    Search(seen): Search<SeenAs>,
) -> Result<Saved<MeetingView>, ApiError> {
    let caller = stand_ins::seen_as(&ctx, &caller, seen.stand_in.as_ref()).await?;
    let view = meetings::get(&ctx, &caller, &id).await?;
    Ok(Saved::at(view.version, view))
}

/// Keeps the record of the last sitting as a whole, the first time over version 0. Once the minutes of the
/// sitting are confirmed, 409 with the code `confirmed`.
#[utoipa::path(put, path = "/reviews/{id}/meeting", tag = "meetings", request_body = KeepRecord,
    params(("id" = CycleId, Path),
        ("If-Match" = String, Header, description = "The ETag of the version changed")),
    extensions(("x-fenji-action" = json!("run_review"))),
    responses((status = 200, body = MeetingView), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn keep(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    IfMatch(version): IfMatch,
    Body(body): Body<KeepRecord>,
) -> Result<Saved<MeetingView>, ApiError> {
    let view = meetings::keep(&ctx, &caller, &id, version, &body).await?;
    Ok(Saved::at(view.version, view))
}

/// What is put before the meeting besides the grades, in the order of proposal.
#[utoipa::path(get, path = "/reviews/{id}/meeting/items", tag = "meetings",
    params(("id" = CycleId, Path), ItemQuery),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = Page<ItemRow>), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    Search(query): Search<ItemQuery>,
) -> Result<Json<Page<ItemRow>>, ApiError> {
    meetings::items::list(&ctx, &caller, &id, &query).await.map(Json)
}

/// Puts an item before the meeting: chiefs a special policy of their unit, finance a settlement, the
/// promotion section and chiefs another matter. About a customer one of a kind waits at a time: 409 with the
/// code `before_meeting`.
#[utoipa::path(post, path = "/reviews/{id}/meeting/items", tag = "meetings", request_body = ProposeItem,
    params(("id" = CycleId, Path),
        ("Idempotency-Key" = String, Header, description = "The same when the request is repeated")),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 201, body = ItemRow), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem),
        (status = 428, body = Problem)))]
#[worker::send]
async fn propose(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    IdempotencyKey(key): IdempotencyKey,
    Body(body): Body<ProposeItem>,
) -> Result<Saved<ItemRow>, ApiError> {
    let row = meetings::items::create(&ctx, &caller, key, &id, &body).await?;
    Ok(Saved::created(row.version, &format!("/reviews/{id}/meeting/items"), row))
}

/// Decides an item, or takes back one's own. Who may is for the step to say; what a rule refuses is answered
/// with the rule as the field's code: nobody decides what they proposed (`own_proposal`), and what is
/// settled is never changed (`settled`).
#[utoipa::path(post, path = "/reviews/{id}/meeting/items/{item}/moves", tag = "meetings", request_body = MoveItem,
    params(("id" = CycleId, Path), ("item" = ItemId, Path),
        ("If-Match" = String, Header, description = "The ETag of the version seen")),
    extensions(("x-fenji-action" = json!("signed_in"))),
    responses((status = 200, body = ItemRow), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn take(
    ctx: Ctx,
    caller: Caller,
    At((id, item)): At<(CycleId, ItemId)>,
    IfMatch(version): IfMatch,
    Body(body): Body<MoveItem>,
) -> Result<Saved<ItemRow>, ApiError> {
    let row = meetings::items::take(&ctx, &caller, (&id, &item, version), &body).await?;
    Ok(Saved::at(row.version, row))
}

/// What a customer is granted now, for an item to begin with.
#[utoipa::path(get, path = "/reviews/{id}/meeting/standing/{customer}", tag = "meetings",
    params(("id" = CycleId, Path), ("customer" = CustomerId, Path), SeenAs),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = ItemStanding), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn standing(
    ctx: Ctx,
    caller: Caller,
    At((id, customer)): At<(CycleId, CustomerId)>,
    Search(seen): Search<SeenAs>,
) -> Result<Json<ItemStanding>, ApiError> {
    let caller = stand_ins::seen_as(&ctx, &caller, seen.stand_in.as_ref()).await?;
    meetings::items::standing(&ctx, &caller, &id, &customer).await.map(Json)
}

/// Which minutes.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
struct Sitting {
    /// Of this sitting, whose minutes are confirmed; of the last when absent.
    sitting: Option<u32>,
    /// As they would be now, even when they are confirmed.
    now: Option<bool>,
    /// As somebody who is absent would see them, by the appointment as a stand-in.
    stand_in: Option<StandInId>,
}

/// The minutes: the confirmed ones, or as they would be now. Rows and totals of customers that the person
/// may not see are left out.
#[utoipa::path(get, path = "/reviews/{id}/meeting/minutes", tag = "meetings",
    params(("id" = CycleId, Path), Sitting),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = MinutesView), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn minutes(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    Search(of): Search<Sitting>,
) -> Result<Saved<MinutesView>, ApiError> {
    let caller = stand_ins::seen_as(&ctx, &caller, of.stand_in.as_ref()).await?;
    let view = meetings::minutes::get(&ctx, &caller, &id, (of.sitting, of.now.unwrap_or_default())).await?;
    Ok(Saved::at(view.version, view))
}

/// Confirms the minutes of the last sitting, which freezes them, or, with a text, supplements confirmed ones.
#[utoipa::path(post, path = "/reviews/{id}/meeting/minutes", tag = "meetings", request_body = WriteMinutes,
    params(("id" = CycleId, Path),
        ("If-Match" = String, Header, description = "The ETag of the minutes seen")),
    extensions(("x-fenji-action" = json!("run_review"))),
    responses((status = 200, body = MinutesView), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 413, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn write(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    IfMatch(version): IfMatch,
    Body(body): Body<WriteMinutes>,
) -> Result<Saved<MinutesView>, ApiError> {
    let view = meetings::minutes::write(&ctx, &caller, &id, version, &body).await?;
    Ok(Saved::at(view.version, view))
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(get, keep))
        .routes(routes!(list, propose))
        .routes(routes!(take))
        .routes(routes!(standing))
        .routes(routes!(minutes, write))
}
