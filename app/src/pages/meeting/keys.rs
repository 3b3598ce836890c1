//! The keys of the meeting: next and previous, one for each grade, the last decision taken back; `?` lists them.

use leptos::prelude::*;
use shared::id::Label;
use web_sys::wasm_bindgen::JsCast;

use super::room::Room;
use crate::components::button::{Button, Weight};
use crate::components::dialog::Dialog;
use crate::derive::meeting::{beside, tier_keys, tier_of};
use crate::{say, t};

/// The button that lists them, and whoever listens.
#[component]
pub fn Keys(room: Room) -> impl IntoView {
    let shown = RwSignal::new(false);
    let tiers: Vec<Label> =
        room.policy.with_value(|policy| policy.policy.tiers.iter().map(|tier| tier.key.clone()).collect());
    let keys = StoredValue::new(tier_keys(&tiers));
    let heard = window_event_listener(leptos::ev::keydown, move |event| {
        let typing = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|element| element.matches("input, textarea, select, dialog *").unwrap_or(false));
        if typing || event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() {
            return;
        }
        if press(room, keys, shown, &event.key()) {
            event.prevent_default();
        }
    });
    on_cleanup(move || heard.remove());
    let dialog = move || {
        shown.get().then(|| {
            let row = |key: String, text: String| {
                view! {
                    <div class="fj-keys__row">
                        <dt>
                            <kbd class="fj-kbd">{key}</kbd>
                        </dt>
                        <dd>{text}</dd>
                    </div>
                }
            };
            let rows = move || {
                let fixed = [
                    ("J ↓", say!(meeting.keys.next)),
                    ("K ↑", say!(meeting.keys.previous)),
                    ("U", say!(meeting.keys.undo)),
                    ("M", say!(meeting.keys.amend)),
                    ("1 2 3", say!(meeting.keys.choice)),
                    ("?", say!(meeting.keys.help)),
                ];
                let tiers = keys.get_value().into_iter().filter(|(key, _)| *key != ' ');
                let tiers = tiers.map(|(key, tier)| {
                    row(key.to_ascii_uppercase().to_string(), say!(meeting.keys.tier, tier))
                });
                let fixed = fixed.map(|(key, text)| row(key.to_owned(), text.to_owned()));
                tiers.chain(fixed).collect_view()
            };
            let on_close = Callback::new(move |()| shown.set(false));
            view! {
                <Dialog id="meeting-keys" title=t!(meeting.keys.title) on_close>
                    <dl class="fj-dialog__body fj-keys">{rows}</dl>
                    <footer class="fj-dialog__footer">
                        <Button label=t!(common.close) on_press=on_close />
                    </footer>
                </Dialog>
            }
        })
    };
    view! {
        <span class="fj-not-phone">
            <Button
                label=t!(meeting.keys.title)
                weight=Weight::Quiet
                on_press=Callback::new(move |()| shown.set(true))
            />
        </span>
        {dialog}
    }
}

/// Does what a key stands for; whether it stands for anything.
fn press(room: Room, keys: StoredValue<Vec<(char, Label)>>, shown: RwSignal<bool>, key: &str) -> bool {
    let go = |back: bool| {
        let to = untrack(|| room.at.with(|at| beside(&room.order(), at.as_ref(), back)));
        to.is_some_and(|place| {
            room.show(place);
            true
        })
    };
    match key {
        "?" => {
            shown.set(true);
            true
        }
        "j" | "J" | "ArrowDown" => go(false),
        "k" | "K" | "ArrowUp" => go(true),
        "u" | "U" => {
            let some = room.undo.with_untracked(Option::is_some);
            room.take_back();
            some
        }
        "m" | "M" => room.hands.amend.get_untracked().is_some_and(|amend| {
            amend.run(());
            true
        }),
        _ => {
            if let Some(choose) = room.hands.choose.get_untracked()
                && let Ok(place @ 1..=9) = key.parse::<usize>()
            {
                choose.run(place - 1);
                return true;
            }
            let tier = keys.with_value(|keys| tier_of(keys, key).cloned());
            let hand = room.hands.decide.get_untracked();
            tier.zip(hand).is_some_and(|(tier, decide)| {
                decide.run(tier);
                true
            })
        }
    }
}
