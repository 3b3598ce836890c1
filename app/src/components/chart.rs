//! A picture of numbers, and the table that says the same.

use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::text_prop::TextProp;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::button::Button;
use super::notice::{Notice, NoticeTone};
use crate::charts::{self, Drawn};
use crate::contexts::theme::theme;
use crate::derive::chart::Picture;
use crate::t;

/// Draws a picture. Its children are the table: seen in its place when `tabled` asks for it or nothing can be
/// drawn. Without children a table stands beside it at all times.
#[component]
pub fn Chart(
    /// What there is to see, in the chosen language.
    #[prop(into)]
    picture: Signal<Picture>,
    /// The same in a sentence.
    #[prop(into)]
    label: TextProp,
    /// Whether the table is asked for.
    #[prop(optional, into)]
    tabled: Signal<bool>,
    #[prop(optional)] children: Option<ChildrenFn>,
) -> impl IntoView {
    let place: NodeRef<Div> = NodeRef::new();
    let failed = RwSignal::new(false);
    let drawn: RwSignal<Option<Drawn>, LocalStorage> = RwSignal::new_local(None);
    let navigate = use_navigate();
    Effect::new(move || {
        let Some(element) = place.get().filter(|_| !failed.get()) else { return };
        let navigate = navigate.clone();
        let follow = move |address: String| navigate(&address, NavigateOptions::default());
        spawn_local(async move {
            match charts::open(&element, follow).await {
                Ok(begun) => drop(drawn.try_set(Some(begun))),
                Err(_) => drop(failed.try_set(true)),
            }
        });
    });
    Effect::new(move || {
        // What is drawn keeps the colours that it was drawn in.
        let _theme = theme();
        let outcome =
            drawn.with(|drawn| drawn.as_ref().map(|drawn| picture.with(|picture| drawn.draw(picture))));
        if outcome.is_some_and(|outcome| outcome.is_err()) {
            failed.set(true);
        }
    });
    let retry = Callback::new(move |()| failed.set(false));
    let notice = move || {
        failed.get().then(|| {
            view! {
                <Notice
                    tone=NoticeTone::Warning
                    title=t!(chart.failed)
                    actions=ViewFnOnce::from(move || {
                        view! { <Button label=t!(common.retry) icon="refresh" small=true on_press=retry /> }
                    })
                />
            }
        })
    };
    let as_table = move || failed.get() || tabled.get();
    let table = children.map(|table| {
        view! {
            <div class="fj-chart__table" hidden=move || !as_table()>
                {table()}
            </div>
        }
    });
    let hides = table.is_some();
    view! {
        <div class="fj-chart">
            {notice}
            <div
                class="fj-chart__picture"
                node_ref=place
                role="img"
                aria-label=move || label.get().to_string()
                hidden=move || failed.get() || (hides && tabled.get())
            ></div>
            {table}
        </div>
    }
}

/// Chooses between a picture and its table.
#[component]
pub fn ChartSwitch(tabled: RwSignal<bool>) -> impl IntoView {
    let option = |as_table: bool, text: fn(crate::contexts::i18n::Lang) -> &'static str| {
        view! {
            <button
                type="button"
                class="fj-toggle__option"
                aria-pressed=move || if tabled.get() == as_table { "true" } else { "false" }
                on:click=move |_| tabled.set(as_table)
            >
                {move || text(crate::contexts::i18n::lang())}
            </button>
        }
    };
    view! {
        <div class="fj-toggle" role="group" aria-label=t!(chart.shown_as)>
            {option(false, crate::texts::chart::picture)}
            {option(true, crate::texts::chart::table)}
        </div>
    }
}
