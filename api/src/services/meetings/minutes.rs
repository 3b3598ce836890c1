//! The minutes of a meeting: computed while it is on, frozen when they are confirmed, supplemented after.

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::review::{Confirmed, MeetingStep, MinutesView, Supplement, WriteMinutes};
use shared::id::{CycleId, Name, UnitId};
use shared::permission::{Action, Scope, Target};
use shared::problem::Code;
use shared::review::meeting::{Case, KeptIn, Minutes, Source, Sums, Tabled, kept_in, minutes};
use shared::review::{Cycle, Ladder, Phase, Refused};

use super::{Who, confirmed as is_confirmed, entry, read};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::services::forms::sees_figures;
use crate::store::audit::{self, Event};
use crate::store::cycles::{self, Cell, Counted, Kept as KeptCycle};
use crate::store::db::{DbError, Rows, Statement, nth};
use crate::store::forms::grade;
use crate::store::meetings::minutes::{self as store, CaseRow, LISTED, TabledRow, Which};
use crate::store::meetings::{self as meetings, Kept};
use crate::store::policies::PolicyRow;

/// Most bytes of minutes that can be frozen, within what the database takes of a value.
const MAX_BYTES: usize = 1_900_000;

/// What minutes are read from, in one batch; its place in the batch is what [`written`] goes by.
fn sources(cycle: &Cycle) -> Vec<Statement> {
    let id = &cycle.id;
    vec![
        cycles::policy(id),
        cycles::cells(id),
        cycles::count(id),
        store::before(id),
        store::units(),
        store::tabled(id),
        store::cases(id, Which::Decided(None)),
        store::cases(id, Which::Overruled),
        store::cases(id, Which::New(cycle.kind)),
        store::cases(id, Which::Amended),
    ]
}

/// Rows of a list, at most so many as are listed; how many that is too many.
fn listed<T>(mut rows: Vec<T>, left_out: &mut u64) -> Vec<T> {
    let most = usize::try_from(LISTED).unwrap_or(usize::MAX);
    *left_out += u64::try_from(rows.len().saturating_sub(most)).unwrap_or(u64::MAX);
    rows.truncate(most);
    rows
}

fn cases(rows: &Rows, left_out: &mut u64) -> Result<Vec<Case>, ApiError> {
    let rows: Vec<CaseRow> = rows.read()?;
    Ok(listed(rows, left_out).iter().map(CaseRow::case).collect::<Result<_, DbError>>()?)
}

/// The minutes as they would be now, and how many forms stood where when they were written.
async fn written(ctx: &Ctx, cycle: &KeptCycle, kept: &Kept) -> Result<(Minutes, Counted), ApiError> {
    let rows = ctx.db().batch(&sources(&cycle.cycle)).await?;
    let absent = || ApiError::internal("a cycle without its policy");
    let policy = nth(&rows, 0)?.one::<PolicyRow>()?.ok_or_else(absent)?.policy()?;
    let ladder = Ladder::of(&policy);
    let top = ctx.db().run(store::cases(&cycle.cycle.id, Which::Decided(ladder.tiers().first()))).await?;
    let cells: Vec<Cell> = nth(&rows, 1)?.json()?.unwrap_or_default();
    let before: Vec<(UnitId, String, u64)> = nth(&rows, 3)?.json()?.unwrap_or_default();
    let now = cells
        .into_iter()
        .map(|(unit, stage, _, on_table, forms)| Ok((unit, stage, grade(&on_table)?, forms)));
    let before = before.into_iter().map(|(unit, last, forms)| Ok((unit, grade(&last)?, forms)));
    let sums =
        Sums { now: now.collect::<Result<_, DbError>>()?, before: before.collect::<Result<_, DbError>>()? };
    let units: Vec<(UnitId, Name)> = nth(&rows, 4)?.json()?.unwrap_or_default();
    let mut left_out = 0;
    let tabled: Vec<TabledRow> = nth(&rows, 5)?.read()?;
    let items: Vec<Tabled> =
        listed(tabled, &mut left_out).into_iter().map(TabledRow::tabled).collect::<Result<_, DbError>>()?;
    let mut of = |place: usize| cases(nth(&rows, place)?, &mut left_out);
    let (without, overruled, provisional, amended) = (of(6)?, of(7)?, of(8)?, of(9)?);
    let a_list = cases(&top, &mut left_out)?;
    let written = minutes(Source {
        cycle: &cycle.cycle,
        tiers: ladder.tiers(),
        records: kept.records.iter().map(|one| one.record.clone()).collect(),
        units,
        sums,
        a_list,
        amended,
        overruled,
        without,
        provisional,
        items,
        left_out,
    });
    Ok((written, cycles::counted(nth(&rows, 2)?)?))
}

/// Whether the minutes of the last sitting can be confirmed in a phase.
const fn is_over(phase: &Phase) -> bool {
    match phase {
        Phase::Concluded { .. } | Phase::Publishing { .. } | Phase::Published { .. } => true,
        Phase::Opening { .. } | Phase::Gathering | Phase::Meeting { .. } => false,
    }
}

