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
pub mod refusal;
mod steps;

use leptos::prelude::*;
use shared::dto::page::Page;
use shared::dto::review::{CycleOverview, CycleRow, Duties};
use shared::id::CycleId;
use shared::permission::Action;
use shared::review::{CycleKind, CycleStep, Phase};

pub use bulk::Bulk;
pub use forms::FormsPage;
pub use line::Line;

use crate::client::{self, Answer};
use crate::components::empty::Empty;
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::{may, sees_units, use_session};
use crate::derive::review::window;
use crate::derive::review_words;
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
}

/// A cycle with everything about it but the forms.
async fn overview(id: &CycleId) -> Answer<CycleOverview> {
    client::get(format!("/reviews/{id}")).send().await
}

/// The newest cycle; nothing before the first.
///
/// # Errors
/// [`ApiError`](crate::client::ApiError).
pub async fn newest() -> Answer<Option<CycleOverview>> {
    let newest: Page<CycleRow> = client::get("/reviews?limit=1").send().await?;
    match newest.items.first() {
        Some(row) => overview(&row.cycle.id).await.map(Some),
        None => Ok(None),
    }
}

async fn load() -> Answer<Loaded> {
    let cycle = match newest().await? {
        Some(overview) => {
            let policy = policies::by_id(&overview.cycle.policy).await?;
            Some((overview, policy))
        }
        None => None,
    };
    Ok(Loaded { cycle, duties: client::get("/duties").send().await? })
}

/// The page.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let data = LocalResource::new(load);
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
    let runs = may(&session, Action::RunReview);
    let today = session.today;
    let Some((overview, policy)) = loaded.cycle else {
        return view! {
            <PageHeader title=t!(review.title) />
            <Empty icon="seal" title=t!(review.none) text=t!(review.none_text)>
                {runs.then(|| view! { <OpenReview kind=CycleKind::Yearly reload /> })}
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
    let meeting = format!("/reviews/{}/meeting", cycle.id);
    let minutes = overview.trail.iter().any(|one| one.step != CycleStep::Open);
    let tiers: Vec<_> = policy.policy.tiers.iter().map(|tier| tier.key.clone()).collect();
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
            <a class="fj-button fj-button--secondary" href="/newcomers">
                {t!(newcomer.title)}
            </a>
            <a class="fj-button fj-button--secondary" href=forms>
                {t!(review.all_forms)}
            </a>
            <a class="fj-button fj-button--secondary" href=meeting>
                {t!(meeting.enter)}
            </a>
            {(over && runs).then(|| view! { <OpenReview kind=CycleKind::Yearly reload /> })}
        </PageHeader>
        <Acts phase=cycle.phase.clone() />
        <Working overview=overview.clone() reload />
        <DutyList duties=loaded.duties policy=policy.clone() />
        <Moves overview=overview.clone() reload />
        <UnitProgress overview=overview.clone() />
        <Distribution overview=overview.clone() tiers />
        {minutes.then(|| view! { <steps::Trail overview=overview.clone() /> })}
    }
    .into_any()
}
