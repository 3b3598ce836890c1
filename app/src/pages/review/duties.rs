//! What waits for the person: what, since when, and the way there.

use leptos::prelude::*;
use shared::dto::review::{Duties, Duty, DutyKind};
use shared::id::CycleId;

use super::line::Line;
use crate::components::icon::{Icon, IconSize};
use crate::contexts::policies::Published;
use crate::derive::review::FormsView;
use crate::derive::review_words;
use crate::{say, t};

/// Rows of a duty that are shown at once.
const SHOWN: usize = 5;

/// The duties of the open cycle.
#[component]
pub fn DutyList(duties: Duties, policy: Published) -> impl IntoView {
    let Some(row) = duties.cycle else { return ().into_any() };
    let forms: Vec<Duty> = duties.items.into_iter().filter(|duty| duty.kind == DutyKind::Forms).collect();
    let none = forms.is_empty();
    let items = forms
        .into_iter()
        .map(|duty| view! { <OneDuty duty cycle=row.cycle.id.clone() policy=policy.clone() /> })
        .collect_view();
    view! {
        <section class="fj-stack" aria-labelledby="review-duties">
            <h2 class="fj-panel__title" id="review-duties">
                {t!(review.duties)}
            </h2>
            {none
                .then(|| {
                    view! {
                        <p class="fj-mark fj-mark--confirmed">
                            <Icon name="check" size=IconSize::Small />
                            {t!(review.no_duties)}
                        </p>
                    }
                })}
            {items}
        </section>
    }
    .into_any()
}

#[component]
fn OneDuty(duty: Duty, cycle: CycleId, policy: Published) -> impl IntoView {
    let all = FormsView::of(&duty).address(&cycle);
    let count = duty.count;
    let rows = duty
        .first
        .iter()
        .take(SHOWN)
        .map(|row| view! { <Line row=row.clone() cycle=cycle.clone() policy=policy.clone() /> })
        .collect_view();
    view! {
        <section class="fj-panel fj-panel--flush">
            <header class="fj-panel__header">
                <h3 class="fj-panel__title">{move || review_words::duty(&duty)}</h3>
                <p class="fj-panel__note">{move || say!(review.forms_count, count)}</p>
                <div class="fj-panel__actions">
                    <a class="fj-button fj-button--secondary fj-button--small" href=all>
                        {t!(review.to_all)}
                    </a>
                </div>
            </header>
            <div class="fj-rows fj-rows--forms">
                <ul class="fj-rows__list">{rows}</ul>
            </div>
        </section>
    }
}
