//! The tiers: letter, name, colour, and what gives them where the method asks for a figure.

use leptos::prelude::*;
use shared::grading::Colour;
use shared::id::Label;
use shared::number::{BasisPoints, Points};

use super::fields::{Slot, bad_text, both, figure, text, wrong_at};
use super::general::{of_points, points};
use super::rows::{Row, actions, adder};
use super::section::Section;
use super::store::Studio;
use crate::components::stamp::{Stamp, StampSize};
use crate::contexts::i18n::lang;
use crate::derive::look::Look;
use crate::derive::policy_difference::Part;
use crate::derive::policy_edit::{MethodKind, add_tier, rename_tier};
use crate::derive::policy_figure::Figure;
use crate::derive::policy_words;
use crate::{say, t};

/// The section.
#[component]
pub fn TiersEditor(studio: Studio) -> impl IntoView {
    let count = studio.memo(|policy| policy.tiers.len());
    let kind = studio.memo(|policy| MethodKind::of(&policy.method));
    let shares = studio.memo(|policy| {
        policy
            .tiers
            .iter()
            .filter_map(|tier| tier.share)
            .fold(BasisPoints::ZERO, |sum, share| sum.plus(share))
    });
    let sum = move || {
        (kind.get() == MethodKind::Quota).then(|| {
            let sum = shares.get();
            let class =
                if sum.get() == 10_000 { "fj-badge fj-badge--success" } else { "fj-badge fj-badge--warning" };
            let share = crate::derive::format::percent(sum);
            view! { <span class=class>{move || say!(studio.tier.shares, share)}</span> }
        })
    };
    view! {
        <Section part=Part::Tiers note=move || view! { {sum} }>
            {wrong_at(studio, "tiers")}
            <table class="fj-table fj-table--cards fj-table--edit">
                <caption class="fj-visually-hidden">{t!(studio.part.tiers)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(studio.field.colour)}</th>
                        <th scope="col">{t!(studio.tier.key)}</th>
                        <th scope="col">{t!(studio.field.name)}</th>
                        {move || match kind.get() {
                            MethodKind::Threshold => Some(view! { <th scope="col">{say!(studio.field.from)}</th> }),
                            MethodKind::Quota => Some(view! { <th scope="col">{say!(studio.field.share)}</th> }),
                            MethodKind::Rules => None,
                        }}
                        <th scope="col">
                            <span class="fj-visually-hidden">{t!(common.actions)}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || 0..count.get() key=|at| *at let:at>
                        <OneTier studio at kind />
                    </For>
                </tbody>
            </table>
            {adder(studio, "tiers", t!(studio.tier.add), add_tier)}
        </Section>
    }
}

