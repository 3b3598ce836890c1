//! What the page is made of: the customer with its years, and every policy version they name.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::dto::customer::CustomerPage;
use shared::dto::review::GradedYear;
use shared::id::PolicyId;

use super::super::customers::above;
use super::address;
use crate::client::{self, Answer};
use crate::components::breadcrumb::Breadcrumb;
use crate::components::button::{Button, PrintButton};
use crate::components::customer::grade_words;
use crate::components::icon::Icon;
use crate::contexts::directory::{rep_name, unit_name};
use crate::contexts::i18n::lang;
use crate::contexts::policies::{self, Published};
use crate::derive::customer_compare::Dated;
use crate::derive::sentences;
use crate::{say, t};

/// Everything that was loaded.
#[derive(Clone)]
pub struct Loaded {
    /// The customer and its years.
    pub page: Arc<CustomerPage>,
    /// The policies of those years and the one in force, by id.
    pub policies: Arc<BTreeMap<PolicyId, Published>>,
}

impl Loaded {
    /// A policy that a year or the page names.
    #[must_use]
    pub fn policy(&self, id: &PolicyId) -> Option<Published> {
        self.policies.get(id).cloned()
    }

    /// A year with its policy.
    #[must_use]
    pub fn dated(&self, graded: GradedYear) -> Option<Dated> {
        self.policy(&graded.policy).map(|policy| Dated { graded, policy })
    }
}

/// Loads a customer, whenever the id changes.
pub fn resource(id: Memo<String>) -> LocalResource<Answer<Loaded>> {
    LocalResource::new(move || {
        let id = id.get();
        async move {
            let page: CustomerPage = client::get(format!("/customers/{id}")).send().await?;
            let mut found = BTreeMap::new();
            let decided = page.decided.iter().map(|one| &one.policy);
            for id in page.years.iter().map(|view| &view.policy).chain(decided).chain([&page.policy]) {
                if !found.contains_key(id) {
                    found.insert(id.clone(), policies::by_id(id).await?);
                }
            }
            Ok(Loaded { page: Arc::new(page), policies: Arc::new(found) })
        }
    })
}

/// Where one is, the name, and what can be done.
#[component]
pub fn Head(loaded: Loaded, chosen: Memo<(Option<i32>, bool)>, editing: RwSignal<bool>) -> impl IntoView {
    let page = loaded.page;
    let name = page.customer.name.to_string();
    let code = page.customer.code.to_string();
    let id = page.customer.id.to_string();
    let tab = name.clone();
    Effect::new(move || document().set_title(&format!("{tab} · Fenji")));
    let figures = {
        let id = id.clone();
        move || match chosen.get().0 {
            Some(year) => format!("/customers/{id}/figures?year={year}"),
            None => format!("/customers/{id}/figures"),
        }
    };
    // On a phone the trial has the room to itself.
    let trial = move || chosen.get().1;
    let may_write = page.may_write_figures;
    let may_edit = page.may_edit;
    view! {
        <header class="fj-page-header">
            <Breadcrumb above=vec![above()] here=code />
            <div class="fj-page-header__row">
                <h1 class="fj-page-header__title">{name}</h1>
                <div
                    class="fj-page-header__actions fj-page-header__actions--many fj-no-print"
                    class:fj-not-phone=trial
                >
                    <YearSwitch page=page.clone() chosen />
                    {may_edit
                        .then(|| {
                            view! {
                                <Button
                                    label=t!(customer.edit)
                                    on_press=Callback::new(move |()| editing.set(true))
                                />
                            }
                        })}
                    <PrintButton />
                    {may_write
                        .then(|| {
                            view! {
                                <a class="fj-button fj-button--primary" href=figures>
                                    <Icon name="pencil" />
                                    {t!(customer.enter)}
                                </a>
                            }
                        })}
                </div>
            </div>
        </header>
    }
}

