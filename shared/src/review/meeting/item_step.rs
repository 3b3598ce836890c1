//! The way of an item: proposed, and decided by another person or taken back. No other function makes or
//! changes one.

use super::{Choice, Granted, GrantedFault, Item, ItemKind, ItemStage, KeptIn, Said, kept_in};
use crate::calendar::Date;
use crate::id::{CustomerId, ItemId, Name, Reason, UnitId, UserId};
use crate::permission::{Action, Actor, Denied, Permit, Reach, Target, authorize, reach};
use crate::problem::{Code, FieldProblem};
use crate::review::{Acting, Cycle, Hand, Moment, Phase, Refused, Signature};

/// What a step of an item depends on besides the item.
#[derive(Debug, Clone, Copy)]
pub struct ItemScene<'a> {
    /// The cycle.
    pub cycle: &'a Cycle,
    /// The name of whoever is at the keyboard.
    pub by: &'a Name,
    /// Now.
    pub now: Moment,
}

/// What somebody puts before the meeting.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// About what.
    pub kind: ItemKind,
    /// About whom, with the customer's unit and rep.
    pub customer: Option<(&'a CustomerId, &'a UnitId, Option<&'a UserId>)>,
    /// What was granted, as the proposer says; taken where no former item says it.
    pub was: Option<&'a Granted>,
    /// What was decided last: of an item about the same customer, and what that [left](Item::outcome).
    pub last: Option<Option<&'a Granted>>,
    /// What is proposed.
    pub choice: Choice,
    /// What is to be granted.
    pub granted: Option<&'a Granted>,
    /// Why.
    pub reason: &'a Reason,
}

/// What the meeting decides on an item.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    /// What.
    pub choice: Choice,
    /// What is granted; what was proposed when it is left out and the choice is the proposed one.
    pub granted: Option<&'a Granted>,
    /// Why; required when it is not as proposed.
    pub reason: Option<&'a Reason>,
}

/// A rule that a step of an item would break. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemRefused {
    /// A rule of the review as a whole: who may, and when.
    Review(Refused),
    /// It is about a customer, and none is named.
    NoCustomer,
    /// The last decision says what was granted; it is not for the proposer to say.
    WasKnown,
    /// No such choice, given what is granted now.
    Choice {
        /// Whether something is.
        granted_now: bool,
    },
    /// An adjustment to what is granted already.
    Unchanged,
    /// The choice says what is granted, and nothing is said; or it does not, and something is.
    Granted,
    /// Something is wrong with what was granted, with what is to be granted, or with both: `was` or
    /// `granted`, and what. Never empty.
    Faults(Vec<(&'static str, GrantedFault)>),
    /// What is granted has ended by itself; it does not go on as it is.
    Ended {
        /// Its last day.
        until: Date,
    },
    /// It is not as proposed, and nobody says why.
    NoReason,
    /// Whoever proposed it does not decide it.
    OwnProposal,
    /// Only whoever proposed it takes it back.
    NotOwn,
    /// It has been decided or taken back, and is never changed again.
    Settled {
        /// Where it stands.
        stage: ItemStage,
    },
}

impl From<Refused> for ItemRefused {
    fn from(refused: Refused) -> Self {
        Self::Review(refused)
    }
}

impl ItemRefused {
    /// The fields of the request that it is about, each with the stable code of the rule: one, or all
    /// that have [faults](Self::Faults).
    #[must_use]
    pub fn fields(&self) -> Vec<FieldProblem> {
        let (field, rule) = match self {
            Self::Faults(faults) => {
                let told = faults.iter().map(|(part, fault)| FieldProblem {
                    field: format!("{part}.{}", fault.field()),
                    expected: fault.expected().to_owned(),
                    code: fault.code().to_owned(),
                });
                return told.collect();
            }
            Self::Review(refused @ Refused::StandIn { .. }) => ("stand_in", refused.rule()),
            Self::Review(refused) => ("step", refused.rule()),
            Self::NoCustomer => ("customer", "required"),
            Self::WasKnown => ("was", "was_known"),
            Self::Choice { .. } => ("choice", "choice"),
            Self::Unchanged => ("choice", "unchanged"),
            Self::Ended { .. } => ("choice", "ended"),
            Self::Granted => ("granted", "required"),
            Self::NoReason => ("reason", "no_reason"),
            Self::OwnProposal => ("step", "own_proposal"),
            Self::NotOwn => ("step", "not_own"),
            Self::Settled { .. } => ("step", "settled"),
        };
        let (field, code) = (field.to_owned(), rule.to_owned());
        vec![FieldProblem { field, expected: self.to_string(), code }]
    }

    /// How the API answers.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Review(refused) => refused.code(),
            Self::OwnProposal | Self::NotOwn => Code::Forbidden,
            Self::Settled { .. } => Code::Conflict,
            Self::NoCustomer
            | Self::WasKnown
            | Self::Choice { .. }
            | Self::Unchanged
            | Self::Ended { .. }
            | Self::Granted
            | Self::Faults(_)
            | Self::NoReason => Code::Invalid,
        }
    }
}

