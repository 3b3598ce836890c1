//! Who acts in whose place, and when.

use serde::Deserialize;
use shared::calendar::{Date, Millis};
use shared::dto::review::Appointment;
use shared::id::{Name, StandInId, UnitId, UserId};
use shared::permission::{Actor, Role};
use shared::review::StandIn;

use super::db::{Statement, sql};
use super::guard::Guard;

/// For how many people somebody can stand in at a time, so that what waits for them is found in a bounded
/// number of statements.
pub const MAX_AT_A_TIME: u32 = 5;

/// An appointment as it is stored, with both people as they are today.
#[derive(Debug, Clone, Deserialize)]
pub struct StandInRow {
    /// Its place in the order of appointment.
    pub seq: i64,
    /// Its id.
    pub id: StandInId,
    absent: UserId,
    /// The absent person's name.
    pub absent_name: Name,
    role: Role,
    unit: Option<UnitId>,
    by_user: UserId,
    by_name: Name,
    from_day: Date,
    until_day: Date,
    made_at: Millis,
    made_by: Name,
    ended_at: Option<Millis>,
    ended_by: Option<Name>,
}

impl StandInRow {
    /// What the review asks for.
    #[must_use]
    pub fn stand_in(&self) -> StandIn {
        let absent = Actor { user: self.absent.clone(), role: self.role, unit: self.unit.clone() };
        StandIn { absent, by: self.by_user.clone(), from: self.from_day, until: self.until_day }
    }

    /// Whether it was not ended.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.ended_at.is_none()
    }

    /// The appointment as it is answered.
    #[must_use]
    pub fn appointment(self, may_end: bool) -> Appointment {
        Appointment {
            id: self.id,
            absent: self.absent,
            absent_name: self.absent_name,
            absent_role: self.role,
            by: self.by_user,
            by_name: self.by_name,
            from: self.from_day,
            until: self.until_day,
            made_at: self.made_at,
            made_by: self.made_by,
            ended_at: self.ended_at,
            ended_by: self.ended_by,
            may_end,
        }
    }
}

const SELECT: &str = "SELECT s.*, a.name AS absent_name, a.role, a.unit, b.name AS by_name FROM stand_ins s \
    JOIN users a ON a.id = s.absent JOIN users b ON b.id = s.by_user";

/// An appointment that was not ended, of somebody who still works here.
pub fn standing(id: &StandInId) -> Statement {
    sql(format!("{SELECT} WHERE s.id = ? AND s.ended_at IS NULL AND a.active = 1")).bind(id)
}

/// The appointments under which somebody can act on a day.
pub fn of(by: &UserId, today: Date) -> Statement {
    sql(format!(
        "{SELECT} WHERE s.by_user = ? AND s.ended_at IS NULL AND a.active = 1 \
         AND s.from_day <= ? AND s.until_day >= ? ORDER BY s.seq LIMIT {MAX_AT_A_TIME}"
    ))
    .bind(by)
    .bind(&today)
    .bind(&today)
}

/// One appointment, whatever became of it.
pub fn find(id: &StandInId) -> Statement {
    sql(format!("{SELECT} WHERE s.id = ?")).bind(id)
}

/// A page of appointments, newest first, before a place: of a person, absent or acting, or of all.
pub fn page(person: Option<&UserId>, before: Option<i64>, limit: u32) -> Statement {
    let before = before.unwrap_or(i64::from(u32::MAX));
    match person {
        None => sql(format!("{SELECT} WHERE s.seq < ? ORDER BY s.seq DESC LIMIT ?")).bind(before).bind(limit),
        Some(person) => sql(format!(
            "{SELECT} WHERE s.seq < ?1 AND (s.absent = ?2 OR s.by_user = ?2) ORDER BY s.seq DESC LIMIT ?3"
        ))
        .bind(before)
        .bind(person)
        .bind(limit),
    }
}

/// Appointments of somebody that stand on a day or later.
const HELD: &str =
    "(SELECT count(*) FROM stand_ins WHERE by_user = ? AND ended_at IS NULL AND until_day >= ?)";

/// How many appointments of somebody stand on a day or later, as one JSON cell.
pub fn held(by: &UserId, today: Date) -> Statement {
    sql(format!("SELECT CAST({HELD} AS TEXT) AS json")).bind(by).bind(&today)
}

/// Makes an appointment, of people who work here and of whom nobody stands in for too many. Whether
/// somebody may make it is what [`StandIn::appoint`] says.
pub fn insert(id: &StandInId, stand_in: &StandIn, today: Date, at: Millis, made_by: &Name) -> [Statement; 3] {
    let few = Guard::State.holds(&format!("{HELD} < {MAX_AT_A_TIME}")).bind(&stand_in.by).bind(&today);
    let insert = sql("INSERT INTO stand_ins (id, absent, by_user, from_day, until_day, made_at, made_by) \
         SELECT ?, a.id, b.id, ?, ?, ?, ? FROM users a JOIN users b ON b.id = ? AND b.active = 1 \
         WHERE a.id = ? AND a.active = 1")
    .bind(id)
    .bind(&stand_in.from)
    .bind(&stand_in.until)
    .bind(at)
    .bind(made_by)
    .bind(&stand_in.by)
    .bind(&stand_in.absent.user);
    [few, insert, Guard::State.one_changed()]
}

/// Ends an appointment, once.
pub fn end(id: &StandInId, at: Millis, by: &Name) -> [Statement; 2] {
    let end = sql("UPDATE stand_ins SET ended_at = ?, ended_by = ? WHERE id = ? AND ended_at IS NULL")
        .bind(at)
        .bind(by)
        .bind(id);
    [end, Guard::State.one_changed()]
}

/// People who work here, in the order of their ids, after one of them.
pub fn colleagues(after: &str, limit: u32) -> Statement {
    sql("SELECT id, name, role, unit FROM users WHERE id > ? AND active = 1 ORDER BY id LIMIT ?")
        .bind(after)
        .bind(limit)
}

/// Somebody who works here, as far as rights go.
pub fn person(id: &UserId) -> Statement {
    sql("SELECT id AS user, role, unit, name FROM users WHERE id = ? AND active = 1").bind(id)
}

/// The answer to [`person`].
#[derive(Debug, Clone, Deserialize)]
pub struct PersonRow {
    /// The person.
    #[serde(flatten)]
    pub actor: Actor,
    /// The person's name.
    pub name: Name,
}
