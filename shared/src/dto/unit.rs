//! Units (销售科 / 代表处) and the directory of names that filters need.

use serde::{Deserialize, Serialize};

use crate::id::{Login, Name, UnitId, UserId};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 销售科.
    Section,
    /// 代表处 / 分支机构.
    Office,
}

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name, unique.
    pub name: Name,
    /// Section or office.
    pub kind: UnitKind,
    /// False once closed: nothing new is assigned to it.
    pub active: bool,
    /// For If-Match.
    pub version: i64,
}

/// Makes a unit, or changes it as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitDraft {
    /// Its name, unique.
    pub name: Name,
    /// Section or office.
    pub kind: UnitKind,
    /// False closes it.
    #[serde(default = "yes")]
    pub active: bool,
}

const fn yes() -> bool {
    true
}

/// A rep as a name to filter and assign by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepName {
    /// The rep.
    pub id: UserId,
    /// The rep's sign-in name, by which a ledger may name the rep too.
    pub login: Login,
    /// The rep's name.
    pub name: Name,
    /// The rep's unit.
    pub unit: UnitId,
}

/// The units and reps the asking person can filter by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Directory {
    /// Units, by name.
    pub units: Vec<Unit>,
    /// Active reps, by name.
    pub reps: Vec<RepName>,
    /// The units of these that a public link shows to whoever has its address.
    #[serde(default)]
    pub shared: Vec<UnitId>,
}
