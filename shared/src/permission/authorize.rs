//! The one decision about access.

use serde::{Deserialize, Serialize};

use super::{Action, Role};
use crate::id::{UnitId, UserId};

/// Who asks: a signed-in person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// What the person is.
    pub role: Role,
    /// Where the person belongs; always there for reps and chiefs.
    pub unit: Option<UnitId>,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// The company as a whole, or a list that [`scope`] narrows.
    Company,
    /// A customer of a unit, looked after by a rep.
    Customer {
        /// The customer's unit.
        unit: &'a UnitId,
        /// The customer's rep, when it has one.
        rep: Option<&'a UserId>,
    },
}

/// How far a role's right to an action goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not at all.
    None,
    /// Own customers.
    Own,
    /// Customers of the own unit.
    Unit,
    /// Everything.
    All,
}

/// The customers a list may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    All,
    /// Those of a unit.
    Unit(UnitId),
    /// Those of a rep.
    Rep(UserId),
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// The role never does this: 403.
    Forbidden,
    /// The person may not even know that it exists: 404.
    Hidden,
}

/// Proof that [`authorize`] said yes to an action, or that its time has come; store mutations ask for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    actor: Option<Actor>,
    action: Action,
}

impl Permit {
    /// For what the product does by itself when its time has come: grading the book anew by a version
    /// that somebody was allowed to publish, opening and publishing the review that somebody was allowed
    /// to open and to publish.
    #[must_use]
    pub const fn of_the_clock() -> Self {
        Self { actor: None, action: Action::Regrade }
    }

    /// Who was allowed; nobody when it was the clock.
    #[must_use]
    pub const fn actor(&self) -> Option<&Actor> {
        self.actor.as_ref()
    }

    /// What was allowed.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }
}