/// The years there are, to choose from.
#[component]
fn YearSwitch(page: Arc<CustomerPage>, chosen: Memo<(Option<i32>, bool)>) -> impl IntoView {
    let years: Vec<i32> = page.years.iter().map(|view| view.year).collect();
    if years.len() < 2 {
        return ().into_any();
    }
    let navigate = use_navigate();
    let id = page.customer.id.to_string();
    let go = move |year: String| {
        if let Ok(year) = year.parse() {
            navigate(
                &address(&id, year, chosen.get_untracked().1),
                NavigateOptions { scroll: false, ..Default::default() },
            );
        }
    };
    let option = move |year: i32| {
        view! {
            <option value=year prop:selected=move || chosen.get().0 == Some(year)>
                {move || say!(customer.year_label, year)}
            </option>
        }
    };
    view! {
        <span class="fj-select">
            <select class="fj-input" aria-label=t!(customer.year) on:change:target=move |event| go(event.target().value())>
                {years.into_iter().map(option).collect_view()}
            </select>
        </span>
    }
    .into_any()
}

/// The facts of the customer, ruled like the title block of a drawing.
#[component]
pub fn TitleBlock(loaded: Loaded, chosen: Memo<(Option<i32>, bool)>) -> impl IntoView {
    let customer = loaded.page.customer.clone();
    let (unit, rep) = (customer.unit.clone(), customer.rep.clone());
    let rep = move || match &rep {
        Some(rep) => rep_name(rep),
        None => say!(customer.no_rep).to_owned(),
    };
    let since = customer.since.map(|since| since.to_string());
    let since = move || since.clone().unwrap_or_else(|| say!(customer.unknown).to_owned());
    let year = move || chosen.get().0.map_or_else(|| "—".to_owned(), |year| say!(customer.year_label, year));
    // The grade that a review published last counts until the next.
    let published =
        loaded.page.decided.iter().find_map(|one| Some((one, one.cycle.as_ref()?, one.effective?)));
    let in_force = published.map(|(one, cycle, effective)| {
        let form = format!("/reviews/{cycle}/forms/{}", customer.id);
        let grade = one.grade.clone();
        let words = move || match &grade {
            Some(grade) => grade_words(Some(grade), false),
            None => say!(review.stage.set_aside).to_owned(),
        };
        view! {
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(customer.in_force)}</dt>
                <dd class="fj-titleblock__value">
                    <a class="fj-link" href=form>
                        {words}
                    </a>
                    " "
                    <span class="fj-muted">{move || say!(customer.policy_from, effective)}</span>
                </dd>
            </div>
        }
    });
    let segment = customer.segment.clone().map(|segment| {
        let policy = loaded.policy(&loaded.page.policy);
        move || {
            let known =
                policy.as_ref().and_then(|one| one.policy.segments.iter().find(|one| one.key == segment));
            known
                .map_or_else(|| segment.to_string(), |known| sentences::local(lang(), &known.name).to_owned())
        }
    });
    let policy = {
        let loaded = loaded.clone();
        move || {
            let year = chosen.get().0;
            let view = loaded.page.years.iter().find(|view| Some(view.year) == year);
            loaded.policy(view.map_or(&loaded.page.policy, |view| &view.policy))
        }
    };
    let version = move || {
        policy().map(|one| {
        let (version, from) = (one.summary.version, one.summary.effective_from);
        view! {
            <a class="fj-link fj-link--quiet" href="/policy">{move || say!(customer.policy_version, version)}</a>
            " "
            <span class="fj-muted">{move || say!(customer.policy_from, from)}</span>
        }
    })
    };
    view! {
        <dl class="fj-titleblock" class:fj-not-phone=move || chosen.get().1>
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(customer.code)}</dt>
                <dd class="fj-titleblock__value fj-code">{customer.code.to_string()}</dd>
            </div>
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(customer.unit)}</dt>
                <dd class="fj-titleblock__value">{move || unit_name(&unit)}</dd>
            </div>
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(customer.rep)}</dt>
                <dd class="fj-titleblock__value">{rep}</dd>
            </div>
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(customer.since)}</dt>
                <dd class="fj-titleblock__value fj-num">{since}</dd>
            </div>
            {segment
                .map(|segment| {
                    view! {
                        <div class="fj-titleblock__cell">
                            <dt class="fj-titleblock__label">{t!(customer.segment)}</dt>
                            <dd class="fj-titleblock__value">{segment}</dd>
                        </div>
                    }
                })}
            {in_force}
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(customer.year)}</dt>
                <dd class="fj-titleblock__value">{year}</dd>
            </div>
            <div class="fj-titleblock__cell fj-titleblock__cell--wide">
                <dt class="fj-titleblock__label">{t!(customer.policy)}</dt>
                <dd class="fj-titleblock__value">{version}</dd>
            </div>
        </dl>
    }
}
