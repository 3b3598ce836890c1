//! One step of one form: filled in, or moved. What it would change is computed first, then the one function
//! of the review decides, then form, trail and audit event are written in one batch over what was read.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use shared::dto::audit::Verb;
use shared::dto::figures::{Agreement, Figure};
use shared::dto::review::{FillForm, MoveForm, MovedForm};
use shared::gather;
use shared::grading::{Cohort, Policy, grade};
use shared::id::{CustomerId, CycleId, Key};
use shared::problem::{Code, FieldProblem};
use shared::review::{Acting, Content, Credit, Ground, Move, Next, StandIn, Step, Writing, step};

use super::{Desk, get, stored};
use crate::assess::inputs;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::{ApiError, problem_of};
use crate::services::stand_ins;
use crate::store::audit::{self, Event};
use crate::store::cycles;
use crate::store::db::nth;
use crate::store::form_writes::{self, Paper, Said, Taken};
use crate::store::forms::{self as store, WholeRow};
use crate::store::guard::Guard;

/// Tries at a step while the cycle moves.
const ATTEMPTS: u32 = 3;

/// What is asked to be done with a form.
#[derive(Debug, Clone, Copy)]
struct Asked<'a> {
    wanted: &'a Move,
    content: Option<&'a Writing>,
    credit: Option<&'a Credit>,
    preview: Option<&'a str>,
}

/// Which form, at which version.
type Place<'a> = (&'a CycleId, &'a CustomerId, i64);

/// Fills in a form and grades it anew.
///
/// # Errors
/// 403, 404, 409 for what a rule refuses, 412, 422.
pub async fn fill(
    ctx: &Ctx,
    caller: &Caller,
    place: Place<'_>,
    body: &FillForm,
) -> Result<MovedForm, ApiError> {
    let stand_in = stand_ins::named(ctx, body.stand_in.as_ref()).await?;
    let preview = body.preview.as_deref();
    let asked = Asked { wanted: &Move::Fill, content: Some(&body.content), credit: None, preview };
    make(ctx, caller, stand_in.as_ref(), place, asked).await
}

/// Takes any other step with a form.
///
/// # Errors
/// 403, 404, 409 for what a rule refuses, 412, 422.
pub async fn take(
    ctx: &Ctx,
    caller: &Caller,
    place: Place<'_>,
    body: &MoveForm,
) -> Result<MovedForm, ApiError> {
    let stand_in = stand_ins::named(ctx, body.stand_in.as_ref()).await?;
    let (content, credit) = (body.content.as_ref(), body.credit.as_ref());
    let asked = Asked { wanted: &body.wanted, content, credit, preview: None };
    make(ctx, caller, stand_in.as_ref(), place, asked).await
}

async fn make(
    ctx: &Ctx,
    caller: &Caller,
    stand_in: Option<&StandIn>,
    place: Place<'_>,
    asked: Asked<'_>,
) -> Result<MovedForm, ApiError> {
    let by = Acting { actor: &caller.actor, stand_in };
    let mut attempt = 1;
    loop {
        match once(ctx, caller, by, place, asked).await {
            // The cycle has moved meanwhile: decide anew.
            Err(error) if error.code() == Code::Conflict && attempt < ATTEMPTS => {
                attempt += 1;
                ctx.db().allow(20);
            }
            Err(error) => return Err(error),
            Ok(agreement) => {
                return Ok(MovedForm { form: get(ctx, caller, place.0, place.1).await?, agreement });
            }
        }
    }
}

async fn once(
    ctx: &Ctx,
    caller: &Caller,
    by: Acting<'_>,
    (id, customer, version): Place<'_>,
    asked: Asked<'_>,
) -> Result<Agreement, ApiError> {
    let batch = [cycles::find(id), cycles::policy(id), cycles::cohort(id), store::find(id, customer)];
    let rows = ctx.db().batch(&batch).await?;
    let whole: WholeRow = nth(&rows, 3)?.one()?.ok_or_else(ApiError::not_found)?;
    let desk = Desk::read(ctx, nth(&rows, 0)?, nth(&rows, 1)?)?;
    let form = whole.path.form()?;
    let before = Sheet::read(&whole)?;
    let says = matches!(asked.wanted.step(), Step::Fill | Step::Amend | Step::Rate);
    let after = if says { before.with(asked, ctx, caller) } else { before.clone() };
    let (said, computed) = if after == before {
        (None, whole.path.computed()?)
    } else {
        let cohort: Cohort = nth(&rows, 2)?.json()?.unwrap_or_default();
        let said = after.said(&desk.policy, &cohort)?;
        let computed = store::grade(&said.graded.computed)?;
        (Some(said), computed)
    };

    let answer = step(&form, asked.wanted, by, &desk.scene(computed.as_ref()));
    // Who may not at all is told so first, then who has not seen the form as it is, then what is wrong.
    if let Err(refused) = &answer
        && matches!(refused.code(), Code::Forbidden | Code::NotFound)
    {
        return Err(refused.clone().into());
    }
    if whole.path.version != version {
        return Err(ApiError::new(Code::VersionMismatch, "Load it again and repeat the change."));
    }
    let wrong = problems(&desk, asked);
    if !wrong.is_empty() {
        return Err(ApiError::fields(wrong));
    }
    let next = answer?;

    let explanation = said.as_ref().map_or(&whole.explanation, |said| &said.graded.explanation);
    let agreement = match asked.preview {
        None => Agreement::Unchecked,
        Some(preview) if preview == explanation => Agreement::Confirmed,
        Some(_) => Agreement::Differs,
    };
    let mut changes = before.changes(&after);
    changes.extend(undertaken(asked.wanted));
    let taken = Taken { next, version, said, changes };
    let event = event(id, &taken);
    let mut work = vec![cycles::unmoved(&desk.kept)];
    work.extend(form_writes::take(id, &[taken], Guard::Version)?);
    audit::commit(ctx, &caller.author(), work, &[event]).await?;
    Ok(agreement)
}

