//! The bar over the editor: undo and redo, what is saved, and what comes next. The keyboard does the same.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::dto::draft::{Draft as Stored, NewDraft, SaveDraft};
use shared::grading::Policy;
use shared::id::{DraftId, PolicyId};
use shared::problem::Code;

use super::exchange::Exchange;
use crate::client::{self, ApiError};
use crate::components::button::{Button, Weight};
use crate::components::icon::{Icon, IconSize};
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::policies::Published;
use crate::contexts::toasts;
use crate::derive::format::moment;
use crate::derive::problem::explain;
use crate::pages::studio::publish::PublishDialog;
use crate::pages::studio::store::Studio;
use crate::{say, t};

/// Saving a draft: under way, failed, or met by what another person saved.
#[derive(Clone, Copy)]
pub struct Saving {
    /// The draft on the table.
    pub studio: Studio,
    id: StoredValue<DraftId>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
    /// Whether the draft is no more: published or deleted by another person.
    gone: RwSignal<bool>,
    /// What the Worker has, when another person has saved since this sheet was opened.
    pub theirs: RwSignal<Option<Stored>>,
    /// When it was last saved, and by whom.
    last: RwSignal<String>,
}

fn last(stored: &Stored) -> String {
    format!("{} {}", moment(stored.updated_at), stored.updated_by)
}

impl Saving {
    /// Nothing under way.
    #[must_use]
    pub fn new(studio: Studio, stored: &Stored) -> Self {
        Self {
            studio,
            id: StoredValue::new(stored.id.clone()),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            gone: RwSignal::new(false),
            theirs: RwSignal::new(None),
            last: RwSignal::new(last(stored)),
        }
    }

    /// A sheet of a former visit meets what has been saved since.
    pub fn meet(self, stored: &Stored) {
        let sheet = self.studio.sheet;
        let (version, untouched, same) = sheet.value.with_untracked(|sheet| {
            (sheet.version, sheet.policy == sheet.base, sheet.policy == stored.policy)
        });
        if version == stored.version {
            return;
        }
        if untouched || same {
            self.adopt(stored);
        } else {
            self.theirs.set(Some(stored.clone()));
        }
    }

    /// Takes what the Worker has, as a step that can be taken back.
    pub fn adopt(self, stored: &Stored) {
        self.studio.saved(stored);
        self.studio.rearrange("", |policy| *policy = stored.policy.clone());
        self.studio.sheet.restored.set(false);
        self.last.set(last(stored));
        self.theirs.set(None);
    }

    /// Sends the draft, to take the place of what the person has seen.
    pub fn save(self) {
        let version = self.studio.sheet.value.with_untracked(|sheet| sheet.version);
        self.send(version, |_| {});
    }

    /// Saves what is not saved, and then goes on.
    pub fn then(self, go_on: impl FnOnce() + 'static) {
        if self.unsaved_now() {
            let version = self.studio.sheet.value.with_untracked(|sheet| sheet.version);
            self.send(version, |saved| {
                if saved {
                    go_on();
                }
            });
        } else {
            go_on();
        }
    }

    /// Sends the draft in place of what another person saved, which was shown.
    pub fn overrule(self, theirs: &Stored) {
        self.theirs.set(None);
        self.send(theirs.version, |_| {});
    }

