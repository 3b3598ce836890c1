//! The words of the glossary for codes on the wire.

use shared::dto::unit::UnitKind;
use shared::permission::Role;

use crate::say;

/// A role's name.
#[must_use]
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Rep => say!(role.rep),
        Role::SectionChief => say!(role.section_chief),
        Role::Promotion => say!(role.promotion),
        Role::Finance => say!(role.finance),
        Role::Production => say!(role.production),
        Role::Director => say!(role.director),
        Role::GeneralManager => say!(role.general_manager),
        Role::Admin => say!(role.admin),
    }
}

/// What a unit is.
#[must_use]
pub fn unit_kind(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Section => say!(unit_kind.section),
        UnitKind::Office => say!(unit_kind.office),
    }
}
