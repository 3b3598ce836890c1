//! What a draft is rehearsed with in the browser.

use shared::dto::rehearsal::{REHEARSAL_ROWS, RehearsalPage, RehearsalQuery, Rehearsed};
use shared::grading::Customer;
use shared::permission::{Action, Target};

use crate::assess::inputs_of;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging;
use crate::store::book::{self, BookRow};

/// A page of the book with the inputs of this year and the last, as they would be graded today.
///
/// # Errors
/// 403, 422.
pub async fn page(ctx: &Ctx, caller: &Caller, query: &RehearsalQuery) -> Result<RehearsalPage, ApiError> {
    caller.may(Action::EditPolicy, Target::Company)?;
    let after: i64 = query.cursor.as_deref().map(paging::place).transpose()?.unwrap_or(0);
    let today = ctx.today()?;
    let years = vec![today.year(), today.year() - 1];
    let rows: Vec<BookRow> = ctx.db().all(book::stretch(after, &years, &[], REHEARSAL_ROWS + 1)?).await?;
    let page = paging::page(rows, REHEARSAL_ROWS, |row| paging::cursor(&row.seq))?;
    let rehearsed = |row: BookRow| {
        let inputs = inputs_of(&row, &years, today)?;
        let customer = Customer { id: row.id, unit: Some(row.unit_id), years: inputs };
        Ok(Rehearsed { code: row.code, name: row.name, customer })
    };
    let customers = page.items.into_iter().map(rehearsed).collect::<Result<_, ApiError>>()?;
    Ok(RehearsalPage { years, customers, next: page.next })
}
