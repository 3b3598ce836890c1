//! The append-only audit trail.

use serde::{Deserialize, Serialize};

use crate::calendar::Millis;
use crate::id::{Name, UserId};

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// The first admin was made.
    SetUp,
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out everywhere.
    SignedOutEverywhere,
    /// A password was changed.
    PasswordChanged,
    /// A password was reset by the admin.
    PasswordReset,
    /// A unit was made.
    UnitCreated,
    /// A unit was changed.
    UnitChanged,
    /// A user was made.
    UserCreated,
    /// A user was changed.
    UserChanged,
    /// A customer was made.
    CustomerCreated,
    /// A customer's master record was changed.
    CustomerChanged,
    /// Figures of a year were saved by a person.
    FiguresSaved,
    /// Figures of a year came from an import.
    FiguresImported,
    /// An import was begun.
    ImportStarted,
    /// A chunk of an import was written.
    ImportChunk,
    /// An import was completed.
    ImportCompleted,
    /// A draft of a policy was begun.
    DraftCreated,
    /// A draft was saved.
    DraftSaved,
    /// A draft was thrown away.
    DraftDiscarded,
    /// A version of the policy was published.
    PolicyPublished,
    /// A version was withdrawn before it took effect.
    PolicyRetired,
    /// A run that grades the book anew was begun.
    RegradeStarted,
    /// A step of a run was taken.
    RegradeStep,
    /// A run was completed.
    RegradeCompleted,
    /// A run was stopped.
    RegradeCancelled,
    /// A run gave a customer another grade.
    Regraded,
    /// A unit's customers were counted anew for the dashboard.
    BookRecounted,
    /// The yearly review was opened.
    CycleOpened,
    /// A step of the review as a whole: the close, the meeting, the publication, their ends.
    CycleMoved,
    /// Some customers got their forms, or had their grades published.
    CycleStep,
    /// Somebody took a step with a customer's evaluation form.
    FormMoved,
    /// A customer that was added later was taken into the open review.
    FormAdded,
    /// A deal of a new customer was given a provisional grade.
    DealGraded,
    /// The review gave a customer its grade.
    GradePublished,
    /// A section's look at a quarter was written or closed.
    QuarterWritten,
    /// The record of a sitting of the review meeting was kept.
    MeetingRecorded,
    /// Something was put before the review meeting.
    ItemProposed,
    /// What was put before the review meeting was decided or taken back.
    ItemMoved,
    /// The minutes of a sitting were confirmed.
    MinutesConfirmed,
    /// Confirmed minutes were supplemented.
    MinutesSupplemented,
    /// Somebody was appointed to act in an absent person's place.
    StandInAppointed,
    /// Such an appointment was ended before its last day.
    StandInEnded,
    /// A unit was shared by a public link.
    LinkMade,
    /// A public link got a new address.
    LinkRotated,
    /// A public link was closed.
    LinkRevoked,
    /// A list was taken away as a file.
    Exported,
}

impl Verb {
    /// Those that are about a customer: what a customer's history is made of.
    pub const OF_CUSTOMERS: [Self; 10] = [
        Self::CustomerCreated,
        Self::CustomerChanged,
        Self::FiguresSaved,
        Self::FiguresImported,
        Self::Regraded,
        Self::FormMoved,
        Self::FormAdded,
        Self::DealGraded,
        Self::GradePublished,
        Self::Exported,
    ];
}

/// One event: who, when, what, before, after, why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEvent {
    /// Position in the chain, 1, 2, 3 …
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Who; absent for the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<UserId>,
    /// The person's name at the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_name: Option<Name>,
    /// The name of the person in whose place it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent_name: Option<Name>,
    /// What.
    pub verb: Verb,
    /// The id of what it is about.
    pub subject: String,
    /// Before, after and other facts, as the verb needs them.
    pub detail: serde_json::Value,
    /// Why, in the person's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// SHA-256 over this event and the former hash, in hex.
    pub hash: String,
}

/// What recomputing a stretch of the chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditVerdict {
    /// Whether every event of the stretch follows from the one before.
    pub intact: bool,
    /// How many events were recomputed.
    pub checked: u32,
    /// The first place that does not follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_at: Option<i64>,
    /// The hash of the last event; written down elsewhere, it proves the whole chain up to here.
    pub head: String,
    /// Pass as `cursor` to verify on; absent at the end of the chain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
