//! The form on the table: as the Worker has it, with what is typed over it, graded as it is typed, saved by
//! itself after a pause, and kept on this device until it is.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::figures::Agreement;
use shared::dto::review::{FillForm, FormView, MoveForm, MovedForm};
use shared::grading::{Assessment, Inputs, grade};
use shared::id::{Key, Name, StandInId};
use shared::problem::Code;
use shared::review::{Step, Writing};

use crate::client::{self, Answer, ApiError, Call};
use crate::contexts::drafts::Draft;
use crate::contexts::network;
use crate::contexts::policies::Published;
use crate::contexts::session::use_session;
use crate::derive::customer_form::Typed;
use crate::derive::review_form::{Clash, Reading, Stored, Written, asked, inputs, writing};
use crate::derive::review_step::{Offer, filling, offers};
use crate::derive::what_if::{Control, controls};

/// How long nothing is typed before it is saved.
const PAUSE_MS: u32 = 1_500;
/// How long after a failure that may pass it is tried again.
const RETRY_MS: u32 = 15_000;

/// What can be done with the fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// They are read.
    Read,
    /// They are filled in, for oneself or in another's place, and saved by themselves.
    Fill(Option<(StandInId, Name)>),
    /// They are amended at the meeting, and handed in with a reason.
    Amend(Offer),
}

/// What became of the last try to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saving {
    /// None yet.
    Open,
    /// Under way.
    Busy,
    /// Saved, and how it compared.
    Saved(Agreement),
    /// Not saved.
    Failed(ApiError),
}

