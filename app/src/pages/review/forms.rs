//! The forms of a cycle, filtered, a page at a time; and one step for all of them where a yes is enough.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use shared::dto::export::ExportList;
use shared::dto::page::Page;
use shared::dto::review::{CycleOverview, FormRow};
use shared::id::{CycleId, UnitId};
use shared::permission::Action;
use shared::review::Stage;

use super::bulk::{Bulk, NotDone, NotDoneNotice};
use super::line::Line;
use super::overview;
use crate::client::{self, Answer, ApiError};
use crate::components::breadcrumb::Breadcrumb;
use crate::components::button::Button;
use crate::components::empty::Empty;
use crate::components::export::{Ask, Export};
use crate::components::load::{Failure, Load};
use crate::components::page_header::PageHeader;
use crate::components::select::SelectField;
use crate::components::skeleton::SkeletonRows;
use crate::contexts::directory::directory;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::{may, use_session};
use crate::contexts::worklist;
use crate::derive::export_lists::forms as columns;
use crate::derive::problem::explain;
use crate::derive::review::FormsView;
use crate::derive::review_words;
use crate::export::Asked;
use crate::pages::policy::not_found;
use crate::{say, t};

/// What the page needs besides the rows.
#[derive(Clone)]
struct Loaded {
    overview: CycleOverview,
    policy: Published,
}

async fn load(id: String) -> Answer<Loaded> {
    let id = CycleId::parse(&id).map_err(|_| not_found())?;
    let overview = overview(&id).await?;
    let policy = policies::by_id(&overview.cycle.policy).await?;
    Ok(Loaded { overview, policy })
}

/// The page.
#[component]
pub fn FormsPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("cycle").unwrap_or_default()));
    let data = LocalResource::new(move || load(id.get()));
    view! {
        <div class="fj-page fj-page--wide">
            <Load data whole_page=true let:loaded>
                <Forms loaded />
            </Load>
        </div>
    }
}

/// The rows so far.
#[derive(Clone, Copy)]
pub struct Rows {
    /// In the order of the list.
    pub all: RwSignal<Vec<FormRow>>,
    next: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
}

impl Rows {
    /// Fetches the first page, or the next.
    fn fetch(self, cycle: &CycleId, view: &FormsView, further: bool) {
        let cursor = if further { self.next.get_untracked() } else { None };
        let path = client::with_query(&format!("/reviews/{cycle}/forms"), &view.pairs(cursor));
        self.busy.set(true);
        self.error.set(None);
        if !further {
            self.all.set(Vec::new());
        }
        spawn_local(async move {
            match client::get(path).send::<Page<FormRow>>().await {
                Ok(page) => {
                    self.next.try_set(page.next);
                    self.all.try_update(|all| all.extend(page.items));
                }
                Err(error) => {
                    self.error.try_set(Some(error));
                }
            }
            self.busy.try_set(false);
        });
    }
}

#[component]
fn Forms(loaded: Loaded) -> impl IntoView {
    let Loaded { overview, policy } = loaded;
    let cycle = overview.cycle.id.clone();
    let query = use_query_map();
    let view = Memo::new(move |_| query.with(|query| FormsView::read(|key| query.get(key))));
    let rows = Rows {
        all: RwSignal::new(Vec::new()),
        next: RwSignal::new(None),
        busy: RwSignal::new(true),
        error: RwSignal::new(None),
    };
    let refused = RwSignal::new(NotDone::new());
    let fetch = {
        let cycle = cycle.clone();
        Callback::new(move |further: bool| rows.fetch(&cycle, &view.get_untracked(), further))
    };
    Effect::new(move || {
        view.track();
        fetch.run(false);
    });
    // The form's own page goes on to the next of what is listed here.
    {
        let cycle = cycle.clone();
        Effect::new(move || {
            let listed: Vec<_> = rows.all.with(|all| all.iter().map(|row| row.customer.clone()).collect());
            worklist::set(&cycle, &listed);
        });
    }
    let whole = overview.cycle.clone();
    let ask: Ask = {
        let (cycle, whole) = (cycle.clone(), whole.clone());
        let figures = may(&use_session(), Action::ReadFigures);
        Arc::new(move || {
            let title = say!(review.file, review_words::cycle(&whole));
            Asked {
                query: view.get_untracked().pairs(None),
                ..Asked::route(title, format!("/reviews/{cycle}/forms"), columns(figures).paged())
                    .of("cycle", &cycle)
            }
        })
    };
    let list = {
        let (cycle, policy) = (cycle.clone(), policy.clone());
        move || {
            let empty = rows.all.with(Vec::is_empty);
            match rows.error.get() {
                Some(error) if empty => {
                    let retry = Callback::new(move |()| fetch.run(false));
                    view! { <Failure error retry /> }.into_any()
                }
                _ if empty && rows.busy.get() => view! { <SkeletonRows /> }.into_any(),
                _ if empty => {
                    view! { <Empty icon="search" title=t!(review.no_forms) text=t!(review.no_forms_text) /> }
                        .into_any()
                }
                _ => {
                    let (cycle, policy) = (cycle.clone(), policy.clone());
                    view! {
                        <ul class="fj-rows__list">
                            <For
                                each=move || rows.all.get()
                                key=|row| (row.customer.clone(), row.version)
                                let:row
                            >
                                <Line row cycle=cycle.clone() policy=policy.clone() />
                            </For>
                        </ul>
                    }
                    .into_any()
                }
            }
        }
    };
    view! {
        <div>
            <Breadcrumb
                above=vec![("/review".to_owned(), (move || review_words::cycle(&whole)).into())]
                here=t!(review.all_forms)
            />
            <PageHeader title=t!(review.all_forms)>
                <Export list=ExportList::Forms ask />
            </PageHeader>
        </div>
        <Filters cycle=cycle.clone() view whole=overview.mine.is_none() />
        <Bulk cycle view rows=rows.all refused on_done=fetch />
        <NotDoneNotice refused />
        <section class="fj-panel fj-panel--flush" aria-label=t!(review.all_forms)>
            <div class="fj-rows fj-rows--forms">{list}</div>
        </section>
        <div class="fj-more">
            <p class="fj-more__count" role="status">
                {move || say!(review.shown, rows.all.with(Vec::len))}
            </p>
            <Show when=move || rows.next.with(Option::is_some)>
                <Button
                    label=t!(common.more)
                    busy=rows.busy
                    on_press=Callback::new(move |()| fetch.run(true))
                />
            </Show>
            {move || {
                rows.error.get().map(|error| view! { <p role="alert">{move || explain(&error)}</p> })
            }}
        </div>
    }
}

