//! The forms of a cycle: lists of them, and one with everything about it. Their steps are taken in
//! [`steps`], many at a time in [`many`].

pub mod many;
pub mod steps;

use shared::dto::page::Page;
use shared::dto::review::{ActingFor, FormQuery, FormRow, FormView, TrailRow};
use shared::grading::{Cohort, Policy};
use shared::id::{CustomerId, CycleId};
use shared::json;
use shared::permission::{Action, Actor, Reach, Scope, Target, authorize, reach};
use shared::review::{Acting, Form, Ladder, Moment, Scene, possible};

use super::reviews::moment;
use super::stand_ins;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging;
use crate::store::cycles::{self, CycleRow, Kept};
use crate::store::db::{Rows, nth};
use crate::store::forms::{self as store, Filter, ListRow, WholeRow};
use crate::store::grades;
use crate::store::policies::PolicyRow;
use crate::store::stand_ins::StandInRow;

/// A cycle with that by which it grades.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The cycle.
    pub kept: Kept,
    /// Its policy.
    pub policy: Policy,
    /// The grades of that.
    pub ladder: Ladder,
    /// Now.
    pub now: Moment,
}

impl Desk {
    /// Out of the answers to [`cycles::find`] and [`cycles::policy`].
    ///
    /// # Errors
    /// 404.
    pub fn read(ctx: &Ctx, cycle: &Rows, policy: &Rows) -> Result<Self, ApiError> {
        let kept = cycle.one::<CycleRow>()?.ok_or_else(ApiError::not_found)?.kept()?;
        let absent = || ApiError::internal("a cycle without its policy");
        let policy = policy.one::<PolicyRow>()?.ok_or_else(absent)?.policy()?;
        Ok(Self { kept, ladder: Ladder::of(&policy), policy, now: moment(ctx)? })
    }

    /// What a step depends on, given what the policy yields.
    #[must_use]
    pub const fn scene<'a>(&'a self, computed: Option<&'a shared::id::Label>) -> Scene<'a> {
        Scene { cycle: &self.kept.cycle, ladder: &self.ladder, computed, now: self.now }
    }
}

/// A JSON text of the store.
///
/// # Errors
/// When it has another shape.
fn stored<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    json::read(text).map_err(ApiError::internal)
}

/// The conditions of a list within what somebody may see; `None` when nothing can meet them.
#[must_use]
pub fn narrowed(mut filter: Filter, scope: Scope) -> Option<Filter> {
    let within = match scope {
        Scope::All => true,
        Scope::Unit(unit) => *filter.unit.get_or_insert(unit.clone()) == unit,
        Scope::Rep(rep) => *filter.rep.get_or_insert(rep.clone()) == rep,
    };
    within.then_some(filter)
}

/// Whether somebody's role sees figures of any customer it sees.
#[must_use]
pub fn sees_figures(actor: &Actor) -> bool {
    reach(actor.role, Action::ReadFigures) != Reach::None
}

/// A page of the forms of a cycle that the person, or whom the person stands in for, may see.
///
/// # Errors
/// 403, 404, 422.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    id: &CycleId,
    query: &FormQuery,
) -> Result<Page<FormRow>, ApiError> {
    let seen = stand_ins::seen_as(ctx, caller, query.stand_in.as_ref()).await?;
    let scope = seen.scope(Action::ReadCustomer)?;
    let limit = paging::limit(query.limit)?;
    let after: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let asked = Filter {
        unit: query.unit.clone(),
        rep: query.rep.clone(),
        stage: query.stage,
        disagree: query.disagree.unwrap_or_default(),
        late: query.late,
        unrated: query.unrated.unwrap_or_default(),
    };
    // Each of these is a walk of its own along the forms.
    let walks = [asked.stage.is_some() || asked.disagree, asked.late.is_some(), asked.unrated];
    if walks.into_iter().filter(|walk| *walk).count() > 1 {
        let field = if asked.late.is_some() { "late" } else { "unrated" };
        return Err(ApiError::field(
            field,
            "unknown",
            "must not come with another condition but unit and rep",
        ));
    }
    let Some(filter) = narrowed(asked, scope) else { return Ok(Page { items: Vec::new(), next: None }) };
    let batch = [cycles::find(id), store::page(id, &filter, after.unwrap_or(0), limit + 1)];
    let rows = ctx.db().batch(&batch).await?;
    nth(&rows, 0)?.one::<CycleRow>()?.ok_or_else(ApiError::not_found)?;
    let found: Vec<ListRow> = nth(&rows, 1)?.read()?;
    let page = paging::page(found, limit, |last| paging::cursor(&last.seq))?;
    let sees = sees_figures(&seen.actor);
    let items = page.items.into_iter().map(|row| row.row(sees)).collect::<Result<_, _>>()?;
    Ok(Page { items, next: page.next })
}

