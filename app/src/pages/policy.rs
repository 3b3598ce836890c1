//! The policy: the version in force or any other as the tables of the paper, all versions with what has
//! become of them, and the drafts of the next one.

mod drafts;
mod regrade;
mod retire;
mod tables;
mod treatment;
mod versions;

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use leptos_router::hooks::use_params_map;
use shared::dto::page::Page;
use shared::dto::policy::PolicyVersion;
use shared::id::PolicyId;
use shared::permission::Action;

use crate::client::{self, Answer, ApiError};
use crate::components::button::PrintButton;
use crate::components::load::Load;
use crate::contexts::i18n::lang;
use crate::contexts::policies::{self, Published};
use crate::contexts::session::{may, use_session};
use crate::derive::{format, policy_words, sentences};
use crate::{say, t};
use drafts::Drafts;
use regrade::RegradePanel;
pub use regrade::start as start_regrade;
use tables::{Gates, Indicators, Method, Tiers};
use treatment::TreatmentTable;
use versions::{Versions, state_badge};

/// All published versions, newest first. There are a few dozen in the life of a company.
pub async fn all_versions() -> Answer<Vec<PolicyVersion>> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let path = client::with_query("/policies", &[("limit", Some("200".to_owned())), ("cursor", cursor)]);
        let page: Page<PolicyVersion> = client::get(path).send().await?;
        all.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            all.sort_by_key(|one: &PolicyVersion| std::cmp::Reverse(one.summary.version));
            return Ok(all);
        }
    }
}

/// What the page shows.
#[derive(Clone)]
struct Loaded {
    published: Published,
    versions: Vec<PolicyVersion>,
}

async fn load(id: Option<String>) -> Answer<Loaded> {
    let published = match id {
        None => policies::current().await?,
        Some(id) => {
            let id = PolicyId::parse(&id).map_err(|_| not_found())?;
            policies::by_id(&id).await?
        }
    };
    Ok(Loaded { published, versions: all_versions().await? })
}

/// The policy, as what stands above a page of it.
pub fn above() -> (String, TextProp) {
    ("/policy".to_owned(), t!(policy.title).into())
}

/// The answer to an address that nothing can be at.
pub fn not_found() -> ApiError {
    ApiError::Problem(shared::problem::Problem::new(shared::problem::Code::NotFound, ""))
}

/// The page: the version in force, or the one of the address.
#[component]
pub fn PolicyPage() -> impl IntoView {
    let params = use_params_map();
    // By a name of its own: a page that is left still sees the `id` of the draft that is opened.
    let version = Memo::new(move |_| params.with(|params| params.get("version")));
    let data: LocalResource<Answer<Loaded>> = LocalResource::new(move || load(version.get()));
    let reload = Callback::new(move |()| data.refetch());
    view! {
        <div class="fj-page">
            <Load data let:loaded>
                <Body loaded reload />
            </Load>
        </div>
    }
}

#[component]
fn Body(loaded: Loaded, reload: Callback<()>) -> impl IntoView {
    let Loaded { published, versions } = loaded;
    let session = use_session();
    let editor = may(&session, Action::EditPolicy);
    let own = versions.iter().find(|one| one.summary.id == published.summary.id).map(|one| one.state);
    view! {
        <Head published=published.clone() state=own />
        {may(&session, Action::Regrade).then(|| view! { <RegradePanel versions=versions.clone() /> })}
        <div class="fj-stack fj-stack--loose">
            <Tiers published=published.clone() />
            <Method published=published.clone() />
            <TreatmentTable published=published.clone() />
            <Indicators published=published.clone() />
            <Gates published=published.clone() />
            {editor.then(|| view! { <Drafts versions=versions.clone() /> })}
            <Versions versions shown=published.summary.id.clone() reload />
        </div>
    }
}

/// Title, title block, and what can be done with this version.
#[component]
fn Head(published: Published, state: Option<shared::dto::policy::PolicyState>) -> impl IntoView {
    let policy = published.clone();
    let title = move || sentences::local(lang(), &policy.policy.title).to_owned();
    Effect::new(|| document().set_title(&format!("{} · Fenji", say!(policy.title))));
    let summary = published.summary.clone();
    let by = move || match &summary.published_by {
        Some(name) => format!("{} {name}", format::moment(summary.published_at)),
        None => say!(policy.builtin).to_owned(),
    };
    let floor = format::percent(published.policy.evidence_floor);
    let marks = published.policy.marks;
    let cell = |label: fn(shared::ledger::Lang) -> &'static str, value: AnyView| {
        view! {
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{move || label(lang())}</dt>
                <dd class="fj-titleblock__value fj-num">{value}</dd>
            </div>
        }
    };
    let limit = |points: Option<shared::number::Points>, label| {
        points.map(|points| cell(label, view! { {move || policy_words::points(lang(), points)} }.into_any()))
    };
    view! {
        <header class="fj-page-header">
            <div class="fj-page-header__row">
                <h1 class="fj-page-header__title">{title}</h1>
                <div class="fj-page-header__actions fj-no-print">
                    <a class="fj-button fj-button--secondary" href="#p-versions" rel="external">
                        {t!(studio.versions.title)}
                    </a>
                    <PrintButton />
                </div>
            </div>
        </header>
        <dl class="fj-titleblock">
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(policy.document)}</dt>
                <dd class="fj-titleblock__value fj-code">{published.policy.document.clone()}</dd>
            </div>
            {cell(
                crate::texts::policy::version,
                view! { {published.summary.version} " " {state.map(state_badge)} }.into_any(),
            )}
            {cell(crate::texts::policy::effective, published.summary.effective_from.to_string().into_any())}
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(policy.published)}</dt>
                <dd class="fj-titleblock__value">{by}</dd>
            </div>
            <div class="fj-titleblock__cell">
                <dt class="fj-titleblock__label">{t!(studio.field.marks)}</dt>
                <dd class="fj-titleblock__value">{move || policy_words::marks(lang(), marks)}</dd>
            </div>
            {limit(published.policy.score_floor, crate::texts::studio::field::score_floor)}
            {limit(published.policy.score_ceiling, crate::texts::studio::field::score_ceiling)}
            <div class="fj-titleblock__cell fj-titleblock__cell--wide">
                <dt class="fj-titleblock__label">{t!(policy.evidence_floor)}</dt>
                <dd class="fj-titleblock__value">{move || say!(policy.evidence_floor_text, floor)}</dd>
            </div>
        </dl>
    }
}
