//! How the open review goes: how long is left, and how far each unit has come.

use leptos::prelude::*;
use shared::dto::review::CycleOverview;
use shared::id::UnitId;
use shared::review::{Phase, Tally};

use crate::client::Answer;
use crate::contexts::session::use_session;
use crate::derive::format::count;
use crate::derive::review::{handed_in, tally, window};
use crate::derive::review_words;
use crate::derive::stand_ins::InName;
use crate::pages::review::newest;
use crate::pages::review::progress::ProgressTable;
use crate::{say, t};

/// The cycle that is not published yet, if there is one.
///
/// # Errors
/// [`ApiError`](crate::client::ApiError).
pub async fn open() -> Answer<Option<CycleOverview>> {
    let newest = newest(&InName::default()).await?;
    Ok(newest.filter(|overview| !matches!(overview.cycle.phase, Phase::Published { .. })))
}

/// The panel, of all units that the person sees or of one.
#[component]
pub fn ReviewProgress(overview: CycleOverview, unit: Option<UnitId>) -> impl IntoView {
    let today = use_session().today;
    let of_unit = |unit: &UnitId| overview.units.iter().find(|one| one.unit == *unit);
    let all = match &unit {
        Some(unit) => of_unit(unit).map(|one| tally(&one.standing)),
        None => overview.tally,
    };
    let all: Tally = all.unwrap_or_default();
    let cycle = overview.cycle.clone();
    let note = move || {
        let (done, total) = handed_in(&all);
        let left = review_words::left(window(&cycle, today));
        let decided = all.ready.saturating_add(all.effective);
        let far = say!(dashboard.review_far, count(done), count(total), count(decided));
        format!("{} · {left} · {far}", review_words::cycle(&cycle))
    };
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="dashboard-review">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="dashboard-review">
                    {t!(dashboard.review)}
                </h2>
                <p class="fj-panel__note">{note}</p>
                <div class="fj-panel__actions">
                    <a class="fj-button fj-button--secondary fj-button--small" href="/review">
                        {t!(dashboard.to_review)}
                    </a>
                </div>
            </header>
            <ProgressTable overview only=unit />
        </section>
    }
}
