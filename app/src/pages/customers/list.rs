//! The rows of the list: loaded page by page, kept while a customer is looked at, so that going
//! back finds them and the place again.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::customer::CustomerRow;
use shared::dto::page::{MAX_LIMIT, Page};
use shared::id::{Label, UserId};
use shared::number::Points;

use crate::client::{self, Answer, ApiError};
use crate::contexts::policies;
use crate::derive::customers::{View, pairs};
use crate::pages::parts::expect_customer;

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// The first page is on its way.
    First,
    /// The first page did not come.
    Failed(ApiError),
    /// Rows are there, or it is known that there are none.
    There,
}

/// The tiers of the policy in force, best first, with their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tiers {
    /// Their keys.
    pub keys: Vec<Label>,
    /// Their names.
    pub names: Vec<shared::grading::Localized>,
    /// Full marks.
    pub full: Points,
}

/// What is kept of the list while another page is shown.
struct Kept {
    user: UserId,
    address: String,
    rows: Vec<CustomerRow>,
    next: Option<String>,
    scroll: f64,
}

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// The address of the list as it was last shown.
#[must_use]
pub fn last_address() -> String {
    KEPT.with_borrow(|kept| {
        kept.as_ref().map_or_else(|| "/customers".to_owned(), |kept| kept.address.clone())
    })
}

/// The list's state.
#[derive(Clone, Copy)]
pub struct List {
    /// The rows so far.
    pub rows: RwSignal<Vec<CustomerRow>>,
    /// Where the next page begins.
    pub next: RwSignal<Option<String>>,
    /// What the panel shows.
    pub phase: RwSignal<Phase>,
    /// While a further page is on its way.
    pub busy: RwSignal<bool>,
    /// Why a further page did not come.
    pub trouble: RwSignal<Option<ApiError>>,
    /// The tiers, for colours and filters.
    pub tiers: RwSignal<Tiers>,
    /// Counts the loads: an answer to an older one is dropped.
    turn: StoredValue<u32>,
    view: Memo<View>,
    /// How far the page was scrolled when a row was opened.
    scroll: StoredValue<f64>,
}

impl List {
    /// The list of a view, loaded now and at every change of it.
    #[must_use]
    pub fn new(user: UserId, view: Memo<View>) -> Self {
        let list = Self {
            rows: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            phase: RwSignal::new(Phase::First),
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            tiers: RwSignal::new(Tiers::default()),
            turn: StoredValue::new(0),
            view,
            scroll: StoredValue::new(0.0),
        };
        let found =
            KEPT.take().filter(|kept| kept.user == user && kept.address == view.get_untracked().address());
        let restored = StoredValue::new(found.is_some());
        if let Some(kept) = found {
            let limit = u32::try_from(kept.rows.len()).unwrap_or(MAX_LIMIT).clamp(1, MAX_LIMIT);
            list.rows.set(kept.rows);
            list.next.set(kept.next);
            list.phase.set(Phase::There);
            request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, kept.scroll));
            list.tier_names(None);
            list.refresh(limit);
        }
        Effect::new(move || {
            let view = view.get();
            if restored.get_value() {
                restored.set_value(false);
            } else {
                list.load(view);
            }
        });
        on_cleanup(move || {
            let (Some(rows), Some(next)) = (list.rows.try_get_untracked(), list.next.try_get_untracked())
            else {
                return;
            };
            let (address, scroll) = (view.get_untracked().address(), list.scroll.get_value());
            if list.phase.get_untracked() == Phase::There {
                KEPT.set(Some(Kept { user: user.clone(), address, rows, next, scroll }));
            }
        });
        list
    }

    /// Notes the place before a row is opened.
    pub fn leaving(self) {
        self.scroll.set_value(window().scroll_y().unwrap_or(0.0));
    }

    fn begin(self) -> u32 {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    fn is_last(self, turn: u32) -> bool {
        self.turn.try_get_value() == Some(turn)
    }

    /// Loads a view from its first row.
    pub fn load(self, view: View) {
        let turn = self.begin();
        self.trouble.set(None);
        self.busy.set(false);
        if self.rows.with_untracked(Vec::is_empty) {
            self.phase.set(Phase::First);
        }
        // Both requests are out before either is waited for.
        self.tier_names(Some(turn));
        spawn_local(async move {
            let page = ask(&view, None, None).await;
            if !self.is_last(turn) {
                return;
            }
            match page {
                Ok(page) => {
                    self.rows.set(page.items);
                    self.next.set(page.next);
                    self.phase.set(Phase::There);
                    expect_customer();
                }
                Err(error) => {
                    self.rows.set(Vec::new());
                    self.phase.set(Phase::Failed(error));
                }
            }
        });
    }

    /// Loads the next page.
    pub fn more(self) {
        let Some(cursor) = self.next.get_untracked() else { return };
        let turn = self.begin();
        self.busy.set(true);
        self.trouble.set(None);
        let view = self.view.get_untracked();
        spawn_local(async move {
            let page = ask(&view, Some(cursor), None).await;
            if !self.is_last(turn) {
                return;
            }
            self.busy.set(false);
            match page {
                Ok(page) => {
                    self.rows.update(|rows| rows.extend(page.items));
                    self.next.set(page.next);
                }
                Err(error) => self.trouble.set(Some(error)),
            }
        });
    }

    /// Brings the rows that are shown up to date, without moving them; silent when it fails.
    fn refresh(self, limit: u32) {
        let turn = self.begin();
        let view = self.view.get_untracked();
        spawn_local(async move {
            let Ok(page) = ask(&view, None, Some(limit)).await else { return };
            if !self.is_last(turn) {
                return;
            }
            let fresh = page.items;
            self.rows.update(|rows| {
                for row in rows {
                    if let Some(new) = fresh.iter().find(|new| new.id == row.id) {
                        row.clone_from(new);
                    }
                }
            });
        });
    }

    fn tier_names(self, turn: Option<u32>) {
        spawn_local(async move {
            let Ok(published) = policies::last_current().await else { return };
            if turn.is_some_and(|turn| self.turn.try_get_value().is_none_or(|now| now < turn)) {
                return;
            }
            let policy = &published.policy;
            let tiers = Tiers {
                keys: policy.tiers.iter().map(|tier| tier.key.clone()).collect(),
                names: policy.tiers.iter().map(|tier| tier.name.clone()).collect(),
                full: policy.indicators.iter().fold(Points::ZERO, |sum, one| sum.plus(one.weight)),
            };
            if self.tiers.try_with_untracked(|old| *old != tiers) == Some(true) {
                self.tiers.try_set(tiers);
            }
        });
    }
}

async fn ask(view: &View, cursor: Option<String>, limit: Option<u32>) -> Answer<Page<CustomerRow>> {
    let query = shared::dto::customer::CustomerQuery { limit, ..view.query(cursor) };
    client::get(client::with_query("/customers", &pairs(query))).send().await
}
