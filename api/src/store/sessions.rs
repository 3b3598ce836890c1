//! Sessions: made at sign-in, kept alive by use, ended by hand, by idleness or by age.

use serde::Deserialize;
use shared::calendar::Millis;
use shared::id::{Login, Name, UnitId, UserId};
use shared::permission::Role;

use super::db::{Statement, flag, sql};

/// A session ends when unused for so long: 12 hours.
pub const IDLE_MS: i64 = 12 * 3_600_000;
/// And in any case after so long: 30 days.
pub const LIFETIME_MS: i64 = 30 * 86_400_000;
/// Use is written down at most so often: every 10 minutes.
const TOUCH_MS: i64 = 600_000;

/// A session with its person.
#[derive(Debug, Clone, Deserialize)]
pub struct SessionRow {
    /// The person.
    pub user: UserId,
    /// Sign-in name.
    pub login: Login,
    /// The person's name.
    pub name: Name,
    /// What the person is.
    pub role: Role,
    /// Where the person belongs.
    pub unit: Option<UnitId>,
    /// Whether a first password is still to be changed.
    #[serde(deserialize_with = "flag")]
    pub must_change_password: bool,
    /// When the person signed in.
    pub created_at: Millis,
    /// When the session was last used, to within ten minutes.
    pub seen_at: Millis,
}

impl SessionRow {
    /// When it ends unless used.
    #[must_use]
    pub fn expires_at(&self) -> Millis {
        expiry(self.created_at, self.seen_at)
    }

    /// Whether its use should be written down now.
    #[must_use]
    pub const fn is_to_be_touched(&self, now: Millis) -> bool {
        now.saturating_sub(self.seen_at) >= TOUCH_MS
    }
}

/// When a session ends unless used.
#[must_use]
pub fn expiry(created_at: Millis, seen_at: Millis) -> Millis {
    seen_at.saturating_add(IDLE_MS).min(created_at.saturating_add(LIFETIME_MS))
}

/// The session of an id, if its person may still sign in.
pub fn find(id: &str) -> Statement {
    sql("SELECT u.id AS user, u.login, u.name, u.role, u.unit, u.must_change_password, s.created_at, s.seen_at \
         FROM sessions s JOIN users u ON u.id = s.user WHERE s.id = ? AND u.active = 1")
    .bind(id)
}

/// Writes its use down.
pub fn touch(id: &str, now: Millis) -> Statement {
    sql("UPDATE sessions SET seen_at = ? WHERE id = ?").bind(now).bind(id)
}

/// Begins a session.
pub fn insert(id: &str, user: &UserId, now: Millis) -> Statement {
    sql("INSERT INTO sessions (id, user, created_at, seen_at) VALUES (?, ?, ?, ?)")
        .bind(id)
        .bind(user)
        .bind(now)
        .bind(now)
}

/// Ends one session.
pub fn delete(id: &str) -> Statement {
    sql("DELETE FROM sessions WHERE id = ?").bind(id)
}

/// Ends every session of a person, except one if it is named.
pub fn delete_of(user: &UserId, except: Option<&str>) -> Statement {
    sql("DELETE FROM sessions WHERE user = ? AND id IS NOT ?").bind(user).bind(except)
}

/// Clears away sessions that have ended by idleness.
pub fn sweep(now: Millis) -> Statement {
    sql("DELETE FROM sessions WHERE seen_at < ?").bind(now.saturating_sub(IDLE_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn use_prolongs_a_session_up_to_its_age() {
        assert_eq!(expiry(0, 0), IDLE_MS);
        assert_eq!(expiry(0, 5), IDLE_MS + 5);
        assert_eq!(expiry(0, LIFETIME_MS - 1), LIFETIME_MS);
    }
}
