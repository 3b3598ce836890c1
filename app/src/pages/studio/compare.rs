//! Any two published versions, and in words what the one says otherwise than the other.

use leptos::prelude::*;
use leptos_router::hooks::query_signal;
use shared::dto::policy::{PolicyState, PolicyVersion};
use shared::id::PolicyId;

use crate::client::Answer;
use crate::components::breadcrumb::Breadcrumb;
use crate::components::button::Button;
use crate::components::differences::Differences;
use crate::components::load::Load;
use crate::components::page_header::PageHeader;
use crate::components::select::{Choice, SelectField};
use crate::contexts::i18n::lang;
use crate::contexts::policies::{self, Published};
use crate::derive::policy_difference::differences;
use crate::derive::sentences::local;
use crate::pages::policy::{above, all_versions};
use crate::{say, t};

/// The page; the two versions are in its address.
#[component]
pub fn ComparePage() -> impl IntoView {
    let data: LocalResource<Answer<Vec<PolicyVersion>>> = LocalResource::new(all_versions);
    view! {
        <div class="fj-page">
            <div>
                <Breadcrumb above=vec![above()] here=t!(studio.compare.title) />
                <PageHeader title=t!(studio.compare.title) />
            </div>
            <Load data let:versions>
                <Chosen versions />
            </Load>
        </div>
    }
}

/// The version in force and the newest other one: what is most likely to be compared.
fn likely(versions: &[PolicyVersion]) -> (Option<PolicyId>, Option<PolicyId>) {
    let current = versions.iter().find(|one| one.state == PolicyState::InForce).or(versions.first());
    let other =
        versions.iter().find(|one| Some(&one.summary.id) != current.map(|current| &current.summary.id));
    let id = |one: Option<&PolicyVersion>| one.map(|one| one.summary.id.clone());
    match other {
        Some(other) if other.state != PolicyState::Scheduled => (id(Some(other)), id(current)),
        _ => (id(current), id(other.or(current))),
    }
}

#[component]
fn Chosen(versions: Vec<PolicyVersion>) -> impl IntoView {
    let (before, set_before) = query_signal::<String>("before");
    let (after, set_after) = query_signal::<String>("after");
    let (first, second) = likely(&versions);
    let or = |chosen: Memo<Option<String>>, likely: Option<PolicyId>| {
        let likely = likely.map(String::from).unwrap_or_default();
        Signal::derive(move || chosen.get().unwrap_or_else(|| likely.clone()))
    };
    let (before, after) = (or(before, first), or(after, second));
    let choices = Signal::derive(move || {
        let one = |version: &PolicyVersion| {
            let title = local(lang(), &version.title);
            let text = format!(
                "{} · {} · {title}",
                say!(studio.versions.number, version.summary.version),
                version.summary.effective_from
            );
            (version.summary.id.to_string(), text)
        };
        versions.iter().map(one).collect::<Vec<Choice>>()
    });
    let both: LocalResource<Answer<(Published, Published)>> = LocalResource::new(move || {
        let (before, after) = (PolicyId::parse(&before.get()), PolicyId::parse(&after.get()));
        async move {
            let (Ok(before), Ok(after)) = (before, after) else {
                return Err(crate::pages::policy::not_found());
            };
            Ok((policies::by_id(&before).await?, policies::by_id(&after).await?))
        }
    });
    let swap = Callback::new(move |()| {
        let (first, second) = (before.get_untracked(), after.get_untracked());
        set_before.set(Some(second));
        set_after.set(Some(first));
    });
    view! {
        <section class="fj-panel" aria-label=t!(studio.compare.choose)>
            <div class="fj-panel__body">
                <div class="fj-pair">
                    <SelectField
                        id="before"
                        label=t!(studio.compare.before)
                        value=before
                        choices
                        on_change=Callback::new(move |id| set_before.set(Some(id)))
                    />
                    <Button label=t!(studio.compare.swap) icon="refresh" on_press=swap />
                    <SelectField
                        id="after"
                        label=t!(studio.compare.after)
                        value=after
                        choices
                        on_change=Callback::new(move |id| set_after.set(Some(id)))
                    />
                </div>
            </div>
        </section>
        <Load data=both let:pair>
            <Told pair />
        </Load>
    }
}

#[component]
fn Told(pair: (Published, Published)) -> impl IntoView {
    move || {
        let found = differences(lang(), &pair.0.policy, &pair.1.policy);
        let count = found.len();
        view! {
            <section class="fj-panel" aria-labelledby="p-differences">
                <header class="fj-panel__header">
                    <h2 class="fj-panel__title" id="p-differences">
                        {t!(studio.diff.title)}
                    </h2>
                    <p class="fj-panel__note" role="status">
                        {say!(studio.compare.count, count)}
                    </p>
                </header>
                <div class="fj-panel__body">
                    <Differences found />
                </div>
            </section>
        }
    }
}
