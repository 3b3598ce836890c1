//! The yearly review (5.1): what waits for the person, how far the cycle has come, what can be done with it,
//! and the forms.

mod bulk;
pub mod distribution;
mod duties;
mod forms;
mod line;
pub mod moves;
mod opening;
pub mod progress;
mod steps;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::dto::page::Page;
use shared::dto::review::{Appointment, CycleOverview, CycleRow, Duties};
use shared::dto::session::Session;
use shared::id::CycleId;
use shared::permission::Action;
use shared::review::{CycleKind, CycleStep, Phase};

pub use bulk::{Bulk, NotDone, NotDoneNotice};
pub use forms::FormsPage;
pub use line::Line;

use crate::client::{self, Answer};
use crate::components::acting::ActingChoice;
use crate::components::empty::Empty;
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::{sees_units, use_session};
use crate::derive::review::window;
use crate::derive::review_words;
use crate::derive::stand_ins::InName;
use crate::{say, t};
use distribution::Distribution;
use duties::DutyList;
use moves::Moves;
pub use opening::OpenReview;
use progress::UnitProgress;
use steps::{Acts, Working};

/// What the page shows.
#[derive(Clone)]
struct Loaded {
    /// The newest cycle, with its policy; nothing before the first.
    cycle: Option<(CycleOverview, Published)>,
    /// What waits.
    duties: Duties,
    /// In whose name.
    name: InName,
}

/// A cycle with everything about it but the forms.
async fn overview(id: &CycleId) -> Answer<CycleOverview> {
    client::get(format!("/reviews/{id}")).send().await
}

/// The newest cycle as somebody sees it; nothing before the first.
///
/// # Errors
/// [`ApiError`](crate::client::ApiError).
pub async fn newest(name: &InName) -> Answer<Option<CycleOverview>> {
    let newest: Page<CycleRow> = client::get("/reviews?limit=1").send().await?;
    let Some(row) = newest.items.first() else { return Ok(None) };
    let path = client::with_query(&format!("/reviews/{}", row.cycle.id), &[name.seen()]);
    client::get(path).send().await.map(Some)
}

async fn load(stand_in: Option<String>, session: Session) -> Answer<Loaded> {
    let all: Vec<Appointment> = client::all("/stand-ins").await?;
    let name = InName::of(&all, &session.user, session.today, stand_in.as_deref());
    let cycle = match newest(&name).await? {
        Some(overview) => {
            let policy = policies::by_id(&overview.cycle.policy).await?;
            Some((overview, policy))
        }
        None => None,
    };
    Ok(Loaded { cycle, duties: client::get("/duties").send().await?, name })
}

/// The page.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let (session, query) = (use_session(), use_query_map());
    let stand_in = Memo::new(move |_| query.with(|query| query.get("for")));
    let data = LocalResource::new(move || load(stand_in.get(), session.clone()));
    let reload = Callback::new(move |()| data.refetch());
    view! {
        <div class="fj-page fj-page--wide">
            <Load data let:loaded>
                <Body loaded reload />
            </Load>
        </div>
    }
}

#[component]
fn Body(loaded: Loaded, reload: Callback<()>) -> impl IntoView {
    let session = use_session();
    let Loaded { cycle, duties, name } = loaded;
    let runs = name.may(session.role, Action::RunReview);
    let today = session.today;
    let choice = view! { <ActingChoice base="/review".to_owned() name=name.clone() /> };
    let stand_in = name.stand_in();
    let Some((overview, policy)) = cycle else {
        return view! {
            <PageHeader title=t!(review.title) />
            {choice}
            <Empty icon="seal" title=t!(review.none) text=t!(review.none_text)>
                {runs.then(|| view! { <OpenReview kind=CycleKind::Yearly stand_in reload /> })}
            </Empty>
        }
        .into_any();
    };
    let cycle = overview.cycle.clone();
    let version = policy.summary.version;
    let title = {
        let cycle = cycle.clone();
        move || review_words::cycle(&cycle)
    };
    let meta = {
        let cycle = cycle.clone();
        move || {
            let left = review_words::left(window(&cycle, today));
            format!("{} · {left}", say!(review.window, cycle.opens, cycle.closes, version))
        }
    };
    // Whoever sees whole sections looks at their quarters.
    let sections = sees_units(&session);
    let over = matches!(cycle.phase, Phase::Published { .. });
    let forms = format!("/reviews/{}/forms", cycle.id);
    let meeting = client::with_query(&format!("/reviews/{}/meeting", cycle.id), &[name.kept()]);
    let newcomers = client::with_query("/newcomers", &[name.kept()]);
    let minutes = overview.trail.iter().any(|one| one.step != CycleStep::Open);
    let tiers = policy.policy.tiers.clone();
    let again = (over && runs).then(|| {
        let stand_in = stand_in.clone();
        view! { <OpenReview kind=CycleKind::Yearly stand_in reload /> }
    });
    view! {
        <PageHeader title meta>
            {sections
                .then(|| {
                    view! {
                        <a class="fj-button fj-button--secondary" href="/quarters">
                            {t!(quarter.title)}
                        </a>
                    }
                })}
            <a class="fj-button fj-button--secondary" href=newcomers>
                {t!(newcomer.title)}
            </a>
            <a class="fj-button fj-button--secondary" href=forms>
                {t!(review.all_forms)}
            </a>
            <a class="fj-button fj-button--secondary" href=meeting>
                {t!(meeting.enter)}
            </a>
            {again}
        </PageHeader>
        {choice}
        <Acts phase=cycle.phase.clone() />
        <Working overview=overview.clone() name reload />
        <DutyList duties policy=policy.clone() />
        <Moves overview=overview.clone() stand_in reload />
        <UnitProgress overview=overview.clone() />
        <Distribution overview=overview.clone() tiers />
        {minutes.then(|| view! { <steps::Trail overview=overview.clone() /> })}
    }
    .into_any()
}
