//! The passes of a run over the book. Each step is one batch: a stretch of customers is counted or
//! graded, and how far the run has come is written down with it, so that a step is whole or absent and
//! whoever comes next goes on from there.

use std::collections::BTreeMap;

use serde_json::json;
use shared::calendar::Date;
use shared::dto::audit::Verb;
use shared::dto::regrade::{Regrade, RegradePhase, STEP_CUSTOMERS};
use shared::gather;
use shared::grading::{Bests, Cohort, Compiled, Policy, Ranking, Scoring};
use shared::permission::Permit;

use super::figures::grade_after;
use super::policies::InForce;
use crate::assess::{Grader, inputs_of};
use crate::context::Ctx;
use crate::error::ApiError;
use crate::store::audit::{self, Author, Event};
use crate::store::book::{self, BookRow};
use crate::store::changes::Changes;
use crate::store::cohorts;
use crate::store::db::Statement;
use crate::store::regrades::{self as store, Run, TallyRow};

/// The passes that a policy needs. Those over the whole book come first, and only as far as a grade
/// takes something from all other customers.
#[must_use]
pub fn phases(policy: &Policy) -> Vec<RegradePhase> {
    let ranks = Ranking::default().wanted(policy);
    let mut scorings = policy.indicators.iter().flat_map(|one| one.by_segment.values().chain([&one.scoring]));
    let compares = ranks || scorings.any(|scoring| matches!(scoring, Scoring::Best(_)));
    let wanted = [(RegradePhase::Survey, compares), (RegradePhase::Rank, ranks), (RegradePhase::Grade, true)];
    wanted.into_iter().filter_map(|(phase, wanted)| wanted.then_some(phase)).collect()
}

/// A step on its way into the database.
struct Step<'a> {
    ctx: &'a Ctx,
    permit: &'a Permit,
    policy: &'a InForce,
    today: Date,
    book: Vec<BookRow>,
    /// Whether the pass ends with this step.
    is_last: bool,
    run: Run,
    work: Vec<Statement>,
    events: Vec<Event>,
}

/// Takes the next step of an open run by its policy, which is the one in force.
///
/// # Errors
/// 409 when somebody took the step or changed one of its customers meanwhile.
pub async fn step(
    ctx: &Ctx,
    permit: &Permit,
    author: &Author,
    policy: &InForce,
    run: Run,
) -> Result<Regrade, ApiError> {
    let phase = run.state.phase;
    let years = &run.state.years;
    let graded: &[i32] = if phase == RegradePhase::Grade { years } else { &[] };
    let stretch = book::stretch(run.after, years, graded, STEP_CUSTOMERS)?;
    let book: Vec<BookRow> = ctx.db().all(stretch).await?;
    let count = u32::try_from(book.len()).unwrap_or(u32::MAX);
    let is_last = count < STEP_CUSTOMERS;
    let (work, events) = (Vec::new(), Vec::new());
    let mut step = Step { ctx, permit, policy, today: ctx.today()?, book, is_last, run, work, events };
    step.run.state.position += 1;
    match phase {
        RegradePhase::Survey => step.survey()?,
        RegradePhase::Rank => step.rank().await?,
        RegradePhase::Grade | RegradePhase::Done | RegradePhase::Cancelled => step.grade()?,
    }
    step.commit(author, phase, count).await
}

