//! Publishing a draft: from when, why, and once more what it changes and whom it moves.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::dto::draft::{Draft as Stored, Publish};
use shared::dto::policy::PublishedPolicy;
use shared::id::Reason;
use shared::problem::Code;

use super::store::Studio;
use crate::client::{self, fresh_key};
use crate::clock::today;
use crate::components::button::{Button, Submit};
use crate::components::dialog::Dialog;
use crate::components::differences::Differences;
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::contexts::{book, toasts};
use crate::derive::policy_difference::differences;
use crate::derive::problem::{explain, invalid, parse_day, text_problem};
use crate::pages::policy::start_regrade;
use crate::{say, t};

/// The dialog. The draft must be saved; mistakes stand in its way.
#[component]
pub fn PublishDialog(
    studio: Studio,
    stored: Stored,
    current: Published,
    on_close: Callback<()>,
) -> impl IntoView {
    let form = FormState::new();
    let from = RwSignal::new(today().map(|today| today.to_string()).unwrap_or_default());
    let reason = RwSignal::new(String::new());
    let navigate = use_navigate();
    let id = stored.id.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        let day = parse_day("effective_from", &from.get_untracked());
        let why = Reason::parse(&reason.get_untracked());
        let (Ok(effective_from), Ok(reason)) = (&day, &why) else {
            form.end(Some(invalid([day.err(), text_problem("reason", why.err())])));
            return;
        };
        let body = Publish { effective_from: *effective_from, reason: reason.clone() };
        let version = studio.sheet.value.with_untracked(|sheet| sheet.version);
        let call = client::post(format!("/policy-drafts/{id}/publish"), &body);
        let call = call.if_match(version).idempotent(&form.key(&body));
        let (navigate, effective_from) = (navigate.clone(), *effective_from);
        form.begin();
        spawn_local(async move {
            match call.send::<PublishedPolicy>().await {
                Ok(published) => {
                    form.end(None);
                    // Nothing is left to be kept of a draft that is gone.
                    studio.sheet.discard();
                    toasts::success(say!(studio.publish.done, published.summary.version, effective_from));
                    if let Some(day) = today().filter(|today| effective_from <= *today)
                        && let Err(error) =
                            start_regrade(vec![day.year() - 1, day.year()], &fresh_key()).await
                        && error.code() != Some(Code::Conflict)
                    {
                        // One that is open already is as good; otherwise the clock begins one within a minute.
                        toasts::error(explain(&error));
                    }
                    navigate("/policy", NavigateOptions::default());
                }
                Err(error) => form.end(Some(error)),
            }
        });
    };
    let unsaved = studio.sheet.value.with_untracked(|sheet| sheet.policy != sheet.base);
    let wrong = studio.count();
    let policy = studio.now();
    let verdict = book::verdict(&policy);
    let rehearsal = format!("/policy/drafts/{}/rehearsal", stored.id);
    let version = current.summary.version;
    let found = differences(lang(), &current.policy, &policy);
    let count = found.len();
    let told = match verdict {
        Some(years) => {
            let lines = years.into_iter().map(|year| view! { <li>{move || year.said(lang())}</li> });
            view! { <ul class="fj-plain-list">{lines.collect_view()}</ul> }.into_any()
        }
        None => view! {
            <Notice tone=NoticeTone::Info title=t!(studio.publish.not_rehearsed)>
                <a class="fj-link" href=rehearsal>
                    {t!(studio.publish.rehearse_first)}
                </a>
            </Notice>
        }
        .into_any(),
    };
    view! {
        <Dialog id="publish" title=t!(studio.publish.title) on_close>
            <form on:submit=submit novalidate>
                <div class="fj-dialog__body fj-stack">
                    {(wrong > 0)
                        .then(|| {
                            view! {
                                <Notice tone=NoticeTone::Error title=move || say!(studio.publish.mistakes, wrong) />
                            }
                        })}
                    {unsaved
                        .then(|| view! { <Notice tone=NoticeTone::Warning title=t!(studio.publish.unsaved) /> })}
                    <FormError state=form />
                    <TextField
                        id="effective_from"
                        label=t!(policy.effective)
                        hint=t!(studio.publish.from_hint)
                        value=from
                        on_input=Callback::new(move |text| from.set(text))
                        error=form.field("effective_from")
                        entry=Entry::Date
                        required=true
                    />
                    <TextField
                        id="publish-reason"
                        label=t!(studio.versions.reason)
                        hint=t!(studio.publish.reason_hint)
                        value=reason
                        on_input=Callback::new(move |text| reason.set(text))
                        error=form.field("reason")
                        required=true
                    />
                    <section class="fj-stack fj-stack--tight">
                        <h3>{t!(studio.publish.moves)}</h3>
                        {told}
                    </section>
                    <details class="fj-more-fields">
                        <summary>{move || say!(studio.publish.changes, version, count)}</summary>
                        <Differences found />
                    </details>
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) on_press=on_close />
                    <Submit
                        label=t!(studio.bar.publish)
                        busy=form.busy
                        disabled=Signal::stored(wrong > 0 || unsaved)
                    />
                </footer>
            </form>
        </Dialog>
    }
}