impl std::fmt::Display for ItemRefused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Review(refused) => refused.fmt(f),
            Self::NoCustomer => f.write_str("is required: this is about a customer"),
            Self::WasKnown => f.write_str("what was granted follows from the last decision; leave it out"),
            Self::Faults(faults) => {
                for (at, (part, fault)) in faults.iter().enumerate() {
                    let between = if at == 0 { "" } else { "; " };
                    write!(f, "{between}{part}.{} {}", fault.field(), fault.expected())?;
                }
                Ok(())
            }
            Self::Choice { granted_now: true } => {
                f.write_str("something is granted now: it can be stable, adjusted or withdrawn")
            }
            Self::Unchanged => {
                f.write_str("is what is granted already: leave it as it is, or change something")
            }
            Self::Choice { granted_now: false } => {
                f.write_str("nothing is granted now: it can be new, or, in a decision, not granted")
            }
            Self::Granted => f.write_str("must be there with what is new or adjusted, and with nothing else"),
            Self::Ended { until } => {
                write!(
                    f,
                    "what was granted ended on {until}; adjust it with another last day, or withdraw it"
                )
            }
            Self::NoReason => f.write_str("the decision is not as proposed; say why"),
            Self::OwnProposal => f.write_str(
                "you, or whom you act for, proposed this; another person of the promotion section has to \
                 record the decision",
            ),
            Self::NotOwn => f.write_str("only whoever proposed this can take it back"),
            Self::Settled { stage: ItemStage::Withdrawn } => {
                f.write_str("this was taken back; propose it anew")
            }
            Self::Settled { stage: ItemStage::Proposed | ItemStage::Decided } => {
                f.write_str("this has been decided and is not changed any more; propose it anew")
            }
        }
    }
}

impl std::error::Error for ItemRefused {}

/// An item after a step, and the leave to write it.
pub type Next = (Item, Hand, Permit);

/// The kinds of items that a role could ever propose.
pub fn proposable(actor: &Actor) -> impl Iterator<Item = ItemKind> {
    let role = actor.role;
    ItemKind::ALL
        .into_iter()
        .filter(move |kind| kind.asks().iter().any(|asks| reach(role, *asks) != Reach::None))
}

/// Puts an item before the meeting of a cycle.
///
/// # Errors
/// The first rule of [`ItemRefused`] that it would break: who may comes before when, and both before
/// everything that is wrong with the contents.
pub fn propose(
    id: ItemId,
    asked: Asked<'_>,
    acting: Acting<'_>,
    scene: &ItemScene<'_>,
) -> Result<Next, ItemRefused> {
    let (authority, hand) = acting.authority(scene.now.day())?;
    if asked.customer.is_none() && asked.kind.needs_customer() {
        role_may(authority, asked.kind)?;
        return Err(ItemRefused::NoCustomer);
    }
    let target = match asked.customer {
        Some((_, unit, rep)) => Target::Customer { unit, rep },
        None => Target::Company,
    };
    let permit = allowed(authority, asked.kind.asks(), target)?;
    match kept_in(&scene.cycle.phase) {
        KeptIn::Open => {}
        KeptIn::Early => return Err(Refused::Phase.into()),
        KeptIn::Late => return Err(Refused::Frozen.into()),
    }
    let was = match (asked.last, asked.was) {
        (Some(_), Some(_)) => return Err(ItemRefused::WasKnown),
        (Some(last), None) => last,
        (None, was) => was,
    };
    let choices = Choice::proposable(was.is_some());
    let granted = fitting(asked.kind, choices, asked.choice, (was, asked.granted), scene.now.day());
    let mut faults = was.map_or_else(Vec::new, |was| faults("was", was, asked.kind));
    if !faults.is_empty() {
        if let Err(ItemRefused::Faults(more)) = granted {
            faults.extend(more);
        }
        return Err(ItemRefused::Faults(faults));
    }
    let granted = granted?;
    let unit = match asked.customer {
        Some((_, unit, _)) => Some(unit),
        None => authority.unit.as_ref(),
    };
    let item = Item {
        id,
        cycle: scene.cycle.id.clone(),
        kind: asked.kind,
        customer: asked.customer.map(|(id, ..)| id.clone()),
        unit: unit.cloned(),
        was: was.cloned(),
        proposal: Said {
            choice: asked.choice,
            granted,
            reason: Some(asked.reason.clone()),
            signed: Signature { hand: hand.clone(), at: scene.now.at() },
            by: scene.by.clone(),
        },
        decision: None,
        withdrawn: None,
        effective_from: None,
        effective_until: None,
    };
    Ok((item, hand, permit))
}

