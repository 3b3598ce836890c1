//! What is put before a meeting besides the grades: listed, proposed, decided, taken back.

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::page::Page;
use shared::dto::review::{
    ItemQuery, ItemRow, ItemStanding, MeetingEntry, MeetingStep, MoveItem, ProposeItem,
};
use shared::id::{CustomerId, CycleId, ItemId};
use shared::json;
use shared::permission::{Action, Scope, Target};
use shared::problem::Code;
use shared::review::Credit;
use shared::review::meeting::{
    Asked, Decided, Granted, ItemKind, ItemRefused, ItemScene, decide, propose, withdraw,
};

use super::{Who, entry, read};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::paging;
use crate::random;
use crate::services::stand_ins;
use crate::store::audit::{self, Event};
use crate::store::customers;
use crate::store::cycles::{self, CycleRow};
use crate::store::db::{Rows, nth};
use crate::store::forms::{self, WholeRow};
use crate::store::idempotency::Once;
use crate::store::meetings::items::{self as store, Filter, ItemRow as StoredRow};
use crate::store::meetings::{append, find as find_meeting};

/// A page of the items of a cycle that the person may see.
///
/// # Errors
/// 403, 404, 422.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    id: &CycleId,
    query: &ItemQuery,
) -> Result<Page<ItemRow>, ApiError> {
    let caller = &stand_ins::seen_as(ctx, caller, query.stand_in.as_ref()).await?;
    let scope = caller.scope(Action::ReadFigures)?;
    let limit = paging::limit(query.limit)?;
    let after: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let mut filter = Filter { unit: query.unit.clone(), rep: None, stage: query.stage };
    let own = match scope {
        Scope::All => None,
        Scope::Unit(unit) => Some(unit),
        Scope::Rep(rep) => {
            filter.rep = Some(rep);
            caller.actor.unit.clone()
        }
    };
    if let Some(own) = own
        && *filter.unit.get_or_insert(own.clone()) != own
    {
        return Ok(Page { items: Vec::new(), next: None });
    }
    let batch = [cycles::find(id), store::page(id, &filter, after.unwrap_or(0), limit + 1)];
    let rows = ctx.db().batch(&batch).await?;
    nth(&rows, 0)?.one::<CycleRow>()?.ok_or_else(ApiError::not_found)?;
    let found: Vec<StoredRow> = nth(&rows, 1)?.read()?;
    let page = paging::page(found, limit, |last| paging::cursor(&last.seq))?;
    let items = page.items.into_iter().map(StoredRow::row).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// The item that was decided last, with its place, out of an answer to [`store::last`].
fn last(rows: &Rows) -> Result<Option<(i64, ItemRow)>, ApiError> {
    let row: Option<StoredRow> = rows.one()?;
    row.map(|row| Ok((row.seq, row.row()?))).transpose()
}

/// What the last decisions say of a customer; of settlement, before the first, what finance set in the form.
///
/// # Errors
/// 403, 404.
pub async fn standing(
    ctx: &Ctx,
    caller: &Caller,
    id: &CycleId,
    customer: &CustomerId,
) -> Result<ItemStanding, ApiError> {
    let batch = [
        forms::find(id, customer),
        store::last(customer, ItemKind::SpecialPolicy),
        store::last(customer, ItemKind::Settlement),
    ];
    let rows = ctx.db().batch(&batch).await?;
    let whole: WholeRow = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let form = whole.path.form()?;
    caller.may(Action::ReadFigures, Target::Customer { unit: &form.unit, rep: form.rep.as_ref() })?;
    let (policy, settlement) = (last(nth(&rows, 1)?)?, last(nth(&rows, 2)?)?);
    let outcome = |row: &(i64, ItemRow)| row.1.item.outcome().cloned();
    let credit: Option<Credit> =
        whole.credit.as_deref().map(json::read).transpose().map_err(ApiError::internal)?;
    let as_set = credit.map(|credit| Granted {
        terms: Some(credit.terms),
        limit: Some(credit.limit),
        until: credit.until,
        ..Granted::default()
    });
    Ok(ItemStanding {
        special_policy_known: policy.is_some(),
        special_policy: policy.as_ref().and_then(outcome),
        settlement_known: settlement.is_some(),
        settlement: settlement.as_ref().map_or(as_set, outcome),
    })
}

/// Puts an item before the meeting.
///
/// # Errors
/// 403, 404, 409 for what a rule refuses, 422.
pub async fn create(
    ctx: &Ctx,
    caller: &Caller,
    key: String,
    id: &CycleId,
    body: &ProposeItem,
) -> Result<ItemRow, ApiError> {
    let who = Who::read(ctx, body.stand_in.as_ref()).await?;
    let once = Once::new(&caller.actor.user, key, "POST /reviews/{id}/meeting/items", &(id, body))?;
    once.run(ctx, async {
        let mut batch = vec![cycles::find(id), find_meeting(id)];
        if let Some(customer) = &body.customer {
            batch.extend([customers::find(customer), store::last(customer, body.kind)]);
        }
        let rows = ctx.db().batch(&batch).await?;
        let (cycle, kept) = read(nth(&rows, 0)?, nth(&rows, 1)?)?;
        let (customer, before) = match &body.customer {
            None => (None, None),
            Some(_) => {
                let found =
                    nth(&rows, 2)?.one::<customers::CustomerRow>()?.ok_or_else(ApiError::not_found)?;
                let before = if body.kind.needs_customer() { last(nth(&rows, 3)?)? } else { None };
                (Some(found.customer()), before)
            }
        };
        let asked = Asked {
            kind: body.kind,
            customer: customer.as_ref().map(|one| (&one.id, &one.unit, one.rep.as_ref())),
            was: body.was.as_ref(),
            last: before.as_ref().map(|(_, row)| row.item.outcome()),
            choice: body.choice,
            granted: body.granted.as_ref(),
            reason: &body.reason,
        };
        let scene = ItemScene { cycle: &cycle.cycle, by: &caller.name, now: who.now };
        let fresh = ItemId::parse(&random::id()?).map_err(ApiError::internal)?;
        let (item, hand, permit) = propose(fresh, asked, who.acting(caller), &scene)?;
        let detail = json!({ "item": item, "on_behalf_of": hand.on_behalf_of });
        let entry = MeetingEntry {
            item: Some(item.id.clone()),
            ..entry(ctx, caller, hand, MeetingStep::Propose, kept.sitting())
        };
        let row = ItemRow {
            stage: item.stage(),
            code: customer.as_ref().map(|one| one.code.clone()),
            name: customer.as_ref().map(|one| one.name.clone()),
            version: 1,
            item,
        };
        let mut work = vec![once.remember(ctx, &row)?, cycles::unmoved(&cycle)];
        if row.item.kind.needs_customer() {
            work.push(store::still_last(&row.item, before.map(|(seq, _)| seq)));
        }
        work.extend([store::insert(&permit, &row.item)?, append(&permit, id, &entry)?]);
        let event = Event::new(Verb::ItemProposed, id, detail).because(Some(body.reason.to_string()));
        let written = audit::commit(ctx, &caller.author(), work, &[event]).await;
        written.map_err(|error| if error.code() == Code::Taken { before_meeting() } else { error })?;
        Ok(row)
    })
    .await
}

/// About this customer something of the kind waits for the meeting already.
fn before_meeting() -> ApiError {
    let detail = "About this customer one of this kind is before the meeting already; it is decided or \
        taken back first.";
    ApiError::with_fields(Code::Taken, detail, vec![problem_of("customer", "before_meeting", detail)])
}

/// Takes a step with an item that is at a version.
///
/// # Errors
/// 403, 404, 409 for what a rule refuses, 412, 422.
pub async fn take(
    ctx: &Ctx,
    caller: &Caller,
    (id, item, version): (&CycleId, &ItemId, i64),
    body: &MoveItem,
) -> Result<ItemRow, ApiError> {
    let who = Who::read(ctx, body.stand_in.as_ref()).await?;
    let rows = ctx.db().batch(&[cycles::find(id), find_meeting(id), store::find(id, item)]).await?;
    let (cycle, kept) = read(nth(&rows, 0)?, nth(&rows, 1)?)?;
    let row = nth(&rows, 2)?.one::<StoredRow>()?.ok_or_else(ApiError::not_found)?.row()?;
    let scene = ItemScene { cycle: &cycle.cycle, by: &caller.name, now: who.now };
    let acting = who.acting(caller);
    let (step, answer) = match body.choice {
        Some(choice) => {
            let (granted, reason) = (body.granted.as_ref(), body.reason.as_ref());
            let wanted = Decided { choice, granted, reason };
            (MeetingStep::Decide, decide(&row.item, wanted, acting, &scene))
        }
        None => (MeetingStep::Withdraw, withdraw(&row.item, acting, &scene)),
    };
    // Who may not at all is told so first, then who has not seen the item as it is, then what is wrong.
    if let Err(refused) = &answer
        && matches!(refused.code(), Code::Forbidden | Code::NotFound)
    {
        return Err(refused.clone().into());
    }
    if row.version != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }
    if body.choice.is_none() && (body.granted.is_some() || body.reason.is_some()) {
        return Err(ApiError::field("choice", "required", "is required with what was decided"));
    }
    let (after, hand, permit) = answer.map_err(|refused: ItemRefused| ApiError::from(refused))?;
    let detail = json!({ "item": after.id, "kind": after.kind, "customer": after.customer, "stage": after.stage(),
        "decision": after.decision, "effective_from": after.effective_from,
        "effective_until": after.effective_until, "on_behalf_of": hand.on_behalf_of });
    let entry =
        MeetingEntry { item: Some(after.id.clone()), ..entry(ctx, caller, hand, step, kept.sitting()) };
    let mut work = vec![cycles::unmoved(&cycle)];
    work.extend(store::settle(&permit, &after, version)?);
    work.push(append(&permit, id, &entry)?);
    let event =
        Event::new(Verb::ItemMoved, id, detail).because(body.reason.as_ref().map(ToString::to_string));
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(ItemRow { stage: after.stage(), item: after, version: version + 1, ..row })
}
