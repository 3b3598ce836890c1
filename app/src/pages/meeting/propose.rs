//! Putting something before the meeting: about whom, what is granted now, what is proposed, why.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::SubmitEvent;
use shared::dto::customer::CustomerRow;
use shared::dto::page::Page;
use shared::dto::review::{ItemRow, ItemStanding, ProposeItem};
use shared::id::CustomerId;
use shared::review::meeting::{Choice, ItemKind};

use super::item_fields::{Area, GRANTED, GrantFields, Pick, Sheet, WAS};
use super::room::Room;
use crate::client::{self, Answer};
use crate::components::button::{Button, Submit, Weight};
use crate::components::dialog::Dialog;
use crate::components::field::{FieldError, TextField};
use crate::components::form::FormError;
use crate::contexts::i18n::lang;
use crate::contexts::toasts;
use crate::derive::meeting::Place;
use crate::derive::meeting_item::{choice, explain, granted, kind as kind_word};
use crate::derive::meeting_item_form::{Now, field, proposed, texts_of};
use crate::derive::problem::invalid;
use crate::{say, t};

/// Most customers that a search shows.
const SHOWN: u32 = 6;

async fn search(q: String) -> Answer<Vec<CustomerRow>> {
    if q.trim().is_empty() {
        return Ok(Vec::new());
    }
    let path = client::with_query("/customers", &[("q", Some(q)), ("limit", Some(SHOWN.to_string()))]);
    let page: Page<CustomerRow> = client::get(path).send().await?;
    Ok(page.items)
}

/// The dialog of what is being proposed.
#[component]
pub fn ProposeDialog(room: Room) -> impl IntoView {
    move || room.proposing.get().map(|kind| view! { <Proposing room kind /> })
}

/// Whom it is about.
type Whom = RwSignal<Option<(CustomerId, String)>>;

#[component]
fn Proposing(room: Room, kind: ItemKind) -> impl IntoView {
    let sheet = Sheet::new(crate::derive::edit::Touched::new());
    // The case on the table is the likely one.
    let on_table = untrack(|| {
        let Some(Place::Form(customer)) = room.at.get() else { return None };
        let found = room
            .rows
            .with(|rows| rows.iter().find(|row| row.customer == customer).map(|row| row.name.to_string()));
        found.map(|name| (customer, name))
    });
    let whom: Whom = RwSignal::new(on_table.filter(|_| kind.needs_customer()));
    let standing = LocalResource::new(move || {
        let customer = whom.get().map(|(customer, _)| customer).filter(|_| kind.needs_customer());
        async move {
            let customer = customer?;
            room.read(&format!("/meeting/standing/{customer}")).send::<ItemStanding>().await.ok()
        }
    });
    // What a former decision says, and what is granted: by it, or as the form of the credit says.
    let known = Memo::new(move |_| {
        let standing = standing.get().flatten().unwrap_or_default();
        match kind {
            ItemKind::SpecialPolicy => (standing.special_policy_known, standing.special_policy),
            ItemKind::Settlement => (standing.settlement_known, standing.settlement),
            ItemKind::Other => (true, None),
        }
    });
    let says = RwSignal::new(false);
    Effect::new(move || {
        let (by_decision, now) = known.get();
        // What finance set in the form is where the proposer begins.
        if let Some(now) = now.filter(|_| !by_decision) {
            says.set(true);
            sheet.said.update(|said| said.extend(texts_of("was", &now)));
        }
    });
    let now = Memo::new(move |_| {
        let (by_decision, now) = known.get();
        if by_decision { Now::Known(now.is_some()) } else { Now::Said(says.get()) }
    });
    let choices = Signal::derive(move || {
        let (Now::Known(had) | Now::Said(had)) = now.get();
        let all = Choice::proposable(had).iter();
        all.map(|one| (one.code().to_owned(), choice(lang(), kind, had, *one).to_owned())).collect::<Vec<_>>()
    });
    Effect::new(move || {
        // One choice is no question.
        if let [(only, _)] = &choices.get()[..] {
            let only = only.clone();
            sheet.said.update(|said| {
                said.insert(field::CHOICE.to_owned(), only);
            });
        }
    });
    let chosen = sheet.text(field::CHOICE);
    let grants = Memo::new(move |_| {
        chosen.with(|code| Choice::ALL.iter().any(|choice| choice.code() == code && choice.grants()))
    });
    let on_close = Callback::new(move |()| room.proposing.set(None));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if sheet.state.busy.get_untracked() {
            return;
        }
        let customer = whom.get_untracked().map(|(customer, _)| customer);
        let body = sheet.said.with_untracked(|said| proposed(kind, customer, now.get_untracked(), said));
        let body = match body {
            Ok(body) => ProposeItem { stand_in: room.stand_in(), ..body },
            Err(wrong) => {
                sheet.state.end(Some(invalid(wrong.into_iter().map(Some))));
                return;
            }
        };
        let path = format!("/reviews/{}/meeting/items", room.cycle());
        let call = client::post(path, &body).idempotent(&sheet.state.key(&body));
        sheet.state.begin();
        spawn_local(async move {
            match call.send::<ItemRow>().await {
                Ok(row) => {
                    sheet.state.end(None);
                    toasts::success(say!(meeting.item.proposed));
                    room.proposing.try_set(None);
                    room.items.try_update(|items| items.push(row));
                    room.refresh();
                }
                Err(error) => sheet.state.end(Some(error)),
            }
        });
    };
    let was = move || {
        let (by_decision, now) = known.get();
        if kind == ItemKind::Other {
            return ().into_any();
        }
        if by_decision {
            let said =
                now.map_or_else(|| say!(meeting.item.was_none).to_owned(), |now| granted(lang(), &now));
            return view! {
                <div class="fj-titleblock__cell fj-titleblock__cell--wide">
                    <p class="fj-titleblock__label">{t!(meeting.item.was_known)}</p>
                    <p class="fj-titleblock__value fj-prose">{said}</p>
                </div>
            }
            .into_any();
        }
        view! { <Was kind sheet says /> }.into_any()
    };
    view! {
        <Dialog id="propose" title=move || say!(meeting.item.propose_kind, kind_word(lang(), kind)) on_close>
            <form on:submit=submit novalidate=true>
                <div class="fj-dialog__body fj-stack">
                    <FormError state=sheet.state explain />
                    <Customer kind sheet whom />
                    {was}
                    <Pick id="propose-choice" label=t!(meeting.item.proposal) sheet field=field::CHOICE choices />
                    <Show when=move || grants.get()>
                        <GrantFields kind sheet names=&GRANTED />
                    </Show>
                    <Area
                        id="propose-reason"
                        label=t!(meeting.item.reason)
                        sheet
                        field=field::REASON
                        required=Signal::stored(true)
                    />
                </div>
                <footer class="fj-dialog__footer">
                    <Button label=t!(common.cancel) weight=Weight::Secondary on_press=on_close />
                    <Submit label=t!(meeting.item.submit) busy=sheet.state.busy />
                </footer>
            </form>
        </Dialog>
    }
}

