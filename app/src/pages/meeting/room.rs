//! What is in the room: the agenda so far, what is on the table, what was decided last.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::page::Page;
use shared::dto::review::{
    CycleOverview, FormRow, FormView, ItemRow, MAX_FORM_MOVES, MeetingView, MoveForm, MoveForms, MoveOutcome,
    MovedForm, OneMove, Outcome,
};
use shared::dto::session::Session;
use shared::id::{CustomerId, CycleId, Label, StandInId, UnitId};
use shared::review::meeting::{ItemKind, ItemStage};
use shared::review::{Hand, Move, Stage, Step};

use crate::client::{self, Answer, ApiError, Call};
use crate::contexts::policies::Published;
use crate::contexts::toasts;
use crate::derive::meeting::{Group, Place, QUERIES, add, next_open, order, updated};
use crate::derive::meeting_item::explain;
use crate::derive::review_step::in_place;
use crate::derive::stand_ins::Absent;
use crate::say;

/// Rows wanted of the agenda at a time.
const ROWS: usize = 50;

/// What is in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Middle {
    /// What is chosen on the agenda.
    Table,
    /// The record of the sitting.
    Record,
}

/// The decision that can be taken back at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// What was decided.
    pub grade: Label,
    /// The form's version since.
    pub version: i64,
    /// In whose place it is taken back, when not for oneself.
    pub stand_in: Option<StandInId>,
}

/// What the keyboard does with the case on the table; nothing while it cannot.
#[derive(Clone, Copy)]
pub struct Hands {
    /// Decides on a grade.
    pub decide: RwSignal<Option<Callback<Label>>>,
    /// Begins an amendment.
    pub amend: RwSignal<Option<Callback<()>>>,
    /// Chooses the decision of an item by its place, from 0.
    pub choose: RwSignal<Option<Callback<usize>>>,
}

/// The room.
#[derive(Clone, Copy)]
pub struct Room {
    /// The cycle with its counts.
    pub overview: RwSignal<CycleOverview>,
    /// The meeting.
    pub meeting: RwSignal<MeetingView>,
    /// The policy of the cycle.
    pub policy: StoredValue<Published>,
    /// New customers with a provisional grade.
    pub fresh: Option<usize>,
    /// In whose place the room is used, when not for oneself.
    acting: StoredValue<Option<Absent>>,
    /// The forms so far.
    pub rows: RwSignal<Vec<FormRow>>,
    /// The items.
    pub items: RwSignal<Vec<ItemRow>>,
    /// Only this unit.
    pub unit: RwSignal<Option<UnitId>>,
    /// What is on the table.
    pub at: RwSignal<Option<Place>>,
    /// How often it was laid there anew, having moved while it lay there.
    pub laid: RwSignal<u32>,
    /// What is in the middle.
    pub middle: RwSignal<Middle>,
    /// The last decision, while it can be taken back.
    pub undo: RwSignal<Option<Undo>>,
    /// What is being proposed.
    pub proposing: RwSignal<Option<ItemKind>>,
    /// What the keyboard does.
    pub hands: Hands,
    /// While rows come.
    pub busy: RwSignal<bool>,
    /// Why none came.
    pub error: RwSignal<Option<ApiError>>,
    /// Whether there are more.
    pub more: RwSignal<bool>,
    /// Which of [`QUERIES`] comes next, and where in it.
    next: StoredValue<(usize, Option<String>)>,
    /// Of which unit the last request was: a late answer of another is dropped.
    asked: StoredValue<u32>,
}

impl Room {
    /// Opens the room. Call it while building the view.
    #[must_use]
    pub fn new(
        overview: CycleOverview,
        meeting: MeetingView,
        policy: Published,
        fresh: Option<usize>,
        acting: Option<Absent>,
    ) -> Self {
        Self {
            overview: RwSignal::new(overview),
            meeting: RwSignal::new(meeting),
            policy: StoredValue::new(policy),
            fresh,
            acting: StoredValue::new(acting),
            rows: RwSignal::new(Vec::new()),
            items: RwSignal::new(Vec::new()),
            unit: RwSignal::new(None),
            at: RwSignal::new(None),
            laid: RwSignal::new(0),
            middle: RwSignal::new(Middle::Table),
            undo: RwSignal::new(None),
            proposing: RwSignal::new(None),
            hands: Hands {
                decide: RwSignal::new(None),
                amend: RwSignal::new(None),
                choose: RwSignal::new(None),
            },
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            more: RwSignal::new(false),
            next: StoredValue::new((0, None)),
            asked: StoredValue::new(0),
        }
    }

    /// The cycle.
    #[must_use]
    pub fn cycle(self) -> CycleId {
        self.overview.with_untracked(|overview| overview.cycle.id.clone())
    }

