//! All published versions: what has become of each, and what can be done from it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::dto::draft::{Draft, NewDraft};
use shared::dto::policy::{PolicyState, PolicyVersion};
use shared::grading::Policy;
use shared::id::PolicyId;
use shared::permission::Action;

use super::retire::RetireDialog;
use crate::client;
use crate::components::button::{Button, Weight};
use crate::components::form::FormState;
use crate::contexts::i18n::lang;
use crate::contexts::session::{may, use_session};
use crate::contexts::toasts;
use crate::derive::format::moment;
use crate::derive::problem::explain;
use crate::derive::sentences::local;
use crate::{say, t, texts};

/// What has become of a version, as a badge.
pub fn state_badge(state: PolicyState) -> impl IntoView {
    let (class, text): (_, fn(_) -> _) = match state {
        PolicyState::Scheduled => ("fj-badge fj-badge--info", texts::studio::versions::scheduled),
        PolicyState::InForce => ("fj-badge fj-badge--success", texts::studio::versions::in_force),
        PolicyState::Superseded => ("fj-badge", texts::studio::versions::superseded),
        PolicyState::Retired => ("fj-badge fj-badge--warning", texts::studio::versions::retired),
    };
    view! { <span class=class>{move || text(lang())}</span> }
}

/// The panel of versions.
#[component]
pub fn Versions(versions: Vec<PolicyVersion>, shown: PolicyId, reload: Callback<()>) -> impl IntoView {
    let retiring = RwSignal::new(None::<PolicyVersion>);
    let current = versions.iter().find(|one| one.state == PolicyState::InForce).cloned();
    let several = versions.len() > 1;
    let rows = versions
        .iter()
        .map(|version| {
            let (version, current) = (version.clone(), current.clone());
            let own = version.summary.id == shown;
            view! { <Row version current own retiring /> }
        })
        .collect_view();
    view! {
        <section class="fj-panel fj-panel--flush fj-no-print" aria-labelledby="p-versions">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-versions">
                    {t!(studio.versions.title)}
                </h2>
                {several
                    .then(|| {
                        view! {
                            <div class="fj-panel__actions">
                                <a class="fj-button fj-button--secondary fj-button--small" href="/policy/compare">
                                    {t!(studio.versions.compare)}
                                </a>
                            </div>
                        }
                    })}
            </header>
            <div class="fj-table-wrap" role="group" aria-labelledby="p-versions" tabindex="0">
                <table class="fj-table fj-table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(policy.version)}</th>
                            <th scope="col">{t!(studio.versions.state)}</th>
                            <th scope="col">{t!(policy.effective)}</th>
                            <th scope="col">{t!(policy.published)}</th>
                            <th scope="col">{t!(studio.versions.reason)}</th>
                            <th scope="col">
                                <span class="fj-visually-hidden">{t!(common.actions)}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
        {move || {
            retiring
                .get()
                .map(|version| {
                    view! {
                        <RetireDialog
                            version
                            on_close=Callback::new(move |()| retiring.set(None))
                            on_done=Callback::new(move |()| {
                                retiring.set(None);
                                reload.run(());
                            })
                        />
                    }
                })
        }}
    }
}

#[component]
fn Row(
    version: PolicyVersion,
    current: Option<PolicyVersion>,
    own: bool,
    retiring: RwSignal<Option<PolicyVersion>>,
) -> impl IntoView {
    let session = use_session();
    let PolicyVersion { summary, title, state, retirement } = version.clone();
    let id = summary.id.clone();
    let href =
        if state == PolicyState::InForce { "/policy".to_owned() } else { format!("/policy/versions/{id}") };
    let compare = current.filter(|current| current.summary.id != id).map(|current| {
        let href = format!("/policy/compare?before={}&after={id}", current.summary.id);
        view! {
            <a class="fj-button fj-button--quiet fj-button--small" href=href>
                {t!(studio.versions.compare_current)}
            </a>
        }
    });
    let retire = (state == PolicyState::Scheduled && may(&session, Action::PublishPolicy)).then(|| {
        let on_press = Callback::new(move |()| retiring.set(Some(version.clone())));
        view! { <Button label=t!(studio.versions.retire) weight=Weight::Quiet small=true on_press /> }
    });
    let number = summary.version;
    let by = move || match &summary.published_by {
        Some(name) => format!("{} {name}", moment(summary.published_at)),
        None => say!(policy.builtin).to_owned(),
    };
    let reason = summary.reason.clone().map(String::from).unwrap_or_else(|| "—".to_owned());
    let withdrawn = retirement.map(|how| {
        let (when, who, why) = (moment(how.at), how.by.to_string(), how.reason.to_string());
        view! { <span class="fj-muted">{move || say!(studio.versions.retired_by, when, who, why)}</span> }
    });
    view! {
        <tr>
            <th scope="row" data-label=t!(policy.version)>
                <span>
                    <a class="fj-link" href=href aria-current=own.then_some("true")>
                        {move || say!(studio.versions.number, number)}
                    </a>
                    " "
                    <span class="fj-muted">{move || local(lang(), &title).to_owned()}</span>
                </span>
            </th>
            <td data-label=t!(studio.versions.state)>{state_badge(state)}</td>
            <td data-label=t!(policy.effective) class="fj-num">
                {summary.effective_from.to_string()}
            </td>
            <td data-label=t!(policy.published)>{by}</td>
            <td data-label=t!(studio.versions.reason)>
                <span class="fj-stack fj-stack--tight">
                    <span>{reason}</span>
                    {withdrawn}
                </span>
            </td>
            <td class="fj-table__actions">
                {compare} {retire}
                {may(&session, Action::EditPolicy).then(|| view! { <StartDraft from=id number /> })}
            </td>
        </tr>
    }
}

/// Begins a draft from a version and opens it.
#[component]
fn StartDraft(from: PolicyId, number: i64) -> impl IntoView {
    let form = FormState::new();
    let navigate = use_navigate();
    let on_press = Callback::new(move |()| {
        let body = NewDraft::<Policy> { based_on: from.clone(), policy: None };
        let navigate = navigate.clone();
        // Every press begins a draft of its own.
        let call = client::post("/policy-drafts", &body).idempotent(&client::fresh_key());
        form.begin();
        spawn_local(async move {
            match call.send::<Draft>().await {
                Ok(draft) => navigate(&format!("/policy/drafts/{}", draft.id), NavigateOptions::default()),
                Err(error) => {
                    toasts::error(explain(&error));
                    form.end(Some(error));
                }
            }
        });
    });
    view! {
        <Button
            label=move || say!(studio.versions.draft_from, number)
            icon="pencil"
            small=true
            busy=form.busy
            on_press
        />
    }
}
