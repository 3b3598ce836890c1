//! The dashboard: sums that are kept, the count that proves or mends them, and what is overdue.

use serde_json::json;
use shared::book::{self, Open, Overdue};
use shared::calendar::Date;
use shared::dto::audit::Verb;
use shared::dto::dashboard::{Dashboard, DashboardQuery, Recount, Recounted};
use shared::id::UnitId;
use shared::permission::{Action, Scope, Target};
use shared::quarter::Quarter;
use shared::review::Youth;

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::store::audit::{self, Event};
use crate::store::cycles::{self, Cell, CycleRow};
use crate::store::dashboard as store;
use crate::store::db::{Rows, nth};
use crate::store::units::{self, UnitRow};
use crate::store::{newcomers, quarters};

/// The units that are asked about as far as the person sees them as a whole: all, or one of them. `None` for a
/// rep, and for another unit than the own one.
///
/// # Errors
/// 403.
fn seen(caller: &Caller, query: &DashboardQuery) -> Result<Option<Scope>, ApiError> {
    Ok(match (caller.scope(Action::ReadFigures)?, query.unit.clone()) {
        (Scope::All, None) => Some(Scope::All),
        (Scope::All, Some(asked)) => Some(Scope::Unit(asked)),
        (Scope::Unit(own), asked) => {
            Some(Scope::Unit(own)).filter(|own| asked.is_none_or(|asked| *own == Scope::Unit(asked)))
        }
        (Scope::Rep(_), _) => None,
    })
}

/// The one unit of a scope that is not of all.
const fn one(scope: &Scope) -> Option<&UnitId> {
    match scope {
        Scope::Unit(unit) => Some(unit),
        Scope::All | Scope::Rep(_) => None,
    }
}

/// The sums of the units that the person sees as a whole: none for a rep, and none of another unit.
///
/// # Errors
/// 403.
pub async fn get(ctx: &Ctx, caller: &Caller, query: &DashboardQuery) -> Result<Dashboard, ApiError> {
    let Some(scope) = seen(caller, query)? else { return Ok(Dashboard::default()) };
    let unit = one(&scope);
    let rows = ctx.db().batch(&[store::cells(unit), store::sizes(unit), store::lacks(unit)]).await?;
    Ok(Dashboard {
        cells: nth(&rows, 0)?.json()?.unwrap_or_default(),
        sizes: nth(&rows, 1)?.json()?.unwrap_or_default(),
        lacks: nth(&rows, 2)?.json()?.unwrap_or_default(),
    })
}

/// What these units have not done by its last day.
///
/// # Errors
/// 403.
pub async fn overdue(ctx: &Ctx, caller: &Caller, query: &DashboardQuery) -> Result<Vec<Overdue>, ApiError> {
    let Some(scope) = seen(caller, query)? else { return Ok(Vec::new()) };
    let (unit, today) = (one(&scope), ctx.today()?);
    let quarter = Quarter::overdue_on(today);
    let new_until = Youth::Overdue.due_between(today).and_then(|(_, until)| until);
    let mut batch = vec![cycles::open(), newcomers::by_unit(&scope, new_until)];
    batch.extend(quarter.map(|quarter| quarters::not_closed(unit, quarter)));
    let rows = ctx.db().batch(&batch).await?;
    let cycle = nth(&rows, 0)?.one::<CycleRow>()?.map(CycleRow::kept).transpose()?.map(|kept| kept.cycle);
    let new: Vec<(UnitId, u64, Date)> = nth(&rows, 1)?.json()?.unwrap_or_default();
    let looks: Vec<UnitId> = rows.get(2).map(Rows::json).transpose()?.flatten().unwrap_or_default();
    let forms: Vec<Cell> = match &cycle {
        Some(cycle) => ctx.db().run(cycles::cells(&cycle.id)).await?.json()?.unwrap_or_default(),
        None => Vec::new(),
    };
    let forms = forms.into_iter().filter(|cell| unit.is_none_or(|unit| *unit == cell.0));
    let open = forms
        .filter_map(|(unit, stage, .., forms)| Some((unit, forms, Open::Forms(cycle.as_ref()?, stage))))
        .chain(new.into_iter().map(|(unit, many, first)| (unit, many, Open::Newcomers(first))))
        .chain(
            quarter
                .into_iter()
                .flat_map(|quarter| looks.iter().map(move |unit| (unit.clone(), 1, Open::Quarter(quarter)))),
        );
    Ok(book::overdue(open, today))
}

/// Counts a unit's customers and puts what they come to in the place of the sums that are kept. It reads them
/// all: no page asks for it.
///
/// # Errors
/// 403, 404.
pub async fn recount(ctx: &Ctx, caller: &Caller, body: &Recount) -> Result<Recounted, ApiError> {
    let permit = caller.may(Action::Regrade, Target::Company)?;
    let unit = &body.unit;
    ctx.db().first::<UnitRow>(units::find(unit)).await?.ok_or_else(ApiError::not_found)?;
    let mut wrong = 0_u64;
    for rows in &ctx.db().batch(&store::wrong(unit)).await? {
        wrong = wrong.saturating_add(rows.json()?.unwrap_or_default());
    }
    let event = Event::new(Verb::BookRecounted, unit, json!({ "wrong": wrong }));
    audit::commit(ctx, &caller.author(), store::recount(&permit, unit).into(), &[event]).await?;
    Ok(Recounted { wrong })
}
