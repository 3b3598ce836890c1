//! What the promotion section can do with the cycle now.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::review::{CycleOverview, MoveCycle};
use shared::id::{Reason, StandInId};
use shared::review::{Cycle, CycleKind, CycleMove, CycleStep};

use crate::client;
use crate::components::button::{Button, Submit, Weight};
use crate::components::dialog::Dialog;
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::contexts::session::use_session;
use crate::derive::problem::{invalid, parse_day, text_problem};
use crate::derive::review::at_day;
use crate::derive::review_step::explain;
use crate::t;

/// A step that a person takes, and what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    MoveClose,
    Convene,
    Conclude,
    Publish,
}

impl Way {
    const fn of(step: CycleStep) -> Option<Self> {
        match step {
            CycleStep::MoveClose => Some(Self::MoveClose),
            CycleStep::Convene => Some(Self::Convene),
            CycleStep::Conclude => Some(Self::Conclude),
            CycleStep::Publish => Some(Self::Publish),
            CycleStep::Open | CycleStep::Gather | CycleStep::Finish => None,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::MoveClose => crate::say!(review.way.move_close),
            Self::Convene => crate::say!(review.way.convene),
            Self::Conclude => crate::say!(review.way.conclude),
            Self::Publish => crate::say!(review.way.publish),
        }
    }

    fn text(self, kind: CycleKind) -> &'static str {
        match (self, kind) {
            (Self::MoveClose, _) => crate::say!(review.way.move_close_text),
            (Self::Convene, _) => crate::say!(review.way.convene_text),
            (Self::Conclude, _) => crate::say!(review.way.conclude_text),
            (Self::Publish, CycleKind::Yearly) => crate::say!(review.way.publish_text),
            (Self::Publish, CycleKind::Supplementary) => crate::say!(review.way.publish_text_supplementary),
        }
    }

    /// Whether it asks for a day.
    const fn has_day(self) -> bool {
        matches!(self, Self::MoveClose | Self::Publish)
    }
}

/// A button for each step, and the dialog of the one chosen.
#[component]
pub fn Moves(
    overview: CycleOverview,
    /// In whose place, when not for oneself.
    #[prop(optional_no_strip)]
    stand_in: Option<StandInId>,
    reload: Callback<()>,
) -> impl IntoView {
    let ways: Vec<Way> = overview.may.iter().copied().filter_map(Way::of).collect();
    if ways.is_empty() {
        return ().into_any();
    }
    let chosen = RwSignal::new(None::<Way>);
    let on_close = Callback::new(move |()| chosen.set(None));
    let button = move |way: Way| {
        let weight = if way == Way::MoveClose { Weight::Secondary } else { Weight::Primary };
        let on_press = Callback::new(move |()| chosen.set(Some(way)));
        view! { <Button label=move || way.label() weight on_press /> }
    };
    let (cycle, version) = (overview.cycle, overview.version);
    view! {
        <div class="fj-cluster fj-no-print" role="group" aria-label=t!(review.ways)>
            {ways.into_iter().map(button).collect_view()}
        </div>
        {move || {
            chosen.get().map(|way| {
                let (cycle, stand_in) = (cycle.clone(), stand_in.clone());
                view! { <WayDialog way cycle stand_in version reload on_close /> }
            })
        }}
    }
    .into_any()
}

#[component]
fn WayDialog(
    way: Way,
    cycle: Cycle,
    stand_in: Option<StandInId>,
    version: i64,
    reload: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let today = use_session().today;
    let form = FormState::new();
    let Cycle { id, kind, closes, .. } = cycle;
    let first = if way == Way::MoveClose { closes.max(today) } else { today };
    let (day, reason) = (RwSignal::new(first.to_string()), RwSignal::new(String::new()));
    let path = format!("/reviews/{id}/moves");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        let day = parse_day("day", &day.get_untracked());
        let why = Reason::parse(reason.get_untracked().trim());
        let wanted = match (way, day, why) {
            (Way::Convene, ..) => CycleMove::Convene,
            (Way::Conclude, ..) => CycleMove::Conclude,
            (Way::Publish, Ok(effective), _) => CycleMove::Publish { effective },
            (Way::MoveClose, Ok(closes), Ok(reason)) => CycleMove::MoveClose { closes, reason },
            (_, day, why) => {
                let no_reason = if way == Way::MoveClose { text_problem("reason", why.err()) } else { None };
                form.end(Some(invalid([day.err(), no_reason])));
                return;
            }
        };
        let call = client::post(&path, &MoveCycle { wanted, stand_in: stand_in.clone() }).if_match(version);
        form.begin();
        spawn_local(async move {
            match call.send::<CycleOverview>().await {
                Ok(_) => {
                    form.end(None);
                    // The buttons may have been made anew meanwhile, and this dialog gone with them.
                    on_close.try_run(());
                    reload.try_run(());
                }
                Err(error) => form.end(Some(at_day(error, "day"))),
            }
        });
    };
    let day_label = move || match way {
        Way::MoveClose => t!(review.closes)(),
        Way::Convene | Way::Conclude | Way::Publish => t!(review.effective)(),
    };
    view! {
        <Dialog id="review-way" title=move || way.label() on_close>
            <form on:submit=submit novalidate=true>
                <div class="fj-dialog__body fj-stack">
                    <FormError state=form explain />
                    <p>{move || way.text(kind)}</p>
                    {way
                        .has_day()
                        .then(|| {
                            view! {
                                <TextField
                                    id="day"
                                    label=day_label
                                    value=day
                                    on_input=Callback::new(move |text| day.set(text))
                                    error=form.field("day")
                                    entry=Entry::Date
                                    required=true
                                />
                            }
                        })}
                    {(way == Way::MoveClose)
                        .then(|| {
                            view! {
                                <TextField
                                    id="reason"
                                    label=t!(figures.reason)
                                    value=reason
                                    on_input=Callback::new(move |text| reason.set(text))
                                    error=form.field("reason")
                                    required=true
                                    full=true
                                />
                            }
                        })}
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) on_press=on_close />
                    <Submit label=move || way.label() busy=form.busy />
                </footer>
            </form>
        </Dialog>
    }
}