/// The form on the table.
#[derive(Clone, Copy)]
pub struct Desk {
    /// As the Worker has it.
    pub view: RwSignal<FormView>,
    /// The policy of the cycle.
    pub policy: StoredValue<Published>,
    /// The inputs to be filled in.
    pub controls: StoredValue<Vec<Control>>,
    /// What is typed.
    pub draft: Draft<Written>,
    /// What is stored, as the fields show it.
    pub stored: Memo<Stored>,
    /// What is typed, read.
    pub reading: Memo<Reading>,
    /// Where it meets what another person saved.
    pub clashes: Memo<Vec<Clash>>,
    /// What the form is to say.
    pub writing: Memo<Writing>,
    /// What would be graded of that.
    pub inputs: Memo<Inputs>,
    /// The grade of that.
    pub preview: Memo<Assessment>,
    /// What can be done with the fields.
    pub mode: Memo<Mode>,
    /// What became of the last try to save.
    pub saving: RwSignal<Saving>,
    /// Whether another person saved while something was typed here.
    pub overtaken: RwSignal<bool>,
    /// The step whose dialog is open.
    pub taking: RwSignal<Option<Offer>>,
    /// The amendment that is being written.
    pub amending: RwSignal<Option<Offer>>,
    pause: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Desk {
    /// Lays a form on the table. Call it while building the view.
    #[must_use]
    pub fn new(view: FormView, policy: Published) -> Self {
        let session = use_session();
        let by = session.name.clone();
        let name = format!("review.{}.{}", view.form.cycle, view.form.customer);
        let cohort = view.cohort.clone().unwrap_or_default();
        let of_policy = controls(&policy.policy, &cohort, &view.inputs);
        let controls = StoredValue::new(asked(of_policy));
        let draft = Draft::of(&session.user, &name, Written::default());
        let view = RwSignal::new(view);
        let stored = Memo::new(move |_| view.with(Stored::of));
        // What the Worker took before this page was left is no entry any more.
        draft.value.update_untracked(|written| {
            controls.with_value(|controls| written.settle(controls, &stored.get_untracked(), None));
        });
        draft.restored.update(|restored| {
            *restored &= draft.value.with_untracked(|written| *written != Written::default());
        });
        let reading = Memo::new(move |_| {
            draft.value.with(|written| {
                stored.with(|stored| controls.with_value(|controls| written.read(controls, stored)))
            })
        });
        let clashes = Memo::new(move |_| {
            draft.value.with(|written| {
                reading.with(|reading| stored.with(|stored| written.clashes(reading, stored)))
            })
        });
        let amending = RwSignal::new(None::<Offer>);
        let mode = Memo::new(move |_| {
            view.with(|view| match (filling(view), amending.get()) {
                (Some(acting), _) => Mode::Fill(acting),
                (None, Some(offer)) if offers(view).contains(&offer) => Mode::Amend(offer),
                (None, _) => Mode::Read,
            })
        });
        let writing = Memo::new(move |_| view.with(|view| reading.with(|reading| writing(view, reading))));
        let grades = policy.clone();
        let inputs = Memo::new(move |_| {
            // What cannot be saved is not graded: whoever only reads sees what is stored.
            let reads = mode.with(|mode| *mode == Mode::Read);
            view.with(|view| {
                if reads {
                    view.inputs.clone()
                } else {
                    writing.with(|writing| inputs(view, writing, &grades.policy, &by))
                }
            })
        });
        let grades = policy.clone();
        let preview = Memo::new(move |_| {
            if mode.with(|mode| *mode == Mode::Read) {
                return view.with(|view| view.assessment.clone());
            }
            let cohort = view.with(|view| view.cohort.clone().unwrap_or_default());
            inputs.with(|inputs| grade(&grades.policy, &cohort, inputs))
        });
        let desk = Self {
            view,
            policy: StoredValue::new(policy),
            controls,
            draft,
            stored,
            reading,
            clashes,
            writing,
            inputs,
            preview,
            mode,
            saving: RwSignal::new(Saving::Open),
            overtaken: RwSignal::new(false),
            taking: RwSignal::new(None),
            amending,
            pause: StoredValue::new_local(None),
        };
        desk.watch();
        desk
    }

    /// Saves after a pause, again and again while there is no network, and when the page is left.
    fn watch(self) {
        let offline = network::offline();
        Effect::new(move || {
            let due = self.due();
            // The browser knows when its own network is back, not when a server is that did not answer.
            let wait_ms = if offline.get() { RETRY_MS } else { PAUSE_MS };
            // Every change of what is typed or stored begins the pause anew.
            self.writing.track();
            self.view.track();
            self.pause.try_set_value(due.then(|| Timeout::new(wait_ms, move || self.save_now())));
        });
        on_cleanup(move || {
            self.pause.try_set_value(None);
            if let Some(call) = untrack(|| self.due().then(|| self.call())).flatten() {
                spawn_local(async move {
                    // Without an answer the draft stays on this device.
                    call.send::<MovedForm>().await.ok();
                });
            }
        });
    }

    /// Whether there is something to save that can be saved.
    fn due(self) -> bool {
        let fills = self.mode.with(|mode| matches!(mode, Mode::Fill(_)));
        fills
            && self.reading.with(|reading| reading.changes() > 0 && reading.faults() == 0)
            && self.clashes.with(Vec::is_empty)
    }

    /// Whether something is typed that the Worker does not have.
    #[must_use]
    pub fn unsaved(self) -> bool {
        let fills = self.mode.with(|mode| matches!(mode, Mode::Fill(_)));
        fills && self.reading.with(|reading| reading.changes() + reading.faults() > 0)
    }

    fn call(self) -> Option<Call> {
        let Mode::Fill(acting) = self.mode.get_untracked() else { return None };
        let body = FillForm {
            content: self.writing.get_untracked(),
            preview: Some(self.preview.with_untracked(Assessment::to_json)),
            stand_in: acting.map(|(stand_in, _)| stand_in),
        };
        let (path, version) = self.view.with_untracked(|view| (path(view), view.version));
        Some(client::put(path, &body).if_match(version))
    }

    /// Saves what is typed, in the background.
    pub fn save_now(self) {
        spawn_local(async move {
            self.save().await;
        });
    }

    /// Saves what is typed; whether nothing is left to be saved.
    pub async fn save(self) -> bool {
        if self.saving.try_get_untracked().is_none_or(|saving| saving == Saving::Busy) {
            return false;
        }
        if !untrack(|| self.unsaved()) {
            return true;
        }
        let Some(call) = untrack(|| self.due().then(|| self.call())).flatten() else { return false };
        self.saving.set(Saving::Busy);
        match call.send::<MovedForm>().await {
            Ok(moved) => {
                self.saving.try_set(Saving::Saved(moved.agreement));
                self.overtaken.try_set(false);
                self.take(moved.form);
                self.draft.restored.try_set(false);
                self.mode.try_get_untracked().is_some() && !untrack(|| self.unsaved())
            }
            Err(error) => {
                self.refused(error).await;
                false
            }
        }
    }

    /// It was not saved. Where the form has moved on, it is shown as it is now; what is typed stays.
    async fn refused(self, error: ApiError) {
        let moved_on = matches!(
            error.code(),
            Some(Code::VersionMismatch | Code::Conflict | Code::Forbidden | Code::NotFound)
        );
        let raced = error.code() == Some(Code::VersionMismatch);
        let fresh = if moved_on { self.fetch().await } else { Err(error.clone()) };
        match fresh {
            // What the other person left alone is saved with the next try, by itself.
            Ok(()) if raced => {
                self.saving.try_set(Saving::Open);
                self.overtaken.try_set(true);
            }
            Ok(()) | Err(_) => {
                if error.passes() {
                    self.retry();
                }
                self.saving.try_set(Saving::Failed(error));
            }
        }
    }

    fn retry(self) {
        self.pause.try_set_value(Some(Timeout::new(RETRY_MS, move || self.save_now())));
    }

    /// Fetches the form as it is now.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn fetch(self) -> Answer<()> {
        let Some(path) = self.view.try_with_untracked(path) else { return Ok(()) };
        let fresh = client::get(path).send::<FormView>().await?;
        self.take(fresh);
        Ok(())
    }

