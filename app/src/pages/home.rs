//! What waits for the person: what, since when, how long left, and the step itself, within reach of the thumb.

mod act;
mod card;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;
use shared::dto::review::{Duties, Duty, DutyKind};
use shared::id::UnitId;
use shared::permission::{Action, Role};

use crate::client::{self, Answer};
use crate::components::empty::Empty;
use crate::components::icon::Icon;
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::components::shared_mark::SharedMark;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::{may, use_session};
use crate::pages::review::{NotDone, NotDoneNotice};
use crate::t;
use act::{Act, Wanted};
use card::{Card, NewcomersCard, QuarterCard};

/// What waits, with the policy by which the open cycle grades.
type Loaded = (Duties, Option<Published>);

async fn load() -> Answer<Loaded> {
    let duties: Duties = client::get("/duties").send().await?;
    let policy = match &duties.cycle {
        Some(row) => Some(policies::by_id(&row.cycle.policy).await?),
        None => None,
    };
    Ok((duties, policy))
}

/// The page.
#[component]
pub fn HomePage() -> impl IntoView {
    let data = LocalResource::new(load);
    let reload = Callback::new(move |()| data.refetch());
    let refused = RwSignal::new(NotDone::new());
    view! {
        <div class="fj-page">
            <Load data whole_page=true let:loaded>
                <Body loaded refused reload />
            </Load>
        </div>
    }
}

#[component]
fn Body(loaded: Loaded, refused: RwSignal<NotDone>, reload: Callback<()>) -> impl IntoView {
    let session = use_session();
    let (duties, policy) = loaded;
    let none = duties.items.is_empty();
    // While no review is on, whoever only looks after customers begins with them.
    if none && duties.cycle.is_none() && matches!(session.role, Role::Rep | Role::Production) {
        let options = NavigateOptions { replace: true, ..Default::default() };
        return view! { <Redirect path="/customers" options /> }.into_any();
    }
    let wanted = RwSignal::new(None::<Wanted>);
    // What waits whether a cycle is open or not.
    let always = duties.items.iter().filter_map(|duty| match duty.kind {
        DutyKind::Newcomers => Some(view! { <NewcomersCard duty=duty.clone() /> }.into_any()),
        DutyKind::Quarter => Some(view! { <QuarterCard duty=duty.clone() /> }.into_any()),
        DutyKind::Forms | DutyKind::Cycle => None,
    });
    let always = always.collect_view();
    let cards = duties
        .cycle
        .as_ref()
        .zip(policy)
        .map(|(row, policy)| {
            let card = |duty| {
                let (cycle, policy) = (row.cycle.id.clone(), policy.clone());
                view! { <Card duty cycle policy wanted refused reload /> }
            };
            let of_cycle = |duty: &&Duty| matches!(duty.kind, DutyKind::Forms | DutyKind::Cycle);
            duties.items.iter().filter(of_cycle).cloned().map(card).collect_view()
        })
        .into_any();
    let of_cycle = duties.cycle.map(|row| row.cycle.id);
    let sees = may(&session, Action::ReadCustomer);
    let own_unit = session.unit.clone().filter(|_| session.role == Role::SectionChief);
    view! {
        <PageHeader title=t!(home.title)>
            {own_unit.map(|unit| view! { <SharedMark unit=unit.clone() /> <ShareOwn unit /> })}
        </PageHeader>
        {none
            .then(|| {
                view! {
                    <section class="fj-panel">
                        <div class="fj-panel__body">
                            <Empty icon="check" title=t!(home.none) text=t!(home.none_text)>
                                {sees
                                    .then(|| {
                                        view! {
                                            <a class="fj-button fj-button--secondary" href="/customers">
                                                {t!(home.to_customers)}
                                            </a>
                                        }
                                    })}
                            </Empty>
                        </div>
                    </section>
                }
            })}
        <NotDoneNotice refused />
        {cards}
        {always}
        {of_cycle.map(|cycle| view! { <Act cycle wanted reload /> })}
    }
    .into_any()
}

/// The way to share the unit that a chief has.
#[component]
fn ShareOwn(unit: UnitId) -> impl IntoView {
    view! {
        <a class="fj-button fj-button--secondary" href=format!("/links?share={unit}")>
            <Icon name="globe" />
            {t!(share.share)}
        </a>
    }
}
