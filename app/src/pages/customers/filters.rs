//! Search, tiers, filters and order: each change is a new address.

use gloo_timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use shared::dto::customer::Moved;
use shared::id::{UnitId, UserId};
use wasm_bindgen::JsCast;

use super::Go;
use super::list::List;
use crate::components::icon::{Icon, IconSize};
use crate::components::select::{Choice, SelectField};
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::directory::{directory, rep_name, unit_name};
use crate::contexts::i18n::lang;
use crate::contexts::policies;
use crate::derive::customers::{Cell, Tier, View, sort_of, strip, word_of};
use crate::derive::format::whole;
use crate::derive::measure::style_percent;
use crate::derive::sentences::{local, name_of};
use crate::{say, t};

/// How long after the last key the search goes out.
const PAUSE_MS: u32 = 250;

/// Everything that narrows or orders the list.
#[component]
pub fn Filters(
    view: Memo<View>,
    go: Go,
    list: List,
    /// Whether the person may see figures, and so order by them.
    figures: bool,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let change = move |alter: &dyn Fn(&mut View)| {
        let mut next = view.get_untracked();
        alter(&mut next);
        go.run((next, false));
    };
    let sorts = Signal::derive(move || {
        let all = [
            ("score", say!(customers.sort_score), figures),
            ("sales", say!(customers.sort_sales), figures),
            ("name", say!(customers.sort_name), true),
            ("code", say!(customers.sort_code), true),
        ];
        all.into_iter()
            .filter(|(.., may)| *may)
            .map(|(key, text, _)| (key.to_owned(), text.to_owned()))
            .collect::<Vec<Choice>>()
    });
    let sort = Signal::derive(move || {
        let word = word_of(view.with(|view| view.sort));
        if word.is_empty() { if figures { "score" } else { "name" }.to_owned() } else { word.to_owned() }
    });
    view! {
        <TierFilter view go list />
        <form
            class="fj-filter"
            class:fj-filter--open=move || open.get()
            role="search"
            on:submit=move |event| event.prevent_default()
        >
            <div class="fj-filter__bar">
                <Search view go />
                <button
                    type="button"
                    class="fj-button fj-button--secondary fj-filter__toggle"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    aria-controls="filters"
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Icon name="filter" />
                    {t!(customers.filter)}
                    {move || {
                        let count = view.with(View::narrowed);
                        (count > 0).then(|| view! { <span class="fj-badge fj-badge--count">{count}</span> })
                    }}
                </button>
            </div>
            <div class="fj-filter__panel" id="filters">
                <SelectField
                    id="f-unit"
                    label=t!(customers.unit)
                    value=Signal::derive(move || view.with(|view| text(view.unit.as_ref())))
                    choices=Signal::derive(units)
                    on_change=Callback::new(move |unit: String| {
                        change(&|view| {
                            view.unit = UnitId::parse(&unit).ok();
                            view.rep = None;
                        });
                    })
                />
                <SelectField
                    id="f-rep"
                    label=t!(customers.rep)
                    value=Signal::derive(move || view.with(|view| text(view.rep.as_ref())))
                    choices=Signal::derive(move || reps(view.with(|view| view.unit.clone()).as_ref()))
                    on_change=Callback::new(move |rep: String| change(&|view| view.rep = UserId::parse(&rep).ok()))
                />
                <SelectField
                    id="f-sort"
                    label=t!(customers.sort)
                    value=sort
                    choices=sorts
                    on_change=Callback::new(move |sort: String| change(&|view| view.sort = sort_of(&sort)))
                />
                <label class="fj-check">
                    <input
                        class="fj-check__box"
                        type="checkbox"
                        prop:checked=move || view.with(|view| view.missing)
                        on:change:target=move |event| {
                            let missing = event.target().checked();
                            change(&|view| view.missing = missing);
                        }
                    />
                    <span class="fj-check__text">{t!(customers.missing)}</span>
                </label>
            </div>
            <Chips view go />
        </form>
    }
}

/// The search box. `/` goes there from anywhere on the page.
#[component]
fn Search(view: Memo<View>, go: Go) -> impl IntoView {
    let node = NodeRef::<html::Input>::new();
    let typing = RwSignal::new(None::<String>);
    let waiting = StoredValue::new_local(None::<Timeout>);
    let search = move || {
        let Some(Some(typed)) = typing.try_get_untracked() else { return };
        typing.set(None);
        let mut next = view.get_untracked();
        let searched = next.search.clone();
        next.search = typed.trim().chars().take(60).collect();
        if next.search != searched {
            // One step back leaves the search, however many letters it took.
            go.run((next, !searched.is_empty()));
        }
    };
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let elsewhere = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_none_or(|element| !element.matches("input, textarea, select, dialog *").unwrap_or(false));
        if event.key() == "/" && elsewhere && !event.ctrl_key() && !event.meta_key() && !event.alt_key() {
            event.prevent_default();
            if let Some(input) = node.get_untracked() {
                input.focus().ok();
                input.select();
            }
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <label class="fj-search">
            <span class="fj-visually-hidden">{t!(customers.search)}</span>
            <Icon name="search" />
            <input
                class="fj-search__input"
                type="search"
                node_ref=node
                placeholder=t!(customers.placeholder)
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="search"
                prop:value=move || typing.get().unwrap_or_else(|| view.with(|view| view.search.clone()))
                on:input:target=move |event| {
                    typing.set(Some(event.target().value()));
                    waiting.set_value(Some(Timeout::new(PAUSE_MS, search)));
                }
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        search();
                    }
                }
            />
            <kbd class="fj-kbd fj-not-phone" aria-hidden="true">
                "/"
            </kbd>
        </label>
    }
}