/// Records what the meeting decided on an item. It counts from the day that it names or, without one, from
/// today: B and C take effect once the meeting confirms (5.1.3).
///
/// # Errors
/// The first rule of [`ItemRefused`] that it would break.
pub fn decide(
    item: &Item,
    wanted: Decided<'_>,
    acting: Acting<'_>,
    scene: &ItemScene<'_>,
) -> Result<Next, ItemRefused> {
    let (authority, hand) = acting.authority(scene.now.day())?;
    let permit = allowed(authority, &[Action::RunReview], Target::Company)?;
    still_open(item, scene)?;
    if !matches!(scene.cycle.phase, Phase::Meeting { .. }) {
        return Err(Refused::NoMeeting.into());
    }
    if item.proposal.signed.hand.shares_a_person_with(&hand) {
        return Err(ItemRefused::OwnProposal);
    }
    let as_chosen = wanted.choice == item.proposal.choice;
    let proposed = item.proposal.granted.as_ref().filter(|_| as_chosen);
    let was = item.was.as_ref();
    let choices = Choice::decidable(was.is_some());
    let day = scene.now.day();
    let granted = fitting(item.kind, choices, wanted.choice, (was, wanted.granted.or(proposed)), day)?;
    let as_proposed = as_chosen && granted.as_ref() == item.proposal.granted.as_ref();
    if !as_proposed && wanted.reason.is_none() {
        return Err(ItemRefused::NoReason);
    }
    let mut decided = item.clone();
    decided.effective_from = Some(granted.as_ref().and_then(|granted| granted.from).unwrap_or(day));
    decided.decision = Some(Said {
        choice: wanted.choice,
        granted,
        reason: wanted.reason.cloned(),
        signed: Signature { hand: hand.clone(), at: scene.now.at() },
        by: scene.by.clone(),
    });
    decided.effective_until = decided.outcome().and_then(|granted| granted.until);
    Ok((decided, hand, permit))
}

/// Takes back one's own item before it is decided.
///
/// # Errors
/// The first rule of [`ItemRefused`] that it would break.
pub fn withdraw(item: &Item, acting: Acting<'_>, scene: &ItemScene<'_>) -> Result<Next, ItemRefused> {
    let (authority, hand) = acting.authority(scene.now.day())?;
    let permit = role_may(authority, item.kind)?;
    still_open(item, scene)?;
    if !item.proposal.signed.hand.shares_a_person_with(&hand) {
        return Err(ItemRefused::NotOwn);
    }
    let withdrawn = Some(Signature { hand: hand.clone(), at: scene.now.at() });
    Ok((Item { withdrawn, ..item.clone() }, hand, permit))
}

fn role_may(authority: &Actor, kind: ItemKind) -> Result<Permit, ItemRefused> {
    allowed(authority, kind.asks(), Target::Company)
}

/// The leave by the first of some rights that the person has.
fn allowed(authority: &Actor, asks: &[Action], target: Target<'_>) -> Result<Permit, ItemRefused> {
    let mut refused = Refused::Hidden;
    for asks in asks {
        match authorize(authority, *asks, target) {
            Ok(permit) => return Ok(permit),
            Err(Denied::Forbidden) if refused == Refused::Hidden => refused = Refused::Role { asks: *asks },
            Err(Denied::Forbidden | Denied::Hidden) => {}
        }
    }
    Err(refused.into())
}

fn still_open(item: &Item, scene: &ItemScene<'_>) -> Result<(), ItemRefused> {
    if item.cycle != scene.cycle.id {
        return Err(Refused::OtherCycle.into());
    }
    match item.stage() {
        ItemStage::Proposed => Ok(()),
        stage @ (ItemStage::Decided | ItemStage::Withdrawn) => Err(ItemRefused::Settled { stage }),
    }
}

/// Everything that is wrong with a part of the request.
fn faults(part: &'static str, of: &Granted, kind: ItemKind) -> Vec<(&'static str, GrantedFault)> {
    of.faults(kind).into_iter().map(|fault| (part, fault)).collect()
}

/// What is granted by a choice: something with what is new or adjusted, nothing with the rest. What would
/// be over already is not granted.
fn fitting(
    kind: ItemKind,
    choices: &[Choice],
    choice: Choice,
    (was, granted): (Option<&Granted>, Option<&Granted>),
    today: Date,
) -> Result<Option<Granted>, ItemRefused> {
    if !choices.contains(&choice) {
        return Err(ItemRefused::Choice { granted_now: was.is_some() });
    }
    let ended = |granted: &Granted| granted.until.filter(|until| *until < today);
    match (choice.grants(), granted) {
        (true, Some(granted)) => {
            let mut faults = faults("granted", granted, kind);
            let over = ("granted", GrantedFault::Until);
            if ended(granted).is_some() && !faults.contains(&over) {
                faults.push(over);
            }
            if !faults.is_empty() {
                return Err(ItemRefused::Faults(faults));
            }
            if was == Some(granted) { Err(ItemRefused::Unchanged) } else { Ok(Some(granted.clone())) }
        }
        (false, None) => match was.and_then(ended) {
            Some(until) if choice == Choice::Stable => Err(ItemRefused::Ended { until }),
            Some(_) | None => Ok(None),
        },
        (true, None) | (false, Some(_)) => Err(ItemRefused::Granted),
    }
}