    fn send(self, version: i64, after: impl FnOnce(bool) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        if !self.studio.unread.with_untracked(std::collections::BTreeMap::is_empty) {
            toasts::error(say!(studio.bar.unread).to_owned());
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let body = SaveDraft::<Policy> { policy: self.studio.now() };
        let path = format!("/policy-drafts/{}", self.id.get_value());
        spawn_local(async move {
            let answer = client::put(&path, &body).if_match(version).send::<Stored>().await;
            let saved = answer.is_ok();
            match answer {
                Ok(stored) => {
                    self.studio.saved(&stored);
                    self.last.try_set(last(&stored));
                    toasts::success(say!(common.saved));
                }
                Err(error) if error.code() == Some(Code::VersionMismatch) => {
                    match client::get(&path).send::<Stored>().await {
                        Ok(theirs) => self.theirs.try_set(Some(theirs)).map_or((), |_| ()),
                        Err(error) => self.error.try_set(Some(error)).map_or((), |_| ()),
                    }
                }
                Err(error) if error.code() == Some(Code::NotFound) => {
                    self.gone.try_set(true);
                }
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
            self.busy.try_set(false);
            after(saved);
        });
    }

    /// What is on the table becomes a draft of its own, in place of the one that is gone.
    fn begin_anew(self, based_on: PolicyId, open: impl FnOnce(&str) + 'static) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let body = NewDraft { based_on, policy: Some(self.studio.now()) };
        spawn_local(async move {
            let call = client::post("/policy-drafts", &body).idempotent(&client::fresh_key());
            match call.send::<Stored>().await {
                Ok(stored) => {
                    self.studio.sheet.discard();
                    open(&format!("/policy/drafts/{}", stored.id));
                }
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
            self.busy.try_set(false);
        });
    }

    /// Whether the table differs from what is saved.
    #[must_use]
    pub fn unsaved(self) -> Memo<bool> {
        let sheet = self.studio.sheet;
        Memo::new(move |_| sheet.value.with(|sheet| sheet.policy != sheet.base))
    }

    fn unsaved_now(self) -> bool {
        self.studio.sheet.value.with_untracked(|sheet| sheet.policy != sheet.base)
    }

    /// The address of a page of this draft.
    #[must_use]
    pub fn address(self, page: &str) -> String {
        format!("/policy/drafts/{}{page}", self.id.get_value())
    }

    /// Ctrl or ⌘ with Z, Shift+Z or Y, and S.
    pub fn keys(self) {
        let listener = window_event_listener(ev::keydown, move |event| {
            if !(event.ctrl_key() || event.meta_key()) || event.alt_key() {
                return;
            }
            match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
                ("z", false) => self.studio.undo(),
                ("z", true) | ("y", false) => self.studio.redo(),
                ("s", false) => self.save(),
                _ => return,
            }
            event.prevent_default();
        });
        on_cleanup(move || listener.remove());
    }
}

/// The bar.
#[component]
pub fn Bar(saving: Saving, stored: Stored, current: Published) -> impl IntoView {
    let studio = saving.studio;
    let unsaved = saving.unsaved();
    let exchange = RwSignal::new(false);
    let based_on = stored.based_on.clone();
    let state = move || {
        if unsaved.get() {
            view! {
                <span class="fj-mark fj-mark--local">
                    <Icon name="pencil" size=IconSize::Small />
                    {t!(studio.bar.unsaved)}
                </span>
            }
            .into_any()
        } else {
            view! {
                <span class="fj-mark fj-mark--confirmed">
                    <Icon name="check" size=IconSize::Small />
                    {move || say!(studio.bar.saved, saving.last.get())}
                </span>
            }
            .into_any()
        }
    };
    let wrong = move || {
        let count = studio.count();
        if count == 0 {
            view! { <span class="fj-badge fj-badge--success">{t!(studio.bar.sound)}</span> }.into_any()
        } else {
            view! {
                <a class="fj-badge fj-badge--warning" href="#problems" rel="external">
                    {say!(studio.drafts.mistakes, count)}
                </a>
            }
            .into_any()
        }
    };
    let step = move |label: fn(shared::ledger::Lang) -> &'static str, icon, key: &'static str, back: bool| {
        let able = move || {
            let (undo, redo) = studio.steps();
            if back { undo } else { redo }
        };
        view! {
            <button
                type="button"
                class="fj-icon-button"
                aria-label=move || label(crate::contexts::i18n::lang())
                aria-keyshortcuts=key
                title=move || label(crate::contexts::i18n::lang())
                disabled=move || !able()
                on:click=move |_| if back { studio.undo() } else { studio.redo() }
            >
                <Icon name=icon />
            </button>
        }
    };
    view! {
        <div class="fj-toolbar fj-no-print" role="group" aria-label=t!(studio.bar.label)>
            {step(crate::texts::studio::bar::undo, "undo", "Control+Z", true)}
            {step(crate::texts::studio::bar::redo, "redo", "Control+Shift+Z", false)}
            <span class="fj-toolbar__state" role="status">
                {state}
            </span>
            {wrong}
            <span class="fj-toolbar__actions">
                <Button
                    label=t!(studio.bar.exchange)
                    weight=Weight::Quiet
                    small=true
                    on_press=Callback::new(move |()| exchange.set(true))
                />
                <Button
                    label=t!(common.save)
                    small=true
                    busy=saving.busy
                    disabled=Signal::derive(move || !unsaved.get())
                    on_press=Callback::new(move |()| saving.save())
                />
                <Next saving stored current />
            </span>
        </div>
        {move || {
            saving
                .error
                .get()
                .map(|error| view! { <Notice tone=NoticeTone::Error title=move || explain(&error) /> })
        }}
        <Gone saving based_on />
        <Show when=move || exchange.get()>
            <Exchange studio on_close=Callback::new(move |()| exchange.set(false)) />
        </Show>
    }
}

/// Another person published or deleted the draft: what was written goes into a new one.
#[component]
fn Gone(saving: Saving, based_on: PolicyId) -> impl IntoView {
    let navigate = use_navigate();
    let keep = Callback::new(move |()| {
        let navigate = navigate.clone();
        saving.begin_anew(based_on.clone(), move |to| navigate(to, NavigateOptions::default()));
    });
    view! {
        <Show when=move || saving.gone.get()>
            <Notice
                tone=NoticeTone::Warning
                title=t!(studio.bar.gone)
                actions=ViewFnOnce::from(move || {
                    view! { <Button label=t!(studio.bar.save_as_new) small=true busy=saving.busy on_press=keep /> }
                })
            />
        </Show>
    }
}

/// What comes after writing: the rehearsal and the publication, of what is saved.
#[component]
fn Next(saving: Saving, stored: Stored, current: Published) -> impl IntoView {
    let publishing = RwSignal::new(false);
    let navigate = use_navigate();
    let rehearse = Callback::new(move |()| {
        let (navigate, to) = (navigate.clone(), saving.address("/rehearsal"));
        saving.then(move || navigate(&to, NavigateOptions::default()));
    });
    view! {
        <Button label=t!(studio.bar.rehearse) icon="chart" small=true on_press=rehearse />
        <Button
            label=t!(studio.bar.publish)
            weight=Weight::Primary
            small=true
            on_press=Callback::new(move |()| saving.then(move || publishing.set(true)))
        />
        <Show when=move || publishing.get()>
            <PublishDialog
                studio=saving.studio
                stored=stored.clone()
                current=current.clone()
                on_close=Callback::new(move |()| publishing.set(false))
            />
        </Show>
    }
}
