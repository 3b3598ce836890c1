//! New customers: who is due, how one stands, the grades of its deals, and its way into an open review.

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::page::{Page, PageQuery};
use shared::dto::review::{DealGrade, FormView, NewDealGrade, Newcomer, NewcomerQuery, NewcomerRow as Row};
use shared::grading::Cohort;
use shared::id::{CustomerId, CycleId};
use shared::permission::{Action, Scope, Target};
use shared::problem::Code;
use shared::review::{DealFault, GRACE_DAYS, Ladder, Youth, deal_grade};

use super::forms::{self, Desk};
use super::policies;
use super::reviews::steps::fresh;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::paging;
use crate::store::audit::{self, Event};
use crate::store::book::{self, BookRow};
use crate::store::customers::{self, CustomerRow};
use crate::store::cycles;
use crate::store::db::nth;
use crate::store::form_writes;
use crate::store::idempotency::Once;
use crate::store::newcomers::{self as store, DealRow, NewcomerRow, StandingRow};
use crate::store::policies::in_force;

/// A page of the new customers that the person may see.
///
/// # Errors
/// 403, 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &NewcomerQuery) -> Result<Page<Row>, ApiError> {
    let scope = match (caller.scope(Action::ReadCustomer)?, &query.unit) {
        (Scope::All, Some(unit)) => Some(Scope::Unit(unit.clone())),
        // Of another unit than the own one, nobody is seen.
        (scope, unit) => Some(scope).filter(|_| unit.is_none() || *unit == caller.actor.unit),
    };
    let (limit, today) = (paging::limit(query.limit)?, ctx.today()?);
    let after = query.cursor.as_deref().map(paging::place).transpose()?;
    let Some((scope, days)) = scope.zip(query.state.due_between(today)) else {
        return Ok(Page { items: Vec::new(), next: None });
    };
    let rows: Vec<NewcomerRow> = ctx.db().all(store::page(&scope, days, after, limit + 1)).await?;
    let page = paging::page(rows, limit, |last| paging::cursor(&(last.due_on, last.seq)))?;
    let items = page.items.into_iter().map(|row| row.row(today)).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// How a customer stands as a new one.
///
/// # Errors
/// 404.
pub async fn get(ctx: &Ctx, caller: &Caller, id: &CustomerId) -> Result<Newcomer, ApiError> {
    let rows = ctx.db().batch(&[customers::find(id), store::standing(id), cycles::open()]).await?;
    let customer: CustomerRow = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let target = Target::Customer { unit: &customer.unit_id, rep: customer.rep_id.as_ref() };
    caller.may(Action::ReadCustomer, target)?;
    let standing: StandingRow = nth(&rows, 1)?.one()?.ok_or_else(ApiError::not_found)?;
    let open = nth(&rows, 2)?.one::<cycles::CycleRow>()?.map(cycles::CycleRow::kept).transpose()?;
    let joins = open.filter(|kept| {
        standing.missing_in.is_some()
            && kept.cycle.takes_in().is_ok()
            && caller.may(Action::EditCustomer, target).is_ok()
    });
    let today = ctx.today()?;
    let state = Youth::of(standing.due_on, today);
    let takes = matches!(state, Youth::Young | Youth::Due);
    Ok(Newcomer {
        state,
        months: customer.since.map(|since| since.months_until(today)),
        due_on: standing.due_on,
        until: standing.due_on.map(|due| due.plus_days(GRACE_DAYS)),
        may_grade: takes && caller.may(Action::SubmitForm, target).is_ok(),
        may_join: joins.map(|kept| kept.cycle.id),
    })
}

/// The grades of a customer's deals, newest first.
///
/// # Errors
/// 404, 422.
pub async fn deals(
    ctx: &Ctx,
    caller: &Caller,
    id: &CustomerId,
    query: &PageQuery,
) -> Result<Page<DealGrade>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let before: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let rows = ctx.db().batch(&[customers::find(id), store::deals(id, before, limit + 1)]).await?;
    let customer: CustomerRow = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let target = Target::Customer { unit: &customer.unit_id, rep: customer.rep_id.as_ref() };
    caller.may(Action::ReadFigures, target)?;
    let found: Vec<DealRow> = nth(&rows, 1)?.read()?;
    let page = paging::page(found, limit, |last| paging::cursor(&last.id))?;
    Ok(Page { items: page.items.into_iter().map(DealGrade::from).collect(), next: page.next })
}

