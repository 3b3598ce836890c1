//! The state of an import and everything that happens to it. It outlives the page, so that
//! looking at a customer meanwhile neither loses the work nor stops the sending.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use shared::dto::import::{ChunkResult, ImportState, RememberedMapping, StartImport};
use shared::dto::session::Session;
use shared::dto::unit::Directory;
use shared::id::{ImportId, Name};
use shared::ledger::{Mapping, Shape, Summary};
use web_sys::File;

use crate::client::{self, ApiError};
use crate::contexts::directory::directory;
use crate::contexts::storage;
use crate::derive::import::{Pending, Plan, Step, missing, percent, wait_ms};
use crate::derive::sheet::{self, Load, Open, Opened, Refusal};
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

/// What sending has done so far, beside what the import's state says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Effects {
    /// Customers added.
    pub customers: u32,
    /// Years graded.
    pub graded: u32,
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
    /// What sending did.
    pub effects: RwSignal<Effects>,
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
            effects: RwSignal::new(Effects::default()),
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
        serde_json::from_str(&text).map_err(|_| Refusal { code: "unreadable".to_owned(), limit: None }.into())
    }

    /// Looks for an import of this person that was not finished.
    pub async fn find_pending(self) {
        if self.step.try_get_untracked() != Some(Step::File) || self.pending.with_untracked(Option::is_some) {
            return;
        }
        let key = self.key();
        let Some(found) = storage::read(&key).and_then(|text| serde_json::from_str::<Pending>(&text).ok())
        else {
            return;
        };
        match client::get(format!("/imports/{}", found.id)).send::<ImportState>().await {
            Ok(state) if state.completed_at.is_none() => {
                self.state.try_set(Some(state));
                self.pending.try_set(Some(found));
            }
            // Finished, or never begun: nothing to go on with.
            Ok(_) | Err(ApiError::Problem(_)) => storage::forget(&key),
            Err(_) => {}
        }
    }

    /// Gives up the unfinished import; the chunks already written stay.
    pub fn begin_anew(self) {
        storage::forget(&self.key());
        self.step.set(Step::File);
        self.trouble.set(None);
        self.opened.set(None);
        self.plan.set(None);
        self.summary.set(None);
        self.pending.set(None);
        self.state.set(None);
        self.effects.set(Effects::default());
        self.file.set(None);
        spawn_local(async {
            sheets::ask::<serde_json::Value>(&sheet::close()).await.ok();
        });
    }

    /// A file was chosen.
    pub fn choose_file(self, file: File) {
        self.run(Work::Opening, async move {
            let (name, size) = (file.name(), file.size() as u64);
            let opened: Opened =
                self.long(Work::Opening, &sheet::open(&name).to_string(), Some(&file)).await?;
            self.file.try_set(Some((name, size)));
            match self.pending.get_untracked() {
                Some(pending) => self.resume(pending, size, opened).await,
                None => self.take(opened).await,
            }
        });
    }

    /// Another sheet was chosen.
    pub fn choose_sheet(self, name: String) {
        self.run(Work::Opening, async move {
            let opened = self.long(Work::Opening, &sheet::choose(&name).to_string(), None).await?;
            self.take(opened).await
        });
    }

    /// The shape or the line of the headings was corrected.
    pub fn guess_again(self, shape: Shape, header_row: Option<u32>) {
        self.run(Work::Opening, async move {
            let opened = sheets::ask::<Opened>(&sheet::guess(shape, header_row)).await?;
            self.lay_out(opened).await
        });
    }

    /// A sheet was opened: what was remembered for its headings is taken up.
    async fn take(self, opened: Opened) -> Result<(), Trouble> {
        #[derive(Deserialize)]
        struct Shaped {
            shape: Shape,
        }
        let shape = opened.guess.shape;
        let code = serde_json::to_value(shape).ok().and_then(|code| code.as_str().map(str::to_owned));
        let query = [("shape", code), ("headings", Some(opened.guess.heading_key.clone()))];
        let path = client::with_query("/import-mappings", &query);
        let known = client::get(path).send::<serde_json::Value>().await.ok();
        // An older mapping than this version can read is as good as none.
        let known = known
            .filter(|known| Shaped::deserialize(known).is_ok_and(|known| known.shape == shape))
            .and_then(|known| RememberedMapping::deserialize(known).ok());
        match known {
            Some(known) => {
                let recalled = sheets::ask::<Opened>(&sheet::recall(shape, &known.mapping)).await?;
                self.lay_out(recalled).await
            }
            None => self.lay_out(opened).await,
        }
    }

    async fn lay_out(self, opened: Opened) -> Result<(), Trouble> {
        let before = self.plan.get_untracked();
        let today = self.session.try_with_value(|session| session.today.to_string()).unwrap_or_default();
        let as_of = before.as_ref().map_or(today, |plan| plan.as_of.clone());
        let unit = before.map(|plan| plan.unit).unwrap_or_else(only_unit);
        let plan = Plan::of(&opened, as_of, unit);
        self.guessed.try_set_value(Some(plan.mapping.clone()));
        self.opened.try_set(Some(opened));
        self.plan.try_set(Some(plan));
        self.summary.try_set(None);
        self.ask_open().await?;
        self.step.try_set(Step::Columns);
        Ok(())
    }

    /// Changes the plan; what it leaves open is asked for anew.
    pub fn change(self, change: impl FnOnce(&mut Plan)) {
        self.plan.update(|plan| {
            if let Some(plan) = plan {
                change(plan);
            }
        });
        self.summary.set(None);
        spawn_local(async move {
            if let Err(trouble) = self.ask_open().await {
                self.trouble.try_set(Some(trouble));
            }
        });
    }

    async fn ask_open(self) -> Result<(), Trouble> {
        let Some(plan) = self.plan.try_get_untracked().flatten() else { return Ok(()) };
        let open = sheets::ask::<Open>(&sheet::questions(plan.shape, &plan.mapping)).await?;
        self.open.try_set(open);
        Ok(())
    }

    /// Reads the sheet and compares it with what is stored.
    pub fn check(self) {
        let Some(plan) = self.plan.get_untracked() else { return };
        self.remember(&plan);
        self.step.set(Step::Check);
        self.run(Work::Reading, async move {
            let summary = self.read(&plan).await?;
            self.summary.try_set(Some(summary));
            self.summary.try_set(Some(self.compare(plan.shape).await?));
            Ok(())
        });
    }

    /// Keeps a corrected mapping for the next file with these headings.
    fn remember(self, plan: &Plan) {
        let guessed = self.guessed.get_value();
        let headings = self.opened.with_untracked(|opened| {
            opened.as_ref().map(|opened| opened.guess.heading_key.clone()).unwrap_or_default()
        });
        if guessed.as_ref() == Some(&plan.mapping) || headings.is_empty() {
            return;
        }
        let known = RememberedMapping { shape: plan.shape, headings, mapping: plan.mapping.clone() };
        spawn_local(async move {
            // Only a convenience: the import goes on without it.
            client::put("/import-mappings", &known).send::<serde_json::Value>().await.ok();
        });
    }

    async fn read(self, plan: &Plan) -> Result<Summary, Trouble> {
        let names = match directory().get_untracked() {
            Some(names) => names,
            None => client::get("/directory").send::<Directory>().await?,
        };
        self.long(Work::Reading, &sheet::read(plan.shape, &plan.mapping, &names).to_string(), None).await
    }

    async fn compare(self, shape: Shape) -> Result<Summary, Trouble> {
        #[derive(Deserialize)]
        struct Next {
            next: Option<String>,
        }
        let code = serde_json::to_value(shape).ok().and_then(|code| code.as_str().map(str::to_owned));
        let mut cursor = None;
        loop {
            self.at(Work::Comparing, None);
            let query = [("shape", code.clone()), ("cursor", cursor)];
            let page = client::get(client::with_query("/imports/known", &query)).text().await?;
            let text = sheets::text(&sheet::known(&page), None, |_, _| {}).await?;
            cursor = serde_json::from_str::<Next>(&page).ok().and_then(|page| page.next);
            if cursor.is_none() {
                let summary = serde_json::from_str(&text);
                return summary.map_err(|_| Refusal { code: "unreadable".to_owned(), limit: None }.into());
            }
        }
    }

    /// Begins the import and sends everything.
    pub fn send(self) {
        self.run(Work::Sending, async move {
            let Some((plan, (file_name, size))) = self.plan.get_untracked().zip(self.file.get_untracked())
            else {
                return Ok(());
            };
            let Some((as_of, default_unit)) = plan.target() else { return Ok(()) };
            let load = sheets::ask::<Load>(&sheet::chunks()).await?;
            let ids = ImportId::parse(&client::fresh_key()).ok().zip(shown_name(&file_name));
            let Some((id, shown)) = ids else { return Ok(()) };
            let start = StartImport {
                id: id.clone(),
                shape: plan.shape,
                file_name: shown,
                as_of,
                default_unit,
                chunks: load.chunks,
                rows: load.rows,
            };
            let call = client::post("/imports", &start).idempotent(id.as_str());
            self.state.try_set(Some(call.send::<ImportState>().await?));
            let pending = Pending { id, file_name, size, plan, chunks: load.chunks, rows: load.rows };
            self.note(pending);
            self.effects.try_set(Effects::default());
            self.step.try_set(Step::Send);
            self.send_missing().await
        });
    }

    fn note(self, pending: Pending) {
        if let Ok(text) = serde_json::to_string(&pending) {
            storage::write(&self.key(), &text);
        }
        self.pending.try_set(Some(pending));
    }

    /// Goes on after a break, the file still being open.
    pub fn go_on(self) {
        self.run(Work::Sending, async move {
            let Some(pending) = self.pending.get_untracked() else { return Ok(()) };
            let state = client::get(format!("/imports/{}", pending.id)).send::<ImportState>().await?;
            self.state.try_set(Some(state));
            self.send_missing().await
        });
    }

    /// Goes on after a reload, the same file having been chosen again.
    async fn resume(self, pending: Pending, size: u64, opened: Opened) -> Result<(), Trouble> {
        let plan = pending.plan.clone();
        if size != pending.size || !(plan.sheet.is_empty() || opened.sheets.contains(&plan.sheet)) {
            return Err(Trouble::OtherFile);
        }
        if plan.sheet != opened.sheet {
            sheets::ask::<Opened>(&sheet::choose(&plan.sheet)).await?;
        }
        self.read(&plan).await?;
        let load = sheets::ask::<Load>(&sheet::chunks()).await?;
        if (load.chunks, load.rows) != (pending.chunks, pending.rows) {
            return Err(Trouble::OtherFile);
        }
        self.plan.try_set(Some(plan));
        self.step.try_set(Step::Send);
        self.send_missing().await
    }

    /// Sends what the Worker does not have, each chunk again and again while the fault passes.
    async fn send_missing(self) -> Result<(), Trouble> {
        let Some(state) = self.state.try_get_untracked().flatten() else { return Ok(()) };
        for index in missing(&state) {
            let body = sheets::text(&sheet::chunk(index).to_string(), None, |_, _| {}).await?;
            let mut failures = 0;
            loop {
                let done = self.state.try_get_untracked().flatten().map_or(0, |state| state.received.len());
                self.at(Work::Sending, Some(percent(done as u64, state.chunks.into())));
                let path = format!("/imports/{}/chunks/{index}", state.id);
                let call = client::put_raw(path, body.clone()).within_ms(120_000);
                match call.send::<ChunkResult>().await {
                    Ok(result) => {
                        self.written(result);
                        break;
                    }
                    Err(error) => {
                        let Some(wait) = wait_ms(failures).filter(|_| error.passes()) else {
                            return Err(error.into());
                        };
                        failures += 1;
                        self.at(Work::Waiting, None);
                        TimeoutFuture::new(wait).await;
                    }
                }
                // Signed out meanwhile: the desk is gone.
                if self.step.try_get_untracked().is_none() {
                    return Ok(());
                }
            }
        }
        let state = client::get(format!("/imports/{}", state.id)).send::<ImportState>().await?;
        let complete = state.completed_at.is_some();
        self.state.try_set(Some(state));
        if complete {
            storage::forget(&self.key());
            self.pending.try_set(None);
            self.step.try_set(Step::Done);
        }
        Ok(())
    }

    fn written(self, result: ChunkResult) {
        self.state.try_update(|state| {
            if let Some(state) = state {
                state.received.push(result.chunk);
                state.counts.new += result.counts.new;
                state.counts.updated += result.counts.updated;
                state.counts.unchanged += result.counts.unchanged;
            }
        });
        self.effects.try_update(|effects| {
            effects.customers += result.customers_added;
            effects.graded += result.graded;
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

/// The unit's id where there is only one to choose.
fn only_unit() -> String {
    directory().with_untracked(|names| {
        let mut open = names.iter().flat_map(|names| &names.units).filter(|unit| unit.active);
        match (open.next(), open.next()) {
            (Some(unit), None) => unit.id.to_string(),
            _ => String::new(),
        }
    })
}

/// A file's name as the Worker takes it: at most as long as a name may be, without what it does not allow.
fn shown_name(file_name: &str) -> Option<Name> {
    let fits = |c: &char| Name::parse(&c.to_string()).is_ok() || *c == ' ';
    let text: String = file_name.chars().filter(fits).take(Name::LIMIT).collect();
    Name::parse(&text).or_else(|_| Name::parse("ledger")).ok()
}