/// The tiers, each a switch, with how many customers are in it.
#[component]
fn TierFilter(view: Memo<View>, go: Go, list: List) -> impl IntoView {
    let cells =
        move || list.tiers.with(|tiers| list.counts.with(|counts| strip(&tiers.all, counts.as_deref())));
    let button = move |cell: Cell, all: i64| {
        let Cell { tier, look, name, count } = cell;
        let own = tier.clone();
        let pressed = Memo::new(move |_| view.with(|view| view.tier.as_ref() == Some(&own)));
        let (stamped, label) = match &tier {
            Tier::Of(key) => (Some(key.to_string()), say!(tier.label, key)),
            Tier::None => (None, say!(tier.none).to_owned()),
        };
        let name = match (&tier, &name) {
            (_, Some(name)) => local(lang(), name).to_owned(),
            (Tier::Of(_), None) => say!(customers.former).to_owned(),
            (Tier::None, None) => say!(customers.lacking).to_owned(),
        };
        let share = style_percent(count.unwrap_or_default().into(), all);
        let toggle = move |_| {
            let mut next = view.get_untracked();
            next.tier = (!pressed.get_untracked()).then(|| tier.clone());
            go.run((next, false));
        };
        view! {
            <button
                type="button"
                class=format!("fj-tally__cell {}", look.class())
                aria-pressed=move || if pressed.get() { "true" } else { "false" }
                on:click=toggle
            >
                <Stamp size=StampSize::S tier=stamped look />
                <span class="fj-tally__count">
                    // The place is kept until the number comes.
                    {count.map_or_else(|| "\u{2007}".to_owned(), |count| whole(count.into()))}
                    <span class="fj-visually-hidden">{say!(customers.in_tier)}</span>
                </span>
                <span class="fj-tally__label">
                    <b>{label}</b>
                    " "
                    <span class="fj-tally__name">{name}</span>
                </span>
                <span class="fj-tally__bar" style:--value=share></span>
            </button>
        }
    };
    view! {
        <div class="fj-tally" role="group" aria-label=t!(customers.by_tier)>
            {move || {
                let cells = cells();
                let all = cells.iter().filter_map(|cell| cell.count).map(i64::from).sum::<i64>().max(1);
                cells.into_iter().map(|cell| button(cell, all)).collect_view()
            }}
        </div>
    }
}

/// What narrows the list now, each with a way to take it off.
#[component]
fn Chips(view: Memo<View>, go: Go) -> impl IntoView {
    let chip = move |name: String, off: View| {
        let label = say!(customers.remove, name);
        view! {
            <button
                type="button"
                class="fj-chip fj-chip--remove"
                aria-label=label
                on:click=move |_| go.run((off.clone(), false))
            >
                {name}
                <Icon name="close" size=IconSize::Small />
            </button>
        }
    };
    // Only an indicator that is asked for has to be named.
    let policy = LocalResource::new(move || {
        let asked = view.with(|view| view.lacks.is_some());
        async move { if asked { policies::last_current().await.ok() } else { None } }
    });
    move || {
        let now = view.get();
        let mut all = Vec::new();
        if let Some(tier) = &now.previous {
            let words = match tier {
                Tier::Of(label) => say!(customers.previous, label),
                Tier::None => say!(customers.previous_none).to_owned(),
            };
            all.push((words, View { previous: None, ..now.clone() }));
        }
        if let Some(moved) = now.moved {
            let words = match moved {
                Moved::Up => say!(dashboard.up),
                Moved::Down => say!(dashboard.down),
            };
            all.push((words.to_owned(), View { moved: None, ..now.clone() }));
        }
        if let Some(unit) = &now.unit {
            all.push((unit_name(unit), View { unit: None, ..now.clone() }));
        }
        if let Some(rep) = &now.rep {
            all.push((rep_name(rep), View { rep: None, ..now.clone() }));
        }
        if now.missing {
            all.push((say!(customers.missing).to_owned(), View { missing: false, ..now.clone() }));
        }
        if let Some(key) = &now.lacks {
            let policy = policy.get().flatten();
            let name = policy.map_or_else(|| key.to_string(), |one| name_of(lang(), &one.policy, key));
            all.push((say!(customers.lacks, name), View { lacks: None, ..now.clone() }));
        }
        (!all.is_empty() || now.narrowed() > 1).then(|| {
            let cleared = now.cleared();
            view! {
                <div class="fj-filter__chips">
                    {all.into_iter().map(|(name, off)| chip(name, off)).collect_view()}
                    <button
                        type="button"
                        class="fj-button fj-button--quiet fj-button--small"
                        on:click=move |_| go.run((cleared.clone(), false))
                    >
                        {t!(customers.clear)}
                    </button>
                </div>
            }
        })
    }
}

fn text<T: ToString>(id: Option<&T>) -> String {
    id.map(ToString::to_string).unwrap_or_default()
}

fn units() -> Vec<Choice> {
    let mut all = vec![(String::new(), say!(customers.all_units).to_owned())];
    directory().with(|found| {
        let units = found.iter().flat_map(|found| &found.units);
        all.extend(units.map(|unit| (unit.id.to_string(), unit.name.to_string())));
    });
    all
}

fn reps(unit: Option<&UnitId>) -> Vec<Choice> {
    let mut all = vec![(String::new(), say!(customers.all_reps).to_owned())];
    directory().with(|found| {
        let reps = found.iter().flat_map(|found| &found.reps);
        let reps = reps.filter(|rep| unit.is_none_or(|unit| rep.unit == *unit));
        all.extend(reps.map(|rep| (rep.id.to_string(), rep.name.to_string())));
    });
    all
}
