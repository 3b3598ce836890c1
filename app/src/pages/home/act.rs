//! A step taken where it waits: the form is fetched as it is now, and its own dialog opens over the list.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::review::{FormRow, FormView};
use shared::id::{CycleId, StandInId};
use shared::review::Step;

use crate::client;
use crate::contexts::policies::{self, Published};
use crate::contexts::toasts;
use crate::derive::review_step::{Offer, explain, offers};
use crate::pages::review_form::{Desk, StepDialog};
use crate::say;

/// A step that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Of which form.
    pub row: FormRow,
    /// Which.
    pub step: Step,
    /// Under which appointment.
    pub stand_in: Option<StandInId>,
}

/// The form on the table, and what is done with it.
type Opened = (FormView, Published, Offer);

/// The dialog of the step that was begun.
#[component]
pub fn Act(cycle: CycleId, wanted: RwSignal<Option<Wanted>>, reload: Callback<()>) -> impl IntoView {
    let opened = RwSignal::new(None::<Opened>);
    Effect::new(move || {
        let Some(Wanted { row, step, stand_in }) = wanted.get() else {
            opened.set(None);
            return;
        };
        let path = format!("/reviews/{cycle}/forms/{}", row.customer);
        spawn_local(async move {
            let found = async {
                let view: FormView = client::get(path).send().await?;
                let policy = policies::by_id(&view.cycle.policy).await?;
                Ok((view, policy))
            };
            match found.await {
                Ok((view, policy)) => {
                    let same = |offer: &Offer| {
                        let acting = offer.acting.as_ref().map(|(stand_in, _)| stand_in);
                        offer.step == step && (acting.is_none() || acting == stand_in.as_ref())
                    };
                    match offers(&view).into_iter().find(same) {
                        Some(offer) => {
                            opened.try_set(Some((view, policy, offer)));
                        }
                        // The form is as it was listed: then the person has signed a step of it before.
                        // Otherwise another person was first.
                        None => {
                            let own = view.version == row.version;
                            toasts::error(if own {
                                say!(review_form.refused.own_step)
                            } else {
                                say!(home.not_possible)
                            });
                            wanted.try_set(None);
                            reload.try_run(());
                        }
                    }
                }
                Err(error) => {
                    toasts::error(explain(&error));
                    wanted.try_set(None);
                }
            }
        });
    });
    let on_close = Callback::new(move |done: bool| {
        wanted.set(None);
        if done {
            reload.run(());
        }
    });
    move || opened.get().map(|opened| view! { <Table opened on_close /> })
}

/// A form whose step is taken at once; whether it was taken is told when the dialog closes.
#[component]
fn Table(opened: Opened, on_close: Callback<bool>) -> impl IntoView {
    let (view, policy, offer) = opened;
    let version = view.version;
    let desk = Desk::new(view, policy);
    desk.taking.set(Some(offer));
    Effect::new(move |was: Option<bool>| {
        let open = desk.taking.with(Option::is_some);
        if was == Some(true) && !open {
            on_close.run(desk.view.with_untracked(|view| view.version != version));
        }
        open
    });
    view! { <StepDialog desk /> }
}
