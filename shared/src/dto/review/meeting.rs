//! The review meeting: its record, its items, its minutes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Millis;
use crate::id::{CustomerCode, CustomerId, ItemId, Name, Note, Reason, StandInId, UnitId};
use crate::review::meeting::{Choice, Granted, Item, ItemKind, ItemStage, Minutes, Record, Seat};
use crate::review::{Cycle, Hand};

/// Keeps the record of the last sitting as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeepRecord {
    /// What it says from now on.
    pub record: Record,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// What was done about a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeetingStep {
    /// The record of a sitting was kept.
    Record,
    /// An item was put before the meeting.
    Propose,
    /// An item was taken back.
    Withdraw,
    /// An item was decided.
    Decide,
    /// The minutes of a sitting were confirmed.
    Confirm,
    /// Confirmed minutes were supplemented.
    Supplement,
}

/// A row of the append-only trail of a meeting (9.0).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingEntry {
    /// When.
    pub at: Millis,
    /// By whose hand.
    pub hand: Hand,
    /// The name of whoever acted, at the time.
    pub by: Name,
    /// What.
    pub step: MeetingStep,
    /// Of which sitting.
    pub sitting: u32,
    /// The item, of a step of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// Before and after by field, each an object with `before` and `after`; of a record.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub changes: BTreeMap<String, serde_json::Value>,
}

/// That the minutes of a sitting are confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmed {
    /// Of which sitting.
    pub sitting: u32,
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: Name,
}

/// The meeting of a cycle with everything about it but items and minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MeetingView {
    /// The cycle.
    pub cycle: Cycle,
    /// Which sitting is on, was the last, or will be the first.
    pub sitting: u32,
    /// Its record; absent until it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Record>,
    /// Of the record, for If-Match; 0 until it is kept.
    pub version: i64,
    /// The records of the sittings before, first to last.
    pub earlier: Vec<Record>,
    /// Who is to be asked, for a record to begin with; only while the reader may keep it.
    pub seats: Vec<Seat>,
    /// Whether the reader may keep the record now.
    pub may_record: bool,
    /// Whether the reader may record decisions on items now.
    pub may_decide: bool,
    /// What the reader may put before the meeting now.
    pub may_propose: Vec<ItemKind>,
    /// The confirmed minutes, first to last.
    pub confirmed: Vec<Confirmed>,
    /// What was done, newest first, at most [`MEETING_TRAIL`].
    pub trail: Vec<MeetingEntry>,
}

/// Rows of the trail that are answered with the meeting.
pub const MEETING_TRAIL: u32 = 50;

/// Which items of a meeting. All conditions hold at once; the order is that of proposal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams))]
#[serde(deny_unknown_fields)]
pub struct ItemQuery {
    /// Only this stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<ItemStage>,
    /// Only this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// As somebody who is absent would see the list, by the appointment as a stand-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
    /// Where to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Rows wanted, 1 to 200; 50 when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// An item in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemRow {
    /// The item.
    pub item: Item,
    /// Where it stands.
    pub stage: ItemStage,
    /// The company's number for the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<CustomerCode>,
    /// The customer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// For If-Match.
    pub version: i64,
}

/// Puts an item before the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProposeItem {
    /// About what.
    pub kind: ItemKind,
    /// About whom; of another matter it may be absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// What is granted now; only where no decision of a former meeting says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Granted>,
    /// What is proposed.
    pub choice: Choice,
    /// What is to be granted; with what is new or adjusted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Granted>,
    /// Why.
    pub reason: Reason,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// Takes a step with an item: decides it, or, without a choice, takes it back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MoveItem {
    /// What the meeting decided; absent to take the item back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
    /// What is granted; what was proposed when it is left out and the choice is the proposed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Granted>,
    /// Why; required when it is not decided as proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// What the last decision says of a customer: an item begins with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ItemStanding {
    /// Whether a special policy was ever decided; what is granted is then said by that and by nobody else.
    pub special_policy_known: bool,
    /// The special policy that is granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_policy: Option<Granted>,
    /// Whether settlement was ever decided.
    pub settlement_known: bool,
    /// How the customer settles by the last decision; before the first, as finance set it in the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Granted>,
}

/// Something added to confirmed minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Supplement {
    /// When.
    pub at: Millis,
    /// By whom.
    pub by: Name,
    /// What.
    pub text: Note,
}

/// Confirms the minutes of the last sitting, or supplements confirmed ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WriteMinutes {
    /// What is to be added to confirmed minutes; absent to confirm them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement: Option<Note>,
    /// In whose place, when not for oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stand_in: Option<StandInId>,
}

/// The minutes as somebody may see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MinutesView {
    /// The minutes: those confirmed, or as they would be now.
    pub minutes: Minutes,
    /// Of which sitting.
    pub sitting: u32,
    /// Whether rows are left out that the reader may not see.
    pub partial: bool,
    /// When and by whom they were confirmed; absent until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Confirmed>,
    /// What was added since, first to last.
    pub supplements: Vec<Supplement>,
    /// For If-Match: it changes with whatever is done about the meeting.
    pub version: i64,
    /// Whether the reader may confirm them now.
    pub may_confirm: bool,
    /// Whether the reader, who may confirm them, has to keep the record of the sitting first.
    pub lacks_record: bool,
    /// Whether the reader may supplement them now.
    pub may_supplement: bool,
}
