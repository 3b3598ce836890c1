//! What the meeting decides on a case: a button and a key for each grade, a reason where one is needed, an
//! amendment on the spot, and the last decision taken back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::review::MoveForm;
use shared::id::{Label, Reason};
use shared::problem::Code;
use shared::review::{Hand, Ladder, Moment, Move, Step};

use super::room::Room;
use crate::clock::now;
use crate::components::area::AreaField;
use crate::components::button::{Button, IconButton, Submit, Weight};
use crate::components::dialog::Dialog;
use crate::components::form::{FormError, FormState};
use crate::components::icon::Icon;
use crate::components::menu::{Menu, MenuItem};
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::drafts::Draft;
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::look::Look;
use crate::derive::meeting::tier_keys;
use crate::derive::problem::{invalid, text_problem};
use crate::derive::review_step::{Asker, Offer, explain, in_place, needs_reason, offers};
use crate::pages::review_form::bar::{icon, label};
use crate::pages::review_form::desk::{Desk, Mode};
use crate::pages::review_form::fields::StopAmending;
use crate::{say, t};

/// The bar below the case.
#[component]
pub fn Decisions(room: Room, desk: Desk) -> impl IntoView {
    let asking = RwSignal::new(None::<Label>);
    let busy = RwSignal::new(false);
    let session = use_session();
    let asker = StoredValue::new(Moment::new(now()).ok().map(|now| Asker {
        hand: Hand { user: session.user.clone(), on_behalf_of: None, role: session.role },
        now,
        ladder: Ladder::of(&desk.policy.get_value().policy),
    }));
    let steps = Memo::new(move |_| desk.view.with(offers));
    let decides = Memo::new(move |_| {
        let reads = desk.mode.with(|mode| *mode == Mode::Read);
        reads && steps.with(|steps| steps.iter().any(|offer| offer.step == Step::Decide))
    });
    let send = move |grade: Label, reason: Option<Reason>| {
        let wanted = Move::Decide { grade, reason };
        let stand_in = desk.view.with_untracked(|view| in_place(view, Step::Decide));
        let body = MoveForm { wanted, content: None, credit: None, stand_in };
        async move { desk.go(body).await }
    };
    let decide = Callback::new(move |grade: Label| {
        if busy.get_untracked() || asking.with_untracked(Option::is_some) {
            return;
        }
        let needs = desk.view.with_untracked(|view| {
            let computed = view.assessment.tier.as_ref();
            asker.with_value(|asker| {
                asker
                    .as_ref()
                    .is_none_or(|asker| needs_reason(Step::Decide, Some(&grade), view, computed, asker))
            })
        });
        if needs {
            asking.set(Some(grade));
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let name = desk.view.try_with_untracked(|view| view.name.to_string()).unwrap_or_default();
            match send(grade.clone(), None).await {
                Ok(()) => toasts::success(say!(meeting.decide.done, name, grade)),
                Err(error) => {
                    toasts::error(explain(&error));
                    if matches!(error.code(), Some(Code::VersionMismatch | Code::Conflict)) {
                        desk.fetch().await.ok();
                    }
                }
            }
            busy.try_set(false);
        });
    });
    let amend = Callback::new(move |()| {
        let offer =
            steps.with_untracked(|steps| steps.iter().find(|offer| offer.step == Step::Amend).cloned());
        if let Some(offer) = offer {
            desk.begin(offer, Callback::new(|()| ()));
        }
    });
    let amends = Memo::new(move |_| steps.with(|steps| steps.iter().any(|offer| offer.step == Step::Amend)));
    // The keyboard's hand on this case, for as long as it is on the table.
    Effect::new(move || room.hands.decide.set(decides.get().then_some(decide)));
    Effect::new(move || {
        let can = amends.get() && decides.get();
        room.hands.amend.set(can.then_some(amend));
    });
    on_cleanup(move || {
        room.hands.decide.try_set(None);
        room.hands.amend.try_set(None);
    });
    let body = move || match desk.mode.get() {
        Mode::Amend(offer) => view! { <Amending desk offer /> }.into_any(),
        Mode::Read | Mode::Fill(_) => {
            view! { <Tiers room desk decide decides=decides amends=amends amend busy /> }.into_any()
        }
    };
    let dialog = move || {
        asking.get().map(|grade| {
            let send = Callback::new(move |told: (Label, Reason, Why)| {
                let (grade, reason, Why { state, text }) = told;
                spawn_local(async move {
                    match send(grade, Some(reason)).await {
                        Ok(()) => {
                            text.discard();
                            state.end(None);
                            asking.try_set(None);
                        }
                        Err(error) => {
                            if error.code() == Some(Code::VersionMismatch) {
                                desk.fetch().await.ok();
                            }
                            state.end(Some(error));
                        }
                    }
                });
            });
            let on_close = Callback::new(move |()| asking.set(None));
            view! { <WhyDialog desk grade send on_close /> }
        })
    };
    view! {
        <section class="fj-outcome fj-outcome--steps fj-no-print" aria-label=t!(meeting.decide.title)>
            {body}
        </section>
        {dialog}
    }
}

