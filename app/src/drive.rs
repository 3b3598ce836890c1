//! Long work of the Worker that the page takes step by step while it is open. The Worker's clock takes the
//! same steps; each is only ever taken once, so both may go on at a time.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::de::DeserializeOwned;
use shared::id::StandInId;
use shared::problem::Code;

use crate::client::{ApiError, Call};

/// How long to wait before a step that failed in passing is sent again.
const PAUSE_MS: u32 = 3_000;

/// How far such work has come, as the Worker says it.
pub trait Stepped: Clone + DeserializeOwned + Send + Sync + 'static {
    /// Whether there are steps left that could be taken now.
    fn is_open(&self) -> bool;

    /// The request that takes the next step, in whose place it is taken.
    fn step(&self, stand_in: Option<StandInId>) -> Call;

    /// The request that says how far it has come.
    fn look(&self) -> Call;
}

/// The work that is shown, and whether it goes on.
pub struct Drive<T: Send + Sync + 'static> {
    /// How far it has come; nothing while none is known.
    pub now: RwSignal<Option<T>>,
    /// What stands in the way.
    pub error: RwSignal<Option<ApiError>>,
    /// Whether steps are being taken from here.
    pub driving: RwSignal<bool>,
    /// In whose place steps are taken, when not for oneself.
    stand_in: StoredValue<Option<StandInId>>,
    /// Which work this is: an answer about the one before is dropped.
    turn: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Drive<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Drive<T> {}

impl<T: Stepped> Drive<T> {
    /// Of work that is known, or not yet.
    #[must_use]
    pub fn new(now: Option<T>) -> Self {
        Self::acting(now, None)
    }

    /// The same, in somebody's place.
    #[must_use]
    pub fn acting(now: Option<T>, stand_in: Option<StandInId>) -> Self {
        Self {
            now: RwSignal::new(now),
            error: RwSignal::new(None),
            driving: RwSignal::new(false),
            stand_in: StoredValue::new(stand_in),
            turn: StoredValue::new(0),
        }
    }

    /// Leaves the work that was shown for another, which has just begun.
    pub fn begin(self, now: T) {
        self.turn.try_update_value(|turn| *turn = turn.wrapping_add(1));
        self.driving.try_set(false);
        self.now.try_set(Some(now));
        self.go();
    }

    /// Takes steps until the work is over, the page is gone, or something stands in the way.
    pub fn go(self) {
        // The page may be gone: this is called with answers, too.
        if self.driving.try_get_untracked() != Some(false) {
            return;
        }
        self.driving.try_set(true);
        self.error.try_set(None);
        let turn = self.turn.try_get_value();
        spawn_local(async move {
            while let Some(at) = self.now.try_get_untracked().flatten().filter(T::is_open) {
                let stand_in = self.stand_in.try_get_value().flatten();
                let answer = at.step(stand_in).send::<T>().await;
                if self.turn.try_get_value() != turn {
                    return;
                }
                match answer {
                    Ok(next) => {
                        if self.now.try_set(Some(next)).is_some() {
                            return; // The page is gone; the clock goes on.
                        }
                    }
                    Err(error) if error.passes() || error.code() == Some(Code::Conflict) => {
                        TimeoutFuture::new(PAUSE_MS).await;
                        let found = at.look().send::<T>().await;
                        if self.turn.try_get_value() != turn {
                            return;
                        }
                        if let Ok(found) = found {
                            self.now.try_set(Some(found));
                        }
                    }
                    Err(error) => {
                        self.error.try_set(Some(error));
                        break;
                    }
                }
            }
            self.driving.try_set(false);
        });
    }
}

/// So many of so many, in whole percent; nothing while nothing is to be done.
#[must_use]
pub fn percent(done: u64, total: u64) -> Option<u32> {
    let share = done.saturating_mul(100).checked_div(total)?;
    u32::try_from(share.min(100)).ok()
}
