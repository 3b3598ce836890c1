//! The steps of a cycle over the book: every customer gets a form, and in the end a published grade. Each is
//! one batch along `customers.seq`, with how far the cycle has come written down in it, so that a step is
//! whole or absent and whoever comes next, the page or the clock, goes on from there.

use std::collections::BTreeMap;

use serde_json::json;
use shared::calendar::{Date, Millis};
use shared::dto::audit::Verb;
use shared::dto::review::{CycleRow as Row, Progress, ReviewStep, STEP_FORMS};
use shared::grading::{Cohort, Policy, grade};
use shared::id::CycleId;
use shared::permission::{Action, Permit, Target, authorize};
use shared::problem::Code;
use shared::review::{
    Acting, Content, CycleEntry, CycleKind, Form, Ground, Phase, Published, Stage, Tally, finish, gather,
    publish,
};

use super::moment;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::services::stand_ins;
use crate::store::audit::{self, Author, Event};
use crate::store::book::{self, BookRow};
use crate::store::cycles::{self as store, CycleRow, Kept};
use crate::store::db::{Rows, Statement, nth};
use crate::store::form_writes::{self, Fresh, Paper, Taken};
use crate::store::forms::{self, PathRow};
use crate::store::guard::Guard;
use crate::store::policies::PolicyRow;

/// Tries at a step while others change the same customers or take steps.
const ATTEMPTS: u32 = 3;
/// Steps that the clock takes at a time.
const STEPS_A_TICK: u32 = 10;

/// Takes the step after the one named.
///
/// # Errors
/// 403, 404, 409 when others keep changing the same customers, 422 for a stand-in who is none.
pub async fn step(ctx: &Ctx, caller: &Caller, id: &CycleId, step: &ReviewStep) -> Result<Row, ApiError> {
    let stand_in = stand_ins::named(ctx, step.stand_in.as_ref()).await?;
    let by = Acting { actor: &caller.actor, stand_in: stand_in.as_ref() };
    let (authority, _) = by.authority(ctx.today()?)?;
    let permit = authorize(authority, Action::RunReview, Target::Company)?;
    take(ctx, &permit, &caller.author(), id, step.at).await
}

/// Takes the step after `at` on somebody's behalf, or the clock's. A cycle that is elsewhere, has nothing
/// to be done, or whose grades do not count yet, stays as it is.
async fn take(ctx: &Ctx, permit: &Permit, author: &Author, id: &CycleId, at: u32) -> Result<Row, ApiError> {
    let mut attempt = 1;
    loop {
        let batch = [store::find(id), store::policy(id), store::cohort(id), store::count(id)];
        let rows = ctx.db().batch(&batch).await?;
        let kept = nth(&rows, 0)?.one::<CycleRow>()?.ok_or_else(ApiError::not_found)?.kept()?;
        if kept.progress.position != at {
            return Ok(kept.row());
        }
        let taken = match kept.cycle.phase {
            Phase::Opening { .. } => Step::begin(ctx, kept).open(permit, author, &rows).await,
            Phase::Publishing { effective, .. } if effective <= ctx.today()? => {
                let tally = store::counted(nth(&rows, 3)?)?.tally;
                Step::begin(ctx, kept).publish(permit, author, tally).await
            }
            Phase::Publishing { .. }
            | Phase::Gathering
            | Phase::Meeting { .. }
            | Phase::Concluded { .. }
            | Phase::Published { .. } => return Ok(kept.row()),
        };
        match taken {
            // Somebody took the step, or changed one of its customers: see what is there now.
            Err(error) if error.code() == Code::Conflict && attempt < ATTEMPTS => {
                attempt += 1;
                ctx.db().allow(50);
            }
            done => return done,
        }
    }
}

/// A step on its way into the database.
struct Step<'a> {
    ctx: &'a Ctx,
    read: Kept,
    kept: Kept,
    work: Vec<Statement>,
    events: Vec<Event>,
}

impl<'a> Step<'a> {
    fn begin(ctx: &'a Ctx, read: Kept) -> Self {
        let mut kept = read.clone();
        kept.progress.position += 1;
        Self { ctx, read, kept, work: Vec::new(), events: Vec::new() }
    }

    /// Gives the next customers their forms, graded by the cycle's policy in its cohort.
    async fn open(mut self, permit: &Permit, author: &Author, rows: &[Rows]) -> Result<Row, ApiError> {
        let absent = || ApiError::internal("a cycle without its policy");
        let policy = nth(rows, 1)?.one::<PolicyRow>()?.ok_or_else(absent)?.policy()?;
        let cohort: Cohort = nth(rows, 2)?.json()?.unwrap_or_default();
        let (after, year) = (self.read.after, self.read.cycle.year);
        let opened_on = Date::at(self.read.opened_at).map_err(ApiError::internal)?;
        let stretch = match self.read.cycle.kind {
            CycleKind::Yearly => book::stretch(after, &[year], &[], STEP_FORMS)?,
            CycleKind::Supplementary => book::due(after, year, opened_on, STEP_FORMS)?,
        };
        let book: Vec<BookRow> = self.ctx.db().all(stretch).await?;
        let fresh = book
            .iter()
            .map(|one| fresh(one, &self.kept, (&policy, &cohort), self.read.opened_at))
            .collect::<Result<Vec<_>, ApiError>>()?;
        self.work.extend(form_writes::insert(permit, &self.kept.cycle, &fresh)?);
        let ends = self.goes_on(book.iter().map(|one| one.seq));
        if ends {
            let next = gather(&self.kept.cycle, moment(self.ctx)?)?;
            self.kept.cycle = next.cycle;
            self.ended(&next.permit, &next.entry)?;
        }
        self.commit(permit, author, "opening", fresh.len()).await
    }

