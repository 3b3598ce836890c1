//! The drafts of the next version.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::draft::DraftSummary;
use shared::dto::page::Page;
use shared::dto::policy::PolicyVersion;

use crate::client::{self, Answer};
use crate::components::button::{Button, Weight};
use crate::components::dialog::Confirm;
use crate::components::empty::Empty;
use crate::components::form::FormState;
use crate::components::load::Load;
use crate::contexts::i18n::lang;
use crate::contexts::toasts;
use crate::derive::format::moment;
use crate::derive::problem::explain;
use crate::derive::sentences::local;
use crate::{say, t};

async fn load() -> Answer<Vec<DraftSummary>> {
    let page: Page<DraftSummary> = client::get("/policy-drafts?limit=200").send().await?;
    Ok(page.items)
}

/// The panel of drafts.
#[component]
pub fn Drafts(versions: Vec<PolicyVersion>) -> impl IntoView {
    let data: LocalResource<Answer<Vec<DraftSummary>>> = LocalResource::new(load);
    let gone = RwSignal::new(None::<DraftSummary>);
    let state = FormState::new();
    let throw = Callback::new(move |()| {
        let Some(draft) = gone.get_untracked() else { return };
        state.begin();
        spawn_local(async move {
            let call = client::delete(format!("/policy-drafts/{}", draft.id)).if_match(draft.version);
            if let Err(error) = call.text().await {
                toasts::error(explain(&error));
            }
            state.end(None);
            gone.try_set(None);
            data.refetch();
        });
    });
    view! {
        <section class="fj-panel fj-panel--flush fj-no-print" aria-labelledby="p-drafts">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-drafts">
                    {t!(studio.drafts.title)}
                </h2>
                <p class="fj-panel__note">{t!(studio.drafts.note)}</p>
            </header>
            <Load data let:drafts>
                <List drafts versions=versions.clone() gone />
            </Load>
        </section>
        <Show when=move || gone.with(Option::is_some)>
            <Confirm
                id="throw"
                title=t!(studio.drafts.delete_title)
                text=t!(studio.drafts.delete_text)
                yes=t!(studio.drafts.delete)
                state
                on_yes=throw
                on_close=Callback::new(move |()| gone.set(None))
            />
        </Show>
    }
}

#[component]
fn List(
    drafts: Vec<DraftSummary>,
    versions: Vec<PolicyVersion>,
    gone: RwSignal<Option<DraftSummary>>,
) -> impl IntoView {
    if drafts.is_empty() {
        return view! { <Empty icon="pencil" title=t!(studio.drafts.none) text=t!(studio.drafts.none_text) /> }
            .into_any();
    }
    let row = |draft: DraftSummary| {
        let base =
            versions.iter().find(|one| one.summary.id == draft.based_on).map(|one| one.summary.version);
        let base = move || base.map_or_else(|| "—".to_owned(), |number| say!(studio.versions.number, number));
        let (href, mistakes) = (format!("/policy/drafts/{}", draft.id), draft.mistakes);
        let (title, saved) =
            (draft.title.clone(), format!("{} {}", moment(draft.updated_at), draft.updated_by));
        let named = {
            let title = title.clone();
            move || say!(studio.drafts.delete_one, local(lang(), &title))
        };
        let state = if mistakes == 0 {
            view! { <span class="fj-badge fj-badge--success">{t!(studio.drafts.ready)}</span> }.into_any()
        } else {
            view! { <span class="fj-badge fj-badge--warning">{move || say!(studio.drafts.mistakes, mistakes)}</span> }
                .into_any()
        };
        view! {
            <tr>
                <th scope="row" data-label=t!(studio.field.title)>
                    <a class="fj-link" href=href>
                        {move || local(lang(), &title).to_owned()}
                    </a>
                </th>
                <td data-label=t!(studio.drafts.based_on)>{base}</td>
                <td data-label=t!(studio.drafts.saved)>{saved}</td>
                <td data-label=t!(studio.drafts.check)>{state}</td>
                <td class="fj-table__actions">
                    <Button
                        label=named
                        weight=Weight::Quiet
                        small=true
                        on_press=Callback::new(move |()| gone.set(Some(draft.clone())))
                    />
                </td>
            </tr>
        }
    };
    let rows = drafts.into_iter().map(row).collect_view();
    view! {
        <div class="fj-table-wrap" role="group" aria-labelledby="p-drafts" tabindex="0">
            <table class="fj-table fj-table--cards">
                <thead>
                    <tr>
                        <th scope="col">{t!(studio.field.title)}</th>
                        <th scope="col">{t!(studio.drafts.based_on)}</th>
                        <th scope="col">{t!(studio.drafts.saved)}</th>
                        <th scope="col">{t!(studio.drafts.check)}</th>
                        <th scope="col">
                            <span class="fj-visually-hidden">{t!(common.actions)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