/// A button for each grade, and what can be done besides.
#[component]
fn Tiers(
    room: Room,
    desk: Desk,
    decide: Callback<Label>,
    decides: Memo<bool>,
    amends: Memo<bool>,
    amend: Callback<()>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let policy = desk.policy.get_value();
    let tiers: Vec<Label> = policy.policy.tiers.iter().map(|tier| tier.key.clone()).collect();
    let button = move |(key, grade): (char, Label)| {
        let look = Look::of(&policy.policy.tiers, Some(&grade));
        let (own, named) = (grade.clone(), grade.clone());
        view! {
            <button
                type="button"
                class="fj-button fj-button--secondary fj-decide"
                aria-label=move || say!(meeting.decide.choose, named)
                aria-keyshortcuts=(key != ' ').then(|| key.to_string())
                disabled=move || busy.get()
                on:click=move |_| decide.run(own.clone())
            >
                <Stamp size=StampSize::S tier=Some(grade.to_string()) look />
                {(key != ' ').then(|| view! { <kbd class="fj-kbd" aria-hidden="true">{key.to_string()}</kbd> })}
            </button>
        }
    };
    let tiers = StoredValue::new(tier_keys(&tiers));
    let offered = Memo::new(move |_| desk.view.with(offers));
    let press = move |offer: &Offer| {
        let offer = offer.clone();
        Callback::new(move |()| desk.begin(offer.clone(), Callback::new(|()| ())))
    };
    let take_up = move || {
        let offer = offered.with(|all| all.iter().find(|offer| offer.step == Step::TakeUp).cloned())?;
        let on_press = press(&offer);
        Some(view! { <Button label=move || label(&offer) weight=Weight::Primary on_press /> })
    };
    // What is rarely done stands in a menu: the bar has one line.
    let rare = Memo::new(move |_| {
        let rare =
            |step| !matches!(step, Step::TakeUp | Step::Decide | Step::Amend | Step::Rate | Step::Fill);
        offered.get().into_iter().filter(|offer| rare(offer.step)).collect::<Vec<Offer>>()
    });
    let item = move |offer: Offer| {
        let (icon, on_press) = (icon(offer.step), press(&offer));
        view! { <MenuItem icon label=move || label(&offer) on_press /> }
    };
    let menu = move || {
        let items = rare.get();
        let face = || view! { <Icon name="more" /> };
        (!items.is_empty()).then(|| {
            view! {
                <Menu
                    id="case-steps"
                    button_class="fj-icon-button"
                    label=t!(review_form.bar.more)
                    face
                    head=|| ()
                >
                    {items.into_iter().map(item).collect_view()}
                </Menu>
            }
        })
    };
    let why_not = move || {
        let waits = offered.with(|all| all.iter().any(|offer| offer.step == Step::TakeUp));
        if waits { say!(meeting.decide.not_yet) } else { say!(meeting.decide.not_now) }
    };
    // In another's place, it says so before it is done.
    let absent = Memo::new(move |_| {
        let offers = desk.view.with(offers);
        let decides = offers.into_iter().find(|offer| offer.step == Step::Decide)?;
        decides.acting.map(|(_, name)| name.to_string())
    });
    view! {
        <Undone room />
        <Show
            when=move || decides.get()
            fallback=move || view! { <p class="fj-outcome__text">{why_not}</p> }
        >
            <div class="fj-cluster fj-cluster--tight" role="group" aria-label=t!(meeting.decide.title)>
                {move || absent.get().map(|name| view! { <span class="fj-muted">{say!(acting.other, name)}</span> })}
                {tiers.get_value().into_iter().map(button.clone()).collect_view()}
            </div>
        </Show>
        <span class="fj-outcome__actions">
            {take_up}
            <Show when=move || amends.get() && decides.get()>
                <Button label=t!(meeting.decide.amend) icon="pencil" on_press=amend />
            </Show>
            {menu}
        </span>
    }
}

