//! How the customers of each unit are spread over the tiers, before and after: bars, and the same as a
//! table.

use std::sync::Arc;

use leptos::prelude::*;
use shared::grading::Policy;
use shared::id::UnitId;

use super::Outcome;
use super::cost::stamp;
use crate::components::button::{Button, Weight};
use crate::contexts::directory::unit_name;
use crate::contexts::i18n::lang;
use crate::derive::format::whole;
use crate::derive::look::Look;
use crate::derive::rehearsal::{BAR, UnitShift, by_unit, stacked, tier as tier_words};
use crate::{say, t};

/// The name of a unit, or that there is none.
#[must_use]
pub fn unit_words(unit: Option<&UnitId>) -> String {
    match unit {
        Some(unit) => {
            Some(unit_name(unit)).filter(|name| !name.is_empty()).unwrap_or_else(|| unit.to_string())
        }
        None => say!(rehearsal.no_unit).to_owned(),
    }
}

fn number(count: u64) -> String {
    whole(i64::try_from(count).unwrap_or(i64::MAX))
}

/// One bar of stacked tiers.
fn bar(policy: &Policy, counts: &[u64], y: u32) -> impl IntoView + use<> {
    let parts = stacked(counts).into_iter().enumerate().map(|(at, (from, length))| {
        let own = if at < policy.tiers.len() {
            Look::at(&policy.tiers, at).class()
        } else {
            "fj-stack-bar__part--none".to_owned()
        };
        let class = format!("fj-stack-bar__part {own}");
        view! { <rect class=class x=from.to_string() y=y.to_string() width=length.to_string() height="18" /> }
    });
    parts.collect_view()
}

/// The panel.
#[component]
pub fn Shifts(outcome: Arc<Outcome>, at: usize) -> impl IntoView {
    let year = outcome.years.get(at)?;
    let (mut units, all) = by_unit(&outcome.draft, &outcome.current, &year.shifts);
    units.sort_by_key(|one| std::cmp::Reverse(one.moved));
    let table = RwSignal::new(false);
    let rows: Vec<(bool, UnitShift)> =
        std::iter::once((true, all)).chain(units.into_iter().map(|one| (false, one))).collect();
    let name = |whole: bool, unit: Option<UnitId>| {
        move || if whole { say!(rehearsal.company).to_owned() } else { unit_words(unit.as_ref()) }
    };
    let drawn = rows
        .iter()
        .map(|(whole, one)| {
            let (named, moved) = (name(*whole, one.unit.clone()), number(one.moved));
            let customers = number(one.before.iter().sum());
            view! {
                <li class="fj-shift">
                    <p class="fj-shift__name">
                        <span>{named}</span>
                        <span class="fj-muted">{move || say!(rehearsal.moved_of, moved, customers)}</span>
                    </p>
                    <svg class="fj-stack-bar" viewBox=format!("0 0 {BAR} 40") preserveAspectRatio="none" aria-hidden="true">
                        {bar(&outcome.current, &one.before, 0)}
                        {bar(&outcome.draft, &one.after, 22)}
                    </svg>
                </li>
            }
        })
        .collect_view();
    let shown = outcome.clone();
    let listed = move || {
        let outcome = shown.clone();
        let cells = |counts: &[u64]| {
            let cell = |count: &u64| view! { <td class="fj-table__num">{number(*count)}</td> };
            counts.iter().map(cell).collect_view()
        };
        let heads = |policy: &Policy| {
            let tiers: Vec<Option<shared::id::Label>> =
                policy.tiers.iter().map(|tier| Some(tier.key.clone())).chain([None]).collect();
            let head = |tier: Option<shared::id::Label>| {
                view! { <th scope="col" class="fj-table__num">{move || tier_words(lang(), tier.as_ref())}</th> }
            };
            tiers.into_iter().map(head).collect_view()
        };
        let span = |policy: &Policy| (policy.tiers.len() + 1).to_string();
        let lines = rows.iter().map(|(whole, one)| {
            let named = name(*whole, one.unit.clone());
            view! {
                <tr>
                    <th scope="row">{named}</th>
                    {cells(&one.before)}
                    {cells(&one.after)}
                </tr>
            }
        });
        let lines = lines.collect_view();
        let hidden = !table.get();
        view! {
            <div
                class="fj-table-wrap"
                class:fj-visually-hidden=hidden
                role="group"
                aria-labelledby="p-shifts"
                tabindex=if hidden { "-1" } else { "0" }
            >
                <table class="fj-table">
                    <caption class="fj-visually-hidden">{t!(rehearsal.by_unit)}</caption>
                    <thead>
                        <tr>
                            <th scope="col" rowspan="2">
                                {t!(rehearsal.unit)}
                            </th>
                            <th scope="colgroup" colspan=span(&outcome.current)>
                                {t!(rehearsal.now)}
                            </th>
                            <th scope="colgroup" colspan=span(&outcome.draft)>
                                {t!(rehearsal.then)}
                            </th>
                        </tr>
                        <tr>{heads(&outcome.current)} {heads(&outcome.draft)}</tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        }
    };
    let tiers = outcome.draft.tiers.iter().map(|tier| Some(tier.key.clone())).chain([None]);
    let legend = tiers.map(|tier| {
        view! {
            <span class="fj-cluster fj-cluster--tight">
                {stamp(&outcome.draft, &outcome.current, tier.as_ref())}
                {move || tier_words(lang(), tier.as_ref())}
            </span>
        }
    });
    let legend = legend.collect_view();
    Some(view! {
        <section class="fj-panel" aria-labelledby="p-shifts">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-shifts">
                    {t!(rehearsal.by_unit)}
                </h2>
                <p class="fj-panel__note">{t!(rehearsal.bars)}</p>
                <div class="fj-panel__actions">
                    <Button
                        label=move || if table.get() { say!(rehearsal.as_bars) } else { say!(rehearsal.as_table) }
                        weight=Weight::Quiet
                        small=true
                        on_press=Callback::new(move |()| table.update(|table| *table = !*table))
                    />
                </div>
            </header>
            <div class="fj-panel__body fj-stack">
                <div class="fj-stack" hidden=move || table.get()>
                    <p class="fj-cluster">{legend}</p>
                    <ul class="fj-shifts">{drawn}</ul>
                </div>
                {listed}
            </div>
        </section>
    })
}
