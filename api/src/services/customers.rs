//! Customers: the list, the page, the master record, the history.

mod list;

pub use list::list;

use shared::dto::audit::{AuditEvent, Verb};
use shared::dto::customer::{Customer, CustomerDraft, CustomerPage};
use shared::dto::figures::YearView;
use shared::dto::page::{Page, PageQuery};
use shared::dto::review::GradedYear;
use shared::id::CustomerId;
use shared::permission::{Action, Permit, Reach, Target, reach};
use shared::problem::Code;

use super::{figures, policies};
use crate::assess::{Grader, Grounds, assess};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging;
use crate::random;
use crate::store::audit::{self, Event, EventRow};
use crate::store::changes::Changes;
use crate::store::cohorts::Cohorts;
use crate::store::customers::{self as store, CustomerRow as Stored, Written};
use crate::store::db::{Statement, nth};
use crate::store::figures::{Years, YearsRow, of_customers};
use crate::store::grades;
use crate::store::idempotency::Once;
use crate::store::policies::in_force;

/// Whether the person's role sees figures of any customer it sees.
#[must_use]
pub fn sees_figures(caller: &Caller) -> bool {
    reach(caller.actor.role, Action::ReadFigures) != Reach::None
}

/// Everything about a customer that the person may see.
///
/// # Errors
/// 404.
pub async fn page(ctx: &Ctx, caller: &Caller, id: &CustomerId) -> Result<CustomerPage, ApiError> {
    let today = ctx.today()?;
    let batch = [store::find(id), crate::store::figures::latest(id), in_force(today), grades::decided(id)];
    let rows = ctx.db().batch(&batch).await?;
    let stored: Stored = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let target = Target::Customer { unit: &stored.unit_id, rep: stored.rep_id.as_ref() };
    caller.may(Action::ReadCustomer, target)?;
    let may = |action| caller.may(action, target).is_ok();
    let sees = may(Action::ReadFigures);
    let years: Vec<crate::store::figures::YearRow> = nth(&rows, 1)?.read()?;
    let policy = policies::read_in_force(ctx, nth(&rows, 2)?).await?;
    let cohorts = if sees { policy.cohorts()? } else { Cohorts::new() };
    let mut decided: Vec<GradedYear> = nth(&rows, 3)?.json()?.unwrap_or_default();
    for one in decided.iter_mut().filter(|_| !sees) {
        one.assessment = None;
    }
    Ok(CustomerPage {
        customer: stored.customer(),
        years: years.iter().map(|year| figures::view(year, sees)).collect::<Result<Vec<YearView>, _>>()?,
        decided,
        policy: policy.id,
        cohorts: cohorts.into_iter().map(|(year, kept)| (year, kept.cohort)).collect(),
        may_write_figures: may(Action::WriteFigures),
        may_edit: may(Action::EditCustomer),
    })
}

/// Whether the person may put a customer where a draft says.
fn may_place(caller: &Caller, draft: &CustomerDraft) -> Result<Permit, ApiError> {
    let target = Target::Customer { unit: &draft.unit, rep: draft.rep.as_ref() };
    caller
        .may(Action::EditCustomer, target)
        .map_err(|_| ApiError::field("unit", "unknown", "must be a unit whose customers you look after"))
}

/// Adds a customer.
///
/// # Errors
/// 403, 409 `taken`, 422.
pub async fn create(
    ctx: &Ctx,
    caller: &Caller,
    key: String,
    draft: &CustomerDraft,
) -> Result<Customer, ApiError> {
    caller.may(Action::EditCustomer, Target::Company)?;
    let permit = may_place(caller, draft)?;
    let once = Once::new(&caller.actor.user, key, "POST /customers", draft)?;
    once.run(ctx, async {
        let policy = policies::parse_in_force(ctx, &ctx.db().run(in_force(ctx.today()?)).await?).await?;
        let id = CustomerId::parse(&random::id()?).map_err(ApiError::internal)?;
        let customer = customer(&id, draft, 1);
        let changes = Changes {
            added: vec![Written::new(id.clone(), draft.clone(), ctx.today()?)],
            ..Changes::default()
        };
        let mut batch = placed(draft);
        batch.extend(changes.statements(&permit, &policy.id, ctx.now())?);
        batch.push(once.remember(ctx, &customer)?);
        let event = Event::new(Verb::CustomerCreated, &id, serde_json::json!({ "after": draft }));
        audit::commit(ctx, &caller.author(), batch, &[event]).await?;
        Ok(customer)
    })
    .await
}

