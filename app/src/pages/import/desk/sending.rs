//! From rows that were checked to rows that are written: chunk by chunk, resumed after any break.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use shared::dto::import::{ChunkResult, ImportState, StartImport};
use shared::id::{ImportId, Name};
use shared::json;

use super::{Desk, Trouble, Work};
use crate::client::{self, ApiError};
use crate::contexts::storage::{self, Store};
use crate::derive::import::{Pending, Step, missing, percent, wait_ms};
use crate::derive::sheet::{self, Load, Opened};
use crate::sheets;

impl Desk {
    /// Looks for an import of this person that was not finished.
    pub async fn find_pending(self) {
        if self.step.try_get_untracked() != Some(Step::File) || self.pending.with_untracked(Option::is_some) {
            return;
        }
        let key = self.key();
        let Some(found) =
            storage::read(Store::Browser, &key).and_then(|text| json::read::<Pending>(&text).ok())
        else {
            return;
        };
        match client::get(format!("/imports/{}", found.id)).send::<ImportState>().await {
            Ok(state) if state.completed_at.is_none() => {
                self.state.try_set(Some(state));
                self.pending.try_set(Some(found));
            }
            // Finished, or never begun: nothing to go on with.
            Ok(_) | Err(ApiError::Problem(_)) => storage::forget(Store::Browser, &key),
            Err(_) => {}
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
            self.step.try_set(Step::Send);
            self.send_missing().await
        });
    }

    fn note(self, pending: Pending) {
        if let Ok(text) = serde_json::to_string(&pending) {
            storage::write(Store::Browser, &self.key(), &text);
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
    pub(super) async fn resume(self, pending: Pending, size: u64, opened: Opened) -> Result<(), Trouble> {
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
                        self.state.try_update(|state| state.as_mut().map(|state| state.receive(&result)));
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
            storage::forget(Store::Browser, &self.key());
            self.pending.try_set(None);
            self.step.try_set(Step::Done);
        }
        Ok(())
    }
}

/// A file's name as the Worker takes it: at most as long as a name may be, without what it does not allow.
fn shown_name(file_name: &str) -> Option<Name> {
    let fits = |c: &char| Name::parse(&c.to_string()).is_ok() || *c == ' ';
    let text: String = file_name.chars().filter(fits).take(Name::LIMIT).collect();
    Name::parse(&text).or_else(|_| Name::parse("ledger")).ok()
}
