//! An item on the table: what is granted now, what is proposed and by whom, what the meeting decides.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::review::{ItemRow, MoveItem};
use shared::id::ItemId;
use shared::problem::Code;
use shared::review::meeting::{Choice, ItemStage, Said};

use super::case::Neighbours;
use super::item_fields::{Area, GRANTED, GrantFields, Pick, Sheet};
use super::room::Room;
use crate::client::{self, Answer};
use crate::components::button::{Button, Submit, Weight};
use crate::components::dialog::{Confirm, Dialog};
use crate::components::form::{FormError, FormState};
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::directory::unit_name;
use crate::contexts::i18n::lang;
use crate::contexts::session::use_session;
use crate::contexts::toasts;
use crate::derive::format;
use crate::derive::meeting_item::{self as words, choice, explain, heading, proposal, title, was};
use crate::derive::meeting_item_form::{decided, field, texts_of};
use crate::derive::problem::invalid;
use crate::{say, t};

/// An item, as the agenda has it.
#[component]
pub fn ItemCase(room: Room, item: ItemId) -> impl IntoView {
    let row =
        Memo::new(move |_| room.items.with(|items| items.iter().find(|row| row.item.id == item).cloned()));
    move || row.get().map(|row| view! { <OnTable room row /> })
}

/// Sends a step of an item.
async fn send(room: Room, row: &ItemRow, body: &MoveItem) -> Answer<ItemRow> {
    let path = format!("/reviews/{}/meeting/items/{}/moves", room.cycle(), row.item.id);
    client::post(path, body).if_match(row.version).send().await
}

#[component]
fn OnTable(room: Room, row: ItemRow) -> impl IntoView {
    let session = use_session();
    // Whoever takes it back has proposed it, or acts for whoever did.
    let proposed = &row.item.proposal.signed.hand;
    let own = proposed.shares_a_person_with(&room.hand(&session));
    let open = row.stage == ItemStage::Proposed;
    let choices = Choice::decidable(row.item.was.is_some());
    let (kind, had) = (row.item.kind, row.item.was.is_some());
    let taking = RwSignal::new(None::<Choice>);
    let withdrawing = RwSignal::new(false);
    let may_decide = Memo::new(move |_| open && !own && room.meeting.with(|meeting| meeting.may_decide));
    let choose = Callback::new(move |place: usize| {
        if let Some(choice) = choices.get(place)
            && taking.with_untracked(Option::is_none)
        {
            taking.set(Some(*choice));
        }
    });
    Effect::new(move || room.hands.choose.set(may_decide.get().then_some(choose)));
    on_cleanup(move || {
        room.hands.choose.try_set(None);
    });
    let button = move |(at, of): (usize, Choice)| {
        view! {
            <button
                type="button"
                class="fj-button fj-button--secondary"
                aria-keyshortcuts=(at + 1).to_string()
                on:click=move |_| choose.run(at)
            >
                {move || choice(lang(), kind, had, of)}
                " "
                <kbd class="fj-kbd" aria-hidden="true">{at + 1}</kbd>
            </button>
        }
    };
    let unit = row.item.unit.clone();
    let code = row.code.as_ref().map(ToString::to_string);
    let state = FormState::new();
    let row = StoredValue::new(row);
    let take_back = Callback::new(move |()| {
        state.begin();
        spawn_local(async move {
            let nothing = MoveItem { choice: None, granted: None, reason: None, stand_in: room.stand_in() };
            state.end(match send(room, &row.get_value(), &nothing).await {
                Ok(row) => {
                    toasts::success(say!(meeting.item.withdrawn));
                    withdrawing.try_set(false);
                    room.settled(row);
                    None
                }
                Err(error) => Some(error),
            });
        });
    });
    view! {
        <article class="fj-case" aria-labelledby="form-name">
            <header class="fj-case__head">
                <div class="fj-case__title">
                    <p class="fj-case__kind">{move || heading(lang(), kind)}</p>
                    <h2 class="fj-case__name" id="form-name" tabindex="-1">
                        {move || row.with_value(|row| title(lang(), row))}
                    </h2>
                    <p class="fj-case__meta">
                        {code.map(|code| view! { <span class="fj-code">{code}</span> })}
                        {unit.map(|unit| view! { <span>{move || unit_name(&unit)}</span> })}
                    </p>
                </div>
                <Neighbours room />
            </header>
            <section class="fj-panel fj-panel--sheet">
                <dl class="fj-titleblock fj-case__item">
                    <Cell label=t!(meeting.item.was) text=move || row.with_value(|row| was(lang(), &row.item)) />
                    <Cell
                        label=t!(meeting.item.proposal)
                        text=move || row.with_value(|row| proposal(lang(), &row.item))
                    />
                    <Cell label=t!(meeting.item.reason) text=move || row.with_value(|row| signed(&row.item.proposal)) />
                    <Cell
                        label=t!(meeting.item.decision)
                        text=move || row.with_value(|row| {
                            let decided = words::decision(lang(), &row.item);
                            let from = row.item.effective_from.map(|from| say!(meeting.item.decided, from));
                            let signed = row.item.decision.as_ref().map(signed);
                            [Some(decided), from, signed].into_iter().flatten().collect::<Vec<_>>().join("\n")
                        })
                    />
                </dl>
            </section>
            {(open && own && room.meeting.with_untracked(|meeting| meeting.may_decide))
                .then(|| view! { <Notice tone=NoticeTone::Info title=t!(meeting.item.own) /> })}
            <section class="fj-outcome fj-outcome--steps fj-no-print" aria-label=t!(meeting.decide.title)>
                <Show when=move || may_decide.get()>
                    <div class="fj-cluster fj-cluster--tight" role="group" aria-label=t!(meeting.decide.title)>
                        {choices.iter().copied().enumerate().map(button).collect_view()}
                    </div>
                </Show>
                <Show when=move || open && !own && !may_decide.get()>
                    <p class="fj-outcome__text">{t!(meeting.decide.not_now)}</p>
                </Show>
                <span class="fj-outcome__actions">
                    {(open && own)
                        .then(|| {
                            view! {
                                <Button
                                    label=t!(meeting.item.withdraw)
                                    icon="undo"
                                    on_press=Callback::new(move |()| withdrawing.set(true))
                                />
                            }
                        })}
                </span>
            </section>
        </article>
        {move || {
            taking.get().map(|choice| view! { <DecideDialog room row=row.get_value() first=choice taking /> })
        }}
        <Show when=move || withdrawing.get()>
            <Confirm
                id="item-withdraw"
                title=t!(meeting.item.withdraw)
                text=t!(meeting.item.withdraw_text)
                yes=t!(meeting.item.withdraw)
                state
                explain
                on_yes=take_back
                on_close=Callback::new(move |()| withdrawing.set(false))
            />
        </Show>
    }
}

