//! What was done to the form, newest first, as sentences.

use leptos::prelude::*;
use shared::dto::review::TrailRow;
use shared::grading::Assessment;
use shared::review::Step;

use super::desk::Desk;
use crate::components::customer::grade_words;
use crate::components::customer::indicators::Indicators;
use crate::components::icon::Icon;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::derive::format;
use crate::derive::look::Look;
use crate::derive::review_trail::{changes, sentence, stamped};
use crate::derive::review_words::stage;
use crate::derive::words::role_name;
use crate::{say, t};

/// The trail over all rounds.
#[component]
pub fn TrailPanel(desk: Desk) -> impl IntoView {
    let trail = Memo::new(move |_| desk.view.with(|view| view.trail.clone()));
    let items = move || {
        let rows = trail.get();
        if rows.is_empty() {
            return view! { <p class="fj-muted">{t!(review_form.trail.empty)}</p> }.into_any();
        }
        let items = rows.into_iter().rev().map(|row| view! { <Item desk row /> }).collect_view();
        view! { <ol class="fj-timeline">{items}</ol> }.into_any()
    };
    view! {
        <section class="fj-panel" aria-labelledby="p-trail">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-trail">
                    {t!(review_form.trail_title)}
                </h2>
            </header>
            <div class="fj-panel__body">{items}</div>
        </section>
    }
}

/// The picture of a step that names no grade.
const fn icon(step: Step) -> &'static str {
    match step {
        Step::Fill | Step::Amend => "pencil",
        Step::Rate => "chart",
        Step::Submit | Step::TakeUp | Step::Apply => "arrow-right",
        Step::Admit => "clock",
        Step::Decide | Step::Review | Step::Approve => "check",
        Step::SetAside | Step::Refuse => "close",
        Step::Return | Step::Withdraw => "undo",
        Step::Publish => "seal",
    }
}

#[component]
fn Item(desk: Desk, row: TrailRow) -> impl IntoView {
    let policy = desk.policy.get_value();
    let (people, figures) = desk.view.with_untracked(|view| (view.people.clone(), view.figures.clone()));
    let TrailRow { entry, changes: changed, assessment } = row;
    let mark = match stamped(&entry) {
        Some(grade) => {
            let look = Look::of(&policy.policy.tiers, Some(grade));
            view! { <Stamp size=StampSize::S tier=Some(grade.to_string()) look /> }.into_any()
        }
        None => view! { <Icon name=icon(entry.step) /> }.into_any(),
    };
    let (at, role, round, from, to) = (entry.at, entry.hand.role, entry.round, entry.from, entry.to);
    let reason = entry.reason.as_ref().map(ToString::to_string);
    let title = {
        let policy = policy.clone();
        move || sentence(lang(), &entry, &people, &policy.policy)
    };
    let lines = move || {
        let lines = changes(lang(), &policy.policy, &figures, &changed);
        lines.into_iter().map(|line| view! { <p class="fj-timeline__note">{line}</p> }).collect_view()
    };
    view! {
        <li class="fj-timeline__item">
            {mark}
            <div class="fj-timeline__body">
                <p class="fj-timeline__title">{title}</p>
                <p class="fj-timeline__meta">
                    <time>{format::moment(at)}</time>
                    <span>{move || role_name(role)}</span>
                    {(from != to)
                        .then(|| {
                            view! {
                                <span>
                                    {move || say!(review_form.trail.moved, stage(from), stage(to))}
                                </span>
                            }
                        })}
                    {(round > 1)
                        .then(|| view! { <span>{move || say!(review_form.trail.round, round)}</span> })}
                </p>
                {reason
                    .map(|text| {
                        view! {
                            <p class="fj-timeline__note">{move || say!(review_form.trail.reason, text)}</p>
                        }
                    })}
                {lines}
                {assessment.map(|all| view! { <Computed desk all /> })}
            </div>
        </li>
    }
}

/// What was computed when a grade was said, kept with it.
#[component]
fn Computed(desk: Desk, all: Assessment) -> impl IntoView {
    let segment = desk.view.with_untracked(|view| view.ground.segment.clone());
    let (score, tier, provisional) = (format::points(all.score), all.tier.clone(), all.provisional);
    let summary = move || say!(review_form.trail.computed, score, grade_words(tier.as_ref(), provisional));
    let policy = desk.policy.get_value();
    view! {
        <details class="fj-timeline__note">
            <summary>{summary}</summary>
            <Indicators policy all segment />
        </details>
    }
}
