//! The yearly review as a whole: opened, listed, moved. Its steps over the book are in [`steps`], its
//! forms in [`super::forms`].

pub mod steps;

use std::collections::BTreeMap;

use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::page::{Page, PageQuery};
use shared::dto::review::{
    CycleOverview, CycleRow as Row, FormCount, GradeCount, MoveCycle, OpenCycle, Progress, Standing,
    UnitStanding,
};
use shared::id::{CycleId, UnitId};
use shared::permission::{Action, Scope, Target, authorize};
use shared::problem::Code;
use shared::review::{
    Acting, Cycle, CycleEntry, CycleKind, CycleMove, Moment, Stage, StandIn, Tally, advance,
    possible_of_cycle,
};

use super::{policies, stand_ins};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::paging;
use crate::random;
use crate::store::audit::{self, Event};
use crate::store::cycles::{self as store, Cell, CycleRow, Kept};
use crate::store::db::nth;
use crate::store::forms::grade;
use crate::store::idempotency::Once;
use crate::store::{book, newcomers, policies::in_force};

/// Tries at a move while forms go on moving.
const ATTEMPTS: u32 = 3;
/// The earliest year that is reviewed.
const FIRST_YEAR: i32 = 2000;

/// Now, with its business day.
///
/// # Errors
/// When the clock is outside 1900 to 2199.
pub fn moment(ctx: &Ctx) -> Result<Moment, ApiError> {
    Moment::new(ctx.now()).map_err(ApiError::internal)
}

/// Cycles, newest first.
///
/// # Errors
/// 403, 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<Row>, ApiError> {
    caller.may(Action::ReadCustomer, Target::Company)?;
    let limit = paging::limit(query.limit)?;
    let before: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let rows: Vec<CycleRow> = ctx.db().all(store::page(before, limit + 1)).await?;
    let kept = rows.into_iter().map(CycleRow::kept).collect::<Result<Vec<_>, _>>()?;
    let page = paging::page(kept, limit, |last| paging::cursor(&last.seq))?;
    Ok(Page { items: page.items.iter().map(Kept::row).collect(), next: page.next })
}

/// Opens the review of a year by the policy in force.
///
/// # Errors
/// 403, 409 while another is open, when it would be over nobody, or when the key was used for something else, 422.
pub async fn open(ctx: &Ctx, caller: &Caller, key: String, open: &OpenCycle) -> Result<Row, ApiError> {
    let stand_in = stand_ins::named(ctx, open.stand_in.as_ref()).await?;
    runs_the_review(caller, stand_in.as_ref())?;
    let this_year = ctx.today()?.year();
    if !(FIRST_YEAR..=this_year).contains(&open.year) {
        return Err(ApiError::field("year", "range", format!("must be from {FIRST_YEAR} to {this_year}")));
    }
    let once = Once::new(&caller.actor.user, key, "POST /reviews", open)?;
    once.run(ctx, async {
        let total = match open.kind {
            CycleKind::Yearly => book::length(),
            CycleKind::Supplementary => newcomers::count(&Scope::All, ctx.today()?),
        };
        let rows = ctx.db().batch(&[in_force(ctx.today()?), total]).await?;
        let total: u64 = nth(&rows, 1)?.json()?.unwrap_or_default();
        if open.kind == CycleKind::Supplementary && total == 0 {
            let detail = "No new customer is due.";
            let wrong = problem_of("kind", "nobody_due", detail);
            return Err(ApiError::with_fields(Code::Conflict, detail, vec![wrong]));
        }
        let policy = policies::parse_in_force(ctx, nth(&rows, 0)?).await?;
        let id = CycleId::parse(&random::id()?).map_err(ApiError::internal)?;
        let by = Acting { actor: &caller.actor, stand_in: stand_in.as_ref() };
        let window = (open.opens, open.closes);
        let next = Cycle::open(id, open.kind, open.year, policy.id.clone(), window, by, moment(ctx)?)?;
        let kept = Kept {
            seq: 0,
            cycle: next.cycle,
            cohort: policy.cohorts.get(&open.year).map(|kept| kept.id),
            version: 1,
            opened_at: ctx.now(),
            progress: Progress { position: 0, done: 0, total },
            after: 0,
        };
        let row = kept.row();
        // First what tells a repetition, which would find the cycle that it opened.
        let mut work = vec![once.remember(ctx, &row)?];
        work.extend(store::insert(&next.permit, &kept)?);
        work.push(store::append(&next.permit, &kept.cycle.id, &next.entry)?);
        let Cycle { id, kind, year, policy, opens, closes, .. } = &kept.cycle;
        let detail = json!({ "kind": kind, "year": year, "policy": policy, "opens": opens, "closes": closes,
            "on_behalf_of": next.entry.hand.on_behalf_of });
        audit::commit(ctx, &caller.author(), work, &[Event::new(Verb::CycleOpened, id, detail)]).await?;
        Ok(row)
    })
    .await
}

/// Whether somebody, or whom they act for, runs the review at all; the rest is for the step to say.
fn runs_the_review(caller: &Caller, stand_in: Option<&StandIn>) -> Result<(), ApiError> {
    let authority = stand_in.map_or(&caller.actor, |stand_in| &stand_in.absent);
    authorize(authority, Action::RunReview, Target::Company)?;
    Ok(())
}