/// Whether somebody may read a form, in their own name or in the place of somebody absent.
fn may_read(caller: &Caller, acting_for: &[StandInRow], form: &Form) -> Result<(), ApiError> {
    let target = Target::Customer { unit: &form.unit, rep: form.rep.as_ref() };
    let other = acting_for.iter().any(|row| {
        let absent = row.stand_in().absent;
        authorize(&absent, Action::ReadFigures, target).is_ok()
    });
    if other { Ok(()) } else { caller.may(Action::ReadFigures, target).map(drop) }
}

/// The whole form of a customer.
///
/// # Errors
/// 403, 404.
pub async fn get(
    ctx: &Ctx,
    caller: &Caller,
    id: &CycleId,
    customer: &CustomerId,
) -> Result<FormView, ApiError> {
    let batch = [
        cycles::find(id),
        cycles::policy(id),
        cycles::cohort(id),
        store::find(id, customer),
        store::trail(id, customer),
        store::people(id, customer),
        crate::store::stand_ins::of(&caller.actor.user, ctx.today()?),
        grades::before(id, customer),
    ];
    let rows = ctx.db().batch(&batch).await?;
    let whole: WholeRow = nth(&rows, 3)?.one()?.ok_or_else(ApiError::not_found)?;
    let form = whole.path.form()?;
    let acting_for: Vec<StandInRow> = nth(&rows, 6)?.read()?;
    may_read(caller, &acting_for, &form)?;

    let desk = Desk::read(ctx, nth(&rows, 0)?, nth(&rows, 1)?)?;
    let computed = whole.path.computed()?;
    let scene = desk.scene(computed.as_ref());
    let acting_for = acting_for.into_iter().filter_map(|row| {
        let stand_in = row.stand_in();
        let by = Acting { actor: &caller.actor, stand_in: Some(&stand_in) };
        let may = possible(&form, by, &scene);
        (!may.is_empty()).then(|| ActingFor {
            stand_in: row.id,
            absent: stand_in.absent.user.clone(),
            name: row.absent_name,
            may,
        })
    });
    let acting_for = acting_for.collect();
    let trail: Vec<TrailRow> = nth(&rows, 4)?.json()?.unwrap_or_default();
    let cohort: Option<Cohort> = nth(&rows, 2)?.json()?;
    Ok(FormView {
        may: possible(&form, Acting::own(&caller.actor), &scene),
        acting_for,
        code: whole.code,
        name: whole.name,
        version: whole.path.version,
        figures: stored(&whole.figures)?,
        ground: stored(&whole.ground)?,
        content: stored(&whole.content)?,
        credit: whole.credit.as_deref().map(stored).transpose()?,
        inputs: stored(&whole.inputs)?,
        assessment: stored(&whole.explanation)?,
        cohort,
        last: store::grade(&whole.path.last_grade)?,
        before: nth(&rows, 7)?.json()?,
        trail,
        people: nth(&rows, 5)?.json()?.unwrap_or_default(),
        form,
        cycle: desk.kept.cycle,
    })
}
