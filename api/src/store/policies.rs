//! Published policies, and those of them that were withdrawn before they took effect.

use serde::Deserialize;
use shared::calendar::{Date, Millis};
use shared::dto::policy::{PolicyState, PolicySummary, PolicyVersion, Retirement};
use shared::grading::Policy;
use shared::id::{DraftId, Name, PolicyId, Reason};
use shared::json;
use shared::permission::Permit;

use super::cohorts::{self, Cohorts};
use super::db::{DbError, Statement, flag, sql};
use super::guard::Guard;

/// A published policy as it is stored.
#[derive(Debug, Clone, Deserialize)]
pub struct PolicyRow {
    /// Its id.
    pub id: PolicyId,
    /// 1, 2, 3 …
    pub version: i64,
    /// From when it grades.
    pub effective_from: Date,
    /// When it was published.
    pub published_at: Millis,
    /// By whom; nobody for the first.
    pub published_by: Option<Name>,
    /// Why; nobody had to say of the first.
    pub reason: Option<Reason>,
    /// The policy, as JSON.
    pub body: String,
    #[serde(default)]
    cohorts: String,
}

impl PolicyRow {
    /// The first version, which nobody published.
    #[must_use]
    pub fn first(id: PolicyId, effective_from: Date, published_at: Millis, body: String) -> Self {
        let (published_by, reason, cohorts) = (None, None, String::new());
        Self { id, version: 1, effective_from, published_at, published_by, reason, body, cohorts }
    }

    /// Everything but the body.
    #[must_use]
    pub fn summary(&self) -> PolicySummary {
        PolicySummary {
            id: self.id.clone(),
            version: self.version,
            effective_from: self.effective_from,
            published_at: self.published_at,
            published_by: self.published_by.clone(),
            reason: self.reason.clone(),
        }
    }

    /// The body.
    ///
    /// # Errors
    /// When it is no policy any more.
    pub fn policy(&self) -> Result<Policy, DbError> {
        json::read(&self.body).map_err(|error| DbError::other(format!("policy {}: {error}", self.id)))
    }

    /// The cohorts in which its customers are graded; of the policy in force alone.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn cohorts(&self) -> Result<Cohorts, DbError> {
        if self.cohorts.is_empty() { Ok(Cohorts::new()) } else { cohorts::read(&self.cohorts) }
    }
}

/// That the version `p` of the query around it was not withdrawn.
const STANDS: &str = "NOT EXISTS (SELECT 1 FROM policy_retirements r WHERE r.policy_id = p.id)";

/// The policy in force on a day, the latest version that is effective by then, with its cohorts.
pub fn in_force(today: Date) -> Statement {
    sql(format!(
        "SELECT p.*, {} AS cohorts FROM policies p WHERE p.effective_from <= ? AND {STANDS} \
         ORDER BY p.version DESC LIMIT 1",
        cohorts::NEWEST
    ))
    .bind(&today)
}

/// A policy by its id.
pub fn find(id: &PolicyId) -> Statement {
    sql("SELECT * FROM policies WHERE id = ?").bind(id)
}

/// The version that a draft is based on.
pub fn of_draft(id: &DraftId) -> Statement {
    sql("SELECT * FROM policies WHERE id = (SELECT based_on FROM policy_drafts WHERE id = ?)").bind(id)
}

/// A published version with what has become of it.
#[derive(Debug, Clone, Deserialize)]
pub struct VersionRow {
    #[serde(flatten)]
    policy: PolicyRow,
    title: String,
    #[serde(deserialize_with = "flag")]
    in_force: bool,
    retired_at: Option<Millis>,
    retired_by: Option<Name>,
    retired_for: Option<Reason>,
}

