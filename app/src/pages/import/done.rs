//! Step five: what it did.

use leptos::prelude::*;

use super::check::Stat;
use super::desk::Desk;
use crate::components::button::Button;
use crate::components::icon::Icon;
use crate::derive::format::whole;
use crate::t;

/// Counts, and where to go from here.
#[component]
pub fn DonePanel(desk: Desk) -> impl IntoView {
    let anew = Callback::new(move |()| desk.begin_anew());
    let stats = move || {
        let state = desk.state.get()?;
        let count = |number: u32| whole(number.into());
        Some(view! {
            <dl class="fj-stats">
                <Stat label=t!(import.verdict.new) value=count(state.counts.new) />
                <Stat label=t!(import.verdict.updated) value=count(state.counts.updated) />
                <Stat label=t!(import.verdict.unchanged) value=count(state.counts.unchanged) />
                <Stat label=t!(import.added) value=count(state.customers_added) />
                <Stat label=t!(import.graded) value=count(state.graded) />
            </dl>
        })
    };
    view! {
        <section class="fj-panel fj-panel--sheet" aria-labelledby="import-done">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="import-done">
                    {t!(import.finished)}
                </h2>
                <p class="fj-panel__note">{move || desk.file_name()}</p>
            </header>
            <div class="fj-panel__body">
                <div class="fj-stack">
                    <p class="fj-mark fj-mark--confirmed" role="status">
                        <Icon name="check" size=crate::components::icon::IconSize::Small />
                        {t!(import.finished_text)}
                    </p>
                    {stats}
                </div>
            </div>
            <footer class="fj-panel__footer">
                <Button label=t!(import.another) on_press=anew />
                <a class="fj-button fj-button--primary" href="/customers">
                    {t!(import.to_customers)}
                </a>
            </footer>
        </section>
    }
}