/// Stage, unit, and whether grades disagree.
#[component]
fn Filters(
    cycle: CycleId,
    view: Memo<FormsView>,
    /// Whether the person sees more than own customers.
    whole: bool,
) -> impl IntoView {
    let navigate = use_navigate();
    let go = Callback::new(move |view: FormsView| {
        navigate(&view.address(&cycle), NavigateOptions { scroll: false, ..Default::default() });
    });
    let stages = Signal::derive(move || {
        let mut all = vec![(String::new(), t!(common.all)().to_owned())];
        all.extend(Stage::ALL.map(|stage| (stage.code().to_owned(), review_words::stage(stage).to_owned())));
        all
    });
    let units = Signal::derive(move || {
        let mut all = vec![(String::new(), t!(common.all)().to_owned())];
        directory().with(|directory| {
            let of = directory.iter().flat_map(|directory| &directory.units);
            all.extend(of.map(|unit| (unit.id.to_string(), unit.name.to_string())));
        });
        all
    });
    let on_stage = Callback::new(move |code: String| {
        go.run(FormsView {
            stage: Stage::from_code(&code),
            late: None,
            unrated: false,
            ..view.get_untracked()
        });
    });
    let on_unit = Callback::new(move |id: String| {
        go.run(FormsView { unit: UnitId::parse(&id).ok(), ..view.get_untracked() });
    });
    let disagree = move |_| {
        let view = view.get_untracked();
        go.run(FormsView { disagree: !view.disagree, late: None, unrated: false, ..view });
    };
    let unrated = move |_| {
        let view = view.get_untracked();
        go.run(FormsView { unrated: !view.unrated, stage: None, disagree: false, late: None, ..view });
    };
    // Asked for by what waits at home alone; here it is only seen and let go.
    let any_draft = move |_| go.run(FormsView { late: None, ..view.get_untracked() });
    let rates = may(&use_session(), Action::RateCredit);
    let units_seen = whole && !may(&use_session(), Action::SubmitForm);
    view! {
        <div class="fj-cluster" role="group" aria-label=t!(review.filters)>
            <SelectField
                id="stage"
                label=t!(review.stage_label)
                value=Signal::derive(move || view.with(|view| view.stage.map(|one| one.to_string()).unwrap_or_default()))
                on_change=on_stage
                choices=stages
            />
            {units_seen
                .then(|| {
                    view! {
                        <SelectField
                            id="unit"
                            label=t!(customer.unit)
                            value=Signal::derive(move || {
                                view.with(|view| view.unit.as_ref().map(ToString::to_string).unwrap_or_default())
                            })
                            on_change=on_unit
                            choices=units
                        />
                    }
                })}
            <button
                type="button"
                class="fj-chip"
                aria-pressed=move || if view.with(|view| view.disagree) { "true" } else { "false" }
                on:click=disagree
            >
                {t!(review.only_disagree)}
            </button>
            {move || {
                let late = view.with(|view| view.late)?;
                Some(
                    view! {
                        <button type="button" class="fj-chip" aria-pressed="true" on:click=any_draft>
                            {move || if late { say!(review.admitted_late) } else { say!(review.missed_close) }}
                        </button>
                    },
                )
            }}
            {rates
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="fj-chip"
                            aria-pressed=move || if view.with(|view| view.unrated) { "true" } else { "false" }
                            on:click=unrated
                        >
                            {t!(home.only_unrated)}
                        </button>
                    }
                })}
        </div>
    }
}