/// What was decided just before, with a way back.
#[component]
fn Undone(room: Room) -> impl IntoView {
    move || {
        room.undo.get().map(|undo| {
            let text = move || say!(meeting.decide.done, undo.name, undo.grade);
            view! {
                <p class="fj-outcome__text fj-decide__last">
                    <span class="fj-decide__said" role="status">
                        {text}
                    </span>
                    <IconButton
                        label=t!(meeting.decide.undo)
                        name="undo"
                        on_press=Callback::new(move |()| room.take_back())
                    />
                </p>
            }
        })
    }
}

/// While the fields are amended: to give up, or to say why and by whom.
#[component]
fn Amending(desk: Desk, offer: Offer) -> impl IntoView {
    let faults = Signal::derive(move || desk.reading.with(|reading| reading.faults() > 0));
    let finish = Callback::new(move |()| desk.taking.set(Some(offer.clone())));
    let changes = move || say!(review_form.save.amended, desk.reading.with(|reading| reading.changes()));
    view! {
        <p class="fj-outcome__text">{changes}</p>
        <span class="fj-outcome__actions">
            <StopAmending desk />
            <Button
                label=t!(review_form.bar.finish_amending)
                weight=Weight::Primary
                disabled=faults
                on_press=finish
            />
        </span>
    }
}

/// What is typed to say why.
#[derive(Clone, Copy)]
struct Why {
    state: FormState,
    text: Draft<String>,
}

/// Why it is decided so.
#[component]
fn WhyDialog(
    desk: Desk,
    grade: Label,
    send: Callback<(Label, Reason, Why)>,
    on_close: Callback<()>,
) -> impl IntoView {
    let (place, name, code) = desk.view.with_untracked(|view| {
        let place = format!("why.{}.{}", view.form.cycle, view.form.customer);
        (place, view.name.to_string(), view.code.to_string())
    });
    let why = Why { state: FormState::new(), text: Draft::of(&use_session().user, &place, String::new()) };
    let (state, text) = (why.state, why.text.value);
    let error = state.field("wanted.reason");
    let own = grade.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if state.busy.get_untracked() {
            return;
        }
        match Reason::parse(&text.get_untracked()) {
            Ok(reason) => {
                state.begin();
                send.run((own.clone(), reason, why));
            }
            Err(wrong) => state.end(Some(invalid([text_problem("wanted.reason", Some(wrong))]))),
        }
    };
    let named = grade.clone();
    view! {
        <Dialog id="decide-why" title=move || say!(meeting.decide.choose, grade) on_close>
            <form on:submit=submit novalidate=true>
                <div class="fj-dialog__body fj-stack">
                    <FormError state explain />
                    <p>
                        <b>{name}</b>
                        " "
                        <span class="fj-code">{code}</span>
                    </p>
                    <p>{move || say!(meeting.decide.why, named)}</p>
                    <AreaField
                        id="decide-reason"
                        label=t!(meeting.decide.reason)
                        value=text
                        on_input=Callback::new(move |typed| text.set(typed))
                        error
                        required=true
                        most=500_u32
                        autofocus=true
                    />
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) on_press=on_close />
                    <Submit label=t!(meeting.item.record) busy=state.busy />
                </footer>
            </form>
        </Dialog>
    }
}
