//! Who would move: from which tier to which, and what moved each; by unit and by direction, and as a file.

use std::sync::Arc;

use leptos::prelude::*;
use shared::dto::export::ExportList;
use shared::grading::{Mover, Way};
use shared::id::UnitId;

use super::Outcome;
use super::cost::stamp;
use super::shifts::unit_words;
use crate::components::button::Button;
use crate::components::customer::score::delta;
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::icon::{Icon, IconSize};
use crate::components::select::{Choice, options};
use crate::contexts::i18n::lang;
use crate::derive::format;
use crate::derive::rehearsal::{Filter, cause, counts, table, tier, way};
use crate::export::{Asked, Rows};
use crate::{say, t};

/// Rows that are shown at once.
const PAGE: usize = 50;

/// The panel.
#[component]
pub fn Movers(outcome: Arc<Outcome>, at: usize) -> impl IntoView {
    let filter = RwSignal::new(Filter::default());
    let shown = RwSignal::new(PAGE);
    let found = {
        let outcome = outcome.clone();
        Memo::new(move |_| {
            let movers = outcome.years.get(at).map(|year| year.movers.as_slice()).unwrap_or_default();
            filter.with(|filter| {
                let places = movers.iter().enumerate().filter(|(_, mover)| filter.takes(mover));
                places.map(|(place, _)| place).collect::<Vec<_>>()
            })
        })
    };
    let rows = {
        let outcome = outcome.clone();
        move || {
            let movers = outcome.years.get(at).map(|year| year.movers.as_slice()).unwrap_or_default();
            let places = found.get();
            let listed = places.iter().take(shown.get()).filter_map(|place| movers.get(*place));
            listed.map(|mover| row(&outcome, mover)).collect_view()
        }
    };
    let ask: Ask = {
        let outcome = outcome.clone();
        Arc::new(move || {
            let year = outcome.years.get(at);
            let movers = year.map(|year| year.movers.as_slice()).unwrap_or_default();
            let places = found.get_untracked();
            let listed = places.iter().filter_map(|place| movers.get(*place));
            let policies = (&outcome.draft, &outcome.current);
            let rows = Rows::Here(table(lang(), policies, listed, &outcome.book, unit_words));
            let year = year.map(|year| year.year.to_string()).unwrap_or_default();
            let narrowed = filter.get_untracked();
            let unit = narrowed.unit.map(|unit| unit.map(String::from).unwrap_or_default());
            let way = narrowed.way.map(|one| way(lang(), one).to_owned());
            Asked {
                title: say!(rehearsal.file, year),
                place: vec![("year", year)],
                query: vec![("unit", unit), ("way", way)],
                customer: None,
                rows,
            }
        })
    };
    let total = Memo::new(move |_| found.with(Vec::len));
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="p-movers">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-movers">
                    {t!(rehearsal.movers)}
                </h2>
                <p class="fj-panel__note" role="status">
                    {move || say!(rehearsal.count, total.get())}
                </p>
                <div class="fj-panel__actions">
                    <Export list=ExportList::Rehearsal ask />
                </div>
            </header>
            <Filters outcome at filter shown />
            <Show
                when=move || total.get() != 0
                fallback=|| view! { <Empty icon="check" title=t!(rehearsal.none) text=t!(rehearsal.none_text) /> }
            >
                <div class="fj-table-wrap" role="group" aria-labelledby="p-movers" tabindex="0">
                    <table class="fj-table fj-table--cards">
                        <thead>
                            <tr>
                                <th scope="col">{t!(rehearsal.customer)}</th>
                                <th scope="col">{t!(rehearsal.unit)}</th>
                                <th scope="col">{t!(rehearsal.move_)}</th>
                                <th scope="col" class="fj-table__num">
                                    {t!(rehearsal.score)}
                                </th>
                                <th scope="col">{t!(rehearsal.why)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows.clone()}</tbody>
                    </table>
                </div>
                <Show when=move || total.get() != 0 && shown.get() < total.get()>
                    <div class="fj-more">
                        <p class="fj-more__count">{move || say!(rehearsal.shown, shown.get(), total.get())}</p>
                        <Button
                            label=t!(common.more)
                            on_press=Callback::new(move |()| shown.update(|shown| *shown = shown.saturating_add(PAGE)))
                        />
                    </div>
                </Show>
            </Show>
        </section>
    }
}

