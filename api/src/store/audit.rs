//! The audit trail: the one way to write, so that no change lacks its event.
//!
//! Each event's hash covers the hash before it. D1 has no transaction that spans a read and a write,
//! so the head is read first and the insert is refused (`chain_moved`) when somebody else was faster;
//! the same batch is then tried again on the new head. What the batch decides must therefore be
//! guarded within the batch, by a version or a [`super::guard::Guard`].

use serde::{Deserialize, Serialize};
use serde_json::Value;
use shared::calendar::Millis;
use shared::dto::audit::{AuditEvent, Verb};
use shared::id::{Name, UserId};
use shared::json;
use shared::problem::Code;

use super::db::{Cause, Db, DbError, Rows, Statement, sql};
use crate::context::Ctx;
use crate::error::ApiError;
use crate::random::{self, sha256};

/// The hash before the first event.
const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Tries at a batch whose chain moves.
const ATTEMPTS: u32 = 12;
/// Most bytes of events in one parameter.
const PART_BYTES: usize = 1_000_000;

/// The newest event's place and hash.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Head {
    /// Its place, 0 before the first.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

impl Default for Head {
    fn default() -> Self {
        Self { seq: 0, hash: GENESIS.to_owned() }
    }
}

/// Who did it; nobody for the system.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Author {
    /// The person.
    pub user: Option<UserId>,
    /// The person's name at the time.
    pub name: Option<Name>,
}

/// What happened, before it has its place in the chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What.
    pub verb: Verb,
    /// The id of what it is about.
    pub subject: String,
    /// Before, after and other facts. Never a secret.
    pub detail: Value,
    /// Why, in the person's words.
    pub reason: Option<String>,
}

impl Event {
    /// An event without a reason.
    pub fn new(verb: Verb, subject: impl ToString, detail: Value) -> Self {
        Self { verb, subject: subject.to_string(), detail, reason: None }
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(mut self, reason: Option<String>) -> Self {
        self.reason = reason;
        self
    }
}

/// A stored event, as the table and the hash know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// Place in the chain.
    pub seq: i64,
    /// When.
    pub at: Millis,
    /// Who.
    pub actor: Option<String>,
    /// The person's name at the time.
    pub actor_name: Option<String>,
    /// What.
    pub verb: String,
    /// About what.
    pub subject: String,
    /// JSON, byte for byte as it was hashed.
    pub detail: String,
    /// Why.
    pub reason: Option<String>,
    /// The hash of the event before.
    pub prev_hash: String,
    /// The hash of this one.
    pub hash: String,
    /// The name of whoever it was done for, looked up when it is read: no part of what is hashed.
    #[serde(default, skip_serializing)]
    pub absent_name: Option<String>,
}

/// The columns of an event that is shown.
const SHOWN: &str = "e.*, (SELECT name FROM users WHERE id = e.detail ->> '$.on_behalf_of') AS absent_name";

impl EventRow {
    /// What the hash should be: SHA-256 over the former hash and the event as a JSON array.
    #[must_use]
    pub fn computed_hash(&self) -> String {
        let event = (
            &self.prev_hash,
            self.seq,
            self.at,
            &self.actor,
            &self.actor_name,
            &self.verb,
            &self.subject,
            &self.detail,
            &self.reason,
        );
        sha256(serde_json::to_vec(&event).unwrap_or_default())
    }

    /// The event as it is answered.
    ///
    /// # Errors
    /// When a stored value is not valid any more.
    pub fn event(self) -> Result<AuditEvent, ApiError> {
        Ok(AuditEvent {
            seq: self.seq,
            at: self.at,
            actor: self.actor.map(UserId::try_from).transpose().map_err(ApiError::internal)?,
            actor_name: self.actor_name.map(Name::try_from).transpose().map_err(ApiError::internal)?,
            absent_name: self.absent_name.map(Name::try_from).transpose().map_err(ApiError::internal)?,
            verb: json::fits(&Value::String(self.verb)).map_err(ApiError::internal)?,
            subject: self.subject,
            detail: json::read(&self.detail).map_err(ApiError::internal)?,
            reason: self.reason,
            hash: self.hash,
        })
    }
}

