//! Judged levels as a table: the letter, what it means, how many points.

use leptos::prelude::*;
use shared::grading::scoring::{Level, Levels};
use shared::grading::{Policy, Scoring};
use shared::id::Label;

use super::{At, list_wrong};
use crate::derive::policy_edit::{add_level, rename_level};
use crate::pages::studio::fields::{Slot, bad_text, both, figure, text, wrong_at};
use crate::pages::studio::general::{of_points, points};
use crate::pages::studio::rows::{Row, actions, adder};
use crate::pages::studio::store::Studio;
use crate::{say, t};

fn rule<'a>(at: &At, policy: &'a Policy) -> Option<&'a Levels> {
    match at.get(policy)? {
        Scoring::Levels(rule) => Some(rule),
        _ => None,
    }
}

fn rule_mut<'a>(at: &At, policy: &'a mut Policy) -> Option<&'a mut Levels> {
    match at.get_mut(policy)? {
        Scoring::Levels(rule) => Some(rule),
        _ => None,
    }
}

fn level<'a>(at: &At, policy: &'a Policy, index: usize) -> Option<&'a Level> {
    rule(at, policy)?.levels.get(index)
}

fn level_mut<'a>(at: &At, policy: &'a mut Policy, index: usize) -> Option<&'a mut Level> {
    rule_mut(at, policy)?.levels.get_mut(index)
}

/// The table.
#[component]
pub fn LevelsEditor(studio: Studio, at: At) -> impl IntoView {
    let path = format!("{}.levels", at.path());
    let count = {
        let at = at.clone();
        studio.memo(move |policy| rule(&at, policy).map_or(0, |rule| rule.levels.len()))
    };
    let (rows, add) = (at.clone(), at.clone());
    view! {
        <table class="fj-table fj-table--cards fj-table--edit">
            <caption class="fj-visually-hidden">{t!(studio.kind.levels)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t!(studio.level.key)}</th>
                    <th scope="col">{t!(studio.field.meaning)}</th>
                    <th scope="col">{t!(studio.field.points)}</th>
                    <th scope="col">
                        <span class="fj-visually-hidden">{t!(common.actions)}</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                <For each=move || 0..count.get() key=|index| *index let:index>
                    <OneLevel studio at=rows.clone() index />
                </For>
            </tbody>
        </table>
        {list_wrong(studio, &at, "levels")}
        {adder(
            studio,
            &path,
            t!(studio.level.add),
            move |policy| {
                if let Some(rule) = rule_mut(&add, policy) {
                    add_level(rule);
                }
            },
        )}
    }
}

#[component]
fn OneLevel(studio: Studio, at: At, index: usize) -> impl IntoView {
    let path = format!("{}.levels.{index}", at.path());
    let name = {
        let at = at.clone();
        studio
            .memo(move |policy| level(&at, policy, index).map(|one| one.key.to_string()).unwrap_or_default())
    };
    let row = Row { list: format!("{}.levels", at.path()), at: index, name: (move || name.get()).into() };
    let (key_read, key_write) = (at.clone(), at.clone());
    let (meaning_read, meaning_write) = (at.clone(), at.clone());
    let (points_read, points_write) = (at.clone(), at.clone());
    let (list, len) = (at.clone(), at);
    view! {
        <tr>
            <td class="fj-table__key" data-label=t!(studio.level.key)>
                {text(
                    studio,
                    Slot::bare(format!("{path}.key"), move || say!(studio.level.key_of, index + 1)),
                    move |policy| level(&key_read, policy, index).map(|one| one.key.to_string()).unwrap_or_default(),
                    move |policy, typed| {
                        let to = Label::parse(typed).map_err(bad_text)?;
                        let from = level(&key_write, policy, index).map(|one| one.key.clone());
                        let input = policy.indicators.get(key_write.indicator).map(|one| one.key.clone());
                        let taken = rule(&key_write, policy).is_some_and(|rule| rule.levels.iter().any(|one| one.key == to));
                        match (from, input) {
                            // What asks for a level follows its new name, unless another has that name.
                            (Some(from), Some(input)) if !taken => rename_level(policy, &input, &from, &to),
                            _ => {
                                if let Some(one) = level_mut(&key_write, policy, index) {
                                    one.key = to;
                                }
                            }
                        }
                        Ok(())
                    },
                )}
            </td>
            <td data-label=t!(studio.field.meaning)>
                {both(
                    studio,
                    &format!("{path}.meaning"),
                    move || say!(studio.level.meaning_of, name.get()),
                    true,
                    move |policy| level(&meaning_read, policy, index).map(|one| &one.meaning),
                    move |policy| level_mut(&meaning_write, policy, index).map(|one| &mut one.meaning),
                )}
            </td>
            <td class="fj-table__figure" data-label=t!(studio.field.points)>
                {figure(
                    studio,
                    Slot::bare(format!("{path}.points"), move || say!(studio.level.points_of, name.get())),
                    of_points,
                    false,
                    move |policy| level(&points_read, policy, index).map(|one| one.points.get()),
                    move |policy, raw| {
                        if let Some(one) = level_mut(&points_write, policy, index) {
                            one.points = points(raw);
                        }
                    },
                )} {wrong_at(studio, &path)}
            </td>
            <td class="fj-table__actions">
                {actions(
                    studio,
                    row,
                    move |policy| rule_mut(&list, policy).map(|rule| &mut rule.levels),
                    move |policy| rule(&len, policy).map_or(0, |rule| rule.levels.len()),
                )}
            </td>
        </tr>
    }
}
