//! The quarterly look (3.1).

use shared::dto::page::{Page, PageQuery};
use shared::dto::quarter::{CustomerQuarter, QuarterCustomer, QuarterView, UnitQuarter, WriteQuarter};
use shared::id::{CustomerId, UnitId};
use shared::problem::Problem;
use shared::quarter::Quarter;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IfMatch, Search};
use crate::services::quarters;
use crate::table::{Table, routes};

/// How far the units have come with a quarter whose customers the person sees all of: none for a rep.
#[utoipa::path(get, path = "/quarters/{quarter}", tag = "quarters", params(("quarter" = String, Path)),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = Vec<UnitQuarter>), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    At(quarter): At<Quarter>,
) -> Result<Json<Vec<UnitQuarter>>, ApiError> {
    quarters::list(&ctx, &caller, quarter).await.map(Json)
}

/// A unit's look at a quarter.
#[utoipa::path(get, path = "/quarters/{quarter}/units/{unit}", tag = "quarters",
    params(("quarter" = String, Path), ("unit" = UnitId, Path)),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = QuarterView), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
#[worker::send]
async fn get(
    ctx: Ctx,
    caller: Caller,
    At((quarter, unit)): At<(Quarter, UnitId)>,
) -> Result<Saved<QuarterView>, ApiError> {
    let view = quarters::get(&ctx, &caller, &unit, quarter).await?;
    Ok(Saved::at(view.version, view))
}

/// Writes a look as a whole, with the marks that change, and closes it when asked: then it stays.
#[utoipa::path(put, path = "/quarters/{quarter}/units/{unit}", tag = "quarters", request_body = WriteQuarter,
    params(("quarter" = String, Path), ("unit" = UnitId, Path),
        ("If-Match" = String, Header, description = "The ETag of the version changed")),
    extensions(("x-fenji-action" = json!("submit_form"))),
    responses((status = 200, body = QuarterView), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn write(
    ctx: Ctx,
    caller: Caller,
    At((quarter, unit)): At<(Quarter, UnitId)>,
    IfMatch(version): IfMatch,
    Body(body): Body<WriteQuarter>,
) -> Result<Saved<QuarterView>, ApiError> {
    let view = quarters::write(&ctx, &caller, (&unit, quarter, version), &body).await?;
    Ok(Saved::at(view.version, view))
}

/// A unit's customers in a quarter, largest yearly sales first.
#[utoipa::path(get, path = "/quarters/{quarter}/units/{unit}/customers", tag = "quarters",
    params(("quarter" = String, Path), ("unit" = UnitId, Path), PageQuery),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = Page<QuarterCustomer>), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn customers(
    ctx: Ctx,
    caller: Caller,
    At((quarter, unit)): At<(Quarter, UnitId)>,
    Search(query): Search<PageQuery>,
) -> Result<Json<Page<QuarterCustomer>>, ApiError> {
    quarters::customers(&ctx, &caller, (&unit, quarter), &query).await.map(Json)
}

/// The quarters of a customer's year: its sales and what its section made of it.
#[utoipa::path(get, path = "/customers/{id}/years/{year}/quarters", tag = "quarters",
    params(("id" = CustomerId, Path), ("year" = i32, Path)),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = Vec<CustomerQuarter>), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem)))]
#[worker::send]
async fn of_customer(
    ctx: Ctx,
    caller: Caller,
    At((id, year)): At<(CustomerId, i32)>,
) -> Result<Json<Vec<CustomerQuarter>>, ApiError> {
    quarters::of_customer(&ctx, &caller, &id, year).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(list))
        .routes(routes!(get, write))
        .routes(routes!(customers))
        .routes(routes!(of_customer))
}
