//! The tiers before and after: how many customers, how many visits; who shares which production priority.

use std::sync::Arc;

use leptos::prelude::*;
use shared::grading::{Policy, TierUpkeep, Upkeep};
use shared::id::Label;

use super::Outcome;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::derive::format::whole;
use crate::derive::look::Look;
use crate::derive::rehearsal::tier as tier_words;
use crate::{say, t};

/// A tier of either policy, with its stamp and what it had and would have.
struct Row {
    tier: Option<Label>,
    before: Option<TierUpkeep>,
    after: Option<TierUpkeep>,
}

/// The tiers of the draft, then those that only the policy in force has, then those without a grade.
fn rows(draft: &Upkeep, current: &Upkeep) -> Vec<Row> {
    let of =
        |upkeep: &Upkeep, tier: &Option<Label>| upkeep.tiers.iter().find(|one| one.tier == *tier).cloned();
    let mut tiers: Vec<Option<Label>> = draft.tiers.iter().map(|one| one.tier.clone()).collect();
    tiers.extend(current.tiers.iter().map(|one| one.tier.clone()));
    let mut seen: Vec<Option<Label>> = Vec::new();
    for tier in tiers {
        if tier.is_some() && !seen.contains(&tier) {
            seen.push(tier);
        }
    }
    seen.push(None);
    seen.into_iter().map(|tier| Row { before: of(current, &tier), after: of(draft, &tier), tier }).collect()
}

/// A change with its sign; nothing for none.
pub fn change(before: u64, after: u64) -> impl IntoView {
    let text = whole(i64::try_from(after.abs_diff(before)).unwrap_or(i64::MAX));
    let class = match after.cmp(&before) {
        std::cmp::Ordering::Greater => "fj-delta fj-delta--up",
        std::cmp::Ordering::Less => "fj-delta fj-delta--down",
        std::cmp::Ordering::Equal => "fj-delta fj-delta--same",
    };
    view! { <span class=class>{text}</span> }
}

fn number(count: u64) -> String {
    whole(i64::try_from(count).unwrap_or(i64::MAX))
}

/// The stamp of a tier, as the policy that has it draws it.
pub fn stamp(draft: &Policy, current: &Policy, tier: Option<&Label>) -> impl IntoView + use<> {
    let known = draft.tiers.iter().any(|one| Some(&one.key) == tier);
    let look = Look::of(if known { &draft.tiers } else { &current.tiers }, tier);
    view! { <Stamp size=StampSize::S tier=tier.map(ToString::to_string) look /> }
}

/// The panel.
#[component]
pub fn Cost(outcome: Arc<Outcome>, at: usize) -> impl IntoView {
    let year = outcome.years.get(at)?;
    let (draft, current) = (year.draft.clone(), year.current.clone());
    let line = |row: Row| {
        let count = |upkeep: &Option<TierUpkeep>| upkeep.as_ref().map_or(0, |one| one.customers);
        let visits = |upkeep: &Option<TierUpkeep>| upkeep.as_ref().map_or(0, |one| one.visits);
        let (before, after) = (count(&row.before), count(&row.after));
        let (visits_before, visits_after) = (visits(&row.before), visits(&row.after));
        let tier = row.tier.clone();
        view! {
            <tr>
                <th scope="row" data-label=t!(studio.field.tier)>
                    <span class="fj-cluster fj-cluster--tight">
                        {stamp(&outcome.draft, &outcome.current, row.tier.as_ref())}
                        {move || tier_words(lang(), tier.as_ref())}
                    </span>
                </th>
                <td class="fj-table__num" data-label=t!(rehearsal.now)>
                    {number(before)}
                </td>
                <td class="fj-table__num" data-label=t!(rehearsal.then)>
                    {number(after)}
                </td>
                <td class="fj-table__num" data-label=t!(rehearsal.difference)>
                    {change(before, after)}
                </td>
                <td class="fj-table__num" data-label=t!(rehearsal.visits)>
                    <span class="fj-nowrap">{number(visits_before)} " → " {number(visits_after)}</span>
                </td>
            </tr>
        }
    };
    let lines = rows(&draft, &current).into_iter().map(line).collect_view();
    let (visits_before, visits_after) = (current.visits, draft.visits);
    let mut priorities: Vec<u32> =
        draft.priorities.iter().chain(&current.priorities).map(|one| one.priority).collect();
    priorities.sort_unstable();
    priorities.dedup();
    let slots = priorities.into_iter().map(|priority| {
        let of = |upkeep: &Upkeep| {
            upkeep.priorities.iter().find(|one| one.priority == priority).map_or(0, |one| one.customers)
        };
        let (before, after) = (of(&current), of(&draft));
        stat(move || say!(rehearsal.priority, priority), before, after)
    });
    let slots = slots.collect_view();
    Some(view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="p-cost">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-cost">
                    {t!(rehearsal.cost)}
                </h2>
            </header>
            <dl class="fj-stats">{stat(t!(rehearsal.visits), visits_before, visits_after)} {slots}</dl>
            <div class="fj-table-wrap" role="group" aria-labelledby="p-cost" tabindex="0">
                <table class="fj-table fj-table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(studio.field.tier)}</th>
                            <th scope="col" class="fj-table__num">
                                {t!(rehearsal.now)}
                            </th>
                            <th scope="col" class="fj-table__num">
                                {t!(rehearsal.then)}
                            </th>
                            <th scope="col" class="fj-table__num">
                                {t!(rehearsal.difference)}
                            </th>
                            <th scope="col" class="fj-table__num">
                                {t!(rehearsal.visits)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </table>
            </div>
        </section>
    })
}

/// A figure before and after.
fn stat<T: IntoView + 'static>(
    label: impl Fn() -> T + Send + Sync + 'static,
    before: u64,
    after: u64,
) -> AnyView {
    let label = move || label().into_any();
    view! {
        <div class="fj-stat">
            <dt class="fj-stat__label">{label}</dt>
            <dd class="fj-stat__value">{number(after)}</dd>
            <dd class="fj-stat__note">{move || say!(rehearsal.was, number(before))} " " {change(before, after)}</dd>
        </div>
    }    .into_any()
}