impl Step<'_> {
    /// Looks for the best of the book, year by year.
    fn survey(&mut self) -> Result<(), ApiError> {
        let policy = &self.policy.policy;
        for customer in &self.book {
            for (year, inputs) in inputs_of(customer, &self.run.state.years, self.today)? {
                self.run.survey.entry(year).or_default().add(policy, &inputs);
            }
        }
        if self.is_last && !phases(policy).contains(&RegradePhase::Rank) {
            let found = gather::map(self.run.survey.iter().map(|(year, bests)| (*year, bests.cohort())));
            self.keep(&found)?;
        }
        Ok(())
    }

    /// Counts who stands where, year by year. What each step counted is stored by itself and added up
    /// with the last.
    async fn rank(&mut self) -> Result<(), ApiError> {
        let policy = &self.policy.policy;
        let years = &self.run.state.years;
        let bests = |year: &i32| self.run.survey.get(year).map(Bests::cohort).unwrap_or_default();
        let first = gather::map(years.iter().map(|year| (*year, bests(year))));
        let compiled = gather::map(first.iter().map(|(year, cohort)| (*year, Compiled::new(policy, cohort))));
        let mut counted: BTreeMap<i32, Ranking> = BTreeMap::new();
        for customer in &self.book {
            for (year, inputs) in inputs_of(customer, years, self.today)? {
                if let Some(compiled) = compiled.get(&year) {
                    counted.entry(year).or_default().add_by(compiled, &inputs);
                }
            }
        }
        if self.is_last {
            return self.add_up(first, counted).await;
        }
        for (year, counted) in &counted {
            self.work.push(store::insert_tally(self.permit, &self.run.state, *year, counted)?);
        }
        Ok(())
    }

    /// Finds the cuts of every year out of what all steps of the pass have counted, this one's included.
    async fn add_up(
        &mut self,
        first: BTreeMap<i32, Cohort>,
        mut counted: BTreeMap<i32, Ranking>,
    ) -> Result<(), ApiError> {
        let id = &self.run.state.id;
        let mut found = BTreeMap::new();
        // One year after the other, so that no more than one book's places are held at a time; a year of
        // which nobody has figures has no cohort.
        for (year, first) in first.into_iter().filter(|(_, first)| first.customers > 0) {
            let mut all = counted.remove(&year).unwrap_or_default();
            let tallies: Vec<TallyRow> = self.ctx.db().all(store::tallies(id, year)).await?;
            for tally in tallies {
                all.merge(tally.ranking()?);
            }
            found.insert(year, all.cohort(&self.policy.policy, first));
        }
        self.work.push(store::forget_tallies(self.permit, id));
        self.keep(&found)
    }

    /// Keeps what was found: from now on everybody is graded in it, by this run and by anybody else.
    fn keep(&mut self, found: &BTreeMap<i32, Cohort>) -> Result<(), ApiError> {
        let state = &self.run.state;
        self.work.extend(cohorts::insert(self.permit, &state.policy, &state.id, found)?);
        Ok(())
    }

    /// Grades every year of the run anew. Whose grade becomes another one has it in the audit trail, as
    /// with an import.
    fn grade(&mut self) -> Result<(), ApiError> {
        let mut changes = Changes::default();
        let grader = Grader::new(&self.policy.policy, &self.policy.cohorts);
        for customer in &self.book {
            let before = customer.grades()?;
            let mut told = BTreeMap::new();
            let years = inputs_of(customer, &self.run.state.years, self.today)?;
            if !years.is_empty() {
                changes.read.push((customer.id.clone(), customer.revision));
            }
            for (year, inputs) in years {
                let graded = grader.graded(year, inputs);
                let after = &graded.assessment;
                let tier = after.tier.as_ref().map_or("", |tier| tier.as_str());
                let grade = (tier.to_owned(), after.score.get(), i64::from(after.provisional));
                let before = before.get(&year);
                if before.is_none_or(|before| before.0 != tier) {
                    self.run.state.changed += 1;
                }
                if before != Some(&grade) {
                    let before = before.map(|(tier, score, _)| {
                        json!({ "tier": Some(tier).filter(|tier| !tier.is_empty()), "score": score })
                    });
                    let grade = json!({ "before": before, "after": grade_after(&graded) });
                    told.insert(year, json!({ "policy": self.policy.id, "grade": grade }));
                }
                changes.graded.push((customer.id.clone(), graded));
            }
            if !told.is_empty() {
                let detail = json!({ "origin": { "regrade": self.run.state.id }, "years": told });
                self.events.push(Event::new(Verb::Regraded, &customer.id, detail));
            }
        }
        self.work.extend(changes.statements(self.permit, &self.policy.id, self.ctx.now())?);
        Ok(())
    }

    /// Writes everything in one batch.
    async fn commit(mut self, author: &Author, phase: RegradePhase, count: u32) -> Result<Regrade, ApiError> {
        let run = &mut self.run;
        run.state.done += u64::from(count);
        run.state.total = run.state.total.max(run.state.done);
        run.after = self.book.last().map_or(run.after, |last| last.seq);
        let detail = json!({ "step": run.state.position, "phase": phase, "customers": count });
        self.events.push(Event::new(Verb::RegradeStep, &run.state.id, detail));
        if self.is_last {
            let next = phases(&self.policy.policy).into_iter().skip_while(|one| *one != phase).nth(1);
            run.state.phase = next.unwrap_or(RegradePhase::Done);
            run.after = 0;
        }
        if run.state.phase == RegradePhase::Done {
            run.state.finished_at = Some(self.ctx.now());
            run.state.total = run.state.done;
            let detail = json!({ "changed": run.state.changed });
            self.events.push(Event::new(Verb::RegradeCompleted, &run.state.id, detail));
        }
        // First whether the step is still to be taken, before anything is written by it.
        let mut batch = store::advance(self.permit, run)?.to_vec();
        batch.append(&mut self.work);
        audit::commit(self.ctx, author, batch, &self.events).await?;
        Ok(self.run.state)
    }
}
