//! The grade of one deal: which, on what day, what grade, and why.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::review::{DealGrade, NewDealGrade};
use shared::id::{Label, Name, Reason};

use crate::client;
use crate::components::button::{Button, Submit};
use crate::components::customer::grade_words;
use crate::components::dialog::Dialog;
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::components::select::{Choice, SelectField};
use crate::contexts::drafts::Draft;
use crate::contexts::i18n::lang;
use crate::contexts::policies::Published;
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::edit::Touched;
use crate::derive::problem::{invalid, parse_day, text_problem};
use crate::derive::review_step::explain;
use crate::derive::sentences;
use crate::{say, t};

/// The dialog.
#[component]
pub fn DealDialog(
    id: String,
    policy: Published,
    on_close: Callback<()>,
    on_saved: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let begun: Touched = [("day".to_owned(), session.today.to_string())].into();
    let draft = Draft::of(&session.user, &format!("deal.{id}"), begun);
    let state = FormState::new();
    let text = move |field: &'static str| {
        Signal::derive(move || draft.value.with(|said| said.get(field).cloned().unwrap_or_default()))
    };
    let set = move |field: &'static str| {
        Callback::new(move |text: String| {
            draft.value.update(|said| {
                said.insert(field.to_owned(), text);
            });
        })
    };
    let grades = Signal::derive(move || -> Vec<Choice> {
        let none = (String::new(), say!(stand_ins.choose).to_owned());
        let tiers = policy.policy.tiers.iter();
        let tiers = tiers.map(|tier| {
            let words =
                format!("{} · {}", grade_words(Some(&tier.key), false), sentences::local(lang(), &tier.name));
            (tier.key.to_string(), words)
        });
        std::iter::once(none).chain(tiers).collect()
    });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if state.busy.get_untracked() {
            return;
        }
        let said = draft.value.get_untracked();
        let of = |field: &str| said.get(field).map_or("", |text| text.trim());
        let (deal, day) = (Name::parse(of("deal")), parse_day("day", of("day")));
        let (grade, reason) = (Label::parse(of("grade")), Reason::parse(of("reason")));
        let (Ok(deal), Ok(day), Ok(grade), Ok(reason)) = (&deal, &day, &grade, &reason) else {
            state.end(Some(invalid([
                text_problem("deal", deal.err()),
                day.err(),
                text_problem("grade", grade.err()),
                text_problem("reason", reason.err()),
            ])));
            return;
        };
        let (deal, reason) = (deal.clone(), reason.clone());
        let body = NewDealGrade { deal, day: *day, grade: grade.clone(), reason };
        let call = client::post(format!("/customers/{id}/deal-grades"), &body).idempotent(&state.key(&body));
        state.begin();
        spawn_local(async move {
            match call.send::<DealGrade>().await {
                Ok(_) => {
                    state.end(None);
                    draft.discard();
                    toasts::success(say!(common.saved));
                    on_close.try_run(());
                    on_saved.try_run(());
                }
                Err(error) => state.end(Some(error)),
            }
        });
    };
    view! {
        <Dialog id="deal" title=t!(newcomer.give) on_close>
            <form on:submit=submit novalidate=true>
                <div class="fj-dialog__body fj-stack">
                    <FormError state explain />
                    <p>{t!(newcomer.give_text)}</p>
                    <TextField
                        id="deal-name"
                        label=t!(newcomer.deal)
                        hint=t!(newcomer.deal_hint)
                        value=text("deal")
                        on_input=set("deal")
                        error=state.field("deal")
                        required=true
                    />
                    <div class="fj-form-grid">
                        <TextField
                            id="deal-day"
                            label=t!(newcomer.day)
                            value=text("day")
                            on_input=set("day")
                            error=state.field("day")
                            entry=Entry::Date
                            required=true
                        />
                        <SelectField
                            id="deal-grade"
                            label=t!(review_form.step.grade)
                            value=text("grade")
                            on_change=set("grade")
                            choices=grades
                            error=state.field("grade")
                            required=true
                        />
                    </div>
                    <TextField
                        id="deal-reason"
                        label=t!(review_form.step.reason)
                        value=text("reason")
                        on_input=set("reason")
                        error=state.field("reason")
                        required=true
                    />
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) on_press=on_close />
                    <Submit label=t!(newcomer.give) busy=state.busy />
                </footer>
            </form>
        </Dialog>
    }
}
