//! Bands as a table: from where, to where, how many points. Two bands that meet go on meeting.

use leptos::prelude::*;
use shared::grading::scoring::{Band, Bands};
use shared::grading::{Bound, Policy, Scoring};

use super::{At, list_wrong, value_of};
use crate::contexts::i18n::lang;
use crate::derive::policy_edit::{Side, add_band, remove_band, set_bound};
use crate::derive::sentences;
use crate::pages::studio::fields::{Slot, choose, figure, wrong_at};
use crate::pages::studio::general::{of_points, points};
use crate::pages::studio::rows::{Row, actions_with, adder};
use crate::pages::studio::store::Studio;
use crate::{say, t};

fn rule<'a>(at: &At, policy: &'a Policy) -> Option<&'a Bands> {
    match at.get(policy)? {
        Scoring::Bands(rule) => Some(rule),
        _ => None,
    }
}

fn rule_mut<'a>(at: &At, policy: &'a mut Policy) -> Option<&'a mut Bands> {
    match at.get_mut(policy)? {
        Scoring::Bands(rule) => Some(rule),
        _ => None,
    }
}

fn band<'a>(at: &At, policy: &'a Policy, index: usize) -> Option<&'a Band> {
    rule(at, policy)?.bands.get(index)
}

/// The table.
#[component]
pub fn BandsEditor(studio: Studio, at: At) -> impl IntoView {
    let path = format!("{}.bands", at.path());
    let count = {
        let at = at.clone();
        studio.memo(move |policy| rule(&at, policy).map_or(0, |rule| rule.bands.len()))
    };
    let rows = at.clone();
    let add = at.clone();
    view! {
        <table class="fj-table fj-table--cards fj-table--edit">
            <caption class="fj-visually-hidden">{t!(studio.kind.bands)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t!(studio.band.low)}</th>
                    <th scope="col">{t!(studio.band.high)}</th>
                    <th scope="col">{t!(studio.field.points)}</th>
                    <th scope="col">
                        <span class="fj-visually-hidden">{t!(common.actions)}</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                <For each=move || 0..count.get() key=|index| *index let:index>
                    <OneBand studio at=rows.clone() index />
                </For>
            </tbody>
        </table>
        {list_wrong(studio, &at, "bands")}
        {adder(
            studio,
            &path,
            t!(studio.band.add),
            move |policy| {
                let measure = add.measure(policy);
                if let Some(rule) = rule_mut(&add, policy) {
                    add_band(rule, measure);
                }
            },
        )}
    }
}

#[component]
fn OneBand(studio: Studio, at: At, index: usize) -> impl IntoView {
    let path = format!("{}.bands.{index}", at.path());
    let name = {
        let at = at.clone();
        let words = studio
            .memo(move |policy| band(&at, policy, index).cloned().map(|band| (at.measure(policy), band)));
        move || words.get().map(|(measure, band)| sentences::band(lang(), measure, &band)).unwrap_or_default()
    };
    let earned = {
        let (read, write) = (at.clone(), at.clone());
        figure(
            studio,
            Slot::bare(format!("{path}.points"), move || say!(studio.band.points_of, name())),
            of_points,
            false,
            move |policy| band(&read, policy, index).map(|band| band.points.get()),
            move |policy, raw| {
                if let Some(band) = rule_mut(&write, policy).and_then(|rule| rule.bands.get_mut(index)) {
                    band.points = points(raw);
                }
            },
        )
    };
    let row = Row { list: format!("{}.bands", at.path()), at: index, name: name.into() };
    let (list, out, len) = (at.clone(), at.clone(), at.clone());
    view! {
        <tr>
            <td data-label=t!(studio.band.low)>
                <Edge studio at=at.clone() index side=Side::Low />
            </td>
            <td data-label=t!(studio.band.high)>
                <Edge studio at=at.clone() index side=Side::High />
            </td>
            <td data-label=t!(studio.field.points)>{earned} {wrong_at(studio, &path)}</td>
            <td class="fj-table__actions">
                {actions_with(
                    studio,
                    row,
                    move |policy| rule_mut(&list, policy).map(|rule| &mut rule.bands),
                    move |policy, index| {
                        if let Some(rule) = rule_mut(&out, policy) {
                            remove_band(rule, index);
                        }
                    },
                    move |policy| rule(&len, policy).map_or(0, |rule| rule.bands.len()),
                )}
            </td>
        </tr>
    }
}

/// One end of a band: none, or a value that belongs to it or does not.
#[component]
fn Edge(studio: Studio, at: At, index: usize, side: Side) -> impl IntoView {
    let end = match side {
        Side::Low => "low",
        Side::High => "high",
    };
    let path = format!("{}.bands.{index}.{end}", at.path());
    let label = move || match side {
        Side::Low => say!(studio.band.low_of, index + 1),
        Side::High => say!(studio.band.high_of, index + 1),
    };
    let bound = {
        let at = at.clone();
        move |policy: &Policy| band(&at, policy, index).and_then(|band| side.of(band))
    };
    let there = {
        let bound = bound.clone();
        studio.memo(move |policy| bound(policy).is_some())
    };
    let closedness = {
        let (read, write, at) = (bound.clone(), bound.clone(), at.clone());
        choose(
            studio,
            Slot::bare(format!("{path}-kind"), move || say!(studio.band.bound_of, label())),
            move |_| {
                let (closed, open) = match side {
                    Side::Low => (say!(studio.band.at_least), say!(studio.band.above)),
                    Side::High => (say!(studio.band.at_most), say!(studio.band.below)),
                };
                [("", say!(studio.band.open)), ("closed", closed), ("open", open)]
                    .map(|(key, text)| (key.to_owned(), text.to_owned()))
                    .to_vec()
            },
            move |policy| {
                match read(policy) {
                    None => "",
                    Some(Bound { inclusive: true, .. }) => "closed",
                    Some(Bound { inclusive: false, .. }) => "open",
                }
                .to_owned()
            },
            move |policy, chosen| {
                // A bound that is new begins where the band's other end is.
                let other = band(&at, policy, index).and_then(|band| match side {
                    Side::Low => band.high(),
                    Side::High => band.low(),
                });
                let value = write(policy).or(other).map_or(0, |bound| bound.value);
                let bound = (!chosen.is_empty()).then_some(Bound { value, inclusive: chosen == "closed" });
                if let Some(rule) = rule_mut(&at, policy) {
                    set_bound(rule, index, side, bound);
                }
            },
        )
    };
    let value = move || {
        there.get().then(|| {
            let (read, write, at) = (bound.clone(), bound.clone(), at.clone());
            figure(
                studio,
                Slot::bare(path.clone(), label),
                value_of(at.indicator),
                false,
                move |policy| read(policy).map(|bound| bound.value),
                move |policy, raw| {
                    let inclusive = write(policy).is_some_and(|bound| bound.inclusive);
                    if let (Some(value), Some(rule)) = (raw, rule_mut(&at, policy)) {
                        set_bound(rule, index, side, Some(Bound { value, inclusive }));
                    }
                },
            )
        })
    };
    view! { <span class="fj-edge">{closedness} {value}</span> }
}
