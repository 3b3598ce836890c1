//! The cycle (5.1): a form for every customer, a window for the forms, one or more sittings of the
//! meeting, the publication.

use serde::{Deserialize, Serialize};

use super::{Acting, Hand, Moment, Refused, Signature, Tally};
use crate::calendar::{Date, Millis};
use crate::id::{CycleId, PolicyId, Reason};
use crate::json::tagged;
use crate::permission::{Action, Permit, Target, authorize};

/// How far a cycle has come. The close is not a phase: it comes with the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "phase", rename_all = "snake_case")]
pub enum Phase {
    /// Every customer gets its form; none moves yet.
    Opening {
        /// By whom the cycle was opened.
        signed: Signature,
    },
    /// Forms come in, and late ones after the close.
    Gathering,
    /// A sitting of the review meeting is open (5.1.2).
    Meeting {
        /// 1, 2, 3 …
        sitting: u32,
    },
    /// The last sitting has ended; its minutes can be confirmed, and approvals go on (5.1.3).
    Concluded {
        /// How many there were.
        sittings: u32,
    },
    /// The forms are being published, one after the other (5.1.4).
    Publishing {
        /// From which day the grades count.
        effective: Date,
        /// By whom.
        signed: Signature,
    },
    /// All are published.
    Published {
        /// From which day the grades count.
        effective: Date,
        /// By whom.
        signed: Signature,
    },
}

tagged! { Phase, "phase":
   Opening { signed }, Gathering, Meeting { sitting }, Concluded { sittings }, Publishing { effective, signed },
   Published { effective, signed },
}

/// Whom a cycle is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CycleKind {
    /// 年度评审: every customer (5.1).
    #[default]
    Yearly,
    /// 补评: the new customers that are due on the day of its opening, and nobody else (5.1.2-D).
    Supplementary,
}

impl CycleKind {
    /// The code used in tables and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yearly => "yearly",
            Self::Supplementary => "supplementary",
        }
    }
}

/// One review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Cycle {
    /// Its id.
    pub id: CycleId,
    /// Whom it is over.
    #[serde(default)]
    pub kind: CycleKind,
    /// The year whose figures are graded.
    pub year: i32,
    /// The version of the policy that grades.
    pub policy: PolicyId,
    /// First day of the window.
    pub opens: Date,
    /// Last day of the window.
    pub closes: Date,
    /// How far it has come.
    pub phase: Phase,
}

/// What the promotion section does to a cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "move", rename_all = "snake_case", deny_unknown_fields)]
pub enum CycleMove {
    /// Give the window another last day, today or later.
    MoveClose {
        /// The last day.
        closes: Date,
        /// Why.
        reason: Reason,
    },
    /// Open a sitting of the meeting, the first after the close (5.1.2).
    Convene,
    /// End the sitting; every form before the meeting has been decided or handed back (5.1.2).
    Conclude,
    /// Publish; every form has to be ready (5.1.4).
    Publish {
        /// From which day the grades count, today or later.
        effective: Date,
    },
}

tagged! { exact CycleMove, "move": MoveClose { closes, reason }, Convene, Conclude, Publish { effective } }

/// A kind of step of a cycle, as its trail names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CycleStep {
    /// [`Cycle::open`].
    Open,
    /// [`gather`]: the last customer got its form.
    Gather,
    /// [`CycleMove::MoveClose`].
    MoveClose,
    /// [`CycleMove::Convene`].
    Convene,
    /// [`CycleMove::Conclude`].
    Conclude,
    /// [`CycleMove::Publish`].
    Publish,
    /// [`finish`]: the last form was published.
    Finish,
}

impl CycleStep {
    /// The code used in the audit trail and on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Gather => "gather",
            Self::MoveClose => "move_close",
            Self::Convene => "convene",
            Self::Conclude => "conclude",
            Self::Publish => "publish",
            Self::Finish => "finish",
        }
    }
}

/// One row of a cycle's append-only trail (9.0).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleEntry {
    /// When.
    pub at: Millis,
    /// By whom.
    pub hand: Hand,
    /// What.
    pub step: CycleStep,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

/// What a step makes of a cycle. Both are written together or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CycleNext {
    /// The cycle as it is now.
    pub cycle: Cycle,
    /// The row to append.
    pub entry: CycleEntry,
    /// The leave to write both.
    pub permit: Permit,
}

impl Cycle {
    /// Opens a cycle with a window, normally 25 to 30 March. It gathers nothing until every customer has
    /// its form, see [`gather`].
    ///
    /// # Errors
    /// [`Refused::StandIn`], [`Refused::Role`]; [`Refused::Day`] when the window ends before it begins or
    /// before today.
    pub fn open(
        id: CycleId,
        kind: CycleKind,
        year: i32,
        policy: PolicyId,
        (opens, closes): (Date, Date),
        by: Acting<'_>,
        now: Moment,
    ) -> Result<CycleNext, Refused> {
        let (hand, permit) = runs_the_review(by, now)?;
        not_before(closes, opens.max(now.day()))?;
        let signed = Signature { hand: hand.clone(), at: now.at() };
        Ok(CycleNext {
            cycle: Self { id, kind, year, policy, opens, closes, phase: Phase::Opening { signed } },
            entry: CycleEntry { at: now.at(), hand, step: CycleStep::Open, reason: None },
            permit,
        })
    }

    /// Whether forms can be submitted on a day without being admitted late.
    #[must_use]
    pub fn is_open_on(&self, day: Date) -> bool {
        self.opens <= day && day <= self.closes
    }