/// Takes a step of a cycle that is at a version.
///
/// # Errors
/// 403, 404, 409 for what a rule refuses, 412, 422.
pub async fn make(
    ctx: &Ctx,
    caller: &Caller,
    id: &CycleId,
    version: i64,
    asked: &MoveCycle,
) -> Result<CycleOverview, ApiError> {
    let stand_in = stand_ins::named(ctx, asked.stand_in.as_ref()).await?;
    runs_the_review(caller, stand_in.as_ref())?;
    let by = Acting { actor: &caller.actor, stand_in: stand_in.as_ref() };
    let mut attempt = 1;
    loop {
        match once(ctx, caller, by, (id, version), &asked.wanted).await {
            // A form has moved since they were counted: decide anew.
            Err(error) if error.code() == Code::Conflict && attempt < ATTEMPTS => {
                attempt += 1;
                ctx.db().allow(10);
            }
            Err(error) => return Err(error),
            Ok(()) => {
                let seen = stand_ins::seen_as(ctx, caller, asked.stand_in.as_ref()).await?;
                return get(ctx, &seen, id).await;
            }
        }
    }
}

async fn once(
    ctx: &Ctx,
    caller: &Caller,
    by: Acting<'_>,
    (id, version): (&CycleId, i64),
    wanted: &CycleMove,
) -> Result<(), ApiError> {
    let rows = ctx.db().batch(&[store::find(id), store::count(id)]).await?;
    let read = nth(&rows, 0)?.one::<CycleRow>()?.ok_or_else(ApiError::not_found)?.kept()?;
    if read.version != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }
    let counted = store::counted(nth(&rows, 1)?)?;
    let next = advance(&read.cycle, wanted, by, counted.tally, moment(ctx)?)?;
    let mut kept = Kept { cycle: next.cycle, version: version + 1, ..read.clone() };
    if matches!(wanted, CycleMove::Publish { .. }) {
        // Another walk along the book begins.
        kept.after = 0;
        kept.progress = Progress { done: 0, total: counted.tally.ready, ..read.progress };
    }
    let mut work = store::update(&next.permit, &read, &kept)?.to_vec();
    work.push(store::still(id, &counted));
    work.push(store::append(&next.permit, id, &next.entry)?);
    let detail = json!({ "step": next.entry.step, "before": { "closes": read.cycle.closes, "phase": read.cycle.phase },
        "after": { "closes": kept.cycle.closes, "phase": kept.cycle.phase },
        "on_behalf_of": next.entry.hand.on_behalf_of });
    let reason = next.entry.reason.as_ref().map(ToString::to_string);
    let event = Event::new(Verb::CycleMoved, id, detail).because(reason);
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(())
}

/// A cycle with everything about it but its forms: a rep sees where the own customers stand, a chief the
/// own unit beside the company.
///
/// # Errors
/// 403, 404.
pub async fn get(ctx: &Ctx, caller: &Caller, id: &CycleId) -> Result<CycleOverview, ApiError> {
    let scope = caller.scope(Action::ReadCustomer)?;
    let mut batch = vec![store::find(id), store::trail(id), store::people(id)];
    batch.push(match &scope {
        Scope::Rep(rep) => store::of_rep(id, rep),
        Scope::Unit(_) | Scope::All => store::cells(id),
    });
    let rows = ctx.db().batch(&batch).await?;
    let kept = nth(&rows, 0)?.one::<CycleRow>()?.ok_or_else(ApiError::not_found)?.kept()?;
    let trail: Vec<CycleEntry> = nth(&rows, 1)?.json()?.unwrap_or_default();
    let mut overview = CycleOverview {
        version: kept.version,
        progress: kept.progress,
        may: Vec::new(),
        tally: None,
        company: None,
        units: Vec::new(),
        mine: None,
        trail,
        people: nth(&rows, 2)?.json()?.unwrap_or_default(),
        cycle: kept.cycle,
    };
    if let Scope::Rep(_) = scope {
        let stages: BTreeMap<Stage, u64> = nth(&rows, 3)?.json()?.unwrap_or_default();
        overview.mine = Some(counts(stages));
        return Ok(overview);
    }
    let cells: Vec<Cell> = nth(&rows, 3)?.json()?.unwrap_or_default();
    let tally =
        cells.iter().fold(Tally::default(), |tally, (_, stage, .., forms)| tally.with(*stage, *forms));
    overview.may = possible_of_cycle(&overview.cycle, Acting::own(&caller.actor), tally, moment(ctx)?);
    overview.tally = Some(tally);
    overview.company = Some(standing(cells.iter())?);
    let mut units: BTreeMap<&UnitId, Vec<&Cell>> = BTreeMap::new();
    for cell in &cells {
        let seen = match &scope {
            Scope::All => true,
            Scope::Unit(own) => cell.0 == *own,
            Scope::Rep(_) => false,
        };
        if seen {
            units.entry(&cell.0).or_default().push(cell);
        }
    }
    for (unit, cells) in units {
        let standing = standing(cells.into_iter())?;
        overview.units.push(UnitStanding { unit: unit.clone(), standing });
    }
    Ok(overview)
}

fn counts(stages: BTreeMap<Stage, u64>) -> Vec<FormCount> {
    stages.into_iter().map(|(stage, forms)| FormCount { stage, forms }).collect()
}

/// Adds up cells by stage and by grades.
fn standing<'a>(cells: impl Iterator<Item = &'a Cell>) -> Result<Standing, ApiError> {
    let mut stages: BTreeMap<Stage, u64> = BTreeMap::new();
    let mut grades: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for (_, stage, computed, grade, forms) in cells {
        *stages.entry(*stage).or_default() += forms;
        *grades.entry((computed, grade)).or_default() += forms;
    }
    let grades = grades.into_iter().map(|((computed, on_table), forms)| {
        Ok(GradeCount { computed: grade(computed)?, grade: grade(on_table)?, forms })
    });
    Ok(Standing { stages: counts(stages), grades: grades.collect::<Result<_, ApiError>>()? })
}
