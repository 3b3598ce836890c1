//! Conditions that make a whole batch fail under a name, leaving nothing changed.

use super::db::{Statement, sql};

/// A condition; the database knows it by [`Guard::name`] (see migrations 0001, 0021 and 0030).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// The row still has the version the request named.
    Version,
    /// The state still allows the step.
    State,
    /// There is no user yet.
    NotSetUp,
    /// An active admin remains.
    AdminLeft,
    /// Nobody and nothing active belongs to the unit any more.
    UnitUnused,
    /// The unit is open.
    UnitOpen,
    /// The rep looks after no customer.
    RepFree,
    /// The rep is active and belongs to the unit.
    RepInUnit,
    /// No run grades the book anew.
    NoRegrade,
    /// Every cycle of the review is published.
    NoCycle,
}

impl Guard {
    /// Every guard.
    pub const ALL: [Self; 10] = [
        Self::Version,
        Self::State,
        Self::NotSetUp,
        Self::AdminLeft,
        Self::UnitUnused,
        Self::UnitOpen,
        Self::RepFree,
        Self::RepInUnit,
        Self::NoRegrade,
        Self::NoCycle,
    ];

    /// The name of its failure.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Version => "version_mismatch",
            Self::State => "state_conflict",
            Self::NotSetUp => "already_set_up",
            Self::AdminLeft => "last_admin",
            Self::UnitUnused => "unit_in_use",
            Self::UnitOpen => "unit_closed",
            Self::RepFree => "rep_has_customers",
            Self::RepInUnit => "rep_not_in_unit",
            Self::NoRegrade => "regrade_running",
            Self::NoCycle => "cycle_open",
        }
    }

    /// Right after an `UPDATE … WHERE version = ?` or a conditional `INSERT`: fails the batch unless
    /// that changed exactly one row.
    pub fn one_changed(self) -> Statement {
        sql(format!("INSERT INTO guard (name, ok) SELECT '{}', changes() = 1", self.name()))
    }

    /// Fails the batch unless the SQL condition holds; bind its values to the statement.
    pub fn holds(self, condition: &str) -> Statement {
        sql(format!("INSERT INTO guard (name, ok) SELECT '{}', ({condition})", self.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_knows_every_guard() {
        let known = concat!(
            include_str!("../../migrations/0001_guard.sql"),
            include_str!("../../migrations/0021_regrades.sql"),
            include_str!("../../migrations/0030_cycles.sql")
        );
        for guard in Guard::ALL {
            let line = format!("RAISE(ABORT, '{0}') WHERE NEW.name = '{0}'", guard.name());
            assert!(known.contains(&line), "{guard:?}");
        }
    }
}
