//! Reading and verifying the audit trail.

use shared::dto::audit::{AuditEvent, AuditVerdict};
use shared::dto::page::{Page, PageQuery};
use shared::permission::{Action, Target};

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::paging::{cursor, limit, page, place};
use crate::store::audit::{self, EventRow, Head};

/// Events verified in one answer.
const STRETCH: u32 = 500;

/// A page out of rows, one more than wanted when there is a next; the history of a customer uses it too.
///
/// # Errors
/// When a stored value is not valid any more.
pub fn page_of(rows: Vec<EventRow>, limit: u32) -> Result<Page<AuditEvent>, ApiError> {
    let events = rows.into_iter().map(EventRow::event).collect::<Result<_, _>>()?;
    page(events, limit, |event| cursor(&event.seq))
}

/// A page of the company's trail, newest first.
///
/// # Errors
/// 403; 422.
pub async fn list(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<Page<AuditEvent>, ApiError> {
    caller.may(Action::ReadAudit, Target::Company)?;
    let limit = limit(query.limit)?;
    let before: Option<i64> = query.cursor.as_deref().map(place).transpose()?;
    page_of(ctx.db().all(audit::page(before, limit + 1)).await?, limit)
}

/// Recomputes the hashes of a stretch of the chain, oldest first.
///
/// # Errors
/// 403; 422.
pub async fn verify(ctx: &Ctx, caller: &Caller, query: &PageQuery) -> Result<AuditVerdict, ApiError> {
    caller.may(Action::ReadAudit, Target::Company)?;
    let from: i64 = query.cursor.as_deref().map(place).transpose()?.unwrap_or(0);
    let mut rows: Vec<EventRow> = ctx.db().all(audit::stretch(from, STRETCH + 1)).await?;
    // The event at the cursor was verified as the last of the stretch before.
    let head = if from == 0 {
        Head::default()
    } else if rows.first().is_some_and(|row| row.seq == from) {
        let row = rows.remove(0);
        Head { seq: row.seq, hash: row.hash }
    } else {
        return Err(ApiError::field(
            "cursor",
            "format",
            "must be the `next` of a former page of the same list",
        ));
    };
    let more = rows.len() >= usize::try_from(STRETCH).unwrap_or(usize::MAX);
    let broken = audit::first_broken(&head, &rows);
    let last = rows.last();
    Ok(AuditVerdict {
        intact: broken.is_none(),
        checked: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        broken_at: broken,
        head: last.map_or(head.hash, |row| row.hash.clone()),
        next: last.filter(|_| more && broken.is_none()).map(|row| cursor(&row.seq)).transpose()?,
    })
}
