//! Units and reps as names: to filter and assign by, and to find by the names of a ledger.

use serde::Deserialize;
use shared::id::{Login, Name, UnitId, UserId};
use shared::permission::Scope;

use super::db::{Statement, sql};

/// An active rep.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RepRow {
    /// The rep.
    pub id: UserId,
    /// Sign-in name.
    pub login: Login,
    /// The rep's name.
    pub name: Name,
    /// The rep's unit.
    pub unit: UnitId,
}

/// The units of a scope by name, as one JSON cell of `shared::dto::unit::Unit`.
pub fn units(scope: &Scope) -> Statement {
    const SELECT: &str = "SELECT json_group_array(json_object('id', id, 'name', name, 'kind', kind, \
        'active', json(iif(active, 'true', 'false')), 'version', version)) AS json \
        FROM (SELECT * FROM units";
    match scope {
        Scope::All => sql(format!("{SELECT} ORDER BY name)")),
        Scope::Unit(unit) => sql(format!("{SELECT} WHERE id = ?)")).bind(unit),
        Scope::Rep(rep) => {
            sql(format!("{SELECT} WHERE id = (SELECT unit FROM users WHERE id = ?))")).bind(rep)
        }
    }
}

/// The active reps of a scope by name, as one JSON cell of [`RepRow`].
pub fn reps(scope: &Scope) -> Statement {
    const SELECT: &str = "SELECT json_group_array(json_object('id', id, 'login', login, 'name', name, 'unit', unit)) \
        AS json FROM (SELECT * FROM users WHERE role = 'rep' AND active = 1 AND unit IS NOT NULL";
    match scope {
        Scope::All => sql(format!("{SELECT} ORDER BY name, id)")),
        Scope::Unit(unit) => sql(format!("{SELECT} AND unit = ? ORDER BY name, id)")).bind(unit),
        Scope::Rep(rep) => sql(format!("{SELECT} AND id = ?)")).bind(rep),
    }
}
