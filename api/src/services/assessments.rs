//! The calculator: grading made-up inputs.

use shared::dto::policy::TryPolicy;
use shared::grading::{Cohort, grade};
use shared::permission::{Action, Target};

use super::policies;
use crate::auth::Caller;
use crate::context::Ctx;
use crate::error::ApiError;
use crate::store::policies::in_force;

/// Grades made-up inputs; nothing is stored. The canonical JSON of the assessment.
///
/// # Errors
/// 403.
pub async fn preview(ctx: &Ctx, caller: &Caller, asked: &TryPolicy) -> Result<String, ApiError> {
    caller.may(Action::TryPolicy, Target::Company)?;
    let none = Cohort::default();
    let given = asked.cohort.as_ref();
    let assessment = match &asked.policy {
        Some(policy) => grade(policy, given.unwrap_or(&none), &asked.inputs),
        None => {
            let today = ctx.today()?;
            let rows = ctx.db().run(in_force(today)).await?;
            let policy = policies::parse_in_force(ctx, &rows).await?;
            let kept = policy.cohorts.get(&asked.year.unwrap_or(today.year())).map(|kept| &kept.cohort);
            grade(&policy.policy, given.or(kept).unwrap_or(&none), &asked.inputs)
        }
    };
    Ok(assessment.to_json())
}
