//! A customer's published grades.

use shared::dto::page::{Page, PageQuery};
use shared::dto::review::PublishedGrade;
use shared::id::CustomerId;
use shared::permission::{Action, Target};

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging;
use crate::store::customers::{self, CustomerRow};
use crate::store::db::nth;
use crate::store::grades::{self as store, GradeRow};

/// A customer's published grades, newest first.
///
/// # Errors
/// 404, 422.
pub async fn list(
    ctx: &Ctx,
    caller: &Caller,
    id: &CustomerId,
    query: &PageQuery,
) -> Result<Page<PublishedGrade>, ApiError> {
    let limit = paging::limit(query.limit)?;
    let before: Option<i64> = query.cursor.as_deref().map(paging::place).transpose()?;
    let rows = ctx.db().batch(&[customers::find(id), store::of_customer(id, before, limit + 1)]).await?;
    let customer: CustomerRow = nth(&rows, 0)?.one()?.ok_or_else(ApiError::not_found)?;
    let target = Target::Customer { unit: &customer.unit_id, rep: customer.rep_id.as_ref() };
    caller.may(Action::ReadCustomer, target)?;
    let found: Vec<GradeRow> = nth(&rows, 1)?.read()?;
    let page = paging::page(found, limit, |last| paging::cursor(&last.id))?;
    Ok(Page { items: page.items.into_iter().map(PublishedGrade::from).collect(), next: page.next })
}
