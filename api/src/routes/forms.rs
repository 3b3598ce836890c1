//! The evaluation forms of a cycle.

use shared::dto::page::Page;
use shared::dto::review::{
    FillForm, FormQuery, FormRow, FormView, MoveForm, MoveForms, MoveOutcome, MovedForm,
};
use shared::id::{CustomerId, CycleId};
use shared::problem::Problem;

use crate::answer::{Json, Saved};
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::extract::{At, Body, IfMatch, Search};
use crate::services::{forms, newcomers};
use crate::table::{Table, routes};

/// The forms of a cycle that the person may see, in the order in which the customers were added.
#[utoipa::path(get, path = "/reviews/{id}/forms", tag = "forms", params(("id" = CycleId, Path), FormQuery),
    extensions(("x-fenji-action" = json!("read_customer"))),
    responses((status = 200, body = Page<FormRow>), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn list(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    Search(query): Search<FormQuery>,
) -> Result<Json<Page<FormRow>>, ApiError> {
    forms::list(&ctx, &caller, &id, &query).await.map(Json)
}

/// The whole form of a customer, with what the person could do to it now.
#[utoipa::path(get, path = "/reviews/{id}/forms/{customer}", tag = "forms",
    params(("id" = CycleId, Path), ("customer" = CustomerId, Path)),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = FormView), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem)))]
#[worker::send]
async fn get(
    ctx: Ctx,
    caller: Caller,
    At((id, customer)): At<(CycleId, CustomerId)>,
) -> Result<Saved<FormView>, ApiError> {
    let form = forms::get(&ctx, &caller, &id, &customer).await?;
    Ok(Saved::at(form.version, form))
}

/// Fills in a form as a whole. The Worker grades it anew and says whether the browser's preview was the
/// same to the byte.
#[utoipa::path(put, path = "/reviews/{id}/forms/{customer}", tag = "forms", request_body = FillForm,
    params(("id" = CycleId, Path), ("customer" = CustomerId, Path),
        ("If-Match" = String, Header, description = "The ETag of the version changed")),
    extensions(("x-fenji-action" = json!("fill_form"))),
    responses((status = 200, body = MovedForm), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn fill(
    ctx: Ctx,
    caller: Caller,
    At((id, customer)): At<(CycleId, CustomerId)>,
    IfMatch(version): IfMatch,
    Body(body): Body<FillForm>,
) -> Result<Saved<MovedForm>, ApiError> {
    let moved = forms::steps::fill(&ctx, &caller, (&id, &customer, version), &body).await?;
    Ok(Saved::at(moved.form.version, moved))
}

/// Takes a customer that was added after the opening into a yearly cycle, while its forms come in.
#[utoipa::path(post, path = "/reviews/{id}/forms/{customer}", tag = "forms",
    params(("id" = CycleId, Path), ("customer" = CustomerId, Path)),
    extensions(("x-fenji-action" = json!("edit_customer"))),
    responses((status = 201, body = FormView), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem)))]
#[worker::send]
async fn join(
    ctx: Ctx,
    caller: Caller,
    At((id, customer)): At<(CycleId, CustomerId)>,
) -> Result<Saved<FormView>, ApiError> {
    let form = newcomers::join(&ctx, &caller, &id, &customer).await?;
    Ok(Saved::created(form.version, &format!("/reviews/{id}/forms/{customer}"), form))
}

/// Takes a step with a form. Who may is for the step to say; what a rule of the review refuses is answered
/// with the rule as the field's code.
#[utoipa::path(post, path = "/reviews/{id}/forms/{customer}/moves", tag = "forms", request_body = MoveForm,
    params(("id" = CycleId, Path), ("customer" = CustomerId, Path),
        ("If-Match" = String, Header, description = "The ETag of the version seen")),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = MovedForm), (status = 401, body = Problem), (status = 403, body = Problem),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 412, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
#[worker::send]
async fn take(
    ctx: Ctx,
    caller: Caller,
    At((id, customer)): At<(CycleId, CustomerId)>,
    IfMatch(version): IfMatch,
    Body(body): Body<MoveForm>,
) -> Result<Saved<MovedForm>, ApiError> {
    let moved = forms::steps::take(&ctx, &caller, (&id, &customer, version), &body).await?;
    Ok(Saved::at(moved.form.version, moved))
}

/// Takes a step with each of at most 50 forms, each at the version that was seen. Each is answered by
/// itself, in the order asked: done, or the problem that the same step alone would be answered with.
#[utoipa::path(post, path = "/reviews/{id}/forms/moves", tag = "forms", request_body = MoveForms,
    params(("id" = CycleId, Path)),
    extensions(("x-fenji-action" = json!("read_figures"))),
    responses((status = 200, body = Vec<MoveOutcome>), (status = 401, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem), (status = 422, body = Problem)))]
#[worker::send]
async fn many(
    ctx: Ctx,
    caller: Caller,
    At(id): At<CycleId>,
    Body(body): Body<MoveForms>,
) -> Result<Json<Vec<MoveOutcome>>, ApiError> {
    forms::many::take(&ctx, &caller, &id, &body).await.map(Json)
}

/// The routes.
pub fn router() -> Table {
    Table::default()
        .routes(routes!(list))
        .routes(routes!(many))
        .routes(routes!(get, fill, join))
        .routes(routes!(take))
}
