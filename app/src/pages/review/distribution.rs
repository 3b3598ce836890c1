//! Each unit's grades beside the company's, so that it is seen where somebody is generous.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::dto::review::{CycleOverview, Standing};
use shared::grading::Tier;
use shared::id::Label;

use crate::components::spread::{Part, Spread};
use crate::contexts::directory::{in_order, unit_name};
use crate::derive::look::Look;
use crate::derive::review::shares;
use crate::t;

/// A row of the picture: whose, and how many of each grade.
#[component]
pub fn Grades(#[prop(into)] name: TextProp, standing: Standing, tiers: Vec<Tier>) -> impl IntoView {
    let part = |(tier, many): (Option<Label>, u64)| {
        let look = Look::of(&tiers, tier.as_ref());
        Part { tier, look, many }
    };
    let parts = shares(&standing, &tiers).into_iter().map(part).collect();
    view! { <Spread name parts /> }
}

/// The picture, the company first; nothing for whoever sees no unit as a whole.
#[component]
pub fn Distribution(overview: CycleOverview, tiers: Vec<Tier>) -> impl IntoView {
    let Some(company) = overview.company else { return ().into_any() };
    let units = in_order(overview.units, |one| &one.unit)
        .into_iter()
        .map(|one| {
            let name = move || unit_name(&one.unit);
            view! { <Grades name standing=one.standing tiers=tiers.clone() /> }
        })
        .collect_view();
    view! {
        <section class="fj-panel" aria-labelledby="review-grades">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="review-grades">
                    {t!(review.grades)}
                </h2>
                <p class="fj-panel__note">{t!(review.grades_note)}</p>
            </header>
            <div class="fj-panel__body fj-spread">
                <Grades name=t!(review.company) standing=company tiers=tiers.clone() />
                {units}
            </div>
        </section>
    }
    .into_any()
}
