//! What the form says of itself: what it comes to, and what became of the last try to save.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::dto::figures::{Agreement, YearView};
use shared::grading::{Assessment, Input};
use shared::id::Key;

use crate::client::ApiError;
use crate::components::button::Submit;
use crate::components::customer::grade_stamp::GradeStamp;
use crate::components::customer::score::delta;
use crate::components::icon::{Icon, IconSize};
use crate::components::notice::{Notice, NoticeTone};
use crate::components::stamp::StampSize;
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::customer_form::Fault;
use crate::derive::problem::{explain, explain_field};
use crate::derive::{format, sentences};
use crate::{say, t};

/// What differs from what is stored, and what cannot be taken.
pub type Changes = (BTreeMap<Key, Input>, BTreeMap<Key, Fault>);

/// What became of the last try to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// None yet.
    Open,
    /// Saved, and how it compared.
    Saved(Agreement),
    /// Somebody else saved since.
    Overtaken,
    /// Not saved.
    Failed(ApiError),
}

/// Whether what is shown is stored, previewed, or stored and confirmed.
#[component]
pub fn Mark(changes: Memo<Changes>, outcome: RwSignal<Outcome>) -> impl IntoView {
    move || {
        let changed = changes.with(|(changed, wrong)| changed.len() + wrong.len());
        let mark = |class: &'static str, icon: &'static str, text: String| {
            view! {
                <p class=class role="status">
                    <Icon name=icon size=IconSize::Small />
                    {text}
                </p>
            }
        };
        match outcome.get() {
            _ if changed > 0 => Some(mark(
                "fj-mark fj-mark--local",
                "pencil",
                format!("{} · {}", say!(figures.preview), say!(figures.changed_count, changed)),
            )),
            Outcome::Saved(Agreement::Confirmed) => {
                Some(mark("fj-mark fj-mark--confirmed", "check", say!(figures.confirmed).to_owned()))
            }
            Outcome::Saved(Agreement::Differs) => {
                Some(mark("fj-mark fj-mark--differs", "alert", say!(figures.differs).to_owned()))
            }
            Outcome::Saved(Agreement::Unchecked) => {
                Some(mark("fj-mark fj-mark--pending", "clock", say!(figures.unchecked).to_owned()))
            }
            Outcome::Open | Outcome::Overtaken | Outcome::Failed(_) => None,
        }
    }
}

/// It was saved, and how it compared.
pub fn agreed(agreement: Agreement) -> impl IntoView {
    match agreement {
        Agreement::Confirmed => view! {
            <Notice tone=NoticeTone::Success title=t!(figures.saved)>
                <p>{t!(figures.confirmed)}</p>
            </Notice>
        }
        .into_any(),
        Agreement::Differs => view! {
            <Notice tone=NoticeTone::Error title=t!(figures.saved)>
                <p>{t!(figures.differs)}</p>
            </Notice>
        }
        .into_any(),
        Agreement::Unchecked => {
            view! { <Notice tone=NoticeTone::Success title=t!(figures.unchecked) /> }.into_any()
        }
    }
}

/// Why it was not saved; what was filled in is still there.
pub fn failed(policy: &Published, error: ApiError) -> impl IntoView {
    let offline = error == ApiError::Offline;
    let fields: Vec<String> = error
        .fields()
        .iter()
        .map(|wrong| {
            let key = wrong.field.strip_prefix("values.").and_then(|key| Key::parse(key).ok());
            let name = key
                .map_or_else(|| wrong.field.clone(), |key| sentences::name_of(lang(), &policy.policy, &key));
            format!("{name}：{}", explain_field(wrong))
        })
        .collect();
    view! {
        <Notice tone=NoticeTone::Error title=t!(figures.not_saved)>
            <p>{move || if offline { say!(figures.offline).to_owned() } else { explain(&error) }}</p>
            {fields.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </Notice>
    }
}

/// What the form comes to, and the button that saves it.
#[component]
pub fn Foot(
    policy: Published,
    view: Memo<Option<YearView>>,
    preview: Memo<Assessment>,
    changes: Memo<Changes>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let before = Memo::new(move |_| {
        view.with(|view| view.as_ref().map_or((None, false), |view| (view.tier.clone(), view.provisional)))
    });
    let graded = Memo::new(move |_| preview.with(|all| (all.tier.clone(), all.provisional)));
    let moved = move || {
        let before = view.with(|view| view.as_ref().and_then(|view| view.score))?;
        let gained = preview.with(|all| all.score).minus(before);
        (gained.get() != 0).then(|| delta(gained))
    };
    let idle = Signal::derive(move || {
        changes
            .with(|(changed, wrong)| !wrong.is_empty() || (changed.is_empty() && view.with(Option::is_some)))
    });
    let text = move || {
        changes.with(|(changed, wrong)| match (changed.len(), wrong.len()) {
            (_, wrong) if wrong > 0 => say!(figures.wrong, wrong),
            (0, _) => say!(figures.nothing).to_owned(),
            (changed, _) => say!(figures.changed_count, changed),
        })
    };
    view! {
        <output class="fj-outcome fj-outcome--same" aria-live="polite">
            <GradeStamp size=StampSize::S graded=before policy=policy.clone() />
            <Icon name="arrow-right" />
            <GradeStamp size=StampSize::M graded policy />
            <span class="fj-outcome__figure">{move || preview.with(|all| format::points(all.score))} " " {moved}</span>
            <span class="fj-outcome__actions">
                <Submit label=t!(figures.save) busy disabled=idle />
            </span>
            <span class="fj-outcome__text">{text}</span>
        </output>
    }
}