/// The newest event.
pub fn head() -> Statement {
    sql("SELECT seq, hash FROM audit_events ORDER BY seq DESC LIMIT 1")
}

/// Gives events their places after a head.
fn chain(head: &Head, at: Millis, author: &Author, events: &[Event]) -> Result<Vec<EventRow>, DbError> {
    let broken = |error: serde_json::Error| DbError::other(error.to_string());
    let mut head = head.clone();
    let mut rows = Vec::with_capacity(events.len());
    for event in events {
        let verb = match json::value(&event.verb) {
            Value::String(verb) => verb,
            other => return Err(DbError::other(format!("a verb that is no text: {other}"))),
        };
        let mut row = EventRow {
            seq: head.seq + 1,
            at,
            actor: author.user.as_ref().map(ToString::to_string),
            actor_name: author.name.as_ref().map(ToString::to_string),
            verb,
            subject: event.subject.clone(),
            detail: serde_json::to_string(&event.detail).map_err(broken)?,
            reason: event.reason.clone(),
            prev_hash: head.hash,
            hash: String::new(),
            absent_name: None,
        };
        row.hash = row.computed_hash();
        head = Head { seq: row.seq, hash: row.hash.clone() };
        rows.push(row);
    }
    Ok(rows)
}

/// The statements that append rows, each well within a parameter's limit.
fn append(rows: &[EventRow]) -> Result<Vec<Statement>, DbError> {
    const INSERT: &str = "INSERT INTO audit_events \
        (seq, at, actor, actor_name, verb, subject, detail, reason, prev_hash, hash) \
        SELECT value->>'seq', value->>'at', value->>'actor', value->>'actor_name', value->>'verb', \
        value->>'subject', value->>'detail', value->>'reason', value->>'prev_hash', value->>'hash' \
        FROM json_each(?) ORDER BY key";
    let mut statements = Vec::new();
    let mut part = String::new();
    for row in rows {
        let text = serde_json::to_string(row).map_err(|error| DbError::other(error.to_string()))?;
        if !part.is_empty() && part.len() + text.len() > PART_BYTES {
            statements.push(sql(INSERT).bind(format!("[{part}]")));
            part.clear();
        }
        if !part.is_empty() {
            part.push(',');
        }
        part.push_str(&text);
    }
    if !part.is_empty() {
        statements.push(sql(INSERT).bind(format!("[{part}]")));
    }
    Ok(statements)
}

