//! Step one: the file.

use leptos::prelude::*;
use shared::ledger::Shape;
use web_sys::{DragEvent, FileList, HtmlInputElement};

use super::desk::Desk;
use super::history::History;
use super::{Working, history};
use crate::components::button::{Button, Weight};
use crate::components::icon::sprite;
use crate::components::notice::{Notice, NoticeTone};
use crate::contexts::i18n::lang;
use crate::derive::import::missing;
use crate::derive::sheet;
use crate::{say, t};

/// A place to drop it, templates, and what was imported before.
#[component]
pub fn FilePanel(desk: Desk) -> impl IntoView {
    let over = RwSignal::new(false);
    let take = move |files: Option<FileList>| {
        over.set(false);
        if let Some(file) = files.and_then(|files| files.get(0)) {
            desk.choose_file(file);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        take(event.data_transfer().and_then(|data| data.files()));
    };
    let chosen = move |event: web_sys::Event| {
        let input: HtmlInputElement = event_target(&event);
        take(input.files());
        // So that the same file can be chosen again after it was corrected.
        input.set_value("");
    };
    let template = move |shape: Shape| {
        Callback::new(move |()| {
            let name = match shape {
                Shape::Annual => say!(import.template.annual_file),
                Shape::Receivables => say!(import.template.receivables_file),
            };
            desk.download(sheet::template(shape, lang()), format!("{name}.xlsx"));
        })
    };
    view! {
        <Unfinished desk />
        <section class="fj-panel" aria-labelledby="import-file">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="import-file">
                    {t!(import.step.file)}
                </h2>
                <p class="fj-panel__note">{t!(import.stays)}</p>
            </header>
            <div class="fj-panel__body">
                <div class="fj-stack">
                    <label
                        class="fj-drop"
                        class:fj-drop--over=over
                        on:dragover=move |event| {
                            event.prevent_default();
                            over.set(true);
                        }
                        on:dragleave=move |_| over.set(false)
                        on:drop=dropped
                    >
                        <input
                            class="fj-drop__input"
                            type="file"
                            accept=".xlsx,.xls,.csv,.txt,.tsv"
                            on:change=chosen
                        />
                        {sprite("fj-drop__icon", "upload")}
                        <span class="fj-drop__title">{t!(import.drop)}</span>
                        <span class="fj-drop__hint">{t!(import.drop_hint)}</span>
                    </label>
                    <Working desk />
                    <div class="fj-cluster">
                        <span class="fj-muted">{t!(import.template.none)}</span>
                        <Button
                            label=t!(import.template.annual)
                            icon="download"
                            small=true
                            weight=Weight::Quiet
                            on_press=template(Shape::Annual)
                        />
                        <Button
                            label=t!(import.template.receivables)
                            icon="download"
                            small=true
                            weight=Weight::Quiet
                            on_press=template(Shape::Receivables)
                        />
                    </div>
                </div>
            </div>
        </section>
        <History data=LocalResource::new(history::load) />
    }
}

/// An import that was not finished: the same file is asked for again.
#[component]
fn Unfinished(desk: Desk) -> impl IntoView {
    let anew = Callback::new(move |()| desk.begin_anew());
    move || {
        let (pending, state) = desk.pending.get().zip(desk.state.get())?;
        let left = missing(&state).len();
        let text = move || say!(import.unfinished_text, pending.file_name, left, state.chunks);
        Some(view! {
            <Notice tone=NoticeTone::Warning title=t!(import.unfinished)>
                <p>{text}</p>
                <Button label=t!(import.give_up) small=true weight=Weight::Quiet on_press=anew />
            </Notice>
        })
    }
}
