//! What is kept of a list that is taken away.

use shared::dto::audit::Verb;
use shared::dto::export::NewExport;
use shared::json;
use shared::permission::{Action, Target};

use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::store::audit::{self, Event};
use crate::store::customers::{self, CustomerRow};

/// Appends who takes which list away, narrowed by what, as what, with how many rows. What is of one customer
/// stands in the customer's own history.
///
/// # Errors
/// 403; 404 for a customer out of sight; 422 when a customer is missing, or named where none belongs.
pub async fn record(ctx: &Ctx, caller: &Caller, asked: &NewExport) -> Result<(), ApiError> {
    let stored: CustomerRow;
    let (target, subject) = match &asked.customer {
        Some(id) => {
            stored = ctx.db().first(customers::find(id)).await?.ok_or_else(ApiError::not_found)?;
            (Target::Customer { unit: &stored.unit_id, rep: stored.rep_id.as_ref() }, id.as_str())
        }
        None => (Target::Company, "exports"),
    };
    caller.may(Action::Export, target)?;
    caller.may(asked.list.read_by(), target)?;
    if asked.list.is_of_a_customer() != asked.customer.is_some() {
        return Err(ApiError::field("customer", "required", "is required for what is of one customer, only"));
    }
    let event = Event::new(Verb::Exported, subject, json::value(asked));
    audit::commit(ctx, &caller.author(), Vec::new(), &[event]).await?;
    Ok(())
}
