//! What the form comes to, whether it is saved, and what can be done with it: within reach of the thumb.

use leptos::prelude::*;
use shared::dto::figures::Agreement;
use shared::review::Step;

use super::desk::{Desk, Mode, Saving};
use super::fields::StopAmending;
use crate::client::ApiError;
use crate::components::button::{Button, Weight};
use crate::components::customer::grade_stamp::GradeStamp;
use crate::components::icon::Icon;
use crate::components::menu::{Menu, MenuItem};
use crate::components::stamp::StampSize;
use crate::contexts::toasts;
use crate::derive::format;
use crate::derive::review_step::{Offer, explain, is_forward, offers};
use crate::derive::review_words;
use crate::{say, t};

/// How many steps have a button on a phone; the others are in the menu.
const SHOWN: usize = 2;

/// What a step is called, with the person it is taken for.
#[must_use]
pub fn label(offer: &Offer) -> String {
    let step = review_words::step(offer.step);
    match &offer.acting {
        Some((_, name)) => say!(review_form.bar.acting, name, step),
        None => step.to_owned(),
    }
}

/// The bar; nothing where nothing can be done.
#[component]
pub fn Bar(desk: Desk) -> impl IntoView {
    let steps = Memo::new(move |_| desk.view.with(offers));
    let idle = Memo::new(move |_| steps.with(Vec::is_empty) && desk.mode.with(|mode| *mode == Mode::Read));
    let graded = Memo::new(move |_| desk.preview.with(|all| (all.tier.clone(), all.provisional)));
    let score = move || {
        desk.preview.with(|all| match all.tier {
            Some(_) => format::points(all.score),
            None => "—".to_owned(),
        })
    };
    let actions = move || match desk.mode.get() {
        Mode::Amend(offer) => {
            let finish = Callback::new(move |()| {
                if desk.reading.with_untracked(|reading| reading.faults() == 0) {
                    desk.taking.set(Some(offer.clone()));
                }
            });
            view! {
                <StopAmending desk />
                <Button
                    label=t!(review_form.bar.finish_amending)
                    weight=Weight::Primary
                    disabled=Signal::derive(move || desk.reading.with(|reading| reading.faults() > 0))
                    on_press=finish
                />
            }
            .into_any()
        }
        Mode::Read | Mode::Fill(_) => view! { <Steps desk steps=steps.get() /> }.into_any(),
    };
    view! {
        <Show when=move || !idle.get()>
            <section class="fj-outcome fj-outcome--steps fj-no-print" aria-label=t!(review_form.bar.steps)>
                <GradeStamp size=StampSize::M graded policy=desk.policy.get_value() />
                <span class="fj-outcome__figure">{score}</span>
                <p class="fj-outcome__text" role="status">
                    {move || status(desk)}
                </p>
                <span class="fj-outcome__actions">{actions}</span>
            </section>
        </Show>
    }
}

/// Whether what is typed is saved.
fn status(desk: Desk) -> String {
    let (changes, faults) = desk.reading.with(|reading| (reading.changes(), reading.faults()));
    match desk.mode.get() {
        Mode::Read => return String::new(),
        Mode::Amend(_) if faults == 0 => return say!(review_form.save.amended, changes),
        Mode::Amend(_) => return say!(figures.wrong, faults),
        Mode::Fill(_) => {}
    }
    if faults > 0 {
        return say!(review_form.save.wrong, faults);
    }
    if !desk.clashes.with(Vec::is_empty) {
        return say!(review_form.save.clash).to_owned();
    }
    match desk.saving.get() {
        Saving::Busy => say!(review_form.save.busy).to_owned(),
        Saving::Failed(ApiError::Offline) => say!(review_form.save.offline).to_owned(),
        Saving::Failed(error) => {
            let why = say!(review_form.save.failed, explain(&error));
            format!("{why} {}", say!(review_form.save.kept))
        }
        Saving::Open | Saving::Saved(_) if changes > 0 => say!(review_form.save.pending, changes),
        Saving::Saved(Agreement::Confirmed) => say!(review_form.save.confirmed).to_owned(),
        Saving::Saved(Agreement::Differs) => say!(figures.differs).to_owned(),
        Saving::Saved(Agreement::Unchecked) => say!(review_form.save.saved).to_owned(),
        Saving::Open => say!(review_form.save.idle).to_owned(),
    }
}

/// The picture of a step in a menu.
#[must_use]
pub const fn icon(step: Step) -> &'static str {
    match step {
        Step::Rate => "chart",
        Step::Return | Step::Withdraw => "undo",
        Step::Refuse | Step::SetAside => "close",
        Step::Amend | Step::Fill => "pencil",
        Step::Admit => "clock",
        Step::Submit
        | Step::TakeUp
        | Step::Decide
        | Step::Apply
        | Step::Review
        | Step::Approve
        | Step::Publish => "arrow-right",
    }
}

/// The steps: the first ones as buttons, on a phone the others in a menu.
#[component]
fn Steps(desk: Desk, steps: Vec<Offer>) -> impl IntoView {
    let unsaved = Callback::new(|()| toasts::error(say!(review_form.save.first)));
    let press = move |offer: &Offer| {
        let offer = offer.clone();
        Callback::new(move |()| desk.begin(offer.clone(), unsaved))
    };
    let button = move |offer: &Offer, first: bool| {
        let (own, on_press) = (offer.clone(), press(offer));
        let weight = match offer.step {
            step if first && is_forward(step) => Weight::Primary,
            Step::Refuse => Weight::Danger,
            _ => Weight::Secondary,
        };
        view! { <Button label=move || label(&own) weight on_press /> }
    };
    let shown = steps.iter().take(SHOWN).enumerate().map(|(at, offer)| button(offer, at == 0)).collect_view();
    let others = steps.get(SHOWN..).unwrap_or_default();
    let wide = others
        .iter()
        .map(|offer| view! { <span class="fj-not-phone">{button(offer, false)}</span> })
        .collect_view();
    let menu = (!others.is_empty()).then(|| {
        let items = others.to_vec();
        let face = || view! { <Icon name="more" /> };
        view! {
            <span class="fj-only-phone">
                <Menu
                    id="form-steps"
                    button_class="fj-icon-button"
                    label=t!(review_form.bar.more)
                    face
                    head=|| ()
                >
                    {items
                        .iter()
                        .map(|offer| {
                            let (own, danger) = (offer.clone(), offer.step == Step::Refuse);
                            view! {
                                <MenuItem
                                    icon=icon(offer.step)
                                    label=move || label(&own)
                                    on_press=press(offer)
                                    danger
                                />
                            }
                        })
                        .collect_view()}
                </Menu>
            </span>
        }
    });
    view! { {shown} {wide} {menu} }
}
