//! Opening a review: of every customer, or of the new ones that are due.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::review::{CycleRow, OpenCycle};
use shared::id::StandInId;
use shared::review::CycleKind;

use crate::client;
use crate::components::button::{Button, Submit, Weight};
use crate::components::dialog::Dialog;
use crate::components::field::{Entry, TextField};
use crate::components::form::{FormError, FormState};
use crate::contexts::session::use_session;
use crate::derive::problem::{field_problem, invalid, parse_day};
use crate::derive::review::{at_day, usual_window};
use crate::derive::review_step::explain;
use crate::{say, t};

/// The button and its dialog.
#[component]
pub fn OpenReview(
    kind: CycleKind,
    /// In whose place, when not for oneself.
    #[prop(optional_no_strip)]
    stand_in: Option<StandInId>,
    reload: Callback<()>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button
            label=move || label(kind)
            weight=Weight::Primary
            on_press=Callback::new(move |()| open.set(true))
        />
        <Show when=move || open.get()>
            <OpenDialog kind stand_in=stand_in.clone() reload on_close=Callback::new(move |()| open.set(false)) />
        </Show>
    }
}

fn label(kind: CycleKind) -> &'static str {
    match kind {
        CycleKind::Yearly => say!(review.open),
        CycleKind::Supplementary => say!(newcomer.open),
    }
}

#[component]
fn OpenDialog(
    kind: CycleKind,
    stand_in: Option<StandInId>,
    reload: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let today = use_session().today;
    // New customers are due on any day, and are graded by what the year has brought so far.
    let (year, (from, until)) = match kind {
        CycleKind::Yearly => (today.year() - 1, usual_window(today)),
        CycleKind::Supplementary => (today.year(), (today, today.plus_days(5))),
    };
    let form = FormState::new();
    let year = RwSignal::new(year.to_string());
    let (opens, closes) = (RwSignal::new(from.to_string()), RwSignal::new(until.to_string()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if form.busy.get_untracked() {
            return;
        }
        let year = year.get_untracked().trim().parse::<i32>();
        let opens = parse_day("opens", &opens.get_untracked());
        let closes = parse_day("closes", &closes.get_untracked());
        let (Ok(year), Ok(opens), Ok(closes)) = (&year, &opens, &closes) else {
            let all = [year.is_err().then(|| field_problem("year", "year")), opens.err(), closes.err()];
            form.end(Some(invalid(all)));
            return;
        };
        let body =
            OpenCycle { kind, year: *year, opens: *opens, closes: *closes, stand_in: stand_in.clone() };
        let call = client::post("/reviews", &body).idempotent(&form.key(&body));
        form.begin();
        spawn_local(async move {
            match call.send::<CycleRow>().await {
                Ok(_) => {
                    form.end(None);
                    on_close.try_run(());
                    reload.try_run(());
                }
                Err(error) => form.end(Some(at_day(error, "closes"))),
            }
        });
    };
    let set = |signal: RwSignal<String>| Callback::new(move |text| signal.set(text));
    view! {
        <Dialog id="open-review" title=move || label(kind) on_close>
            <form on:submit=submit novalidate=true>
                <div class="fj-dialog__body fj-stack">
                    <FormError state=form explain />
                    <p>
                        {move || match kind {
                            CycleKind::Yearly => say!(review.open_text),
                            CycleKind::Supplementary => say!(newcomer.open_text),
                        }}
                    </p>
                    <TextField
                        id="year"
                        label=t!(review.year)
                        hint=t!(review.year_hint)
                        value=year
                        on_input=set(year)
                        error=form.field("year")
                        entry=Entry::Whole
                        required=true
                    />
                    <TextField
                        id="opens"
                        label=t!(review.opens)
                        value=opens
                        on_input=set(opens)
                        error=form.field("opens")
                        entry=Entry::Date
                        required=true
                    />
                    <TextField
                        id="closes"
                        label=t!(review.closes)
                        value=closes
                        on_input=set(closes)
                        error=form.field("closes")
                        entry=Entry::Date
                        required=true
                    />
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) on_press=on_close />
                    <Submit label=move || label(kind) busy=form.busy />
                </footer>
            </form>
        </Dialog>
    }
}
