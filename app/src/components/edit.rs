//! A form over something stored, saved as a whole under the version it was begun on. When another
//! person was first, both sides are shown and nothing of either is lost.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use shared::id::UserId;
use shared::problem::Code;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::button::{Button, Weight};
use super::form::{FormError, FormState};
use super::notice::{Notice, NoticeTone, RestoredNotice};
use crate::client::Answer;
use crate::contexts::drafts::Draft;
use crate::derive::edit::{Form, Touched, conflicts, overlaid, texts};
use crate::t;

/// Such a form while it is open. What is touched is kept as a draft.
pub struct Edit<F: Form> {
    /// How the last try to save went.
    pub state: FormState,
    draft: Draft<Touched>,
    /// What is stored as last heard; nothing while it is new.
    stored: RwSignal<Option<F::Of>>,
    /// What was stored when the person last saw both sides.
    begun: RwSignal<Touched>,
    /// Whether another person was first.
    raced: RwSignal<bool>,
}

impl<F: Form> Clone for Edit<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for Edit<F> {}

impl<F: Form> Edit<F> {
    /// The form of something stored, or of something new, under the name of its draft.
    #[must_use]
    pub fn new(user: &UserId, name: &str, stored: Option<F::Of>) -> Self {
        Self {
            state: FormState::new(),
            draft: Draft::of(user, name, Touched::new()),
            begun: RwSignal::new(texts(&F::of(stored.as_ref()))),
            stored: RwSignal::new(stored),
            raced: RwSignal::new(false),
        }
    }

    /// The form as stored.
    fn base(self) -> F {
        self.stored.with(|stored| F::of(stored.as_ref()))
    }

    /// The form as it stands.
    #[must_use]
    pub fn form(self) -> F {
        self.draft.value.with(|touched| overlaid(self.base(), touched))
    }

    /// The text of a field.
    #[must_use]
    pub fn text(self, field: &'static str) -> Signal<String> {
        Signal::derive(move || texts(&self.form()).remove(field).unwrap_or_default())
    }

    /// Writes into a field; what is as stored counts as not touched.
    pub fn put(self, field: &str, text: String) {
        let base = untrack(|| texts(&self.base()));
        self.draft.value.update(|touched| {
            if base.get(field) == Some(&text) {
                touched.remove(field);
            } else {
                touched.insert(field.to_owned(), text);
            }
        });
    }