/// The table of access: how far each role's right to each action goes.
#[must_use]
pub const fn reach(role: Role, action: Action) -> Reach {
    match action {
        Action::ReadCustomer => match role {
            Role::Rep => Reach::Own,
            Role::SectionChief => Reach::Unit,
            Role::Promotion | Role::Finance | Role::Production | Role::Director | Role::GeneralManager => {
                Reach::All
            }
            Role::Admin => Reach::None,
        },
        Action::ReadFigures => match role {
            Role::Rep => Reach::Own,
            Role::SectionChief => Reach::Unit,
            Role::Promotion | Role::Finance | Role::Director | Role::GeneralManager => Reach::All,
            Role::Production | Role::Admin => Reach::None,
        },
        Action::WriteFigures => match role {
            Role::Rep => Reach::Own,
            Role::SectionChief => Reach::Unit,
            Role::Promotion => Reach::All,
            Role::Finance | Role::Production | Role::Director | Role::GeneralManager | Role::Admin => {
                Reach::None
            }
        },
        Action::EditCustomer => match role {
            Role::SectionChief => Reach::Unit,
            Role::Promotion => Reach::All,
            Role::Rep
            | Role::Finance
            | Role::Production
            | Role::Director
            | Role::GeneralManager
            | Role::Admin => Reach::None,
        },
        Action::Import | Action::EditPolicy | Action::PublishPolicy | Action::Regrade | Action::RunReview => {
            match role {
                Role::Promotion => Reach::All,
                Role::Rep
                | Role::SectionChief
                | Role::Finance
                | Role::Production
                | Role::Director
                | Role::GeneralManager
                | Role::Admin => Reach::None,
            }
        }
        Action::ReadPolicy | Action::ReadDirectory => Reach::All,
        Action::TryPolicy => match role {
            Role::Promotion | Role::Director | Role::GeneralManager => Reach::All,
            Role::Rep | Role::SectionChief | Role::Finance | Role::Production | Role::Admin => Reach::None,
        },
        Action::ShareUnit => match role {
            Role::SectionChief => Reach::Unit,
            Role::Promotion | Role::Director | Role::GeneralManager | Role::Admin => Reach::All,
            Role::Rep | Role::Finance | Role::Production => Reach::None,
        },
        // What is taken away is read by the list's own right, which may be narrower.
        Action::Export => match role {
            Role::SectionChief => Reach::Unit,
            Role::Promotion
            | Role::Finance
            | Role::Production
            | Role::Director
            | Role::GeneralManager
            | Role::Admin => Reach::All,
            Role::Rep => Reach::None,
        },
        Action::ManageUnits | Action::ManageUsers | Action::OverseeLinks => match role {
            Role::Admin => Reach::All,
            Role::Rep
            | Role::SectionChief
            | Role::Promotion
            | Role::Finance
            | Role::Production
            | Role::Director
            | Role::GeneralManager => Reach::None,
        },
        Action::ReadAudit => match role {
            Role::Promotion | Role::Admin => Reach::All,
            Role::Rep
            | Role::SectionChief
            | Role::Finance
            | Role::Production
            | Role::Director
            | Role::GeneralManager => Reach::None,
        },
        Action::FillForm => match role {
            Role::Rep => Reach::Own,
            Role::SectionChief => Reach::Unit,
            Role::Promotion
            | Role::Finance
            | Role::Production
            | Role::Director
            | Role::GeneralManager
            | Role::Admin => Reach::None,
        },
        Action::SubmitForm => match role {
            Role::SectionChief => Reach::Unit,
            Role::Rep
            | Role::Promotion
            | Role::Finance
            | Role::Production
            | Role::Director
            | Role::GeneralManager
            | Role::Admin => Reach::None,
        },
        Action::RateCredit => match role {
            Role::Finance => Reach::All,
            Role::Rep
            | Role::SectionChief
            | Role::Promotion
            | Role::Production
            | Role::Director
            | Role::GeneralManager
            | Role::Admin => Reach::None,
        },
        Action::ReviewApplication => match role {
            Role::Director => Reach::All,
            Role::Rep
            | Role::SectionChief
            | Role::Promotion
            | Role::Finance
            | Role::Production
            | Role::GeneralManager
            | Role::Admin => Reach::None,
        },
        Action::ApproveApplication => match role {
            Role::GeneralManager => Reach::All,
            Role::Rep
            | Role::SectionChief
            | Role::Promotion
            | Role::Finance
            | Role::Production
            | Role::Director
            | Role::Admin => Reach::None,
        },
    }
}

/// Decides whether an actor may do something to a target.
///
/// # Errors
/// [`Denied::Forbidden`] when the role never may; [`Denied::Hidden`] when it may elsewhere but this
/// target lies outside what the actor can read.
pub fn authorize(actor: &Actor, action: Action, target: Target<'_>) -> Result<Permit, Denied> {
    let permit = || Permit { actor: Some(actor.clone()), action };
    let within = |reach: Reach| match (reach, target) {
        (Reach::None, _) => false,
        // A list without a single target: the query is narrowed by `scope`.
        (Reach::All | Reach::Unit | Reach::Own, Target::Company) | (Reach::All, Target::Customer { .. }) => {
            true
        }
        (Reach::Unit, Target::Customer { unit, .. }) => actor.unit.as_ref() == Some(unit),
        (Reach::Own, Target::Customer { rep, .. }) => rep == Some(&actor.user),
    };
    if within(reach(actor.role, action)) {
        return Ok(permit());
    }
    match target {
        Target::Company => Err(Denied::Forbidden),
        Target::Customer { .. } if within(reach(actor.role, Action::ReadCustomer)) => Err(Denied::Forbidden),
        Target::Customer { .. } => Err(Denied::Hidden),
    }
}

/// The customers for which [`authorize`] would allow the action; `None` when there are none.
#[must_use]
pub fn scope(actor: &Actor, action: Action) -> Option<Scope> {
    match reach(actor.role, action) {
        Reach::None => None,
        Reach::Own => Some(Scope::Rep(actor.user.clone())),
        Reach::Unit => actor.unit.clone().map(Scope::Unit),
        Reach::All => Some(Scope::All),
    }
}