fn customer(id: &CustomerId, draft: &CustomerDraft, version: i64) -> Customer {
    let CustomerDraft { code, name, unit, rep, segment, since } = draft.clone();
    Customer { id: id.clone(), code, name, unit, rep, segment, since, version }
}

/// That the unit is open and the rep belongs to it.
fn placed(draft: &CustomerDraft) -> Vec<Statement> {
    let rep = draft.rep.as_ref().map(|rep| store::rep_in_unit(rep, &draft.unit));
    std::iter::once(store::unit_is_open(&draft.unit)).chain(rep).collect()
}

/// Changes a customer's master record as a whole. A new start of cooperation or segment grades every
/// year anew.
///
/// # Errors
/// 403, 404, 409 `taken`, 412, 422.
pub async fn update(
    ctx: &Ctx,
    caller: &Caller,
    id: &CustomerId,
    version: i64,
    draft: &CustomerDraft,
) -> Result<Customer, ApiError> {
    let batch = [store::find(id), of_customers(&[id])?, in_force(ctx.today()?)];
    let rows = ctx.db().batch(&batch).await?;
    let stored: Stored = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    caller
        .may(Action::EditCustomer, Target::Customer { unit: &stored.unit_id, rep: stored.rep_id.as_ref() })?;
    let permit = may_place(caller, draft)?;
    if stored.version != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }
    let years: Years =
        nth(&rows, 1)?.one::<YearsRow>()?.map(|row| row.years()).transpose()?.unwrap_or_default();
    let policy = policies::parse_in_force(ctx, nth(&rows, 2)?).await?;
    let mut changes = Changes {
        read: vec![(id.clone(), stored.revision)],
        changed: vec![Written::new(id.clone(), draft.clone(), ctx.today()?)],
        ..Changes::default()
    };
    if (stored.since, &stored.segment) != (draft.since, &draft.segment) {
        let grounds = Grounds {
            grader: &Grader::new(&policy.policy, &policy.cohorts),
            since: draft.since,
            segment: draft.segment.as_ref(),
            today: ctx.today()?,
        };
        for (year, stored) in &years {
            let previous = years.get(&(year - 1)).map(|previous| &previous.figures);
            changes.graded.push((id.clone(), assess(grounds, *year, &stored.figures, previous)));
        }
    }
    // Whoever stays where they are may stay, even in a unit that has closed.
    let moved = (&stored.unit_id, &stored.rep_id) != (&draft.unit, &draft.rep);
    let mut batch = if moved { placed(draft) } else { Vec::new() };
    batch.extend(changes.statements(&permit, &policy.id, ctx.now())?);
    let detail = serde_json::json!({ "before": stored.draft(), "after": draft });
    let event = Event::new(Verb::CustomerChanged, id, detail);
    audit::commit(ctx, &caller.author(), batch, &[event]).await.map_err(|error| {
        // The revision moved: somebody saved between the reading and the writing.
        if error.code() == Code::Conflict {
            return ApiError::new(Code::VersionMismatch, "Load it again and repeat the change.");
        }
        error
    })?;
    Ok(customer(id, draft, version + 1))
}

/// What happened to a customer, newest first. Without the right to see figures their values are left out.
///
/// # Errors
/// 404, 422.
pub async fn history(
    ctx: &Ctx,
    caller: &Caller,
    id: &CustomerId,
    query: &PageQuery,
) -> Result<Page<AuditEvent>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let before: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let batch = [store::find(id), audit::page_of(id.as_str(), before, limit + 1)];
    let rows = ctx.db().batch(&batch).await?;
    let stored: Stored = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let target = Target::Customer { unit: &stored.unit_id, rep: stored.rep_id.as_ref() };
    caller.may(Action::ReadCustomer, target)?;
    let sees = caller.may(Action::ReadFigures, target).is_ok();
    let events: Vec<EventRow> = nth(&rows, 1)?.read()?;
    let mut page = super::audit::page_of(events, limit)?;
    for event in page.items.iter_mut().filter(|_| !sees) {
        if matches!(event.verb, Verb::FiguresSaved | Verb::FiguresImported | Verb::Regraded | Verb::FormMoved)
        {
            event.detail = serde_json::json!({ "hidden": true });
            event.reason = None;
        }
    }
    Ok(page)
}