/// Whether something is granted now, and what.
#[component]
fn Was(kind: ItemKind, sheet: Sheet, says: RwSignal<bool>) -> impl IntoView {
    view! {
        <label class="fj-check">
            <input
                class="fj-check__box"
                type="checkbox"
                prop:checked=move || says.get()
                on:change:target=move |event| says.set(event.target().checked())
            />
            <span class="fj-check__text">{t!(meeting.item.was_say)}</span>
        </label>
        <Show when=move || says.get()>
            <GrantFields kind sheet names=&WAS />
        </Show>
    }
}

/// The customer: the one of the case on the table, or one that is searched for.
#[component]
fn Customer(kind: ItemKind, sheet: Sheet, whom: Whom) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let found = LocalResource::new(move || search(typed.get()));
    let hint = move || {
        if kind.needs_customer() {
            say!(meeting.item.customer_hint)
        } else {
            say!(meeting.item.customer_optional)
        }
    };
    let row = move |row: CustomerRow| {
        let (id, name) = (row.id.clone(), row.name.to_string());
        let shown = format!("{} {}", row.code, row.name);
        view! {
            <li>
                <button
                    type="button"
                    class="fj-agenda__line"
                    on:click=move |_| whom.set(Some((id.clone(), name.clone())))
                >
                    {shown}
                </button>
            </li>
        }
    };
    move || {
        match whom.get() {
        Some((_, name)) => view! {
            <div class="fj-cluster fj-cluster--between">
                <p>
                    <span class="fj-muted">{t!(meeting.item.customer)}</span>
                    " "
                    <b>{name}</b>
                </p>
                <Button
                    label=t!(meeting.item.change_customer)
                    weight=Weight::Quiet
                    small=true
                    on_press=Callback::new(move |()| whom.set(None))
                />
            </div>
        }
        .into_any(),
        None => view! {
            <div class="fj-stack fj-stack--tight">
                <TextField
                    id="propose-customer"
                    label=t!(meeting.item.customer)
                    hint
                    value=typed
                    on_input=Callback::new(move |text| typed.set(text))
                    required=kind.needs_customer()
                />
                <FieldError id="propose-customer-missing" error=sheet.error(field::CUSTOMER) />
                {move || match found.get() {
                    Some(Ok(rows)) if rows.is_empty() && !typed.with(|text| text.trim().is_empty()) => {
                        view! { <p class="fj-muted">{t!(meeting.item.nobody)}</p> }.into_any()
                    }
                    Some(Ok(rows)) => {
                        view! { <ul class="fj-agenda__list">{rows.into_iter().map(row).collect_view()}</ul> }.into_any()
                    }
                    Some(Err(_)) | None => ().into_any(),
                }}
            </div>
        }
        .into_any(),
    }
    }
}