    /// [`Edit::put`] for an input.
    #[must_use]
    pub fn set(self, field: &'static str) -> Callback<String> {
        Callback::new(move |text| self.put(field, text))
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn error(self, field: &'static str) -> Signal<Option<String>> {
        self.state.field(field)
    }

    /// Sends what is stored and the form as it stands to `save`. When another person was first, what
    /// that one saved is fetched, and the form shows both.
    pub fn save<R, S, T>(
        self,
        save: impl FnOnce(Option<F::Of>, F) -> S + 'static,
        fetch: impl FnOnce(F::Of) -> T + 'static,
        saved: impl FnOnce(R) + 'static,
    ) where
        S: Future<Output = Answer<R>> + 'static,
        T: Future<Output = Answer<F::Of>> + 'static,
    {
        if self.state.busy.get_untracked() {
            return;
        }
        self.state.begin();
        let (stored, form) = untrack(|| (self.stored.get(), self.form()));
        let sent = self.draft.value.get_untracked();
        if self.raced.get_untracked() {
            self.begun.set(untrack(|| texts(&self.base())));
        }
        spawn_local(async move {
            let error = match save(stored.clone(), form).await {
                Ok(answer) => {
                    self.state.end(None);
                    self.draft.saved(&sent, Touched::new());
                    return saved(answer);
                }
                Err(error) => error,
            };
            let overtaken = stored.filter(|_| error.code() == Some(Code::VersionMismatch));
            let error = match overtaken {
                None => Some(error),
                Some(stored) => match fetch(stored).await {
                    Ok(now) => {
                        self.stored.try_set(Some(now));
                        self.raced.try_set(true);
                        None
                    }
                    Err(error) => Some(error),
                },
            };
            self.state.end(error);
        });
    }
}

/// Puts a field and its text into words: what it is called, what it says.
pub type Words = Callback<(String, String), (String, String)>;

/// Above the fields: that a draft was restored, what went wrong, and the two sides of a race.
#[component]
pub fn EditNotices<F: Form>(
    edit: Edit<F>,
    /// What another person was first with.
    #[prop(into)]
    title: TextProp,
    words: Words,
    /// Saves as the button of the form does.
    on_save: Callback<()>,
) -> impl IntoView {
    let Edit { state, draft, begun, raced, .. } = edit;
    let differences = move || {
        let now = texts(&edit.base());
        let met = draft.value.with(|mine| begun.with(|begun| conflicts(begun, mine, &now, &String::new())));
        met.into_iter()
            .map(|one| {
                let (name, mine) = words.run((one.key.clone(), one.mine));
                let (_, theirs) = words.run((one.key.clone(), one.theirs));
                Difference { field: one.key, name, mine, theirs }
            })
            .collect()
    };
    let on_theirs = Callback::new(move |field: String| {
        draft.value.update(|touched| {
            touched.remove(&field);
        });
    });
    view! {
        <RestoredNotice shown=draft.restored on_discard=Callback::new(move |()| draft.discard()) />
        <FormError state />
        <Show when=move || raced.get()>
            <Race title=title.clone() differences=Signal::derive(differences) on_theirs on_mine=on_save busy=state.busy />
        </Show>
    }
}

/// A field on which two people differ, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// What it is called.
    pub name: String,
    /// What this person filled in.
    pub mine: String,
    /// What the other person saved.
    pub theirs: String,
}

/// Another person was first: mine and theirs side by side, field by field.
#[component]
pub fn Race(
    /// What the other person was first with.
    #[prop(into)]
    title: TextProp,
    #[prop(into)] differences: Signal<Vec<Difference>>,
    /// Takes what the other person saved in a field.
    on_theirs: Callback<String>,
    /// Saves what is mine over it.
    on_mine: Callback<()>,
    #[prop(into)] busy: Signal<bool>,
) -> impl IntoView {
    let said = |text: String| if text.is_empty() { "—".to_owned() } else { text };
    let rows = move || {
        let row = |one: Difference| {
            let field = one.field;
            let take = Callback::new(move |()| on_theirs.run(field.clone()));
            view! {
                <tr>
                    <th scope="row">{one.name}</th>
                    <td>{said(one.mine)}</td>
                    <td>{said(one.theirs)}</td>
                    <td>
                        <Button label=t!(race.take_theirs) weight=Weight::Quiet small=true on_press=take />
                    </td>
                </tr>
            }
        };
        differences.get().into_iter().map(row).collect_view()
    };
    let clear = Memo::new(move |_| differences.with(Vec::is_empty));
    // It stands above the fields, and the button that brought it below them.
    let node = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(node) = node.get() {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            node.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
    view! {
        <div node_ref=node>
            <Notice tone=NoticeTone::Warning title>
                <div class="fj-stack fj-stack--tight">
                    <p>{move || if clear.get() { t!(race.elsewhere)() } else { t!(race.text)() }}</p>
                    <Show when=move || !clear.get()>
                        <table class="fj-compare">
                            <thead>
                                <tr>
                                    <th scope="col">{t!(race.field)}</th>
                                    <th scope="col">{t!(race.mine)}</th>
                                    <th scope="col">{t!(race.theirs)}</th>
                                    <th scope="col">
                                        <span class="fj-visually-hidden">{t!(common.actions)}</span>
                                    </th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </Show>
                    <div class="fj-cluster">
                        <Button label=t!(race.keep_mine) busy on_press=on_mine />
                    </div>
                </div>
            </Notice>
        </div>
    }
}