/// Writes a change and its events as one: all of it or nothing. Answers the rows of `work`.
///
/// # Errors
/// What the batch failed with; 503 when the chain kept moving.
pub async fn commit(
    ctx: &Ctx,
    author: &Author,
    work: Vec<Statement>,
    events: &[Event],
) -> Result<Vec<Rows>, ApiError> {
    let length = work.len();
    let mut batch = work;
    let mut head = ctx.take_head();
    for attempt in 1..=ATTEMPTS {
        let from = match head.take() {
            Some(head) => head,
            None => read_head(ctx.db()).await?,
        };
        batch.truncate(length);
        batch.extend(append(&chain(&from, ctx.now(), author, events)?)?);
        match ctx.db().batch(&batch).await {
            Ok(mut rows) => {
                rows.truncate(length);
                return Ok(rows);
            }
            Err(error) if *error.cause() == Cause::Named("chain_moved".to_owned()) => {
                ctx.db().allow(batch.len() + 1);
                pause(attempt).await?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err(ApiError::new(Code::Unavailable, "Many people are saving at once; try again."))
}

async fn read_head(db: &Db) -> Result<Head, DbError> {
    Ok(db.first(head()).await?.unwrap_or_default())
}

/// Waits a random moment that grows with the attempts, so that writers do not meet again.
async fn pause(attempt: u32) -> Result<(), ApiError> {
    let [random] = random::bytes::<1>()?;
    let millis = u64::from(random) * u64::from(attempt) / 8;
    worker::Delay::from(std::time::Duration::from_millis(millis)).await;
    Ok(())
}

/// A page of the whole trail, newest first; `before` is where a former page ended.
pub fn page(before: Option<i64>, limit: u32) -> Statement {
    sql(format!("SELECT {SHOWN} FROM audit_events e WHERE e.seq < ? ORDER BY e.seq DESC LIMIT ?"))
        .bind(before.unwrap_or(i64::from(u32::MAX) << 16))
        .bind(limit)
}

/// A page of the trail of one subject, newest first.
pub fn page_of(subject: &str, before: Option<i64>, limit: u32) -> Statement {
    sql(format!(
        "SELECT {SHOWN} FROM audit_events e WHERE e.subject = ? AND e.seq < ? ORDER BY e.seq DESC LIMIT ?"
    ))
    .bind(subject)
    .bind(before.unwrap_or(i64::from(u32::MAX) << 16))
    .bind(limit)
}

/// Events after a place, oldest first, with the one at the place.
pub fn stretch(from: i64, limit: u32) -> Statement {
    sql("SELECT * FROM audit_events WHERE seq >= ? ORDER BY seq LIMIT ?").bind(from).bind(limit)
}

/// The first place at which a stretch does not follow from `head`; `None` when all of it does.
#[must_use]
pub fn first_broken(head: &Head, rows: &[EventRow]) -> Option<i64> {
    let mut head = head.clone();
    for row in rows {
        if row.seq != head.seq + 1 || row.prev_hash != head.hash || row.hash != row.computed_hash() {
            return Some(head.seq + 1);
        }
        head = Head { seq: row.seq, hash: row.hash.clone() };
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rows() -> Vec<EventRow> {
        let author = Author { user: UserId::parse("u1").ok(), name: Name::parse("苏婷").ok() };
        let events: Vec<_> = (0..3)
            .map(|n| {
                Event::new(Verb::UnitChanged, format!("unit-{n}"), json!({ "after": n }))
                    .because(Some("r".to_owned()))
            })
            .collect();
        chain(&Head::default(), 1_774_490_400_000, &author, &events).unwrap()
    }

    #[test]
    fn a_chain_follows_from_its_head() {
        let rows = rows();
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(first_broken(&Head::default(), &rows), None);
        let middle = Head { seq: 1, hash: rows[0].hash.clone() };
        assert_eq!(first_broken(&middle, &rows[1..]), None);
    }

    #[test]
    fn any_change_breaks_it_where_it_was_made() {
        let changes: [fn(&mut EventRow); 7] = [
            |row| row.at += 1,
            |row| row.actor = None,
            |row| row.actor_name = Some("别人".to_owned()),
            |row| row.verb = "user_changed".to_owned(),
            |row| row.subject.push('x'),
            |row| row.detail.push(' '),
            |row| row.reason = None,
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut rows = rows();
            change(&mut rows[1]);
            assert_eq!(first_broken(&Head::default(), &rows), Some(2), "change {index}");
            // Whoever also recomputes that hash breaks the next link.
            rows[1].hash = rows[1].computed_hash();
            assert_eq!(first_broken(&Head::default(), &rows), Some(3), "change {index}");
        }
        let mut gap = rows();
        gap.remove(1);
        assert_eq!(first_broken(&Head::default(), &gap), Some(2));
    }

    #[test]
    fn many_events_take_several_statements() {
        let mut rows = rows();
        for row in &mut rows {
            row.detail = "x".repeat(600_000);
        }
        assert_eq!(append(&rows).unwrap().len(), 3);
        assert_eq!(append(&[]).unwrap().len(), 0);
    }
}