/// The minutes of the last sitting, or confirmed ones of a former, as the person may see them; as they would
/// be now, when that is asked for, even if they are confirmed: the A list goes on until it is published.
///
/// # Errors
/// 403, 404.
pub async fn get(
    ctx: &Ctx,
    caller: &Caller,
    id: &CycleId,
    (of, now): (Option<u32>, bool),
) -> Result<MinutesView, ApiError> {
    let scope = caller.scope(Action::ReadCustomer)?;
    let runs = caller.may(Action::RunReview, Target::Company).is_ok();
    let rows = ctx.db().batch(&[cycles::find(id), meetings::find(id)]).await?;
    let (cycle, kept) = read(nth(&rows, 0)?, nth(&rows, 1)?)?;
    let sitting = of.unwrap_or_else(|| kept.sitting());
    let confirmed = kept.confirmed(sitting).filter(|_| !now).cloned();
    let (minutes, supplements) = if confirmed.is_some() {
        let rows = ctx.db().batch(&[store::find(id, sitting), store::supplements(id, sitting)]).await?;
        let absent = || ApiError::internal("confirmed minutes that are not there");
        (nth(&rows, 0)?.json()?.ok_or_else(absent)?, nth(&rows, 1)?.json()?.unwrap_or_default())
    } else if sitting == kept.sitting() {
        (written(ctx, &cycle, &kept).await?.0, Vec::new())
    } else {
        return Err(ApiError::not_found());
    };
    let sees = sees_figures(&caller.actor);
    let (open, recorded) = (kept.confirmed(sitting).is_none(), kept.record(sitting).is_some());
    Ok(MinutesView {
        partial: scope != Scope::All || !sees,
        minutes: minutes.narrowed(&scope, sees),
        sitting,
        may_confirm: runs && open && recorded && is_over(&cycle.cycle.phase),
        lacks_record: runs && open && !recorded,
        may_supplement: runs && confirmed.is_some(),
        confirmed,
        supplements,
        version: kept.head,
    })
}

/// Confirms the minutes of the last sitting or supplements them, over what was read of the meeting.
///
/// # Errors
/// 403, 404, 409 for what a rule refuses, 412, 422.
pub async fn write(
    ctx: &Ctx,
    caller: &Caller,
    id: &CycleId,
    version: i64,
    body: &WriteMinutes,
) -> Result<MinutesView, ApiError> {
    let who = Who::read(ctx, body.stand_in.as_ref()).await?;
    let (hand, permit) = who.runs_the_review(caller)?;
    let rows = ctx.db().batch(&[cycles::find(id), meetings::find(id)]).await?;
    let (cycle, kept) = read(nth(&rows, 0)?, nth(&rows, 1)?)?;
    if kept.head != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }
    let sitting = kept.sitting();
    let on_behalf_of = hand.on_behalf_of.clone();
    let mut work = vec![meetings::unmoved(id, kept.head)];
    let event = match (&body.supplement, kept.confirmed(sitting)) {
        (None, Some(_)) => return Err(is_confirmed()),
        (Some(_), None) => {
            let detail = "Only confirmed minutes are supplemented; until then the record can be changed.";
            let field = problem_of("supplement", "not_confirmed", detail);
            return Err(ApiError::with_fields(Code::Conflict, detail, vec![field]));
        }
        (Some(text), Some(_)) => {
            let added = Supplement { at: ctx.now(), by: caller.name.clone(), text: text.clone() };
            work.push(store::supplement(&permit, id, sitting, &added));
            let entry = entry(ctx, caller, hand, MeetingStep::Supplement, sitting);
            work.push(meetings::append(&permit, id, &entry)?);
            let detail = json!({ "sitting": sitting, "text": text, "on_behalf_of": on_behalf_of });
            Event::new(Verb::MinutesSupplemented, id, detail)
        }
        (None, None) => {
            if !is_over(&cycle.cycle.phase) {
                let early = kept_in(&cycle.cycle.phase) != KeptIn::Open;
                return Err(if early { Refused::Phase.into() } else { unconcluded() });
            }
            if kept.record(sitting).is_none() {
                let expected = "must be kept first: date, place, chair, attendance";
                return Err(ApiError::field("record", "required", expected));
            }
            let (minutes, counted) = written(ctx, &cycle, &kept).await?;
            let bytes = serde_json::to_vec(&minutes).map_err(ApiError::internal)?.len();
            if bytes > MAX_BYTES {
                return Err(ApiError::new(Code::TooLarge, format!("The minutes have {bytes} bytes.")));
            }
            let confirmed = Confirmed { sitting, at: ctx.now(), by: caller.name.clone() };
            work.extend([cycles::unmoved(&cycle), cycles::still(id, &counted)]);
            work.extend(store::insert(&permit, id, &confirmed, &minutes)?);
            let entry = entry(ctx, caller, hand, MeetingStep::Confirm, sitting);
            work.push(meetings::append(&permit, id, &entry)?);
            let hash = crate::random::sha256(serde_json::to_vec(&minutes).map_err(ApiError::internal)?);
            let detail = json!({ "sitting": sitting, "sha256": hash, "on_behalf_of": on_behalf_of });
            Event::new(Verb::MinutesConfirmed, id, detail)
        }
    };
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    get(ctx, &who.seen(caller)?, id, (None, false)).await
}

/// The sitting is still on, or was not yet.
fn unconcluded() -> ApiError {
    let detail = "Minutes are confirmed once the sitting has been concluded.";
    ApiError::with_fields(Code::Conflict, detail, vec![problem_of("step", "not_concluded", detail)])
}