    /// In whose place the room is used, when not for oneself.
    #[must_use]
    pub fn stand_in(self) -> Option<StandInId> {
        self.acting.with_value(|acting| acting.as_ref().map(|one| one.stand_in.clone()))
    }

    /// The hand of whoever is at the keyboard.
    #[must_use]
    pub fn hand(self, session: &Session) -> Hand {
        let on_behalf_of = self.acting.with_value(|acting| acting.as_ref().map(|one| one.user.clone()));
        Hand { user: session.user.clone(), on_behalf_of, role: session.role }
    }

    /// A request to read something of the cycle as that person would see it.
    pub fn read(self, part: &str) -> Call {
        let path = format!("/reviews/{}{part}", self.cycle());
        client::get(client::with_query(&path, &[("stand_in", self.stand_in().map(String::from))]))
    }

    /// Everything on the agenda, in its order.
    #[must_use]
    pub fn order(self) -> Vec<Place> {
        self.rows.with(|rows| self.items.with(|items| order(rows, items)))
    }

    /// Puts something on the table.
    pub fn show(self, place: Place) {
        self.middle.set(Middle::Table);
        if self.at.with_untracked(|at| at.as_ref() != Some(&place)) {
            self.at.set(Some(place));
        }
    }

    /// Lays what is on the table there anew, as it is now.
    fn lay_anew(self) {
        self.laid.try_update(|laid| *laid = laid.wrapping_add(1));
    }

