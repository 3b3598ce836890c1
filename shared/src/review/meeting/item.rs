//! What is put before the meeting besides the grades: special policies (B), settlement (C), other
//! matters (E).

use serde::{Deserialize, Serialize};

use crate::calendar::Date;
use crate::id::{CustomerId, CycleId, ItemId, Name, Note, Reason, UnitId};
use crate::number::Fen;
use crate::permission::Action;
use crate::review::{Signature, Terms};

/// What an item is about, in the order of the minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// B 特殊政策: is what a customer was granted stable (5.1.2-B).
    SpecialPolicy,
    /// C 结算: is how a customer settles stable (5.1.2-C).
    Settlement,
    /// E 其他事项 (5.1.2-E).
    Other,
}

impl ItemKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::SpecialPolicy, Self::Settlement, Self::Other];

    /// The code used in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SpecialPolicy => "special_policy",
            Self::Settlement => "settlement",
            Self::Other => "other",
        }
    }

    /// Whether it is always about a customer.
    #[must_use]
    pub const fn needs_customer(self) -> bool {
        matches!(self, Self::SpecialPolicy | Self::Settlement)
    }

    /// The rights any one of which proposes such an item: chiefs propose special policies for their
    /// unit, finance proposes settlement, the promotion section and chiefs propose other matters.
    #[must_use]
    pub const fn asks(self) -> &'static [Action] {
        match self {
            Self::SpecialPolicy => &[Action::SubmitForm],
            Self::Settlement => &[Action::RateCredit],
            Self::Other => &[Action::RunReview, Action::SubmitForm],
        }
    }
}

/// What is proposed or decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// 稳定: what was granted goes on as it is.
    Stable,
    /// 调整: it goes on otherwise.
    Adjust,
    /// 取消: it ends; of something new that was asked for, it is not granted.
    Withdraw,
    /// 新增: something is granted that was not; of another matter, it is agreed to.
    New,
}

impl Choice {
    /// Every choice.
    pub const ALL: [Self; 4] = [Self::Stable, Self::Adjust, Self::Withdraw, Self::New];

    /// The code used in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::Adjust => "adjust",
            Self::Withdraw => "withdraw",
            Self::New => "new",
        }
    }

    /// Whether it says what is granted from now on.
    #[must_use]
    pub const fn grants(self) -> bool {
        matches!(self, Self::Adjust | Self::New)
    }

    /// The choices of a proposal, given whether something is granted now.
    #[must_use]
    pub const fn proposable(granted_now: bool) -> &'static [Self] {
        if granted_now { &[Self::Stable, Self::Adjust, Self::Withdraw] } else { &[Self::New] }
    }

    /// The choices of a decision, given whether something is granted now.
    #[must_use]
    pub const fn decidable(granted_now: bool) -> &'static [Self] {
        if granted_now { &[Self::Stable, Self::Adjust, Self::Withdraw] } else { &[Self::New, Self::Withdraw] }
    }
}

/// What a customer is granted; of another matter, what is agreed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Granted {
    /// The policy or the matter in words; of a settlement, a remark, which may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Note>,
    /// How the customer settles; of a settlement, and only of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
    /// The most that may be open at a time, not negative; of a settlement, and only of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Fen>,
    /// Since when, or from when on; absent when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day; absent while nothing else is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// Something wrong with what is granted, each with its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GrantedFault {
    /// No words about a special policy or another matter.
    Text,
    /// No terms of a settlement, or terms of something else.
    Terms,
    /// A term of no days, or of more than [`Terms::MAX_DAYS`].
    Days,
    /// No limit of a settlement, one below zero, or one of something else.
    Limit,
    /// A last day before the first, or one that has passed.
    Until,
}

impl GrantedFault {
    /// The field, within what is granted.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Terms => "terms",
            Self::Days => "terms.days",
            Self::Limit => "limit",
            Self::Until => "until",
        }
    }

    /// The stable code of what is wrong.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text | Self::Terms => "range",
            Self::Limit => "negative",
            Self::Days => "term_days",
            Self::Until => "until",
        }
    }

    /// What would have been right.
    #[must_use]
    pub const fn expected(self) -> &'static str {
        match self {
            Self::Text => "must say what is granted",
            Self::Terms => "must be there for a settlement, and for nothing else",
            Self::Days => "must be 1 to 730",
            Self::Limit => "must be there for a settlement and not be negative, and for nothing else",
            Self::Until => "must be today or later, and not before the first day",
        }
    }
}

impl Granted {
    /// Everything that is wrong with it for an item of a kind, nothing where it can be granted.
    #[must_use]
    pub fn faults(&self, kind: ItemKind) -> Vec<GrantedFault> {
        let settles = kind == ItemKind::Settlement;
        let no_text = !settles && self.text.is_none();
        let no_terms = self.terms.is_some() != settles;
        let no_term =
            matches!(self.terms, Some(Terms::Days { days }) if !(1..=Terms::MAX_DAYS).contains(&days));
        let no_limit = self.limit.is_some() != settles || self.limit.is_some_and(|limit| limit < Fen::ZERO);
        let backwards = self.from.zip(self.until).is_some_and(|(from, until)| until < from);
        let all = [
            (no_text, GrantedFault::Text),
            (no_terms, GrantedFault::Terms),
            (no_term, GrantedFault::Days),
            (no_limit, GrantedFault::Limit),
            (backwards, GrantedFault::Until),
        ];
        all.into_iter().filter_map(|(wrong, fault)| wrong.then_some(fault)).collect()
    }
}

/// What somebody proposed, or the meeting decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Said {
    /// What.
    pub choice: Choice,
    /// What is to be granted; there when the choice [grants](Choice::grants).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Granted>,
    /// Why; always there in a proposal, and in a decision that is not as proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// By whose hand, and when.
    pub signed: Signature,
    /// The name of whoever acted, at the time.
    pub by: Name,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ItemStage {
    /// Before the meeting.
    Proposed,
    /// Decided.
    Decided,
    /// Taken back by whoever proposed it.
    Withdrawn,
}

impl ItemStage {
    /// The code used in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// An item of the meeting. A later register of special policies and of settlement reads the decided ones:
/// of a customer and a kind the last one decided says what is granted, from
/// [`effective_from`](Self::effective_from) to [`effective_until`](Self::effective_until).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// The cycle whose meeting it is put before.
    pub cycle: CycleId,
    /// What it is about.
    pub kind: ItemKind,
    /// The customer; of another matter it may be absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// The unit: the customer's, or the proposing chief's; absent when it concerns the company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// What was granted when it was proposed; absent when nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Granted>,
    /// What is proposed.
    pub proposal: Said,
    /// What the meeting decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Said>,
    /// By whom it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Signature>,
    /// From which day the decision counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<Date>,
    /// The last day on which what was decided is granted; absent while nothing else is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_until: Option<Date>,
}

impl Item {
    /// Where it stands.
    #[must_use]
    pub const fn stage(&self) -> ItemStage {
        match (&self.decision, &self.withdrawn) {
            (Some(_), _) => ItemStage::Decided,
            (None, Some(_)) => ItemStage::Withdrawn,
            (None, None) => ItemStage::Proposed,
        }
    }

    /// What is granted once it is decided: what was, what was decided, or nothing any more.
    #[must_use]
    pub fn outcome(&self) -> Option<&Granted> {
        let decision = self.decision.as_ref()?;
        match decision.choice {
            Choice::Stable => self.was.as_ref(),
            Choice::Adjust | Choice::New => decision.granted.as_ref(),
            Choice::Withdraw => None,
        }
    }
}