impl VersionRow {
    /// The version as it is answered on a day.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn version(self, today: Date) -> Result<PolicyVersion, DbError> {
        let retirement = match (self.retired_at, self.retired_by, self.retired_for) {
            (Some(at), Some(by), Some(reason)) => Some(Retirement { at, by, reason }),
            _ => None,
        };
        let state = if retirement.is_some() {
            PolicyState::Retired
        } else if self.in_force {
            PolicyState::InForce
        } else if self.policy.effective_from > today {
            PolicyState::Scheduled
        } else {
            PolicyState::Superseded
        };
        let title = json::read(&self.title)
            .map_err(|error| DbError::other(format!("title of {}: {error}", self.policy.id)))?;
        Ok(PolicyVersion { summary: self.policy.summary(), title, state, retirement })
    }

    /// Its number.
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.policy.version
    }
}

/// Versions as [`VersionRow`]s; their bodies are left empty.
fn versions(today: Date, which: &str) -> Statement {
    sql(format!(
        "SELECT v.id, v.version, v.effective_from, v.published_at, v.published_by, v.reason, '' AS body, \
         v.body->'$.title' AS title, w.at AS retired_at, w.by_name AS retired_by, w.reason AS retired_for, \
         v.version IS (SELECT p.version FROM policies p WHERE p.effective_from <= ? AND {STANDS} \
         ORDER BY p.version DESC LIMIT 1) AS in_force \
         FROM policies v LEFT JOIN policy_retirements w ON w.policy_id = v.id WHERE {which}"
    ))
    .bind(&today)
}

/// A page of versions, newest first, below one.
pub fn page(today: Date, before: Option<i64>, limit: u32) -> Statement {
    versions(today, "v.version < ? ORDER BY v.version DESC LIMIT ?")
        .bind(before.unwrap_or(i64::from(u32::MAX)))
        .bind(limit)
}

/// A version by its id.
pub fn version(today: Date, id: &PolicyId) -> Statement {
    versions(today, "v.id = ?").bind(id)
}

/// Publishes the first version, unless there is any already.
pub fn insert_first(row: &PolicyRow) -> Statement {
    sql("INSERT INTO policies (id, version, effective_from, published_at, published_by, body) \
         SELECT ?, 1, ?, ?, NULL, ? WHERE NOT EXISTS (SELECT 1 FROM policies)")
    .bind(&row.id)
    .bind(&row.effective_from)
    .bind(row.published_at)
    .bind(&row.body)
}

/// The newest version's number, and the latest day from which one that was not withdrawn grades.
#[derive(Debug, Clone, Deserialize)]
pub struct Last {
    /// The number.
    pub version: i64,
    /// The day.
    pub effective_from: Date,
}

/// [`Last`], which there is as soon as there is any version.
pub fn last() -> Statement {
    sql(format!(
        "SELECT (SELECT max(version) FROM policies) AS version, p.effective_from FROM policies p WHERE {STANDS} \
         ORDER BY p.version DESC LIMIT 1"
    ))
}

/// Publishes the version after the last one that was read; [`Guard::State`] when there is a later one.
///
/// # Errors
/// When the policy cannot be serialized.
pub fn insert(_: &Permit, summary: &PolicySummary, policy: &Policy) -> Result<[Statement; 2], DbError> {
    let last = Guard::State.holds("(SELECT max(version) FROM policies) = ?").bind(summary.version - 1);
    let insert =
        sql("INSERT INTO policies (id, version, effective_from, published_at, published_by, reason, body) \
         VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(&summary.id)
        .bind(summary.version)
        .bind(&summary.effective_from)
        .bind(summary.published_at)
        .bind(summary.published_by.as_ref())
        .bind(summary.reason.as_ref())
        .bind_json(policy)?;
    Ok([last, insert])
}

/// Withdraws a version; [`Guard::State`] when that was done before.
pub fn retire(_: &Permit, id: &PolicyId, retirement: &Retirement) -> [Statement; 2] {
    let insert = sql("INSERT INTO policy_retirements (policy_id, at, by_name, reason) VALUES (?, ?, ?, ?) \
         ON CONFLICT (policy_id) DO NOTHING")
    .bind(id)
    .bind(retirement.at)
    .bind(&retirement.by)
    .bind(&retirement.reason);
    [insert, Guard::State.one_changed()]
}
