//! Yearly figures entered by people, and how years are shown.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::calendar::Millis;
use shared::dto::audit::Verb;
use shared::dto::figures::{Agreement, Figure, SaveFigures, SavedFigures, Source, YearDetail, YearView};
use shared::grading::{Input, Policy};
use shared::id::{CustomerId, Key, Label};
use shared::json::{self, Mismatch};
use shared::ledger::key;
use shared::number::Points;
use shared::permission::{Action, Target};
use shared::problem::{Code, FieldProblem};

use super::policies::{self, InForce};
use crate::assess::{Graded, Grader, Grounds, assess};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::store::audit::{self, Event};
use crate::store::changes::Changes;
use crate::store::customers::{self, CustomerRow};
use crate::store::db::nth;
use crate::store::figures::{Figures, StoredYear, YearRow, Years, YearsRow, of_customers};
use crate::store::policies::in_force;

/// Tries at a save while others change the customer's other years.
const ATTEMPTS: u32 = 3;
/// Most characters of a reason.
const REASON_CHARS: usize = 500;
/// The earliest year that a person enters.
const FIRST_YEAR: i32 = 2000;

/// A stored year as it is shown.
///
/// # Errors
/// When what is stored has another shape.
pub fn view(row: &YearRow, sees_figures: bool) -> Result<YearView, ApiError> {
    let detail = || -> Result<YearDetail, Mismatch> {
        Ok(YearDetail {
            figures: json::read(&row.figures)?,
            inputs: json::read(&row.inputs)?,
            assessment: json::read(&row.explanation)?,
            cohort: row.cohort.as_deref().map(json::read).transpose()?,
        })
    };
    let tier = Some(row.tier.as_str()).filter(|tier| !tier.is_empty());
    Ok(YearView {
        year: row.year,
        tier: tier.map(Label::parse).transpose().map_err(ApiError::internal)?,
        provisional: row.provisional,
        score: if sees_figures { Some(Points::new(row.score).map_err(ApiError::internal)?) } else { None },
        policy: row.policy_id.clone(),
        graded_at: row.graded_at,
        version: row.version,
        detail: if sees_figures { Some(detail().map_err(ApiError::internal)?) } else { None },
    })
}

/// Everything that is wrong with the values of a save.
fn problems(policy: &Policy, values: &BTreeMap<Key, Input>) -> Vec<FieldProblem> {
    values
        .iter()
        .filter_map(|(key, input)| {
            let misfit = policy.fit(key, input).err()?;
            Some(problem_of(&format!("values.{key}"), misfit.code(), misfit.to_string()))
        })
        .collect()
}

/// The figures after a save, and what changed: before and after by key. A value that is the same stays
/// with whoever brought it.
fn merged(
    figures: &Figures,
    values: &BTreeMap<Key, Input>,
    stamp: impl Fn(Input) -> Figure,
) -> (Figures, BTreeMap<Key, Value>) {
    let mut after = figures.clone();
    let mut changed = BTreeMap::new();
    for (key, input) in values {
        let before = figures.get(key).map(|figure| &figure.input);
        if before == Some(input) {
            continue;
        }
        changed.insert(key.clone(), json!({ "before": before, "after": input }));
        after.insert(key.clone(), stamp(input.clone()));
    }
    (after, changed)
}

/// A grade as the audit trail keeps it.
#[must_use]
pub fn grade_before(stored: &StoredYear) -> Value {
    json!({ "tier": Some(&stored.tier).filter(|tier| !tier.is_empty()), "score": stored.score })
}

/// A grade as the audit trail keeps it.
#[must_use]
pub fn grade_after(graded: &Graded) -> Value {
    json!({ "tier": graded.assessment.tier, "score": graded.assessment.score })
}

/// Saves figures of a year and grades it, and the year after, whose growth follows from it.
///
/// # Errors
/// 403, 404, 412, 422.
pub async fn save(
    ctx: &Ctx,
    caller: &Caller,
    (id, year): (&CustomerId, i32),
    version: i64,
    body: &SaveFigures,
) -> Result<SavedFigures, ApiError> {
    let mut attempt = 1;
    loop {
        match once(ctx, caller, (id, year), version, body).await {
            // Another year or the master record changed meanwhile: decide anew on what is there now.
            Err(error) if error.code() == Code::Conflict && attempt < ATTEMPTS => {
                attempt += 1;
                ctx.db().allow(20);
            }
            done => return done,
        }
    }
}

