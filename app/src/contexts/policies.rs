//! Published policies. A version never changes, so each is asked for once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::policy::PublishedPolicy;
use shared::grading::Tier;
use shared::id::PolicyId;

use crate::client::{self, Answer};

/// A published policy, shared by all that show it.
pub type Published = Arc<PublishedPolicy>;

thread_local! {
    static KNOWN: RefCell<HashMap<PolicyId, Published>> = RefCell::default();
    static CURRENT: RefCell<Option<PolicyId>> = const { RefCell::new(None) };
}

fn keep(policy: PublishedPolicy) -> Published {
    let policy = Arc::new(policy);
    KNOWN.with_borrow_mut(|known| known.insert(policy.summary.id.clone(), policy.clone()));
    policy
}

/// A version by its id.
///
/// # Errors
/// [`client::ApiError`].
pub async fn by_id(id: &PolicyId) -> Answer<Published> {
    if let Some(policy) = KNOWN.with_borrow(|known| known.get(id).cloned()) {
        return Ok(policy);
    }
    client::get(format!("/policies/{id}")).send().await.map(keep)
}

/// The version in force today, asked anew.
///
/// # Errors
/// [`client::ApiError`].
pub async fn current() -> Answer<Published> {
    let policy = keep(client::get("/policies/current").send().await?);
    CURRENT.set(Some(policy.summary.id.clone()));
    Ok(policy)
}

/// The version in force as last heard, asked only when it was never heard of: for names and colours.
///
/// # Errors
/// [`client::ApiError`].
pub async fn last_current() -> Answer<Published> {
    match CURRENT.with_borrow(Clone::clone) {
        Some(id) => by_id(&id).await,
        None => current().await,
    }
}

/// The tiers of the version in force as last heard, best first; none until they are there.
#[must_use]
pub fn tiers() -> ReadSignal<Vec<Tier>> {
    let tiers = RwSignal::new(Vec::new());
    spawn_local(async move {
        if let Ok(current) = last_current().await {
            tiers.try_set(current.policy.tiers.clone());
        }
    });
    tiers.read_only()
}
