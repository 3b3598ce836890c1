//! What waits for a person, and for those the person stands in for.

use std::collections::BTreeMap;

use shared::dto::review::{Duties, Duty, DutyKind};
use shared::permission::{Action, Actor, Reach, Scope, reach, scope};
use shared::quarter::Quarter;
use shared::review::{Asked, Stage, Tally, Waiting, asked_of, asked_of_cycle};

use super::forms::{narrowed, sees_figures};
use super::reviews::moment;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::store::cycles::{self, Cell, CycleRow, Kept};
use crate::store::db::{Rows, Statement, nth};
use crate::store::forms::{self, Filter, ListRow};
use crate::store::newcomers::{self as store, NewcomerRow};
use crate::store::quarters::{self, LookRow};
use crate::store::stand_ins::{self, StandInRow};

/// Forms shown of each kind of step.
const FIRST: u32 = 10;

/// In whose name something is asked, and of which customers.
struct Place {
    actor: Actor,
    stand_in: Option<StandInRow>,
    scope: Scope,
    asked: Vec<Asked>,
}

impl Place {
    /// A duty in this name, with nothing said yet.
    fn duty(&self, kind: DutyKind, count: u64) -> Duty {
        Duty {
            kind,
            stand_in: self.stand_in.as_ref().map(|row| row.id.clone()),
            absent: self.stand_in.as_ref().map(|_| self.actor.user.clone()),
            name: self.stand_in.as_ref().map(|row| row.absent_name.clone()),
            count,
            from: None,
            until: None,
            step: None,
            stage: None,
            late: None,
            unrated: None,
            first: Vec::new(),
            newcomers: Vec::new(),
            due: None,
            quarter: None,
        }
    }

    /// Whether the review is run in this name.
    fn runs(&self) -> bool {
        reach(self.actor.role, Action::RunReview) == Reach::All
    }

    /// Whether customers are given their preliminary grades in this name.
    fn grades(&self) -> bool {
        reach(self.actor.role, Action::SubmitForm) != Reach::None
    }

    /// Its customers, as the counters know them.
    fn counter(&self) -> String {
        match &self.scope {
            Scope::All => String::new(),
            Scope::Unit(unit) => format!("u-{unit}"),
            Scope::Rep(rep) => format!("r-{rep}"),
        }
    }
}

/// What waits for the person. The counts are those that triggers keep, or of as many as wait.
///
/// # Errors
/// When the database does not answer.
pub async fn list(ctx: &Ctx, caller: &Caller) -> Result<Duties, ApiError> {
    let day = moment(ctx)?.day();
    let rows = ctx.db().batch(&[cycles::open(), stand_ins::of(&caller.actor.user, day)]).await?;
    let kept = nth(&rows, 0)?.one::<CycleRow>()?.map(CycleRow::kept).transpose()?;
    let stand_ins: Vec<StandInRow> = nth(&rows, 1)?.read()?;
    let others = stand_ins.into_iter().map(|row| (row.stand_in().absent, Some(row)));
    let places: Vec<Place> = std::iter::once((caller.actor.clone(), None))
        .chain(others)
        .filter_map(|(actor, stand_in)| {
            // Whoever sees no customer has nothing to do with any.
            let scope = scope(&actor, Action::ReadCustomer)?;
            let asked = kept.as_ref().map(|kept| asked_of(actor.role, &kept.cycle, day)).unwrap_or_default();
            let place = Place { actor, stand_in, scope, asked };
            (!place.asked.is_empty() || place.runs() || place.grades()).then_some(place)
        })
        .collect();
    let mut items = match &kept {
        Some(kept) if !places.is_empty() => found(ctx, kept, &places).await?,
        _ => Vec::new(),
    };
    items.extend(newcomers(ctx, &places).await?);
    items.extend(quarter(ctx, caller).await?);
    Ok(Duties { cycle: kept.map(|kept| kept.row()), items })
}

/// The new customers that are due in these places and not in an open cycle.
async fn newcomers(ctx: &Ctx, places: &[Place]) -> Result<Vec<Duty>, ApiError> {
    let today = ctx.today()?;
    let asked: Vec<&Place> = places.iter().filter(|place| place.runs() || place.grades()).collect();
    let batch: Vec<Statement> = asked
        .iter()
        .flat_map(|place| [store::count(&place.scope, today), store::first(&place.scope, today, FIRST)])
        .collect();
    if batch.is_empty() {
        return Ok(Vec::new());
    }
    let rows = ctx.db().batch(&batch).await?;
    let mut duties = Vec::new();
    for (place, rows) in asked.into_iter().zip(rows.chunks(2)) {
        let count: u64 = nth(rows, 0)?.json()?.unwrap_or_default();
        let first: Vec<NewcomerRow> = nth(rows, 1)?.read()?;
        if count > 0 {
            let newcomers = first.into_iter().map(|row| row.row(today)).collect::<Result<_, _>>()?;
            duties.push(Duty { newcomers, ..place.duty(DutyKind::Newcomers, count) });
        }
    }
    Ok(duties)
}

