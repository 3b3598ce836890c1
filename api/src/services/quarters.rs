//! The quarterly look: read by whoever sees the unit's figures, written by its chief until it is closed.

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::page::{Page, PageQuery};
use shared::dto::quarter::{
    CustomerQuarter, MAX_MARKS, QuarterCustomer, QuarterView, UnitQuarter, WriteQuarter,
};
use shared::gather;
use shared::id::{CustomerId, UnitId};
use shared::permission::{Action, Scope, Target};
use shared::problem::Code;
use shared::quarter::Quarter;
use shared::review::LookFault;

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::paging;
use crate::store::audit::{self, Event};
use crate::store::customers;
use crate::store::db::nth;
use crate::store::quarters::{self as store, CustomerRow, LookRow, QuarterRow};

/// How far the units have come with a quarter whose customers the person sees all of: none for a rep.
///
/// # Errors
/// 403.
pub async fn list(ctx: &Ctx, caller: &Caller, quarter: Quarter) -> Result<Vec<UnitQuarter>, ApiError> {
    let scope = caller.scope(Action::ReadFigures)?;
    if matches!(scope, Scope::Rep(_)) {
        return Ok(Vec::new());
    }
    let rows: Vec<LookRow> = ctx.db().all(store::of_units(&scope, quarter)).await?;
    Ok(rows.iter().map(LookRow::standing).collect::<Result<_, _>>()?)
}

/// A unit as a target: what is asked of all its customers.
const fn of(unit: &UnitId) -> Target<'_> {
    Target::Customer { unit, rep: None }
}

/// A unit's look at a quarter.
///
/// # Errors
/// 403, 404.
pub async fn get(
    ctx: &Ctx,
    caller: &Caller,
    unit: &UnitId,
    quarter: Quarter,
) -> Result<QuarterView, ApiError> {
    caller.may(Action::ReadFigures, of(unit))?;
    let row: LookRow = ctx.db().first(store::find(unit, quarter)).await?.ok_or_else(ApiError::not_found)?;
    let today = ctx.today()?;
    let open = row.closed_at.is_none() && quarter.has_begun_by(today);
    Ok(QuarterView {
        standing: row.standing()?,
        quarter,
        look: row.look()?,
        closed_by: row.closed_by,
        version: row.version,
        may_write: open && caller.may(Action::SubmitForm, of(unit)).is_ok(),
    })
}

/// A page of a unit's customers in a quarter, largest yearly sales first.
///
/// # Errors
/// 403, 404, 422.
pub async fn customers(
    ctx: &Ctx,
    caller: &Caller,
    (unit, quarter): (&UnitId, Quarter),
    query: &PageQuery,
) -> Result<Page<QuarterCustomer>, ApiError> {
    caller.may(Action::ReadFigures, of(unit))?;
    let limit = paging::limit(query.limit)?;
    let after = query.cursor.as_deref().map(paging::place).transpose()?;
    let after = after.unwrap_or((-shared::number::MAX_SAFE, 0));
    let rows: Vec<CustomerRow> = ctx.db().all(store::customers(unit, quarter, after, limit + 1)).await?;
    let page = paging::page(rows, limit, |last| paging::cursor(&(last.sales_rank, last.tie)))?;
    let items = page.items.into_iter().map(CustomerRow::row).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// What is wrong with a look, said at the part of the request that it is about.
fn refused(fault: LookFault) -> ApiError {
    let detail = fault.to_string();
    let code = match fault {
        LookFault::Ahead | LookFault::Closed | LookFault::NotOver => Code::Conflict,
        LookFault::Counted | LookFault::Lacks(_) => Code::Invalid,
    };
    ApiError::with_fields(code, detail.clone(), vec![problem_of(fault.field(), fault.code(), detail)])
}

/// Writes a look as a whole, with the marks that change, and closes it when asked.
///
/// # Errors
/// 403, 404, 409 when it was closed or is not over, 412, 422.
pub async fn write(
    ctx: &Ctx,
    caller: &Caller,
    (unit, quarter, version): (&UnitId, Quarter, i64),
    body: &WriteQuarter,
) -> Result<QuarterView, ApiError> {
    let permit = caller.may(Action::SubmitForm, of(unit))?;
    let row: LookRow = ctx.db().first(store::find(unit, quarter)).await?.ok_or_else(ApiError::not_found)?;
    if row.version != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }
    let customers = gather::set(body.marks.iter().map(|mark| &mark.customer));
    if body.marks.len() > MAX_MARKS || customers.len() < body.marks.len() {
        let expected = format!("must be at most {MAX_MARKS}, each of another customer");
        return Err(ApiError::field("marks", "range", expected));
    }
    let closed = row.closed_at.is_some();
    body.look.check(quarter, (closed, body.close), row.total, ctx.today()?).map_err(refused)?;
    let closing = body.close.then(|| (ctx.now(), &caller.name));
    let mut work = Vec::new();
    if !body.marks.is_empty() {
        work.extend(store::mark(&permit, (unit, quarter), &body.marks)?);
    }
    work.extend(store::write(&permit, (unit, quarter, version), &body.look, closing)?);
    let detail = json!({ "quarter": quarter, "before": row.look()?, "after": body.look, "marks": body.marks,
        "closed": body.close });
    let event = Event::new(Verb::QuarterWritten, unit, detail);
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    get(ctx, caller, unit, quarter).await
}

/// The quarters of a customer's year.
///
/// # Errors
/// 403, 404.
pub async fn of_customer(
    ctx: &Ctx,
    caller: &Caller,
    id: &CustomerId,
    year: i32,
) -> Result<Vec<CustomerQuarter>, ApiError> {
    let quarters = Quarter::of_year(year);
    let rows = ctx.db().batch(&[customers::find(id), store::of_customer(id, &quarters)?]).await?;
    let customer: customers::CustomerRow = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let target = Target::Customer { unit: &customer.unit_id, rep: customer.rep_id.as_ref() };
    caller.may(Action::ReadFigures, target)?;
    let found: Vec<QuarterRow> = nth(&rows, 1)?.read()?;
    Ok(found.into_iter().map(CustomerQuarter::from).collect())
}
