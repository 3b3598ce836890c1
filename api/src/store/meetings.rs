//! Review meetings: the records of their sittings, and the trail of all that is done about them. Their items
//! are in [`items`], what their minutes are made of in [`minutes`].

pub mod items;
pub mod minutes;

use serde::Deserialize;
use shared::dto::review::{Confirmed, MeetingEntry};
use shared::id::CycleId;
use shared::permission::Permit;
use shared::review::meeting::{MAX_ATTENDANCE, Record, sitting};

use super::db::{DbError, Statement, sql};
use super::guard::Guard;

/// The record of a sitting as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct KeptRecord {
    /// Which sitting.
    pub sitting: u32,
    /// For If-Match.
    pub version: i64,
    /// What it says.
    pub record: Record,
}

/// How far a meeting has come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Kept {
    /// How many sittings were convened.
    pub convened: u32,
    /// The records, first to last.
    pub records: Vec<KeptRecord>,
    /// The confirmed minutes, first to last.
    pub confirmed: Vec<Confirmed>,
    /// The newest row of the trail, 0 before the first: it changes with whatever is done.
    pub head: i64,
}

impl Kept {
    /// Which sitting is on, was the last, or will be the first.
    #[must_use]
    pub fn sitting(&self) -> u32 {
        sitting(self.convened)
    }

    /// The record of a sitting.
    #[must_use]
    pub fn record(&self, sitting: u32) -> Option<&KeptRecord> {
        self.records.iter().find(|one| one.sitting == sitting)
    }

    /// When and by whom the minutes of a sitting were confirmed.
    #[must_use]
    pub fn confirmed(&self, sitting: u32) -> Option<&Confirmed> {
        self.confirmed.iter().find(|one| one.sitting == sitting)
    }
}

/// How far the meeting of a cycle has come, as one JSON cell of [`Kept`].
pub fn find(cycle: &CycleId) -> Statement {
    sql("SELECT json_object( \
         'convened', (SELECT count(*) FROM cycle_entries WHERE cycle_id = ?1 AND body->>'$.step' = 'convene'), \
         'records', json((SELECT json_group_array(json_object('sitting', sitting, 'version', version, \
             'record', json(body))) FROM (SELECT * FROM meetings WHERE cycle_id = ?1 ORDER BY sitting))), \
         'confirmed', json((SELECT json_group_array(json_object('sitting', sitting, 'at', at, 'by', by_name)) \
             FROM (SELECT sitting, at, by_name FROM minutes WHERE cycle_id = ?1 ORDER BY sitting))), \
         'head', coalesce((SELECT max(id) FROM meeting_entries WHERE cycle_id = ?1), 0)) AS json")
    .bind(cycle)
}

/// The newest rows of a meeting's trail, newest first, as one JSON cell.
pub fn trail(cycle: &CycleId, limit: u32) -> Statement {
    sql("SELECT json_group_array(json(body)) AS json FROM \
         (SELECT body FROM meeting_entries WHERE cycle_id = ? ORDER BY id DESC LIMIT ?)")
    .bind(cycle)
    .bind(limit)
}

/// Who is to be asked to a meeting, in the order of the departments, as one JSON cell: the people of the
/// roles that have a seat, as many as a record can hold.
pub fn seats() -> Statement {
    sql(format!(
        "SELECT json_group_array(json_object('role', role, 'unit', unit, 'unit_name', unit_name, 'person', name)) \
         AS json FROM (SELECT p.role, p.unit, n.name AS unit_name, p.name FROM json_each('[\"promotion\", \
         \"section_chief\", \"finance\", \"production\", \"director\", \"general_manager\"]') r \
         CROSS JOIN users p ON p.role = r.value AND p.active = 1 LEFT JOIN units n ON n.id = p.unit \
         ORDER BY r.key, n.name, p.name LIMIT {MAX_ATTENDANCE})"
    ))
}

/// Writes the record of a sitting over the version that was read, 0 for none, unless its minutes are confirmed.
///
/// # Errors
/// When the record cannot be serialized.
pub fn keep(
    _: &Permit,
    cycle: &CycleId,
    (sitting, version): (u32, i64),
    record: &Record,
) -> Result<[Statement; 3], DbError> {
    let write = if version == 0 {
        sql("INSERT INTO meetings (body, cycle_id, sitting) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
            .bind_json(record)?
            .bind(cycle)
            .bind(sitting)
    } else {
        sql("UPDATE meetings SET body = ?, version = version + 1 WHERE cycle_id = ? AND sitting = ? \
             AND version = ?")
        .bind_json(record)?
        .bind(cycle)
        .bind(sitting)
        .bind(version)
    };
    let open = Guard::State
        .holds("NOT EXISTS (SELECT 1 FROM minutes WHERE cycle_id = ? AND sitting = ?)")
        .bind(cycle)
        .bind(sitting);
    Ok([open, write, Guard::Version.one_changed()])
}

/// Appends to the trail of a meeting.
///
/// # Errors
/// When the entry cannot be serialized.
pub fn append(_: &Permit, cycle: &CycleId, entry: &MeetingEntry) -> Result<Statement, DbError> {
    sql("INSERT INTO meeting_entries (cycle_id, body) VALUES (?, ?)").bind(cycle).bind_json(entry)
}

/// Fails the batch unless nothing was done about a meeting since it was read.
pub fn unmoved(cycle: &CycleId, head: i64) -> Statement {
    Guard::State
        .holds("coalesce((SELECT max(id) FROM meeting_entries WHERE cycle_id = ?), 0) = ?")
        .bind(cycle)
        .bind(head)
}
