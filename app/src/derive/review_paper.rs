//! The signature boxes of the evaluation form on paper (9.0), with the signatures there are.

use shared::calendar::Millis;
use shared::dto::review::FormView;
use shared::permission::Role;
use shared::review::{Hand, Step};

/// Whose box it is, in the order of the paper form.
pub const BOXES: [Role; 5] =
    [Role::SectionChief, Role::Promotion, Role::Finance, Role::Director, Role::GeneralManager];

/// A signature in a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// For which step.
    pub step: Step,
    /// By whom.
    pub hand: Hand,
    /// When.
    pub at: Millis,
}

/// The signature that stands in a role's box: that of its last standing step. Finance signs no step of the
/// form's way; its name stands for the rating it gave last.
#[must_use]
pub fn signed(view: &FormView, role: Role) -> Option<Signed> {
    let standing = view.form.state.signatures();
    let standing =
        standing.into_iter().rev().find(|(step, one)| one.hand.role == role && *step != Step::Publish);
    if let Some((step, one)) = standing {
        return Some(Signed { step, hand: one.hand.clone(), at: one.at });
    }
    let rated = view.trail.iter().rev().map(|row| &row.entry);
    let rated = rated.filter(|_| view.credit.is_some()).find(|entry| entry.step == Step::Rate)?;
    (rated.hand.role == role).then(|| Signed { step: Step::Rate, hand: rated.hand.clone(), at: rated.at })
}