/// A deal that gets no grade, said at the part of the request that it is about.
fn refused(fault: DealFault) -> ApiError {
    let detail = fault.to_string();
    let code = match fault {
        DealFault::Graded | DealFault::Overdue => Code::Conflict,
        DealFault::Grade | DealFault::Day => Code::Invalid,
    };
    ApiError::with_fields(code, detail.clone(), vec![problem_of(fault.field(), fault.code(), detail)])
}

/// Gives a deal of a new customer a provisional grade.
///
/// # Errors
/// 403, 404, 409 when the customer takes none or the key was used for something else, 422.
pub async fn give(
    ctx: &Ctx,
    caller: &Caller,
    (id, key): (&CustomerId, String),
    given: &NewDealGrade,
) -> Result<DealGrade, ApiError> {
    let today = ctx.today()?;
    let rows = ctx.db().batch(&[customers::find(id), store::standing(id), in_force(today)]).await?;
    let customer: CustomerRow = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let target = Target::Customer { unit: &customer.unit_id, rep: customer.rep_id.as_ref() };
    let permit = caller.may(Action::SubmitForm, target)?;
    let once = Once::new(&caller.actor.user, key, "POST /customers/{id}/deal-grades", &(id, given))?;
    once.run(ctx, async {
        let standing: StandingRow = nth(&rows, 1)?.one()?.ok_or_else(ApiError::not_found)?;
        let policy = policies::parse_in_force(ctx, nth(&rows, 2)?).await?;
        let ladder = Ladder::of(&policy.policy);
        let dates = (customer.since, standing.due_on);
        deal_grade(dates, (given.day, &given.grade), &ladder, today).map_err(refused)?;
        let made = DealGrade {
            deal: given.deal.clone(),
            day: given.day,
            grade: given.grade.clone(),
            reason: given.reason.clone(),
            by: caller.name.clone(),
            at: ctx.now(),
        };
        let mut work = vec![once.remember(ctx, &made)?];
        work.extend(store::give(&permit, id, standing.due_on, (given, &made.by, made.at)));
        let detail = json!({ "deal": made.deal, "day": made.day, "after": made.grade });
        let event = Event::new(Verb::DealGraded, id, detail).because(Some(made.reason.to_string()));
        audit::commit(ctx, &caller.author(), work, &[event]).await?;
        Ok(made)
    })
    .await
}

/// Takes a customer that was added after the opening into a cycle: it gets its form by the statement that
/// made all the others.
///
/// # Errors
/// 403, 404, 409 when it has a form already or the cycle takes nobody in.
pub async fn join(
    ctx: &Ctx,
    caller: &Caller,
    cycle: &CycleId,
    id: &CustomerId,
) -> Result<FormView, ApiError> {
    let batch = [customers::find(id), cycles::find(cycle), cycles::policy(cycle), cycles::cohort(cycle)];
    let rows = ctx.db().batch(&batch).await?;
    let customer: CustomerRow = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let target = Target::Customer { unit: &customer.unit_id, rep: customer.rep_id.as_ref() };
    let permit = caller.may(Action::EditCustomer, target)?;
    let desk = Desk::read(ctx, nth(&rows, 1)?, nth(&rows, 2)?)?;
    desk.kept.cycle.takes_in()?;
    let cohort: Cohort = nth(&rows, 3)?.json()?.unwrap_or_default();
    let year = desk.kept.cycle.year;
    let row: BookRow = ctx.db().first(book::one(id, year)?).await?.ok_or_else(ApiError::not_found)?;
    let fresh = fresh(&row, &desk.kept, (&desk.policy, &cohort), ctx.now())?;
    let mut work = vec![cycles::unmoved(&desk.kept)];
    work.extend(form_writes::insert(&permit, &desk.kept.cycle, &[fresh])?);
    let detail = json!({ "cycle": cycle, "year": year });
    audit::commit(ctx, &caller.author(), work, &[Event::new(Verb::FormAdded, id, detail)]).await?;
    forms::get(ctx, caller, cycle, id).await
}
