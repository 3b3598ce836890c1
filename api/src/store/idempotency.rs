//! Creations that may be sent again: the same key and body are the same creation.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use shared::id::UserId;
use shared::json;
use shared::problem::Code;

use super::db::{Db, DbError, Statement, sql};
use crate::context::Ctx;
use crate::error::ApiError;
use crate::random::sha256;

/// How long an answer is kept: 7 days.
pub const KEPT_MS: i64 = 7 * 86_400_000;

/// What a creation may fail with when the same one was faster: its key is taken, and what it was made
/// from may be another or gone.
const OUTRUN: [Code; 4] = [Code::Taken, Code::Conflict, Code::NotFound, Code::VersionMismatch];

/// A creation under its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    actor: UserId,
    key: String,
    route: &'static str,
    body_hash: String,
}

#[derive(Deserialize)]
struct Row {
    route: String,
    body_hash: String,
    response: String,
}

impl Once {
    /// A creation by a person at a route (`POST /units`) with a body; a path's parameters belong to the body.
    ///
    /// # Errors
    /// When the body cannot be serialized.
    pub fn new(
        actor: &UserId,
        key: String,
        route: &'static str,
        body: &impl Serialize,
    ) -> Result<Self, ApiError> {
        let body = serde_json::to_vec(body).map_err(ApiError::internal)?;
        Ok(Self { actor: actor.clone(), key, route, body_hash: sha256(body) })
    }

    /// What was answered before.
    ///
    /// # Errors
    /// 409 when the key came with another body or route.
    pub async fn recall<T: DeserializeOwned>(&self, db: &Db) -> Result<Option<T>, ApiError> {
        let query = sql("SELECT route, body_hash, response FROM idempotency WHERE actor = ? AND key = ?")
            .bind(&self.actor)
            .bind(&self.key);
        let Some(row) = db.first::<Row>(query).await? else { return Ok(None) };
        if row.route != self.route || row.body_hash != self.body_hash {
            return Err(ApiError::new(Code::Conflict, "The Idempotency-Key was used for another request."));
        }
        json::read(&row.response).map(Some).map_err(ApiError::internal)
    }

    /// The statement that remembers the answer, for the creation's batch. Leave secrets out of it.
    ///
    /// # Errors
    /// When the answer cannot be serialized.
    pub fn remember(&self, ctx: &Ctx, response: &impl Serialize) -> Result<Statement, DbError> {
        sql("INSERT INTO idempotency (actor, key, route, body_hash, response, at) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(&self.actor)
            .bind(&self.key)
            .bind(self.route)
            .bind(&self.body_hash)
            .bind_json(response)
            .map(|statement| statement.bind(ctx.now()))
    }

    /// Runs a creation unless it was done before. `operation` must put [`Once::remember`] into its batch:
    /// should the same request arrive twice at once, one of them fails, at the latest with its batch, and
    /// the other's answer is given.
    ///
    /// # Errors
    /// What the operation failed with; 409 as in [`Once::recall`].
    pub async fn run<T: DeserializeOwned>(
        &self,
        ctx: &Ctx,
        operation: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<T, ApiError> {
        if let Some(answer) = self.recall(ctx.db()).await? {
            return Ok(answer);
        }
        match operation.await {
            Err(error) if OUTRUN.contains(&error.code()) => self.recall(ctx.db()).await?.ok_or(error),
            done => done,
        }
    }
}

/// Clears away answers that are no longer kept.
pub fn sweep(now: i64) -> Statement {
    sql("DELETE FROM idempotency WHERE at < ?").bind(now.saturating_sub(KEPT_MS))
}
