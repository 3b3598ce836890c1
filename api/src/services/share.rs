//! Public links as people here handle them: made, listed, turned, closed. What a stranger sees of one is in
//! [`open`].

pub mod open;

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::customer::TierCount;
use shared::dto::page::Page;
use shared::dto::share::{LinkQuery, LinkRow as Row, LinkView, MadeLink, NewLink};
use shared::dto::unit::Unit;
use shared::id::{LinkId, Name};
use shared::permission::{Action, Target};
use shared::problem::Code;
use shared::share::{self as rule, LinkState, MAX_CUSTOMERS, Rung};

use super::policies;
use crate::auth::{Caller, password};
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::paging;
use crate::random::{self, sha256};
use crate::store::audit::{self, Event};
use crate::store::db::nth;
use crate::store::idempotency::Once;
use crate::store::policies::in_force;
use crate::store::share::{self as store, DayRow, Fresh, LinkRow, Whose};
use crate::store::units::{self, UnitRow};
use crate::store::{share_pages, tier_counts};

/// Where the page of a secret is.
fn path(secret: &str) -> String {
    format!("/s/{secret}")
}

/// Links, newest first: of a unit that the person may share or, without one, the person's own; everybody's for
/// whoever oversees them.
///
/// # Errors
/// 403, 404, 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &LinkQuery) -> Result<Page<Row>, ApiError> {
    let oversees = caller.may(Action::OverseeLinks, Target::Company).is_ok();
    let whose = match &query.unit {
        Some(unit) => {
            if !oversees {
                caller.may(Action::ShareUnit, Target::Customer { unit, rep: None })?;
            }
            Whose::Unit(unit)
        }
        None if oversees => Whose::All,
        None => Whose::Owner(&caller.actor.user),
    };
    let limit = paging::limit(query.limit)?;
    let before: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let rows: Vec<LinkRow> = ctx.db().all(store::page(whose, before, limit + 1)).await?;
    let page = paging::page(rows, limit, |last| paging::cursor(&last.seq))?;
    let today = ctx.today()?;
    let items = page.items.into_iter().map(|row| row.row(&caller.actor, today)).collect();
    Ok(Page { items, next: page.next })
}

/// A link that the person may know of.
async fn known(ctx: &Ctx, caller: &Caller, id: &LinkId) -> Result<LinkRow, ApiError> {
    let row: LinkRow = ctx.db().first(store::find(id)).await?.ok_or_else(ApiError::not_found)?;
    let may = rule::may_see(&caller.actor, &row.owner, &row.unit_id);
    if may { Ok(row) } else { Err(ApiError::not_found()) }
}

/// A link with its log.
///
/// # Errors
/// 404.
pub async fn get(ctx: &Ctx, caller: &Caller, id: &LinkId) -> Result<LinkView, ApiError> {
    let link = known(ctx, caller, id).await?.row(&caller.actor, ctx.today()?);
    let days: Vec<DayRow> = ctx.db().all(store::log(id)).await?;
    Ok(LinkView { link, days: days.into_iter().map(Into::into).collect() })
}

/// Shares a unit. Its address is answered this once.
///
/// # Errors
/// 403, 404, 409 for a unit with too many customers or when the key was used for something else, 422.
pub async fn make(ctx: &Ctx, caller: &Caller, key: String, wanted: &NewLink) -> Result<MadeLink, ApiError> {
    let permit = rule::may_make(&caller.actor, &wanted.unit, wanted.fields())?;
    let today = ctx.today()?;
    let wrong = rule::check(wanted, today);
    if !wrong.is_empty() {
        let field = |fault: rule::LinkFault| problem_of(fault.field(), fault.code(), fault.to_string());
        return Err(ApiError::fields(wrong.into_iter().map(field).collect()));
    }
    // What is kept of the body for a week is a plain hash, from which a passcode could be guessed.
    let hashed = NewLink { passcode: wanted.passcode.as_ref().map(|_| String::new()), ..wanted.clone() };
    let once = Once::new(&caller.actor.user, key, "POST /links", &hashed)?;
    once.run(ctx, async {
        let unit = Some(&wanted.unit);
        let batch = [units::find(&wanted.unit), tier_counts::of(unit, None), in_force(wanted.as_at)];
        let rows = ctx.db().batch(&batch).await?;
        let unit: Unit = nth(&rows, 0)?.one::<UnitRow>()?.ok_or_else(ApiError::not_found)?.into();
        let counts: Vec<TierCount> = nth(&rows, 1)?.json()?.unwrap_or_default();
        if counts.iter().fold(0_u32, |all, one| all.saturating_add(one.customers)) > MAX_CUSTOMERS {
            return Err(too_many());
        }
        let policy = policies::parse_in_force(ctx, nth(&rows, 2)?).await?;
        let ladder = Rung::all(&policy.policy);
        let secret = random::token()?;
        let made = MadeLink { link: fresh_row(ctx, caller, wanted, unit.name.clone())?, path: None };
        let fresh = Fresh {
            id: &made.link.id,
            hash: &sha256(&secret),
            passcode: wanted.passcode.as_deref().map(password::hash).transpose()?,
            unit_name: &unit.name,
            owner: (&caller.actor.user, &caller.name),
            at: ctx.now(),
        };
        let work = vec![
            once.remember(ctx, &made)?,
            units::must_be_open(&wanted.unit),
            store::insert(&permit, &fresh, wanted),
            share_pages::freeze(&permit, &made.link.id, wanted, wanted.as_at == today, &ladder)?,
        ];
        let event = Event::new(Verb::LinkMade, &made.link.id, told(&made.link));
        audit::commit(ctx, &caller.author(), work, &[event]).await?;
        Ok(MadeLink { path: Some(path(&secret)), ..made })
    })
    .await
}

