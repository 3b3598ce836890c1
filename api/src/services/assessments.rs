//! The calculator: grading made-up inputs.

use shared::dto::policy::TryPolicy;
use shared::grading::grade;
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
    let assessment = match &asked.policy {
        Some(policy) => grade(policy, &asked.cohort, &asked.inputs),
        None => {
            let rows = ctx.db().run(in_force(ctx.today()?)).await?;
            grade(&policies::parse_in_force(ctx, &rows).await?.policy, &asked.cohort, &asked.inputs)
        }
    };
    Ok(assessment.to_json())
}
