//! Policies being written.

use serde::Deserialize;
use shared::calendar::Millis;
use shared::dto::draft::{Draft, DraftSummary};
use shared::grading::{Localized, Policy};
use shared::id::{DraftId, Name, PolicyId};
use shared::json::{self, Mismatch};
use shared::permission::Permit;

use super::db::{DbError, Statement, sql};
use super::guard::Guard;

/// A draft as it is stored; in a list its body is the title alone.
#[derive(Debug, Clone, Deserialize)]
pub struct DraftRow {
    /// Its id.
    pub id: DraftId,
    /// The version it was begun from.
    pub based_on: PolicyId,
    /// The policy, as JSON.
    pub body: String,
    mistakes: u32,
    /// For If-Match.
    pub version: i64,
    updated_at: Millis,
    updated_by: Name,
}

impl DraftRow {
    fn broken(&self, error: &Mismatch) -> DbError {
        DbError::other(format!("draft {}: {error}", self.id))
    }

    /// A draft of a list.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn summary(self) -> Result<DraftSummary, DbError> {
        let title: Localized = json::read(&self.body).map_err(|error| self.broken(&error))?;
        let Self { id, based_on, mistakes, version, updated_at, updated_by, .. } = self;
        Ok(DraftSummary { id, title, based_on, version, updated_at, updated_by, mistakes })
    }

    /// The draft, its mistakes still to be looked for.
    ///
    /// # Errors
    /// When what is stored has another shape.
    pub fn draft(self) -> Result<Draft, DbError> {
        let policy: Policy = json::read(&self.body).map_err(|error| self.broken(&error))?;
        let Self { id, based_on, version, updated_at, updated_by, .. } = self;
        Ok(Draft { id, based_on, version, updated_at, updated_by, policy, mistakes: Vec::new() })
    }
}

/// A page of drafts, the one saved last first, after a place.
pub fn page(after: Option<&(Millis, DraftId)>, limit: u32) -> Statement {
    const SELECT: &str = "SELECT id, based_on, body->'$.title' AS body, mistakes, version, updated_at, updated_by \
        FROM policy_drafts";
    const ORDER: &str = "ORDER BY updated_at DESC, id DESC LIMIT ?";
    match after {
        None => sql(format!("{SELECT} {ORDER}")).bind(limit),
        Some((at, id)) => {
            sql(format!("{SELECT} WHERE (updated_at, id) < (?, ?) {ORDER}")).bind(*at).bind(id).bind(limit)
        }
    }
}

/// A draft by its id.
pub fn find(id: &DraftId) -> Statement {
    sql("SELECT * FROM policy_drafts WHERE id = ?").bind(id)
}

/// Adds a draft.
///
/// # Errors
/// When the policy cannot be serialized.
pub fn insert(_: &Permit, draft: &Draft) -> Result<Statement, DbError> {
    Ok(sql("INSERT INTO policy_drafts (id, based_on, body, mistakes, updated_at, updated_by) \
            VALUES (?, ?, ?, ?, ?, ?)")
    .bind(&draft.id)
    .bind(&draft.based_on)
    .bind_json(&draft.policy)?
    .bind(count(draft))
    .bind(draft.updated_at)
    .bind(&draft.updated_by))
}

/// Saves a draft that is still at the version before.
///
/// # Errors
/// When the policy cannot be serialized.
pub fn update(_: &Permit, draft: &Draft) -> Result<[Statement; 2], DbError> {
    let update =
        sql("UPDATE policy_drafts SET body = ?, mistakes = ?, version = ?, updated_at = ?, updated_by = ? \
         WHERE id = ? AND version = ?")
        .bind_json(&draft.policy)?
        .bind(count(draft))
        .bind(draft.version)
        .bind(draft.updated_at)
        .bind(&draft.updated_by)
        .bind(&draft.id)
        .bind(draft.version - 1);
    Ok([update, Guard::Version.one_changed()])
}

/// Removes a draft that is still at a version.
pub fn remove(_: &Permit, id: &DraftId, version: i64) -> [Statement; 2] {
    let delete = sql("DELETE FROM policy_drafts WHERE id = ? AND version = ?").bind(id).bind(version);
    [delete, Guard::Version.one_changed()]
}

fn count(draft: &Draft) -> u32 {
    u32::try_from(draft.mistakes.len()).unwrap_or(u32::MAX)
}
