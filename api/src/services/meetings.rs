//! The review meeting of a cycle: its record. What is put before it is in [`items`], its minutes in
//! [`minutes`].

pub mod items;
pub mod minutes;

use serde_json::{Value, json};
use shared::dto::audit::Verb;
use shared::dto::review::{KeepRecord, MEETING_TRAIL, MeetingEntry, MeetingStep, MeetingView};
use shared::id::{CycleId, StandInId};
use shared::permission::{Action, Permit, Target, authorize};
use shared::problem::Code;
use shared::review::meeting::{KeptIn, Record, kept_in, proposable};
use shared::review::{Acting, Hand, Moment, Phase, Refused, StandIn};

use super::reviews::moment;
use super::stand_ins;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::diff::diff;
use crate::error::{ApiError, problem_of};
use crate::store::audit::{self, Event};
use crate::store::cycles::{self, CycleRow, Kept as KeptCycle};
use crate::store::db::{Rows, nth};
use crate::store::meetings::{self as store, Kept};

/// Who asks, perhaps in another's place, and when.
struct Who {
    stand_in: Option<StandIn>,
    now: Moment,
}

impl Who {
    async fn read(ctx: &Ctx, stand_in: Option<&StandInId>) -> Result<Self, ApiError> {
        Ok(Self { stand_in: stand_ins::named(ctx, stand_in).await?, now: moment(ctx)? })
    }

    const fn acting<'a>(&'a self, caller: &'a Caller) -> Acting<'a> {
        Acting { actor: &caller.actor, stand_in: self.stand_in.as_ref() }
    }

    /// The caller with the eyes of whoever's right counts, to be answered with.
    fn seen(&self, caller: &Caller) -> Result<Caller, ApiError> {
        let (authority, _) = self.acting(caller).authority(self.now.day())?;
        Ok(Caller { actor: authority.clone(), ..caller.clone() })
    }

    /// The leave of whoever runs the review, and the hand that the trail will show.
    fn runs_the_review(&self, caller: &Caller) -> Result<(Hand, Permit), ApiError> {
        let (authority, hand) = self.acting(caller).authority(self.now.day())?;
        Ok((hand, authorize(authority, Action::RunReview, Target::Company)?))
    }
}

/// The cycle and its meeting out of the answers to [`cycles::find`] and [`store::find`].
fn read(cycle: &Rows, meeting: &Rows) -> Result<(KeptCycle, Kept), ApiError> {
    let cycle = cycle.one::<CycleRow>()?.ok_or_else(ApiError::not_found)?.kept()?;
    Ok((cycle, meeting.json()?.unwrap_or_default()))
}

/// The meeting of a cycle with everything about it but items and minutes.
///
/// # Errors
/// 403, 404.
pub async fn get(ctx: &Ctx, caller: &Caller, id: &CycleId) -> Result<MeetingView, ApiError> {
    caller.may(Action::ReadCustomer, Target::Company)?;
    let runs = caller.may(Action::RunReview, Target::Company).is_ok();
    let mut batch = vec![cycles::find(id), store::find(id), store::trail(id, MEETING_TRAIL)];
    if runs {
        batch.push(store::seats());
    }
    let rows = ctx.db().batch(&batch).await?;
    let (cycle, kept) = read(nth(&rows, 0)?, nth(&rows, 1)?)?;
    let sitting = kept.sitting();
    let own = kept.record(sitting).cloned();
    let phase = &cycle.cycle.phase;
    let gathers = kept_in(phase) == KeptIn::Open;
    let may_record = runs && gathers && kept.confirmed(sitting).is_none();
    let seats = if may_record { nth(&rows, 3)?.json()?.unwrap_or_default() } else { Vec::new() };
    Ok(MeetingView {
        sitting,
        version: own.as_ref().map_or(0, |own| own.version),
        record: own.map(|own| own.record),
        earlier: kept.records.into_iter().filter(|one| one.sitting < sitting).map(|one| one.record).collect(),
        seats,
        may_record,
        may_decide: runs && matches!(phase, Phase::Meeting { .. }),
        may_propose: proposable(&caller.actor).filter(|_| gathers).collect(),
        confirmed: kept.confirmed,
        trail: nth(&rows, 2)?.json()?.unwrap_or_default(),
        cycle: cycle.cycle,
    })
}

/// Keeps the record of the last sitting, read at a version, 0 for none.
///
/// # Errors
/// 403, 404, 409 for what a rule refuses, 412, 422.
pub async fn keep(
    ctx: &Ctx,
    caller: &Caller,
    id: &CycleId,
    version: i64,
    body: &KeepRecord,
) -> Result<MeetingView, ApiError> {
    let who = Who::read(ctx, body.stand_in.as_ref()).await?;
    let (hand, permit) = who.runs_the_review(caller)?;
    let rows = ctx.db().batch(&[cycles::find(id), store::find(id)]).await?;
    let (cycle, kept) = read(nth(&rows, 0)?, nth(&rows, 1)?)?;
    match kept_in(&cycle.cycle.phase) {
        KeptIn::Open => {}
        KeptIn::Early => return Err(Refused::Phase.into()),
        KeptIn::Late => return Err(Refused::Frozen.into()),
    }
    let sitting = kept.sitting();
    let own = kept.record(sitting);
    if own.map_or(0, |own| own.version) != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }
    if kept.confirmed(sitting).is_some() {
        return Err(confirmed());
    }
    let wrong = faults(&body.record, &cycle);
    if !wrong.is_empty() {
        return Err(ApiError::fields(wrong));
    }
    let before = own.map_or(Ok(Value::Null), |own| serde_json::to_value(&own.record));
    let after = serde_json::to_value(&body.record).map_err(ApiError::internal)?;
    let changes = diff(&before.map_err(ApiError::internal)?, &after);
    let detail = json!({ "sitting": sitting, "changes": changes, "on_behalf_of": hand.on_behalf_of });
    let entry = MeetingEntry { changes, ..entry(ctx, caller, hand, MeetingStep::Record, sitting) };
    let mut work = vec![cycles::unmoved(&cycle)];
    work.extend(store::keep(&permit, id, (sitting, version), &body.record)?);
    work.push(store::append(&permit, id, &entry)?);
    audit::commit(ctx, &caller.author(), work, &[Event::new(Verb::MeetingRecorded, id, detail)]).await?;
    get(ctx, &who.seen(caller)?, id).await
}

fn faults(record: &Record, cycle: &KeptCycle) -> Vec<shared::problem::FieldProblem> {
    let wrong = record.faults(&cycle.cycle).into_iter();
    wrong
        .map(|fault| problem_of(&format!("record.{}", fault.field()), fault.code(), fault.to_string()))
        .collect()
}

/// The minutes of the sitting are confirmed, and with them its record.
fn confirmed() -> ApiError {
    let detail = "The minutes of this sitting are confirmed; add a supplement to them instead.";
    ApiError::with_fields(Code::Conflict, detail, vec![problem_of("record", "confirmed", detail)])
}

/// A row of the trail, without what only some steps have.
fn entry(ctx: &Ctx, caller: &Caller, hand: Hand, step: MeetingStep, sitting: u32) -> MeetingEntry {
    let by = caller.name.clone();
    MeetingEntry { at: ctx.now(), hand, by, step, sitting, item: None, changes: Default::default() }
}
