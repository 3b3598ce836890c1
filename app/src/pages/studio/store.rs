//! The draft on the table: what it says, what was undone, what is wrong with it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::dto::draft::Draft as Stored;
use shared::grading::{Mistake, Policy, check};
use shared::id::UserId;

use crate::clock::now;
use crate::contexts::drafts::Draft;
use crate::contexts::i18n::lang;
use crate::derive::policy_history::History;
use crate::derive::policy_mistake;
use crate::derive::policy_path::field_of;

/// What the browser keeps of a draft: the policy as it is on the table, and the saved one it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The saved version it came from.
    pub version: i64,
    /// What that version said.
    pub base: Policy,
    /// What is on the table.
    pub policy: Policy,
    /// Typed texts that cannot be taken, by field: kept as they were typed, for a reload too.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
}

impl From<&Stored> for Sheet {
    fn from(stored: &Stored) -> Self {
        Self {
            version: stored.version,
            base: stored.policy.clone(),
            policy: stored.policy.clone(),
            texts: BTreeMap::new(),
        }
    }
}

/// Everything that is wrong, and at which field it is shown.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The mistakes, in the order of the policy.
    pub mistakes: Vec<Mistake>,
    at: BTreeMap<String, Vec<usize>>,
}

impl Found {
    fn of(policy: &Policy) -> Self {
        let mistakes = check(policy);
        let mut at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, mistake) in mistakes.iter().enumerate() {
            at.entry(field_of(&mistake.path)).or_default().push(index);
        }
        Self { mistakes, at }
    }

    fn of_field<'a>(&'a self, path: &str) -> impl Iterator<Item = &'a Mistake> {
        self.at.get(path).into_iter().flatten().filter_map(|index| self.mistakes.get(*index))
    }
}

/// The draft that is being written. It can be copied into every callback.
#[derive(Clone, Copy)]
pub struct Studio {
    /// The sheet; every change of it is written down by the browser.
    pub sheet: Draft<Sheet>,
    history: RwSignal<History<Policy>>,
    /// Why typed texts cannot be taken, by field.
    pub unread: RwSignal<BTreeMap<String, String>>,
    /// Counts what changes the whole sheet at once: undo, a row that moves.
    pub rewound: RwSignal<u32>,
    /// What is wrong.
    pub found: Memo<Found>,
    /// What a screen reader is told of a change that it cannot see.
    pub told: RwSignal<String>,
}

impl Studio {
    /// The sheet of a stored draft, or what of it was typed and not saved at a former visit.
    #[must_use]
    pub fn new(user: &UserId, stored: &Stored) -> Self {
        let sheet = Draft::of(user, &format!("policy.{}", stored.id), Sheet::from(stored));
        let policy = sheet.value.with_untracked(|sheet| sheet.policy.clone());
        Self {
            sheet,
            history: RwSignal::new(History::new(policy)),
            unread: RwSignal::default(),
            rewound: RwSignal::new(0),
            found: Memo::new(move |_| sheet.value.with(|sheet| Found::of(&sheet.policy))),
            told: RwSignal::default(),
        }
    }

    /// Reads the policy, and follows it.
    pub fn with<T>(self, read: impl FnOnce(&Policy) -> T) -> T {
        self.sheet.value.with(|sheet| read(&sheet.policy))
    }

    /// The policy as it is now.
    #[must_use]
    pub fn now(self) -> Policy {
        self.sheet.value.with_untracked(|sheet| sheet.policy.clone())
    }

    /// Something of the policy that is only told again when it changes.
    pub fn memo<T: PartialEq + Send + Sync + 'static>(
        self,
        read: impl Fn(&Policy) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.with(&read))
    }

    /// Puts what a field makes of the policy.
    pub fn put(self, field: &str, next: Policy) {
        if self.sheet.value.with_untracked(|sheet| sheet.policy == next) {
            return;
        }
        let at = now();
        self.history.update(|history| history.change(next.clone(), field, at));
        self.sheet.value.update(|sheet| sheet.policy = next);
    }

    /// Changes one thing, as a step of its own.
    pub fn edit(self, field: &str, change: impl FnOnce(&mut Policy)) {
        let mut next = self.now();
        change(&mut next);
        self.history.update(History::settle);
        self.put(field, next);
        self.history.update(History::settle);
    }

    /// Changes rows or the whole, so that fields show other things than before.
    pub fn rearrange(self, field: &str, change: impl FnOnce(&mut Policy)) {
        self.edit(field, change);
        self.rewind();
    }

    /// What is typed next is another step.
    pub fn settle(self) {
        self.history.update(History::settle);
    }

    /// A text that was typed into a field and cannot be taken, at this visit or a former one.
    #[must_use]
    pub fn text(self, field: &str) -> Option<String> {
        self.sheet.value.with_untracked(|sheet| sheet.texts.get(field).cloned())
    }

    /// A typed text is taken.
    pub fn read(self, field: &str) {
        self.unread.update(|unread| {
            unread.remove(field);
        });
        if self.text(field).is_some() {
            self.sheet.value.update(|sheet| {
                sheet.texts.remove(field);
            });
        }
    }

    /// A typed text cannot be taken.
    pub fn refuse(self, field: &str, text: &str, fault: String) {
        self.unread.update(|unread| {
            unread.insert(field.to_owned(), fault);
        });
        self.sheet.value.update(|sheet| {
            sheet.texts.insert(field.to_owned(), text.to_owned());
        });
    }

    fn rewind(self) {
        self.unread.update(BTreeMap::clear);
        if self.sheet.value.with_untracked(|sheet| !sheet.texts.is_empty()) {
            self.sheet.value.update(|sheet| sheet.texts.clear());
        }
        self.rewound.update(|count| *count = count.wrapping_add(1));
    }

    fn show_present(self) {
        let present = self.history.with_untracked(|history| history.present().clone());
        self.sheet.value.update(|sheet| sheet.policy = present);
        self.rewind();
    }

    /// Takes the last step back.
    pub fn undo(self) {
        self.history.update(History::undo);
        self.show_present();
    }

    /// Does it again.
    pub fn redo(self) {
        self.history.update(History::redo);
        self.show_present();
    }

    /// Whether there is something to take back, and something to do again.
    #[must_use]
    pub fn steps(self) -> (bool, bool) {
        self.history.with(|history| (history.can_undo(), history.can_redo()))
    }

    /// The Worker has saved a policy; what was typed since stays on the table.
    pub fn saved(self, stored: &Stored) {
        let (present, sheet) = (self.now(), self.sheet.value.get_untracked());
        self.sheet.saved(&sheet, Sheet::from(stored));
        self.sheet.value.update(|sheet| sheet.policy = present);
    }

    /// What is wrong at a field: first what cannot be read, then the mistakes.
    #[must_use]
    pub fn wrong(self, path: &str) -> Memo<Vec<String>> {
        let path = path.to_owned();
        Memo::new(move |_| {
            let unread = self.unread.with(|unread| unread.get(&path).cloned());
            let lang = lang();
            let mistakes = self.found.with(|found| {
                let said = |policy: &Policy| {
                    found.of_field(&path).map(|one| policy_mistake::explain(lang, policy, one)).collect()
                };
                self.with::<Vec<String>>(said)
            });
            unread.into_iter().chain(mistakes).collect()
        })
    }

    /// How much is wrong: mistakes, and texts that cannot be read.
    #[must_use]
    pub fn count(self) -> usize {
        self.found.with(|found| found.mistakes.len()) + self.unread.with(BTreeMap::len)
    }
}
