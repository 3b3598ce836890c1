//! By whose hand a step is made: a person, or a person standing in for another (代理).

use serde::{Deserialize, Serialize};

use super::{Refused, StandInFault};
use crate::calendar::{Date, Millis, NotADate};
use crate::id::UserId;
use crate::permission::{Action, Actor, Role, Target, authorize};

/// An instant and the business day it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    at: Millis,
    day: Date,
}

impl Moment {
    /// The moment of an instant.
    ///
    /// # Errors
    /// [`NotADate`] outside 1900 to 2199.
    pub fn new(at: Millis) -> Result<Self, NotADate> {
        Date::at(at).map(|day| Self { at, day })
    }

    /// The instant.
    #[must_use]
    pub const fn at(self) -> Millis {
        self.at
    }

    /// Its business day.
    #[must_use]
    pub const fn day(self) -> Date {
        self.day
    }
}

/// Somebody acts in an absent person's place for some days. It gives the absent person's role and unit,
/// and nothing of what the absent person may do as a stand-in: stand-ins do not chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandIn {
    /// Who is absent, as of today.
    pub absent: Actor,
    /// Who acts.
    pub by: UserId,
    /// From this day on.
    pub from: Date,
    /// Up to and with this day.
    pub until: Date,
}

impl StandIn {
    /// Appoints a stand-in: the absent person does, or, when that person cannot, who manages users.
    ///
    /// # Errors
    /// [`Refused::StandIn`]: nobody stands in for themselves, appoints themselves, or acts for days that
    /// end before they begin. [`Refused::Role`] when the appointer is neither of the two.
    pub fn appoint(
        appointer: &Actor,
        absent: Actor,
        by: UserId,
        from: Date,
        until: Date,
    ) -> Result<Self, Refused> {
        if absent.user == by {
            return Err(Refused::StandIn { fault: StandInFault::ForOneself });
        }
        if appointer.user == by {
            return Err(Refused::StandIn { fault: StandInFault::Unasked });
        }
        if until < from {
            return Err(Refused::StandIn { fault: StandInFault::NoDays });
        }
        if appointer.user != absent.user
            && authorize(appointer, Action::ManageUsers, Target::Company).is_err()
        {
            return Err(Refused::Role { asks: Action::ManageUsers });
        }
        Ok(Self { absent, by, from, until })
    }
}

/// Who asks for a step.
#[derive(Debug, Clone, Copy)]
pub struct Acting<'a> {
    /// The person at the keyboard.
    pub actor: &'a Actor,
    /// In whose place, when not for themselves.
    pub stand_in: Option<&'a StandIn>,
}

impl<'a> Acting<'a> {
    /// In one's own name.
    #[must_use]
    pub const fn own(actor: &'a Actor) -> Self {
        Self { actor, stand_in: None }
    }

    /// Whose right counts, and the hand that the trail will show.
    ///
    /// # Errors
    /// [`Refused::StandIn`] when it is somebody else's, not of this day, or for oneself. It is checked
    /// again here because the days pass after the appointment.
    pub fn authority(&self, day: Date) -> Result<(&'a Actor, Hand), Refused> {
        let Some(stand_in) = self.stand_in else {
            let hand = Hand { user: self.actor.user.clone(), on_behalf_of: None, role: self.actor.role };
            return Ok((self.actor, hand));
        };
        let fault = if stand_in.by != self.actor.user {
            Some(StandInFault::Another)
        } else if stand_in.absent.user == self.actor.user {
            Some(StandInFault::ForOneself)
        } else if day < stand_in.from || stand_in.until < day {
            Some(StandInFault::OutOfDays)
        } else {
            None
        };
        match fault {
            Some(fault) => Err(Refused::StandIn { fault }),
            None => Ok((
                &stand_in.absent,
                Hand {
                    user: self.actor.user.clone(),
                    on_behalf_of: Some(stand_in.absent.user.clone()),
                    role: stand_in.absent.role,
                },
            )),
        }
    }
}

/// By whom a step was made, and in whose place (9.0).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hand {
    /// The person who acted.
    pub user: UserId,
    /// The absent person, when it was a stand-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<UserId>,
    /// The role acted in; the absent person's, when it was a stand-in.
    pub role: Role,
}

impl Hand {
    /// Everybody whose name the step bears.
    pub fn people(&self) -> impl Iterator<Item = &UserId> {
        std::iter::once(&self.user).chain(self.on_behalf_of.as_ref())
    }

    /// Whether some person's name stands under both steps.
    #[must_use]
    pub fn shares_a_person_with(&self, other: &Self) -> bool {
        self.people().any(|person| other.people().any(|one| one == person))
    }
}

/// A step's hand and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Signature {
    /// By whom.
    pub hand: Hand,
    /// When.
    pub at: Millis,
}
