//! Stand-ins: appointed, listed, ended, and named in requests.

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::page::{Page, PageQuery};
use shared::dto::review::{Appoint, Appointment, Colleague};
use shared::id::{StandInId, UserId};
use shared::permission::{Action, Reach, Target, reach};
use shared::problem::Code;
use shared::review::{Acting, Refused, StandIn};

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::paging;
use crate::random;
use crate::store::audit::{self, Event};
use crate::store::db::nth;
use crate::store::idempotency::Once;
use crate::store::stand_ins::{self as store, MAX_AT_A_TIME, PersonRow, StandInRow};

/// The appointment that a request names, as it stands today.
///
/// # Errors
/// 422 when there is none, or it was ended.
pub async fn named(ctx: &Ctx, id: Option<&StandInId>) -> Result<Option<StandIn>, ApiError> {
    let Some(id) = id else { return Ok(None) };
    let row: Option<StandInRow> = ctx.db().first(store::standing(id)).await?;
    let unknown = || ApiError::field("stand_in", "unknown", "must be an appointment that stands");
    row.map(|row| Some(row.stand_in())).ok_or_else(unknown)
}

/// The person with the eyes of whom they stand in for, by the appointment that a request to read names.
///
/// # Errors
/// 403 when it is not theirs or not of today, 422 when there is none.
pub async fn seen_as(ctx: &Ctx, caller: &Caller, id: Option<&StandInId>) -> Result<Caller, ApiError> {
    let stand_in = named(ctx, id).await?;
    let by = Acting { actor: &caller.actor, stand_in: stand_in.as_ref() };
    let (authority, _) = by.authority(ctx.today()?)?;
    Ok(Caller { actor: authority.clone(), ..caller.clone() })
}

/// Whether a person may end the appointments of somebody.
fn may_end(caller: &Caller, absent: &UserId) -> bool {
    caller.actor.user == *absent || caller.may(Action::ManageUsers, Target::Company).is_ok()
}

fn shown(caller: &Caller, row: StandInRow) -> Appointment {
    let absent = row.stand_in().absent.user;
    let may_end = row.stands() && may_end(caller, &absent);
    row.appointment(may_end)
}

/// Appointments, newest first: one's own and those under which one acts; all of them for whoever runs the
/// review or manages users.
///
/// # Errors
/// 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<Appointment>, ApiError> {
    let sees_all = [Action::RunReview, Action::ManageUsers]
        .into_iter()
        .any(|action| reach(caller.actor.role, action) == Reach::All);
    let limit = paging::limit(query.limit)?;
    let before: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let person = (!sees_all).then_some(&caller.actor.user);
    let rows: Vec<StandInRow> = ctx.db().all(store::page(person, before, limit + 1)).await?;
    let page = paging::page(rows, limit, |last| paging::cursor(&last.seq))?;
    Ok(Page { items: page.items.into_iter().map(|row| shown(caller, row)).collect(), next: page.next })
}

/// Everybody who works here, to choose a stand-in from.
///
/// # Errors
/// 422.
pub async fn colleagues(ctx: &Ctx, query: &PageQuery) -> Result<Page<Colleague>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let after: Option<String> = query.cursor.as_deref().map(paging::place).transpose()?;
    let found = store::colleagues(after.as_deref().unwrap_or_default(), limit + 1);
    let rows: Vec<Colleague> = ctx.db().all(found).await?;
    paging::page(rows, limit, |last| paging::cursor(&last.id))
}

/// What is wrong with an appointment, said at the field that it is about.
fn misappointed(refused: Refused) -> ApiError {
    let detail = refused.to_string();
    match refused {
        Refused::StandIn { fault } => ApiError::field(fault.field(), fault.code(), detail),
        Refused::Day { .. } => ApiError::field("until", "too_early", detail),
        other => other.into(),
    }
}

/// Appoints a stand-in.
///
/// # Errors
/// 403 for another's absence, 409 when the person stands in for too many or the key was used for something
/// else, 422.
pub async fn appoint(
    ctx: &Ctx,
    caller: &Caller,
    key: String,
    asked: &Appoint,
) -> Result<Appointment, ApiError> {
    let today = ctx.today()?;
    let absent = asked.absent.as_ref().unwrap_or(&caller.actor.user);
    let once = Once::new(&caller.actor.user, key, "POST /stand-ins", asked)?;
    once.run(ctx, async {
        let batch = [store::person(absent), store::person(&asked.by), store::held(&asked.by, today)];
        let rows = ctx.db().batch(&batch).await?;
        let unknown = |field| ApiError::field(field, "unknown", "must be somebody who works here");
        let absent: PersonRow = nth(&rows, 0)?.one()?.ok_or_else(|| unknown("absent"))?;
        let by: PersonRow = nth(&rows, 1)?.one()?.ok_or_else(|| unknown("by"))?;
        let stand_in =
            StandIn::appoint(&caller.actor, absent.actor, asked.by.clone(), asked.from, asked.until)
                .map_err(misappointed)?;
        if asked.until < today {
            return Err(misappointed(Refused::Day { earliest: today }));
        }
        if nth(&rows, 2)?.json::<u32>()?.unwrap_or_default() >= MAX_AT_A_TIME {
            let detail = format!("Nobody stands in for more than {MAX_AT_A_TIME} people; end another first.");
            let wrong = problem_of("by", "too_many_absent", detail.clone());
            return Err(ApiError::with_fields(Code::Conflict, detail, vec![wrong]));
        }
        let made = Appointment {
            id: StandInId::parse(&random::id()?).map_err(ApiError::internal)?,
            absent: stand_in.absent.user.clone(),
            absent_name: absent.name,
            absent_role: stand_in.absent.role,
            by: stand_in.by.clone(),
            by_name: by.name,
            from: stand_in.from,
            until: stand_in.until,
            made_at: ctx.now(),
            made_by: caller.name.clone(),
            ended_at: None,
            ended_by: None,
            may_end: may_end(caller, &stand_in.absent.user),
        };
        let mut work = vec![once.remember(ctx, &made)?];
        work.extend(store::insert(&made.id, &stand_in, today, made.made_at, &made.made_by));
        let detail = json!({ "stand_in": made.id, "by": made.by, "by_name": made.by_name,
            "from": made.from, "until": made.until });
        let event = Event::new(Verb::StandInAppointed, &made.absent, detail);
        audit::commit(ctx, &caller.author(), work, &[event]).await?;
        Ok(made)
    })
    .await
}

/// Ends an appointment before its last day.
///
/// # Errors
/// 403, 404, 409 when it was ended before.
pub async fn end(ctx: &Ctx, caller: &Caller, id: &StandInId) -> Result<Appointment, ApiError> {
    let row: StandInRow = ctx.db().first(store::find(id)).await?.ok_or_else(ApiError::not_found)?;
    let stand_in = row.stand_in();
    if !may_end(caller, &stand_in.absent.user) {
        let knows = stand_in.by == caller.actor.user;
        return Err(if knows { ApiError::new(Code::Forbidden, "") } else { ApiError::not_found() });
    }
    let work = store::end(id, ctx.now(), &caller.name).into();
    let detail = json!({ "stand_in": id, "by": stand_in.by, "until": stand_in.until });
    let event = Event::new(Verb::StandInEnded, &stand_in.absent.user, detail);
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(Appointment {
        ended_at: Some(ctx.now()),
        ended_by: Some(caller.name.clone()),
        ..row.appointment(false)
    })
}
