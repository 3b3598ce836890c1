//! Drafts of policies: written, checked, published or thrown away.

use serde::{Deserialize, Serialize};

use crate::calendar::{Date, Millis};
use crate::grading::{Localized, Mistake, Policy};
use crate::id::{DraftId, Name, PolicyId, Reason};

/// Most bytes of a request that carries a policy.
pub const MAX_POLICY_BYTES: usize = 300_000;
/// Most mistakes that an answer lists.
pub const MAX_MISTAKES: usize = 500;

/// A draft in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftSummary {
    /// Its id.
    pub id: DraftId,
    /// The title of the policy.
    pub title: Localized,
    /// The version it was begun from.
    pub based_on: PolicyId,
    /// For If-Match.
    pub version: i64,
    /// When it was last saved.
    pub updated_at: Millis,
    /// By whom.
    pub updated_by: Name,
    /// How many mistakes the policy has; it can be published when there are none.
    pub mistakes: u32,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The version it was begun from.
    pub based_on: PolicyId,
    /// For If-Match.
    pub version: i64,
    /// When it was last saved.
    pub updated_at: Millis,
    /// By whom.
    pub updated_by: Name,
    /// The policy, which may have mistakes but has the shape of one.
    pub policy: Policy,
    /// What [`check`](crate::grading::check) finds in it, at most [`MAX_MISTAKES`].
    pub mistakes: Vec<Mistake>,
}

/// Begins a draft. The policy is a [`Policy`] as its sender has it: the Worker takes it as plain JSON,
/// so that it can say of everything at once what has not the shape of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDraft<P> {
    /// The version to begin from.
    pub based_on: PolicyId,
    /// The policy; a copy of that version when absent.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub policy: Option<P>,
}

const fn none<P>() -> Option<P> {
    None
}

/// Saves a draft as a whole; the policy as in [`NewDraft`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveDraft<P> {
    /// The policy.
    pub policy: P,
}

/// Makes a draft without mistakes the next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// From when it grades: today or later, and not before the version it follows.
    pub effective_from: Date,
    /// Why.
    pub reason: Reason,
}