    /// Takes a step.
    ///
    /// # Errors
    /// [`ApiError`]; the form is as it was.
    pub async fn go(self, body: MoveForm) -> Answer<()> {
        let (path, version) = self.view.with_untracked(|view| (path(view), view.version));
        let call = client::post(format!("{path}/moves"), &body).if_match(version);
        let moved = call.send::<MovedForm>().await?;
        if body.wanted.step() == Step::Amend {
            self.amending.try_set(None);
            self.draft.discard();
        }
        self.saving.try_set(Saving::Open);
        self.take(moved.form);
        Ok(())
    }

    /// The Worker's form is this one now.
    fn take(self, fresh: FormView) {
        if self.view.try_set(fresh).is_some() {
            return;
        }
        self.settle(focused().as_deref());
    }

    /// Lets go of what is as stored, but for the field that is being typed into.
    pub fn settle(self, focused: Option<&str>) {
        let Some(stored) = self.stored.try_get_untracked() else { return };
        self.controls.with_value(|controls| {
            let mut written = self.draft.value.get_untracked();
            written.settle(controls, &stored, focused);
            if self.draft.value.with_untracked(|now| *now != written) {
                self.draft.value.set(written);
            }
        });
    }

    /// Opens the dialog of a step, once what is typed is saved; to amend opens the fields first.
    pub fn begin(self, offer: Offer, unsaved: Callback<()>) {
        if offer.step == Step::Amend && self.amending.with_untracked(Option::is_none) {
            self.draft.discard();
            self.amending.set(Some(offer));
            return;
        }
        spawn_local(async move {
            if self.save().await {
                self.taking.try_set(Some(offer));
            } else {
                unsaved.try_run(());
            }
        });
    }

    /// Leaves the form as it stands at the meeting.
    pub fn stop_amending(self) {
        self.draft.discard();
        self.amending.set(None);
    }

    /// Fills an input in.
    pub fn put(self, (key, entry): (Key, Option<Typed>)) {
        let stored = self.stored.get_untracked();
        self.draft.value.update(|written| written.put(key, entry, &stored));
    }

    /// Writes a text.
    pub fn write(self, field: &str, text: String) {
        let stored = self.stored.get_untracked();
        self.draft.value.update(|written| written.write(field, text, &stored));
    }

    /// The text of a field.
    #[must_use]
    pub fn text(self, field: &'static str) -> Signal<String> {
        Signal::derive(move || {
            self.stored.with(|stored| self.draft.value.with(|written| written.text(field, stored).to_owned()))
        })
    }
}

fn path(view: &FormView) -> String {
    format!("/reviews/{}/forms/{}", view.form.cycle, view.form.customer)
}

/// The field that has the focus, by its name.
fn focused() -> Option<String> {
    let name = document().active_element()?.get_attribute("name")?;
    Some(name.strip_prefix("f-").map_or_else(|| name.clone(), str::to_owned))
}
