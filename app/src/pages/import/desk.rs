//! The state of an import and everything that happens to it. It outlives the page, so that
//! looking at a customer meanwhile neither loses the work nor stops the sending.

mod reading;
mod sending;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::import::ImportState;
use shared::dto::session::Session;
use shared::json;
use shared::ledger::{Mapping, Summary};
use web_sys::File;

use crate::client::ApiError;
use crate::contexts::storage::{self, Store};
use crate::derive::import::{Pending, Plan, Step, percent};
use crate::derive::sheet::{self, Open, Opened, Refusal};
use crate::{say, sheets};

/// What takes a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Opening the file.
    Opening,
    /// Reading its rows.
    Reading,
    /// Comparing them with what is stored.
    Comparing,
    /// Sending them.
    Sending,
    /// Waiting to try again.
    Waiting,
}

impl Work {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Opening => say!(import.work.opening),
            Self::Reading => say!(import.work.reading),
            Self::Comparing => say!(import.work.comparing),
            Self::Sending => say!(import.work.sending),
            Self::Waiting => say!(import.work.waiting),
        }
    }
}

/// Why it does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The file was refused.
    Refused(Refusal),
    /// The Worker was not reached or said no.
    Api(ApiError),
    /// Not the file that the unfinished import is of.
    OtherFile,
}

impl From<Refusal> for Trouble {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<ApiError> for Trouble {
    fn from(error: ApiError) -> Self {
        Self::Api(error)
    }
}

/// The signals of the page. Made once behind the sign-in.
#[derive(Clone, Copy)]
pub struct Desk {
    /// Where one is.
    pub step: RwSignal<Step>,
    /// What is going on, in percent where that is known.
    pub work: RwSignal<Option<(Work, Option<u32>)>>,
    /// What went wrong last.
    pub trouble: RwSignal<Option<Trouble>>,
    /// The open sheet.
    pub opened: RwSignal<Option<Opened>>,
    /// How it is to be read.
    pub plan: RwSignal<Option<Plan>>,
    /// What that leaves open.
    pub open: RwSignal<Open>,
    /// What the reading came to; with verdicts once it was compared.
    pub summary: RwSignal<Option<Summary>>,
    /// An unfinished import.
    pub pending: RwSignal<Option<Pending>>,
    /// The import as the Worker sees it.
    pub state: RwSignal<Option<ImportState>>,
    /// The file at hand: name and bytes.
    pub file: RwSignal<Option<(String, u64)>>,
    guessed: StoredValue<Option<Mapping>>,
    session: StoredValue<Session>,
}

impl Desk {
    /// An empty desk of a person.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self {
            step: RwSignal::new(Step::File),
            work: RwSignal::new(None),
            trouble: RwSignal::new(None),
            opened: RwSignal::new(None),
            plan: RwSignal::new(None),
            open: RwSignal::new(Open::default()),
            summary: RwSignal::new(None),
            pending: RwSignal::new(None),
            state: RwSignal::new(None),
            file: RwSignal::new(None),
            guessed: StoredValue::new(None),
            session: StoredValue::new(session),
        }
    }

    /// The name of the file at hand.
    #[must_use]
    pub fn file_name(self) -> Option<String> {
        self.file.get().map(|(name, _)| name)
    }

    fn key(self) -> String {
        self.session.try_with_value(|session| format!("fenji.import.{}", session.user)).unwrap_or_default()
    }

    /// Runs something that may fail; its trouble is shown, its progress ends.
    fn run(self, work: Work, task: impl Future<Output = Result<(), Trouble>> + 'static) {
        if self.work.with_untracked(Option::is_some) {
            return;
        }
        self.trouble.set(None);
        self.work.set(Some((work, None)));
        spawn_local(async move {
            let outcome = task.await;
            self.work.try_set(None);
            // The module holds the file no longer.
            if let Err(Trouble::Refused(refusal)) = &outcome
                && matches!(refusal.code.as_str(), "crashed" | "out_of_turn")
            {
                self.step.try_set(Step::File);
            }
            self.trouble.try_set(outcome.err());
        });
    }

    fn at(self, work: Work, percent: Option<u32>) {
        self.work.try_set(Some((work, percent)));
    }

    /// Asks the spreadsheet module for something long.
    async fn long<T: serde::de::DeserializeOwned>(
        self,
        work: Work,
        request: &str,
        file: Option<&File>,
    ) -> Result<T, Trouble> {
        self.at(work, None);
        let report = move |done: f64, total: f64| self.at(work, Some(percent(done as u64, total as u64)));
        let text = sheets::text(request, file, report).await?;
        json::read(&text).map_err(|_| Refusal { code: "unreadable".to_owned(), limit: None }.into())
    }

    /// Gives up the unfinished import; the chunks already written stay.
    pub fn begin_anew(self) {
        storage::forget(Store::Browser, &self.key());
        self.step.set(Step::File);
        self.trouble.set(None);
        self.opened.set(None);
        self.plan.set(None);
        self.summary.set(None);
        self.pending.set(None);
        self.state.set(None);
        self.file.set(None);
        spawn_local(async {
            sheets::ask::<serde_json::Value>(&sheet::close()).await.ok();
        });
    }

    /// Hands out a file that the spreadsheet module makes.
    pub fn download(self, request: serde_json::Value, name: String) {
        spawn_local(async move {
            if let Err(refusal) = sheets::download(&request, &name).await {
                self.trouble.try_set(Some(refusal.into()));
            }
        });
    }
}
