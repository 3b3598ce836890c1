//! Who may do what with a link.

use super::Fields;
use crate::id::{UnitId, UserId};
use crate::permission::{Action, Actor, Denied, Permit, Target, authorize};

/// A unit as a target: what is asked of all its customers.
const fn of(unit: &UnitId) -> Target<'_> {
    Target::Customer { unit, rep: None }
}

/// Whether somebody may share a unit with these fields: nobody shows others what they may not see themselves.
///
/// # Errors
/// [`Denied`], as for the action that is missing.
pub fn may_make(actor: &Actor, unit: &UnitId, fields: Fields) -> Result<Permit, Denied> {
    let permit = authorize(actor, Action::ShareUnit, of(unit))?;
    if fields.names {
        authorize(actor, Action::ReadCustomer, of(unit)).map_err(|_| Denied::Forbidden)?;
    }
    if fields.figures || fields.credit {
        authorize(actor, Action::ReadFigures, of(unit)).map_err(|_| Denied::Forbidden)?;
    }
    Ok(permit)
}

/// Whether somebody may know of a link: its owner, whoever may share the unit, whoever oversees all links.
#[must_use]
pub fn may_see(actor: &Actor, owner: &UserId, unit: &UnitId) -> bool {
    actor.user == *owner
        || authorize(actor, Action::ShareUnit, of(unit)).is_ok()
        || authorize(actor, Action::OverseeLinks, Target::Company).is_ok()
}

/// Whether somebody may close a link: its owner, whatever they may do by now, and whoever oversees all links.
#[must_use]
pub fn may_revoke(actor: &Actor, owner: &UserId) -> bool {
    actor.user == *owner || authorize(actor, Action::OverseeLinks, Target::Company).is_ok()
}

/// Whether somebody may give a link a new address: its owner, who would still be allowed to make it.
///
/// # Errors
/// [`Denied::Forbidden`] for anybody else.
pub fn may_rotate(actor: &Actor, owner: &UserId, unit: &UnitId, fields: Fields) -> Result<Permit, Denied> {
    if actor.user != *owner {
        return Err(Denied::Forbidden);
    }
    may_make(actor, unit, fields).map_err(|_| Denied::Forbidden)
}
