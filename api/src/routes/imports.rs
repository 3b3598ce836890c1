//! Imports of ledgers.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use shared::dto::import::{
    ChunkResult, ImportState, KnownRows, MAX_CHUNK_BYTES, RememberedMapping, Rows, StartImport,
};
use shared::dto::page::{Page, PageQuery};
use shared::id::ImportId;
use shared::problem::Problem;

use crate::answer::Json;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, Search};
use crate::services::chunks;
use crate::services::imports::{self, KnownQuery, MappingQuery};
use crate::table::{Table, routes};

/// Imports, newest first.
#[utoipa::path(get, path = "/imports", tag = "imports", params(PageQuery),
    extensions(("x-fenji-action" = json!("import"))),
    responses((status = 200, body = Page<ImportState>), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<ImportState>>, ApiError> {
    imports::list(&ctx, &caller, &query).await.map(Json)
}

/// Begins an import under an id of the sender's choice, which makes the same request the same import.
#[utoipa::path(post, path = "/imports", tag = "imports", request_body = StartImport,
    extensions(("x-fenji-action" = json!("import"))),
    responses((status = 200, body = ImportState), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn start(
    ctx: Ctx,
    caller: Caller,
    Body(start): Body<StartImport>,
) -> Result<Json<ImportState>, ApiError> {
    imports::start(&ctx, &caller, &start).await.map(Json)
}

/// How far an import has come.
#[utoipa::path(get, path = "/imports/{id}", tag = "imports", params(("id" = ImportId, Path)),
    extensions(("x-fenji-action" = json!("import"))),
    responses((status = 200, body = ImportState), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
#[worker::send]
async fn get(ctx: Ctx, caller: Caller, At(id): At<ImportId>) -> Result<Json<ImportState>, ApiError> {
    imports::get(&ctx, &caller, &id).await.map(Json)
}

/// Writes a chunk: whole or not at all. The same chunk again gives the same answer.
#[utoipa::path(put, path = "/imports/{id}/chunks/{n}", tag = "imports", request_body = Rows,
    params(("id" = ImportId, Path), ("n" = u32, Path)),
    extensions(("x-fenji-action" = json!("import"))),
    responses((status = 200, body = ChunkResult), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn write_chunk(
    ctx: Ctx,
    caller: Caller,
    At((id, n)): At<(ImportId, u32)>,
    Body(rows): Body<Rows, MAX_CHUNK_BYTES>,
) -> Result<Json<ChunkResult>, ApiError> {
    chunks::write(&ctx, &caller, (&id, n), &rows).await.map(Json)
}

/// Rows already known, against which a file's rows are judged before they are sent.
#[utoipa::path(get, path = "/imports/known", tag = "imports", params(KnownQuery),
    extensions(("x-fenji-action" = json!("import"))),
    responses((status = 200, body = KnownRows), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn known(ctx: Ctx, caller: Caller, Search(query): Search<KnownQuery>) -> Result<Response, ApiError> {
    let text = imports::known(&ctx, &caller, &query).await?;
    Ok(([(CONTENT_TYPE, "application/json")], text).into_response())
}

/// The column mapping remembered for a set of headings.
#[utoipa::path(get, path = "/import-mappings", tag = "imports", params(MappingQuery),
    extensions(("x-fenji-action" = json!("import"))),
    responses((status = 200, body = RememberedMapping), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn mapping(
    ctx: Ctx,
    caller: Caller,
    Search(query): Search<MappingQuery>,
) -> Result<Json<RememberedMapping>, ApiError> {
    imports::mapping(&ctx, &caller, &query).await.map(Json)
}

/// Remembers a column mapping for a set of headings.
#[utoipa::path(put, path = "/import-mappings", tag = "imports", request_body = RememberedMapping,
    extensions(("x-fenji-action" = json!("import"))),
    responses((status = 200, body = RememberedMapping), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 422, body = Problem)))]
#[worker::send]
async fn remember(
    ctx: Ctx,
    caller: Caller,
    Body(known): Body<RememberedMapping>,
) -> Result<Json<RememberedMapping>, ApiError> {
    imports::remember(&ctx, &caller, known).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(list, start))
        .routes(routes!(known))
        .routes(routes!(get))
        .routes(routes!(write_chunk))
        .routes(routes!(mapping, remember))
}
