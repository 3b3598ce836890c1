//! The rows on the screen.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use shared::dto::customer::CustomerRow;
use shared::grading::Measure;
use wasm_bindgen::JsCast;

use super::list::{List, Tiers};
use crate::components::customer::grade_words;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::directory::{rep_name, unit_name};
use crate::contexts::i18n::lang;
use crate::derive::customers::{Trend, trend};
use crate::derive::look::Look;
use crate::derive::{format, measure};
use crate::{say, t};

/// All rows loaded so far; further pages are appended.
#[component]
pub fn Rows(list: List) -> impl IntoView {
    view! {
        <div class="fj-rows">
            <div class="fj-rows__head" aria-hidden="true">
                <span>{t!(customers.head_tier)}</span>
                <span>{t!(customers.head_customer)}</span>
                <span>{t!(customers.head_sales)}</span>
                <span>{t!(customers.head_score)}</span>
                <span>{t!(customers.head_flags)}</span>
            </div>
            <ul class="fj-rows__list" on:keydown=move_focus on:click=move |event| list.leaving(&event)>
                <For each=move || list.rows.get() key=key let:row>
                    <Row row tiers=list.tiers />
                </For>
            </ul>
        </div>
    }
}

/// A row is drawn anew when what it shows has changed.
fn key(row: &CustomerRow) -> String {
    format!(
        "{}.{:?}.{:?}.{:?}.{:?}.{:?}.{}",
        row.id, row.tier, row.computed, row.score, row.missing, row.year, row.name
    )
}

#[component]
fn Row(row: CustomerRow, tiers: RwSignal<Tiers>) -> impl IntoView {
    let (unit, rep) = (row.unit.clone(), row.rep.clone());
    let (tier, provisional) = (row.tier.clone(), row.provisional);
    let stamp = move || {
        let look = tiers.with(|tiers| Look::of(&tiers.all, tier.as_ref()));
        let (name, tier) = (tier.as_ref().map(ToString::to_string), tier.clone());
        view! { <Stamp size=StampSize::M tier=name look provisional label=move || grade_words(tier.as_ref(), provisional) /> }
    };
    let sales = row.sales.map(|sales| {
        view! {
            {format::ten_thousands(sales)}
            " "
            <span class="fj-row__unit">{move || measure::unit(lang(), Measure::Money)}</span>
        }
    });
    let score = row.score.filter(|_| row.tier.is_some());
    let bar = score.map(|score| {
        let value = move || measure::style_percent(score.get(), tiers.with(|tiers| tiers.full).get());
        view! {
            <span class="fj-bar" style:--value=value>
                <span class="fj-bar__fill"></span>
            </span>
        }
    });
    let href = format!("/customers/{}", row.id);
    let (name, code) = (row.name.to_string(), row.code.to_string());
    view! {
        <li class="fj-row">
            <a class="fj-row__link" href=href>
                {stamp}
                <span class="fj-row__main">
                    <span class="fj-row__name">{name}</span>
                    <span class="fj-row__sub">
                        <span class="fj-code">{code}</span>
                        <span>{move || unit_name(&unit)}</span>
                        {rep.map(|rep| view! { <span>{move || rep_name(&rep)}</span> })}
                    </span>
                </span>
                <span class="fj-row__figure">{sales}</span>
                <span class="fj-row__score">
                    <span class="fj-row__points">{score.map_or_else(|| "—".to_owned(), format::points)}</span>
                    {bar}
                </span>
                <span class="fj-row__flags">{flags(row, tiers)}</span>
            </a>
        </li>
    }
}

/// What asks for attention: data missing, a provisional grade, a grade that moved.
fn flags(row: CustomerRow, tiers: RwSignal<Tiers>) -> impl IntoView {
    let lacking = row.tier.is_none();
    let missing = match (row.missing, row.year) {
        (_, None) => Some(
            view! { <span class="fj-flag fj-flag--missing">{t!(customers.no_figures)}</span> }.into_any(),
        ),
        (Some(count), _) if count > 0 => {
            let share = row.evidence.map(format::percent);
            let known = move || share.as_ref().map(|share| say!(customers.evidence, share));
            let text = move || {
                let text = say!(customers.missing_count, count);
                if lacking { format!("{} · {text}", say!(customers.lacking)) } else { text }
            };
            Some(view! { <span class="fj-flag fj-flag--missing" title=known>{text}</span> }.into_any())
        }
        _ => None,
    };
    let provisional = row
        .provisional
        .then(|| view! { <span class="fj-flag fj-flag--provisional">{t!(customers.provisional)}</span> });
    let computed = row.computed.map(|tier| {
        view! { <span class="fj-flag">{move || say!(customers.computed, tier)}</span> }
    });
    let (now, before) = (row.tier, row.previous_tier);
    let moved = move || {
        let before = before.clone()?;
        let way = tiers.with(|tiers| trend(&tiers.all, now.as_ref(), Some(&before)))?;
        let (class, text) = match way {
            Trend::Rise => ("fj-delta fj-delta--up fj-delta--good", say!(customers.rise_from, before)),
            Trend::Fall => ("fj-delta fj-delta--down fj-delta--bad", say!(customers.fall_from, before)),
            Trend::Same => return None,
        };
        Some(view! { <span class=class>{text}</span> })
    };
    view! {
        {moved}
        {computed}
        {provisional}
        {missing}
    }
}

/// The arrow keys go from row to row, as Tab does.
fn move_focus(event: KeyboardEvent) {
    let down = match event.key().as_str() {
        "ArrowDown" => true,
        "ArrowUp" => false,
        _ => return,
    };
    let row = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| element.closest("li").ok().flatten());
    let next =
        row.and_then(|row| if down { row.next_element_sibling() } else { row.previous_element_sibling() });
    let link = next.and_then(|next| next.query_selector("a").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        link.focus().ok();
    }
}