/// A step as the audit trail keeps it, about the customer.
#[must_use]
pub fn event(cycle: &CycleId, taken: &Taken) -> Event {
    let Next { entry, form, .. } = &taken.next;
    let detail = json!({
        "cycle": cycle,
        "step": entry.step,
        "from": entry.from,
        "to": entry.to,
        "round": entry.round,
        "computed": entry.computed,
        "grade": entry.grade,
        "raised_by": entry.raised_by,
        "on_behalf_of": entry.hand.on_behalf_of,
        "changes": taken.changes,
    });
    Event::new(Verb::FormMoved, &form.customer, detail)
        .because(entry.reason.as_ref().map(ToString::to_string))
}

/// What an application undertakes, as the trail keeps it: returned or withdrawn, it stands nowhere else.
#[must_use]
pub fn undertaken(wanted: &Move) -> Option<(String, Value)> {
    let Move::Apply { plan } = wanted else { return None };
    Some(("plan".to_owned(), json!({ "before": null, "after": plan })))
}

/// What a form says, and what its grade follows from.
#[derive(Debug, Clone, PartialEq)]
struct Sheet {
    figures: BTreeMap<Key, Figure>,
    ground: Ground,
    content: Content,
    credit: Option<Credit>,
}

impl Sheet {
    fn read(whole: &WholeRow) -> Result<Self, ApiError> {
        Ok(Self {
            figures: stored(&whole.figures)?,
            ground: stored(&whole.ground)?,
            content: stored(&whole.content)?,
            credit: whole.credit.as_deref().map(stored).transpose()?,
        })
    }

    /// The same with what a step changes of it.
    fn with(&self, asked: Asked<'_>, ctx: &Ctx, caller: &Caller) -> Self {
        let content = asked.content.map(|writing| self.content.rewritten(writing, ctx.now(), &caller.name));
        Self {
            content: content.unwrap_or_else(|| self.content.clone()),
            credit: asked.credit.or(self.credit.as_ref()).cloned(),
            ..self.clone()
        }
    }

    /// Graded and ready to be stored.
    fn said(&self, policy: &Policy, cohort: &Cohort) -> Result<Said, ApiError> {
        let content = serde_json::to_string(&self.content).map_err(ApiError::internal)?;
        let credit =
            self.credit.as_ref().map(serde_json::to_string).transpose().map_err(ApiError::internal)?;
        let inputs = self.ground.inputs(&inputs(&self.figures), &self.content, self.credit.as_ref(), policy);
        Ok(Said { content, credit, graded: Paper::new(&inputs, &grade(policy, cohort, &inputs))? })
    }

    /// What differs in another, before and after by path.
    fn changes(&self, after: &Self) -> BTreeMap<String, Value> {
        let (old, new) = (self.content.writing(), after.content.writing());
        let mut found = BTreeMap::new();
        let mut compare = |path: String, before: Value, after: Value| {
            if before != after {
                found.insert(path, json!({ "before": before, "after": after }));
            }
        };
        for key in gather::set(old.values.keys().chain(new.values.keys())) {
            compare(format!("values.{key}"), json!(old.values.get(key)), json!(new.values.get(key)));
        }
        compare("cooperation".to_owned(), json!(old.cooperation), json!(new.cooperation));
        compare("trend".to_owned(), json!(old.trend), json!(new.trend));
        compare("notes".to_owned(), json!(old.notes), json!(new.notes));
        compare("credit".to_owned(), json!(self.credit), json!(after.credit));
        found
    }
}

/// Everything that is wrong with the contents of a step.
fn problems(desk: &Desk, asked: Asked<'_>) -> Vec<FieldProblem> {
    let kind = asked.wanted.step();
    let mut found = Vec::new();
    match asked.content {
        Some(_) if !matches!(kind, Step::Fill | Step::Amend) => {
            found.push(problem_of("content", "unknown", "must only come with an amendment"));
        }
        Some(writing) => found.extend(writing.values.iter().filter_map(|(key, input)| {
            let misfit = desk.policy.fit(key, input).err()?;
            Some(problem_of(&format!("content.values.{key}"), misfit.code(), misfit.to_string()))
        })),
        None if kind == Step::Fill => {
            found.push(problem_of("wanted", "unknown", "must be filled in by a PUT of the form"));
        }
        None => {}
    }
    match asked.credit {
        Some(_) if kind != Step::Rate => {
            found.push(problem_of("credit", "unknown", "must only come with a rating"));
        }
        Some(credit) => {
            found.extend(credit.faults(desk.now.day()).into_iter().map(|fault| {
                problem_of(&format!("credit.{}", fault.field()), fault.code(), fault.to_string())
            }))
        }
        None if kind == Step::Rate => found.push(problem_of("credit", "required", "is required")),
        None => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use shared::id::Note;
    use shared::review::Plan;

    use super::*;

    #[test]
    fn the_trail_keeps_what_an_application_undertakes() {
        let note = |text| Note::parse(text).unwrap();
        let plan =
            Plan { service: note("专人"), production: note("优先排产"), sales: note("年度返利") };
        let kept = undertaken(&Move::Apply { plan: plan.clone() });
        assert_eq!(kept, Some(("plan".to_owned(), json!({ "before": null, "after": plan }))));
        assert_eq!(undertaken(&Move::TakeUp), None);
    }
}
