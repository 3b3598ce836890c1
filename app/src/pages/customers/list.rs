//! The rows of the list: loaded page by page, kept while a customer is looked at, so that going
//! back finds them and the place again.

use std::cell::RefCell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use shared::dto::customer::{CustomerList, CustomerRow, TierCount};
use shared::dto::page::MAX_LIMIT;
use shared::grading::Tier;
use shared::id::UserId;
use shared::number::Points;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::client::{self, Answer, ApiError};
use crate::contexts::policies;
use crate::derive::customers::{View, pairs};
use crate::pages::parts::expect_customer;
use crate::signals::put;
use crate::t;

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

/// The tiers of the policy in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tiers {
    /// Best first.
    pub all: Vec<Tier>,
    /// Full marks.
    pub full: Points,
}

/// What is kept of the list while another page is shown.
struct Kept {
    user: UserId,
    address: String,
    rows: Vec<CustomerRow>,
    next: Option<String>,
    counts: Option<Vec<TierCount>>,
    place: Option<Place>,
}

/// Which row stood where when it was opened. A distance from the top of the page would miss it once
/// something above it has changed.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    row: u32,
    /// CSS pixels from the top of the window.
    top: f64,
}

impl Place {
    /// The row that an event on the list is about.
    fn of(event: &MouseEvent) -> Option<Self> {
        let row = event.target()?.dyn_into::<Element>().ok()?.closest(ROW).ok()??;
        let mut before = 0;
        let mut one = row.previous_element_sibling();
        while let Some(other) = one {
            before += 1;
            one = other.previous_element_sibling();
        }
        Some(Self { row: before, top: row.get_bounding_client_rect().top() })
    }

    /// Moves the row to where it stood; once more in the next frame, when what is now in sight has
    /// taken its real height.
    fn find(self) {
        self.shift();
        request_animation_frame(move || self.shift());
    }

    fn shift(self) {
        let row = document().query_selector_all(ROW).ok().and_then(|rows| rows.item(self.row));
        if let Some(row) = row.and_then(|row| row.dyn_into::<Element>().ok()) {
            window().scroll_by_with_x_and_y(0.0, row.get_bounding_client_rect().top() - self.top);
        }
    }
}

/// A row on the page.
const ROW: &str = "li.fj-row";

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// The list as it was last shown, as what stands above a page of it.
pub fn above() -> (String, TextProp) {
    let address = KEPT.with_borrow(|kept| {
        kept.as_ref().map_or_else(|| "/customers".to_owned(), |kept| kept.address.clone())
    });
    (address, t!(customers.title).into())
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
    /// How many customers are in each, as last heard.
    pub counts: RwSignal<Option<Vec<TierCount>>>,
    /// Counts the loads: an answer to an older one is dropped.
    turn: StoredValue<u32>,
    view: Memo<View>,
    /// Where the row stood that was opened.
    place: StoredValue<Option<Place>>,
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
            counts: RwSignal::new(None),
            turn: StoredValue::new(0),
            view,
            place: StoredValue::new(None),
        };
        let found =
            KEPT.take().filter(|kept| kept.user == user && kept.address == view.get_untracked().address());
        let restored = StoredValue::new(found.is_some());
        if let Some(kept) = found {
            let limit = u32::try_from(kept.rows.len()).unwrap_or(MAX_LIMIT).clamp(1, MAX_LIMIT);
            list.rows.set(kept.rows);
            list.next.set(kept.next);
            list.counts.set(kept.counts);
            list.phase.set(Phase::There);
            if let Some(place) = kept.place {
                request_animation_frame(move || place.find());
            }
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
            let (address, place) = (view.get_untracked().address(), list.place.get_value());
            if list.phase.get_untracked() == Phase::There {
                let counts = list.counts.try_get_untracked().flatten();
                KEPT.set(Some(Kept { user: user.clone(), address, rows, next, counts, place }));
            }
        });
        list
    }

    /// Notes the place before a row is opened.
    pub fn leaving(self, event: &MouseEvent) {
        self.place.set_value(Place::of(event));
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
                    self.count(page.tiers);
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
            self.count(page.tiers);
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

    fn count(self, tiers: Option<Vec<TierCount>>) {
        if tiers.is_some() {
            self.counts.set(tiers);
        }
    }

    fn tier_names(self, turn: Option<u32>) {
        spawn_local(async move {
            let Ok(published) = policies::last_current().await else { return };
            if turn.is_some_and(|turn| self.turn.try_get_value().is_none_or(|now| now < turn)) {
                return;
            }
            let policy = &published.policy;
            let tiers = Tiers {
                all: policy.tiers.clone(),
                full: policy.indicators.iter().fold(Points::ZERO, |sum, one| sum.plus(one.weight)),
            };
            put(self.tiers, tiers);
        });
    }
}

async fn ask(view: &View, cursor: Option<String>, limit: Option<u32>) -> Answer<CustomerList> {
    let query = shared::dto::customer::CustomerQuery { limit, ..view.query(cursor) };
    client::get(client::with_query("/customers", &pairs(query))).send().await
}
