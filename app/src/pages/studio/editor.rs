//! The editor of a draft: the chapters of a policy, and beside them what is wrong, what has changed, and a
//! customer to try it on.

mod aside;
mod bar;
mod conflict;
mod exchange;
mod sample;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::dto::draft::Draft as Stored;
use shared::id::DraftId;

use super::facts::FactsEditor;
use super::gates::GatesEditor;
use super::general::General;
use super::indicators::IndicatorsEditor;
use super::method::MethodEditor;
use super::segments::SegmentsEditor;
use super::store::Studio;
use super::tiers::TiersEditor;
use super::treatment::TreatmentEditor;
use crate::client::{self, Answer};
use crate::components::breadcrumb::Breadcrumb;
use crate::components::load::Load;
use crate::components::notice::RestoredNotice;
use crate::contexts::i18n::lang;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::use_session;
use crate::derive::sentences::local;
use crate::pages::policy::{above, not_found};
use crate::t;
use aside::{Aside, Contents};
use bar::{Bar, Saving};
use conflict::ConflictDialog;
use sample::{Bench, Follow};

/// A draft and the policies it is held against.
#[derive(Clone)]
pub struct Opened {
    /// The draft as the Worker has it.
    pub stored: Stored,
    /// The version it was begun from.
    pub origin: Published,
    /// The version in force.
    pub current: Published,
}

/// Loads a draft.
///
/// # Errors
/// [`client::ApiError`].
pub async fn open(id: String) -> Answer<Opened> {
    let id = DraftId::parse(&id).map_err(|_| not_found())?;
    let stored: Stored = client::get(format!("/policy-drafts/{id}")).send().await?;
    let origin = policies::by_id(&stored.based_on).await?;
    Ok(Opened { stored, origin, current: policies::current().await? })
}

/// The page.
#[component]
pub fn EditorPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let data: LocalResource<Answer<Opened>> = LocalResource::new(move || open(id.get()));
    view! {
        <div class="fj-page fj-page--wide">
            <Load data let:opened>
                <Editor opened />
            </Load>
        </div>
    }
}

#[component]
fn Editor(opened: Opened) -> impl IntoView {
    let Opened { stored, origin, current } = opened;
    let session = use_session();
    let studio = Studio::new(&session.user, &stored);
    let saving = Saving::new(studio, &stored);
    let bench = Bench::new(studio, current.clone());
    saving.meet(&stored);
    saving.keys();
    let name = move || studio.with(|policy| local(lang(), &policy.title).to_owned());
    Effect::new(move || document().set_title(&format!("{} · Fenji", name())));
    let discard = Callback::new(move |()| {
        studio
            .rearrange("", |policy| *policy = studio.sheet.value.with_untracked(|sheet| sheet.base.clone()));
        studio.sheet.restored.set(false);
    });
    view! {
        <div>
            <Breadcrumb above=vec![above()] here=t!(studio.editor.place) />
            <header class="fj-page-header">
                <div class="fj-page-header__row">
                    <h1 class="fj-page-header__title">{name}</h1>
                </div>
            </header>
        </div>
        <RestoredNotice shown=studio.sheet.restored on_discard=discard />
        <Contents />
        <Bar saving stored current />
        <div class="fj-studio">
            <div class="fj-studio__main fj-stack fj-stack--loose">
                <IndicatorsEditor studio />
                <GatesEditor studio />
                <MethodEditor studio />
                <TiersEditor studio />
                <TreatmentEditor studio />
                <FactsEditor studio />
                <SegmentsEditor studio />
                <General studio />
                <Follow bench />
            </div>
            <div class="fj-studio__aside fj-stack fj-stack--loose">
                <Aside studio origin bench />
            </div>
        </div>
        <p class="fj-visually-hidden" role="status">
            {move || studio.told.get()}
        </p>
        <ConflictDialog saving />
    }
}
