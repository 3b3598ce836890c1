//! One step for all the forms shown, where it asks for nothing but a yes. Each is answered by itself: what
//! could not be done stays in the list, with the reason.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::review::{FormRow, MAX_FORM_MOVES, MoveForms, MoveOutcome, OneMove, Outcome};
use shared::id::CycleId;
use shared::review::Move;

use crate::client::{self, ApiError};
use crate::components::button::{Button, Weight};
use crate::components::dialog::Confirm;
use crate::components::form::FormState;
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::session::{may, use_session};
use crate::derive::review::{FormsView, bulk_move};
use crate::derive::review_step::explain;
use crate::derive::review_words;
use crate::{say, t};

/// What could not be done, by the customer's name, with the reason. It belongs to the page, for it outlives
/// the list that is loaded anew.
pub type NotDone = Vec<(String, String)>;

/// Says what could not be done.
#[component]
pub fn NotDoneNotice(#[prop(into)] refused: Signal<NotDone>) -> impl IntoView {
    move || {
        let refused = refused.get();
        (!refused.is_empty()).then(|| {
            let count = refused.len();
            view! {
                <Notice tone=NoticeTone::Warning title=move || say!(review.not_done, count)>
                    <ul>
                        {refused
                            .into_iter()
                            .map(|(name, why)| view! { <li>{name} "：" {why}</li> })
                            .collect_view()}
                    </ul>
                </Notice>
            }
        })
    }
}

/// The button and the question.
#[component]
pub fn Bulk(
    cycle: CycleId,
    #[prop(into)] view: Signal<FormsView>,
    #[prop(into)] rows: Signal<Vec<FormRow>>,
    /// Where to say what could not be done.
    refused: RwSignal<NotDone>,
    /// Loads the list anew.
    on_done: Callback<bool>,
) -> impl IntoView {
    let session = use_session();
    let (asking, state) = (RwSignal::new(false), FormState::new());
    // In another's place the right is theirs; the Worker knows.
    let wanted = Memo::new(move |_| {
        view.with(|view| {
            let wanted = bulk_move(view.stage?)?;
            let own = wanted.step().asks().iter().any(|action| may(&session, *action));
            (own || view.stand_in.is_some()).then_some(wanted)
        })
    });
    let step = move || wanted.with(|wanted| wanted.as_ref().map(Move::step));
    let chosen = move || rows.with(|all| all.iter().take(MAX_FORM_MOVES).cloned().collect::<Vec<FormRow>>());
    let count = Memo::new(move |_| rows.with(|all| all.len().min(MAX_FORM_MOVES)));
    let label = move || step().map(|step| say!(review.all_at_once, review_words::step(step), count.get()));
    let yes = Callback::new(move |()| {
        let Some(wanted) = wanted.get_untracked() else { return };
        let forms = untrack(chosen);
        let body = MoveForms {
            moves: forms
                .iter()
                .map(|row| OneMove {
                    customer: row.customer.clone(),
                    version: row.version,
                    wanted: wanted.clone(),
                })
                .collect(),
            stand_in: view.with_untracked(|view| view.stand_in.clone()),
        };
        let call = client::post(format!("/reviews/{cycle}/forms/moves"), &body).within_ms(120_000);
        state.begin();
        spawn_local(async move {
            state.end(match call.send::<Vec<MoveOutcome>>().await {
                Ok(outcomes) => {
                    let not_done = outcomes.into_iter().filter_map(|one| match one.outcome {
                        Outcome::Done { .. } => None,
                        Outcome::Refused { problem } => {
                            let row = forms.iter().find(|row| row.customer == one.customer)?;
                            Some((row.name.to_string(), explain(&ApiError::Problem(problem))))
                        }
                    });
                    refused.try_set(not_done.collect());
                    asking.try_set(false);
                    on_done.try_run(false);
                    None
                }
                Err(error) => Some(error),
            });
        });
    });
    view! {
        <Show when=move || step().is_some() && count.get() != 0>
            <div class="fj-cluster">
                <Button
                    label=move || label().unwrap_or_default()
                    weight=Weight::Primary
                    busy=state.busy
                    on_press=Callback::new(move |()| asking.set(true))
                />
            </div>
        </Show>
        <Show when=move || asking.get()>
            <Confirm
                id="review-bulk"
                title=move || label().unwrap_or_default()
                text=t!(review.all_at_once_text)
                yes=move || step().map(review_words::step).unwrap_or_default()
                state
                explain
                on_yes=yes
                on_close=Callback::new(move |()| asking.set(false))
                harmless=true
            />
        </Show>
    }
}