/// By direction and by unit.
#[component]
fn Filters(
    outcome: Arc<Outcome>,
    at: usize,
    filter: RwSignal<Filter>,
    shown: RwSignal<usize>,
) -> impl IntoView {
    let movers = outcome.years.get(at).map(|year| year.movers.as_slice()).unwrap_or_default();
    let chip = |(one, count): (Way, usize)| {
        let pressed = move || filter.with(|filter| filter.way == Some(one));
        view! {
            <button
                type="button"
                class="fj-chip"
                aria-pressed=move || if pressed() { "true" } else { "false" }
                on:click=move |_| {
                    shown.set(PAGE);
                    filter
                        .update(|filter| {
                            filter.way = if filter.way == Some(one) { None } else { Some(one) };
                        });
                }
            >
                {move || way(lang(), one)}
                " "
                <span class="fj-chip__count">{count}</span>
            </button>
        }
    };
    let chips = counts(movers).into_iter().filter(|(_, count)| *count > 0).map(chip).collect_view();
    let mut units: Vec<Option<UnitId>> = movers.iter().map(|mover| mover.unit.clone()).collect();
    units.sort();
    units.dedup();
    // Ids are told apart from "all" and "none" by a mark in front.
    let code =
        |unit: &Option<UnitId>| unit.as_ref().map_or_else(|| "-".to_owned(), |unit| format!("={unit}"));
    let value =
        Signal::derive(move || filter.with(|filter| filter.unit.as_ref().map(code).unwrap_or_default()));
    let choices = move || {
        let all = (String::new(), say!(customers.all_units).to_owned());
        let one = |unit: &Option<UnitId>| (code(unit), unit_words(unit.as_ref()));
        std::iter::once(all).chain(units.iter().map(one)).collect::<Vec<Choice>>()
    };
    view! {
        <div class="fj-movers-filter">
            <div class="fj-cluster fj-cluster--tight" role="group" aria-label=t!(rehearsal.direction)>
                {chips}
            </div>
            <div class="fj-field">
                <label class="fj-visually-hidden" for="movers-unit">
                    {t!(rehearsal.unit)}
                </label>
                <span class="fj-select">
                    <select
                        class="fj-input"
                        id="movers-unit"
                        on:change:target=move |event| {
                            let chosen = event.target().value();
                            shown.set(PAGE);
                            filter
                                .update(|filter| {
                                    filter.unit = match chosen.strip_prefix('=') {
                                        Some(id) => Some(UnitId::parse(id).ok()),
                                        None if chosen == "-" => Some(None),
                                        None => None,
                                    };
                                });
                        }
                    >
                        {move || options(choices(), value)}
                    </select>
                </span>
            </div>
        </div>
    }
}

/// One mover.
fn row(outcome: &Arc<Outcome>, mover: &Mover) -> impl IntoView + use<> {
    let known = outcome.book.get(&mover.customer);
    let name = known.map_or_else(|| mover.customer.to_string(), |one| one.name.to_string());
    let code = known.map(|one| one.code.to_string()).unwrap_or_default();
    let (unit, from, to) = (mover.unit.clone(), mover.from.clone(), mover.to.clone());
    let (one, cause_of) = (outcome.clone(), mover.cause.clone());
    let why = move || cause(lang(), &one.draft, &one.current, &cause_of);
    let direction = mover.way;
    let said = move || {
        let (from, to) = (tier(lang(), from.as_ref()), tier(lang(), to.as_ref()));
        say!(rehearsal.from_to, way(lang(), direction), from, to)
    };
    let (before, after) = (mover.score_from, mover.score_to);
    view! {
        <tr>
            <th scope="row" data-label=t!(rehearsal.customer)>
                <span>
                    <a class="fj-link" href=format!("/customers/{}", mover.customer)>
                        {name}
                    </a>
                    " "
                    <span class="fj-code fj-muted">{code}</span>
                </span>
            </th>
            <td data-label=t!(rehearsal.unit)>{move || unit_words(unit.as_ref())}</td>
            <td data-label=t!(rehearsal.move_)>
                <span class="fj-moved">
                    {stamp(&outcome.current, &outcome.draft, mover.from.as_ref())}
                    <Icon name="arrow-right" size=IconSize::Small />
                    {stamp(&outcome.draft, &outcome.current, mover.to.as_ref())}
                    <span class="fj-visually-hidden">{said}</span>
                </span>
            </td>
            <td class="fj-table__num" data-label=t!(rehearsal.score)>
                <span>{format::points(before)} " → " {format::points(after)} " " {delta(after.minus(before))}</span>
            </td>
            <td data-label=t!(rehearsal.why)>{why}</td>
        </tr>
    }
}