    /// Whether the window has closed before a day: from then on every [`Draft`](super::Stage::Draft) is
    /// a customer without a form, listed and to be dealt with (5.1).
    #[must_use]
    pub fn has_closed_by(&self, day: Date) -> bool {
        self.closes < day
    }

    /// Whether a customer that was added after the opening can be given a form.
    ///
    /// # Errors
    /// [`Refused::Phase`] unless the forms of every customer come in.
    pub const fn takes_in(&self) -> Result<(), Refused> {
        match (self.kind, &self.phase) {
            (CycleKind::Yearly, Phase::Gathering) => Ok(()),
            (CycleKind::Yearly | CycleKind::Supplementary, _) => Err(Refused::Phase),
        }
    }

    /// Whether no form may move any more, but be published.
    #[must_use]
    pub const fn is_frozen(&self) -> bool {
        match self.phase {
            Phase::Opening { .. } | Phase::Gathering | Phase::Meeting { .. } | Phase::Concluded { .. } => {
                false
            }
            Phase::Publishing { .. } | Phase::Published { .. } => true,
        }
    }
}

/// Lets the forms come in, once every customer has one: whoever stores them says so. It is the end of
/// what was signed when the cycle was opened, so it asks nobody and can be tried again after a crash.
///
/// # Errors
/// [`Refused::Phase`] unless the cycle is being opened.
pub fn gather(cycle: &Cycle, now: Moment) -> Result<CycleNext, Refused> {
    let Phase::Opening { signed } = &cycle.phase else { return Err(Refused::Phase) };
    let hand = signed.hand.clone();
    Ok(CycleNext {
        cycle: Cycle { phase: Phase::Gathering, ..cycle.clone() },
        entry: CycleEntry { at: now.at(), hand, step: CycleStep::Gather, reason: None },
        permit: Permit::of_the_clock(),
    })
}

/// Takes a step of a cycle. The tally is of the same moment as the cycle.
///
/// # Errors
/// Whichever rule of [`Refused`] it would break; nothing is changed then.
pub fn advance(
    cycle: &Cycle,
    wanted: &CycleMove,
    by: Acting<'_>,
    tally: Tally,
    now: Moment,
) -> Result<CycleNext, Refused> {
    let (hand, permit) = runs_the_review(by, now)?;
    let mut next = cycle.clone();
    let (step, reason) = match wanted {
        CycleMove::MoveClose { closes, reason } => {
            match cycle.phase {
                Phase::Gathering => {}
                Phase::Opening { .. }
                | Phase::Meeting { .. }
                | Phase::Concluded { .. }
                | Phase::Publishing { .. }
                | Phase::Published { .. } => return Err(Refused::Phase),
            }
            not_before(*closes, cycle.opens.max(now.day()))?;
            next.closes = *closes;
            (CycleStep::MoveClose, Some(reason.clone()))
        }
        CycleMove::Convene => {
            let sitting = match cycle.phase {
                Phase::Gathering => 1,
                Phase::Concluded { sittings } => sittings.saturating_add(1),
                Phase::Opening { .. }
                | Phase::Meeting { .. }
                | Phase::Publishing { .. }
                | Phase::Published { .. } => return Err(Refused::Phase),
            };
            if !cycle.has_closed_by(now.day()) {
                return Err(Refused::BeforeClose { closes: cycle.closes });
            }
            next.phase = Phase::Meeting { sitting };
            (CycleStep::Convene, None)
        }
        CycleMove::Conclude => {
            let Phase::Meeting { sitting } = cycle.phase else { return Err(Refused::Phase) };
            if tally.undecided() > 0 {
                return Err(Refused::Open { tally });
            }
            next.phase = Phase::Concluded { sittings: sitting };
            (CycleStep::Conclude, None)
        }
        CycleMove::Publish { effective } => {
            let Phase::Concluded { .. } = cycle.phase else { return Err(Refused::Phase) };
            if !tally.is_ready() {
                return Err(Refused::Open { tally });
            }
            not_before(*effective, now.day())?;
            let signed = Signature { hand: hand.clone(), at: now.at() };
            next.phase = Phase::Publishing { effective: *effective, signed };
            (CycleStep::Publish, None)
        }
    };
    Ok(CycleNext { cycle: next, entry: CycleEntry { at: now.at(), hand, step, reason }, permit })
}

/// Ends a publication once its last form is [`Effective`](super::Stage::Effective). It is the end of what
/// was signed when the publication began, so it asks nobody and can be tried again after a crash.
///
/// # Errors
/// [`Refused::NotPublishing`]; [`Refused::Open`] while a form is left.
pub fn finish(cycle: &Cycle, tally: Tally, now: Moment) -> Result<CycleNext, Refused> {
    let Phase::Publishing { effective, signed } = &cycle.phase else { return Err(Refused::NotPublishing) };
    if tally.ready > 0 || !tally.is_ready() {
        return Err(Refused::Open { tally });
    }
    let hand = signed.hand.clone();
    let phase = Phase::Published { effective: *effective, signed: signed.clone() };
    Ok(CycleNext {
        cycle: Cycle { phase, ..cycle.clone() },
        entry: CycleEntry { at: now.at(), hand, step: CycleStep::Finish, reason: None },
        permit: Permit::of_the_clock(),
    })
}

fn runs_the_review(by: Acting<'_>, now: Moment) -> Result<(Hand, Permit), Refused> {
    let (authority, hand) = by.authority(now.day())?;
    authorize(authority, Action::RunReview, Target::Company)
        .map(|permit| (hand, permit))
        .map_err(|_denied| Refused::Role { asks: Action::RunReview })
}

fn not_before(day: Date, earliest: Date) -> Result<(), Refused> {
    if day < earliest { Err(Refused::Day { earliest }) } else { Ok(()) }
}
