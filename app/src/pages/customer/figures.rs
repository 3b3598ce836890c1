//! The evaluation figures of a year: entered, previewed while typing, kept on this device until the
//! Worker has them, and held against what the Worker itself computes.

mod form;
mod said;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use super::super::customers::above;
use super::load::{Loaded, resource};
use crate::components::breadcrumb::Breadcrumb;
use crate::components::load::Load;
use crate::contexts::session::use_session;
use crate::derive::customer_form::{first_year, years};
use crate::{say, t};
use form::YearForm;

/// The page.
#[component]
pub fn FiguresPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let asked =
        Memo::new(move |_| query.with(|query| query.get("year").and_then(|year| year.parse::<i32>().ok())));
    let data = resource(id);
    view! {
        <div class="fj-page fj-page--wide">
            <Load data whole_page=true let:loaded>
                <Years loaded asked />
            </Load>
        </div>
    }
}

/// The head with the choice of the year, and the form of the chosen one.
#[component]
fn Years(loaded: Loaded, asked: Memo<Option<i32>>) -> impl IntoView {
    let today = use_session().today;
    let page = loaded.page.clone();
    let Some(policy) = loaded.policy(&page.policy) else { return ().into_any() };
    let (id, name) = (page.customer.id.to_string(), page.customer.name.to_string());
    let all = years(&page.years, today);
    let first = first_year(&page.years, today);
    let known = all.clone();
    let year = Memo::new(move |_| asked.get().filter(|year| known.contains(year)).unwrap_or(first));
    let navigate = use_navigate();
    let own = id.clone();
    let go = move |year: String| {
        let options = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&format!("/customers/{own}/figures?year={year}"), options);
    };
    let has = page.years.iter().map(|view| view.year).collect::<Vec<_>>();
    let option = move |one: i32| {
        let new = !has.contains(&one);
        let text = move || if new { say!(figures.new_year, one) } else { say!(customer.year_label, one) };
        view! {
            <option value=one prop:selected=move || year.get() == one>
                {text}
            </option>
        }
    };
    let version = policy.summary.version;
    let tab = name.clone();
    Effect::new(move || document().set_title(&format!("{} · {tab} · Fenji", say!(figures.title))));
    view! {
        <header class="fj-page-header">
            <Breadcrumb above=vec![above(), (format!("/customers/{id}"), name.into())] here=t!(figures.title) />
            <div class="fj-page-header__row">
                <h1 class="fj-page-header__title">{t!(figures.title)}</h1>
                <p class="fj-page-header__meta">{move || say!(figures.lead, year.get(), version)}</p>
                <div class="fj-page-header__actions">
                    <span class="fj-select">
                        <select
                            class="fj-input"
                            aria-label=t!(figures.year)
                            on:change:target=move |event| go(event.target().value())
                        >
                            {all.into_iter().map(option).collect_view()}
                        </select>
                    </span>
                </div>
            </div>
        </header>
        {move || view! { <YearForm page=(*page).clone() policy=policy.clone() year=year.get() /> }}
    }
    .into_any()
}
