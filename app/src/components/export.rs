//! A list taken away as a file: all of it as it is narrowed, not only the rows that are shown.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::dto::export::{ExportFormat, ExportList};
use shared::permission::Action;

use super::button::{Button, Weight};
use super::icon::Icon;
use super::menu::{Menu, MenuItem, focus_button};
use crate::contexts::session::{may, use_session};
use crate::contexts::toasts;
use crate::derive::format;
use crate::export::{self, Asked};
use crate::{say, t};

/// How long it goes on in silence.
const SILENT_MS: u32 = 1_000;

/// Asks for a list as it is narrowed now.
pub type Ask = Arc<dyn Fn() -> Asked + Send + Sync>;

/// The button, for whoever has the right; with the kinds of file in a menu, and what has come so far once it
/// takes a moment.
#[component]
pub fn Export(
    list: ExportList,
    /// Called when a kind is chosen.
    ask: Ask,
    /// Unique on the page.
    #[prop(default = "export")]
    id: &'static str,
) -> impl IntoView {
    let session = use_session();
    may(&session, Action::Export).then(|| view! { <Taking list ask id today=session.today /> })
}

#[component]
fn Taking(list: ExportList, ask: Ask, id: &'static str, today: shared::calendar::Date) -> impl IntoView {
    let (busy, slow, count) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(0_usize));
    // Counts the tries: one that was given up, or whose page is gone, is no longer the last.
    let turn = StoredValue::new(0_u32);
    let begin = move || {
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        slow.set(false);
        count.set(0);
        turn.get_value()
    };
    let is_last = move |of: u32| turn.try_get_value() == Some(of);
    let take = Callback::new(move |format: ExportFormat| {
        if busy.get_untracked() {
            return;
        }
        let own = begin();
        busy.set(true);
        let asked = ask();
        spawn_local(async move {
            let patience = Timeout::new(SILENT_MS, move || {
                if is_last(own) {
                    slow.set(true);
                }
            });
            let goes_on = move |rows: usize| {
                count.try_set(rows);
                is_last(own)
            };
            let outcome = export::list(list, format, asked, today, goes_on).await;
            drop(patience);
            if !is_last(own) {
                return;
            }
            busy.set(false);
            slow.set(false);
            match outcome {
                Ok(rows) => toasts::success(say!(export.done, format::count(rows.unwrap_or_default()))),
                Err(failed) => toasts::error(failed.said()),
            }
        });
    });
    let give_up = Callback::new(move |()| {
        begin();
        busy.set(false);
        focus_button(id);
    });
    let face = move || {
        view! {
            <Icon name="download" />
            {t!(export.label)}
        }
    };
    let kind = move |format: ExportFormat| Callback::new(move |()| take.run(format));
    view! {
        <div class="fj-export fj-no-print">
            <span role="status" class="fj-export__status">
                {move || slow.get().then(|| say!(export.read, format::count(count.get())))}
            </span>
            <Show when=move || slow.get()>
                <Button label=t!(common.cancel) weight=Weight::Quiet small=true on_press=give_up />
            </Show>
            <Menu id button_class="fj-button fj-button--secondary" label=t!(export.label) face busy>
                <MenuItem icon="sheet" label=t!(export.xlsx) on_press=kind(ExportFormat::Xlsx) />
                <MenuItem icon="file" label=t!(export.csv) on_press=kind(ExportFormat::Csv) />
            </Menu>
        </div>
    }
}