fn too_many() -> ApiError {
    let detail = format!("A unit of more than {MAX_CUSTOMERS} customers is not shared.");
    let wrong = problem_of("unit", "too_many", detail.clone());
    ApiError::with_fields(Code::Conflict, detail, vec![wrong])
}

/// A link that is just being made, as it is answered.
fn fresh_row(ctx: &Ctx, caller: &Caller, wanted: &NewLink, unit_name: Name) -> Result<Row, ApiError> {
    Ok(Row {
        id: LinkId::parse(&random::id()?).map_err(ApiError::internal)?,
        unit: wanted.unit.clone(),
        unit_name,
        as_at: wanted.as_at,
        names: wanted.names,
        figures: wanted.figures,
        credit: wanted.credit,
        sheet: wanted.sheet,
        passcode: wanted.passcode.is_some(),
        until: wanted.until,
        max_views: wanted.max_views,
        views: 0,
        seen_on: None,
        owner: caller.actor.user.clone(),
        owner_name: caller.name.clone(),
        made_at: ctx.now(),
        revoked_at: None,
        revoked_by: None,
        state: LinkState::Open,
        version: 1,
        may_rotate: true,
        may_revoke: true,
    })
}

/// A link as the audit trail keeps it.
fn told(link: &Row) -> serde_json::Value {
    json!({ "unit": link.unit, "unit_name": link.unit_name, "as_at": link.as_at, "names": link.names,
        "figures": link.figures, "credit": link.credit, "sheet": link.sheet, "passcode": link.passcode,
        "until": link.until, "max_views": link.max_views })
}

fn outdated() -> ApiError {
    ApiError::new(Code::VersionMismatch, "Load it again and repeat the change.")
}

/// Gives a link another address, answered this once; the former one is dead at once.
///
/// # Errors
/// 403, 404, 409 when it is not open, 412.
pub async fn rotate(ctx: &Ctx, caller: &Caller, id: &LinkId, version: i64) -> Result<MadeLink, ApiError> {
    let row = known(ctx, caller, id).await?;
    let permit = rule::may_rotate(&caller.actor, &row.owner, &row.unit_id, row.fields())?;
    let today = ctx.today()?;
    if row.version != version {
        return Err(outdated());
    }
    if row.state(today) != LinkState::Open {
        return Err(ApiError::new(Code::Conflict, "Only an open link can get another address."));
    }
    let secret = random::token()?;
    let work = store::rotate(&permit, (id, version), &sha256(&secret), today).into();
    let mut link = row.row(&caller.actor, today);
    let event = Event::new(Verb::LinkRotated, id, json!({ "unit": link.unit, "unit_name": link.unit_name }));
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    link.version += 1;
    Ok(MadeLink { link, path: Some(path(&secret)) })
}

/// Closes a link at once and for good.
///
/// # Errors
/// 403, 404, 409 when it was closed before, 412.
pub async fn revoke(ctx: &Ctx, caller: &Caller, id: &LinkId, version: i64) -> Result<Row, ApiError> {
    let row = known(ctx, caller, id).await?;
    if !rule::may_revoke(&caller.actor, &row.owner) {
        return Err(ApiError::new(Code::Forbidden, ""));
    }
    let today = ctx.today()?;
    if row.version != version {
        return Err(outdated());
    }
    if row.state(today) == LinkState::Revoked {
        return Err(ApiError::new(Code::Conflict, "The link was closed before."));
    }
    let work = store::revoke((id, version), ctx.now(), &caller.name).into();
    let link = row.row(&caller.actor, today);
    let detail =
        json!({ "unit": link.unit, "unit_name": link.unit_name, "owner": link.owner, "views": link.views });
    let event = Event::new(Verb::LinkRevoked, id, detail);
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(Row {
        state: LinkState::Revoked,
        revoked_at: Some(ctx.now()),
        revoked_by: Some(caller.name.clone()),
        passcode: false,
        version: version + 1,
        may_rotate: false,
        may_revoke: false,
        ..link
    })
}
