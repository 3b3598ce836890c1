//! How many forms of a cycle stand where.

use serde::{Deserialize, Serialize};

use super::Stage;

/// How many forms of a cycle stand where. Every customer of the cycle has a form from its opening on, so
/// nobody is missing from the sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tally {
    /// Drafts; after the close, the customers without a form (5.1).
    pub drafts: u64,
    /// Submitted, not before the meeting yet.
    pub submitted: u64,
    /// Before the meeting, undecided.
    pub in_review: u64,
    /// On the A list and not approved yet.
    pub in_approval: u64,
    /// An A refused, another grade not decided yet.
    pub refused: u64,
    /// Ready to be published.
    pub ready: u64,
    /// Published.
    pub effective: u64,
}

impl Tally {
    /// The same with so many more forms of a stage.
    #[must_use]
    pub const fn with(mut self, stage: Stage, forms: u64) -> Self {
        let count = match stage {
            Stage::Draft => &mut self.drafts,
            Stage::Submitted => &mut self.submitted,
            Stage::InReview => &mut self.in_review,
            Stage::AListed | Stage::AApplied | Stage::DirectorReviewed => &mut self.in_approval,
            Stage::Refused => &mut self.refused,
            Stage::Confirmed | Stage::Approved | Stage::SetAside => &mut self.ready,
            Stage::Effective => &mut self.effective,
        };
        *count = count.saturating_add(forms);
        self
    }

    /// Those that the meeting has to decide before it ends.
    #[must_use]
    pub const fn undecided(&self) -> u64 {
        self.submitted.saturating_add(self.in_review)
    }

    /// Whether every form can be published.
    #[must_use]
    pub const fn is_ready(&self) -> bool {
        self.drafts == 0 && self.undecided() == 0 && self.in_approval == 0 && self.refused == 0
    }
}

impl FromIterator<Stage> for Tally {
    fn from_iter<I: IntoIterator<Item = Stage>>(stages: I) -> Self {
        stages.into_iter().fold(Self::default(), |tally, stage| tally.with(stage, 1))
    }
}