    /// Fetches the agenda anew, or some more of it: as many of its parts as it takes for a page of rows.
    pub fn load_forms(self, further: bool) {
        if !further {
            self.next.set_value((0, None));
            self.rows.set(Vec::new());
        }
        let turn = self.asked.with_value(|asked| asked.wrapping_add(1));
        self.asked.set_value(turn);
        self.busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let fetched = self.fetch(turn).await;
            if self.asked.try_get_value() != Some(turn) {
                return;
            }
            if let Err(error) = fetched {
                self.error.try_set(Some(error));
            }
            self.busy.try_set(false);
            if self.at.try_get_untracked().flatten().is_none()
                && let Some(first) = untrack(|| self.order()).first()
            {
                self.at.try_set(Some(first.clone()));
            }
        });
    }

    async fn fetch(self, turn: u32) -> Answer<()> {
        let mut come = 0;
        while come < ROWS {
            let Some((part, cursor)) = self.next.try_get_value() else { return Ok(()) };
            let Some((stage, disagree)) = QUERIES.get(part) else { break };
            let path = client::with_query(
                &format!("/reviews/{}/forms", self.cycle()),
                &[
                    ("stage", Some(stage.code().to_owned())),
                    ("disagree", disagree.then(|| "true".to_owned())),
                    ("unit", self.unit.get_untracked().map(String::from)),
                    ("stand_in", self.stand_in().map(String::from)),
                    ("cursor", cursor),
                ],
            );
            let page: Page<FormRow> = client::get(path).send().await?;
            if self.asked.try_get_value() != Some(turn) {
                return Ok(());
            }
            come += page.items.len();
            let next = match page.next {
                Some(cursor) => (part, Some(cursor)),
                None => (part + 1, None),
            };
            self.more.try_set(next.0 < QUERIES.len());
            self.next.try_set_value(next);
            self.rows.try_update(|rows| add(rows, page.items));
        }
        Ok(())
    }

    /// Fetches what is put before the meeting besides the grades; nothing for whoever may not see it.
    pub fn load_items(self) {
        let unit = self.unit.get_untracked();
        let path = format!("/reviews/{}/meeting/items", self.cycle());
        let stand_in = self.stand_in().map(String::from);
        spawn_local(async move {
            let seen = [("unit", unit.map(String::from)), ("stand_in", stand_in)];
            if let Ok(items) = client::all::<ItemRow>(&client::with_query(&path, &seen)).await {
                let items = items.into_iter().filter(|row| row.stage != ItemStage::Withdrawn).collect();
                self.items.try_set(items);
            }
        });
    }

    /// Fetches the counts and the meeting anew, in the background.
    pub fn refresh(self) {
        let (overview, meeting) = (self.read(""), self.read("/meeting"));
        spawn_local(async move {
            if let Ok(overview) = overview.send().await {
                self.overview.try_set(overview);
            }
            if let Ok(meeting) = meeting.send().await {
                self.meeting.try_set(meeting);
            }
        });
    }

    /// A form has moved or was amended: its row follows, and once it is decided the next case comes up.
    pub fn moved(self, view: &FormView, was: Stage) {
        let (customer, stage) = (view.form.customer.clone(), view.form.state.stage());
        let before = untrack(|| self.order());
        self.rows.update(|rows| {
            if let Some(row) = rows.iter_mut().find(|row| row.customer == customer) {
                *row = updated(row, view);
            }
        });
        self.refresh();
        let place = Place::Form(customer.clone());
        if was == stage || !matches!(stage, Stage::Confirmed | Stage::AListed) {
            return;
        }
        let grade = view.form.state.grade().cloned();
        self.undo.set(grade.map(|grade| Undo {
            customer,
            name: view.name.to_string(),
            grade,
            version: view.version,
            stand_in: in_place(view, Step::Withdraw),
        }));
        if let Some(next) = next_open(&before, &place, |place| self.is_open(place)) {
            self.show(next);
        }
    }

    /// Whether something on the agenda waits for a decision.
    fn is_open(self, place: &Place) -> bool {
        match place {
            Place::Form(customer) => self.rows.with_untracked(|rows| {
                let row = rows.iter().find(|row| row.customer == *customer);
                row.is_some_and(|row| matches!(Group::of(row), Group::Disagreeing | Group::Agreeing))
            }),
            Place::Item(item) => self.items.with_untracked(|items| {
                let row = items.iter().find(|row| row.item.id == *item);
                row.is_some_and(|row| row.stage == ItemStage::Proposed)
            }),
        }
    }

    /// An item was decided or taken back: its row follows, and the next case comes up.
    pub fn settled(self, row: ItemRow) {
        let (before, place) = (untrack(|| self.order()), Place::Item(row.item.id.clone()));
        let gone = row.stage == ItemStage::Withdrawn;
        self.items.update(|items| {
            if gone {
                items.retain(|one| one.item.id != row.item.id);
            } else if let Some(one) = items.iter_mut().find(|one| one.item.id == row.item.id) {
                *one = row;
            }
        });
        self.refresh();
        match next_open(&before, &place, |place| self.is_open(place)) {
            Some(next) => self.show(next),
            None if gone => self.at.set(None),
            None => {}
        }
    }

    /// Takes back the last decision.
    pub fn take_back(self) {
        let Some(undo) = self.undo.get_untracked() else { return };
        self.undo.set(None);
        let path = format!("/reviews/{}/forms/{}/moves", self.cycle(), undo.customer);
        let wanted = Move::Withdraw { reason: None };
        let body = MoveForm { wanted, content: None, credit: None, stand_in: undo.stand_in.clone() };
        let call = client::post(path, &body).if_match(undo.version);
        spawn_local(async move {
            match call.send::<MovedForm>().await {
                Ok(moved) => {
                    toasts::success(say!(meeting.decide.undone));
                    let was = Stage::Confirmed;
                    self.moved(&moved.form, was);
                    self.show(Place::Form(undo.customer));
                    self.lay_anew();
                }
                Err(error) => toasts::error(explain(&error)),
            }
        });
    }

    /// Puts the forms that wait and are listed before the meeting, as many as one request takes.
    pub fn take_up(self, busy: RwSignal<bool>) {
        let waiting: Vec<FormRow> = self.rows.with_untracked(|rows| {
            let waiting = rows.iter().filter(|row| row.stage == Stage::Submitted);
            waiting.take(MAX_FORM_MOVES).cloned().collect()
        });
        let one = |row: &FormRow| OneMove {
            customer: row.customer.clone(),
            version: row.version,
            wanted: Move::TakeUp,
        };
        let body = MoveForms { moves: waiting.iter().map(one).collect(), stand_in: self.stand_in() };
        let call = client::post(format!("/reviews/{}/forms/moves", self.cycle()), &body).within_ms(120_000);
        busy.set(true);
        spawn_local(async move {
            match call.send::<Vec<MoveOutcome>>().await {
                Ok(outcomes) => {
                    let mut done = 0;
                    self.rows.try_update(|rows| {
                        for one in outcomes {
                            let row = rows.iter_mut().find(|row| row.customer == one.customer);
                            match (one.outcome, row) {
                                (Outcome::Done { stage, version }, Some(row)) => {
                                    (row.stage, row.version) = (stage, version);
                                    done += 1;
                                }
                                (Outcome::Refused { problem }, _) => {
                                    toasts::error(explain(&ApiError::Problem(problem)));
                                }
                                (Outcome::Done { .. }, None) => {}
                            }
                        }
                    });
                    toasts::success(say!(meeting.took_up, done));
                    if self.at.try_get_untracked().flatten().is_none() {
                        self.at.try_set(untrack(|| self.order()).first().cloned());
                    }
                    self.lay_anew();
                    self.refresh();
                }
                Err(error) => toasts::error(explain(&error)),
            }
            busy.try_set(false);
        });
    }
}
