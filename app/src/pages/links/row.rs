//! The table of links.

use leptos::prelude::*;
use shared::dto::share::LinkRow;
use shared::share::LinkState;

use super::{Above, Over};
use crate::components::button::{Button, Weight};
use crate::derive::format::moment;
use crate::derive::share::{opened, shows, standing};
use crate::{say, t};

/// Links, newest first.
#[component]
pub fn LinkTable(all: RwSignal<Vec<LinkRow>>, over: Above) -> impl IntoView {
    view! {
        <div class="fj-table-wrap" role="group" aria-label=t!(share.title) tabindex="0">
            <table class="fj-table fj-table--cards">
                <caption class="fj-visually-hidden">{t!(share.title)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(share.unit)}</th>
                        <th scope="col">{t!(share.shows)}</th>
                        <th scope="col">{t!(share.until)}</th>
                        <th scope="col">{t!(share.opened)}</th>
                        <th scope="col">{t!(share.owner)}</th>
                        <th scope="col">{t!(share.state)}</th>
                        <th scope="col">
                            <span class="fj-visually-hidden">{t!(common.actions)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {move || all.get().into_iter().map(|row| view! { <Row row over /> }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

/// One link.
#[component]
fn Row(row: LinkRow, over: Above) -> impl IntoView {
    let row = StoredValue::new(row);
    let read = move |part: fn(&LinkRow) -> String| row.with_value(part);
    let words = move || {
        let words = row.with_value(shows);
        words.into_iter().map(|word| view! { <span class="fj-badge">{word}</span> }).collect_view()
    };
    let last = move || row.with_value(|row| row.seen_on.map(|day| say!(share.last, day)));
    let state = row.with_value(|row| row.state);
    let closed = move || {
        row.with_value(|row| {
            let (at, by) = row.revoked_at.zip(row.revoked_by.as_ref())?;
            Some(say!(share.revoked_by, by, moment(at)))
        })
    };
    let (turns, closes) = row.with_value(|row| (row.may_rotate, row.may_revoke));
    let act = move |what: fn(Box<LinkRow>) -> Over| {
        Callback::new(move |()| over.set(Some(what(Box::new(row.get_value())))))
    };
    view! {
        <tr>
            <th scope="row" data-label=t!(share.unit)>
                {read(|row| row.unit_name.to_string())}
                <span class="fj-share__sub">{move || row.with_value(|row| say!(share.as_at_day, row.as_at))}</span>
            </th>
            <td data-label=t!(share.shows)>
                <span class="fj-cluster fj-cluster--tight">{words}</span>
            </td>
            <td class="fj-num" data-label=t!(share.until)>
                {read(|row| row.until.to_string())}
            </td>
            <td data-label=t!(share.opened)>
                {move || row.with_value(opened)}
                {move || last().map(|last| view! { <span class="fj-share__sub">{last}</span> })}
            </td>
            <td data-label=t!(share.owner)>
                {move || row.with_value(|row| say!(share.made_by, row.owner_name, moment(row.made_at)))}
            </td>
            <td data-label=t!(share.state)>
                <span class="fj-badge" class:fj-badge--success=state == LinkState::Open>
                    {move || standing(state)}
                </span>
                {move || closed().map(|closed| view! { <span class="fj-share__sub">{closed}</span> })}
            </td>
            <td class="fj-table__actions">
                <Button label=t!(share.log) weight=Weight::Quiet small=true on_press=act(Over::Log) />
                {turns
                    .then(|| {
                        view! { <Button label=t!(share.rotate) weight=Weight::Quiet small=true on_press=act(Over::Rotate) /> }
                    })}
                {closes
                    .then(|| {
                        view! { <Button label=t!(share.revoke) weight=Weight::Quiet small=true on_press=act(Over::Revoke) /> }
                    })}
            </td>
        </tr>
    }
}
