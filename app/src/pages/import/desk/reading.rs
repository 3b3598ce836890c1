//! From a file to what importing it would do: opened, laid out, read, compared with what is stored.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use shared::dto::import::RememberedMapping;
use shared::dto::unit::Directory;
use shared::json;
use shared::ledger::{Shape, Summary};
use web_sys::File;

use super::{Desk, Trouble, Work};
use crate::contexts::directory::directory;
use crate::derive::import::{Plan, Step};
use crate::derive::sheet::{self, Open, Opened, Refusal};
use crate::{client, sheets};

impl Desk {
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

    pub(super) async fn read(self, plan: &Plan) -> Result<Summary, Trouble> {
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
            cursor = json::read::<Next>(&page).ok().and_then(|page| page.next);
            if cursor.is_none() {
                let summary = json::read(&text);
                return summary.map_err(|_| Refusal { code: "unreadable".to_owned(), limit: None }.into());
            }
        }
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
