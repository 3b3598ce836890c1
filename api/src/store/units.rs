//! Units.

use serde::Deserialize;
use shared::dto::unit::{Unit, UnitDraft, UnitKind};
use shared::id::{Name, UnitId};
use shared::permission::Permit;

use super::db::{Statement, flag, sql};
use super::guard::Guard;

/// A unit as stored.
#[derive(Debug, Clone, Deserialize)]
pub struct UnitRow {
    id: UnitId,
    name: Name,
    kind: UnitKind,
    #[serde(deserialize_with = "flag")]
    active: bool,
    version: i64,
}

impl From<UnitRow> for Unit {
    fn from(row: UnitRow) -> Self {
        Self { id: row.id, name: row.name, kind: row.kind, active: row.active, version: row.version }
    }
}

const fn code(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Section => "section",
        UnitKind::Office => "office",
    }
}

/// Units by name, after a name.
pub fn page(after: &str, limit: u32) -> Statement {
    sql("SELECT id, name, kind, active, version FROM units WHERE name > ? ORDER BY name LIMIT ?")
        .bind(after)
        .bind(limit)
}

/// One unit.
pub fn find(id: &UnitId) -> Statement {
    sql("SELECT id, name, kind, active, version FROM units WHERE id = ?").bind(id)
}

/// Adds a unit.
pub fn insert(_: &Permit, unit: &Unit) -> Statement {
    sql("INSERT INTO units (id, name, kind, active, version) VALUES (?, ?, ?, ?, ?)")
        .bind(&unit.id)
        .bind(&unit.name)
        .bind(code(unit.kind))
        .bind(unit.active)
        .bind(unit.version)
}

/// Changes a unit that is still at a version; a closed one must be unused.
pub fn update(_: &Permit, id: &UnitId, version: i64, draft: &UnitDraft) -> Vec<Statement> {
    let mut statements = vec![
        sql("UPDATE units SET name = ?, kind = ?, active = ?, version = version + 1 WHERE id = ? AND version = ?")
            .bind(&draft.name)
            .bind(code(draft.kind))
            .bind(draft.active)
            .bind(id)
            .bind(version),
        Guard::Version.one_changed(),
    ];
    if !draft.active {
        let unused = "NOT EXISTS (SELECT 1 FROM users WHERE unit = ? AND active = 1) \
            AND NOT EXISTS (SELECT 1 FROM customers WHERE unit_id = ?)";
        statements.push(Guard::UnitUnused.holds(unused).bind(id).bind(id));
    }
    statements
}

/// Fails the batch unless the unit is there and open.
pub fn must_be_open(id: &UnitId) -> Statement {
    Guard::UnitOpen.holds("EXISTS (SELECT 1 FROM units WHERE id = ? AND active = 1)").bind(id)
}