/// The chief's look at the quarter that ended last, while it is not closed. It is written in nobody's place.
async fn quarter(ctx: &Ctx, caller: &Caller) -> Result<Option<Duty>, ApiError> {
    let (actor, quarter) = (&caller.actor, Quarter::of(ctx.today()?).before());
    let Some(Scope::Unit(unit)) = scope(actor, Action::SubmitForm) else { return Ok(None) };
    let row: Option<LookRow> = ctx.db().first(quarters::find(&unit, quarter)).await?;
    let Some((from, until)) =
        quarter.look_is_due().filter(|_| row.is_some_and(|row| row.closed_at.is_none()))
    else {
        return Ok(None);
    };
    let place = Place { actor: actor.clone(), stand_in: None, scope: Scope::Unit(unit), asked: Vec::new() };
    let (from, until, quarter) = (Some(from), Some(until), Some(quarter));
    Ok(Some(Duty { from, until, quarter, ..place.duty(DutyKind::Quarter, 1) }))
}

/// What waits in these places.
async fn found(ctx: &Ctx, kept: &Kept, places: &[Place]) -> Result<Vec<Duty>, ApiError> {
    let id = &kept.cycle.id;
    let counters: Vec<String> = places.iter().map(Place::counter).collect();
    let mut batch: Vec<Statement> = vec![cycles::cells(id), cycles::waits(id, &counters)?];
    batch.extend(places.iter().filter_map(|place| match &place.scope {
        Scope::Rep(rep) => Some(cycles::of_rep(id, rep)),
        Scope::Unit(_) | Scope::All => None,
    }));
    let rows = ctx.db().batch(&batch).await?;
    let cells: Vec<Cell> = nth(&rows, 0)?.json()?.unwrap_or_default();
    let waits: Vec<(String, String, u64)> = nth(&rows, 1)?.json()?.unwrap_or_default();
    let mut of_reps = rows.iter().skip(2);
    let tally = cells.iter().fold(Tally::default(), |tally, cell| tally.with(cell.1, cell.4));
    let due = asked_of_cycle(&kept.cycle, &tally, moment(ctx)?.day());

    let (mut items, mut pages) = (Vec::new(), Vec::new());
    for place in places {
        let counts = Counts { stages: stages(&place.scope, &cells, &mut of_reps)?, waits: &waits };
        if let Some(due) = due.filter(|_| place.runs()) {
            items.push((Duty { due: Some(due), ..place.duty(DutyKind::Cycle, 1) }, None));
        }
        for asked in &place.asked {
            let count = counts.of(asked.of, &place.counter());
            let filter = filter(asked.of);
            let duty = Duty {
                until: asked.until,
                step: Some(asked.step),
                stage: filter.stage,
                late: filter.late,
                unrated: filter.unrated.then_some(true),
                ..place.duty(DutyKind::Forms, count)
            };
            let Some(filter) = narrowed(filter, place.scope.clone()).filter(|_| count > 0) else { continue };
            pages.push(forms::page(id, &filter, 0, FIRST));
            items.push((duty, Some(sees_figures(&place.actor))));
        }
    }
    let rows = if pages.is_empty() { Vec::new() } else { ctx.db().batch(&pages).await? };
    let mut rows = rows.iter();
    let mut duties = Vec::new();
    for (mut duty, sees) in items {
        if let Some((sees, rows)) = sees.and_then(|sees| Some((sees, rows.next()?))) {
            let rows: Vec<ListRow> = rows.read()?;
            duty.first = rows.into_iter().map(|row| row.row(sees)).collect::<Result<_, _>>()?;
        }
        duties.push(duty);
    }
    Ok(duties)
}

/// How many forms of a place wait.
struct Counts<'a> {
    stages: BTreeMap<Stage, u64>,
    waits: &'a [(String, String, u64)],
}

impl Counts<'_> {
    fn of(&self, waiting: Waiting, counter: &str) -> u64 {
        let at = |stage| self.stages.get(&stage).copied().unwrap_or_default();
        let kept = |kind: &str| {
            let found = self.waits.iter().find(|(scope, known, _)| scope == counter && known == kind);
            found.map(|(.., forms)| *forms).unwrap_or_default()
        };
        match waiting {
            Waiting::At(stage) => at(stage),
            Waiting::Late => kept("late"),
            Waiting::InTime => at(Stage::Draft).saturating_sub(kept("late")),
            Waiting::Unrated => kept("unrated"),
        }
    }
}

/// With which conditions all forms that wait so are listed.
fn filter(of: Waiting) -> Filter {
    let all = Filter::default();
    match of {
        Waiting::At(stage) => Filter { stage: Some(stage), ..all },
        Waiting::Late => Filter { late: Some(true), ..all },
        Waiting::InTime => Filter { late: Some(false), ..all },
        Waiting::Unrated => Filter { unrated: true, ..all },
    }
}

/// How many forms of a scope stand where.
fn stages<'a>(
    scope: &Scope,
    cells: &[Cell],
    of_reps: &mut impl Iterator<Item = &'a Rows>,
) -> Result<BTreeMap<Stage, u64>, ApiError> {
    let unit = match scope {
        Scope::Rep(_) => {
            let own = of_reps.next().map(Rows::json).transpose()?.flatten();
            return Ok(own.unwrap_or_default());
        }
        Scope::Unit(unit) => Some(unit),
        Scope::All => None,
    };
    let mut stages = BTreeMap::new();
    for (of, stage, .., forms) in cells {
        if unit.is_none_or(|unit| unit == of) {
            *stages.entry(*stage).or_default() += forms;
        }
    }
    Ok(stages)
}