    /// Publishes the next forms: from now on their grades are those that count.
    async fn publish(mut self, permit: &Permit, author: &Author, tally: Tally) -> Result<Row, ApiError> {
        let now = moment(self.ctx)?;
        let cycle = self.read.cycle.clone();
        let rows: Vec<PathRow> =
            self.ctx.db().all(forms::stretch(&cycle.id, self.read.after, STEP_FORMS)).await?;
        let (mut taken, mut grades) = (Vec::new(), Vec::new());
        for row in &rows {
            let next = publish(&row.form()?, &cycle, now)?;
            let published =
                Published::of(&next.form).ok_or_else(|| ApiError::internal("published nothing"))?;
            let detail = json!({ "cycle": cycle.id, "year": cycle.year, "policy": cycle.policy,
                "effective": published.effective, "before": forms::grade(&row.last_grade)?, "after": published.grade });
            self.events.push(Event::new(Verb::GradePublished, &row.customer_id, detail));
            grades.push((published, row.last_grade.clone()));
            taken.push(Taken { next, version: row.version, said: None, changes: BTreeMap::new() });
        }
        self.work.extend(form_writes::take(&cycle.id, &taken, Guard::State)?);
        let opened_on = Date::at(self.read.opened_at).map_err(ApiError::internal)?;
        self.work.extend(form_writes::publish(permit, (&cycle, opened_on), &grades, now.at())?);
        let ends = self.goes_on(rows.iter().map(|row| row.seq));
        if ends {
            let published = u64::try_from(taken.len()).unwrap_or(u64::MAX);
            let left = Tally { ready: tally.ready.saturating_sub(published), ..tally }
                .with(Stage::Effective, published);
            let next = finish(&cycle, left, now)?;
            self.kept.cycle = next.cycle;
            self.ended(&next.permit, &next.entry)?;
        }
        self.commit(permit, author, "publishing", taken.len()).await
    }

    /// Notes the customers gone through; whether they were the last.
    fn goes_on(&mut self, places: impl ExactSizeIterator<Item = i64>) -> bool {
        let count = u32::try_from(places.len()).unwrap_or(u32::MAX);
        let Progress { done, total, .. } = &mut self.kept.progress;
        *done += u64::from(count);
        *total = (*total).max(*done);
        self.kept.after = places.last().unwrap_or(self.kept.after);
        let ends = count < STEP_FORMS;
        if ends {
            *total = *done;
        }
        ends
    }

    /// The cycle itself has moved with this step.
    fn ended(&mut self, permit: &Permit, entry: &CycleEntry) -> Result<(), ApiError> {
        self.kept.version += 1;
        self.work.push(store::append(permit, &self.read.cycle.id, entry)?);
        let detail = json!({ "step": entry.step, "before": { "phase": self.read.cycle.phase },
            "after": { "phase": self.kept.cycle.phase } });
        self.events.push(Event::new(Verb::CycleMoved, &self.read.cycle.id, detail));
        Ok(())
    }

    /// Writes everything in one batch.
    async fn commit(
        mut self,
        permit: &Permit,
        author: &Author,
        doing: &str,
        count: usize,
    ) -> Result<Row, ApiError> {
        let detail = json!({ "step": self.kept.progress.position, "doing": doing, "customers": count });
        self.events.insert(0, Event::new(Verb::CycleStep, &self.read.cycle.id, detail));
        // First whether the step is still to be taken, before anything is written by it.
        let mut batch = store::update(permit, &self.read, &self.kept)?.to_vec();
        batch.append(&mut self.work);
        audit::commit(self.ctx, author, batch, &self.events).await?;
        Ok(self.kept.row())
    }
}

/// The form of a customer since an instant, and what its grade follows from: of everybody it is what it was on
/// the day of the opening.
///
/// # Errors
/// When what is stored has another shape.
pub fn fresh(
    customer: &BookRow,
    kept: &Kept,
    (policy, cohort): (&Policy, &Cohort),
    since: Millis,
) -> Result<Fresh, ApiError> {
    let opened_on = Date::at(kept.opened_at).map_err(ApiError::internal)?;
    let year = kept.cycle.year;
    let mut years = customer.years()?;
    let figures = years.remove(&year).unwrap_or_default();
    let ground = Ground {
        year,
        previous: years.remove(&(year - 1)).unwrap_or_default(),
        since: customer.since,
        segment: customer.segment.clone(),
        on: opened_on,
    };
    let inputs = ground.inputs(&figures, &Content::default(), None, policy);
    let assessment = grade(policy, cohort, &inputs);
    let (id, unit) = (customer.id.clone(), customer.unit_id.clone());
    Ok(Fresh {
        // The rep is the customer's, and is written by the statement itself.
        form: Form::new(kept.cycle.id.clone(), id, unit, None, since),
        revision: customer.revision,
        ground: serde_json::to_string(&ground).map_err(ApiError::internal)?,
        graded: Paper::new(&inputs, &assessment)?,
    })
}

/// What the clock does each minute: it goes on with opening or publishing the cycle that is open.
///
/// # Errors
/// When the database does not answer, or others keep changing the same customers.
pub async fn tick(ctx: &Ctx) -> Result<(), ApiError> {
    let (permit, nobody) = (Permit::of_the_clock(), Author::default());
    let Some(row) = ctx.db().first::<CycleRow>(store::open()).await? else { return Ok(()) };
    let mut row = row.kept()?.row();
    for _ in 0..STEPS_A_TICK {
        // Each step has the allowance of a request.
        ctx.db().allow(50);
        let next = take(ctx, &permit, &nobody, &row.cycle.id, row.progress.position).await?;
        if next.progress.position == row.progress.position {
            break;
        }
        row = next;
    }
    Ok(())
}
