//! Users.

use serde::Deserialize;
use shared::calendar::Millis;
use shared::dto::user::{User, UserDraft};
use shared::id::{Login, Name, UnitId, UserId};
use shared::permission::{Permit, Role};

use super::db::{Statement, flag, sql};
use super::guard::Guard;

/// A user as stored, without the password.
#[derive(Debug, Clone, Deserialize)]
pub struct UserRow {
    id: UserId,
    login: Login,
    name: Name,
    role: Role,
    unit: Option<UnitId>,
    #[serde(deserialize_with = "flag")]
    active: bool,
    #[serde(deserialize_with = "flag")]
    must_change_password: bool,
    last_sign_in: Option<Millis>,
    version: i64,
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            login: row.login,
            name: row.name,
            role: row.role,
            unit: row.unit,
            active: row.active,
            must_change_password: row.must_change_password,
            last_sign_in: row.last_sign_in,
            version: row.version,
        }
    }
}

/// What a password is checked against.
#[derive(Debug, Clone, Deserialize)]
pub struct Credential {
    /// A PHC string.
    pub password: String,
    /// The person.
    #[serde(flatten)]
    pub user: UserRow,
}

const COLUMNS: &str = "id, login, name, role, unit, active, must_change_password, last_sign_in, version";

/// Users by login, after a login.
pub fn page(after: &str, limit: u32) -> Statement {
    sql(format!("SELECT {COLUMNS} FROM users WHERE login > ? ORDER BY login LIMIT ?")).bind(after).bind(limit)
}

/// One user.
pub fn find(id: &UserId) -> Statement {
    sql(format!("SELECT {COLUMNS} FROM users WHERE id = ?")).bind(id)
}

/// The credential of a login that may sign in.
pub fn credential(login: &Login) -> Statement {
    sql(format!("SELECT password, {COLUMNS} FROM users WHERE login = ? AND active = 1")).bind(login)
}

/// Whether there is any user, as a row when there is.
pub fn any() -> Statement {
    sql("SELECT 1 AS any FROM users LIMIT 1")
}

fn insert_unguarded(user: &User, password: &str) -> Statement {
    sql("INSERT INTO users (id, login, name, role, unit, active, password, must_change_password, version) \
         SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?")
    .bind(&user.id)
    .bind(&user.login)
    .bind(&user.name)
    .bind(user.role.code())
    .bind(user.unit.as_ref())
    .bind(user.active)
    .bind(password)
    .bind(user.must_change_password)
    .bind(user.version)
}

/// Adds a user with the PHC string of a first password.
pub fn insert(_: &Permit, user: &User, password: &str) -> Statement {
    insert_unguarded(user, password)
}

/// Adds the first admin: the one insert that nobody can permit, and therefore only into an empty table.
pub fn insert_first(user: &User, password: &str) -> Vec<Statement> {
    vec![Guard::NotSetUp.holds("NOT EXISTS (SELECT 1 FROM users)"), insert_unguarded(user, password)]
}

/// Changes a user that is still at a version; an active admin must remain.
pub fn update(_: &Permit, id: &UserId, version: i64, draft: &UserDraft) -> Vec<Statement> {
    vec![
        sql("UPDATE users SET name = ?, role = ?, unit = ?, active = ?, version = version + 1 \
             WHERE id = ? AND version = ?")
        .bind(&draft.name)
        .bind(draft.role.code())
        .bind(draft.unit.as_ref())
        .bind(draft.active)
        .bind(id)
        .bind(version),
        Guard::Version.one_changed(),
        Guard::AdminLeft.holds("EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND active = 1)"),
    ]
}

/// Fails the batch while the rep still looks after customers.
pub fn must_have_no_customers(id: &UserId) -> Statement {
    Guard::RepFree.holds("NOT EXISTS (SELECT 1 FROM customers WHERE rep_id = ?)").bind(id)
}

/// Gives a user that is still at a version a password to be changed at first sign-in.
pub fn reset_password(_: &Permit, id: &UserId, version: i64, password: &str) -> Vec<Statement> {
    vec![
        sql("UPDATE users SET password = ?, must_change_password = 1, version = version + 1 \
             WHERE id = ? AND version = ?")
        .bind(password)
        .bind(id)
        .bind(version),
        Guard::State.one_changed(),
    ]
}

/// Replaces the own password, unless it is no longer the one that was checked.
pub fn change_password(id: &UserId, checked: &str, password: &str) -> Vec<Statement> {
    vec![
        sql("UPDATE users SET password = ?, must_change_password = 0, version = version + 1 \
             WHERE id = ? AND password = ? AND active = 1")
        .bind(password)
        .bind(id)
        .bind(checked),
        Guard::State.one_changed(),
    ]
}

/// Notes a sign-in, unless the password is no longer the one that was checked.
pub fn signed_in(id: &UserId, checked: &str, now: Millis) -> Vec<Statement> {
    vec![
        sql("UPDATE users SET last_sign_in = ? WHERE id = ? AND password = ? AND active = 1")
            .bind(now)
            .bind(id)
            .bind(checked),
        Guard::State.one_changed(),
    ]
}
