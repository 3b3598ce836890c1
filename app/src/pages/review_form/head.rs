//! Where one is, whose form it is, how far it has come, and the way to the next of the list.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::id::CustomerId;
use shared::review::Stage;
use web_sys::wasm_bindgen::JsCast;

use super::desk::Desk;
use super::paper::ExportButton;
use crate::components::breadcrumb::Breadcrumb;
use crate::components::button::PrintButton;
use crate::components::customer::grade_words;
use crate::components::icon::Icon;
use crate::contexts::directory::{rep_name, unit_name};
use crate::contexts::i18n::lang;
use crate::contexts::worklist::{self, Around};
use crate::derive::customer_compare::Dated;
use crate::derive::review_words::{cycle_of, stage};
use crate::derive::{format, sentences};
use crate::{say, t};

/// The badge of a stage: what waits is plain, what is decided is green, what was refused is red.
const fn badge(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "fj-badge",
        Stage::Submitted | Stage::InReview | Stage::AListed | Stage::AApplied | Stage::DirectorReviewed => {
            "fj-badge fj-badge--info"
        }
        Stage::Confirmed | Stage::Approved | Stage::Effective => "fj-badge fj-badge--success",
        Stage::Refused => "fj-badge fj-badge--error",
        Stage::SetAside => "fj-badge fj-badge--warning",
    }
}

/// The head of the page.
#[component]
pub fn Head(desk: Desk, before: StoredValue<Option<Dated>>) -> impl IntoView {
    let (name, code, around, (kind, year)) = desk.view.with_untracked(|view| {
        let around = worklist::around(&view.form.cycle, &view.form.customer);
        (view.name.to_string(), view.code.to_string(), around, (view.cycle.kind, view.cycle.year))
    });
    let tab = name.clone();
    Effect::new(move || document().set_title(&format!("{tab} · {} · Fenji", say!(review_form.title))));
    let at = Memo::new(move |_| desk.view.with(|view| (view.form.state.stage(), view.form.since)));
    view! {
        <header class="fj-page-header fj-no-print">
            <Breadcrumb above=vec![("/review".to_owned(), (move || cycle_of(kind, year)).into())] here=code />
            <div class="fj-page-header__row">
                <h1 class="fj-page-header__title" id="form-name" tabindex="-1">
                    {name}
                </h1>
                <p class="fj-page-header__meta">
                    <span class=move || badge(at.get().0)>{move || stage(at.get().0)}</span>
                    " "
                    {move || say!(review_form.since, format::moment(at.get().1))}
                </p>
                <div class="fj-page-header__actions">
                    {around.map(|around| view! { <Neighbours desk around /> })} <ExportButton desk before /> <PrintButton />
                </div>
            </div>
        </header>
    }
}

/// To the form before and after in the list; J and K do the same where nothing is typed.
#[component]
fn Neighbours(desk: Desk, around: Around) -> impl IntoView {
    let Around { previous, following, position, total } = around;
    let cycle = desk.view.with_untracked(|view| view.form.cycle.to_string());
    let address = move |customer: CustomerId| format!("/reviews/{cycle}/forms/{customer}");
    let (previous, following) = (previous.map(&address), following.map(&address));
    let navigate = use_navigate();
    let (back, on) = (previous.clone(), following.clone());
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let elsewhere = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_none_or(|element| !element.matches("input, textarea, select, dialog *").unwrap_or(false));
        if !elsewhere || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let to = match event.key().as_str() {
            "j" | "J" => on.as_ref(),
            "k" | "K" => back.as_ref(),
            _ => None,
        };
        if let Some(to) = to {
            navigate(to, NavigateOptions::default());
        }
    });
    on_cleanup(move || keys.remove());
    let link =
        |to: Option<String>, name: &'static str, label: fn(crate::contexts::i18n::Lang) -> &'static str| {
            match to {
                Some(href) => view! {
                    <a
                        class="fj-icon-button"
                        href=href
                        aria-label=move || label(lang())
                        title=move || label(lang())
                    >
                        <Icon name />
                    </a>
                }
                .into_any(),
                None => view! { <span class="fj-icon-button" aria-hidden="true"></span> }.into_any(),
            }
        };
    view! {
        <nav class="fj-cluster fj-cluster--tight" aria-label=t!(review_form.neighbours)>
            {link(previous, "chevron-left", crate::texts::review_form::previous)}
            <span class="fj-num">{move || say!(review_form.place, position, total)}</span>
            {link(following, "chevron-right", crate::texts::review_form::following)}
        </nav>
    }
}

/// The facts of the form, ruled like the title block of a drawing.
#[component]
pub fn TitleBlock(desk: Desk) -> impl IntoView {
    let view = desk.view.get_untracked();
    let policy = desk.policy.get_value();
    let (unit, rep) = (view.form.unit.clone(), view.form.rep.clone());
    let rep = move || match &rep {
        Some(rep) => rep_name(rep),
        None => say!(customer.no_rep).to_owned(),
    };
    let since = view.ground.since.map(|since| since.to_string());
    let since = move || since.clone().unwrap_or_else(|| say!(customer.unknown).to_owned());
    let last = view.last.clone();
    let (year, version) = (view.cycle.year, policy.summary.version);
    let segment = view.ground.segment.clone().map(|segment| {
        let known = policy.policy.segments.iter().find(|one| one.key == segment).map(|one| one.name.clone());
        let text = move || {
            let name = known.as_ref().map(|name| sentences::local(lang(), name).to_owned());
            name.unwrap_or_else(|| segment.to_string())
        };
        cell(t!(customer.segment), text)
    });
    let round = move || say!(review_form.round_value, desk.view.with(|view| view.form.round));
    let code = view.code.to_string();
    view! {
        <dl class="fj-titleblock fj-no-print">
            {cell(t!(customer.code), move || code.clone())} {cell(t!(customer.unit), move || unit_name(&unit))}
            {cell(t!(customer.rep), rep)} {cell(t!(customer.since), since)} {segment}
            {cell(t!(customer.year), move || say!(customer.year_label, year))}
            {cell(t!(customer.policy), move || say!(customer.policy_version, version))}
            {cell(t!(review_form.last), move || grade_words(last.as_ref(), false))}
            {cell(t!(review_form.round), round)}
        </dl>
    }
}

fn cell(
    label: impl Fn() -> &'static str + Send + Sync + 'static,
    value: impl Fn() -> String + Send + Sync + 'static,
) -> impl IntoView {
    view! {
        <div class="fj-titleblock__cell">
            <dt class="fj-titleblock__label">{label}</dt>
            <dd class="fj-titleblock__value">{value}</dd>
        </div>
    }
}
