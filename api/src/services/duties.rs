//! What waits for a person, and for those the person stands in for.

use std::collections::BTreeMap;

use shared::dto::review::{Duties, Duty};
use shared::permission::{Action, Actor, Scope, scope};
use shared::review::{Stage, asked_of};

use super::forms::{narrowed, sees_figures};
use super::reviews::moment;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::store::cycles::{self, Cell, CycleRow};
use crate::store::db::{Statement, nth};
use crate::store::forms::{self, Filter, ListRow};
use crate::store::stand_ins::{self, StandInRow};

/// Forms shown of each kind of step.
const FIRST: u32 = 10;

/// The forms of the open cycle that wait for the person. The counts are those that the triggers keep.
///
/// # Errors
/// When the database does not answer.
pub async fn list(ctx: &Ctx, caller: &Caller) -> Result<Duties, ApiError> {
    let day = moment(ctx)?.day();
    let rows = ctx.db().batch(&[cycles::open(), stand_ins::of(&caller.actor.user, day)]).await?;
    let Some(cycle) = nth(&rows, 0)?.one::<CycleRow>()? else { return Ok(Duties::default()) };
    let kept = cycle.kept()?;
    let mut places: Vec<(Actor, Option<StandInRow>)> = vec![(caller.actor.clone(), None)];
    let stand_ins: Vec<StandInRow> = nth(&rows, 1)?.read()?;
    places.extend(stand_ins.into_iter().map(|row| (row.stand_in().absent, Some(row))));
    // Whoever sees no customer has nothing to do with any.
    let places: Vec<_> = places
        .into_iter()
        .filter_map(|(actor, row)| {
            let scope = scope(&actor, Action::ReadCustomer)?;
            let asked = asked_of(actor.role, &kept.cycle, day);
            (!asked.is_empty()).then_some((actor, row, scope, asked))
        })
        .collect();
    let mut batch: Vec<Statement> = vec![cycles::cells(&kept.cycle.id)];
    batch.extend(places.iter().filter_map(|(.., scope, _)| match scope {
        Scope::Rep(rep) => Some(cycles::of_rep(&kept.cycle.id, rep)),
        Scope::Unit(_) | Scope::All => None,
    }));
    let counts = if places.is_empty() { Vec::new() } else { ctx.db().batch(&batch).await? };
    let cells: Vec<Cell> = match counts.first() {
        Some(rows) => rows.json()?.unwrap_or_default(),
        None => Vec::new(),
    };
    let mut of_reps = counts.iter().skip(1);
    let mut items = Vec::new();
    let mut pages = Vec::new();
    for (actor, row, scope, asked) in places {
        let stages: BTreeMap<Stage, u64> = match &scope {
            Scope::Rep(_) => match of_reps.next() {
                Some(rows) => rows.json()?.unwrap_or_default(),
                None => BTreeMap::new(),
            },
            Scope::All => added(cells.iter()),
            Scope::Unit(unit) => added(cells.iter().filter(|cell| cell.0 == *unit)),
        };
        for (stage, step) in asked {
            let forms = stages.get(&stage).copied().unwrap_or_default();
            let filter = narrowed(Filter { stage: Some(stage), ..Filter::default() }, scope.clone());
            let Some(filter) = filter.filter(|_| forms > 0) else { continue };
            pages.push((forms::page(&kept.cycle.id, &filter, 0, FIRST), sees_figures(&actor)));
            items.push(Duty {
                stand_in: row.as_ref().map(|row| row.id.clone()),
                absent: row.as_ref().map(|_| actor.user.clone()),
                name: row.as_ref().map(|row| row.absent_name.clone()),
                stage,
                step,
                forms,
                first: Vec::new(),
            });
        }
    }
    if !pages.is_empty() {
        let (statements, sees): (Vec<_>, Vec<_>) = pages.into_iter().unzip();
        let found = ctx.db().batch(&statements).await?;
        for ((duty, rows), sees) in items.iter_mut().zip(&found).zip(sees) {
            let rows: Vec<ListRow> = rows.read()?;
            duty.first = rows.into_iter().map(|row| row.row(sees)).collect::<Result<_, _>>()?;
        }
    }
    Ok(Duties { cycle: Some(kept.row()), items })
}

/// How many forms stand where.
fn added<'a>(cells: impl Iterator<Item = &'a Cell>) -> BTreeMap<Stage, u64> {
    let mut stages = BTreeMap::new();
    for (_, stage, .., forms) in cells {
        *stages.entry(*stage).or_default() += forms;
    }
    stages
}
