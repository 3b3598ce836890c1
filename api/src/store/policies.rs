//! Published policies.

use serde::Deserialize;
use shared::calendar::{Date, Millis};
use shared::dto::policy::PolicySummary;
use shared::grading::Policy;
use shared::id::{Name, PolicyId};

use super::db::{DbError, Statement, sql};

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
    /// The policy, as JSON.
    pub body: String,
}

impl PolicyRow {
    /// Everything but the body.
    #[must_use]
    pub fn summary(&self) -> PolicySummary {
        PolicySummary {
            id: self.id.clone(),
            version: self.version,
            effective_from: self.effective_from,
            published_at: self.published_at,
            published_by: self.published_by.clone(),
        }
    }

    /// The body.
    ///
    /// # Errors
    /// When it is no policy any more.
    pub fn policy(&self) -> Result<Policy, DbError> {
        serde_json::from_str(&self.body)
            .map_err(|error| DbError::Other(format!("policy {}: {error}", self.id)))
    }
}

/// The policy in force on a day: the latest version that is effective by then.
pub fn in_force(today: Date) -> Statement {
    sql("SELECT * FROM policies WHERE effective_from <= ? ORDER BY version DESC LIMIT 1").bind(&today)
}

/// A policy by its id.
pub fn find(id: &PolicyId) -> Statement {
    sql("SELECT * FROM policies WHERE id = ?").bind(id)
}

/// A page of summaries, newest first, below a version; their bodies are left empty.
pub fn page(before: Option<i64>, limit: u32) -> Statement {
    sql("SELECT id, version, effective_from, published_at, published_by, '' AS body FROM policies \
         WHERE version < ? ORDER BY version DESC LIMIT ?")
    .bind(before.unwrap_or(i64::from(u32::MAX)))
    .bind(limit)
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