/// Why, by whom and when.
fn signed(said: &Said) -> String {
    let by = say!(meeting.item.by, said.by, format::moment(said.signed.at));
    said.reason.as_ref().map_or_else(|| by.clone(), |reason| format!("{reason}\n{by}"))
}

#[component]
fn Cell(
    #[prop(into)] label: leptos::text_prop::TextProp,
    #[prop(into)] text: leptos::text_prop::TextProp,
) -> impl IntoView {
    view! {
        <div class="fj-titleblock__cell fj-titleblock__cell--wide">
            <dt class="fj-titleblock__label">{move || label.get()}</dt>
            <dd class="fj-titleblock__value fj-prose">{move || text.get()}</dd>
        </div>
    }
}

/// What is decided, with what is granted where something is, and why where it is not as proposed.
#[component]
fn DecideDialog(room: Room, row: ItemRow, first: Choice, taking: RwSignal<Option<Choice>>) -> impl IntoView {
    let (kind, had) = (row.item.kind, row.item.was.is_some());
    let begun = row.item.proposal.granted.as_ref().or(row.item.was.as_ref());
    let mut said = begun.map(|granted| texts_of("granted", granted)).unwrap_or_default();
    said.insert(field::CHOICE.to_owned(), first.code().to_owned());
    let sheet = Sheet::new(said);
    let choices = Signal::derive(move || {
        let all = Choice::decidable(had).iter();
        all.map(|one| (one.code().to_owned(), choice(lang(), kind, had, *one).to_owned())).collect::<Vec<_>>()
    });
    let chosen = sheet.text(field::CHOICE);
    let grants = Memo::new(move |_| {
        chosen.with(|code| Choice::ALL.iter().any(|choice| choice.code() == code && choice.grants()))
    });
    let row = StoredValue::new(row);
    let differs = Memo::new(move |_| {
        // Whether a reason is asked for: the same reading as what is sent.
        let empty = sheet.said.with(|said| {
            let mut bare = said.clone();
            bare.remove(field::REASON);
            row.with_value(|row| decided(&row.item, &bare))
        });
        empty.is_err_and(|wrong| wrong.iter().any(|one| one.field == field::REASON))
    });
    let on_close = Callback::new(move |()| taking.set(None));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if sheet.state.busy.get_untracked() {
            return;
        }
        let body = sheet.said.with_untracked(|said| row.with_value(|row| decided(&row.item, said)));
        let body = match body {
            Ok(body) => MoveItem { stand_in: room.stand_in(), ..body },
            Err(wrong) => {
                sheet.state.end(Some(invalid(wrong.into_iter().map(Some))));
                return;
            }
        };
        sheet.state.begin();
        spawn_local(async move {
            match send(room, &row.get_value(), &body).await {
                Ok(row) => {
                    sheet.state.end(None);
                    toasts::success(say!(meeting.item.done));
                    taking.try_set(None);
                    room.settled(row);
                }
                Err(error) => {
                    if matches!(error.code(), Some(Code::VersionMismatch)) {
                        room.load_items();
                    }
                    sheet.state.end(Some(error));
                }
            }
        });
    };
    let label = move || {
        if differs.get() { say!(meeting.item.reason) } else { say!(review_form.step.remark) }
    };
    view! {
        <Dialog id="item-decide" title=t!(meeting.item.record) on_close>
            <form on:submit=submit novalidate=true>
                <div class="fj-dialog__body fj-stack">
                    <FormError state=sheet.state explain />
                    <p class="fj-muted">{t!(meeting.item.settles)}</p>
                    <Pick id="item-choice" label=t!(meeting.item.decision) sheet field=field::CHOICE choices />
                    <Show when=move || grants.get()>
                        <GrantFields kind sheet names=&GRANTED />
                    </Show>
                    <Area id="item-reason" label sheet field=field::REASON required=differs />
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) weight=Weight::Secondary on_press=on_close />
                    <Submit label=t!(meeting.item.record) busy=sheet.state.busy />
                </footer>
            </form>
        </Dialog>
    }
}
