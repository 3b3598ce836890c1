//! What the form says, to be read.

use leptos::prelude::*;
use shared::grading::Input;
use shared::id::Key;

use super::desk::Desk;
use crate::components::customer::entry::source;
use crate::contexts::i18n::lang;
use crate::derive::review_form::Stored;
use crate::derive::{format, review_said, sentences};
use crate::{say, t};

/// The inputs with where they come from, and what is said besides.
#[component]
pub fn ReadPanel(desk: Desk) -> impl IntoView {
    let keys = desk
        .controls
        .with_value(|controls| controls.iter().map(|control| control.key.clone()).collect::<Vec<_>>());
    let rows = keys.into_iter().map(|key| view! { <Row desk key=key /> }).collect_view();
    let said = |field: &'static str| {
        let text = move || {
            let text = desk.stored.with(|stored: &Stored| stored.text(field).to_owned());
            if text.is_empty() {
                say!(review_form.not_said).to_owned()
            } else {
                review_said::text(lang(), field, &text)
            }
        };
        let name = move || review_said::name(lang(), &desk.policy.get_value().policy, field);
        let class = if field == "notes" {
            "fj-titleblock__cell fj-titleblock__cell--wide"
        } else {
            "fj-titleblock__cell"
        };
        view! {
            <div class=class>
                <dt class="fj-titleblock__label">{name}</dt>
                <dd class="fj-titleblock__value fj-prose">{text}</dd>
            </div>
        }
    };
    view! {
        <section class="fj-panel fj-panel--flush" aria-labelledby="p-contents">
            <header class="fj-panel__header">
                <h2 class="fj-panel__title" id="p-contents">
                    {t!(review_form.contents)}
                </h2>
            </header>
            <div class="fj-panel__body">
                <table class="fj-table fj-table--cards">
                    <thead>
                        <tr>
                            <th scope="col">{t!(review_form.item)}</th>
                            <th scope="col" class="fj-table__num">
                                {t!(review_form.value)}
                            </th>
                            <th scope="col">{t!(review_form.origin)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <dl class="fj-titleblock">{said("cooperation")} {said("trend")} {said("notes")}</dl>
        </section>
    }
}

#[component]
fn Row(desk: Desk, key: Key) -> impl IntoView {
    let key = StoredValue::new(key);
    let policy = desk.policy.get_value();
    let name = {
        let policy = policy.clone();
        move || key.with_value(|key| sentences::name_of(lang(), &policy.policy, key))
    };
    // What is graded: with what follows from the rest.
    let value = move || {
        key.with_value(|key| {
            desk.view.with(|view| review_said::input(lang(), &policy.policy, key, view.inputs.get(key)))
        })
    };
    let origin = move || {
        key.with_value(|key| {
            desk.view.with(|view| match (view.content.values.get(key), view.figures.get(key)) {
                (Some(one), _) => say!(review_form.corrected, one.by, format::moment(one.at)),
                (None, Some(figure)) => source(figure),
                (None, None) if *view.inputs.get(key) != Input::Missing => {
                    say!(review_form.derived).to_owned()
                }
                (None, None) => String::new(),
            })
        })
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="fj-table__num" data-label=t!(review_form.value)>
                {value}
            </td>
            <td class="fj-muted" data-label=t!(review_form.origin)>
                {origin}
            </td>
        </tr>
    }
}
