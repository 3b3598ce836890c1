//! The book at a glance: how the review goes, what is overdue, who moved, where revenue sits, what is missing.
//! Every number is a sum that is kept, and opens the rows behind it.

mod completeness;
mod moves;
mod overdue;
mod revenue;
mod review;
mod tiers;
mod units;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use shared::book::{Order, movement, total};
use shared::dto::customer::Moved;
use shared::dto::dashboard::Dashboard;
use shared::id::UnitId;
use shared::permission::{Action, Reach, reach};

use crate::client::{self, Answer};
use crate::components::empty::Empty;
use crate::components::guarded::Guarded;
use crate::components::load::{Failure, Load};
use crate::components::page_header::PageHeader;
use crate::components::select::{Choice, SelectField};
use crate::components::skeleton::SkeletonRows;
use crate::contexts::directory::directory;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::use_session;
use crate::derive::customers::{Tier, View};
use crate::derive::format::count;
use crate::{say, t};
use completeness::Completeness;
use moves::Moves;
use overdue::Overdue;
use revenue::Concentration;
use review::ReviewProgress;
use tiers::Tiers;
use units::Units;

/// The page.
#[component]
pub fn DashboardPage() -> impl IntoView {
    view! {
        <Guarded action=Action::ReadFigures units=true title=t!(dashboard.title)>
            <Page />
        </Guarded>
    }
}

async fn load(unit: Option<UnitId>) -> Answer<(Dashboard, Published)> {
    let path = client::with_query("/dashboard", &[("unit", unit.map(String::from))]);
    Ok((client::get(path).send().await?, policies::current().await?))
}

#[component]
fn Page() -> impl IntoView {
    let session = use_session();
    let (query, navigate) = (use_query_map(), use_navigate());
    let unit =
        Memo::new(move |_| query.with(|query| query.get("unit").and_then(|unit| UnitId::parse(&unit).ok())));
    let data = LocalResource::new(move || load(unit.get()));
    let progress = LocalResource::new(review::open);
    let late = LocalResource::new(move || overdue::load(unit.get()));
    // All at once: what comes first would be pushed down by what stands above it.
    let settled = Memo::new(move |_| progress.with(Option::is_some) && late.with(Option::is_some));
    let choices = Signal::derive(|| {
        let mut all: Vec<Choice> = vec![(String::new(), say!(dashboard.all).to_owned())];
        directory().with(|found| {
            let units = found.iter().flat_map(|found| &found.units);
            all.extend(units.map(|unit| (unit.id.to_string(), unit.name.to_string())));
        });
        all
    });
    let choose = Callback::new(move |unit: String| {
        let path = client::with_query("/dashboard", &[("unit", Some(unit).filter(|unit| !unit.is_empty()))]);
        navigate(&path, NavigateOptions { scroll: false, ..NavigateOptions::default() });
    });
    // A chief sees one unit alone.
    let filter = (reach(session.role, Action::ReadFigures) == Reach::All).then(|| {
        view! {
            <div class="fj-cluster fj-no-print">
                <SelectField
                    id="dashboard-unit"
                    label=t!(dashboard.unit)
                    value=Signal::derive(move || unit.get().map(String::from).unwrap_or_default())
                    on_change=choose
                    choices
                />
            </div>
        }
    });
    view! {
        <div class="fj-page fj-page--wide">
            <PageHeader title=t!(dashboard.title) meta=t!(dashboard.text) />
            {filter}
            <Show when=move || settled.get() fallback=|| view! { <SkeletonRows /> }>
                {move || match progress.get()? {
                    Ok(overview) => {
                        Some(overview.map(|overview| view! { <ReviewProgress overview unit=unit.get() /> }).into_any())
                    }
                    Err(error) => {
                        let retry = Callback::new(move |()| progress.refetch());
                        Some(view! { <Failure error retry /> }.into_any())
                    }
                }}
                <Load data=late let:rows>
                    <Overdue rows />
                </Load>
                <Load data let:loaded>
                    <Body board=loaded.0 policy=loaded.1 unit=unit.get_untracked() />
                </Load>
            </Show>
        </div>
    }
}

#[component]
fn Body(board: Dashboard, policy: Published, unit: Option<UnitId>) -> impl IntoView {
    if board.cells.is_empty() {
        return view! { <Empty icon="chart" title=t!(dashboard.empty) text=t!(dashboard.empty_text) /> }
            .into_any();
    }
    let order = Order::of(&policy.policy);
    let all = total(&board.cells);
    let ungraded = total(board.cells.iter().filter(|cell| cell.tier.is_none())).customers;
    let moved = movement(&order, &board.cells);
    let plain = View { unit: unit.clone(), ..View::default() };
    let missing = View { missing: true, ..plain.clone() }.address();
    let without = View { tier: Some(Tier::None), ..plain.clone() }.address();
    let went = |moved| View { moved: Some(moved), ..plain.clone() }.address();
    view! {
        <dl class="fj-stats">
            {stat(t!(dashboard.customers), all.customers, Some(plain.address()))}
            {stat(t!(tier.none), ungraded, Some(without))}
            {stat(t!(dashboard.up), moved.up, Some(went(Moved::Up)))}
            {stat(t!(dashboard.down), moved.down, Some(went(Moved::Down)))}
            {stat(t!(dashboard.lacking), all.lacking, Some(missing))}
        </dl>
        <Moves policy=policy.clone() cells=board.cells.clone() unit=unit.clone() />
        <Tiers policy=policy.clone() cells=board.cells.clone() unit=unit.clone() />
        <Concentration sizes=board.sizes cells=board.cells.clone() unit=unit.clone() />
        <Completeness lacks=board.lacks customers=all.customers policy=policy.clone() unit=unit.clone() />
        {unit.is_none().then(|| view! { <Units policy cells=board.cells /> })}
    }
    .into_any()
}

fn stat(
    label: impl Fn() -> &'static str + Send + 'static,
    value: u64,
    href: Option<String>,
) -> impl IntoView {
    let value = match href {
        Some(href) => view! { <a class="fj-link fj-link--row" href=href>{count(value)}</a> }.into_any(),
        None => count(value).into_any(),
    };
    view! {
        <div class="fj-stat">
            <dt class="fj-stat__label">{label}</dt>
            <dd class="fj-stat__value">{value}</dd>
        </div>
    }
}