#[component]
fn OneTier(studio: Studio, at: usize, kind: Memo<MethodKind>) -> impl IntoView {
    let path = format!("tiers.{at}");
    let key =
        studio.memo(move |policy| policy.tiers.get(at).map(|one| one.key.to_string()).unwrap_or_default());
    let name = move || say!(tier.label, key.get());
    let row = Row { list: "tiers".to_owned(), at, name: name.into() };
    let given = {
        let path = path.clone();
        move || {
            match kind.get() {
            MethodKind::Threshold => Some(view! {
                <td class="fj-table__figure" data-label=t!(studio.field.from)>
                    {figure(
                        studio,
                        Slot::bare(format!("{path}.from"), move || say!(studio.tier.from_of, key.get())),
                        of_points,
                        false,
                        move |policy| policy.tiers.get(at).and_then(|one| one.from).map(Points::get),
                        move |policy, raw| {
                            if let Some(one) = policy.tiers.get_mut(at) {
                                one.from = Some(points(raw));
                            }
                        },
                    )}
                </td>
            }.into_any()),
            MethodKind::Quota => Some(view! {
                <td class="fj-table__figure" data-label=t!(studio.field.share)>
                    {figure(
                        studio,
                        Slot::bare(format!("{path}.share"), move || say!(studio.tier.share_of, key.get())),
                        |_| Figure::Of(shared::grading::Measure::Ratio),
                        false,
                        move |policy| policy.tiers.get(at).and_then(|one| one.share).map(BasisPoints::get),
                        move |policy, raw| {
                            if let Some(one) = policy.tiers.get_mut(at) {
                                one.share = Some(BasisPoints::clamped(raw.unwrap_or(0).into()));
                            }
                        },
                    )}
                </td>
            }.into_any()),
            MethodKind::Rules => None,
        }
        }
    };
    view! {
        <tr>
            <td data-label=t!(studio.field.colour)>
                <Swatches studio at />
            </td>
            <td class="fj-table__key" data-label=t!(studio.tier.key)>
                {text(
                    studio,
                    Slot::bare(format!("{path}.key"), move || say!(studio.tier.key_of, at + 1)),
                    move |policy| policy.tiers.get(at).map(|one| one.key.to_string()).unwrap_or_default(),
                    move |policy, typed| {
                        let to = Label::parse(typed).map_err(bad_text)?;
                        let from = policy.tiers.get(at).map(|one| one.key.clone());
                        match from {
                            // What speaks of a tier follows its new name, unless another has that name.
                            Some(from) if policy.tiers.iter().all(|one| one.key != to) => rename_tier(policy, &from, &to),
                            _ => {
                                if let Some(one) = policy.tiers.get_mut(at) {
                                    one.key = to;
                                }
                            }
                        }
                        Ok(())
                    },
                )}
            </td>
            <td data-label=t!(studio.field.name)>
                {both(
                    studio,
                    &format!("{path}.name"),
                    move || say!(studio.tier.name_of, key.get()),
                    true,
                    move |policy| policy.tiers.get(at).map(|one| &one.name),
                    move |policy| policy.tiers.get_mut(at).map(|one| &mut one.name),
                )} {wrong_at(studio, &path)}
            </td>
            {given}
            <td class="fj-table__actions">
                {actions(studio, row, |policy| Some(&mut policy.tiers), |policy| policy.tiers.len())}
            </td>
        </tr>
    }
}

/// The stamp as it will look; opened, all colours it could have.
#[component]
fn Swatches(studio: Studio, at: usize) -> impl IntoView {
    let path = format!("tiers.{at}.colour");
    let now = studio.memo(move |policy| policy.tiers.get(at).map(|one| (one.key.to_string(), one.colour)));
    let shown = move || {
        now.get().map(
            |(key, colour)| view! { <Stamp size=StampSize::M tier=Some(key) look=Look { rank: Some(at + 1), colour } /> },
        )
    };
    let named = move || {
        let (key, colour) = now.get().unwrap_or_default();
        say!(studio.tier.colour_of, key, policy_words::colour(lang(), colour))
    };
    let group = format!("colour-{at}");
    let field = path.clone();
    let option = move |colour: Option<Colour>| {
        let (field, group) = (field.clone(), group.clone());
        let checked = move || now.with(|now| now.as_ref().is_some_and(|now| now.1 == colour));
        let stamp = move || {
            let key = now.with(|now| now.as_ref().map(|now| now.0.clone()));
            view! { <Stamp size=StampSize::S tier=key look=Look { rank: Some(at + 1), colour } /> }
        };
        view! {
            <label class="fj-swatch">
                <input
                    class="fj-swatch__input"
                    type="radio"
                    name=group
                    prop:checked=checked
                    on:change=move |_| {
                        studio
                            .edit(
                                &field,
                                |policy| {
                                    if let Some(one) = policy.tiers.get_mut(at) {
                                        one.colour = colour;
                                    }
                                },
                            );
                    }
                />
                {stamp}
                <span class="fj-swatch__name">{move || policy_words::colour(lang(), colour)}</span>
            </label>
        }
    };
    let options = std::iter::once(None).chain(Colour::ALL.into_iter().map(Some)).map(option).collect_view();
    view! {
        <details class="fj-swatches">
            <summary class="fj-swatches__now" id=crate::derive::policy_path::id_of(&path) aria-label=named>
                {shown}
            </summary>
            <fieldset class="fj-swatches__all">
                <legend class="fj-visually-hidden">{t!(studio.field.colour)}</legend>
                {options}
            </fieldset>
        </details>
    }
}
