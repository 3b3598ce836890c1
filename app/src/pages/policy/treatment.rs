//! What the tiers get, as a table: one row for each, one column for each promise that any has.

use leptos::prelude::*;
use shared::grading::Tier;

use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::derive::look::Look;
use crate::derive::policy_words::Promise;
use crate::{say, t};

/// The table; nothing where nothing is promised.
#[component]
pub fn TreatmentTable(published: Published) -> impl IntoView {
    let tiers = &published.policy.tiers;
    let promised = |promise: &Promise| tiers.iter().any(|tier| promise.of(lang(), &tier.treatment).is_some());
    let columns: Vec<Promise> =
        Promise::ALL.into_iter().filter(|promise| untrack(|| promised(promise))).collect();
    if columns.is_empty() {
        return None;
    }
    let heads = columns.iter().map(|promise| {
        let promise = *promise;
        view! { <th scope="col">{move || promise.name(lang())}</th> }
    });
    let heads = heads.collect_view();
    let row = |(at, tier): (usize, &Tier)| {
        let key = tier.key.to_string();
        let (stamped, look) = (key.clone(), Look::at(&published.policy.tiers, at));
        let cells = columns.iter().map(|promise| {
            let (promise, treatment) = (*promise, tier.treatment.clone());
            let text = move || promise.of(lang(), &treatment).unwrap_or_else(|| "—".to_owned());
            view! { <td data-label=move || promise.name(lang())>{text}</td> }
        });
        let cells = cells.collect_view();
        view! {
            <tr>
                <th scope="row" data-label=t!(policy.tiers)>
                    <span class="fj-cluster fj-cluster--tight">
                        <Stamp size=StampSize::S tier=Some(stamped) look />
                        <span class="fj-nowrap">{move || say!(tier.label, key)}</span>
                    </span>
                </th>
                {cells}
            </tr>
        }
    };
    let rows = tiers.iter().enumerate().map(row).collect_view();
    Some(view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="p-treatment">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-treatment">
                    {t!(studio.part.treatment)}
                </h2>
            </header>
            <div class="fj-panel__body">
                <div class="fj-table-wrap" role="group" aria-labelledby="p-treatment" tabindex="0">
                    <table class="fj-table fj-table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(studio.field.tier)}</th>
                                {heads}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </div>
        </section>
    })
}