async fn once(
    ctx: &Ctx,
    caller: &Caller,
    (id, year): (&CustomerId, i32),
    version: i64,
    body: &SaveFigures,
) -> Result<SavedFigures, ApiError> {
    let today = ctx.today()?;
    let rows = ctx.db().batch(&[customers::find(id), of_customers(&[id])?, in_force(today)]).await?;
    let customer: CustomerRow = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let target = Target::Customer { unit: &customer.unit_id, rep: customer.rep_id.as_ref() };
    let permit = caller.may(Action::WriteFigures, target)?;
    let policy = policies::parse_in_force(ctx, nth(&rows, 2)?).await?;
    check(&policy.policy, year, today.year(), body)?;
    let years: Years =
        nth(&rows, 1)?.one::<YearsRow>()?.map(|row| row.years()).transpose()?.unwrap_or_default();
    let stored = years.get(&year);
    if stored.map_or(0, |stored| stored.version) != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }

    let none = Figures::new();
    let figures_of = |year: i32| years.get(&year).map(|stored| &stored.figures);
    let stamp = |input| Figure { input, source: Source::Entered, at: ctx.now(), by: caller.name.clone() };
    let (figures, changed) = merged(figures_of(year).unwrap_or(&none), &body.values, stamp);
    let grounds = Grounds {
        grader: &Grader::new(&policy.policy, &policy.cohorts),
        since: customer.since,
        segment: customer.segment.as_ref(),
        today,
    };
    let graded = assess(grounds, year, &figures, figures_of(year - 1));
    let mut detail = json!({
        "year": year,
        "policy": policy.id,
        "changes": changed,
        "grade": { "before": stored.map(grade_before), "after": grade_after(&graded) },
    });
    let mut changes = Changes { read: vec![(id.clone(), customer.revision)], ..Changes::default() };
    let grows = stored.is_none() || changed.keys().any(|changed| changed.as_str() == key::ANNUAL_SALES);
    if let Some(next) = years.get(&(year + 1)).filter(|_| grows) {
        let following = assess(grounds, year + 1, &next.figures, Some(&figures));
        if let Some(detail) = detail.as_object_mut() {
            let grade =
                json!({ "year": year + 1, "before": grade_before(next), "after": grade_after(&following) });
            detail.insert("following".to_owned(), grade);
        }
        changes.graded.push((id.clone(), following));
    }
    changes.graded.push((id.clone(), graded.clone()));
    changes.figures.push((id.clone(), year, figures.clone()));

    let batch = changes.statements(&permit, &policy.id, ctx.now())?;
    let event = Event::new(Verb::FiguresSaved, id, detail).because(body.reason.clone());
    audit::commit(ctx, &caller.author(), batch, &[event]).await?;
    Ok(SavedFigures {
        agreement: match &body.preview {
            None => Agreement::Unchecked,
            Some(preview) if *preview == graded.explanation => Agreement::Confirmed,
            Some(_) => Agreement::Differs,
        },
        year: saved(version + 1, &policy, ctx.now(), figures, graded),
    })
}

fn check(policy: &Policy, year: i32, this_year: i32, body: &SaveFigures) -> Result<(), ApiError> {
    if !(FIRST_YEAR..=this_year).contains(&year) {
        return Err(ApiError::field("year", "range", format!("must be from {FIRST_YEAR} to {this_year}")));
    }
    if body.reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_CHARS) {
        return Err(ApiError::field(
            "reason",
            "too_long",
            format!("must have at most {REASON_CHARS} characters"),
        ));
    }
    let problems = problems(policy, &body.values);
    if problems.is_empty() { Ok(()) } else { Err(ApiError::fields(problems)) }
}

/// A year as it was just saved, for somebody who may see its figures.
fn saved(version: i64, policy: &InForce, now: Millis, figures: Figures, graded: Graded) -> YearView {
    let Graded { year, inputs, assessment, .. } = graded;
    let cohort = policy.cohorts.get(&year).map(|kept| kept.cohort.clone());
    YearView {
        year,
        tier: assessment.tier.clone(),
        provisional: assessment.provisional,
        score: Some(assessment.score),
        policy: policy.id.clone(),
        graded_at: now,
        version,
        detail: Some(YearDetail { figures, inputs, assessment, cohort }),
    }
}

#[cfg(test)]
mod tests {
    use shared::id::Name;

    use super::*;

    fn key(text: &str) -> Key {
        Key::parse(text).unwrap()
    }

    fn judged(level: &str) -> Input {
        Input::Judged { level: Label::parse(level).unwrap() }
    }

    #[test]
    fn an_unchanged_value_stays_with_whoever_brought_it() {
        let by = |name: &'static str, source| {
            move |input| Figure { input, source, at: 1, by: Name::parse(name).unwrap() }
        };
        let imported = by("苏婷", Source::Annual);
        let figures = Figures::from([
            (key("collection"), imported(Input::Measured { value: 8_000 })),
            (key("loyalty"), imported(judged("B"))),
        ]);
        let values = BTreeMap::from([
            (key("collection"), Input::Measured { value: 8_000 }),
            (key("loyalty"), judged("A")),
            (key("potential"), Input::Missing),
        ]);
        let (after, changed) = merged(&figures, &values, by("李晓梅", Source::Entered));
        assert_eq!(after[&key("collection")].source, Source::Annual);
        assert_eq!(after[&key("loyalty")].source, Source::Entered);
        assert_eq!(changed.keys().map(Key::as_str).collect::<Vec<_>>(), ["loyalty", "potential"]);
        assert_eq!(changed[&key("potential")]["before"], Value::Null);
    }
}
