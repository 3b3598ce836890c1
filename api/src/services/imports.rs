//! Imports: begun, listed, what is known already, remembered mappings. Chunks are written in
//! [`super::chunks`].

use serde::Deserialize;
use serde_json::json;
use shared::dto::audit::Verb;
use shared::dto::import::{ImportState, RememberedMapping, StartImport};
use shared::dto::page::{Page, PageQuery};
use shared::id::ImportId;
use shared::ledger::Shape;
use shared::permission::{Action, Target};
use shared::problem::Code;

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging;
use crate::store::audit::{self, Event};
use crate::store::customers::unit_is_open;
use crate::store::imports::{self as store, ImportRow, KNOWN_ROWS, KnownPage, Said};

/// Most chunks of an import.
const MAX_CHUNKS: u32 = 1_000;
/// Most bytes of the headings a mapping is remembered by.
const HEADINGS_BYTES: usize = 10_000;

/// Which rows or mappings are asked for.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KnownQuery {
    /// Of which shape.
    pub shape: Shape,
    /// Where to go on.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// Which mapping is asked for.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MappingQuery {
    /// For which shape.
    pub shape: Shape,
    /// The headings, joined by `ledger::heading_key`.
    pub headings: String,
}

async fn state(ctx: &Ctx, id: &ImportId) -> Result<Option<ImportState>, ApiError> {
    let row: Option<ImportRow> = ctx.db().first(store::find(id)).await?;
    Ok(row.map(ImportRow::state).transpose()?)
}

fn same(state: ImportState, start: &StartImport) -> Result<ImportState, ApiError> {
    if Said::stored(&state) == Said::of(start) {
        return Ok(state);
    }
    Err(ApiError::new(Code::Conflict, "There is another import of this id."))
}

/// Begins an import. The id makes the same request the same import.
///
/// # Errors
/// 403, 409 when the id belongs to another import, 422.
pub async fn start(ctx: &Ctx, caller: &Caller, start: &StartImport) -> Result<ImportState, ApiError> {
    let permit = caller.may(Action::Import, Target::Company)?;
    if !(1..=MAX_CHUNKS).contains(&start.chunks) {
        return Err(ApiError::field("chunks", "range", format!("must be 1 to {MAX_CHUNKS}")));
    }
    if let Some(known) = state(ctx, &start.id).await? {
        return same(known, start);
    }
    let by = (&caller.actor.user, &caller.name);
    let batch = vec![unit_is_open(&start.default_unit), store::insert(&permit, start, by, ctx.now())];
    let event = Event::new(Verb::ImportStarted, &start.id, json!(start));
    match audit::commit(ctx, &caller.author(), batch, &[event]).await {
        // A unit that is not open is the field's fault under the name it has here.
        Err(error) if error.code() == Code::Invalid => {
            Err(ApiError::field("default_unit", "unknown", "must be a unit that exists and is open"))
        }
        Err(error) if error.code() != Code::Taken => Err(error),
        _ => same(state(ctx, &start.id).await?.ok_or_else(ApiError::not_found)?, start),
    }
}

/// How far an import has come.
///
/// # Errors
/// 403, 404.
pub async fn get(ctx: &Ctx, caller: &Caller, id: &ImportId) -> Result<ImportState, ApiError> {
    caller.may(Action::Import, Target::Company)?;
    state(ctx, id).await?.ok_or_else(ApiError::not_found)
}

/// Imports, newest first.
///
/// # Errors
/// 403, 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<ImportState>, ApiError> {
    caller.may(Action::Import, Target::Company)?;
    let limit = paging::limit(query.limit)?;
    let after: Option<(i64, String)> = query.cursor.as_deref().map(paging::place).transpose()?;
    let rows: Vec<ImportRow> = ctx.db().all(store::page(after.as_ref(), limit + 1)).await?;
    let states = rows.into_iter().map(ImportRow::state).collect::<Result<Vec<_>, _>>()?;
    paging::page(states, limit, |last| paging::cursor(&(last.started_at, &last.id)))
}

/// A page of the rows already known, as the JSON of `KnownRows`: the database's own text, put in its
/// envelope without being parsed.
///
/// # Errors
/// 403, 422.
pub async fn known(ctx: &Ctx, caller: &Caller, query: &KnownQuery) -> Result<String, ApiError> {
    caller.may(Action::Import, Target::Company)?;
    let after: Option<String> = query.cursor.as_deref().map(paging::place).transpose()?;
    let statement = store::known(query.shape, after.as_deref().unwrap_or_default());
    let page: KnownPage =
        ctx.db().first(statement).await?.ok_or_else(|| ApiError::internal("no page of known rows"))?;
    let next = match page.last {
        Some(last) if page.count >= KNOWN_ROWS => format!(",\"next\":{}", json!(paging::cursor(&last)?)),
        _ => String::new(),
    };
    let shape = store::shape_code(query.shape);
    Ok(format!("{{\"known\":{{\"shape\":\"{shape}\",\"rows\":{}}}{next}}}", page.rows))
}

/// The mapping remembered for some headings.
///
/// # Errors
/// 403, 404.
pub async fn mapping(
    ctx: &Ctx,
    caller: &Caller,
    query: &MappingQuery,
) -> Result<RememberedMapping, ApiError> {
    caller.may(Action::Import, Target::Company)?;
    let found = ctx.db().run(store::mapping(query.shape, &query.headings)).await?.json()?;
    let mapping = found.ok_or_else(ApiError::not_found)?;
    Ok(RememberedMapping { shape: query.shape, headings: query.headings.clone(), mapping })
}

/// Remembers a mapping in place of the one that was. It is no record of the company but a convenience
/// of whoever imports, so it leaves no event.
///
/// # Errors
/// 403, 422.
pub async fn remember(
    ctx: &Ctx,
    caller: &Caller,
    known: RememberedMapping,
) -> Result<RememberedMapping, ApiError> {
    let permit = caller.may(Action::Import, Target::Company)?;
    if known.headings.is_empty() || known.headings.len() > HEADINGS_BYTES {
        return Err(ApiError::field("headings", "range", format!("must have 1 to {HEADINGS_BYTES} bytes")));
    }
    known
        .mapping
        .check(known.shape)
        .map_err(|fault| ApiError::field("mapping", "format", format!("must be complete: {fault:?}")))?;
    ctx.db().run(store::remember(&permit, &known, &caller.actor.user, ctx.now())?).await?;
    Ok(known)
}
