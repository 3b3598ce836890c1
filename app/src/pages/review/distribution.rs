//! Each unit's grades beside the company's, so that it is seen where somebody is generous.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use shared::dto::review::{CycleOverview, Standing};
use shared::id::Label;

use crate::components::stamp::tier_class;
use crate::contexts::directory::unit_name;
use crate::derive::review::shares;
use crate::say;
use crate::t;

/// A row of the picture: whose, and how many of each grade.
#[component]
pub fn Spread(#[prop(into)] name: TextProp, standing: Standing, tiers: Vec<Label>) -> impl IntoView {
    let counted: Vec<_> =
        shares(&standing, &tiers).into_iter().enumerate().filter(|(_, (_, forms))| *forms > 0).collect();
    let part = |(at, (grade, forms)): (usize, (Option<Label>, u64))| {
        let rank = grade.as_ref().map(|_| at + 1);
        let label = move || grade.as_ref().map_or_else(|| say!(tier.none).to_owned(), ToString::to_string);
        view! {
            <li class=format!("fj-spread__part {}", tier_class(rank)) style:flex-grow=forms.to_string()>
                <b>{label}</b>
                " "
                <span class="fj-num">{forms}</span>
            </li>
        }
    };
    view! {
        <div class="fj-spread__row">
            <span class="fj-spread__name">{move || name.get()}</span>
            <ul class="fj-spread__parts">{counted.into_iter().map(part).collect_view()}</ul>
        </div>
    }
}

/// The picture, the company first; nothing for whoever sees no unit as a whole.
#[component]
pub fn Distribution(overview: CycleOverview, tiers: Vec<Label>) -> impl IntoView {
    let Some(company) = overview.company else { return ().into_any() };
    let units = overview
        .units
        .into_iter()
        .map(|one| {
            let name = move || unit_name(&one.unit);
            view! { <Spread name standing=one.standing tiers=tiers.clone() /> }
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
                <Spread name=t!(review.company) standing=company tiers=tiers.clone() />
                {units}
            </div>
        </section>
    }
    .into_any()
}
