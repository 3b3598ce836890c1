//! Importing a ledger: choose a file, say what its columns hold, see what it would do, send it.

mod check;
mod columns;
mod desk;
mod done;
mod file;
mod history;
mod questions;
mod rows;
mod send;
mod target;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::permission::Action;

pub use self::desk::Desk;
use self::desk::Trouble;
use crate::components::button::{Button, Weight};
use crate::components::guarded::Guarded;
use crate::components::notice::{Notice, NoticeTone};
use crate::components::page_header::PageHeader;
use crate::components::progress::Progress;
use crate::derive::import::{Step, refusal_text};
use crate::derive::problem::explain;
use crate::{say, t};

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    view! {
        <Guarded action=Action::Import title=t!(import.title)>
            <Steps />
        </Guarded>
    }
}

/// The steps of an import.
#[component]
fn Steps() -> impl IntoView {
    let desk = expect_context::<Desk>();
    spawn_local(desk.find_pending());
    let anew = Callback::new(move |()| desk.begin_anew());
    let past_start = move || !matches!(desk.step.get(), Step::File | Step::Done);
    view! {
        <div class="fj-page">
            <PageHeader title=t!(import.title) meta=move || desk.file_name().unwrap_or_default()>
                <Show when=past_start>
                    <Button label=t!(import.anew) weight=Weight::Quiet on_press=anew />
                </Show>
            </PageHeader>
            <Stepper now=desk.step />
            <TroubleNotice trouble=desk.trouble />
            {move || match desk.step.get() {
                Step::File => view! { <file::FilePanel desk /> }.into_any(),
                Step::Columns => view! { <columns::ColumnsPanel desk /> }.into_any(),
                Step::Check => view! { <check::CheckPanel desk /> }.into_any(),
                Step::Send => view! { <send::SendPanel desk /> }.into_any(),
                Step::Done => view! { <done::DonePanel desk /> }.into_any(),
            }}
        </div>
    }
}

/// Where one is.
#[component]
fn Stepper(now: RwSignal<Step>) -> impl IntoView {
    let steps = Step::ALL.into_iter().map(|step| {
        view! {
            <li
                class="fj-stepper__step"
                class:fj-stepper__step--done=move || { now.get() > step }
                aria-current=move || (now.get() == step).then_some("step")
            >
                <span class="fj-stepper__label">{move || step.name()}</span>
            </li>
        }
    });
    view! {
        <ol class="fj-stepper" aria-label=t!(import.steps)>
            {steps.collect_view()}
        </ol>
    }
}

/// What went wrong last.
#[component]
fn TroubleNotice(trouble: RwSignal<Option<Trouble>>) -> impl IntoView {
    move || {
        trouble.get().map(|trouble| {
            let wrong = match &trouble {
                Trouble::Api(error) => error.fields().to_vec(),
                Trouble::Refused(_) | Trouble::OtherFile => Vec::new(),
            };
            let wrong = wrong.into_iter().take(5).map(|one| view! { <p>{one.field} ": " {one.expected}</p> });
            let title = move || match &trouble {
                Trouble::Refused(refusal) => refusal_text(refusal),
                Trouble::Api(error) => explain(error),
                Trouble::OtherFile => say!(import.other_file).to_owned(),
            };
            view! { <Notice tone=NoticeTone::Error title>{wrong.collect_view()}</Notice> }
        })
    }
}

/// What is going on, while something is.
#[component]
fn Working(desk: Desk) -> impl IntoView {
    let percent = Signal::derive(move || desk.work.get().and_then(|(_, percent)| percent));
    let label = move || desk.work.get().map(|(work, _)| work.name()).unwrap_or_default();
    view! {
        <Show when=move || desk.work.with(Option::is_some)>
            <p class="fj-progress-label">
                <span role="status">{label}</span>
                <span class="fj-num">{move || percent.get().map(|percent| format!("{percent} %"))}</span>
            </p>
            <Progress label percent />
        </Show>
    }
}
