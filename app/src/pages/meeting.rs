//! The review meeting (复评, 5.1.2), for a projector and one operator with a keyboard: the agenda on the left,
//! the case on the table in the middle, the totals as it goes on the right. On a phone they stand below
//! each other, the case first.

mod agenda;
mod case;
mod decide;
mod item;
mod item_fields;
mod keys;
mod propose;
mod record;
mod room;
mod side;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::dto::review::{Appointment, CycleOverview, MeetingView, MinutesView};
use shared::dto::session::Session;
use shared::id::CycleId;
use shared::review::CycleKind;

use crate::client::{self, Answer};
use crate::components::acting::ActingChoice;
use crate::components::breadcrumb::Breadcrumb;
use crate::components::empty::Empty;
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::use_session;
use crate::derive::meeting::Place;
use crate::derive::review_words::cycle_of;
use crate::derive::stand_ins::InName;
use crate::pages::policy::not_found;
use crate::{say, t};
use agenda::Agenda;
use case::Case;
use item::ItemCase;
use keys::Keys;
use propose::ProposeDialog;
use record::RecordForm;
use room::{Middle, Room};
use side::Side;

/// What the page needs besides the agenda.
#[derive(Clone)]
struct Loaded {
    overview: CycleOverview,
    meeting: MeetingView,
    policy: Published,
    /// New customers with a provisional grade; nothing for whoever may not read the minutes.
    fresh: Option<usize>,
    /// In whose name.
    name: InName,
}

async fn load(id: String, stand_in: Option<String>, session: Session) -> Answer<Loaded> {
    let id = CycleId::parse(&id).map_err(|_| not_found())?;
    let all: Vec<Appointment> = client::all("/stand-ins").await?;
    let name = InName::of(&all, &session.user, session.today, stand_in.as_deref());
    let seen = |path: String| client::get(client::with_query(&path, &[name.seen()]));
    let overview: CycleOverview = seen(format!("/reviews/{id}")).send().await?;
    let meeting: MeetingView = seen(format!("/reviews/{id}/meeting")).send().await?;
    let policy = policies::by_id(&overview.cycle.policy).await?;
    // Who is new does not follow from what the meeting decides: once is enough.
    let minutes = seen(format!("/reviews/{id}/meeting/minutes")).send::<MinutesView>().await;
    let fresh = minutes.ok().map(|view| view.minutes.provisional.len());
    Ok(Loaded { overview, meeting, policy, fresh, name })
}

/// The page.
#[component]
pub fn MeetingPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("cycle").unwrap_or_default()));
    let query = use_query_map();
    let stand_in = Memo::new(move |_| query.with(|query| query.get("for")));
    let session = use_session();
    let data = LocalResource::new(move || load(id.get(), stand_in.get(), session.clone()));
    view! {
        <div class="fj-page fj-page--full">
            <Load data whole_page=true let:loaded>
                <Body loaded />
            </Load>
        </div>
    }
}

#[component]
fn Body(loaded: Loaded) -> impl IntoView {
    let Loaded { overview, meeting, policy, fresh, name } = loaded;
    let (kind, year, id) = (overview.cycle.kind, overview.cycle.year, overview.cycle.id.clone());
    let title = move || match kind {
        CycleKind::Yearly => say!(meeting.of_year, year),
        CycleKind::Supplementary => say!(meeting.supplementary_of_year, year),
    };
    let room = Room::new(overview, meeting, policy, fresh, name.now.clone());
    room.load_forms(false);
    room.load_items();
    // The record being written stays as it is while the agenda comes in.
    let middle = Memo::new(move |_| match room.middle.get() {
        Middle::Record => None,
        Middle::Table => Some((room.at.get(), room.laid.get())),
    });
    let middle = move || match middle.get().map(|(at, _)| at) {
        None => view! { <RecordForm room /> }.into_any(),
        Some(Some(Place::Form(customer))) => view! { <Case room customer /> }.into_any(),
        Some(Some(Place::Item(item))) => view! { <ItemCase room item /> }.into_any(),
        Some(None) => view! {
            <section class="fj-panel">
                <Empty icon="seal" title=t!(meeting.nothing_chosen) text=t!(meeting.empty_text) />
            </section>
        }
        .into_any(),
    };
    let address = |part: &str| client::with_query(&format!("/reviews/{id}/{part}"), &[name.kept()]);
    let (a_list, minutes) = (address("a-list"), address("minutes"));
    view! {
        <div class="fj-no-print">
            <Breadcrumb
                above=vec![("/review".to_owned(), (move || cycle_of(kind, year)).into())]
                here=t!(meeting.title)
            />
            <PageHeader title>
                <Keys room />
                <a class="fj-button fj-button--secondary" href=a_list>
                    {t!(meeting.a_list)}
                </a>
                <a class="fj-button fj-button--secondary" href=minutes>
                    {t!(meeting.minutes)}
                </a>
            </PageHeader>
            <ActingChoice base=format!("/reviews/{id}/meeting") name />
        </div>
        <div class="fj-meeting">
            <div class="fj-meeting__case">{middle}</div>
            <div class="fj-meeting__agenda">
                <Agenda room />
            </div>
            <div class="fj-meeting__side">
                <Side room />
            </div>
        </div>
        <ProposeDialog room />
    }
}
